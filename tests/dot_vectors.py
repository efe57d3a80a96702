"""Expressions with their DOT, for the Python and the JavaScript tests alike.

``python -m tests.dot_vectors`` writes ``tests/data/dot_vectors.json`` anew.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from microgradwidgets import Gradients, Tape, Value, backward, to_dot
from microgradwidgets.text import number_text, op_text
from tests.hostile import label_of, rows
from tests.vectors import EDGE_NUMBERS, as_json, lecture_neuron, random_graph, readme_expression

PATH = Path(__file__).parent / "data" / "dot_vectors.json"

# Halfway between two texts, where languages round to different sides; and around the ends.
TIES = [0.03125, 0.09375, -2.46875, 1000050000.0, -1000150000.0, 2.0**60, 0.00099999, 1e-3]
ENDS = [99999.99994, 99999.99995, 99999.99996, 1e5, 9.99995, 999995.0, 0.1, 1 / 3, -0.5, 1e22]
EXPONENTS = [2.0, -1.0, 0.5, 1 / 3, 0.1, 1e-4, 1e-5, -1.5e-7, 1e16, 1e17, -1.25e300, 5e-324, -0.0]
BLANK = ["", " ", "\u3000\u2028", "\ufeff", "\x1c", "\x85", "\r\n" * 150, "\r\n" * 201, "A" * 200]


def cases() -> Iterator[tuple[str, Value, dict[str, Any]]]:
    """Expressions, with the options of ``to_dot``."""
    yield "a leaf", Value(2.0, label="x"), {}
    yield "a leaf without a name", Value(2.0), {}
    yield "lecture neuron", lecture_neuron(), {}
    yield "README expression, downwards", readme_expression(), {"direction": "TB"}
    yield "README expression, its end", readme_expression(), {"limit": 7}
    yield "random graph", random_graph(random.Random(6)), {}
    labels = [*map(label_of, rows("label")), *BLANK]
    yield "hostile labels", Value.sum([Value(1.0, label=label) for label in labels]), {}
    x = Value(1.0, label="x")
    yield "powers", Value.sum([x**n for n in EXPONENTS]), {}
    yield "awkward numbers", Value.sum([Value(n) for n in [*EDGE_NUMBERS, *TIES, *ENDS]]), {}
    a = Value(3.0, label="a")
    product = a * a
    given = Gradients(product.id, {product.id: float("nan"), a.id: -0.0})
    yield "gradients of another", product, {"gradients": given}


def numbers(count: int = 200) -> list[float]:
    source = random.Random(4)
    spread = [source.choice([-1, 1]) * 10 ** source.uniform(-12, 12) for _ in range(count)]
    return [*EDGE_NUMBERS, *TIES, *ENDS, *(n / 32 for n in range(-40, 41)), *spread]


def document() -> str:
    expressions = []
    for name, value, options in cases():
        tape = Tape.record(value)
        gradients = options.pop("gradients", None)
        table = [] if gradients is None else [gradients[key] for key in tape.ids]
        dot = to_dot(value, gradients or backward(value), numbered=True, **options)
        packed = base64.b64encode(tape.to_bytes()).decode("ascii")
        row = {"name": name, "tape": packed, "gradients": [as_json(n) for n in table]}
        expressions.append({**row, "direction": "LR", "limit": None, **options, "dot": dot})
    texts = {
        "numbers": [[as_json(n), number_text(n)] for n in numbers()],
        "exponents": [[as_json(n), op_text(("pow", n))] for n in EXPONENTS],
    }
    return json.dumps({"expressions": expressions, **texts}, indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
