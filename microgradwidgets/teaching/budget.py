"""Run what a learner wrote: it may fail or never end, and neither takes the check with it.

The instructions that it runs are counted, by ``sys.settrace``, and after a certain number an
exception ends it. (Lines would not do: ``while True: pass`` begins no second one.) That needs
neither threads nor signals, so it works in a browser too, and means the same on every machine.
What waits inside one call that is not Python (``time.sleep``, ``input``, a power of gigantic
integers) runs no instructions and is not ended.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from ..text import visible_text

MOST_STEPS = 1_000_000
"""Instructions of Python: about 40,000 rounds of a small loop."""

_OURS = str(Path(__file__).parents[1])


class Outcome(NamedTuple):
    """What a call gave, or in words why it gave nothing (else ``trouble`` is empty)."""

    result: Any
    trouble: str


def outcome_of(call: Callable[[], object], *, most_steps: int = MOST_STEPS) -> Outcome:
    """Call what a learner wrote, for so many instructions of Python and no more.

    Those of this package are not counted. A tracer that is at work already, such as that of a
    debugger or of a measurement of coverage, pauses meanwhile and goes on afterwards.

    >>> def endless():
    ...     while True:
    ...         pass
    >>> outcome_of(endless).trouble
    'was stopped after 1,000,000 steps: does its loop end?'
    >>> outcome_of(lambda: 1 / 0).trouble
    'stopped with ZeroDivisionError (division by zero) in its line 1.'
    """
    watch = _Watch(most_steps)
    before = sys.gettrace()
    try:
        watch.begin()
        result = call()
        watch.end()
        return Outcome(result, "")
    except _TooLong:
        watch.end()
        return Outcome(None, f"was stopped after {most_steps:,} steps: does its loop end?")
    except RecursionError:
        watch.end()
        return Outcome(None, "calls itself, and never stops doing so.")
    except (Exception, SystemExit) as error:
        watch.end()
        return Outcome(None, f"stopped with {_told(error)}.")
    finally:
        watch.end()
        sys.settrace(before)


class _TooLong(BaseException):
    """Ends what a learner wrote; no ``except Exception`` of theirs catches it.

    Python switches tracing off when a tracer raises. A bare ``except:`` inside an endless loop
    would thus go on for ever; but it lets go of the exception, which then switches tracing on.
    """

    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self._watch = watch

    def __del__(self) -> None:
        if self._watch.is_on:
            frame: FrameType | None = sys._getframe(1)
            while frame is not None and frame.f_code is not outcome_of.__code__:
                self._watch.follow(frame)
                frame = frame.f_back
            sys.settrace(self._watch.trace)


class _Watch:
    """Counts instructions, and raises at each that is too many."""

    def __init__(self, most_steps: int) -> None:
        self.is_on = False
        self._left = most_steps

    def begin(self) -> None:
        self.is_on = True
        # Python 3.12 heeds the wish for instructions only if a frame had it before tracing began.
        sys._getframe().f_trace_opcodes = True
        sys.settrace(self.trace)

    def end(self) -> None:
        self.is_on = False
        sys.settrace(None)

    def trace(self, frame: FrameType, event: str, argument: object) -> Any:
        if frame.f_code.co_filename.startswith(_OURS):
            return None
        if event == "call":
            self.follow(frame)
        self._left -= 1
        if self._left < 0:
            raise _TooLong(self)
        return self.trace

    def follow(self, frame: FrameType) -> None:
        frame.f_trace, frame.f_trace_opcodes, frame.f_trace_lines = self.trace, True, False


def _told(error: BaseException) -> str:
    """An error in words, with its line counted from the first of the function that it arose in."""
    try:
        said = visible_text(str(error))
    except Exception:
        said = ""
    words = f"{type(error).__name__} ({said})" if said else type(error).__name__
    place, theirs = error.__traceback__, None
    while place is not None:
        if not place.tb_frame.f_code.co_filename.startswith(_OURS):
            theirs = place
        place = place.tb_next
    if theirs is None:
        return words
    line = theirs.tb_lineno - theirs.tb_frame.f_code.co_firstlineno + 1
    return f"{words} in its line {line}"
