"""Frames of loops under watch, for the Python and the JavaScript tests alike.

``python -m tests.frame_vectors`` writes ``tests/data/frame_vectors.json`` anew.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from tests.watched import Frame, Screen, few

PATH = Path(__file__).parent / "data" / "frame_vectors.json"


def frames(screen: Screen) -> Iterator[tuple[str, bytes]]:
    """What a frame is of, and its bytes."""
    screen.watch(few(5))
    yield "the last of five steps", screen.watched
    screen.step = 2
    yield "one gone back to", screen.watched
    with_gaps = (5, 10, 20, 21)
    screen.watch(replace(s, step=n) for n, s in zip(with_gaps, few(4), strict=True))
    screen.step = 12
    yield "numbers with gaps", screen.watched
    screen.watch([1])
    yield "an error before the first step", screen.watched


def document() -> str:
    screen, vectors = Screen(), []
    for name, packed in frames(screen):
        frame = Frame(packed)
        vectors.append(
            {
                "name": name,
                "packed": base64.b64encode(packed).decode("ascii"),
                "step": frame.step,
                "words": frame.words,
                "parameters": frame.parameters,
                "gradients": frame.gradients,
                "rows": frame.rows,
            }
        )
    screen.close()
    return json.dumps(vectors, indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
