"""A training as Python knows it: from what a page tells, or worked out here."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import Any

import traitlets

from ..datasets import Dataset
from ..graph import Row
from ..losses import batch, checked_examples
from ..nn import MLP, Module
from ..optimizers import EMPTY
from ..recorded_loss import RecordedLoss
from ..trainer import Run, Step
from .course import Course, Origin, changed, shared_steps
from .points import OWN
from .rates import demo_table
from .recorded import Recorded
from .result import Result, read_result
from .settings import FURTHEST_STEP, LARGEST_SEED, Choice, Octets, RunSettings, Segment, Whole

MEASURED = ("step", "loss", "data_loss", "reg_loss", "accuracy", "learning_rate")

MOST_WORK = 2_000_000
"""Parameters times points times steps: 60 steps of the demo, some two seconds."""
CLOSE = 1e-9
"""How much a loss of a page may differ from ours: its tanh may round otherwise."""


class Trained(Recorded):
    """What was trained, and how that went; moved from here as from a page.

    A page works and tells. Where none has, or not so far, the same is worked out here: the same
    numbers to the last bit, with tanh but for its rounding in the page.
    """

    playing = Choice([True, False], False).tag(sync=True)
    step = Whole(0, 0, FURTHEST_STEP).tag(sync=True)
    _resets = Whole(0, 0, LARGEST_SEED).tag(sync=True)
    _leader = Whole(0, 0, LARGEST_SEED).tag(sync=True)
    result = Octets(b"").tag(sync=True, echo_update=False)

    watching: Any = ""
    _is_hearing: bool
    _is_ready = False
    _heard_last: tuple[bytes, Result | None] = b"", None
    _told: Result | None = None
    _heeded: Result | None = None
    _course: Course | None = None
    _segments: tuple[Segment, ...] = ()
    _shown: tuple[Any, MLP] | None = None

    # -- moving -----------------------------------------------------------------------------------

    def play(self) -> None:
        """Train on, in the page, from the step on screen."""
        self.playing = True

    def pause(self) -> None:
        """Stay at the step where it is."""
        self.playing = False

    def seek(self, step: int) -> None:
        """Show how things stand after so many updates, taken or not.

        >>> from microgradwidgets import Dashboard
        >>> dashboard = Dashboard(hidden=[3], n_samples=10)
        >>> dashboard.seek(2)
        >>> dashboard.model, len(dashboard.history)
        (MLP(2, [3, 1], relu, 13 parameters), 2)
        """
        self.playing = False
        self.step = step

    def reset(self) -> None:
        """Go back to step 0 and forget what was taken; seeds and settings stay.

        >>> from microgradwidgets import Dashboard
        >>> dashboard = Dashboard(hidden=[3], n_samples=10)
        >>> dashboard.seek(2)
        >>> dashboard.reset()
        >>> dashboard.step, len(dashboard.history)
        (0, 0)
        """
        self.playing = False
        self._resets += 1
        self.step = 0

    # -- what was trained -------------------------------------------------------------------------

    @property
    def data(self) -> Dataset:
        """All points.

        >>> from microgradwidgets import Dashboard
        >>> Dashboard(dataset="moons", n_samples=10).data
        Dataset(moons, 10 points)
        """
        return self._points.data

    @property
    def training_data(self) -> Dataset:
        """The points that are trained on, the first ones of all; the others test.

        >>> from microgradwidgets import Dashboard
        >>> len(Dashboard(n_samples=10, train_share=0.8).training_data.xs)
        8
        """
        points, count = self._points, self._training_count
        return Dataset(points.xs[:count], points.ys[:count], {"name": points.dataset})

    @property
    def _training_count(self) -> int:
        count = len(self._points.ys)
        share: float = self.train_share
        return min(count, max(1, floor(share * count + 0.5)))

    @property
    def _test_data(self) -> Dataset | None:
        points, count = self._points, self._training_count
        xs, ys = points.xs[count:], points.ys[count:]
        return Dataset(xs, ys, {"name": points.dataset}) if ys else None

    @property
    def model(self) -> Module:
        """The model at the step on screen, immutable like all of them."""
        course, told = self._course_now(), self._told
        key = course, told, self.step
        if self._shown is None or self._shown[0] != key:
            self._shown = key, self._model_at(self.step)
        return self._shown[1]

    def _model_at(self, step: int) -> MLP:
        course, told = self._course_now(), self._told
        if told is not None and shared_steps(course.segments, told.segments) >= step:
            for at, parameters in ((told.step, told.shown), (told.end, told.ended)):
                if at == step:
                    return course.model.with_parameters(parameters)
        return course.model_at(step)

    @property
    def history(self) -> Sequence[Row]:
        """A row for every step taken, as in the history of a :class:`Run`.

        Where points are kept for a test, also ``test_loss`` and ``test_accuracy``.

        >>> from microgradwidgets import Dashboard
        >>> dashboard = Dashboard(hidden=[3], n_samples=10)
        >>> dashboard.seek(2)
        >>> [row["step"] for row in dashboard.history]
        [0, 1]
        """
        course = self._course_now()
        return tuple(course.rows(max(self.step, course.known)))

    @property
    def run(self) -> Run | None:
        """All steps taken, as :func:`~microgradwidgets.train` has them; None before the first.

        >>> from microgradwidgets import Dashboard
        >>> dashboard = Dashboard(hidden=[3], n_samples=10)
        >>> dashboard.run is None
        True
        >>> dashboard.seek(2)
        >>> dashboard.run
        Run(2 steps, loss 0.9054, accuracy 50.0%)
        """
        history, course = self.history, self._course_now()
        if not history:
            return None
        last = history[-1]["step"]
        is_told = self._told is not None and self._told.status == "diverged"
        broke = course.divergence_at(last) if is_told or course.end == last else None
        final = last if broke is not None else last + 1
        settings = course.segments[-1].settings
        return Run(
            initial_model=course.model,
            final_model=self._model_at(final),
            history=tuple(history),
            final_loss=history[-1]["loss"],
            final_accuracy=history[-1]["accuracy"],
            options={"steps": len(history), **course.options(settings), "log_every": 1},
            status="completed" if broke is None else "diverged",
            diverged_at=broke,
        )

    @property
    def options(self) -> dict[str, Any]:
        """What :func:`microgradwidgets.train` needs to do the same again, bit for bit.

        Where settings were changed on the way, ``model`` is the :class:`Step` behind which the
        last of them begin to hold. Without steps taken it is the run that is to come.

        >>> from microgradwidgets import Dashboard, train
        >>> dashboard = Dashboard(hidden=[3], n_samples=10)
        >>> dashboard.seek(4)
        >>> train(**dashboard.options).history == dashboard.history
        True
        """
        course, taken = self._course_now(), len(self.history)
        first, settings = course.segments[-1]
        return {
            "model": course.origin(first),
            "data": self.training_data,
            "steps": taken - first if taken > first else max(1, self.steps - first),
            **course.options(settings),
        }

    # -- how it is known --------------------------------------------------------------------------

    def _get_ready(self) -> None:
        """All settings are as they were given; what changes from now on changes the training."""
        self._is_ready = True
        self._segments = (Segment(0, self.run_settings),)

    def _begin_anew(self) -> None:
        if not self._is_ready:
            return
        self._course = self._told = None
        self._segments = (Segment(0, self.run_settings),)
        if not self.playing and not self.watching:
            self.step = 0

    @traitlets.observe("train_share", "_resets")
    def _forget(self, _change: object) -> None:
        self._begin_anew()

    @traitlets.observe(*RunSettings._fields)
    def _turn(self, _change: object) -> None:
        """From the step on screen on, other settings hold."""
        if self._is_ready:
            self._course_now()

    def notify_change(self, change: Any) -> None:
        """A page that plays says where it is, and heeds no other step: it is stopped first."""
        if change.name == "step" and self.playing and not self._is_hearing:
            self.playing = False
        super().notify_change(change)
        if change.name == "playing" and not change.new and not self._is_hearing:
            self._leader = 0

    @traitlets.validate("result")
    def _known_result(self, proposal: Any) -> bytes:
        packed: bytes = proposal["value"]
        self._heard_result(packed)
        return packed

    def _heard_result(self, packed: bytes) -> Result | None:
        if self._heard_last[0] != packed:
            try:
                self._heard_last = packed, read_result(packed) if packed else None
            except ValueError as error:
                raise traitlets.TraitError(str(error)) from None
        return self._heard_last[1]

    @traitlets.observe("result")
    def _take_result(self, _change: object) -> None:
        self._told = self._heard_result(self.result)

    def _course_now(self) -> Course:
        """The course, brought up to what a page has told and what the settings are."""
        if self._course is None:
            data, tests = self.training_data, self._test_data
            rate = self._own_rate or demo_table()
            self._course = Course(self._initial, data, tests, rate, self._segments)
        told = self._told
        if told is not None and told is not self._heeded:
            if self._agrees(told):
                self._heeded = told
                self._segments = told.segments
                origins = self._origins_of(told)
                self._course = self._course.told(told.segments, told.rows, origins)
            else:
                self._told = None
        if self._segments[-1].settings != self.run_settings:
            step = int(min(self.step, self._course.end))
            self._segments = changed(self._segments, step, self.run_settings)
        self._course = self._course.along(self._segments)
        return self._course

    def _step_at_hand(self) -> int:
        """The step on screen; where training to it would take long, the nearest that is known."""
        course, told = self._course_now(), self._told
        nearest = course.nearest(self.step)
        work = (self.step - nearest) * self._training_count * len(self._initial.parameters())
        is_told = told is not None and told.step == self.step
        return self.step if is_told or work <= MOST_WORK else nearest

    def _agrees(self, told: Result) -> bool:
        """Whether a page trained what is to be trained here."""
        hidden, activation, seed = self.hidden, self.activation, self.model_seed
        network = {"hidden": hidden, "activation": activation, "model_seed": seed}
        initial = tuple(p.data for p in self._initial.parameters())
        is_ours = (told.network, told.points, told.trained, told.initial) == (
            network,
            self._points.key,
            self._training_count,
            initial,
        )
        return is_ours and (told.points["dataset"] != OWN or self._begins_like(told))

    def _begins_like(self, told: Result) -> bool:
        """Whether the first loss is that of these points: other own points have the same name."""
        if not told.count:
            return True
        settings, data = told.segments[0].settings, self.training_data
        examples = checked_examples(data.xs, data.ys)
        chosen = batch(examples, settings.batch_size, settings.batch_seed)
        found = RecordedLoss(self._initial, 2)(told.initial, chosen, settings.alpha).loss
        loss = told.rows[0]["loss"]
        return bool(loss == found or abs(loss - found) <= CLOSE * abs(found))

    def _origins_of(self, told: Result) -> dict[int, Origin]:
        """Where one can go on from, by what a page has told."""
        first, settings = told.segments[-1]
        found: dict[int, Origin] = {0: self._initial}
        rows = told.rows
        if first > 0:
            found[first] = self._step_before(first, rows, told.start, settings, told.memory)
        if settings.optimizer == "sgd" and told.step > first and told.count == told.taken:
            found[told.step] = self._step_before(told.step, rows, told.shown, settings, EMPTY)
        return found

    def _step_before(
        self,
        step: int,
        rows: Sequence[Row],
        numbers: Sequence[float],
        settings: RunSettings,
        memory: Sequence[float],
    ) -> Step:
        """As much of the step before as is needed to go on behind it."""
        row, model = rows[step - 1], self._initial.with_parameters(numbers)
        return Step(
            **{name: row[name] for name in MEASURED},
            model_before=model,
            model_after=model,
            gradients=(),
            optimizer=settings.optimizer,
            memory=tuple(memory),
        )
