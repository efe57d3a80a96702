"""Expressions that went bad, and some that did not, for the Python and the JavaScript tests alike.

``python -m tests.diagnosis_vectors`` writes ``tests/data/diagnosis_vectors.json`` anew.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from microgradwidgets import Tape, Value
from microgradwidgets.diagnosis import diagnosed
from tests.grouped import loss
from tests.vectors import as_json, lecture_neuron, random_graph, readme_expression

PATH = Path(__file__).parent / "data" / "diagnosis_vectors.json"


def saturating(times: int = 12, start: float = 3.0) -> Value:
    """x → tanh(2x), over and over."""
    value = Value(start, label="x")
    for _ in range(times):
        value = (value * 2.0).tanh()
    return value


def squaring(times: int = 8, start: float = 3.0) -> Value:
    value = Value(start, label="x")
    for _ in range(times):
        value = value * value
    return value


def scaled(times: int, factor: float) -> Value:
    value = Value(1.0, label="x")
    for _ in range(times):
        value = value * factor
    return value


def well() -> Iterator[tuple[str, Value]]:
    """Where there is nothing to tell."""
    yield "lecture neuron", lecture_neuron()
    yield "README expression", readme_expression()
    yield "a loss", loss(4, (4, 4, 1))
    x, w = Value(2.0, label="x"), Value(0.0, label="w")
    yield "a relu that is off", ((x - 5.0).relu() * 3.0).tanh()
    yield "a weight of 0", ((x * w) * 1e-9).tanh()
    yield "a residual near 0", (x - (2.0 + 1e-14)) ** 2
    yield "a huge constant", x * 1e15
    yield "a pole nearby", (x - (2.0 + 1e-7)) ** -1 * 1.5
    yield "terms that cancel", (x - x) * 3.0 + 1.0
    yield "nine tenths, a hundred times", scaled(100, 0.9)
    yield "a saturated tanh beside a way around it", (x * 20.0).tanh() + x


def bad() -> Iterator[tuple[str, Value]]:
    x, y = Value(-1.0, label="x"), Value(0.0, label="y")
    yield "log of a negative number", (x.log(label="c") * 2.0 + y).tanh()
    yield "a pole", x * y**-1
    yield "a leaf", Value(float("nan"), label="x") * 2.0
    yield "overflow", (Value(1000.0, label="x").exp() - 1.0).tanh()
    yield "inf, then nan", y * Value(-1e308, label="x") * 10.0 * 10.0 + (y**-1) * 0.0
    yield "a root at 0", y**0.5 + x
    yield "a root at 0, hidden by a 0", y**0.5 * 0.0
    big = Value(1.5e-308, label="z") * 1e308
    yield "contributions too large together", big * 1e308 - (big + 1e-9) * -1e308
    yield "a gradient that overflows", Value(0.0, label="x") * 1e200 * 1e200
    yield "twelve tanhs", saturating()
    yield "one saturated tanh", Value(20.0, label="x").tanh()
    yield "a saturated sigmoid", Value(-800.0, label="x").sigmoid()
    yield "half, fifty times", scaled(50, 0.5)
    yield "underflow", scaled(2, 1e-200)
    yield "eight squares", squaring()
    yield "nameless", (Value(20.0) + Value(1.0)).tanh()
    yield "thirty, thirty times", scaled(30, 30.0)
    yield "both ways", squaring() + Value(20.0, label="s").tanh()
    yield "beside a leaf that is well", saturating() + Value(3.0, label="y")


def cases() -> Iterator[tuple[str, Value]]:
    yield from well()
    yield from bad()
    for seed in range(20):
        yield f"random graph {seed}", random_graph(random.Random(seed))


def vector(name: str, value: Value) -> dict[str, Any]:
    tape = Tape.record(value)
    data = tape.replay()
    found = diagnosed(tape, data, tape.gradients(data=data))
    row = None if found is None else asdict(found)
    if row is not None:
        row["number"] = as_json(row["number"])
        row["local"] = None if row["local"] is None else as_json(row["local"])
    return {
        "name": name,
        "tape": base64.b64encode(tape.to_bytes()).decode("ascii"),
        "found": row,
    }


def document() -> str:
    return json.dumps({"vectors": [vector(*case) for case in cases()]}, indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
