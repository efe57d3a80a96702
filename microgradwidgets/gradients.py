"""The backward pass, and its result as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from . import anomaly
from .arithmetic import described
from .immutable import expect_value

if TYPE_CHECKING:
    from .engine import Value


class Gradients(Mapping[int, float]):
    """The derivatives of one output: an immutable table, id → gradient.

    Args:
        output_id: the id of the value that was differentiated.
        table: id → gradient; it is taken over, not copied.

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

    __slots__ = ("_output_id", "_table")

    _output_id: int
    _table: Mapping[int, float]

    def __init__(self, output_id: int, table: Mapping[int, float]) -> None:
        object.__setattr__(self, "_output_id", output_id)
        object.__setattr__(self, "_table", MappingProxyType(table))

    @property
    def output_id(self) -> int:
        """The id of the value that was differentiated."""
        return self._output_id

    def __getitem__(self, value: Value | int) -> float:
        return self._table.get(_id_of(value), 0.0)

    def get(self, value: Value | int, default: Any = 0.0) -> Any:
        """The gradient by value or id; ``default`` where it does not lead to the output."""
        return self._table.get(_id_of(value), default)

    def __contains__(self, value: object) -> bool:
        return getattr(value, "id", value) in self._table

    def __iter__(self) -> Iterator[int]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def to_map(self) -> dict[int, float]:
        """The table as a plain dictionary of the caller's own."""
        return dict(self._table)

    @staticmethod
    def topological_ids(output: Value) -> list[int]:
        """The ids of all that leads to ``output``, leaves first, ``output`` last."""
        return topological_ids(output)

    def __eq__(self, other: object) -> bool:
        """Same output, same ids, same numbers; here a nan equals a nan."""
        if not isinstance(other, Gradients):
            return NotImplemented
        mine, theirs = self._table, other._table
        return (
            self._output_id == other._output_id
            and mine.keys() == theirs.keys()
            and all(_same(number, theirs[key]) for key, number in mine.items())
        )

    def __hash__(self) -> int:
        return hash((self._output_id, len(self._table)))

    def __repr__(self) -> str:
        return f"Gradients(output_id={self._output_id}, {len(self._table)} values)"

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
    return _walk(output)[0]


def _walk(output: Value) -> tuple[list[Value], dict[int, float]]:
    """The order, and a table that holds -0.0 for each id: adding to -0.0 changes no number."""
    order: list[Value] = []
    waiting: list[Value] = []
    table = {output.id: -0.0}
    emit, wait = order.append, waiting.append
    value = output
    while True:
        # A value waits while an operand is visited, then looks again; leaves need no visit.
        left = value._left
        if left is not None:
            key = left.id
            if key not in table:
                table[key] = -0.0
                if left._left is not None:
                    wait(value)
                    value = left
                    continue
                emit(left)
            right = value._right
            if right is not None:
                key = right.id
                if key not in table:
                    table[key] = -0.0
                    if right._left is not None:
                        wait(value)
                        value = right
                        continue
                    emit(right)
        emit(value)
        if not waiting:
            return order, table
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
    order, table = _walk(expect_value(output, "output"))
    order.reverse()
    table[output.id] = 1.0
    for value in order:
        left = value._left
        if left is not None:
            upstream = table[value.id]
            right = value._right
            if right is None:
                table[left.id] += upstream * value._slope
            elif value.op == "*":
                table[left.id] += upstream * right.data
                table[right.id] += upstream * left.data
            else:
                table[left.id] += upstream
                table[right.id] += upstream if value.op == "+" else -upstream
    if anomaly.active:
        anomaly.check_gradients(order, table)
    return Gradients(output.id, table)


def grad(value: Value, gradients: Gradients) -> float:
    """``gradients[value]``: what MicrogradEx writes ``Value.grad(value, gradients)``."""
    return gradients[value]


def topological_ids(output: Value) -> list[int]:
    """The ids of all that leads to ``output``, operands before results, ``output`` last."""
    return [value.id for value in topological_order(expect_value(output, "output"))]
