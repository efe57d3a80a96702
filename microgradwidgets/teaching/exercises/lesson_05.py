"""Lesson 5, experiments."""

from __future__ import annotations

from ...nn import MLP
from ...optimizers import MOMENTUM, update
from ..kinds import Answer, Verdict, built, drawn, exercise, function, gradient, number


@exercise("05.1", "the number of parameters of a network with hidden=[8, 8]")
def parameters(answer: Answer) -> Verdict:
    """Counted as in lesson 3."""
    return number(
        answer,
        MLP(2, [8, 8, 1]).parameter_count(),
        "8 neurons with 2 weights and a bias, 8 with 8 and one, 1 with 8 and one.",
        tolerance=0.0,
        slips={
            "each neuron has a bias as well": 2 * 8 + 8 * 8 + 8,
            "the neuron at the end has parameters too": 8 * 3 + 8 * 9,
        },
    )


@exercise("05.2", "what alpha · p² adds to the gradient of p, at p = 3 and alpha = 0.01")
def decay(answer: Answer) -> Verdict:
    """The derivative of a square."""
    return gradient(answer, built(lambda p: p**2 * 0.01, p=3.0), "p")


@exercise("05.3", "the number of epochs in 60 steps with batches of 10 out of 100 points")
def epochs(answer: Answer) -> Verdict:
    """Examples seen, by examples there are."""
    steps, batch, points = 60, 10, 100
    return number(
        answer,
        steps * batch / points,
        "60 steps see 600 examples, which is six times as many as there are.",
        slips={
            "that is the number of steps in one epoch": points / batch,
            "that is the number of examples": steps * batch,
        },
    )


@exercise("05.4", "a function that gives the parameter and the velocity after a step of momentum")
def momentum(answer: Answer) -> Verdict:
    """The velocity first, then the parameter."""

    def stepped(parameter: float, gradient: float, velocity: float, rate: float) -> list[float]:
        (after,), memory = update("momentum", [parameter], [gradient], rate, (velocity,))
        return [after, *memory]

    return function(
        answer,
        stepped,
        drawn(6, (-2.0, 2.0), (-2.0, 2.0), (-2.0, 2.0), (0.01, 0.5)),
        "the velocity keeps nine tenths of itself, and the parameter follows it.",
        slips={
            "the parameter moves by the new velocity": lambda p, g, v, rate: [
                p - rate * v,
                MOMENTUM * v + g,
            ],
            "the parameter moves against the velocity": lambda p, g, v, rate: [
                p + rate * (MOMENTUM * v + g),
                MOMENTUM * v + g,
            ],
            "the velocity keeps 0.9 of itself": lambda p, g, v, rate: [p - rate * (v + g), v + g],
            "that is gradient descent, which forgets the velocity": lambda p, g, v, rate: [
                p - rate * g,
                g,
            ],
        },
    )
