"""The engine: immutable scalars that remember how they were made.

An operation makes a new :class:`Value` that knows, for each operand, *who* it is and the *local
derivative*: the chain rule as data, which drawing, explaining, checking and differentiating all
read. Nothing is ever mutated, so there is no ``zero_grad``.

>>> x = Value(2.0, label="x")
>>> y = x * x + 1
>>> y.data
5.0
>>> backward(y)[x]
4.0
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NoReturn, TypeAlias, cast

from . import anomaly, grouping, ids, watching
from .arguments import each
from .arithmetic import UNARY, Real, as_exponent, as_float, powered
from .gradients import (
    Gradients,
    backward,
    expect_gradients,
    grad,
    topological_ids,
    topological_order,
)
from .ids import fresh_id
from .immutable import Draft, Immutable, checked_label, expect_value
from .records import UNANNOTATED, Annotation, Edge, Node, Op, edges_of
from .unravelling import let_go

__all__ = [
    "Edge",
    "Gradients",
    "Node",
    "Number",
    "Op",
    "Value",
    "backward",
    "expect_value",
    "fresh_id",
    "grad",
    "topological_ids",
]

LINKS_PER_KNOT = 32


class Value(Immutable):
    """One real number, and how it was made.

    Args:
        data: what ``float()`` takes, except text, booleans, arrays and values.
        label: a name to show; it plays no part in the computation.

    ``Value`` is scalar on purpose: every addition, product, power and ReLU of a network can be
    seen. Equality and hash are identity, so that values can be keys. The named forms (``add``,
    ``mul``, …) take numbers or values on either side, and a ``label``.

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
        """The same as ``Value(data, label=label)``.

        >>> Value.new(3.0, label="x")
        Value(data=3.0, label='x')
        """
        return cls(data, label=label)

    @staticmethod
    def coerce(value: Number, *, label: str | None = None) -> Value:
        """A value as it is, a number as a new leaf.

        >>> x = Value(3.0)
        >>> Value.coerce(x) is x, Value.coerce(3.0)
        (True, Value(data=3.0))
        """
        if not isinstance(value, Value):
            return _leaf(as_float(value, "operand"), label)
        return value if label is None else value.with_label(label)

    # -- operations: each new value, with d(result)/d(operand) for every operand -----------------

    def add(self: Number, other: Number, *, label: str | None = None) -> Value:
        """``a + b``; both local derivatives are 1.

        >>> Value.add(2, Value(3.0), label="sum")
        Value(data=5.0, label='sum')
        """
        left = self if isinstance(self, Value) else _promoted(self)
        right = other if isinstance(other, Value) else _promoted(other)
        return _operation("+", left.data + right.data, left, right, label)

    def sub(self: Number, other: Number, *, label: str | None = None) -> Value:
        """``a - b``; the local derivatives are 1 and -1.

        >>> Value.sub(2, Value(3.0), label="difference")
        Value(data=-1.0, label='difference')
        """
        left = self if isinstance(self, Value) else _promoted(self)
        right = other if isinstance(other, Value) else _promoted(other)
        return _operation("-", left.data - right.data, left, right, label)

    def mul(self: Number, other: Number, *, label: str | None = None) -> Value:
        """``a * b``; the local derivative of each factor is the other factor.

        >>> [edge.local_gradient for edge in Value(2.0).mul(Value(3.0)).parents]
        [3.0, 2.0]
        """
        left = self if isinstance(self, Value) else _promoted(self)
        right = other if isinstance(other, Value) else _promoted(other)
        return _operation("*", left.data * right.data, left, right, label)

    def divide(self: Number, other: Number, *, label: str | None = None) -> Value:
        """``a / b``, made as ``a * b ** -1.0``: two nodes in the graph.

        >>> quotient = Value.divide(1, Value(4.0))
        >>> quotient.data, quotient.op, quotient.parents[1].parent.op
        (0.25, '*', ('pow', -1.0))
        """
        return Value.mul(self, Value.pow(other, -1.0), label=label)

    div = divide

    def pow(self: Number, exponent: Real, *, label: str | None = None) -> Value:
        """``x ** n`` for a plain number ``n``; the local derivative is ``n * x ** (n - 1)``.

        >>> cube = Value(2.0).pow(3)
        >>> cube.data, cube.parents[0].local_gradient
        (8.0, 12.0)
        """
        if isinstance(exponent, Value):
            raise TypeError(
                f"expected exponent to be a plain number, got: {exponent!r}; "
                "for a variable exponent y write (y * x.log()).exp()"
            )
        base = Value.coerce(self)
        n = as_exponent(exponent)
        data, slope = powered(base.data, n)
        return _operation(("pow", n), data, base, None, label, slope)

    def neg(self: Number, *, label: str | None = None) -> Value:
        """``-x``, an operation of its own; the local derivative is -1.

        >>> Value(2.0).neg().op, (-Value(2.0)).data
        ('neg', -2.0)
        """
        return _unary("neg", self, label)

    def relu(self: Number, *, label: str | None = None) -> Value:
        """``max(0, x)``; the local derivative is 1 above zero, 0 at zero and below.

        >>> [Value(x).relu().data for x in (-1.0, 0.0, 2.0)]
        [0.0, 0.0, 2.0]
        """
        return _unary("relu", self, label)

    def tanh(self: Number, *, label: str | None = None) -> Value:
        """``tanh x``; the local derivative is ``sech² x``.

        >>> zero = Value(0.0).tanh()
        >>> zero.data, zero.parents[0].local_gradient
        (0.0, 1.0)
        """
        return _unary("tanh", self, label)

    def exp(self: Number, *, label: str | None = None) -> Value:
        """``e ** x``, its own local derivative.

        >>> one = Value(0.0).exp()
        >>> one.data, one.parents[0].local_gradient
        (1.0, 1.0)
        """
        return _unary("exp", self, label)

    def log(self: Number, *, label: str | None = None) -> Value:
        """The natural logarithm; the local derivative is ``1 / x``.

        >>> Value(4.0).log().parents[0].local_gradient
        0.25
        """
        return _unary("log", self, label)

    def sigmoid(self: Number, *, label: str | None = None) -> Value:
        """``s = 1 / (1 + e ** -x)``; the local derivative is ``s (1 - s)``.

        >>> half = Value(0.0).sigmoid()
        >>> half.data, half.parents[0].local_gradient
        (0.5, 0.25)
        """
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
        for value in each(values, "values"):
            total = total.add(value)
        return total if label is None else total.with_label(label)

    __add__ = add
    __sub__ = sub
    __mul__ = mul
    __truediv__ = divide
    __pow__ = pow  # noqa: A003
    __neg__ = neg

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
            "for a constant base c write (x * math.log(c)).exp()"
        )

    def __pos__(self) -> Value:
        return self

    # -- the graph behind the number --------------------------------------------------------------

    @property
    def parents(self) -> tuple[Edge, ...]:
        """One :class:`Edge` per operand, in the order they were written: ``a * a`` has two.

        >>> x = Value(3.0)
        >>> [edge.local_gradient for edge in (x * x).parents]
        [3.0, 3.0]
        """
        return edges_of(self)

    @property
    def graph(self) -> Mapping[int, Node]:
        """Everything that leads here, id → :class:`Node`, operands before their results.

        It is made when asked for: an operation costs the same in a small and a huge expression.

        >>> y = Value(3.0, label="x") * 2
        >>> [node.op for node in y.graph.values()]
        ['leaf', 'leaf', '*']
        """
        order = topological_order(self)
        return MappingProxyType({v.id: Node(v.id, v.data, v.op, v.label, v.parents) for v in order})

    def backward(self) -> Gradients:
        """The derivative of this value by every value that leads to it.

        >>> x = Value(3.0)
        >>> (x * x).backward()[x]
        6.0
        """
        return backward(self)

    # -- copies: same id, same place in the graph -------------------------------------------------

    @property
    def grad(self) -> float:
        """The gradient pinned on by :meth:`with_grad`; 0.0 on every other value.

        >>> x = Value(3.0)
        >>> table = backward(x * x)
        >>> x.grad, x.with_grad(table).grad
        (0.0, 6.0)
        """
        return (self._annotation or UNANNOTATED).grad

    def with_grad(self, gradients: Gradients) -> Value:
        """A copy with its ``grad`` filled in, for display; this value stays as it was.

        >>> x = Value(3.0, label="x")
        >>> x.with_grad(backward(x * x))
        Value(data=3.0, grad=6.0, label='x')
        """
        grad = expect_gradients(gradients)[self]
        annotation = self._annotation or UNANNOTATED
        return _copy(self, self.label, annotation._replace(grad=grad))

    def with_label(self, text: str | None) -> Value:
        """A relabelled copy; this value stays as it was.

        >>> x = Value(3.0)
        >>> x.with_label("x"), x
        (Value(data=3.0, label='x'), Value(data=3.0))
        """
        return _copy(self, checked_label(text), self._annotation)

    def with_group(self, name: str, since: int) -> Value:
        """A copy that closes a group: all that led here and was made since id ``since``.

        A neuron draws :func:`fresh_id` before its work and closes the group with its output. A
        value may close several groups, the inner first; each output of a group closes it.

        >>> from microgradwidgets.engine import fresh_id
        >>> since = fresh_id()
        >>> y = (Value(3.0) * 2).with_group("double", since)
        >>> from microgradwidgets import Tape
        >>> Tape.record(y).groups[0].name
        'double'
        """
        annotation = self._annotation or UNANNOTATED
        groups = (*annotation.groups, (name, since))
        return _copy(self, self.label, annotation._replace(groups=groups))


Number: TypeAlias = Value | Real
"""What an operation takes on either side."""


class _Knot(Value):
    """Now and then a value of a chain: letting go of it drops the rest in a flat loop."""

    __slots__ = ()
    __del__ = let_go


_Knot.__name__ = _Knot.__qualname__ = "Value"

_draft = cast("Callable[[], Value]", Draft)


def _leaf(data: float, label: str | None = None) -> Value:
    value = _draft()
    value.data = data
    value.id = ids.draw()
    value.label = label if label is None else checked_label(label)
    value.op = "leaf"
    value._left = value._right = None
    value._links = 0
    value._annotation = None
    value.__class__ = Value
    if watching.active:
        _watched(value)
    return value


def _operation(
    op: Op,
    data: float,
    left: Value,
    right: Value | None,
    label: str | None = None,
    slope: float = 0.0,
    annotation: Annotation | None = None,
) -> Value:
    """A value made of one operand, with the slope there, or of two."""
    value = _draft()
    value.data = data
    value.id = ids.draw()
    value.label = label if label is None else checked_label(label)
    value.op = op
    value._left = left
    value._right = right
    value._annotation = annotation
    links = left._links
    if right is None:
        value._slope = slope
    elif right._links > links:
        links = right._links
    if links < LINKS_PER_KNOT:
        value._links = links + 1
        value.__class__ = Value
    else:
        value._links = 0
        value.__class__ = _Knot
    if watching.active:
        _watched(value)
    return value


def _watched(value: Value) -> None:
    """What blocks that are open do with a new value; it belongs to nobody yet."""
    grouping.mark(value)
    anomaly.check_value(value)


def _promoted(number: Number) -> Value:
    return _leaf(number if type(number) is float else as_float(number, "operand"))


def _unary(
    op: str, operand: Number, label: str | None, annotation: Annotation | None = None
) -> Value:
    value = Value.coerce(operand)
    data, slope = UNARY[op](value.data)
    return _operation(op, data, value, None, label, slope, annotation)


def _copy(source: Value, label: str | None, annotation: Annotation | None) -> Value:
    value = _draft()
    value.data = source.data
    value.id = source.id
    value.label = label
    value.op = source.op
    value._left = source._left
    value._right = source._right
    if source._left is not None and source._right is None:
        value._slope = source._slope
    value._links = source._links
    value._annotation = annotation
    value.__class__ = type(source)
    return value
