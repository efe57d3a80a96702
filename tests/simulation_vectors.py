"""Simulations as they cross to the browser; ``python -m tests.simulation_vectors`` writes them."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from pathlib import Path
from typing import Any

from microgradwidgets import Tape
from microgradwidgets.mistakes import MISTAKES
from microgradwidgets.simulation import simulate
from microgradwidgets.views.misconceptions import packed

PATH = Path(__file__).parent / "data" / "simulation_vectors.json"


def unpacked(crossing: bytes) -> Any:
    return json.loads(zlib.decompress(crossing))


def cases() -> Any:
    """The classic examples, as written."""
    return unpacked(packed(simulate(case) for case in MISTAKES))


def without_tapes(cases: Any) -> tuple[Any, list[list[float]]]:
    """Compressed bytes may differ from one zlib to the next; what is in them may not."""
    rest = [{key: thing for key, thing in case.items() if key != "tape"} for case in cases]
    return rest, [Tape.from_bytes(b64decode(case["tape"])).replay() for case in cases]


if __name__ == "__main__":
    PATH.write_text(json.dumps(cases(), separators=(",", ":")) + "\n", encoding="ascii")
