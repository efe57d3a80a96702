"""What a graph says of its values: plain, immutable records."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar, cast

if TYPE_CHECKING:
    from .engine import Value

Op: TypeAlias = str | tuple[str, float]
"""``"leaf"``, ``"+"``, ``"-"``, ``"*"``, ``"neg"``, ``"relu"``, ``"tanh"``, ``"exp"``, ``"log"``,
``"sigmoid"``, or ``("pow", exponent)``."""


Record = TypeVar("Record")


def closed(cls: type[Record]) -> type[Record]:
    """Have a frozen dataclass with slots refuse every change in words.

    The guard that comes with it stumbles over names that are no fields, before Python 3.14.
    """
    cls.__setattr__ = _set_unless_closed  # type: ignore[method-assign]
    cls.__delattr__ = _delete_unless_closed  # type: ignore[method-assign]
    return cls


def _set_unless_closed(record: Any, name: str, value: object) -> None:
    """A class made of a closed one may have more attributes."""
    if name in record.__dataclass_fields__:
        raise _refusal(record, name)
    try:
        object.__setattr__(record, name, value)
    except AttributeError:
        raise _refusal(record, name) from None


def _delete_unless_closed(record: Any, name: str) -> None:
    if name in record.__dataclass_fields__:
        raise _refusal(record, name)
    try:
        object.__delattr__(record, name)
    except AttributeError:
        raise _refusal(record, name) from None


def _refusal(record: object, name: str) -> FrozenInstanceError:
    return FrozenInstanceError(
        f"a {type(record).__name__} is immutable: expected no change of {name!r}; "
        "make a new one instead"
    )


@closed
@dataclass(frozen=True, slots=True)
class Edge:
    """One operand of an operation: the chain rule for one link of the graph.

    ``d(output) / d(parent) = local_gradient``, at the numbers of the forward pass. ``parent`` is
    the operand itself; two edges are equal when their ids and local gradients are.

    >>> from microgradwidgets import Value
    >>> a, b = Value(2.0), Value(-3.0)
    >>> left, right = (a * b).parents
    >>> left.parent is a, left.local_gradient, right.local_gradient
    (True, -3.0, 2.0)
    """

    parent_id: int
    local_gradient: float
    parent: Value = field(compare=False, repr=False, default=cast("Value", None))

    def __reduce__(self) -> tuple[Any, ...]:
        return _arrived_edge, (self.parent_id, self.local_gradient, self.parent)


def _arrived_edge(parent_id: int, local_gradient: float, parent: Value | None) -> Edge:
    """An edge out of a pickle, where its operand has a new id."""
    if parent is None:
        return Edge(parent_id, local_gradient)
    return Edge(parent.id, local_gradient, parent)


def edges_of(value: Value) -> tuple[Edge, ...]:
    """An edge for each operand: what the operation was says how the result follows each."""
    left, right = value._left, value._right
    if left is None:
        return ()
    if right is None:
        return (Edge(left.id, value._slope, left),)
    by_left, by_right = 1.0, 1.0
    if value.op == "*":
        by_left, by_right = right.data, left.data
    elif value.op == "-":
        by_right = -1.0
    return (Edge(left.id, by_left, left), Edge(right.id, by_right, right))


class Node(NamedTuple):
    """What a graph records of one value. ``parents`` has one :class:`Edge` per operand.

    >>> from microgradwidgets import Value
    >>> product = Value(2.0) * Value(-3.0)
    >>> node = product.graph[product.id]
    >>> node.op, node.data, len(node.parents)
    ('*', -6.0, 2)
    """

    id: int
    data: float
    op: Op
    label: str | None
    parents: tuple[Edge, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Entry:
    """One time that a ``with group(...)`` was entered: all made meanwhile belongs together.

    ``began`` is an id older than all of them, ``around`` the entry that this one lies in,
    ``numbered`` whether entries of one name in one place get a number each.
    """

    name: str
    began: int
    around: Entry | None = field(repr=False)
    numbered: bool = field(default=True, repr=False)


class Annotation(NamedTuple):
    """What a value may carry besides: a gradient for display, the groups it closes, and the
    innermost ``with group(...)`` that it was made in.
    """

    grad: float = 0.0
    groups: tuple[tuple[str, int], ...] = ()
    within: Entry | None = None


UNANNOTATED = Annotation()
