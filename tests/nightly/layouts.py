"""Layouts of all that people draw: none fails for them, and each picture can be read."""

from __future__ import annotations

import random
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from microgradwidgets import MLP, Tape, Value, group, max_margin
from tests.graphs import EXPONENTS, Step, build
from tests.nightly.campaign import Campaign, Outcome
from tests.nightly.layoutpage import asked

Numbers = random.Random

# Pictures of one expression: as it opens, and after somebody has opened and closed things.
VIEWS = 5
MOST_CHANGES = 6


def run(seed: int, cases: int) -> Outcome:
    """Lay out that many pictures, one after the other in one page."""
    numbers = random.Random(seed)
    names: list[str] = []
    pictures: list[dict[str, Any]] = []
    while len(pictures) < cases:
        name, make = numbers.choices(KINDS, WEIGHTS)[0]
        tape = b64encode(Tape.record(make(numbers)).to_bytes()).decode("ascii")
        for view in range(min(VIEWS, cases - len(pictures))):
            changes = [numbers.random() for _ in range(numbers.randint(1, MOST_CHANGES))]
            names.append(name)
            pictures.append(
                {
                    "tape": tape,
                    "direction": numbers.choice(["LR", "LR", "TB"]),
                    "changes": changes if view > 0 else [],
                }
            )
    told = asked(pictures)
    answers = told["answers"]
    failures = [
        f"picture {place} ({names[place]}, {answer['boxes']} boxes): {answer['wrong']}"
        for place, answer in enumerate(answers)
        if answer["wrong"]
    ]
    slow = [answer for answer in answers if answer["took"] > 1000]
    return Outcome(
        cases,
        failures,
        counts={
            "tries that failed in the worker": told["failed"],
            "drawn by the small layout instead": sum(answer["isSmall"] for answer in answers),
            "over 1 s": len(slow),
            "boxes": sum(answer["boxes"] for answer in answers),
        },
        worst={
            "slowest, ms": round(max(answer["took"] for answer in answers), 1),
            "most boxes": max(answer["boxes"] for answer in answers),
        },
    )


def by_hand(numbers: Numbers) -> Value:
    """What somebody types into a cell."""
    ops = ["add", "mul", "sub", "divide", "add", "mul", "relu", "tanh", "exp", "neg", "pow"]
    steps: list[Step] = [
        (
            numbers.choice(ops),
            numbers.randint(0, 4),
            numbers.randint(0, 12),
            numbers.choice(EXPONENTS),
        )
        for _ in range(numbers.randint(1, 25))
    ]
    return build([numbers.uniform(-2, 2) for _ in range(numbers.randint(1, 6))], steps)


def tangle(numbers: Numbers) -> Value:
    """Everything made from anything before."""
    values = leaves(numbers, numbers.randint(2, 30))
    for _ in range(numbers.choice([30, 100, 270, 600, 1000])):
        a, b = values[-1 - int(numbers.expovariate(0.3)) % len(values)], numbers.choice(values)
        values.append(numbers.choice([a + b, a * b, a - b, a.tanh(), b.relu()]))
    return values[-1]


def chain(numbers: Numbers) -> Value:
    """Step by step, with a value that is used at each of them, or without."""
    value, rate = Value(0.5, label="x"), Value(0.9, label="rate")
    for _ in range(numbers.choice([10, 50, 300, 2000])):
        value = numbers.choice([value * rate, value * 0.9, value.tanh(), value + 0.1])
    return value


def fan(numbers: Numbers) -> Value:
    """Many terms of one sum."""
    terms = leaves(numbers, numbers.choice([5, 20, 100, 300, 1000]))
    shared = Value(2.0, label="k")
    return Value.sum(numbers.choice([x, x * x, x * shared, (x * shared).tanh()]) for x in terms)


def score(numbers: Numbers) -> Value:
    """A network at one point."""
    inputs = numbers.randint(1, 8)
    value: Value = network(numbers, inputs)(leaves(numbers, inputs))
    return value


def loss(numbers: Numbers) -> Value:
    """A network over some examples."""
    inputs = numbers.randint(1, 3)
    count = numbers.choice([2, 5, 20])
    xs = [[numbers.uniform(-1, 1) for _ in range(inputs)] for _ in range(count)]
    ys = [numbers.choice([-1.0, 1.0]) for _ in range(count)]
    return max_margin(network(numbers, inputs), xs, ys).total_loss


def own_groups(numbers: Numbers) -> Value:
    """Groups in groups, whose names may be long."""
    value, other = leaves(numbers, 2)
    words = ["a", "attention", "a rather long name of a group of mine", "块", "∂L/∂w · 🎓"]

    def work(depth: int) -> None:
        nonlocal value, other
        with group(numbers.choice(words)):
            for _ in range(numbers.randint(1, 6)):
                if depth > 0 and numbers.random() < 0.5:
                    work(depth - 1)
                value, other = (value * other).tanh(), numbers.choice([value, other, value + other])

    for _ in range(numbers.randint(1, 6)):
        work(numbers.randint(0, 3))
    return value + other


def leaves(numbers: Numbers, count: int) -> list[Value]:
    return [Value(numbers.uniform(-1, 1), label=f"x{n + 1}") for n in range(count)]


def network(numbers: Numbers, inputs: int) -> MLP:
    widths = [numbers.choice([1, 2, 4, 8, 16]) for _ in range(numbers.randint(0, 3))]
    return MLP(inputs, [*widths, 1], seed=numbers.randrange(1000))


Maker = Callable[[Numbers], Value]
KINDS: list[tuple[str, Maker]] = [
    (make.__name__, make) for make in (by_hand, tangle, chain, fan, score, loss, own_groups)
]
WEIGHTS = [6, 2, 2, 2, 3, 2, 3]

LAYOUTS = Campaign(
    name="layouts",
    promise="A layout never fails for the one who looks, and its picture can be read.",
    goal=100_000,
    per_change=100,
    run=run,
    chunk=100,
)
