"""Updates of parameters, and the training of the blobs, for the Python and the JavaScript tests.

``python -m tests.optimizer_vectors`` writes ``tests/data/optimizer_vectors.json`` anew.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from microgradwidgets import MLP, Tape, max_margin
from microgradwidgets.optimizers import EMPTY, OPTIMIZERS, update
from tests.reference import BLOBS
from tests.vectors import as_json

PATH = Path(__file__).parent / "data" / "optimizer_vectors.json"
STEPS = 6
AWKWARD = [0.0, -0.0, 5e-324, 1e-200, 1e160, -1e308, float("inf"), float("-inf"), float("nan")]


def runs() -> Iterator[tuple[str, list[float], list[list[float]], list[float]]]:
    """An optimizer, initial parameters, and for each step the gradients and the learning rate."""
    source = random.Random(5)
    for name in OPTIMIZERS:
        numbers = [source.uniform(-2.0, 2.0) for _ in range(4)]
        gradients = [[source.gauss(0.0, 10.0**-step) for _ in numbers] for step in range(STEPS)]
        yield name, numbers, gradients, [0.5 - 0.05 * step for step in range(STEPS)]
        yield name, [1.0] * len(AWKWARD), [AWKWARD, [1.0] * len(AWKWARD)], [0.1, 0.1]


def vector(
    name: str, numbers: list[float], gradients: list[list[float]], rates: list[float]
) -> dict[str, Any]:
    memory, after = EMPTY, []
    initial = numbers
    for slopes, rate in zip(gradients, rates, strict=True):
        numbers, memory = update(name, numbers, slopes, rate, memory)
        after.append({"numbers": [*map(as_json, numbers)], "memory": [*map(as_json, memory)]})
    return {
        "optimizer": name,
        "numbers": initial,
        "gradients": [[*map(as_json, slopes)] for slopes in gradients],
        "learning_rates": rates,
        "after": after,
    }


def training() -> dict[str, Any]:
    """The tape of the reference run's loss, and which of its leaves are the parameters."""
    model = MLP(2, BLOBS["shape"]).with_parameters(BLOBS["params"])
    loss = max_margin(model, BLOBS["xs"], BLOBS["ys"], alpha=BLOBS["alpha"]).total_loss
    tape = Tape.record(loss)
    return {
        "reference": "blobs_31_4_1.json",
        "tape": base64.b64encode(tape.to_bytes()).decode("ascii"),
        "parameters": [tape.index(p) for p in model.parameters()],
    }


def document() -> str:
    vectors = [vector(*run) for run in runs()]
    return json.dumps({"updates": vectors, "training": training()}, indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
