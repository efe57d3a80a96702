"""Tapes with their numbers, for the Python and the JavaScript tests alike.

``python -m tests.vectors`` writes ``tests/data/tape_vectors.json`` anew.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable, Iterator
from math import copysign, isfinite
from pathlib import Path
from typing import Any

from microgradwidgets import Tape, Value

PATH = Path(__file__).parent / "data" / "tape_vectors.json"

EDGE_NUMBERS = [
    0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.0, 20.0, -20.0, 400.0, -1000.0, 1000.0, 5e-324, 1e-160,
    1e200, -1e308, float("inf"), float("-inf"), float("nan"),
]  # fmt: skip
EXPONENTS = [0.0, 1.0, 2.0, 3.0, -1.0, -2.0, -3.0, 64.0, -64.0, 65.0, -65.0, 0.5, 1.5, 1 / 3, -0.5]
# Where a power, or the one in its derivative, leaves the range in which doubles keep their digits.
FAR_OUT = [
    (6.802181883558538e-08, -43.0), (-85747803.71490704, -39.0), (1.446867299133742e154, -2.0),
    (-2.3676699435990406e-05, -64.0), (-5047708.604074788, -45.0), (-3.885444635462277, -521.0),
    (0.8736298199790183, 5275.313551753559),
]  # fmt: skip
UNARY = ["neg", "relu", "tanh", "exp", "log", "sigmoid"]


def lecture_neuron() -> Value:
    """The neuron of the micrograd lecture: o = tanh(x1 w1 + x2 w2 + b)."""
    x1, x2 = Value(2.0, label="x1"), Value(0.0, label="x2")
    w1, w2 = Value(-3.0, label="w1"), Value(1.0, label="w2")
    b = Value(6.8813735870195432, label="b")
    return (x1 * w1 + x2 * w2 + b).tanh(label="o")


def readme_of(a: Any, b: Any) -> Any:
    """What micrograd's README makes of two values, of this engine or of another."""
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    return g


def readme_expression() -> Value:
    """The expression of micrograd's README: 24.7041, with gradients 138.8338 and 645.5773."""
    whole: Value = readme_of(Value(-4.0, label="a"), Value(2.0, label="b"))
    return whole.with_label("g")


def edge_cases(name: str, operation: Callable[[Value], Value]) -> Iterator[tuple[str, Value]]:
    for number in EDGE_NUMBERS:
        yield f"{name} of {number!r}", operation(Value(number, label="x"))


def cases() -> Iterator[tuple[str, Value]]:
    """Every operation at ordinary and at awkward numbers, and some whole expressions."""
    yield "lecture neuron", lecture_neuron()
    yield "README expression", readme_expression()
    for op in UNARY:
        yield from edge_cases(op, lambda x, op=op: getattr(x, op)())  # type: ignore[misc]
    for n in EXPONENTS:
        yield from edge_cases(f"power {n!r}", lambda x, n=n: x**n)  # type: ignore[misc]
    for number, n in FAR_OUT:
        yield f"power {n!r} of {number!r}, far out", Value(number, label="x") ** n
    for op in ("add", "sub", "mul", "divide"):
        for number in EDGE_NUMBERS:
            yield f"{op} of 3 and {number!r}", getattr(Value, op)(3.0, Value(number, label="x"))
            x = Value(number, label="x")
            yield f"{op} of {number!r} and itself", getattr(Value, op)(x, x)
    for seed in range(20):
        yield f"random graph {seed}", random_graph(random.Random(seed))
    hidden = Value(-1.0, label="x").relu(label="h").with_group("neuron", 1)
    yield "one group", (hidden * 2.0).with_group("layer", 1)


def random_graph(source: random.Random, operations: int = 30) -> Value:
    values = [Value(source.uniform(-2, 2), label=f"x{i}") for i in range(4)]
    for _ in range(operations):
        a, b = source.choice(values), source.choice(values[-6:])
        op = source.choice(["add", "sub", "mul", "divide", "pow", *UNARY])
        if op == "pow":
            values.append(a ** source.choice(EXPONENTS))
        elif op in UNARY:
            values.append(getattr(a, op)())
        else:
            values.append(getattr(a, op)(b))
    return Value.sum(values[-8:])


def as_json(number: float) -> float | str:
    if isfinite(number):
        return "-0" if number == 0.0 and copysign(1.0, number) < 0.0 else number
    return str(number)


def document() -> str:
    vectors = []
    for name, value in cases():
        tape = Tape.record(value)
        vectors.append(
            {
                "name": name,
                "tape": base64.b64encode(tape.to_bytes()).decode("ascii"),
                "data": [as_json(number) for number in tape.replay()],
                "gradients": [as_json(number) for number in tape.gradients()],
            }
        )
    return json.dumps({"vectors": vectors}, indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
