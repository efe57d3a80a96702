"""Blocks that look at every value that is made, kept so that outside them it costs one test."""

from __future__ import annotations

active: set[object] = set()
"""Those that are open anywhere. A block puts itself in and takes itself out, each in one call of C,
which no thread and no Ctrl-C divides; to do so twice changes nothing."""
