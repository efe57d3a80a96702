"""When to send a frame: seldom enough that nothing queues up, and the last one for certain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import perf_counter

BETWEEN = 0.05
"""Seconds from frame to frame: twenty a second is what a page can take in any notebook."""

REPEATED_AFTER = 0.25
"""A page that is flooded by others loses messages, so the last frame is sent a second time."""


class Pace:
    """Calls ``send`` when a frame is due, and ``repeat`` once all is quiet.

    Without an event loop there is nothing to wait in: then a frame is sent whenever one is wanted,
    and none is repeated.
    """

    def __init__(self, send: Callable[[], None], repeat: Callable[[], None]) -> None:
        self._send = send
        self._repeat = repeat
        self._sent_at = -BETWEEN
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = False

    @property
    def is_due(self) -> bool:
        """Whether the last frame is old enough for another."""
        return perf_counter() - self._sent_at >= BETWEEN

    def now(self) -> None:
        """Send a frame at once."""
        if self._is_closed:
            return
        self._cancel()
        self._send()
        self._sent_at = perf_counter()
        self._later(REPEATED_AFTER, self._repeat)

    def soon(self) -> None:
        """Send a frame as soon as one is due, however often this is called until then."""
        if self.is_due or running_loop() is None:
            self.now()
        else:
            self._later(self._sent_at + BETWEEN - perf_counter(), self.now)

    def close(self) -> None:
        """Send nothing more."""
        self._is_closed = True
        self._cancel()

    def _later(self, seconds: float, call: Callable[[], None]) -> None:
        self._cancel()
        loop = running_loop()
        if loop is not None and not self._is_closed:
            self._timer = loop.call_later(seconds, call)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None


def running_loop() -> asyncio.AbstractEventLoop | None:
    """The loop that this thread runs, if it runs one."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
