"""The hostile inputs, read once for all tests that promise their outcome."""

import json
from pathlib import Path

ROWS = {
    row["id"]: row
    for row in json.loads(
        (Path(__file__).parent / "data" / "hostile_inputs.json").read_text("ascii")
    )["inputs"]
}


def rows(kind):
    return [row for row in ROWS.values() if row["kind"] == kind]


def label_of(row):
    """The label of a row; very long ones are written down as a character and a count."""
    if row["input"] is not None:
        return row["input"]
    character, count = row["repeat"]
    return character * count
