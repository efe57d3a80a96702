"""The engine: immutable scalars that remember how they were made.

An operation makes a new :class:`Value`; for each operand it stores *who* the operand is and the
*local derivative*, nothing else. That is the whole chain rule, as data: drawing, explaining,
checking and differentiating read the same edges. Nothing is ever mutated, so there is no
``zero_grad`` and any earlier value can still be looked at.

>>> x = Value(2.0, label="x")
>>> y = x * x + 1
>>> y.data
5.0
>>> backward(y)[x]
4.0
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, TypeAlias, cast

from . import anomaly
from .arithmetic import UNARY, Real, as_exponent, as_float, described, powered
from .gradients import Gradients, propagate, topological_order
from .unravelling import WorkList, work_list

Op: TypeAlias = str | tuple[str, float]
"""``"leaf"``, ``"+"``, ``"-"``, ``"*"``, ``"neg"``, ``"relu"``, …, or ``("pow", exponent)``."""

LONGEST_LABEL = 1_000_000
LINKS_PER_KNOT = 32

_draw_id = itertools.count(1).__next__


def fresh_id() -> int:
    """Draw the next id. Ids grow, so one drawn before some work marks where the work began."""
    return _draw_id()


def _leave_the_ids_of_the_parent_process() -> None:
    # After a fork both processes hold the same counter. The child jumps ahead by a random amount
    # that no amount of counting bridges, so that ids stay unique across the two and still grow.
    global _draw_id
    leap = (1 + int.from_bytes(os.urandom(7), "big")) << 40
    _draw_id = itertools.count(_draw_id() + leap).__next__


if hasattr(os, "register_at_fork"):  # pragma: no branch - absent on Windows and in Pyodide
    os.register_at_fork(after_in_child=_leave_the_ids_of_the_parent_process)


@dataclass(frozen=True, slots=True)
class Edge:
    """One operand of an operation: the chain rule for one link of the graph.

    ``d(output) / d(parent) = local_gradient``, at the numbers of the forward pass. ``parent`` is
    the operand itself; two edges are equal when their ids and local gradients are.
    """

    parent_id: int
    local_gradient: float
    parent: Value = field(compare=False, repr=False, default=cast("Value", None))


class Node(NamedTuple):
    """What a graph records of one value. ``parents`` has one :class:`Edge` per operand."""

    id: int
    data: float
    op: Op
    label: str | None
    parents: tuple[Edge, ...]


class Annotation(NamedTuple):
    """What may be pinned to a copy of a value: a gradient for display, the groups it closes."""

    grad: float = 0.0
    groups: tuple[tuple[str, int], ...] = ()


_NOTHING = Annotation()


class _Fields:
    """The memory of a value. Two operands stand in line: no tuple, no closure, no dict."""

    __slots__ = (
        "__weakref__",
        "_annotation",
        "_left",
        "_left_gradient",
        "_links",
        "_right",
        "_right_gradient",
        "data",
        "id",
        "label",
        "op",
    )

    data: float
    id: int
    label: str | None
    op: Op
    _left: Value | None
    _left_gradient: float
    _right: Value | None
    _right_gradient: float
    _links: int
    _annotation: Annotation | None


class _Draft(_Fields):
    """A value being filled in; it becomes a :class:`Value` when its class is set.

    Setting a plain attribute is four times cheaper than getting past ``Value.__setattr__``.
    """

    __slots__ = ()


class Value(_Fields):
    """One real number, and how it was made.

    Args:
        data: what ``float()`` takes, except text, booleans, arrays and values.
        label: a name to show; it plays no part in the computation.

    ``Value`` is scalar on purpose: every addition, product, power and ReLU of a network can be
    seen. Equality and hash are identity, so that values can be keys. ``op`` names the operation
    (``"leaf"``, ``"+"``, ``"-"``, ``"*"``, ``"neg"``, ``("pow", exponent)``, ``"relu"``,
    ``"tanh"``, ``"exp"``, ``"log"``, ``"sigmoid"``). The named forms (``add``, ``mul``, …) take
    numbers or values on either side, and a ``label``.

    >>> a, b = Value(-4.0, label="a"), Value(2.0, label="b")
    >>> (a * b + b**3).data
    0.0
    >>> Value.mul(2, a, label="twice a")
    Value(data=-8.0, label='twice a')
    >>> a.data = 3.0
    Traceback (most recent call last):
    AttributeError: values are immutable: expected no change of 'data'; make a new Value instead
    """

    __slots__ = ()
    __array_ufunc__ = None  # numpy scalars and arrays on the left then call our __radd__ and kin

    def __new__(cls, data: Real, *, label: str | None = None) -> Value:
        if isinstance(data, Value):
            raise TypeError(
                f"expected data to be a plain number, got: {data!r}, which is already a Value"
            )
        return _leaf(as_float(data, "data"), label)

    @classmethod
    def new(cls, data: Real, *, label: str | None = None) -> Value:
        """The same as ``Value(data, label=label)``."""
        return cls(data, label=label)

    @staticmethod
    def coerce(value: Number, *, label: str | None = None) -> Value:
        """A value as it is, a number as a new leaf.

        >>> Value.coerce(3)
        Value(data=3.0)
        """
        if not isinstance(value, Value):
            return _leaf(as_float(value, "operand"), label)
        return value if label is None else value.with_label(label)

    # -- operations: each new value, with d(result)/d(operand) for every operand -----------------

    def add(self: Number, other: Number, *, label: str | None = None) -> Value:
        """``a + b``; both local derivatives are 1."""
        left = self if isinstance(self, Value) else _promoted(self)
        right = other if isinstance(other, Value) else _promoted(other)
        return _operation("+", left.data + right.data, left, 1.0, right, 1.0, label)

    def sub(self: Number, other: Number, *, label: str | None = None) -> Value:
        """``a - b``; the local derivatives are 1 and -1."""
        left = self if isinstance(self, Value) else _promoted(self)
        right = other if isinstance(other, Value) else _promoted(other)
        return _operation("-", left.data - right.data, left, 1.0, right, -1.0, label)

    def mul(self: Number, other: Number, *, label: str | None = None) -> Value:
        """``a * b``; the local derivative of each factor is the other factor."""
        left = self if isinstance(self, Value) else _promoted(self)
        right = other if isinstance(other, Value) else _promoted(other)
        a, b = left.data, right.data
        return _operation("*", a * b, left, b, right, a, label)

    def divide(self: Number, other: Number, *, label: str | None = None) -> Value:
        """``a / b``, made as ``a * b ** -1.0``: two nodes in the graph."""
        return Value.mul(self, Value.pow(other, -1.0), label=label)

    div = divide

    def pow(self: Number, exponent: Real, *, label: str | None = None) -> Value:
        """``x ** n`` for a plain number ``n``; the local derivative is ``n * x ** (n - 1)``."""
        base = Value.coerce(self)
        n = as_exponent(exponent)
        data, gradient = powered(base.data, n)
        return _operation(("pow", n), data, base, gradient, label=label)

    def neg(self: Number, *, label: str | None = None) -> Value:
        """``-x``, an operation of its own; the local derivative is -1."""
        return _unary("neg", self, label)

    def relu(self: Number, *, label: str | None = None) -> Value:
        """``max(0, x)``; the local derivative is 1 above zero, 0 at zero and below."""
        return _unary("relu", self, label)

    def tanh(self: Number, *, label: str | None = None) -> Value:
        """``tanh x``; the local derivative is ``sech² x``."""
        return _unary("tanh", self, label)

    def exp(self: Number, *, label: str | None = None) -> Value:
        """``e ** x``, its own local derivative."""
        return _unary("exp", self, label)

    def log(self: Number, *, label: str | None = None) -> Value:
        """The natural logarithm; the local derivative is ``1 / x``."""
        return _unary("log", self, label)

    def sigmoid(self: Number, *, label: str | None = None) -> Value:
        """``s = 1 / (1 + e ** -x)``; the local derivative is ``s (1 - s)``."""
        return _unary("sigmoid", self, label)

    @staticmethod
    def sum(
        values: Iterable[Number], initial: Number | None = None, *, label: str | None = None
    ) -> Value:
        """``((initial + v1) + v2) + …``, from the left. ``initial`` is a new ``Value(0.0)``.

        >>> Value.sum([1, 2, Value(3)]).data
        6.0
        """
        total = Value.coerce(0.0 if initial is None else initial)
        for value in values:
            total = total.add(value)
        return total if label is None else total.with_label(label)

    __add__ = add
    __sub__ = sub
    __mul__ = mul
    __truediv__ = divide
    __neg__ = neg

    def __pow__(self, exponent: Real, modulo: None = None) -> Value:
        return self.pow(exponent)

    def __radd__(self, other: Number) -> Value:
        if type(other) is int and other == 0:
            return self  # the built-in sum() starts from 0, which is no part of the expression
        return Value.add(other, self)

    def __rsub__(self, other: Number) -> Value:
        return Value.sub(other, self)

    def __rmul__(self, other: Number) -> Value:
        return Value.mul(other, self)

    def __rtruediv__(self, other: Number) -> Value:
        return Value.divide(other, self)

    def __rpow__(self, base: object) -> NoReturn:
        raise TypeError(
            f"expected exponent to be a plain number, got: {self!r}; "
            "for a constant base c write (x * log(c)).exp()"
        )

    def __pos__(self) -> Value:
        return self

    # -- the graph behind the number --------------------------------------------------------------

    @property
    def parents(self) -> tuple[Edge, ...]:
        """One :class:`Edge` per operand, in the order they were written: ``a * a`` has two."""
        operands = ((self._left, self._left_gradient), (self._right, self._right_gradient))
        return tuple(
            Edge(parent.id, local, parent) for parent, local in operands if parent is not None
        )

    @property
    def graph(self) -> Mapping[int, Node]:
        """Everything that leads here, id → :class:`Node`, operands before their results.

        It is made when asked for: an operation costs the same in a small and a huge expression.
        """
        order = topological_order(self)
        return MappingProxyType({v.id: Node(v.id, v.data, v.op, v.label, v.parents) for v in order})

    def backward(self) -> Gradients:
        """The derivative of this value by every value that leads to it."""
        return backward(self)

    # -- copies: same id, same place in the graph -------------------------------------------------

    @property
    def grad(self) -> float:
        """The gradient pinned on by :meth:`with_grad`; 0.0 on every other value."""
        return (self._annotation or _NOTHING).grad

    def with_grad(self, gradients: Gradients) -> Value:
        """A copy with its ``grad`` filled in, for display; this value stays as it was."""
        if not isinstance(gradients, Gradients):
            raise TypeError(
                f"expected gradients to be a Gradients table, got: {described(gradients)}"
            )
        annotation = self._annotation or _NOTHING
        return _copy(self, self.label, annotation._replace(grad=gradients[self]))

    def with_label(self, text: str | None) -> Value:
        """A relabelled copy; this value stays as it was."""
        return _copy(self, _checked_label(text), self._annotation)

    def with_group(self, name: str, since: int) -> Value:
        """A copy that closes a group: all that led here and was made since id ``since``.

        A neuron draws :func:`fresh_id` before its work and closes the group with its output, so
        that a large graph can be shown folded. It costs nothing while numbers are computed. A
        value may close several, the inner first; a group of several outputs is closed by each.
        """
        annotation = self._annotation or _NOTHING
        groups = (*annotation.groups, (name, since))
        return _copy(self, self.label, annotation._replace(groups=groups))

    # -- the rest of Python -----------------------------------------------------------------------

    def __repr__(self) -> str:
        label = self.label
        if label is not None and len(label) > 60:
            label = label[:60] + "…"
        grad = "" if self.grad == 0.0 else f", grad={self.grad!r}"
        return f"Value(data={self.data!r}{grad}{'' if label is None else f', label={label!r}'})"

    def __float__(self) -> float:
        return self.data

    def __int__(self) -> NoReturn:
        raise TypeError(f"expected a plain number, got: {self!r}; write int(value.data)")

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"expected a plain truth value, got: {self!r}; write value.data != 0, or 'is not None'"
        )

    def _no_order(self, other: object) -> NoReturn:
        raise TypeError(f"expected plain numbers to compare, got: {self!r}; compare value.data")

    __lt__ = __le__ = __gt__ = __ge__ = _no_order

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(
            f"values are immutable: expected no change of {name!r}; make a new Value instead"
        )

    def __delattr__(self, name: str) -> NoReturn:
        self.__setattr__(name, None)

    def __copy__(self) -> Value:
        return self

    def __deepcopy__(self, memo: object) -> Value:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        from .pickling import reduce_value

        return reduce_value(self)


Number: TypeAlias = Value | Real
"""What an operation takes on either side."""


class _Knot(Value):
    """Every 64th value of a chain: letting go of it lets go of the rest in a flat loop."""

    __slots__ = ()

    def __del__(self, work: WorkList = work_list) -> None:
        work.held.append((self._left, self._right))
        _set_left(self, None)
        _set_right(self, None)
        work.empty()


_Knot.__name__ = _Knot.__qualname__ = "Value"

if TYPE_CHECKING:

    def _draft() -> Value: ...

else:
    _draft = _Draft
_set_left = _Fields.__dict__["_left"].__set__
_set_right = _Fields.__dict__["_right"].__set__
_set_id = _Fields.__dict__["id"].__set__
_COPIED = tuple(name for name in _Fields.__slots__ if name != "__weakref__")


def _leaf(data: float, label: str | None = None) -> Value:
    value = _draft()
    value.data = data
    value.id = _draw_id()
    value.label = label if label is None else _checked_label(label)
    value.op = "leaf"
    value._left = value._right = None
    value._left_gradient = value._right_gradient = 0.0
    value._links = 0
    value._annotation = None
    value.__class__ = Value
    if anomaly.active:
        anomaly.check_value(value)
    return value


def _operation(
    op: Op,
    data: float,
    left: Value,
    left_gradient: float,
    right: Value | None = None,
    right_gradient: float = 0.0,
    label: str | None = None,
) -> Value:
    value = _draft()
    value.data = data
    value.id = _draw_id()
    value.label = label if label is None else _checked_label(label)
    value.op = op
    value._left = left
    value._left_gradient = left_gradient
    value._right = right
    value._right_gradient = right_gradient
    value._annotation = None
    links = left._links
    if right is not None and right._links > links:
        links = right._links
    if links < LINKS_PER_KNOT:
        value._links = links + 1
        value.__class__ = Value
    else:
        value._links = 0
        value.__class__ = _Knot
    if anomaly.active:
        anomaly.check_value(value)
    return value


def _promoted(number: Number) -> Value:
    """A plain number as a leaf, by the shortest way for the commonest kind."""
    return _leaf(number if type(number) is float else as_float(number, "operand"))


def _unary(op: str, operand: Number, label: str | None) -> Value:
    value = Value.coerce(operand)
    data, gradient = UNARY[op](value.data)
    return _operation(op, data, value, gradient, label=label)


def _copy(source: Value, label: str | None, annotation: Annotation | None) -> Value:
    value = _draft()
    for name in _COPIED:
        setattr(value, name, getattr(source, name))
    value.label = label
    value._annotation = annotation
    value.__class__ = type(source)
    return value


def _checked_label(label: object) -> str | None:
    if label is None:
        return None
    if not isinstance(label, str):
        raise TypeError(f"expected label to be a str, got: {described(label)}")
    if len(label) > LONGEST_LABEL:
        raise ValueError(
            f"expected label to have at most {LONGEST_LABEL:,} characters, got: {len(label):,}"
        )
    return str(label)


def expect_value(value: object, argument: str) -> Value:
    if not isinstance(value, Value):
        raise TypeError(f"expected {argument} to be a Value, got: {described(value)}")
    return value


def backward(output: Value) -> Gradients:
    """Reverse-mode differentiation: the derivative of ``output`` by everything it came from.

    From the output, whose derivative by itself is 1, each value hands its gradient times the
    local derivative to each of its operands; what arrives from several sides adds up. Nothing is
    written on the values: the table is the result, and every call makes a fresh one.

    >>> a = Value(3.0)
    >>> gradients = backward(a * a + a)
    >>> gradients[a]
    7.0
    """
    return propagate(expect_value(output, "output"))


def grad(value: Value, gradients: Gradients) -> float:
    """``gradients[value]``: what MicrogradEx writes ``Value.grad(value, gradients)``."""
    return gradients[value]


def topological_ids(output: Value) -> list[int]:
    """The ids of all that leads to ``output``, operands before results, ``output`` last."""
    return [value.id for value in topological_order(expect_value(output, "output"))]
