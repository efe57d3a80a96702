"""What is kept of a training loop: a row of its history and a moment to go back to for each step.

A loop may go on for ever, memory does not. So there is a bound to each, and where it is reached
every other entry is let go: what stays is evenly spread over all steps, the last one always among
it, and :attr:`KeptSteps.thinning` says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar

from ..arithmetic import as_float, described, glimpse
from ..nn import MLP, Layer, Module, Neuron, expect_module
from ..trainer import Step
from .live_numbers import float_bytes, floats_of

MOST_ROWS = 100_000
MOST_SHOWN = 2_000
MOST_NUMBER = 1_000_000
"""A page has a place for every number up to the last one."""

MOST_BYTES = 8 * 1024 * 1024
"""Of all moments to go back to: 1,400 steps of the micrograd demo, about the places of a slider."""
MOMENT_BYTES = 400
"""What one takes besides the numbers of its parameters and gradients."""

COLUMNS = ("step", "loss", "data_loss", "reg_loss", "accuracy", "learning_rate")

T = TypeVar("T")


class Thinned(Generic[T]):
    """Every so many of the things that come, evenly, no more than ``most``; and the last one."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.every = 1
        self.count = 0
        self._kept: list[T] = []
        self._last: list[T] = []

    def append(self, thing: T) -> None:
        if self.count % self.every == 0:
            while len(self._kept) >= self.most:
                del self._kept[1::2]
                self.every *= 2
            if self.count % self.every == 0:
                self._kept.append(thing)
        self._last = [thing]
        self.count += 1

    @property
    def all(self) -> list[T]:
        """What is kept, in the order in which it came."""
        has_last = (self.count - 1) % self.every == 0
        return [*self._kept] if has_last else [*self._kept, *self._last]

    def nearest(self, number: int, number_of: Callable[[T], int]) -> T:
        """Of things whose numbers grow the one that is next to a number; of two, the earlier."""
        place = bisect_left(self._kept, number, key=number_of)
        around = chain(self._kept[max(0, place - 1) : place + 1], self._last)
        return min(around, key=lambda thing: abs(number_of(thing) - number))


class Shape(NamedTuple):
    """A model whose numbers may be changed, and what the page needs to show any such model."""

    model: Module
    network: bytes


class Moment(NamedTuple):
    """A step to look at: its number and row, and the numbers of the model before its update."""

    number: int
    row: bytes
    shape: Shape
    parameters: bytes
    gradients: bytes

    @property
    def model(self) -> Module:
        return self.shape.model.with_parameters(floats_of(self.parameters))


class KeptSteps:
    """The steps of one loop, as far as they are kept.

    Args:
        record: gives what the page needs to show models of this structure. It is called for the
            first step, and again where the structure of the model changes.
    """

    first: Step
    last: Step

    def __init__(self, record: Callable[[Module], bytes]) -> None:
        self._record = record
        self._shape: Shape | None = None
        self._rows: Thinned[bytes] = Thinned(MOST_ROWS)
        self._shown: Thinned[bytes] = Thinned(MOST_SHOWN - 2)
        self._moments: Thinned[Moment] = Thinned(2)

    @property
    def count(self) -> int:
        """How many steps there were."""
        return self._rows.count

    def append(self, step: object) -> None:
        """Keep a step, as far as there is room."""
        if not isinstance(step, Step):
            raise TypeError(f"expected a Step, got: {described(step)}")
        moment = self._moment(step)
        self._moments.append(moment)
        self._rows.append(moment.row)
        self._shown.append(moment.row)
        if self.count == 1:
            self.first = step
        self.last = step

    def _moment(self, step: Step) -> Moment:
        if type(step.step) is not int:
            raise TypeError(f"expected a step's number to be an int, got: {described(step.step)}")
        if not 0 <= step.step <= MOST_NUMBER:
            raise ValueError(
                f"expected a step's number from 0 to {MOST_NUMBER:,}, got: {glimpse(step.step)}"
            )
        if self.count and step.step <= self.last.step:
            raise ValueError(
                f"expected steps whose numbers grow, got: {step.step} behind {self.last.step}"
            )
        row = step.row()
        numbers = [p.data for p in expect_module(step.model_before).parameters()]
        if len(step.gradients) != len(numbers):
            raise ValueError(f"expected {len(numbers)} gradients, got: {len(step.gradients)}")
        return Moment(
            step.step,
            float_bytes(as_float(row[column], column) for column in COLUMNS),
            self._shape_of(step.model_before, MOMENT_BYTES + 16 * len(numbers)),
            float_bytes(numbers),
            float_bytes(as_float(x, "a gradient") for x in step.gradients),
        )

    def _shape_of(self, model: Module, size: int) -> Shape:
        if self._shape is None or structure(self._shape.model) != structure(model):
            self._shape = Shape(model, self._record(model))
            self._moments.most = max(2, MOST_BYTES // size)
        return self._shape

    def moment(self, number: int | None) -> Moment:
        """The step of this number or, of those that are kept, the next to it; None for the last."""
        if number is None:
            number = self.last.step
        return self._moments.nearest(number, lambda moment: moment.number)

    def shown_rows(self, moment: Moment) -> tuple[list[bytes], int]:
        """Some of the rows, enough for a curve, and of how many each is one.

        The row of the moment and the last one are always among them.
        """
        rows = self._shown.all
        place = bisect_left(rows, moment.number, key=_number_of)
        if rows[place] != moment.row:
            rows.insert(place, moment.row)
        return rows, self._shown.every

    @property
    def history(self) -> tuple[dict[str, Any], ...]:
        """The rows that are kept, as :func:`microgradwidgets.train` has them."""
        rows = (zip(COLUMNS, floats_of(row), strict=True) for row in self._rows.all)
        return tuple({**dict(row), "step": int(number)} for (_, number), *row in rows)

    @property
    def thinning(self) -> str:
        """What is no longer there, in words; nothing as long as all is there."""
        said = []
        if self._moments.every > 1:
            said.append(f"one step in {self._moments.every:,} can be gone back to")
        if self._rows.every > 1:
            said.append(f"one in {self._rows.every:,} has a row in the history")
        return f"To save memory, {' and '.join(said)}." if said else ""


def _number_of(row: bytes) -> int:
    return int(floats_of(row[:8])[0])


def structure(model: Module) -> object:
    """What is the same in two models where each parameter of one has its like in the other."""
    if isinstance(model, MLP):
        return tuple([structure(layer) for layer in model.layers])
    if isinstance(model, Layer):
        return tuple([structure(neuron) for neuron in model.neurons])
    if isinstance(model, Neuron):
        return len(model.weights), model.activation
    return type(model), model.parameter_count()
