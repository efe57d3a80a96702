"""Blocks that look at every value that is made: a count, so that outside them it costs one test."""

from __future__ import annotations

import threading

active = 0
"""How many such blocks are open anywhere. Reach it as ``watching.active``."""

_lock = threading.Lock()


def begin() -> None:
    global active
    with _lock:
        active += 1


def end() -> None:
    global active
    with _lock:
        active -= 1
