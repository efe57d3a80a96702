"""One training loop under watch: its steps taken a few at a time, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite
from time import perf_counter
from typing import Any

from ..nn import Module
from ..trainer import Run
from .kept_steps import KeptSteps, Moment
from .learners_error import error_words

SLICE = 0.012
"""Seconds of steps at a time. Between slices a kernel does what else it is asked to."""

RATED_OVER = 0.5
"""Seconds."""

TRY = "A smaller learning rate may help."

_MAY_BECOME = {"running": ("paused", "stopped"), "paused": ("running", "stopped")}


class Watch:
    """An iterator of steps that is being played.

    Args:
        steps: the iterator.
        most_steps, most_seconds: where it is stopped, whatever it does.
        record: as for :class:`KeptSteps`.

    Attributes:
        status: "running" or "paused"; "finished" where the steps are at their end, "stopped" where
            somebody or a cap has stopped them, or they diverged; "failed" after an error.
        words: why, where that has to be said.
        error: what the learner's code raised.
        sought: the number of the step to look at; None for the newest.
        rate: steps in a second of the clock, now.
        is_played: whether somebody is taking its turns.
    """

    status: str
    sought: int | None
    rate: float
    _rated: int
    _rated_at: float

    def __init__(
        self,
        steps: Iterator[Any],
        most_steps: int,
        most_seconds: float,
        record: Callable[[Module], bytes],
    ) -> None:
        self.kept = KeptSteps(record)
        self.words = ""
        self.error: BaseException | None = None
        self.is_played = False
        self._steps = steps
        self._is_inside = False
        self._most_steps, self._most_seconds = most_steps, most_seconds
        self._seconds = 0.0
        self.go_on()

    def may_become(self, status: str) -> bool:
        return status in _MAY_BECOME.get(self.status, ())

    def turn(self) -> None:
        """Take as many steps as a slice has room for, one at least."""
        began = before = perf_counter()
        longest = 0.0
        while True:
            self._take()
            now = perf_counter()
            longest = max(longest, now - before)
            if self.status != "running" or now - began + longest > SLICE:
                break
            before = now
        self._seconds += now - began
        if now - self._rated_at >= RATED_OVER:
            self.rate = (self.kept.count - self._rated) / (now - self._rated_at)
            self._rated, self._rated_at = self.kept.count, now
        if self.status == "running" and self._seconds >= self._most_seconds:
            self.end("stopped", f"Stopped after {self._most_seconds:g} seconds (most_seconds).")

    def _take(self) -> None:
        self._is_inside = True
        try:
            step = next(self._steps)
            self.kept.append(step)
        except StopIteration:
            self.end("finished")
        except KeyboardInterrupt as interrupt:
            self.error = interrupt
            self.end("stopped", "Interrupted.")
        except BaseException as error:  # exit() in the loop, too, is not to end the kernel
            self.fail(error)
        else:
            self._look_at(step)
        finally:
            self._is_inside = False
        if self.status not in _MAY_BECOME:
            self._close()

    def _look_at(self, step: Any) -> None:
        if step.divergence is not None:
            self.end("stopped", f"Diverged, {step.divergence}. {TRY}")
        elif not isfinite(step.loss):
            self.end("stopped", f"Diverged, step {step.step}: the loss is {step.loss}. {TRY}")
        elif self.kept.count >= self._most_steps:
            self.end("stopped", f"Stopped after {self.kept.count:,} steps (most_steps).")

    def end(self, status: str, words: str = "") -> None:
        """Take no further step."""
        if self.status in _MAY_BECOME:
            self.status, self.words = status, words
            self._close()

    def go_on(self) -> None:
        """Be "running", with the newest step on screen."""
        self.status, self.sought = "running", None
        self.rate, self._rated, self._rated_at = 0.0, self.kept.count, perf_counter()

    def rest(self, status: str) -> None:
        """Be "paused", or "stopped" for good."""
        if status == "stopped":
            self.end(status)
        else:
            self.status = status

    def fail(self, error: BaseException) -> None:
        """Say what somebody's code raised."""
        self.error = error
        self.status, self.words = "failed", error_words(error)

    def _close(self) -> None:
        """Let a generator leave its ``with`` and ``try`` blocks; not while it is at work."""
        close = getattr(self._steps, "close", None)
        if self._is_inside or close is None:
            return
        self._steps = iter(())
        try:
            close()
        except Exception as error:
            self.fail(error)

    @property
    def moment(self) -> Moment | None:
        """The step on screen; None before the first."""
        return self.kept.moment(self.sought) if self.kept.count else None

    @property
    def run(self) -> Run | None:
        """What :func:`microgradwidgets.train` would tell of it; None before the first step."""
        if not self.kept.count:
            return None
        first, last = self.kept.first, self.kept.last
        broke = last.divergence is not None or not isfinite(last.loss)
        ended = "completed" if self.status == "finished" else self.status
        return Run(
            initial_model=first.model_before,
            final_model=last.model_after,
            history=self.kept.history,
            final_loss=last.loss,
            final_accuracy=last.accuracy,
            options={},
            status="diverged" if broke else ended,
            diverged_at=last.divergence,
        )
