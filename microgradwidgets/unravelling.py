"""Letting go of a very long chain without recursion.

When the last reference to a value goes, CPython frees its operands from within the freeing of the
value, and theirs from within that: a million links would overflow a small stack. So now and
then a value of a chain hands its operands to a work list, which is emptied in a loop: a few dozen
frames deep, on any stack.
"""

from __future__ import annotations

import threading

from .immutable import Fields, raw_left, raw_right, set_left, set_right


class WorkList(threading.local):
    """Things to let go of, one list a thread. Nothing else may hold what is put on it."""

    def __init__(self) -> None:
        self.held: list[object] = []
        self.emptying = False

    def empty(self) -> None:
        """Drop what is held; what that adds in turn is dropped here too, not in a deeper frame."""
        if self.emptying:
            return
        self.emptying = True
        try:
            while self.held:
                self.held.pop()
        finally:
            self.emptying = False


work_list = WorkList()


def let_go(value: Fields, work: WorkList = work_list) -> None:
    """What such a value does when it goes itself: clear its slots first, then empty the list."""
    work.held.append((raw_left(value), raw_right(value)))
    set_left(value, None)
    set_right(value, None)
    work.empty()
