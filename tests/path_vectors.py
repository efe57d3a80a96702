"""Explained gradients, for the Python and the JavaScript tests alike.

``python -m tests.path_vectors`` writes ``tests/data/path_vectors.json`` anew.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from microgradwidgets import Tape, Value
from microgradwidgets.paths import Paths
from tests.grouped import loss
from tests.vectors import as_json, lecture_neuron, readme_expression

PATH = Path(__file__).parent / "data" / "path_vectors.json"


def doublings(times: int, factor: float | None = None) -> Value:
    value = Value(1.0, label="x")
    for _ in range(times):
        value = value + (value if factor is None else value * factor)
    return value


def dense_graph(source: random.Random, operations: int = 24) -> Value:
    """Operations that share operands; nothing in it is rounded differently in a page."""
    values = [Value(source.uniform(-2, 2), label="x")]
    for _ in range(operations):
        a, b = source.choice(values[-4:]), source.choice(values[-4:])
        made = [a + b, a - b, a * source.uniform(-2, 2), -a, a * b]
        values.append(source.choice(made))
    return Value.sum(values[-4:])


def broken() -> Value:
    """A slope that is infinite, one that is zero, an overflow, and an ordinary way."""
    x = Value(0.0, label="x")
    return x * 5.0 + x.log() * 0.0 + x * 0.0 + (x + 1.0) * 1e200 * 1e200


def cases() -> Iterator[tuple[str, Value, str, int]]:
    """A name, an output, the label of the value to explain, how many paths to list."""
    yield "lecture neuron", lecture_neuron(), "w1", 10
    yield "the output itself", lecture_neuron(), "o", 10
    for label in ("a", "b"):
        yield f"README expression by {label}", readme_expression(), label, 8
    yield "a sum with itself", doublings(1), "x", 10
    yield "fifty doublings", doublings(50), "x", 10
    yield "a thousand doublings", doublings(1000), "x", 2
    yield "sixty unequal doublings", doublings(60, 0.75), "x", 40
    yield "cancelling", cancelling(), "x", 2
    yield "broken", broken(), "x", 10
    yield "broken, the rest", broken(), "x", 1
    for seed in range(12):
        yield f"dense graph {seed}", dense_graph(random.Random(seed)), "x", 12
    yield "a weight of a loss", loss(4, [4, 4, 1]), "layer 1 · neuron 2 · w1", 10


def cancelling() -> Value:
    x = Value(1.0, label="x")
    return x * 1e17 + x * 0.125 - x * 1e17


def vector(name: str, value: Value, label: str, most: int) -> dict[str, Any]:
    tape = Tape.record(value)
    data, start = tape.replay(), tape.index(label)
    paths = Paths(tape, data, start)
    best = paths.best(most)
    rest = paths.rest(len(best), tape.gradients(data=data))
    return {
        "name": name,
        "tape": base64.b64encode(tape.to_bytes()).decode("ascii"),
        "start": start,
        "most": most,
        "count": str(paths.count()),  # JSON's numbers end at 2**53
        "paths": [
            {
                "indices": path.indices,
                "locals": [as_json(slope) for slope in path.local_gradients],
                "product": as_json(path.product),
            }
            for path in best
        ],
        "rest": as_json(rest),
    }


def document() -> str:
    return json.dumps({"vectors": [vector(*case) for case in cases()]}) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
