"""What one case of a campaign may take: time and memory."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any

_PER_MEGABYTE = 2**20 if sys.platform == "darwin" else 2**10


def peak_memory() -> float:
    """The most this process had so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _PER_MEGABYTE


class Limits:
    """Looks at each case of a campaign, and keeps the worst.

    What is kept is the time of work, so that a busy machine looks no slower.

    >>> limits = Limits(seconds=5.0, megabytes=100.0)
    >>> with limits.of_a_case():
    ...     pass
    >>> limits.slowest_ms < 5000.0, limits.grown
    (True, 0.0)
    """

    def __init__(self, seconds: float, megabytes: float) -> None:
        self._seconds, self._megabytes = seconds, megabytes
        self.slowest_ms = self.grown = 0.0

    @contextmanager
    def of_a_case(self) -> Iterator[None]:
        """An ``AssertionError`` where what is inside takes more than one case may."""
        before, since = peak_memory(), process_time()
        signal.signal(signal.SIGALRM, _too_long)
        signal.setitimer(signal.ITIMER_REAL, self._seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0.0)
        self.slowest_ms = max(self.slowest_ms, 1000.0 * (process_time() - since))
        self.grown = max(self.grown, peak_memory() - before)
        assert peak_memory() - before < self._megabytes, (
            f"expected at most {self._megabytes:.0f} MB for one case, got: "
            f"{peak_memory() - before:.0f} MB"
        )


def _too_long(*_: Any) -> None:
    raise AssertionError("expected an end of each case, got: none in time")
