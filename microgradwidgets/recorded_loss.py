"""The max-margin loss of a model written down once, to be worked out for any numbers and examples.

Two tapes carry it: the loss of one example, replayed for a whole batch at a time, and the way in
which the sum of the examples' losses and the parameters make the total. Both are recorded from
the functions that :func:`~microgradwidgets.losses.max_margin` itself calls, so there is one
definition, and the numbers are the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from .arithmetic import described, glimpse
from .batch import BatchReplay, Column, Entry
from .engine import Value, fresh_id
from .losses import Example, accuracy, example_loss, objective
from .nn import Module
from .tape import Tape


class ExampleTape(NamedTuple):
    """How one example gets its loss, the last value of ``tape``; not all inputs need be on it."""

    tape: Tape
    inputs: list[Value]
    minus_y: Value
    score: Value


class TotalTape(NamedTuple):
    """How the examples' losses and the parameters make the total, the last value of ``tape``.

    All others are places on it. ``sum`` is the leaf for the losses added from the left, beginning
    with 0.0; ``share`` the one for 1 over their number, ``alpha`` the one for the weight decay.
    """

    tape: Tape
    sum: int
    share: int
    alpha: int
    data_loss: int
    reg_loss: int
    parameters: list[int]


class Evaluation(NamedTuple):
    """The loss at some parameters, and its derivative by each of them."""

    loss: float
    data_loss: float
    reg_loss: float
    accuracy: float
    gradients: list[float]


def record_example(model: Module, n_inputs: int) -> ExampleTape:
    """The loss of an example with ``n_inputs`` numbers."""
    inputs = [Value(0.0, label=f"x{place}") for place in range(1, n_inputs + 1)]
    minus_y = Value(0.0, label="-y")
    score, loss = example_loss(model, inputs, minus_y, "example")
    # Nobody reads a tape but in a graph, where these are what everything is about.
    names = {score.id: "score", loss.id: "loss"}
    return ExampleTape(Tape.record(loss, names), inputs, minus_y, score)


def record_total(parameters: Sequence[Value]) -> TotalTape:
    """The total of one loss: that of more differs only in the sum and in the share of each."""
    loss = Value(0.0, label="sum")
    total, data_loss, reg_loss = objective([loss], parameters, 0.0, fresh_id())
    tape = Tape.record(total)
    data, reg = tape.index(data_loss), tape.index(reg_loss)
    places = [tape.index(parameter) for parameter in parameters]
    return TotalTape(tape, tape.index(loss), tape.right[data], tape.right[reg], data, reg, places)


class RecordedLoss:
    """What :func:`max_margin` computes, as a function of parameters and examples.

    Args:
        model: its structure is recorded; its numbers play no part. Its parameters are leaves.
        n_inputs: how many numbers an example has.
    """

    def __init__(self, model: Module, n_inputs: int) -> None:
        parameters = model.parameters()
        for place, parameter in enumerate(parameters, 1):
            _expect_leaf(parameter, place)
        tape, inputs, minus_y, score = record_example(model, n_inputs)
        # What leads nowhere, such as an input that a model of one's own ignores, is on no tape.
        self._read = [place for place, x in enumerate(inputs) if x.id in tape.ids]
        self._used = [place for place, p in enumerate(parameters) if p.id in tape.ids]
        self._score = tape.index(score)
        self._examples = BatchReplay(
            tape,
            [*(inputs[place] for place in self._read), minus_y],
            [parameters[place] for place in self._used],
        )
        self._total = record_total(parameters)

    def __call__(
        self, numbers: Sequence[float], examples: Sequence[Example], alpha: float
    ) -> Evaluation:
        """Work it out for these parameters, examples and weight decay."""
        inputs = [*map(list, zip(*(row for row, _ in examples), strict=True))]
        columns: list[Column] = [
            *(inputs[place] for place in self._read),
            [-y for _, y in examples],
        ]
        data = self._examples.forward([numbers[place] for place in self._used], columns)
        count = len(examples)
        total = 0.0
        # Every loss has a label in it; a score may be the same for all.
        losses, scores = cast("Column", data[-1]), _column(data[self._score], count)
        for loss in losses:  # the built-in sum rounds differently
            total += loss
        on = self._total
        leaves = dict(zip(on.parameters, numbers, strict=True))
        leaves |= {on.sum: total, on.share: 1.0 / count, on.alpha: alpha}
        whole = on.tape.replay(leaves)
        slopes = on.tape.gradients(data=whole)
        gradients = [slopes[place] for place in on.parameters]
        summed = self._examples.backward(
            data, [slopes[on.sum]] * count, [gradients[place] for place in self._used]
        )
        for place, gradient in zip(self._used, summed, strict=True):
            gradients[place] = gradient
        right = accuracy(scores, [y for _, y in examples])
        return Evaluation(whole[-1], whole[on.data_loss], whole[on.reg_loss], right, gradients)


def _expect_leaf(parameter: Value, place: int) -> None:
    """A result is worked out of other values: no step can give it a number of its own."""
    if not isinstance(parameter, Value):
        raise TypeError(
            f"expected parameter {place} of model to be a Value, got: {described(parameter)}"
        )
    if parameter.op != "leaf":
        name = "" if parameter.label is None else f" ({glimpse(parameter.label)})"
        raise ValueError(
            f"expected parameter {place} of model{name} to be a leaf, a value of its own, got: the "
            "result of an operation; model.with_parameters(...) makes leaves of all"
        )


def _column(entry: Entry, count: int) -> Column:
    return entry if isinstance(entry, list) else [entry] * count
