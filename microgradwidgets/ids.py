"""Numbers for values: never the same twice, and growing."""

from __future__ import annotations

import itertools
import os

draw = itertools.count(1).__next__
"""The next id. Reach it as ``ids.draw``: a fork puts another in its place."""


def fresh_id() -> int:
    """Draw the next id. Ids grow, so one drawn before some work marks where the work began."""
    return draw()


def reserve(count: int) -> tuple[int, ...]:
    """Draw as many ids at once."""
    return tuple(itertools.islice(draw.__self__, count))  # type: ignore[attr-defined]


def _leave_the_ids_of_the_parent_process() -> None:
    # After a fork both processes hold the same counter. The child jumps ahead by a random amount
    # that no amount of counting bridges, so that ids stay unique across the two and still grow.
    global draw
    leap = (1 + int.from_bytes(os.urandom(7), "big")) << 40
    draw = itertools.count(draw() + leap).__next__


if hasattr(os, "register_at_fork"):  # pragma: no branch - absent on Windows and in Pyodide
    os.register_at_fork(after_in_child=_leave_the_ids_of_the_parent_process)
