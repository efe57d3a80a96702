"""Values whose operands are made when somebody looks: what the rest of the engine knows of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from .immutable import Fields, raw_left
from .unravelling import let_go

if TYPE_CHECKING:
    from .engine import Value

Ingredients: TypeAlias = "tuple[Value, Sequence[Value], Sequence[Value], tuple[int, ...]]"
"""Bias, weights, inputs, and the ids set aside: of w1 * x1, of the sum up to it, of w2 * x2, …"""


class Folded(Fields):
    """A sum of a bias and products that nobody has looked at.

    The slot of its left operand holds the ingredients. It hands them to the work list when it
    goes, as a knot does, so that however many layers a network has, it can be let go of.
    """

    __slots__ = ()
    __del__ = let_go


FOLDED: type[Any] = Folded
"""The same, for ``isinstance`` of a value: only a subclass of both is folded."""


def ingredients(value: Fields) -> Ingredients | None:
    """What a folded value is made of; None for every other, and once it has been written out."""
    if not isinstance(value, Folded):
        return None
    kept = raw_left(value)
    return kept if type(kept) is tuple else None
