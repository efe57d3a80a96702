"""Medians, and deep recursion for the library that needs it."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import NamedTuple

RUNS = 9


class Line(NamedTuple):
    """One line of the table: what was measured, the result, the goal, and whether it is met."""

    what: str
    result: str
    goal: str
    met: bool | None


def seconds(work: Callable[[], object], runs: int = RUNS) -> float:
    """The median time of some work; what it returns is let go after the clock has stopped."""
    times = []
    for _ in range(runs):
        start = perf_counter()
        kept = work()
        times.append(perf_counter() - start)
        del kept
    return median(times)


@contextmanager
def collector_off() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def with_deep_stack(work: Callable[[], None]) -> None:
    """Run on a large stack: micrograd recurses once per value on the longest path."""
    limit, size = sys.getrecursionlimit(), threading.stack_size(512 * 1024 * 1024)
    sys.setrecursionlimit(1_000_000)
    try:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
