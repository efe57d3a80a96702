"""Short numbers as both sides write them; ``python -m tests.number_vectors`` writes them anew."""

from __future__ import annotations

import json
import random
from pathlib import Path

from microgradwidgets.text import short_number
from tests.vectors import as_json

PATH = Path(__file__).parent / "data" / "short_numbers.json"


def numbers() -> list[float]:
    """Ordinary ones, the borders between the two forms, and numbers half way between two texts."""
    known = [0.0, 1.0, 24.70408163265306, 0.5, 0.99999, 99999.0, 99999.99996, 1e5, 123456789.0]
    known += [0.001, 0.00099, 9.9999e-4, 5e-324, 1e308, 0.03125, 0.09375, 2.0**-20, 1e22, 1.5e-7]
    known += [12345.5, 1234500.0, 1235500.0, 0.1 + 0.2]
    draw = random.Random(7)
    known += [draw.uniform(-1.0, 1.0) * 10.0 ** draw.randint(-12, 12) for _ in range(100)]
    known += [draw.randint(1, 9999) / 2.0 ** draw.randint(1, 20) for _ in range(100)]
    return [number for x in known for number in (x, -x)] + [
        float("inf"),
        -float("inf"),
        float("nan"),
    ]


def rows() -> list[list[object]]:
    return [[as_json(x), short_number(x)] for x in numbers()]


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(row) for row in rows())
    PATH.write_text(f"[\n{lines}\n]\n", encoding="ascii")
