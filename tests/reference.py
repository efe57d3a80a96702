"""Two runs of MicrogradEx, number by number: what ours must reproduce to the last bit."""

import json
from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "reference"
RUNS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
MOONS, BLOBS = RUNS["moons_100_16_16_1"], RUNS["blobs_31_4_1"]
SEEDS = {"moons_100_16_16_1": 1337, "blobs_31_4_1": (9, 8, 7)}
"""The seeds from which MicrogradEx drew the initial parameters."""
