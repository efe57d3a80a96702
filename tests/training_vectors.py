"""Trainings and random streams, which the page has to repeat; for the Python and JavaScript tests.

``python -m tests.training_vectors`` writes ``tests/data/training_vectors.json`` anew.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from microgradwidgets import MLP, steps
from microgradwidgets.randomness import Stream
from microgradwidgets.views.dashboard import network_bytes
from microgradwidgets.views.points import made, pack_points

PATH = Path(__file__).parent / "data" / "training_vectors.json"
STEPS = 12
TRAININGS: list[dict[str, Any]] = [
    {"hidden": [4, 3], "activation": "relu", "learning_rate": 0.5},
    {"hidden": [5], "activation": "relu", "learning_rate": 0.1, "batch_size": 7, "alpha": 0.01},
    {"hidden": [3, 3], "activation": "tanh", "learning_rate": 0.2, "optimizer": "momentum"},
    {"hidden": [], "activation": "relu", "learning_rate": 0.3, "optimizer": "adam", "seed": 3},
    # More points than are worked out together.
    {"hidden": [3], "activation": "relu", "learning_rate": 1.0, "n_samples": 150},
    {"hidden": [2], "activation": "tanh", "learning_rate": 0.05, "batch_size": 20, "seed": 2**53},
]
SEEDS = [0, 1, 1337, -5, 2**31, 2**53 - 1, 2**64 + 17, (1, 2, 3)]


def training(
    hidden: list[int],
    activation: str,
    learning_rate: float,
    n_samples: int = 30,
    **options: Any,
) -> dict[str, Any]:
    points = made("moons", n_samples, 0.1, 1337)
    data = points.data
    model = MLP(2, [*hidden, 1], activation=activation)
    taken = [*steps(model, data, steps=STEPS, learning_rate=learning_rate, **options)]
    return {
        "settings": {"alpha": 1e-4, "batch_size": None, "optimizer": "sgd", "seed": 1337}
        | {"activation": activation, "learning_rate": learning_rate}
        | options,
        "network": base64.b64encode(network_bytes(model, 1337)).decode("ascii"),
        "points": base64.b64encode(pack_points(points)).decode("ascii"),
        "rows": [step.row() for step in taken],
        "gradients": [*taken[-1].gradients],
        "parameters": [p.data for p in taken[-1].model_after.parameters()],
    }


def stream(seed: Any) -> dict[str, Any]:
    source = Stream(seed)
    return {
        "seed": [*map(str, seed if isinstance(seed, tuple) else (seed,) * 3)],
        "uniform": [source.uniform() for _ in range(6)],
        "shuffled": Stream(seed).shuffled(range(20)),
    }


def document() -> str:
    found = {
        "trainings": [training(**options) for options in TRAININGS],
        "streams": [stream(seed) for seed in SEEDS],
    }
    return json.dumps(found, indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
