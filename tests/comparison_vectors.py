"""Two states of one expression, for the Python and the JavaScript tests alike.

``python -m tests.comparison_vectors`` writes ``tests/data/comparison_vectors.json`` anew.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from microgradwidgets import Tape, Value
from microgradwidgets.comparison import change_rows
from tests.grouped import loss
from tests.vectors import as_json, readme_expression

PATH = Path(__file__).parent / "data" / "comparison_vectors.json"


def squares() -> Value:
    a, b = Value(-1.0, label="a"), Value(2.0, label="b")
    return (a * a + b * b).with_label("s")


def cases() -> Iterator[tuple[str, Value, dict[str, float]]]:
    """A name, a value, and the leaves that were others before."""
    yield "squares", squares(), {"a": 1.0, "b": 4.0}
    yield "README expression", readme_expression(), {"a": -3.5}
    yield "nothing changed", readme_expression(), {}
    yield "a nan before", squares(), {"a": float("nan")}
    yield "an infinity that stays", Value(float("inf"), label="x") * Value(2.0, label="y"), {"y": 3}
    yield "a loss", loss(4, (4, 4, 1)), {"layer 1 · neuron 2 · w1": 0.5}


def vector(name: str, value: Value, leaves: dict[str, float]) -> dict[str, Any]:
    tape = Tape.record(value)
    place = {f"v{key}": index for key, index in tape.ids.items()}
    before, now = tape.replay(leaves), tape.replay()
    rows = [
        *change_rows(tape, "value", before, now, 12),
        *change_rows(tape, "gradient", tape.gradients(data=before), tape.gradients(data=now), 12),
    ]
    return {
        "name": name,
        "tape": base64.b64encode(tape.to_bytes()).decode("ascii"),
        "leaves": [[tape.index(leaf), as_json(number)] for leaf, number in leaves.items()],
        "rows": [
            {
                "of": row["of"],
                "at": place[row["id"]],
                **{key: as_json(row[key]) for key in ("before", "now", "difference")},
            }
            for row in rows
        ],
    }


def document() -> str:
    return json.dumps({"vectors": [vector(*case) for case in cases()]}, indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
