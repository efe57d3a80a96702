"""The pages of the gallery: each is one file, with a picture that lives without Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from microgradwidgets import (
    MLP,
    Dashboard,
    Diagram,
    Misconceptions,
    Value,
    group,
    misconceptions,
    page,
    show,
)

Widget = Diagram | Dashboard | Misconceptions


class Entry(NamedTuple):
    """One page: what it is called, what it shows, what there is to find out."""

    name: str
    title: str
    words: str
    task: str
    make: Callable[[], Widget]


def neuron() -> Diagram:
    """The neuron of the micrograd lecture."""
    x1, x2 = Value(2.0, label="x1"), Value(0.0, label="x2")
    w1, w2 = Value(-3.0, label="w1"), Value(1.0, label="w2")
    b = Value(6.8813735870195432, label="b")
    return show((x1 * w1 + x2 * w2 + b).tanh().with_label("o"))


def expression() -> Diagram:
    """The example on micrograd's front page."""
    a, b = Value(-4.0, label="a"), Value(2.0, label="b")
    c, d = a + b, a * b + b**3
    c = c + c + 1
    c = c + 1 + c + (-a)
    d = d + d * 2 + (b + a).relu()
    d = d + 3 * d + (b - a).relu()
    e = (c - d).with_label("e")
    f = (e**2).with_label("f")
    return show((f / 2.0 + 10.0 / f).with_label("g"))


def cross_entropy() -> Diagram:
    """Three scores, their softmax, and the loss."""
    scores = [Value(2.0, label="cat"), Value(1.0, label="dog"), Value(-1.0, label="bird")]
    with group("softmax"):
        powers = [score.exp() for score in scores]
        total = powers[0] + powers[1] + powers[2]
        probabilities = [power / total for power in powers]
    with group("cross-entropy"):
        loss = -probabilities[0].log()
    return show(loss.with_label("loss"))


def network() -> Diagram:
    """The network of the micrograd demo, at one point."""
    return show(MLP(2, [16, 16, 1])([0.3, -0.2]).with_label("score"))


def vanishing() -> Diagram:
    """Twelve squashings in a row."""
    y = Value(3.0, label="x")
    for _ in range(12):
        y = (2 * y).tanh()
    return show(y.with_label("y"))


ENTRIES = (
    Entry(
        "neuron",
        "A neuron, step by step",
        "Both passes of the neuron of the micrograd lecture, one operation at a time.",
        "Press the first of the buttons below the picture, then → again and again. Why does `w2` "
        "end with the gradient 0? Click `x2`, drag its slider to 1, and look again.",
        neuron,
    ),
    Entry(
        "expression",
        "Why this gradient?",
        "The expression on micrograd's front page, and the paths that its gradients are sums of.",
        "Click `a`, open *Why this gradient?* and choose a path. Which adds the most to 138.8338?",
        expression,
    ),
    Entry(
        "cross-entropy",
        "Softmax and cross-entropy",
        "Three scores, three probabilities and one loss, in two boxes that open.",
        "Read the gradients of the three scores before you open anything. Do they add up to zero?",
        cross_entropy,
    ),
    Entry(
        "network",
        "A network from inside",
        "337 parameters as a handful of boxes: layers open into neurons, neurons into operations.",
        "Open a layer with its **+**, then a neuron. Find one whose ReLU is off: what is the "
        "gradient of its weights?",
        network,
    ),
    Entry(
        "vanishing",
        "The gradient that vanishes",
        "Twelve tanh in a row: the gradient is a product of twelve numbers below 1.",
        "Drag `x` towards 0. Where does the gradient come back, and how much of it?",
        vanishing,
    ),
    Entry(
        "misconceptions",
        "What goes wrong elsewhere",
        "Mistakes that no error message tells of, made beside the right way, step by step.",
        "In the first case: why does the second `backward` give twice the gradient?",
        misconceptions,
    ),
    Entry(
        "two-moons",
        "Train a network",
        "The two moons of the micrograd demo: train in the page, scrub, change anything.",
        "Press **Play**. Then go back to step 10, change the learning rate, and play on: the first "
        "run stays beside the second.",
        Dashboard,
    ),
)


def write_gallery(folder: Path, entries: Iterable[Entry] = ENTRIES) -> None:
    """Write a page for each entry."""
    for entry in entries:
        back = "[All pages](../index.html)"
        widget = entry.make()
        page(
            [f"{entry.words}\n\n{entry.task}", widget, back],
            folder / f"{entry.name}.html",
            title=entry.title,
        )
        widget.close()
