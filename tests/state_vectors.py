"""States of widgets with their texts, for the Python and the JavaScript tests alike.

``python -m tests.state_vectors`` writes ``tests/data/state_vectors.json`` anew.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

from microgradwidgets.views.state import FIELDS, number_text, state_text
from tests.vectors import as_json

PATH = Path(__file__).parent / "data" / "state_vectors.json"

STATES = [
    {},
    {field.trait: field.default for field in FIELDS},
    {"step": 0, "selected": 12, "predict": True},
    {"overlay": "none", "direction": "TB", "theme": "dark", "notation": "primitives"},
    {"edits": [[3, 1.5], [7, 2.0], [8, -0.25], [9, "nan"], [10, "inf"], [11, "-inf"]]},
    {"edits": [[0, 1e-7], [1, 1e22], [2, 0.1], [3, 1e-300]], "unfolded": [0, 2, 17]},
    {"overlay": "check", "check_step": 1e-13},
    {"_view": [-12.25, 3.5, 0.75]},
    {"step": 37, "hidden": [], "activation": "tanh", "dataset": "spiral", "n_samples": 200},
    {"noise": 0.25, "data_seed": 2**53 - 1, "model_seed": 0, "batch_seed": 7, "train_share": 0.8},
    {"learning_rate": 0.05, "schedule": "constant", "alpha": 0.0, "batch_size": 10},
    {"optimizer": "adam", "steps": 100_000, "target_loss": -0.5, "speed": "0.5"},
    {"hidden": [16, 16], "speed": "max", "selected_point": 12},
    {"step": 3, "theme": "dark", "presenter": True},
    {"controls": ["learning_rate", "noise"], "locked": ["hidden", "activation", "model_seed"]},
    {"scene": 3, "theme": "dark"},
]

READABLE = [
    "mgw1",
    "  mgw1;step=4\n",
    "mgw1;predict=no;unfolded=;edits=;view=",
    "mgw1;edits=3:-0.0,007:1e5,2:1.50",
    "mgw1;step=none;selected=none;unfolded=none;view=none;batch_size=none;model_seed=none",
    "mgw1;controls=;locked=",
    "\ufeff\u2003mgw1;step=4\u2028",
]

DAMAGED = [
    *("mgw1;stpe=3", "mgw1;Step=3", "mgw1;=3", "mgw1;_view=1,2,3", "mgw1;step=4;weather=fine"),
    *("mgw1;__proto__=1", "mgw1;step=4;constructor=2", "mgw1;edits=0:1;st", "mgw1;edits=0:1;"),
    *("mgw1;step=1;step=2", "mgw1;step=1;step=1", "mgw1;step=none;overlay=value;step=4"),
    *("\x1cmgw1;step=4", "mgw1;step=4\x85", "mgw1;data_seed=9007199254740992"),
    *("", "mgw", "mgw2;step=4", "MGW1;step=4", "step=4", "mgw1,step=4", "mgw1;", "mgw1;step"),
    *(f"mgw1;step={x}" for x in ("", "-1", "4.0", "1e3", " 4", "٣", "0x10", "9" * 10, "null")),
    *(f"mgw1;edits={x}" for x in ("3", "3:", ":1", "3:1.5,", "3:1;5", "3:1_0", "3:infinity")),
    *(f"mgw1;edits={x}" for x in ("3:+1", "3:.5", "3:5.", "3:1e400", "3:NaN", "3:-nan", "a:1")),
    *(f"mgw1;check_step={x}" for x in ("", "nan", "1e999", "1,2", "small")),
    *(f"mgw1;view={x}" for x in ("nan,0,1", "inf,0,1", "1,,2", "1 2", "1e999")),
    *(
        f"mgw1;{x}"
        for x in (
            "speed=",
            "speed=1/2",
            "data_seed=12345678901234567",
            "hidden=16,",
            "predict=true",
            "overlay=",
            "overlay=<b>",
            "unfolded=1,-2",
            "theme=a b",
            "n_samples=none",
            "edits=none",
            "predict=none",
            "locked=hidden,",
            "locked=4",
            "controls=a;b",
        )
    ),
]

NUMBERS = [
    *(0.0, -0.0, 1.0, -2.5, 0.1, 1 / 3, 1e-6, 9.5e-7, 1e-7, 123456789.0, 1e15, 1e16, 2.0**53 + 2),
    *(1e20, 1e21, -1.5e21, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 1e23, 9e-5),
]  # fmt: skip


def numbers(count: int = 300) -> list[float]:
    source = random.Random(7)
    return [
        *NUMBERS,
        *(source.uniform(-1, 1) * 10 ** source.uniform(-30, 30) for _ in range(count)),
    ]


def document() -> str:
    rows = [{"traits": traits, "text": state_text(traits)} for traits in STATES]
    written = {"states": rows, "readable": READABLE, "damaged": DAMAGED}
    texts = [[as_json(n), number_text(n)] for n in numbers()]
    return json.dumps({**written, "numbers": texts}, indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
