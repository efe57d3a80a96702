"""The two replays of Python beside eager evaluation: the same bits, whatever the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random

from microgradwidgets import Tape, Value, backward
from microgradwidgets.batch import BatchReplay
from tests.graphs import bits
from tests.nightly.campaign import Campaign, Outcome
from tests.nightly.growing import Step, any_number, grown, named, ordinary_number, steps

Bits = list[str | bytes]


def run(seed: int, cases: int) -> Outcome:
    """A graph a case, with hostile numbers in every second."""
    draw, failures, counts = Random(seed), [], Counter[str]()
    for case in range(cases):
        number = (any_number, ordinary_number)[case % 2]
        recipe = steps(draw)
        leaves = [[number(draw) for _ in range(5)] for _ in range(3)]
        for name, check in CHECKS.items():
            try:
                counts[f"values, {name}"] += check(recipe, leaves)
            except AssertionError as error:
                failures.append(f"{name}, {error}: {recipe} on {leaves}"[:4000])
    return Outcome(cases, failures, counts)


def tape_is_eager(recipe: Sequence[Step], leaves: Sequence[Sequence[float]]) -> int:
    """The recorded tape, with its own leaves and with others, read back from its bytes too."""
    first = grown(named(leaves[0]), recipe)
    expected = eager(first)
    tape = Tape.record(first)
    same((bits(tape.replay()), bits(tape.gradients())), expected, "recorded")
    same(eager(tape.value()), expected, "built from the tape")
    again = Tape.from_bytes(tape.to_bytes())
    for numbers in leaves[1:]:
        fresh = grown(named(numbers), recipe)
        changed = {name: numbers[int(name[1:])] for name in tape.names.values()}
        data = again.replay(changed)
        found = bits(data), bits(again.gradients(changed, data))
        same(found, eager(fresh), f"with the leaves {numbers}")
    return len(tape)


def batch_is_eager(recipe: Sequence[Step], leaves: Sequence[Sequence[float]]) -> int:
    """Three examples that share their first three leaves, as one graph and as columns."""
    shared = named(leaves[0][:3])
    examples = [[*shared, *map(Value, numbers[3:])] for numbers in leaves]
    outputs = [grown(example, recipe) for example in examples]
    total = Value.sum(outputs, Value(0.0))
    gradients = backward(total)

    tape = Tape.record(grown(examples[0], recipe))
    wanted = [place for place in range(3) if shared[place].id in tape.ids]
    varying = [place for place in (3, 4) if examples[0][place].id in tape.ids]
    parameters = [shared[place] for place in wanted]
    replay = BatchReplay(tape, [examples[0][place] for place in varying], parameters)
    columns = [[numbers[place] for numbers in leaves] for place in varying]
    data = replay.forward([value.data for value in parameters], columns)
    column = data[-1] if isinstance(data[-1], list) else [data[-1]] * len(outputs)
    assert bits(column) == bits(output.data for output in outputs), "other outputs"
    upstream = [gradients[output] for output in outputs]
    found = replay.backward(data, upstream, [-0.0] * len(wanted))
    assert bits(found) == bits(gradients[value] for value in parameters), "other gradients"
    return len(tape)


CHECKS: dict[str, Callable[[Sequence[Step], Sequence[Sequence[float]]], int]] = {
    "tape": tape_is_eager,
    "batch": batch_is_eager,
}


def eager(output: Value) -> tuple[Bits, Bits]:
    """Numbers and gradients in topological order; differentiated before anybody looks."""
    table = backward(output)
    graph = output.graph
    return bits(node.data for node in graph.values()), bits(table[key] for key in graph)


def same(found: tuple[Bits, Bits], expected: tuple[Bits, Bits], which: str) -> None:
    assert found[0] == expected[0], f"{which}: other values"
    assert found[1] == expected[1], f"{which}: other gradients"


REPLAYS = Campaign(
    name="replays",
    promise="The tape and the batch have the bits of eager evaluation on 100,000 random graphs, "
    "forward and backward, with these leaves and with others.",
    goal=100_000,
    per_change=2_000,
    run=run,
    chunk=2_000,
)
