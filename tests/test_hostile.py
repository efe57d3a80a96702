"""Numbers at the edge of arithmetic and things that are no numbers: each row as promised.

Rows about labels are in ``test_hostile_labels.py``, rows about objects and processes in
``test_hostile_api.py``; other tests that keep a row's promise begin with its id.
"""

import math
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from microgradwidgets import Value, backward, detect_anomaly
from tests import test_hostile_api, test_hostile_labels
from tests.hostile import ROWS, rows

PROSE = {
    "N070": lambda make: (lambda x: x + x)(make(3.0)),
    "N071": lambda make: (lambda x: x * x)(make(3.0)),
    "N073": lambda make: doubled(make(1.0), 50),
    "N074": lambda make: Value.sum(make(float(n)) * 2.0 for n in range(100_000)),
}
# Where a gradient is promised in words: by the leaves in the order they are written.
GRADIENTS = {"N022": [math.inf, math.nan], "N031": [1.0, -1.0]}

ANOMALIES = {
    "N001": "a finite number, got: inf from the operation '**-1' of x1 = 0.0",
    "N002": "a finite number, got: -inf from the operation '**-1' of x1 = -0.0",
    "N004": "a finite local derivative by x1, got: inf from the operation '**0.5' of x1 = 0.0",
    "N008": "a finite number, got: nan from the operation '**0.33333333333333331' of x1 = -8.0",
    "N012": "a finite number, got: inf from the operation '**400' of x1 = 10.0",
    "N013": "a finite number, got: inf from the operation '**-2' of x1 = 1e-160",
    "N020": "a finite number, got: inf from the operation '**-1' of x1 = 0.0",
    "N021": "a finite number, got: inf from the operation '**-1' of value # = 0.0",
    "N022": "a finite number, got: inf from the operation '**-1' of x2 = 0.0",
    "N026": "a finite number, got: inf from the operation '*' of x1 = 1e+200, x2 = 1e+200",
    "N027": "a finite number, got: inf from the operation '+' of x1 = 1e+308, x2 = 1e+308",
    "N028": "a finite number, got: nan from the operation 'leaf' (x1) of nan",
    "N029": "a finite number, got: inf from the operation 'leaf' (x1) of inf",
    "N030": "a finite number, got: -inf from the operation 'leaf' (x1) of -inf",
    "N031": "a finite number, got: inf from the operation 'leaf' (x1) of inf",
    "N032": "a finite number, got: nan from the operation 'leaf' (x1) of nan",
    "N037": "a finite number, got: inf from the operation 'exp' of x1 = 1000.0",
    "N039": "a finite number, got: -inf from the operation 'log' of x1 = 0.0",
    "N040": "a finite number, got: nan from the operation 'log' of x1 = -1.0",
    "N052": "a finite number, got: nan from the operation 'leaf' (x1) of nan",
    "N065": "a finite number, got: nan from the operation 'leaf' of nan",
}


def doubled(value, times):
    for _ in range(times):
        value = value + value
    return value


def evaluated(row):
    """The result of a row's expression, and the values it writes down, labelled x1, x2, …"""
    made = []

    def make(number):
        made.append(Value(number, label=f"x{len(made) + 1}"))
        return made[-1]

    names = {"Value": make, "np": np, "Fraction": Fraction, "Decimal": Decimal}
    names |= {"inf": math.inf, "nan": math.nan}
    if row["id"] in PROSE:
        return PROSE[row["id"]](make), made
    return eval(row["python"], names), made


def same(number, promised):
    """Equal to a promise, where nan is nan and the sign of zero counts."""
    promised = float(promised)
    if math.isnan(promised):
        return math.isnan(number)
    return number == promised and math.copysign(1.0, number) == math.copysign(1.0, promised)


numeric = [row for row in rows("numeric") if row["id"] != "N072"]
by_id = {"ids": lambda row: row["id"]}


@pytest.mark.parametrize("row", [row for row in numeric if "raises" in row["expect"]], **by_id)
def test_what_is_no_number_is_an_error_that_says_so(row):
    promised = row["expect"]
    message = re.escape(promised["message_has"]) if "message_has" in promised else "."
    with pytest.raises(eval(promised["raises"]), match=message):
        evaluated(row)


@pytest.mark.parametrize("row", [row for row in numeric if "raises" not in row["expect"]], **by_id)
def test_every_number_flows_on_as_ieee_754_has_it(row):
    promised = dict(row["expect"])
    result, made = evaluated(row)
    if promised.pop("is", None):
        assert (type(result), result) == (int, 0)
        return
    assert type(result).__name__ == promised.pop("type", "Value")
    assert type(result.data) is float
    if "data" in promised:
        assert same(result.data, promised.pop("data"))
    gradients = backward(result)
    if row["id"] in GRADIENTS:
        promised.pop("grad")
        assert all(map(same, [gradients[leaf] for leaf in made], GRADIENTS[row["id"]]))
    elif "grad" in promised:
        gradient = promised.pop("grad")
        assert all(same(gradients[leaf], gradient) for leaf in made)
    if "nodes" in promised:
        assert len(result.graph) == promised.pop("nodes")
    if "edges" in promised:
        assert len(result.parents) == promised.pop("edges")
    if promised.pop("backward", None):
        assert [gradients[leaf] for leaf in made] == [2.0] * 100_000
    assert promised == {}, "a promise that no line above looks at"


@pytest.mark.parametrize("row", [row for row in numeric if "expect_anomaly" in row], **by_id)
def test_detect_anomaly_names_operation_operands_and_label(row):
    assert row["expect_anomaly"]["raises"] == "ArithmeticError"
    with pytest.raises(ArithmeticError) as caught, detect_anomaly():
        backward(evaluated(row)[0])
    message = re.sub(r"value \d+", "value #", str(caught.value))
    assert message == "expected " + ANOMALIES[row["id"]]


@pytest.mark.parametrize(
    "row", [r for r in numeric if "expect_anomaly" not in r and "data" in r["expect"]], **by_id
)
def test_detect_anomaly_lets_finite_numbers_pass(row):
    with detect_anomaly():
        result, _ = evaluated(row)
        backward(result)
    assert same(result.data, row["expect"]["data"])


def test_every_row_is_tested():
    covered = {row["id"] for row in numeric}
    covered |= {parameters.id for parameters in test_hostile_labels.LABELS}
    covered |= {*test_hostile_api.REFUSED, *test_hostile_api.ANSWERED}
    for path in Path(__file__).parent.rglob("test_*.py"):
        named = re.findall(r"^def test_([an]\d{3})_", path.read_text("utf-8"), re.MULTILINE)
        covered |= {row.upper() for row in named}
    assert covered == set(ROWS)
