"""Where exercises are kept: in ``exercises/lesson_NN.py``, found by their ids."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

from ..arithmetic import described
from . import exercises
from .verdict import Verdict


class Answer(NamedTuple):
    """What a learner gives, and what they call their values: id → name of the variable."""

    given: Any
    names: Mapping[int, str]


Judge: TypeAlias = Callable[[Answer], Verdict]


class Exercise(NamedTuple):
    """One exercise: its id, what is asked in it, and what judges an answer."""

    id: str
    task: str
    judge: Judge


def exercise(id: str, task: str) -> Callable[[Judge], Exercise]:  # noqa: A002
    """Make an exercise of the function below, which judges an :class:`Answer`.

    Args:
        id: ``"NN.K"``, the number of the lesson and that of the exercise in it.
        task: what is asked, as one would say it; a check that finds no answer repeats it.
    """
    return lambda judge: Exercise(id, task, judge)


def find(id: str) -> Exercise:  # noqa: A002
    """The exercise of this id, or a ``ValueError`` that lists the nearest ids.

    >>> find("02.1").task
    'the gradient of b in c = a · b + b³, at a = −4 and b = 2'
    >>> find("2.1")
    Traceback (most recent call last):
    ValueError: expected the id of an exercise, such as '02.1', ... got: str '2.1'
    """
    lesson = id.partition(".")[0] if isinstance(id, str) else ""
    found = {}
    for name in _lessons():
        if name == f"lesson_{lesson}":
            found = exercises_of(name)
    if isinstance(id, str) and id in found:
        return found[id]
    known = [known for name in _lessons() for known in exercises_of(name)]
    near = get_close_matches(str(id), known, n=3, cutoff=0.4) or known[:1]
    such = ", ".join(map(repr, near))
    raise ValueError(f"expected the id of an exercise, such as {such}, got: {described(id)}")


def all_exercises() -> list[Exercise]:
    """Every exercise there is, in the order of the lessons."""
    return [found for name in _lessons() for found in exercises_of(name).values()]


def exercises_of(lesson: str) -> dict[str, Exercise]:
    """Those of one module, by id."""
    things = vars(import_module(f"{exercises.__name__}.{lesson}")).values()
    return {thing.id: thing for thing in things if isinstance(thing, Exercise)}


def _lessons() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(exercises.__path__))
