"""A training worked out in Python, under settings that may change on the way.

Any step of it can be had. Steps between are taken when they are needed, and where they begin is
kept, so that what follows can be taken up from there. The page has the same in
``js/src/training/recording.ts``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from math import inf
from typing import Any, cast

from ..datasets import Dataset
from ..divergence import Divergence
from ..graph import Row
from ..losses import checked_examples
from ..nn import MLP
from ..recorded_loss import RecordedLoss
from ..trainer import Rate, Step, official_micrograd_learning_rate, steps
from .rates import RateTable
from .settings import RunSettings, Segment

MOST_KEPT = 64
"""So many places to begin from; with more, every second one is let go."""

Origin = MLP | Step
"""What a step begins from: the initial model, or the step before."""


class Course:
    """One way that a training goes.

    Args:
        model: what it begins with.
        data: the points to train on.
        tests: points to test on, if there are any.
        own_rate: the learning rate where the schedule is "own".
        segments: what holds from when on, from step 0.
    """

    def __init__(
        self,
        model: MLP,
        data: Dataset,
        tests: Dataset | None,
        own_rate: RateTable,
        segments: Sequence[Segment],
    ) -> None:
        self.model, self.data, self.tests = model, data, tests
        self.segments = tuple(segments)
        self.own_rate = own_rate
        self._origins: dict[int, Origin] = {0: model}
        self._spacing = 1
        self._rows: list[Row] = []
        self._loss = RecordedLoss(model, 2) if tests is not None else None

    # -- other ways to go -------------------------------------------------------------------------

    def along(self, segments: Sequence[Segment]) -> Course:
        """The same as far as the same holds, and another way from there on."""
        if self.segments == tuple(segments):
            return self
        other = Course(self.model, self.data, self.tests, self.own_rate, segments)
        shared = shared_steps(self.segments, segments)
        other._origins |= {at: origin for at, origin in self._origins.items() if at <= shared}
        other._rows = self._rows[: int(min(shared, len(self._rows)))]
        other._spacing = self._spacing
        return other

    def told(
        self, segments: Sequence[Segment], rows: Sequence[Row], origins: Mapping[int, Origin]
    ) -> Course:
        """As a page has found it: with all its rows, and places to go on from."""
        other = self.along(segments)
        other._rows = [*rows]
        # Behind the rows there is nothing to go on from: they would be missing.
        other._origins = {at: o for at, o in other._origins.items() if at <= len(rows)}
        other._origins |= origins
        return other

    @property
    def end(self) -> float:
        """The step beyond which it is known not to go."""
        last = self._origins[max(self._origins)]
        return last.step if isinstance(last, Step) and _is_broken(last) else inf

    @property
    def known(self) -> int:
        """How many rows are known."""
        return len(self._rows)

    # -- what is known of it ----------------------------------------------------------------------

    def model_at(self, step: int) -> MLP:
        """The model after so many updates; where it broke before that, the one it broke with."""
        origin = self.origin(step)
        return cast("MLP", origin.model_after) if isinstance(origin, Step) else origin

    def rows(self, count: int) -> list[Row]:
        """A row for each of the first ``count`` steps, or as many as there are before it broke."""
        if count > len(self._rows):
            self.origin(count)
        return self._rows[:count]

    def nearest(self, step: int) -> int:
        """The step whose model is at hand, the last one up to here."""
        return max(at for at in self._origins if at <= step)

    def divergence_at(self, step: int) -> Divergence | None:
        """Why there is no going on from a step."""
        origin = self.origin(step + 1)
        return origin.divergence if isinstance(origin, Step) else None

    def origin(self, step: int) -> Origin:
        """What a step begins from; where training broke before that, the step that it broke in."""
        at = max(first for first in self._origins if first <= step)
        origin = self._origins[at]
        for settings, count in self._parts(at, step):
            if _is_broken(origin):
                break
            for taken in steps(origin, self.data, steps=count, **self.options(settings)):
                self._note(taken)
                origin = taken  # the next part goes on from here
        return origin

    def options(self, settings: RunSettings) -> dict[str, Any]:
        """What :func:`microgradwidgets.train` has to be told of settings."""
        rates: dict[str, Rate] = {
            "constant": settings.learning_rate,
            "demo": official_micrograd_learning_rate,
            "own": self.own_rate,
        }
        return {
            "alpha": settings.alpha,
            "batch_size": settings.batch_size,
            "learning_rate": rates[settings.schedule],
            "optimizer": settings.optimizer,
            "seed": settings.batch_seed,
        }

    def _parts(self, first: int, end: int) -> Iterator[tuple[RunSettings, int]]:
        """Settings between two steps, and how many steps they hold."""
        ends = [*(segment.first for segment in self.segments[1:]), end]
        for segment, following in zip(self.segments, ends, strict=True):
            count = min(following, end) - max(segment.first, first)
            if count > 0:
                yield segment.settings, count

    def _note(self, step: Step) -> None:
        if step.step == len(self._rows):
            self._rows.append(step.row() | self._tested(step))
        following = step.step + 1
        starts = {segment.first for segment in self.segments}
        if following % self._spacing == 0 or following in starts or _is_broken(step):
            self._origins[following] = step
        if len(self._origins) > MOST_KEPT:
            self._spacing *= 2
            for at in [*self._origins][:-1]:
                if at % self._spacing and at not in starts:
                    del self._origins[at]

    def _tested(self, step: Step) -> Row:
        if self._loss is None or self.tests is None:
            return {}
        numbers = [p.data for p in step.model_before.parameters()]
        examples = checked_examples(self.tests.xs, self.tests.ys)
        alpha = next(s.settings.alpha for s in reversed(self.segments) if s.first <= step.step)
        found = self._loss(numbers, examples, alpha)
        return {"test_loss": found.loss, "test_accuracy": found.accuracy}


def changed(segments: Sequence[Segment], step: int, settings: RunSettings) -> tuple[Segment, ...]:
    """The same up to a step, and other settings from there on."""
    before = tuple(segment for segment in segments if segment.first < step)
    if before and before[-1].settings == settings:
        return before
    return (*before, Segment(step if before else 0, settings))


def shared_steps(some: Sequence[Segment], others: Sequence[Segment]) -> float:
    """Up to which step they say the same."""
    for pair in zip_longest(some, others):
        if pair[0] != pair[1]:
            return min(segment.first for segment in pair if segment is not None)
    return inf


def _is_broken(origin: Origin) -> bool:
    return isinstance(origin, Step) and origin.divergence is not None
