"""Letting go of a very long chain without recursion.

When the last reference to a value goes, CPython frees its operands from within the freeing of the
value, and theirs from within that: a million links would overflow a small stack. So every 64th
value of a chain hands its operands to a work list, which is emptied in a loop: at most 64 frames
deep, on any stack.
"""

from __future__ import annotations

import threading


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
