"""Answers that are numbers, one or a table of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..arithmetic import as_float, described
from ..engine import Value
from ..gradients import Gradients
from ..tape import Tape
from ..text import short_number
from .budget import outcome_of
from .registry import Answer
from .rules import arrows, mistakes, rule_of, sum_over_arrows
from .typed import TOLERANCE, is_right
from .verdict import Verdict, right, wrong
from .wording import count_text, listed, names_of


def number(
    answer: Answer,
    truth: float,
    why: str,
    *,
    tolerance: float = TOLERANCE,
    slips: Mapping[str, float] | None = None,
) -> Verdict:
    """Judge one number.

    Args:
        answer: what the learner gave; a value counts as its number.
        truth: the right number.
        why: a sentence for whoever has it right.
        tolerance: the part of the truth by which an answer may differ.
        slips: what to say → the wrong number that it is said of.
    """
    given = _number_in(answer.given)
    if isinstance(given, str):
        return wrong(given)
    if is_right(given, truth, tolerance):
        return right(why)
    said = short_number(given)
    for rule, slip in (slips or {}).items():
        if is_right(given, slip, tolerance):
            return wrong(f"{said} is not it: {rule}.")
    return wrong(_looks_like(given, truth, tolerance) or f"{said} is not it.")


def gradient(answer: Answer, output: Value, of: str) -> Verdict:
    """Judge one gradient: the derivative of ``output`` by the value labelled ``of``.

    A wrong one is compared with what comes of breaking each rule of the chain rule.
    """
    tape = Tape.record(output)
    index = tape.index(of)
    truth = tape.gradients()[index]
    given = _number_in(answer.given)
    if isinstance(given, str):
        return wrong(given)
    if is_right(given, truth):
        return right(f"{sum_over_arrows(tape, index)}.")
    return wrong(_missed(tape, index, given))


def gradients(answer: Answer, output: Value, *of: str) -> Verdict:
    """Judge a table of gradients: of the values with these labels, else of all labelled leaves.

    It may be a table that ``backward`` gave, a ``dict`` by label or by value, or a list in order.
    """
    tape = Tape.record(output)
    leaves = [name for index, name in tape.names.items() if tape.left[index] < 0]
    labels = [*(of or leaves)]
    found = _table_in(answer, labels)
    if isinstance(found, str):
        return wrong(found)
    truths = tape.gradients()
    places = {label: tape.index(label) for label in labels}
    missed = [x for x in labels if not is_right(found[x], truths[places[x]])]
    if not missed:
        rows = (f"{short_number(truths[places[x]])} for {x}" for x in labels)
        shared = max(labels, key=lambda x: len(arrows(tape, places[x])))
        return right(f"{listed([*rows])}. For instance, {sum_over_arrows(tape, places[shared])}.")
    for slip in mistakes(tape):
        if all(is_right(found[x], slip.gradients[places[x]]) for x in labels):
            return wrong(f"{_are_not(missed)}: {slip.rule}.")
    nearest = max(missed, key=lambda x: places[x])  # all that it hands on comes after it
    return wrong(_missed(tape, places[nearest], found[nearest]))


def _are_not(labels: Sequence[str]) -> str:
    one = len(labels) == 1
    return (
        f"the gradient{'' if one else 's'} of {listed(labels)} {'is' if one else 'are'} not right"
    )


def _missed(tape: Tape, index: int, given: float) -> str:
    """What to say of a wrong gradient: the broken rule that explains it, or the arrows to add."""
    name, truth = names_of(tape), tape.gradients()[index]
    said = f"{short_number(given)} is not the gradient of {name(index)}"
    for slip in mistakes(tape):
        if is_right(given, slip.gradients[index]) and not is_right(slip.gradients[index], truth):
            return f"{said}: {slip.rule}."
    if looks := _looks_like(given, truth, TOLERANCE):
        return f"{said}. {looks[0].upper()}{looks[1:]}"
    leaving = arrows(tape, index)
    if is_right(given, tape.replay()[index]):
        return f"{said}: that is its number. A gradient says how the output moves with it."
    if not leaving:
        return f"{said}: it is the output, and the derivative of it by itself is 1."
    targets = listed([*dict.fromkeys(name(to) for to, _ in leaving)])
    rules = [*dict.fromkeys(rule_of(tape, to) for to, _ in leaving)]
    leave = f"{count_text(len(leaving), 'arrow')} leave{'s' if len(leaving) == 1 else ''} it"
    adds = "each hands on" if len(leaving) > 1 else "it hands on"
    total = ", and these add up" if len(leaving) > 1 else ""
    return (
        f"{said}: {leave}, into {targets}, and {adds} upstream × local{total}. "
        f"Remember that {'; '.join(rules)}."
    )


def _looks_like(given: float, truth: float, tolerance: float) -> str:
    said = short_number(given)
    if truth and is_right(-given, truth, tolerance):
        return f"{said} has the right size, but the wrong sign."
    if is_right(given, truth, 5.0 * tolerance):
        return f"{said} is near, but not near enough: calculate with more digits."
    return ""


def _number_in(given: Any) -> float | str:
    """The number, or what to say of something that is none."""
    if isinstance(given, Value):
        return given.data
    if isinstance(given, (str, bytes)):
        return f"expected a number, got the text {given!r:.60}: leave the quotes out."
    outcome = outcome_of(lambda: as_float(given, "answer"))
    if isinstance(outcome.result, float):
        return outcome.result
    if callable(given):
        return "expected a number, got a function: has it been called?"
    return f"expected a number, got: {shown(given)}."


def shown(given: object) -> str:
    """A short look at what is no answer, whatever its own ``repr`` may do."""
    return outcome_of(lambda: described(given)).result or type(given).__name__


def _table_in(answer: Answer, labels: Sequence[str]) -> dict[str, float] | str:
    """The numbers by label, or what to say where one is missing."""
    given = answer.given
    what = f"expected a table of the gradients of {listed(labels)}"
    if isinstance(given, Gradients):
        ids = {name: id_ for id_, name in answer.names.items() if id_ in given}
        entries: dict[str, Any] = {label: given[id_] for label, id_ in ids.items()}
    elif isinstance(given, dict):
        entries = {}
        for key, entry in given.items():
            if isinstance(key, Value):
                entries[key.label or answer.names.get(key.id, "")] = entry
            elif isinstance(key, str):
                entries[key] = entry
    elif isinstance(given, (list, tuple)):
        if len(given) != len(labels):
            return f"{what}, got {count_text(len(given), 'number')}."
        entries = dict(zip(labels, given, strict=True))
    else:
        return f"{what}, got: {shown(given)}."
    numbers: dict[str, float] = {}
    for label in labels:
        if label not in entries:
            return f"{what}, but that of {label} is not in it."
        found = _number_in(entries[label])
        if isinstance(found, str):
            return f"at {label}: {found}"
        numbers[label] = found
    return numbers
