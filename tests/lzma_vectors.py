"""A text packed as a small page packs its figures, for the unpacker in the page.

``python -m tests.lzma_vectors`` writes ``tests/data/lzma_vectors.json`` anew.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

from microgradwidgets.views.stored import base85, in_lzma

PATH = Path(__file__).parent / "data" / "lzma_vectors.json"


def vectors() -> dict[str, str]:
    chance = random.Random(7)
    words = ["gradient", "value", "const ", "=>", "\u00d7", "aaaaaaaaaaaaaaaa", "abababab", "\n"]
    near = "".join(chance.choice(words) for _ in range(3000))
    noise = "".join(chr(chance.randrange(32, 127)) for _ in range(2000))
    sample = near + noise + near[:5000] + noise[100:1500] + "z" * 700
    return {"sample": sample, "packed": base85(in_lzma(sample.encode()))}


if __name__ == "__main__":
    PATH.write_text(json.dumps(vectors()) + "\n", encoding="utf-8")
