"""Answers that are functions: judged by what they give, and stopped where they never end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from inspect import signature
from random import Random
from typing import Any, NamedTuple

from ..arithmetic import as_float
from ..engine import Value
from ..text import short_number, visible_text
from .budget import Outcome, outcome_of
from .expression_answers import trouble_with
from .number_answers import shown
from .registry import Answer
from .typed import TOLERANCE, is_right
from .verdict import Verdict, right, wrong
from .wording import count_text, listed

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth")
"""In words: digits beside the numbers of an answer would be taken for more of them."""


def drawn(count: int, *ranges: tuple[float, float], seed: int = 1337) -> list[tuple[float, ...]]:
    """That many sets of arguments, each number from its range; the same ones every time."""
    random = Random(seed)
    return [tuple(random.uniform(*bounds) for bounds in ranges) for _ in range(count)]


def function(
    answer: Answer,
    truth: Callable[..., Any],
    inputs: Iterable[Sequence[float]],
    why: str,
    *,
    values: bool = False,
    tolerance: float = TOLERANCE,
    slips: Mapping[str, Callable[..., Any]] | None = None,
) -> Verdict:
    """Judge a function by what it gives for some inputs.

    Args:
        answer: the learner's function.
        truth: the right one; its parameters name the arguments.
        inputs: the numbers to call both with.
        why: a sentence for whoever has it right.
        values: call them with labelled values, and compare values and gradients of the result.
        tolerance: the part of a number by which results may differ.
        slips: what to say → the wrong function that it is said of.
    """
    given, parameters = answer.given, [*signature(truth).parameters]
    if not callable(given) or isinstance(given, type):
        return wrong(f"expected a function of {listed(parameters)}, got: {shown(given)}.")
    name = getattr(given, "__name__", "<")
    called = "the function" if name.startswith("<") else visible_text(name)
    tried: list[_Try] = []
    for numbers in inputs:
        where = ", ".join(
            f"{p} = {short_number(x)}" for p, x in zip(parameters, numbers, strict=True)
        )
        arguments = [
            Value(x, label=p) if values else x for p, x in zip(parameters, numbers, strict=True)
        ]
        outcome = _plain_outcome(given, arguments)
        if outcome.trouble:
            return wrong(f"for {where}, {called} {outcome.trouble}")
        wanted = truth(*arguments)
        if not values:
            tried.append(_Try(numbers, where, outcome.result, _plain(wanted)))
        elif trouble := trouble_with(Answer(outcome.result, {}), wanted):
            return wrong(f"for {where}: {trouble}")
    for trial in tried:
        if not _same(trial.got, trial.wanted, tolerance):
            missed = _missed(trial.got, trial.wanted, tolerance)
            got = f"for {trial.where}, {called} gives {_text(trial.got)}, {missed}"
            rule = _slip(tried, slips or {}, tolerance)
            return wrong(f"{got}: {rule}." if rule else f"{got}.")
    return right(why)


class _Try(NamedTuple):
    numbers: Sequence[float]
    where: str
    got: Any
    wanted: Any


def _slip(tried: Sequence[_Try], slips: Mapping[str, Callable[..., Any]], tolerance: float) -> str:
    """The slip that explains all that a function gave."""
    for rule, slip in slips.items():
        if all(_same(trial.got, _plain(slip(*trial.numbers)), tolerance) for trial in tried):
            return rule
    return ""


def _plain_outcome(given: Callable[..., Any], arguments: Sequence[Any]) -> Outcome:
    """Its result, read while it is still watched: a generator runs only when it is read."""
    return outcome_of(lambda: _plain(given(*arguments)))


def _plain(result: Any) -> Any:
    """Values as they are, numbers as floats, what holds several as a list or a dict of them."""
    if isinstance(result, (Value, str, bool)) or result is None:
        return result
    if isinstance(result, Mapping):
        return {key: _plain(entry) for key, entry in result.items()}
    if isinstance(result, Iterable) and getattr(result, "ndim", 1) != 0:
        return [_plain(entry) for entry in result]
    return as_float(result, "result")


def _same(got: Any, wanted: Any, tolerance: float) -> bool:
    got = got.data if isinstance(got, Value) else got
    wanted = wanted.data if isinstance(wanted, Value) else wanted
    if isinstance(wanted, float):
        return isinstance(got, float) and is_right(got, wanted, tolerance)
    if isinstance(wanted, list):
        return (
            isinstance(got, list)
            and len(got) == len(wanted)
            and all(_same(a, b, tolerance) for a, b in zip(got, wanted, strict=True))
        )
    if isinstance(wanted, dict):
        return (
            isinstance(got, dict)
            and got.keys() == wanted.keys()
            and all(_same(got[key], wanted[key], tolerance) for key in wanted)
        )
    return type(got) is type(wanted) and bool(got == wanted)


def _missed(got: Any, wanted: Any, tolerance: float) -> str:
    """What is wrong with a result; what would be right is for the learner to find."""
    if isinstance(wanted, list):
        if not isinstance(got, list) or len(got) != len(wanted):
            return f"and {_kind(wanted)} are wanted"
        pairs = zip(_PLACES, got, wanted, strict=False)
        off = [place for place, a, b in pairs if not _same(a, b, tolerance)]
        if len(wanted) > len(_PLACES):
            return "which are not all right"
        return f"of which the {listed(off)} {'is' if len(off) == 1 else 'are'} not right"
    got = got.data if isinstance(got, Value) else got
    wanted = wanted.data if isinstance(wanted, Value) else wanted
    if not isinstance(wanted, float):
        return "which is not it"
    if not isinstance(got, float):
        return "and a number is wanted"
    if wanted and is_right(-got, wanted, tolerance):
        return "which has the right size, but the wrong sign"
    near = is_right(got, wanted, 5.0 * tolerance)
    return "which is near, but not near enough" if near else "which is not it"


def _kind(wanted: Sequence[Any]) -> str:
    """How many numbers, or rows of how many, a list has."""
    first = wanted[0] if wanted else None
    if isinstance(first, list):
        return f"{count_text(len(wanted), 'row')} of {count_text(len(first), 'number')}"
    return count_text(len(wanted), "number")


def _text(result: Any) -> str:
    if isinstance(result, Value):
        return short_number(result.data)
    if isinstance(result, float):
        return short_number(result)
    if isinstance(result, list):
        if len(result) > 6:
            return count_text(len(result), "number")
        return f"[{', '.join(map(_text, result))}]"
    return "nothing (is there a return?)" if result is None else f"{result!r:.60}"
