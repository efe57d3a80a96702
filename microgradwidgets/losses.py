"""How wrong is a model? The max-margin loss of the micrograd demo, as one value.

>>> from microgradwidgets import MLP, backward
>>> model = MLP(2, [2, 1])
>>> loss = max_margin(model, [[-1.0, 0.0], [1.0, 0.5]], [-1.0, 1.0])
>>> model = model.apply_gradients(backward(loss.total_loss), 0.1)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

from .arguments import checked_count, checked_label, checked_rows, checked_size, is_row
from .arithmetic import Real, as_float, described
from .engine import Value, fresh_id
from .nn import Module, expect_module
from .randomness import DEFAULT_SEED, Seed, Stream

DEFAULT_ALPHA = 1e-4

Example: TypeAlias = tuple[tuple[Any, ...], float]
"""The inputs, numbers or values, and the label, -1.0 or 1.0."""


class Loss(NamedTuple):
    """What :func:`max_margin` found.

    Attributes:
        total_loss: ``data_loss + reg_loss``: the value to differentiate.
        data_loss: the mean of the examples' losses.
        reg_loss: the L2 term, ``alpha`` times the sum of the squared parameters.
        accuracy: the share of examples whose score has the sign of the label.
        scores: one for each example.

    >>> from microgradwidgets import MLP
    >>> loss = max_margin(MLP(1, [1], weights=[[[1.0]]]), [[2.0], [-0.5]], [1.0, -1.0], alpha=0.0)
    >>> [score.data for score in loss.scores], loss.data_loss.data, loss.accuracy
    ([2.0, -0.5], 0.25, 1.0)
    """

    total_loss: Value
    data_loss: Value
    reg_loss: Value
    accuracy: float
    scores: tuple[Value, ...]

    def __repr__(self) -> str:
        n = len(self.scores)
        return f"Loss({self.total_loss.data!r}, accuracy {self.accuracy:.1%} of {n} examples)"


class Objective(NamedTuple):
    """The terms of a loss."""

    total_loss: Value
    data_loss: Value
    reg_loss: Value


def max_margin(
    model: Module,
    xs: Sequence[Sequence[Any]],
    ys: Sequence[Real],
    *,
    alpha: Real = DEFAULT_ALPHA,
    batch_size: int | None = None,
    seed: Seed = DEFAULT_SEED,
) -> Loss:
    """The mean hinge loss of a support vector machine, and L2 regularization.

    Each example costs ``relu(1 - y * score)``: nothing once the score is on the right side of
    zero by a margin of 1. On top comes ``alpha * Σ p * p`` over all parameters p. The total is
    one value with groups for every example, layer, neuron and term.

    Args:
        model: what gives one score for each row of ``xs``.
        xs: rows of numbers, one for each example.
        ys: labels, -1 or 1.
        alpha: the weight decay, at least 0.
        batch_size: compute it for this many examples, drawn at random; None for all in order.
        seed: fixes which; None draws afresh.

    >>> from microgradwidgets import Neuron
    >>> model = Neuron(1, weights=[0.5], nonlin=False)
    >>> max_margin(model, [[1.0], [-4.0]], [1, -1], alpha=0.0)
    Loss(0.25, accuracy 100.0% of 2 examples)
    """
    expect_module(model)
    decay = checked_size(alpha, "alpha")
    examples = batch(checked_examples(xs, ys), batch_size, seed)
    began = fresh_id()
    scored = [
        example_loss(model, inputs, Value(-y, label="-y"), f"example {place}")
        for place, (inputs, y) in enumerate(examples, 1)
    ]
    terms = objective([loss for _, loss in scored], model.parameters(), decay, began)
    scores = tuple(score for score, _ in scored)
    return Loss(*terms, accuracy([s.data for s in scores], [y for _, y in examples]), scores)


def example_loss(
    model: Module, inputs: Sequence[Any], minus_y: Value, name: str
) -> tuple[Value, Value]:
    """The score of one example and its hinge loss, ``relu(score * -y + 1)``."""
    began = fresh_id()
    score = score_of(model, inputs)
    hinge_began = fresh_id()
    hinge = score.mul(minus_y).add(1.0).relu()
    return score, hinge.with_group("hinge", hinge_began).with_group(name, began)


def score_of(model: Module, inputs: Sequence[Any]) -> Value:
    """The output of a model that has only one; a model of somebody's own may give anything."""
    outputs: Any = model.forward_many(inputs)
    found = tuple(outputs) if isinstance(outputs, Iterable) else None
    if found is None or not all(isinstance(output, Value) for output in found):
        raise TypeError(f"expected model to give a tuple of values, got: {described(outputs)}")
    if len(found) != 1:
        raise ValueError(f"expected model to give one score, got: {len(found)} outputs")
    score: Value = found[0]
    return score


def objective(
    losses: Sequence[Value], parameters: Iterable[Value], alpha: float, began: int
) -> Objective:
    """The mean of the examples' losses, the L2 term, and their sum.

    The values made since id ``began`` that lead to the mean belong to its group.
    """
    data_loss = Value.sum(losses).mul(1.0 / len(losses), label="data loss")
    data_loss = data_loss.with_group("data loss", began)
    began = fresh_id()
    reg_loss = Value.sum([p.mul(p) for p in parameters]).mul(alpha, label="L2 loss")
    reg_loss = reg_loss.with_group("L2 loss", began)
    return Objective(data_loss.add(reg_loss, label="loss"), data_loss, reg_loss)


def accuracy(scores: Sequence[float], labels: Sequence[float]) -> float:
    """The share of scores on the side of zero that the label is on; a score of 0 says -1."""
    right = sum((y > 0.0) == (s > 0.0) for s, y in zip(scores, labels, strict=True))
    return right / len(labels)


def batch(examples: Sequence[Example], batch_size: int | None, seed: Seed) -> Sequence[Example]:
    """``batch_size`` of the examples in a random order, or all of them as they are."""
    if batch_size is None or checked_count(batch_size, "batch_size") >= len(examples):
        return examples
    return Stream(seed).shuffled(examples)[:batch_size]


def checked_examples(xs: Any, ys: Any) -> list[Example]:
    """Rows of inputs with their labels."""
    checked_rows(xs, ys)
    examples = [(_checked_row(x), checked_label(y)) for x, y in zip(xs, ys, strict=True)]
    widths = sorted({len(inputs) for inputs, _ in examples})
    if len(widths) > 1:
        raise ValueError(f"expected rows of xs of one length, got: {widths[0]} and {widths[-1]}")
    return examples


def _checked_row(row: Any) -> tuple[Any, ...]:
    if not is_row(row) or len(row) == 0:
        raise TypeError(f"expected each row of xs to be a list of numbers, got: {described(row)}")
    return tuple(x if isinstance(x, Value) else as_float(x, "a number of xs") for x in row)
