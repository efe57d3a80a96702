"""A widget that watches and can do nothing else, and what it shows: for the tests of watching."""

import asyncio
from dataclasses import replace
from time import perf_counter, sleep

import ipywidgets
import traitlets

from microgradwidgets import MLP, steps
from microgradwidgets.views.live_numbers import floats_of
from microgradwidgets.views.packed import unpack
from microgradwidgets.views.watching_steps import FRAME_MARK, WatchingSteps

XS, YS = [[-1.0, 0.5], [1.0, 0.0], [0.5, -2.0], [-0.25, 1.5]], [-1.0, 1.0, 1.0, -1.0]


class Training:
    """What a dashboard does where nothing is watched."""

    model, history, run = "own model", ("own history",), None

    def __init__(self, *arguments, **traits):
        self.told = []
        super().__init__(*arguments, **traits)

    def play(self):
        self.told.append("play")

    def pause(self):
        self.told.append("pause")

    def seek(self, step):
        self.told.append(step)

    def reset(self):
        self._resets += 1


class Screen(WatchingSteps, Training, ipywidgets.Widget):
    """Notes when a frame comes, and every message."""

    step = traitlets.Int(0).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    _resets = traitlets.Int(0).tag(sync=True)
    network = traitlets.Bytes(b"own").tag(sync=True)

    def __init__(self):
        super().__init__()
        self.times = []
        self.frames = []
        self.recorded = []
        self.messages = []
        self.observe(self._note, "watched")

    def _note(self, change):
        if change["new"]:
            self.times.append(perf_counter())
            self.frames.append(Frame(change["new"]))

    def _network_of(self, model):
        self.recorded.append(model)
        return repr(model).encode()

    def _send(self, msg, buffers=None):
        # Called before __init__ is through.
        vars(self).setdefault("messages", []).append(msg)

    @property
    def frame(self):
        return Frame(self.watched)

    async def until(self, *statuses):
        while self.watching not in statuses:
            await asyncio.sleep(0.001)


class Frame:
    """A frame, taken apart."""

    def __init__(self, packed):
        self.header, (parameters, gradients, rows) = unpack(FRAME_MARK, packed)
        self.parameters, self.gradients = floats_of(parameters), floats_of(gradients)
        numbers = floats_of(rows)
        self.rows = [tuple(numbers[i : i + 6]) for i in range(0, len(numbers), 6)]
        assert self.header["parameters"] == len(self.parameters) == len(self.gradients)
        assert self.header["rows"] == len(self.rows)

    def __getattr__(self, name):
        return self.header[name]


def few(count=5, **options):
    """The first steps of a small model."""
    return steps(MLP(2, [3, 1], seed=4), (XS, YS), steps=count, learning_rate=0.1, **options)


def endless():
    return few(None)


def numbers_of(model):
    return [p.data for p in model.parameters()]


def taking(seconds, steps):
    """Steps that take longer than they would."""
    for step in steps:
        sleep(seconds)
        yield step


def renumbered(numbers):
    """Steps with numbers of one's own."""
    for number, step in zip(numbers, endless(), strict=False):
        yield replace(step, step=number)


def others():
    return asyncio.all_tasks() - {asyncio.current_task()}


async def alone():
    """Wait until no other task is left."""
    while others():
        await asyncio.sleep(0.001)


def wish(screen, **traits):
    """As a page would have it."""
    screen.set_state(traits)
