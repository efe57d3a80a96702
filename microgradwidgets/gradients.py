"""The backward pass, and its result as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from . import anomaly
from .arithmetic import described
from .backpropagation import FoldedGradients, derivatives
from .immutable import expect_value

if TYPE_CHECKING:
    from .engine import Value


class Gradients(Mapping[int, float]):
    """The derivatives of one output: an immutable table, id → gradient.

    Args:
        output_id: the id of the value that was differentiated.
        table: id → gradient; it is taken over, not copied.
        folded: gradients of products and partial sums that nobody has written out.

    Look a gradient up by value or by id. What does not lead to the output does not influence it,
    so its gradient is 0.0, never an error. Iteration gives ids, the output's first.

    >>> from microgradwidgets import Value
    >>> x = Value(3.0)
    >>> y = x * x
    >>> gradients = y.backward()
    >>> gradients[x], gradients.get(x.id), gradients[Value(1.0)]
    (6.0, 6.0, 0.0)
    >>> gradients.to_map() == {y.id: 1.0, x.id: 6.0}
    True
    """

    __slots__ = ("_folded", "_output_id", "_table")

    _output_id: int
    _table: dict[int, float]
    _folded: FoldedGradients

    def __init__(
        self, output_id: int, table: dict[int, float], folded: FoldedGradients = ()
    ) -> None:
        object.__setattr__(self, "_output_id", output_id)
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_folded", folded)

    @property
    def output_id(self) -> int:
        """The id of the value that was differentiated.

        >>> from microgradwidgets import Value
        >>> y = Value(3.0) ** 2
        >>> backward(y).output_id == y.id
        True
        """
        return self._output_id

    def __getitem__(self, value: Value | int) -> float:
        return cast("float", self.get(value))

    def get(self, value: Value | int, default: Any = 0.0) -> Any:
        """The gradient by value or id; ``default`` where it does not lead to the output.

        >>> from microgradwidgets import Value
        >>> x, other = Value(3.0), Value(1.0)
        >>> table = backward(x * x)
        >>> table.get(x), table.get(other), table.get(other, None)
        (6.0, 0.0, None)
        """
        key = _id_of(value)
        return self._table[key] if key in self._table else self._whole().get(key, default)

    def _whole(self) -> dict[int, float]:
        """The table, with the products and partial sums of weighted sums written into it."""
        for numbers, gradient in self._folded:
            self._table.update(dict.fromkeys(numbers, gradient))
        object.__setattr__(self, "_folded", ())  # whoever writes the same meanwhile does no harm
        return self._table

    def __contains__(self, value: object) -> bool:
        return getattr(value, "id", value) in self._whole()

    def __iter__(self) -> Iterator[int]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def to_map(self) -> dict[int, float]:
        """The table as a plain dictionary of the caller's own.

        >>> from microgradwidgets import Value
        >>> x = Value(3.0)
        >>> y = x**2
        >>> backward(y).to_map() == {x.id: 6.0, y.id: 1.0}
        True
        """
        return dict(self._whole())

    @staticmethod
    def topological_ids(output: Value) -> list[int]:
        """The ids of all that leads to ``output``, leaves first, ``output`` last.

        >>> from microgradwidgets import Value
        >>> x = Value(3.0)
        >>> y = x * x
        >>> Gradients.topological_ids(y) == [x.id, y.id]
        True
        """
        return topological_ids(output)

    def __eq__(self, other: object) -> bool:
        """Same output, same ids, same numbers; here a nan equals a nan."""
        if not isinstance(other, Gradients):
            return NotImplemented
        mine, theirs = self._whole(), other._whole()
        return (
            self._output_id == other._output_id
            and mine.keys() == theirs.keys()
            and all(_same(number, theirs[key]) for key, number in mine.items())
        )

    def __hash__(self) -> int:
        return hash((self._output_id, len(self)))

    def __repr__(self) -> str:
        return f"Gradients(output_id={self._output_id}, {len(self)} values)"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"gradient tables are immutable: expected no change of {name!r}")

    def __delattr__(self, name: str) -> None:
        self.__setattr__(name, None)

    def __copy__(self) -> Gradients:
        return self

    def __deepcopy__(self, memo: object) -> Gradients:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        from .pickling import reduce_gradients

        return reduce_gradients(self)


def expect_gradients(gradients: object) -> Gradients:
    if not isinstance(gradients, Gradients):
        raise TypeError(f"expected gradients to be a Gradients table, got: {described(gradients)}")
    return gradients


def _id_of(value: Value | int) -> int:
    key = value if type(value) is int else getattr(value, "id", None)
    if type(key) is not int:
        raise TypeError(f"expected a Value or its id, got: {described(value)}")
    return key


def _same(a: float, b: float) -> bool:
    return a == b or (a != a and b != b)


def topological_order(output: Value) -> list[Value]:
    """All that leads to ``output``, operands before results: a depth-first post-order.

    The left operand's side comes before the right's, as in the recursion of MicrogradEx's
    ``backward``, so that gradients add up in the same order and to the same bits.
    """
    order: list[Value] = []
    waiting: list[Value] = []
    met = {output.id}
    emit, wait, meet = order.append, waiting.append, met.add
    value = output
    while True:
        # A value waits while an operand is visited, then looks again; leaves need no visit.
        left = value._left
        if left is not None:
            if left.id not in met:
                meet(left.id)
                if left._left is not None:
                    wait(value)
                    value = left
                    continue
                emit(left)
            right = value._right
            if right is not None and right.id not in met:
                meet(right.id)
                if right._left is not None:
                    wait(value)
                    value = right
                    continue
                emit(right)
        emit(value)
        if not waiting:
            return order
        value = waiting.pop()


def backward(output: Value) -> Gradients:
    """Reverse-mode differentiation: the derivative of ``output`` by everything it came from.

    From the output, whose derivative by itself is 1, each value hands its gradient times the
    local derivative to each of its operands; what arrives from several sides adds up. Nothing is
    written on the values: the table is the result, and every call makes a fresh one.

    >>> from microgradwidgets import Value
    >>> a = Value(3.0)
    >>> gradients = backward(a * a + a)
    >>> gradients[a]
    7.0
    """
    table, folded = derivatives(expect_value(output, "output"))
    gradients = Gradients(output.id, table, folded)
    if anomaly.is_on():
        anomaly.check_gradients(reversed(topological_order(output)), gradients)
    return gradients


def grad(value: Value, gradients: Gradients) -> float:
    """``gradients[value]``: what MicrogradEx writes ``Value.grad(value, gradients)``.

    >>> from microgradwidgets import Value
    >>> x = Value(3.0)
    >>> grad(x, backward(x * x))
    6.0
    """
    return expect_gradients(gradients)[value]


def topological_ids(output: Value) -> list[int]:
    """The ids of all that leads to ``output``, operands before results, ``output`` last.

    >>> from microgradwidgets import Value
    >>> a, b = Value(2.0), Value(3.0)
    >>> c = a * b
    >>> topological_ids(c) == [a.id, b.id, c.id]
    True
    """
    return [value.id for value in topological_order(expect_value(output, "output"))]
