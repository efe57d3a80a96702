"""A widget whose traits may be changed as often as one likes: a page gets what it can take."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from time import perf_counter
from typing import Any

import anywidget

from .pace import running_loop

AT_ONCE = 100
"""Changes that are sent as they come. JupyterLab's server drops what exceeds 1,000 in a second."""

AFTERWARDS = 0.05
"""Seconds between two messages of a flood, and until the last word of it is sent."""


class Unflooded(anywidget.AnyWidget):
    """Sends changes as they come; of a flood now and then all that has changed, and the last word.

    A loop in a cell may set a trait twenty thousand times. Each would be a message, of which those
    are lost that come too fast, the last one as well as any other: the page would show for good
    what is no longer so.
    """

    def __init__(self, *arguments: Any, **traits: Any) -> None:
        self._unsent: set[str] = set()
        self._later: asyncio.TimerHandle | None = None
        self._allowed = float(AT_ONCE)
        self._allowed_at = perf_counter()
        super().__init__(*arguments, **traits)

    def send_state(self, key: str | Iterable[str] | None = None) -> None:
        """Send some traits or all of them, in a flood a little later."""
        loop = running_loop()
        if key is None or loop is None or self.comm is None:  # nobody would send the last word
            self._send_unsent()
            super().send_state(key)
        elif not self._unsent and self._may_send():
            super().send_state(key)
        else:
            self._unsent.update([key] if isinstance(key, str) else key)
            if self._may_send():
                self._send_unsent()
            elif self._later is None:
                self._later = loop.call_later(AFTERWARDS, self._send_unsent)

    def send(self, content: Any, buffers: Any = None) -> None:
        """Send a message, after what was changed before."""
        self._send_unsent()
        super().send(content, buffers)

    def _may_send(self) -> bool:
        now = perf_counter()
        earned = (now - self._allowed_at) / AFTERWARDS
        self._allowed, self._allowed_at = min(AT_ONCE, self._allowed + earned), now
        if self._allowed < 1:
            return False
        self._allowed -= 1
        return True

    def _send_unsent(self) -> None:
        if self._later is not None:
            self._later.cancel()
            self._later = None
        unsent, self._unsent = self._unsent, set()
        if unsent and self.comm is not None:
            super().send_state(unsent)
