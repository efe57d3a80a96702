"""Rows of a training with their texts, for the Python and the JavaScript tests alike.

``python -m tests.row_vectors`` writes ``tests/data/row_vectors.json`` anew.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from microgradwidgets.row_text import csv_text, json_text
from tests.vectors import as_json

PATH = Path(__file__).parent / "data" / "row_vectors.json"

COLUMNS = ["loss", "data_loss", "reg_loss", "accuracy", "learning_rate"]
EDGES = [0.0, -0.0, 1.0, 1e-05, 1e16, 5e-324, float("nan"), float("inf"), float("-inf"), -2.5]


def tables() -> dict[str, list[dict[str, Any]]]:
    source = random.Random(5)

    def row(step: int, names: list[str], number: Any) -> dict[str, Any]:
        return {"step": step, **{name: number() for name in names}}

    tested = [*COLUMNS, "test_loss", "test_accuracy"]
    ordinary = [row(k, COLUMNS, lambda: source.uniform(-1, 2)) for k in range(3)]
    awkward = [row(k, tested, lambda: source.choice(EDGES)) for k in range(20)]
    return {"none": [], "ordinary": ordinary, "awkward": awkward}


def document() -> str:
    rows = [
        {
            "name": name,
            "rows": [{key: as_json(x) for key, x in row.items()} for row in table],
            "csv": csv_text(table),
            "json": json_text(table),
        }
        for name, table in tables().items()
    ]
    return json.dumps(rows, indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
