"""Answers that are expressions: judged by what they do, however they are put together.

An expression is replayed with several numbers for its leaves. Its value and the gradients of all
leaves must be those of the right one, each time; so ``b * (a + b**2)`` is as good as
``a * b + b**3``, and a number that was calculated beforehand is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import signature
from math import isfinite
from random import Random
from typing import NamedTuple

from ..engine import Value
from ..tape import Tape
from ..text import short_number
from .number_answers import shown
from .registry import Answer
from .rules import arrows, rule_of, sum_over_arrows
from .typed import is_right
from .verdict import Verdict, right, wrong
from .wording import count_text, listed, names_of

PLACES = 5
"""With so many sets of numbers an expression is tried, beside its own."""

_CLOSE = 1e-6


def built(function: Callable[..., Value], **leaves: float) -> Value:
    """The expression that a function makes of labelled leaves.

    >>> built(lambda a, b: a * b, a=3.0, b=2.0)
    Value(data=6.0)
    """
    values = {name: Value(number, label=name) for name, number in leaves.items()}
    return function(*(values[name] for name in signature(function).parameters))


def expression(answer: Answer, output: Value) -> Verdict:
    """Judge a ``Value``: does it do what ``output`` does, whose leaves have labels?

    The learner's leaves are known by their labels, or by the variables of the cell.
    """
    trouble = trouble_with(answer, output)
    if trouble:
        return wrong(trouble)
    ours = Tape.record(output)
    most_used = max(_leaves(ours), key=lambda label: len(arrows(ours, ours.index(label))))
    return right(
        "value and gradients are as they should be, with these numbers and with others. "
        f"For instance, {sum_over_arrows(ours, ours.index(most_used))}."
    )


def trouble_with(answer: Answer, output: Value) -> str:
    """What is wrong with an expression; empty if nothing is."""
    given = answer.given
    if not isinstance(given, Value):
        return (
            f"expected a Value that remembers how it was made, got: {shown(given)}. "
            "Put it together from values, by + and *, and take no .data on the way."
        )
    theirs, ours = Tape.record(given, answer.names), Tape.record(output)
    if trouble := _of_leaves(theirs, ours):
        return trouble
    trials = [_Trial.of(theirs, ours, leaves) for leaves in _places(ours)]
    return _of_behaviour(theirs, ours, [trial for trial in trials if trial.is_finite])


class _Trial(NamedTuple):
    """Both expressions with one set of numbers."""

    leaves: Mapping[str, float]
    theirs: Sequence[float]
    ours: Sequence[float]
    their_gradients: Mapping[str, float]
    our_gradients: Mapping[str, float]

    @classmethod
    def of(cls, theirs: Tape, ours: Tape, leaves: Mapping[str, float]) -> _Trial:
        places, own_places = _leaves(theirs), _leaves(ours)
        data = theirs.replay({places[label][0]: x for label, x in leaves.items()})
        own = ours.replay({own_places[label][0]: x for label, x in leaves.items()})
        table, own_table = theirs.gradients(data=data), ours.gradients(data=own)
        return cls(
            leaves,
            data,
            own,
            {label: table[places[label][0]] for label in leaves},
            {label: own_table[own_places[label][0]] for label in leaves},
        )

    @property
    def is_finite(self) -> bool:
        return isfinite(self.ours[-1]) and all(map(isfinite, self.our_gradients.values()))

    @property
    def text(self) -> str:
        return "with " + listed([f"{name} = {short_number(x)}" for name, x in self.leaves.items()])


def _places(tape: Tape) -> Iterator[dict[str, float]]:
    """The tape's own numbers, then others: some with the same signs, some with any."""
    labels = {name: tape.filled()[places[0]] for name, places in _leaves(tape).items()}
    yield labels
    random = Random(1337)
    for trial in range(PLACES):
        signs = (1.0,) if trial % 2 else (1.0, -1.0)
        yield {
            name: (x or 1.0) * random.uniform(0.5, 1.5) * random.choice(signs)
            for name, x in labels.items()
        }


def _leaves(tape: Tape) -> dict[str, list[int]]:
    """The leaves that have a name, by it."""
    found: dict[str, list[int]] = {}
    for index in tape.leaf_indices:
        if index in tape.names:
            found.setdefault(tape.names[index], []).append(index)
    return found


def _of_leaves(theirs: Tape, ours: Tape) -> str:
    there, wanted = _leaves(theirs), _leaves(ours)
    numbers, own_numbers = theirs.filled(), ours.filled()
    for label, (place, *_) in wanted.items():
        found = there.get(label, [])
        if not found:
            return _of_missing(label, own_numbers[place], theirs)
        if len(found) > 1:
            return (
                f"{label} is {count_text(len(found), 'different leaf', 'different leaves')} "
                "here. Make it once and use it again: then the contributions of all its uses add up"
                " in one gradient."
            )
        if not is_right(numbers[found[0]], own_numbers[place], _CLOSE):
            was, is_ = short_number(numbers[found[0]]), short_number(own_numbers[place])
            return f"{label} is {was} here, and {is_} in the exercise."
    return ""


def _of_missing(label: str, number: float, theirs: Tape) -> str:
    if label in theirs.names.values():
        return f"{label} was made by an operation here; it should be a leaf, Value(…)."
    if _constant(theirs, number) is not None:
        return (
            f"no leaf is called {label}. A plain {short_number(number)} stands where {label} "
            "belongs: it does not follow a change, and gets no gradient that anybody can look up."
        )
    return f"no leaf is called {label}: the result does not depend on it."


def _constant(tape: Tape, number: float) -> int | None:
    """A leaf without a name that holds this number."""
    numbers = tape.filled()
    for index in tape.leaf_indices:
        if index not in tape.names and numbers[index] == number:
            return index
    return None


def _of_behaviour(theirs: Tape, ours: Tape, trials: Sequence[_Trial]) -> str:
    """What is wrong with the values or gradients; empty if nothing is."""
    own = trials[0]
    numbers = {label: own.leaves[label] for label in own.leaves}
    gradients_off = [
        (label, trial)
        for trial in trials
        for label in trial.leaves
        if not is_right(trial.their_gradients[label], trial.our_gradients[label], _CLOSE)
    ]
    values_off = [t for t in trials if not is_right(t.theirs[-1], t.ours[-1], _CLOSE)]
    if not gradients_off and not values_off:
        return ""
    value_is_right = own not in values_off
    for label, trial in gradients_off if value_is_right else []:
        constant = _constant(theirs, numbers[label])
        if trial is own and constant is not None:
            return (
                f"{_not_the_gradient(label, trial)}: {_used(ours, label)}, but in "
                f"{_uses_text(theirs, constant)} a plain {short_number(numbers[label])} stands in "
                f"its place, and what comes back there never reaches {label}."
            )
    matched = _matched(theirs, ours, trials)
    if step := _first_wrong_step(theirs, ours, matched):
        return step
    if value_is_right and gradients_off:
        label, trial = gradients_off[0]
        return f"{_not_the_gradient(label, trial)}: {_used(ours, label)}."
    trial = values_off[0]
    got = f"its value is {short_number(trial.theirs[-1])} here, which is not right ({trial.text})"
    rest = _missing_or_too_much(theirs, ours, matched)
    return f"{got}: {rest}." if rest else f"{got}."


def _not_the_gradient(label: str, trial: _Trial) -> str:
    """What came out, and where; what is right is for the learner to find."""
    got = short_number(trial.their_gradients[label])
    return f"the gradient of {label} is {got} here, which is not right ({trial.text})"


def _used(ours: Tape, label: str) -> str:
    index = ours.index(label)
    leaving = arrows(ours, index)
    if len(leaving) > 1:
        times = "twice" if len(leaving) == 2 else f"{len(leaving)} times"
        count = "two" if len(leaving) == 2 else str(len(leaving))
        return f"{label} is used {times}, so its {count} contributions add (a sum over arrows)"
    return f"at {names_of(ours)(leaving[0][0])}, {rule_of(ours, leaving[0][0])}"


def _uses_text(tape: Tape, index: int) -> str:
    name = names_of(tape)
    return listed([*dict.fromkeys(name(to) for to, _ in arrows(tape, index))])


def _matched(theirs: Tape, ours: Tape, trials: Sequence[_Trial]) -> list[int | None]:
    """Which part of the right expression each part of the other is, if any.

    Parts are known by their numbers, the same for every set of leaves.
    """
    prints = [tuple(t.ours[i] for t in trials) for i in range(len(ours))]

    def match(index: int) -> int | None:
        mine = [t.theirs[index] for t in trials]
        for place, theirs_ in enumerate(prints):
            if all(is_right(x, y, _CLOSE) for x, y in zip(mine, theirs_, strict=True)):
                return place
        return None

    return [match(index) for index in range(len(theirs))]


def _first_wrong_step(theirs: Tape, ours: Tape, matched: Sequence[int | None]) -> str:
    """The first operation whose operands are parts of the right expression, and it is not."""
    name, own_name = names_of(theirs), names_of(ours)
    for index, _, a, b in theirs.steps:
        operands = [matched[i] for i in (a, b) if i >= 0]
        if matched[index] is not None or None in operands:
            continue
        for place, _, left, right_ in ours.steps:
            wanted = [i for i in (left, right_) if i >= 0]
            if sorted(wanted) == sorted(i for i in operands if i is not None):
                return (
                    f"{name(index)} is no part of it: {own_name(place)} is wanted there, and "
                    f"{rule_of(ours, place)}."
                )
    return ""


def _missing_or_too_much(theirs: Tape, ours: Tape, matched: Sequence[int | None]) -> str:
    """Whether they end too early or too late; empty if neither."""
    name = names_of(theirs)
    if matched[-1] is not None:
        return f"{name(len(theirs) - 1)} is a part of it, and something is missing"
    if len(ours) - 1 in matched:
        return f"{name(matched.index(len(ours) - 1))} is all of it, and something comes after that"
    return ""
