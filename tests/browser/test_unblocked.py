"""A page goes on while a picture is laid out, however large that is."""

from __future__ import annotations

import random

import pytest

from microgradwidgets import MLP, Value, show
from tests.browser.busy import watched
from tests.grouped import loss
from tests.vectors import readme_expression


def chain(length: int, *, shared: bool = False) -> Value:
    value, rate = Value(0.5, label="x"), Value(0.9, label="rate")
    for _ in range(length):
        value = (value * (rate if shared else 0.9)).tanh()
    return value


def fan(count: int) -> Value:
    return Value.sum(x * x for x in [Value(float(n), label=f"x{n}") for n in range(count)])


def tangle(count: int) -> Value:
    numbers = random.Random(7)
    values = [Value(numbers.uniform(-1, 1), label=f"x{n}") for n in range(20)]
    while len(values) < count:
        values.append(values[-1] - numbers.choice(values))
    return values[-1]


EXPRESSIONS = {
    "small": readme_expression,
    "deep": lambda: chain(100),
    "300 boxes": lambda: tangle(300),
    "1,000 values": lambda: tangle(1000),
    "wide": lambda: fan(100),
    "a rate used everywhere": lambda: chain(60, shared=True),
    "score": lambda: MLP(2, [16, 16, 1])([0.3, -0.2]),
    "loss": lambda: loss(),
}

# They begin with their groups closed, and are opened by a level.
LEVELS = {"score", "loss"}


@pytest.mark.measured
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_a_page_is_never_blocked_by_a_picture(plain, measured, night, name):
    for value in (readme_expression(), loss(5)):  # what runs for the first time is compiled first
        plain.show(show(value, names=False))
    diagram = show(EXPRESSIONS[name](), names=False)
    with watched(plain.page) as opened:
        figure = plain.show(diagram)
        if name in LEVELS:
            figure.root.get_by_label("Depth").select_option("1")
            figure.until(lambda: figure.frames, "a level that is open", 60)
    measured(f"longest task of a page, {name} opened, ms", round(opened.longest), "100")
    boxes = figure.root.locator(".mgw-world").element_handle()
    with watched(plain.page) as turned:
        figure.choose("Direction", "top to bottom")
        figure.until(
            lambda: not plain.page.evaluate("(world) => world.isConnected", boxes),
            "a picture turned",
            60,
        )
    measured(f"longest task of a page, {name} turned, ms", round(turned.longest), "100")
    # By day other processes may share what makes the processor quick.
    assert max(opened.longest, turned.longest) < (100 if night else 250)
