"""Ctrl-C at any line of ours: what a test tries, one line after the other.

A trace function raises where a signal would. It comes to more places than signals do, which Python
looks for at calls and at the ends of loops alone; so a bare ``try:``, where nothing is done, is no
line here.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from linecache import getline
from pathlib import Path
from typing import Any

import microgradwidgets
from microgradwidgets import unravelling

PACKAGE = str(Path(microgradwidgets.__file__).parent)

OF_DEL = (unravelling.__file__,)
"""The ``__del__`` of values. What is raised in such a method Python drops, so it counts alone."""

Line = tuple[str, int]
"""A file and a number."""


def lines_run(act: Callable[[], object], within: Iterable[str] = (PACKAGE,)) -> Counter[Line]:
    """Which lines of these files or folders are run, in the order they come, and how often."""
    found: Counter[Line] = Counter()
    _traced(act, tuple(within), lambda line: found.update([line]))
    return found


def interrupted(
    act: Callable[[], object], line: Line, time: int = 1, within: Iterable[str] = (PACKAGE,)
) -> bool:
    """Do it, with a KeyboardInterrupt when it comes to the line for that time; whether it came."""
    left = time

    def count(here: Line) -> None:
        nonlocal left
        if here == line:
            left -= 1
            if left == 0:
                raise KeyboardInterrupt

    try:
        _traced(act, tuple(within), count)
    except KeyboardInterrupt:
        assert left == 0
    return left <= 0


def everywhere(
    act: Callable[[], object], most: int | None = None, within: Iterable[str] = (PACKAGE,)
) -> Iterator[Line]:
    """Interrupt it at each line, the first time and one in the middle; gives each afterwards.

    Args:
        act: what is interrupted again and again.
        most: how many lines are tried at most, spread over all; None for every one.
        within: the files or folders whose lines count.
    """
    within = tuple(within)
    act()  # what is made once in a process is there from now on
    counts = [*lines_run(act, within).items()]
    every = 1 if most is None else -(-len(counts) // most)
    for line, count in counts[::every]:
        for time in {1, (count + 1) // 2}:
            interrupted(act, line, time, within)
            yield line


def _is_of_a_del(frame: Any) -> bool:
    while frame is not None and frame.f_code.co_name not in ("__del__", "let_go"):
        frame = frame.f_back
    return frame is not None


def _is_idle(frame: Any) -> bool:
    return getline(frame.f_code.co_filename, frame.f_lineno).strip() == "try:"


def _traced(
    act: Callable[[], object], within: tuple[str, ...], see: Callable[[Line], None]
) -> None:
    def trace(frame: Any, event: str, _: object) -> Any:
        if not frame.f_code.co_filename.startswith(within):
            return None
        if event == "call" and within != OF_DEL and _is_of_a_del(frame):
            return None
        if event == "line" and not _is_idle(frame):
            see((frame.f_code.co_filename, frame.f_lineno))
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    finally:
        sys.settrace(before)
