"""Which questions: a fair mix of kinds, what can be worked by hand first, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from ..randomness import Stream
from .asking import Fact, needs
from .ground import LONGEST, Ground, are_short, is_short
from .nudging import Nudge, nudged, told_by
from .question import Kind

MOST_PARTS = 4
"""Of more operands or uses nobody works out a number by hand."""
MOST_OPTIONS = 4
FEWEST_OPTIONS = 2
MOST_LEAVES = 100
ROUNDING = 1e-12


class Choice(NamedTuple):
    """A question that is to be asked: its kind, the value; of changes, what to choose from."""

    kind: Kind
    at: int
    nudge: Nudge | None = None
    options: tuple[int, ...] = ()

    @property
    def fact(self) -> Fact:
        """What it asks for. Who knows a gradient knows its sign."""
        subject = "gradient" if self.kind == "sign" else self.kind
        return subject, self.at


def choose(
    ground: Ground,
    n: int,
    kinds: Sequence[Kind],
    stream: Stream,
    drawn: Collection[int] | None = None,
) -> list[Choice]:
    """Up to ``n`` questions, in the order in which the passes answer them.

    Args:
        ground: the graph.
        n: how many.
        kinds: which kinds; they take turns.
        stream: where chance comes from.
        drawn: ask only about these values, and so that all that is needed is among them.
    """
    offers = {kind: _offered(ground, kind, stream, drawn) for kind in KIND_ORDER if kind in kinds}
    chosen: list[Choice] = []
    waiting = stream.shuffled(offers)
    while waiting and len(chosen) < n:
        kind = waiting.pop(0)
        found = next((c for c in offers[kind] if _fits(ground, c, chosen)), None)
        if found is not None:
            chosen.append(found)
            waiting.append(kind)
    return sorted(chosen, key=lambda choice: _order(ground, choice))


KIND_ORDER: tuple[Kind, ...] = ("value", "changes", "sign", "gradient")


def _order(ground: Ground, choice: Choice) -> tuple[int, int]:
    """Values as they are worked out, what changes with leaves, gradients back from the output."""
    kind, at = choice.kind, choice.at
    if kind in ("value", "changes"):
        return (0 if kind == "value" else 1), at
    return 2, -at


def _fits(ground: Ground, choice: Choice, chosen: Sequence[Choice]) -> bool:
    """Whether it asks nothing that is asked for already, and tells nothing that is."""
    if any(choice.fact == other.fact for other in chosen):
        return False
    if choice.kind not in ("sign", "gradient"):
        return True
    signs = {other.fact for other in chosen if other.kind == "sign"}
    if signs & needs(ground, choice.at):
        return False
    if choice.kind == "gradient":
        return True
    others = (other for other in chosen if other.kind in ("sign", "gradient"))
    return not any(choice.fact in needs(ground, other.at) for other in others)


def _offered(
    ground: Ground, kind: Kind, stream: Stream, drawn: Collection[int] | None
) -> Iterator[Choice]:
    """All questions of a kind, the plain ones first, each group in a random order."""
    places = [i for i in ground.near if drawn is None or i in drawn]
    rank = _RANKS[kind]
    ranked = [(i, rank(ground, i, drawn)) for i in places]
    for wanted in range(WORST + 1):
        group = stream.shuffled([i for i, found in ranked if found == wanted])
        if kind != "changes":
            yield from (Choice(kind, i) for i in group)
            continue
        for leaf in group[:MOST_LEAVES]:  # each costs a forward pass
            if choice := _with_options(ground, leaf, places, stream, drawn):
                yield choice


# -- how fit a value is for a question: 0 is best, more than WORST is not to be asked --------------

WORST = 2
_NEVER = WORST + 1


def _value_rank(ground: Ground, i: int, drawn: Collection[int] | None) -> int:
    if ground.is_leaf(i):
        return _NEVER
    operands = ground.operands(i)
    if len(ground.notation.entries(i)) > MOST_PARTS or not _are_drawn(operands, drawn):
        return _NEVER
    if not are_short(ground.data, [i, *operands]):
        return 2
    return 0 if ground.is_clear(i) else 1


def _gradient_rank(ground: Ground, i: int, drawn: Collection[int] | None) -> int:
    if ground.notation.is_constant(i) and i != ground.output:
        return _NEVER
    users = ground.users(i)
    if len(ground.uses[i]) > MOST_PARTS or not _are_drawn(users, drawn):
        return _NEVER
    if i == ground.output or not are_short(ground.gradients, [i, *users]):
        return 2
    factors = [j for subject, j in needs(ground, i) if subject == "value"]
    if not _are_drawn(factors, drawn):
        return _NEVER
    return 0 if ground.is_clear(i) and are_short(ground.data, factors) else 1


def _sign_rank(ground: Ground, i: int, drawn: Collection[int] | None) -> int:
    gradient = ground.gradients[i]
    parts = [
        ground.gradients[to] * ground.tape.local_gradients(to, ground.data)[side]
        for to, side in ground.uses[i][: MOST_PARTS + 1]
    ]
    is_rounding = 0.0 < abs(gradient) <= ROUNDING * max(map(abs, parts), default=0.0)
    if i == ground.output or gradient != gradient or is_rounding:
        return _NEVER
    return _gradient_rank(ground, i, drawn)


def _changes_rank(ground: Ground, i: int, drawn: Collection[int] | None) -> int:
    if not ground.is_leaf(i) or i == ground.output or ground.notation.is_constant(i):
        return _NEVER
    return 0 if ground.is_clear(i) and is_short(ground.data[i]) else 1


_RANKS: dict[Kind, Callable[[Ground, int, Collection[int] | None], int]] = {
    "value": _value_rank,
    "sign": _sign_rank,
    "gradient": _gradient_rank,
    "changes": _changes_rank,
}


def _are_drawn(places: Sequence[int], drawn: Collection[int] | None) -> bool:
    return drawn is None or all(place in drawn for place in places)


def _with_options(
    ground: Ground,
    leaf: int,
    places: Sequence[int],
    stream: Stream,
    drawn: Collection[int] | None,
) -> Choice | None:
    """A question of what changes, with some that do and, where there are any, some that do not."""
    nudge = nudged(ground.tape, ground.data, leaf)
    if nudge is None:
        return None
    told = places if drawn is None else told_by(ground.tape, drawn, nudge)
    certain = [i for i in told if not ground.is_leaf(i) and nudge.is_certain(i)]
    moving = _plain_first(ground, stream.shuffled(i for i in certain if nudge.changes(i)))
    resting = _plain_first(ground, stream.shuffled(i for i in certain if not nudge.changes(i)))
    half = MOST_OPTIONS // 2
    kept = moving[: max(half, MOST_OPTIONS - len(resting))]
    kept += resting[: MOST_OPTIONS - len(kept)]
    if len(kept) < FEWEST_OPTIONS:
        return None
    return Choice("changes", leaf, nudge, tuple(sorted(kept)))


def _plain_first(ground: Ground, places: Sequence[int]) -> list[int]:
    named_first = sorted(places, key=lambda i: not ground.is_clear(i))[: 10 * MOST_OPTIONS]

    def is_long(i: int) -> tuple[bool, bool]:
        return not ground.is_clear(i), len(ground.written_out(i)) > LONGEST

    return sorted(named_first, key=is_long)
