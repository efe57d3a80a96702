"""The first bad number: where it began, and silence where nothing is wrong."""

import re
from math import inf, isfinite, nan

import pytest
from hypothesis import given

from microgradwidgets import MLP, Tape, Value, backward, detect_anomaly, first_bad, moons
from microgradwidgets import steps as training
from microgradwidgets.losses import max_margin
from tests import diagnosis_vectors as vectors
from tests.graphs import any_leaves, build, steps
from tests.grouped import loss


@pytest.mark.parametrize("value", [pytest.param(v, id=name) for name, v in vectors.well()])
def test_it_is_silent_where_nothing_is_wrong(value):
    assert first_bad(value) is None


def test_it_is_silent_on_a_whole_loss():
    assert first_bad(loss()) is None


def test_it_is_silent_all_along_a_training():
    data = moons(20, seed=3)
    for step in training(MLP(2, [8, 1], seed=1), data, steps=15):
        assert first_bad(max_margin(step.model_after, data.xs, data.ys).total_loss) is None


def test_the_shared_vectors_are_what_this_side_says():
    assert vectors.PATH.read_text("ascii") == vectors.document()


def found(name):
    (value,) = [value for other, value in vectors.bad() if other == name]
    return value, first_bad(value)


def test_a_nan_is_told_with_its_operands():
    _, row = found("log of a negative number")
    assert (row["kind"], row["of"], row["label"], row["op"]) == ("nan", "value", "c", "log")
    assert [(x["label"], x["data"]) for x in row["operands"]] == [("x", -1.0)]
    assert row["number"] != row["number"]
    assert row["by"] is row["local_gradient"] is None
    assert row["count"] == 4


def test_what_came_first_is_told_also_when_a_nan_follows_an_infinity():
    _, row = found("inf, then nan")
    assert (row["kind"], row["op"]) == ("inf", "**-1")


def test_a_gradient_that_is_not_finite_is_told_with_the_operation_that_made_it():
    _, row = found("a root at 0, hidden by a 0")
    assert (row["kind"], row["of"], row["op"], row["by_label"]) == ("nan", "gradient", "**0.5", "y")
    assert row["local_gradient"] == inf


def test_a_vanished_gradient_names_the_smallest_factor():
    _, row = found("twelve tanhs")
    assert (row["kind"], row["by_label"], row["op"]) == ("vanished", "x", "tanh")
    assert row["number"] == pytest.approx(1.0953e-13, rel=1e-4)
    assert row["local_gradient"] == pytest.approx(2.4577e-05, rel=1e-4)
    assert [x["data"] for x in row["operands"]] == [6.0]


def test_an_exploded_gradient_names_the_largest_factor():
    value, row = found("eight squares")
    assert (row["kind"], row["by_label"], row["op"]) == ("exploded", "x", "*")
    assert row["number"] == pytest.approx(256 * 3.0**255)
    assert row["local_gradient"] == 3.0**128
    assert row["id"] == f"v{value.id}"


def test_only_leaves_with_a_name_are_looked_at_if_there_are_any():
    _, row = found("beside a leaf that is well")
    assert (row["by_label"], row["count"]) == ("x", 1)
    _, row = found("nameless")
    assert (row["by_label"], row["count"]) == ("", 2)


@pytest.mark.parametrize("number", [nan, inf, -inf])
def test_a_leaf_can_be_where_it_began(number):
    row = first_bad(Value(number, label="x") * 2.0)
    assert (row["kind"], row["op"], row["operands"]) == (str(number), "leaf", [])


def test_a_long_chain_is_no_burden():
    row = first_bad(vectors.scaled(50_000, 0.5))
    assert (row["kind"], row["local_gradient"], row["number"]) == ("vanished", 0.5, 0.0)


def test_anything_else_than_a_value_is_refused():
    with pytest.raises(TypeError, match="expected value to be a Value"):
        first_bad(3.0)


@given(any_leaves, steps)
def test_it_agrees_with_detect_anomaly(leaves, steps):
    value = build(leaves, steps)
    row = first_bad(value)
    error = anomaly_of(value)
    if error is None:
        assert row is None or row["kind"] in ("vanished", "exploded")
        return
    assert row is not None
    assert not isfinite(row["number"])
    if error.startswith("expected a finite number"):
        assert error.endswith(origin_of(row))
        assert row["of"] == "value"
    elif error.startswith("expected a finite gradient"):
        assert row["of"] == "gradient"
        assert f"got: {row['number']} arriving at" in error


def anomaly_of(value):
    """What the detector says of the same graph, made in the order of its tape."""
    try:
        with detect_anomaly():
            backward(Tape.record(value).value())
    except ArithmeticError as error:
        return re.sub(r"value \d+", "", str(error))
    return None


def origin_of(row):
    own = f" ({row['label']})" if row["label"] else ""
    if not row["operands"]:
        return f"the operation 'leaf'{own} of {row['number']}"
    operands = ", ".join(f"{x['label']} = {x['data']}" for x in row["operands"])
    return f"the operation {row['op']!r}{own} of {operands}"


def test_a_gradient_that_two_contributions_make_infinite_is_laid_to_the_second():
    x = Value(1e-10, label="x")
    row = first_bad(x * 1e308 + x * 1.5e308)
    assert (row["kind"], row["local_gradient"]) == ("inf", 1e308)
