"""``dashboard.watch(steps)``: a learner's own training loop, played while all else goes on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from typing import Any

import ipywidgets
import traitlets

from ..arguments import checked_count, checked_size
from ..arithmetic import described
from ..nn import Module
from ..trainer import Run
from .kept_steps import Moment
from .pace import Pace
from .packed import pack
from .watch import Watch

FRAME_MARK = "MGWF"

REST, RESTS = 0.001, 2
"""Seconds between slices, twice: a message comes to a kernel's loop by way of a thread, and is
dealt with in the turn of the loop after that. With one rest a slider waits twice as long.
"""

_log = logging.getLogger(__name__)


class WatchingSteps(ipywidgets.Widget):  # type: ignore[misc]
    """A widget that plays steps which come from anywhere, beside those it makes itself.

    Where nothing is watched, ``model``, ``history``, ``run``, ``play``, ``pause`` and ``seek`` are
    those of the next class; its ``_resets`` counts how often all began anew.

    ``watching`` says how that goes, and is the way to pause, to go on and to stop, from Python as
    from a page: ``""`` as long as nothing is watched, then ``"running"``, ``"paused"``,
    ``"finished"``, ``"stopped"`` or ``"failed"``. ``watched`` is what a page draws: the step on
    screen, as state, so that a page that has missed a frame knows all from the next.
    """

    step: Any
    playing: Any
    network: Any

    watched = traitlets.Bytes().tag(sync=True)
    watching = traitlets.Enum(["", "running", "paused", "finished", "stopped", "failed"], "").tag(
        sync=True
    )

    _watch: Watch | None = None
    _own_network: bytes | None = None
    _frames = 0

    def __init__(self, *arguments: Any, **traits: Any) -> None:
        self._pace = Pace(self._send_frame, self._repeat_frame)
        super().__init__(*arguments, **traits)

    def watch(
        self, steps: Iterable[Any], *, most_steps: int = 100_000, most_seconds: float = 600.0
    ) -> None:
        """Play the steps of a training loop of your own: your loss, your optimizer.

        In a notebook this returns at once. The steps are taken by a task of the kernel's event
        loop, a hundredth of a second at a time, so that cells and sliders go on meanwhile; a
        single step that takes longer holds them up as long. Where no event loop runs, as in a
        script, it returns after the last step. What was watched before is stopped.

        The steps that were taken are kept, also after an error: its kind, message and line are
        shown, and it is in :attr:`watch_error`. A loop whose loss is no longer finite is stopped.

        Args:
            steps: gives :class:`~microgradwidgets.Step` after Step, as
                :func:`~microgradwidgets.steps` does, or a generator that makes them by
                :meth:`Step.of`. Their numbers grow; gaps do no harm, nor does the lack of an end.
            most_steps: how many steps are taken at most.
            most_seconds: how long they may take all together; what others do meanwhile, and
                pauses, do not count.

        >>> from microgradwidgets import MLP, Dashboard, moons, steps
        >>> dashboard = Dashboard(hidden=[4])
        >>> dashboard.watch(steps(MLP(2, [4, 1]), moons(20), steps=30))
        >>> dashboard.run
        Run(30 steps, loss 0.3040, accuracy 85.0%)
        >>> dashboard.seek(0)
        >>> dashboard.model
        MLP(2, [4, 1], relu, 17 parameters)
        """
        if not isinstance(steps, Iterable):
            raise TypeError(f"expected steps to be an iterator of Steps, got: {described(steps)}")
        most = checked_count(most_steps, "most_steps")
        seconds = checked_size(most_seconds, "most_seconds", positive=True)
        iterator = iter(steps)
        if self._watch is not None:
            self._watch.end("stopped")
        self._watch = Watch(iterator, most, seconds, self._network_of)
        self.playing = False
        self._pace.now()
        self._play_watched()

    @property
    def watch_error(self) -> BaseException | None:
        """What the code under :meth:`watch` raised, with its traceback; None if nothing.

        >>> from microgradwidgets import Dashboard
        >>> Dashboard().watch_error is None
        True
        """
        return None if self._watch is None else self._watch.error

    @property
    def model(self) -> Module:
        """The model of the step on screen.

        >>> from microgradwidgets import Dashboard
        >>> Dashboard(hidden=[3]).model
        MLP(2, [3, 1], relu, 13 parameters)
        """
        moment = None if self._watch is None else self._watch.moment
        return super().model if moment is None else moment.model

    @property
    def history(self) -> Sequence[dict[str, Any]]:
        return super().history if self._watch is None else self._watch.kept.history

    @property
    def run(self) -> Run | None:
        return super().run if self._watch is None else self._watch.run

    def play(self) -> None:
        """Go on.

        >>> from microgradwidgets import Dashboard
        >>> dashboard = Dashboard()
        >>> dashboard.play()
        >>> dashboard.playing
        True
        """
        if self._watch is None:
            super().play()
        else:
            self._wish("running")

    def pause(self) -> None:
        """Stay at the step where it is.

        >>> from microgradwidgets import Dashboard
        >>> dashboard = Dashboard()
        >>> dashboard.play()
        >>> dashboard.pause()
        >>> dashboard.playing
        False
        """
        if self._watch is None:
            super().pause()
        else:
            self._wish("paused")

    def stop(self) -> None:
        """End what is being watched; what there is of it stays.

        >>> from microgradwidgets import MLP, Dashboard, moons, steps
        >>> dashboard = Dashboard()
        >>> dashboard.watch(steps(MLP(2, [4, 1]), moons(10), steps=3))
        >>> dashboard.stop()
        >>> dashboard.watching
        'finished'
        """
        self._wish("stopped")

    def seek(self, step: int) -> None:
        """Show the step of this number; of those under watch the nearest one that is kept.

        >>> from microgradwidgets import Dashboard
        >>> dashboard = Dashboard(hidden=[3], n_samples=10)
        >>> dashboard.seek(2)
        >>> dashboard.step
        2
        """
        if self._watch is None:
            super().seek(step)
        else:
            self.pause()
            self.step = step

    def close(self) -> None:
        """Take the widget off every page; what it watches is stopped."""
        if hasattr(self, "_pace"):  # it is not there where the widget could not be made
            self._pace.close()
        if self._watch is not None:
            self._watch.end("stopped")
            self.watching = self._watch.status
        super().close()

    def _network_of(self, model: Module) -> bytes:
        """What a page needs to show models of this structure: ``network``, where that fits."""
        raise NotImplementedError

    # -- playing ----------------------------------------------------------------------------------

    def _play_watched(self) -> None:
        watch = self._watch
        if watch is None or watch.is_played:
            return
        watch.is_played = True
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            self._play_at_once(watch)
        else:
            self._task = asyncio.ensure_future(self._play_in_turns(watch))  # the loop forgets it

    async def _play_in_turns(self, watch: Watch) -> None:
        with closing(self._turns(watch)) as turns:
            for _ in turns:
                for _ in range(RESTS):
                    await asyncio.sleep(REST)

    def _play_at_once(self, watch: Watch) -> None:
        for _ in self._turns(watch):
            pass
        if isinstance(watch.error, Exception):
            _log.warning("the steps under watch failed: %s", watch.words)
        elif watch.error is not None:
            raise watch.error

    def _turns(self, watch: Watch) -> Generator[None, None, None]:
        """Turn after turn, and frames where they are due, as long as it is not paused or ended."""
        try:
            while watch.status == "running":
                watch.turn()
                if watch is self._watch and (self._pace.is_due or watch.status != "running"):
                    self._pace.now()
                yield
        except Exception as error:  # of somebody who observes the frames
            watch.fail(error)
            raise
        finally:
            watch.is_played = False
            if watch.status == "running":
                watch.end("stopped")  # the task was cancelled
            if watch is self._watch and watch.status != self.watching:
                self._pace.now()

    # -- what pages see and wish ------------------------------------------------------------------

    def _send_frame(self) -> None:
        watch = self._watch
        if watch is None:
            return
        moment = watch.moment
        with self.hold_sync():  # one message
            self.watching = watch.status
            if moment is not None:
                if self._own_network is None:
                    self._own_network = self.network
                self.network = moment.shape.network
                self.step = moment.number
            self.watched = self._frame(watch, moment)

    def _repeat_frame(self) -> None:
        self.send_state(("watching", "step", "watched"))

    def _frame(self, watch: Watch, moment: Moment | None) -> bytes:
        said = [watch.words, watch.kept.thinning]
        rows: list[bytes] = []
        every, parameters, gradients = 1, b"", b""
        if moment is not None:
            parameters, gradients = moment.parameters, moment.gradients
            rows, every = watch.kept.shown_rows(moment)
            if watch.sought not in (None, moment.number):
                said.append(f"Step {watch.sought:,} is not kept: here is step {moment.number:,}.")
        elif not watch.words:
            return b""
        self._frames += 1
        header = {
            "sequence": self._frames,
            "step": 0 if moment is None else moment.number,
            "status": watch.status,
            "words": " ".join(filter(None, said)),
            "parameters": len(parameters) // 8,
            "rows": len(rows),
            "rate": round(watch.rate, 1) if watch.status == "running" else 0.0,
            "every": every,
        }
        return pack(FRAME_MARK, header, [parameters, gradients, b"".join(rows)])

    def _wish(self, status: str) -> None:
        if self._watch is not None and self._watch.may_become(status):
            self.watching = status

    @traitlets.observe("watching")
    def _obey(self, change: Any) -> None:
        """Do what somebody wishes; what cannot be is taken back."""
        watch, wish = self._watch, change["new"]
        status = "" if watch is None else watch.status
        if wish == status:
            return
        if watch is None or not watch.may_become(wish):
            self.watching = status
        elif wish == "running":
            watch.go_on()
            self._pace.now()
            self._play_watched()
        else:
            watch.rest(wish)
            self._pace.now()

    @traitlets.observe("step")
    def _seek_watched(self, change: Any) -> None:
        """Show another step, as long as no new ones come."""
        watch = self._watch
        if watch is None or watch.moment is None or change["new"] == watch.moment.number:
            return
        if watch.status != "running":
            watch.sought = change["new"]
            self.step = watch.moment.number
        self._pace.soon()

    @traitlets.observe("network")
    def _leave_watched(self, change: Any) -> None:
        """Another network is to be trained, in the page."""
        watch = self._watch
        if watch is not None and (
            watch.moment is None or change["new"] != watch.moment.shape.network
        ):
            self._own_network = None
            self._forget_watched()

    @traitlets.observe("_resets")
    def _reset_watched(self, _change: Any) -> None:
        self._forget_watched()

    def _forget_watched(self) -> None:
        """As it was before anything was watched."""
        if self._watch is None:
            return
        self._watch.end("stopped")
        self._watch = None
        own, self._own_network = self._own_network, None
        with self.hold_sync():
            self.watching, self.watched, self.step = "", b"", 0
            if own is not None:
                self.network = own
