"""A training step of the micrograd demo: values, the tape, and micrograd itself, in one run."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

import micrograd.nn
from micrograd.engine import Value as MicrogradValue

from microgradwidgets import MLP, backward, decision_boundary, max_margin, moons, train

from .timing import Line, seconds, with_deep_stack

ALPHA = 1e-4
LEARNING_RATE = 0.1


def micrograd_step() -> float:
    """The time of one step as the notebook of micrograd writes it: 100 points, L2, accuracy."""
    data, model = moons(100), micrograd.nn.MLP(2, [16, 16, 1])

    def step() -> object:
        inputs = [list(map(MicrogradValue, row)) for row in data.xs]
        scores = list(map(model, inputs))
        losses = [(1 + -y * score).relu() for y, score in zip(data.ys, scores, strict=True)]
        data_loss = sum(losses) * (1.0 / len(losses))
        total = data_loss + ALPHA * sum(p * p for p in model.parameters())
        right = [(y > 0) == (s.data > 0) for y, s in zip(data.ys, scores, strict=True)]
        model.zero_grad()
        total.backward()
        for p in model.parameters():
            p.data -= LEARNING_RATE * p.grad
        return total, right

    found = 0.0

    def measure() -> None:
        nonlocal found
        found = seconds(step)

    with_deep_stack(measure)
    return found


def against_micrograd() -> Iterator[Line]:
    """One step value by value, and a hundred by the tape."""
    theirs = micrograd_step()
    data, model = moons(100), MLP(2, [16, 16, 1])

    def step() -> object:
        loss = max_margin(model, data.xs, data.ys, alpha=ALPHA)
        gradients = backward(loss.total_loss)
        return loss, gradients, model.apply_gradients(gradients, LEARNING_RATE)

    eager = seconds(step)
    yield Line(
        f"training step of 65,818 values: micrograd {theirs * 1e3:.0f} ms, "
        f"here {eager * 1e3:.0f} ms",
        f"{theirs / eager:.1f} times faster",
        "at least 18",
        theirs / eager >= 18,
    )
    whole = seconds(lambda: train(model, data))
    yield Line(
        f"train: a step takes {whole * 10:.1f} ms",
        f"{theirs / (whole / 100):.0f} times faster",
        "at least 100",
        theirs / (whole / 100) >= 100,
    )
    yield Line(
        f"train: 100 steps, where micrograd takes {theirs * 100:.0f} s",
        f"{whole:.2f} s",
        "under 1.5 s",
        whole < 1.5,
    )


def boundary() -> Iterator[Line]:
    """The score of the demo's model on a grid of a hundred by a hundred points."""
    data, model = moons(100), MLP(2, [16, 16, 1])
    spacing = sqrt(len(decision_boundary(model, data)) / 10_000) * 0.25
    points = len(decision_boundary(model, data, h=spacing))
    took = seconds(lambda: decision_boundary(model, data, h=spacing)) * 10_000 / points
    yield Line("decision boundary on 100 × 100 points", f"{took:.2f} s", "under 1 s", took < 1.0)
