"""Random graphs replayed by the page beside Python: the same bits, or right but for rounding.

Sums, products, quotients, ReLU and whole powers leave nothing to the platform, so graphs of them
have the same bits. With ``exp``, ``log``, ``tanh`` and other powers the page is held to the exact
numbers within the bound of rounding, as Python is. A value is judged as the gradient by a leaf
that is 1 and that it is multiplied by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import inf
from random import Random

import numpy as np

from microgradwidgets import Tape, Value, backward, to_python
from microgradwidgets.batch import BatchReplay
from tests.high_precision import RoundingDecidesError, moderate
from tests.nightly.campaign import Campaign, Outcome
from tests.nightly.gradients import random_graph, worst_of
from tests.nightly.growing import (
    EXACT,
    OPERATIONS,
    any_number,
    grown,
    named,
    ordinary_number,
    steps,
)
from tests.nightly.page_numbers import apart, replayed, trained

MOST_EXAMPLES = 128
"""So many are worked out together in the page."""
PARAMETERS, INPUTS = 3, 2

Found = tuple[float, Value]
"""The largest error in units of the bound, and the graph."""


def run(seed: int, cases: int) -> Outcome:
    """One of each kind in turn."""
    draw, moves = Random(seed), np.random.default_rng(seed)
    failures, counts, worst = [], Counter[str](), dict.fromkeys(KINDS, 0.0)
    kinds = [*KINDS]
    case = 0
    while case < cases:
        kind = kinds[case % len(kinds)]
        try:
            found, output = KINDS[kind](draw, moves)
        except RoundingDecidesError:
            counts["set aside, rounding decides a branch"] += 1
            continue
        case += 1
        counts[kind] += 1
        worst[kind] = max(worst[kind], found)
        if not found <= 1.0:
            failures.append(f"{kind}, {found:.3g} of the bound: {to_python(output)}"[:4000])
    largest = {f"{kind}: largest error, of the bound": found for kind, found in worst.items()}
    return Outcome(cases, failures, counts, largest)


def graph_of_exact_operations(draw: Random, moves: np.random.Generator) -> Found:
    """With its own leaves and with two others, hostile in every second graph."""
    number = draw.choice((any_number, ordinary_number))
    output = grown(named([number(draw) for _ in range(5)]), steps(draw, EXACT))
    tape = Tape.record(output)
    rows = [tape.leaves, *([number(draw) for _ in tape.leaves] for _ in range(2))]
    ours = [(tape.replay(row), tape.gradients(row)) for row in rows]
    return 0.0 if not apart(ours, replayed(tape, rows)).any() else inf, output


def graph_of_any_operations(draw: Random, moves: np.random.Generator) -> Found:
    output = random_graph(draw) * Value(1.0)
    tape = Tape.record(output)
    theirs = replayed(tape, [tape.leaves])[0, 1]
    found, _ = worst_of(output, dict(zip(output.graph, theirs, strict=True)), moves)
    return found, output


def training_of_exact_operations(draw: Random, moves: np.random.Generator) -> Found:
    """Parameters and a batch of inputs, beside the batch replay of Python."""
    number = draw.choice((any_number, ordinary_number))
    tape, leaves = drawn(draw, EXACT, number, most=40)
    parameters, inputs = used(tape, leaves)
    count = draw.choice((1, 2, 3, MOST_EXAMPLES, draw.randint(1, MOST_EXAMPLES)))
    columns = [[number(draw) for _ in range(count)] for _ in inputs]
    upstream = draw.choice((1.0, -1.0, 1.0 / count))
    replay = BatchReplay(tape, inputs, parameters)
    data = replay.forward([value.data for value in parameters], columns)
    outputs = data[-1] if isinstance(data[-1], list) else [data[-1]] * count
    gradients = replay.backward(data, [upstream] * count, [-0.0] * len(parameters))
    theirs = in_the_page(tape, inputs, columns, parameters, upstream)
    ours = np.array([*outputs, *gradients])
    return 0.0 if not apart(ours, theirs).any() else inf, tape.value()


def training_of_any_operations(draw: Random, moves: np.random.Generator) -> Found:
    """A few examples, whose sum with the parameters in it is judged as one graph."""
    while True:
        recipe = steps(draw, OPERATIONS, most=12)
        shared = [Value(ordinary_number(draw)) for _ in range(PARAMETERS)]
        count = draw.randint(1, 4)
        columns = [[ordinary_number(draw) for _ in range(count)] for _ in range(INPUTS)]
        examples = [[*shared, *map(Value, row)] for row in zip(*columns, strict=True)]
        outputs = [grown(example, recipe) for example in examples]
        ones = [Value(1.0) for _ in outputs]
        total = Value.sum((o * one for o, one in zip(outputs, ones, strict=True)), Value(0.0))
        tape = Tape.record(outputs[0])
        parameters, inputs = used(tape, examples[0])
        if inputs and outputs[0].op != "leaf" and all(map(moderate, total.graph.values())):
            break
    known = [columns[examples[0].index(x) - PARAMETERS] for x in inputs]
    theirs = in_the_page(tape, inputs, known, parameters, 1.0)
    gradients = {**backward(total)}
    gradients.update(zip((value.id for value in (*ones, *parameters)), theirs, strict=True))
    found, _ = worst_of(total, gradients, moves)
    return found, total


def drawn(
    draw: Random, operations: Sequence[str], number: Callable[[Random], float], most: int
) -> tuple[Tape, list[Value]]:
    """A tape with an input on it, and its leaves."""
    while True:
        leaves = named([number(draw) for _ in range(PARAMETERS + INPUTS)])
        output = grown(leaves, steps(draw, operations, most))
        tape = Tape.record(output)
        if output.op != "leaf" and used(tape, leaves)[1]:
            return tape, leaves


def used(tape: Tape, leaves: Sequence[Value]) -> tuple[list[Value], list[Value]]:
    """The parameters and the inputs that lead to the output."""
    known = [leaf for leaf in leaves if leaf.id in tape.ids]
    parameters = {leaf.id for leaf in leaves[:PARAMETERS]}
    return (
        [leaf for leaf in known if leaf.id in parameters],
        [leaf for leaf in known if leaf.id not in parameters],
    )


def in_the_page(
    tape: Tape,
    inputs: Sequence[Value],
    columns: Sequence[Sequence[float]],
    parameters: Sequence[Value],
    upstream: float,
) -> np.ndarray:
    """The outputs and the gradients of the parameters."""
    varying = {tape.index(x): column for x, column in zip(inputs, columns, strict=True)}
    wanted = [tape.index(value) for value in parameters]
    return np.concatenate(trained(tape, varying, wanted, upstream))


KINDS: dict[str, Callable[[Random, np.random.Generator], Found]] = {
    "replay, the same bits": graph_of_exact_operations,
    "replay, any operations": graph_of_any_operations,
    "training, the same bits": training_of_exact_operations,
    "training, any operations": training_of_any_operations,
}

PAGE_REPLAYS = Campaign(
    name="replays in the page",
    promise="The page's replays, of a picture and of a training, have Python's bits on graphs of "
    "sums, products, quotients, ReLU and whole powers, and are within the bound of rounding on "
    "100,000 random graphs.",
    goal=100_000,
    per_change=2_000,
    run=run,
    chunk=2_000,
)
