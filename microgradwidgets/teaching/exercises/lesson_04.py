"""Lesson 4, two moons."""

from __future__ import annotations

from ...datasets import moons
from ...engine import Value, backward
from ...losses import max_margin
from ...nn import MLP, apply_gradients
from ..kinds import Answer, Verdict, built, exercise, function, gradient, number


def _cost(label: float, score: Value) -> Value:
    return (1 - label * score).relu()


@exercise("04.1", "the cost of a point with the label −1 and the score 0.25")
def cost(answer: Answer) -> Verdict:
    """On the wrong side of zero."""
    return number(
        answer,
        _cost(-1.0, Value(0.25)).data,
        "relu(1 − (−1) × 0.25): the score is on the wrong side, and the margin is missing too.",
        slips={"the label is −1, and y · s is −0.25": 0.75, "the margin of 1 is missing": 0.25},
    )


@exercise("04.2", "the derivative of the cost by the score, for the label −1 and the score 0.25")
def slope(answer: Answer) -> Verdict:
    """−y, where the ReLU is on."""
    return gradient(answer, built(lambda score: _cost(-1.0, score), score=0.25), "score")


@exercise("04.3", "the loss after one step from the beginning with the learning rate 0.5")
def half_a_step(answer: Answer) -> Verdict:
    """The demo, taken one step."""
    data, model = moons(100), MLP(2, [16, 16, 1])
    first = max_margin(model, data.xs, data.ys).total_loss
    gradients = backward(first)

    def after(rate: float) -> float:
        moved = apply_gradients(model, gradients, rate)
        return max_margin(moved, data.xs, data.ys).total_loss.data

    return number(
        answer,
        after(0.5),
        "a smaller step need not be worse: the gradient is true only near where it was taken.",
        tolerance=1e-3,
        slips={
            "that is the loss before the step": first.data,
            "that is the loss after a step with the learning rate 1": after(1.0),
            "that went uphill: the step goes against the gradient": after(-0.5),
        },
    )


@exercise("04.4", "a function of label and score that gives the cost of a point")
def costs(answer: Answer) -> Verdict:
    """The hinge."""
    return function(
        answer,
        lambda label, score: _cost(label, Value(score)).data,
        [(1.0, 2.0), (1.0, 0.5), (1.0, -1.0), (-1.0, 0.25), (-1.0, -3.0)],
        "nothing beyond the margin, and a straight line before it.",
        slips={
            "a cost is never below 0": lambda label, score: 1 - label * score,
            "the label turns the score around for the other class": lambda label, score: max(
                0.0, 1 - score
            ),
            "the margin of 1 is missing": lambda label, score: max(0.0, -label * score),
        },
    )
