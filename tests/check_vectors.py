"""Numerical checks, for the Python and the JavaScript tests alike.

``python -m tests.check_vectors`` writes ``tests/data/check_vectors.json`` anew.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from microgradwidgets import Tape, Value, check_gradients
from microgradwidgets.checks import STEP
from tests.grouped import loss
from tests.vectors import as_json, lecture_neuron, readme_expression

PATH = Path(__file__).parent / "data" / "check_vectors.json"


def cases() -> Iterator[tuple[str, Value, float]]:
    """Small steps only where both sides round alike: they magnify the last place of a number."""
    for step in (1e-1, 1e-3, STEP, 1e-9, 1e-12, 1e-14, 1e-17):
        yield "README expression", readme_expression(), step
    for step in (1e-1, 1e-3, STEP):
        yield "lecture neuron", lecture_neuron(), step
    yield "a loss", loss(2, [2, 1]), STEP
    yield "a kink", Value(0.0, label="x").relu(), STEP
    yield "a pole", Value(0.0, label="x") ** -1, STEP
    yield "no logarithm", Value(-1.0, label="x").log(), STEP
    yield "a large output", Value(1e9, label="x") + Value(1.0, label="y"), STEP


def vector(name: str, value: Value, step: float) -> dict[str, Any]:
    rows = check_gradients(value, step=step, operations=True)
    return {
        "name": name,
        "step": step,
        "tape": base64.b64encode(Tape.record(value).to_bytes()).decode("ascii"),
        "grad": [as_json(row["grad"]) for row in rows],
        "numerical": [as_json(row["numerical"]) for row in rows],
        "ok": [row["ok"] for row in rows],
    }


def document() -> str:
    return json.dumps({"vectors": [vector(*case) for case in cases()]}) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
