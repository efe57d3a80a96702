"""The max-margin loss of a model written down once, to be worked out for any numbers and examples.

Two tapes carry it: the loss of one example, replayed for a whole batch at a time, and the way in
which the examples' losses and the parameters make the total. Both are recorded from the functions
that :func:`~microgradwidgets.losses.max_margin` itself calls, so there is one definition, and the
numbers are the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .batch import BatchReplay, Column
from .engine import Value, fresh_id
from .losses import Example, accuracy, example_loss, objective
from .nn import Module
from .tape import Tape


class Evaluation(NamedTuple):
    """The loss at some parameters, and its derivative by each of them."""

    loss: float
    data_loss: float
    reg_loss: float
    accuracy: float
    gradients: list[float]


class RecordedLoss:
    """What :func:`max_margin` computes for ``count`` examples, as a function of parameters.

    Args:
        model: its structure is recorded; its numbers play no part.
        n_inputs: how many numbers an example has.
        count: how many examples there are at a time.
        alpha: the weight decay.
    """

    def __init__(self, model: Module, n_inputs: int, count: int, alpha: float) -> None:
        parameters = model.parameters()
        inputs = [Value(0.0, label=f"x{place}") for place in range(1, n_inputs + 1)]
        minus_y = Value(0.0, label="-y")
        score, loss = example_loss(model, inputs, minus_y, "example")
        tape = Tape.record(loss)
        self._score = tape.index(score)
        self._examples = BatchReplay(tape, [*inputs, minus_y], parameters)

        losses = [Value(0.0) for _ in range(count)]
        terms = objective(losses, parameters, alpha, fresh_id())
        self._whole = Tape.record(terms.total_loss)
        self._terms = [self._whole.index(term) for term in terms]
        self._losses = [self._whole.index(loss) for loss in losses]
        self._parameters = [self._whole.index(parameter) for parameter in parameters]

    def __call__(self, numbers: Sequence[float], examples: Sequence[Example]) -> Evaluation:
        """Work it out for these parameters and examples."""
        columns: list[Column] = [
            *map(list, zip(*(inputs for inputs, _ in examples), strict=True)),
            [-y for _, y in examples],
        ]
        data = self._examples.forward(numbers, columns)
        losses = self._column(data[-1])
        leaves = dict(zip(self._losses, losses, strict=True))
        leaves.update(zip(self._parameters, numbers, strict=True))
        whole = self._whole.replay(leaves)
        slopes = self._whole.gradients(data=whole)
        gradients = self._examples.backward(
            data,
            [slopes[place] for place in self._losses],
            [slopes[place] for place in self._parameters],
        )
        scores = self._column(data[self._score])
        right = accuracy(scores, [y for _, y in examples])
        total, data_loss, reg_loss = (whole[place] for place in self._terms)
        return Evaluation(total, data_loss, reg_loss, right, gradients)

    def _column(self, entry: float | Column) -> Column:
        return [entry] * len(self._losses) if isinstance(entry, float) else entry
