"""Letting go of a very long chain without recursion.

When the last reference to a value goes, CPython frees its operands from within the freeing of the
value, and theirs from within that: a million links would overflow a small stack. So now and
then a value of a chain hands its operands to a work list, which is emptied in a loop: a few dozen
frames deep, on any stack.
"""

from __future__ import annotations

import _thread
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from .immutable import Fields, raw_left, raw_right, set_left, set_right

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

A_MOMENT = 0.005
"""In seconds: until what is let go of has gone, or at least its ``__del__`` has ended."""


class WorkList(threading.local):
    """Things to let go of, one list a thread. Nothing else may hold what is put on it."""

    def __init__(self) -> None:
        self.held: list[object] = []
        self.emptying = False

    def empty(self) -> None:
        """Drop what is held; what that adds in turn is dropped here too, not in a deeper frame."""
        if self.emptying:
            return
        try:
            self.emptying = True
            while self.held:
                self.held.pop()
        finally:
            try:
                self.emptying = False
            finally:
                self.emptying = False  # also where Ctrl-C came in between


work_list = WorkList()


def let_go(value: Fields, work: WorkList = work_list) -> None:
    """What such a value does when it goes itself: clear its slots first, then empty the list."""
    try:
        work.held.append((raw_left(value), raw_right(value)))
        set_left(value, None)
        set_right(value, None)
        work.empty()
    except KeyboardInterrupt:
        _interrupt_later()


def _interrupt_later() -> None:
    """Have Ctrl-C come again in a moment: Python drops every exception of a ``__del__``.

    A loop that makes values and lets go of them spends a tenth of its time in here, and would as
    often go on as if nobody had pressed anything.
    """
    with suppress(RuntimeError):  # no threads in a browser, and no Ctrl-C either
        _thread.start_new_thread(_interrupt, ())


def _interrupt() -> None:
    time.sleep(A_MOMENT)
    _thread.interrupt_main()


_told_before = sys.unraisablehook


def _dropped(unraisable: UnraisableHookArgs) -> None:
    """Ctrl-C may also come when ``let_go`` is called, before its ``try``: Python tells it here."""
    if unraisable.object is let_go and issubclass(unraisable.exc_type, KeyboardInterrupt):
        _interrupt_later()
    else:
        _told_before(unraisable)


sys.unraisablehook = _dropped
