"""Trainings with the scripts that do them again, for the Python and the JavaScript tests alike.

``python -m tests.script_vectors`` writes ``tests/data/script_vectors.json`` anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from microgradwidgets import MLP, Dataset, blobs, moons, spiral
from microgradwidgets.training_script import Recipe, Segment, training_script

PATH = Path(__file__).parent / "data" / "script_vectors.json"

USUAL = {
    "learning_rate": 1.0,
    "schedule": "demo",
    "alpha": 0.0001,
    "batch_size": None,
    "optimizer": "sgd",
    "batch_seed": 1337,
}
OWN = Dataset(
    [(0.1 * k, (-1.0) ** k / (k + 1.0)) for k in range(7)], [(-1.0) ** k for k in range(7)]
)


def recipe(**changes: Any) -> Recipe:
    usual: dict[str, Any] = {
        "hidden": [3],
        "activation": "relu",
        "model_seed": 1337,
        "parameters": (),
        "points": moons(20),
        "generator": ("moons", 0.1, 1337),
        "trained": 20,
        "steps": 6,
        "segments": [Segment(0, USUAL)],
    }
    return Recipe(**usual | changes)


def recipes() -> dict[str, Recipe]:
    adam = {**USUAL, "schedule": "constant", "learning_rate": 0.05, "optimizer": "adam"}
    model = MLP(2, [2, 1], seed=9)
    return {
        "as in the demo": recipe(),
        "a test share, batches": recipe(
            trained=15, segments=[Segment(0, USUAL | {"batch_size": 4, "batch_seed": 2**53 - 1})]
        ),
        "other settings on the way": recipe(
            points=spiral(12, noise=0.0, seed=3),
            generator=("spiral", 0.0, 3),
            trained=12,
            activation="tanh",
            hidden=[2, 2],
            segments=[
                Segment(0, USUAL),
                Segment(2, adam | {"batch_size": 5}),
                Segment(4, adam | {"alpha": 0.0}),
            ],
        ),
        "settings that came too late": recipe(
            points=blobs(20, noise=1e-05),
            generator=("blobs", 1e-05, 1337),
            segments=[Segment(0, adam), Segment(6, USUAL)],
        ),
        "no hidden layer, own points": recipe(
            hidden=[], points=OWN, generator=None, trained=6, steps=3
        ),
        "own network, own schedule": recipe(
            hidden=[2],
            model_seed=None,
            parameters=[p.data for p in model.parameters()],
            rates=[1.0 / (k + 3.0) for k in range(40)],
            steps=30,
            segments=[Segment(0, USUAL), Segment(5, USUAL | {"schedule": "own"})],
        ),
    }


def written(name: str, one: Recipe) -> dict[str, Any]:
    return {
        "name": name,
        **one._asdict(),
        "points": {"xs": [x for pair in one.points.xs for x in pair], "ys": one.points.ys},
        "segments": [segment._asdict() for segment in one.segments],
        "script": training_script(one),
    }


def document() -> str:
    return json.dumps([written(*item) for item in recipes().items()], indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
