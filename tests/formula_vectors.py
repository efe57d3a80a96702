"""Formulas, LaTeX and Python code of expressions, for the Python and the JavaScript tests alike.

``python -m tests.formula_vectors`` writes ``tests/data/formula_vectors.json`` anew.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from keyword import kwlist
from pathlib import Path
from typing import Any

from microgradwidgets import MLP, Tape, Value
from microgradwidgets.derivation import Numbers, derive
from microgradwidgets.formula import plain_number
from microgradwidgets.latex import latex, tape_latex
from microgradwidgets.notation import Notation
from microgradwidgets.python_code import float_code, identifier, quoted, tape_python
from microgradwidgets.symbols import symbol
from tests.hostile import label_of, rows
from tests.vectors import EDGE_NUMBERS, as_json, lecture_neuron, random_graph, readme_expression

PATH = Path(__file__).parent / "data" / "formula_vectors.json"

LABELS = [
    "x", "x1", "x_1", "w_out", "w_out_2", "w[0]", "w[-1]", "grid[0][12]", "named['bias']", "alpha",
    "Gamma", "Alpha", "β2", "theta_max", "lambda_", "loss", "data_loss", "loss_2", "out_i", "mu_b",
    "h2_out", "x'", "2nd", "42", "learning rate", "layer 1 · neuron 3 · w2", "layer 2 · loss",
    "neuron · w", "50% of_it", "a\\b{c}$d&e#f^g~h<i>j`k|l\"m'n", "a\nb", "ab\u202ecd", "é", "重み",
    "", "   ", "_", "__x__", "Value", "float", "A" * 60, "x" * 39 + "😀😀",
]  # fmt: skip
NUMBERS = [
    *EDGE_NUMBERS, 0.03125, 0.00015625, 1.00005, 2.00015, 0.99999, 0.5, 24.70408163265306,
    12345.678, 99999.99999, 100000.0, 123456.0, 9.9995e8, 1e-3, 9.99e-4, 1e-4, 1e-5, 1.5e-7, 1e15,
    1e16, 1.5e16, 123456789012345680.0, 1e21, 1e22, 1.7976931348623157e308,
    2.2250738585072014e-308, 0.1, 1 / 3,
]  # fmt: skip


def quotients() -> Value:
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    return a / b / (a - b) + 1.0 / (a / 2.0) - (a / a) ** -1 + (b**-1 + a) * -(b**-2)


def signs() -> Value:
    x, y = Value(0.5, label="x"), Value(-1.5, label="y")
    minus = (
        (-x) ** 2
        - y.neg().neg()
        - (x - (y - x)) * -2.0
        + 3.0 * (-x * y)
        - (-(x * y))
        + (x + y) * (x / y)
    )
    return (minus * (x * (y * x)) * (-y)).with_label("minus")


def powers() -> Value:
    x = Value(1.5, label="x")
    rising = (x**2) ** 3 + x**0.5 + x.exp() ** 2 + Value(2.0) ** 3 + x**1 + x**0 + x**-1.5
    return rising * Value(-2.0) ** 2 * (x**65) * x ** (1 / 3)


def inverses() -> Value:
    x = Value(1.5, label="x")
    return x / (x**-1) ** -1 + ((((x + 1) ** -1) ** -1) ** -1) ** -1 - (x.exp() ** -1) ** -1


def functions() -> Value:
    x = Value(0.25, label="x")
    e = x.exp(label="e")
    return (e.sigmoid() + e.log() * x.relu()).tanh() + x.sigmoid().relu() + (-x).relu().tanh()


def long_sum(length: int) -> Value:
    w = [Value(float(i), label=f"w[{i}]") for i in range(length)]
    x = Value(0.5, label="x")
    total = Value(1.0, label="b")
    for weight in w:
        total = total + weight * x if weight.data % 3 else total - weight * x
    return total.tanh()


def repeated() -> Value:
    x = Value(3.0, label="x")
    return x * x + (x - x) + x / x + Value.sum([x] * 9, x)


def doubled(times: int) -> Value:
    x = Value(1.0, label="x")
    for _ in range(times):
        x = x + x
    return x


def nested(depth: int) -> Value:
    x = y = Value(0.5, label="x")
    for _ in range(depth):
        y = (y * 1.01 + x).tanh()
    return y


def named(labels: list[str]) -> Value:
    values = [Value(float(i), label=label) for i, label in enumerate(labels)]
    total = values[0]
    for value in values[1:]:
        total = (total * value).with_label(value.label)
    return total


def placeholders_taken() -> Value:
    v, u = Value(1.0, label="v"), Value(2.0, label="u_3")
    shared = (v * 2 + u) * (v - u)
    return shared * shared


def constants() -> Value:
    shared = Value(7.0)
    return Value(2.0) * 3.0 + (Value(1.0) / 4.0 - shared) * shared.exp() + Value(-0.0)


def cases() -> Iterator[tuple[str, Value]]:
    yield "lecture neuron", lecture_neuron()
    yield "README expression", readme_expression()
    for case in (
        quotients,
        signs,
        powers,
        inverses,
        functions,
        repeated,
        constants,
        placeholders_taken,
    ):
        yield case.__name__, case()
    yield "one leaf", Value(2.0, label="x")
    yield "one constant", Value(-2.5)
    yield "long sum", long_sum(30)
    yield "doubled", doubled(50)
    yield "nested", nested(200)
    yield "network", MLP(2, [3, 1])([0.3, -0.2])
    yield "keywords", named(sorted(kwlist))
    yield "labels", named(LABELS)
    yield "same label", named(["h"] * 5)
    yield "edge numbers", Value.sum([Value(x) * 2.0 for x in EDGE_NUMBERS], 1.0)
    for seed in range(5):
        yield f"random graph {seed}", random_graph(random.Random(seed))


def formulas_of(tape: Tape, written: bool) -> Iterator[dict[str, Any]]:
    data = tape.replay()
    numbers = Numbers(tape, data, tape.gradients(data=data))
    notation = Notation(tape, numbers.value, written=written)
    every = max(1, len(tape) // 6)
    for i in sorted({*range(0, len(tape), every), len(tape) - 1}):
        about = derive(notation, numbers, i)
        yield {
            "index": i,
            "written": written,
            "more": about.more,
            "latex": [
                latex(about.operation),
                *map(latex, about.locals),
                latex(about.total),
                *map(latex, about.where),
            ],
        }


def document() -> str:
    expressions = []
    for name, value in cases():
        tape = Tape.record(value)
        expressions.append(
            {
                "name": name,
                "tape": base64.b64encode(tape.to_bytes()).decode("ascii"),
                "python": tape_python(tape),
                "latex": {
                    notation: tape_latex(tape, notation) for notation in ("written", "primitives")
                },
                "formulas": [*formulas_of(tape, True), *formulas_of(tape, False)],
            }
        )
    hostile = [label_of(row) for row in rows("label") if "repeat" not in row]
    labels = [
        {"label": label, "symbol": name, "latex": name and latex(name), "quoted": quoted(label),
         "identifier": identifier(label)}
        for label in (*LABELS, *hostile)
        for name in [symbol(label)]
    ]  # fmt: skip
    numbers = [
        {"number": as_json(x), "short": plain_number(x), "code": float_code(x)}
        for x in (*NUMBERS, *(-x for x in NUMBERS))
    ]
    document = {"numbers": numbers, "labels": labels, "expressions": expressions}
    return json.dumps(document, indent=0) + "\n"


if __name__ == "__main__":
    PATH.write_text(document(), encoding="ascii")
