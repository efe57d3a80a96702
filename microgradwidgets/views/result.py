"""What a page tells of the training in it, read with care: a page may send anything.

Written by ``js/src/training/result.ts``::

    parameters of the step on screen, those after the last step, rows of 7 doubles, parameters
    with which the last segment began, what the optimizer remembered there, initial parameters
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import traitlets

from ..graph import Row
from .live_numbers import floats_of
from .packed import doubles, malformed, unpack
from .settings import FURTHEST_STEP, RunSettings, Segment, Settings

MARK = "MGWR"
LARGEST = 64 * 2**20
STATUSES = ("ready", "running", "completed", "target", "diverged")
COLUMNS = (
    "loss",
    "data_loss",
    "reg_loss",
    "accuracy",
    "learning_rate",
    "test_loss",
    "test_accuracy",
)
MOST_SEGMENTS = 10_000

MEMORY: Mapping[str, Callable[[int], int]] = {
    "sgd": lambda count: 0,
    "momentum": lambda count: count,
    "adam": lambda count: 2 * count + 2,
}
"""How many numbers an optimizer remembers, by that of the parameters."""


@dataclass(frozen=True)
class Result:
    """A training in a page.

    Attributes:
        network, points: what was trained on what, as the traits say it.
        trained: how many of the points were trained on.
        step: the step on screen.
        taken: how many updates were made.
        status: one of :data:`STATUSES`.
        segments: what held from when on.
        shown: the parameters of the step on screen.
        end, ended: the last step whose parameters were at hand, and these.
        start, memory: parameters with which the last segment began, and what the optimizer
            remembered there.
        initial: those before the first step.
    """

    network: Mapping[str, Any]
    points: Mapping[str, Any]
    trained: int
    step: int
    taken: int
    status: str
    segments: tuple[Segment, ...]
    shown: tuple[float, ...]
    end: int
    ended: tuple[float, ...]
    start: tuple[float, ...]
    memory: tuple[float, ...]
    initial: tuple[float, ...]
    _rows: bytes

    @property
    def count(self) -> int:
        """How many rows there are: one for each step, and one more where a run broke."""
        return len(self._rows) // (8 * len(COLUMNS))

    @property
    def rows(self) -> list[Row]:
        """A row for every step, as in a history; the numbers of a test only where there is one."""
        numbers, width = floats_of(self._rows), len(COLUMNS)
        has_test = self.trained < self.points["count"]
        names = COLUMNS if has_test else COLUMNS[:5]
        return [
            {"step": at, **dict(zip(names, numbers[width * at : width * (at + 1)], strict=False))}
            for at in range(self.count)
        ]


def read_result(packed: bytes) -> Result:
    """A training out of bytes; a ``ValueError`` says what is wrong with them."""
    if len(packed) > LARGEST:
        malformed(MARK, f"at most {LARGEST:,} bytes", f"{len(packed):,} bytes")
    header, sections = unpack(MARK, packed)
    network, points = (_mapping(header, name) for name in ("network", "points"))
    taken, rows = _count(header, "taken"), _count(header, "rows")
    count = _count(points, "count")
    if rows not in (taken, taken + 1):
        malformed(MARK, f"{taken} rows, or one more", rows)
    status = header.get("status")
    if status not in STATUSES:
        malformed(MARK, f"one of {', '.join(STATUSES)}", status)
    if [len(section) for section in sections[2:3]] != [8 * len(COLUMNS) * rows]:
        malformed(MARK, f"{rows} rows of {len(COLUMNS)} numbers in section 2", "another size")
    size, memory = _count(header, "parameters"), _count(header, "memory")
    segments = _segments(header, taken)
    if memory not in (0, MEMORY[segments[-1].settings.optimizer](size)):
        malformed(MARK, "as much memory as the optimizer has", memory)
    shown, ended, start, initial = (_finite(sections, at, size) for at in (0, 1, 3, 5))
    return Result(
        network=network,
        points=points,
        trained=min(_count(header, "trained"), count),
        step=min(_count(header, "step"), taken),
        taken=taken,
        status=status,
        segments=segments,
        shown=shown,
        end=min(_count(header, "end"), taken),
        ended=ended,
        start=start,
        memory=_finite(sections, 4, memory),
        initial=initial,
        _rows=sections[2],
    )


def _mapping(header: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = header.get(name)
    return found if isinstance(found, dict) else malformed(MARK, f"{name} as an object", found)


def _count(header: Mapping[str, Any], name: str) -> int:
    found = header.get(name)
    if type(found) is not int or not 0 <= found <= FURTHEST_STEP + 1:
        malformed(MARK, f"{name} as a whole number up to {FURTHEST_STEP}", found)
    return found


def _finite(sections: list[bytes], place: int, count: int) -> tuple[float, ...]:
    numbers = tuple(doubles(MARK, sections, place, count))
    return numbers if all(map(isfinite, numbers)) else malformed(MARK, "finite numbers", "others")


def _segments(header: Mapping[str, Any], taken: int) -> tuple[Segment, ...]:
    found = header.get("segments")
    if not isinstance(found, list) or not 1 <= len(found) <= MOST_SEGMENTS:
        malformed(MARK, f"1 to {MOST_SEGMENTS} segments", found)
    segments = tuple(_segment(one) for one in found)
    firsts = [first for first, _ in segments]
    if firsts[0] != 0 or firsts[-1] > taken or sorted({*firsts}) != firsts:
        malformed(MARK, f"segments that begin at 0 and later, up to {taken}", firsts[:20])
    return segments


def _segment(found: Any) -> Segment:
    if not isinstance(found, dict):
        malformed(MARK, "a segment", found)
    settings = _mapping(found, "settings")
    try:
        numbers = [_setting(name, settings.get(name)) for name in RunSettings._fields]
    except traitlets.TraitError as error:
        raise ValueError(f"malformed {MARK}: {error}") from None
    return Segment(_count(found, "first"), RunSettings(*numbers))


def _setting(name: str, value: Any) -> Any:
    trait = getattr(Settings, name)
    return None if value is None and trait.allow_none else trait.validate(None, value)
