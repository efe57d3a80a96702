"""Central differences: the oracle that every gradient can be held against."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import Tape, Value, backward, check_gradients, numerical_gradients
from microgradwidgets.checks import STEP, central_difference
from microgradwidgets.engine import _operation
from tests import check_vectors
from tests.graphs import bits, build, steps
from tests.vectors import lecture_neuron, readme_expression


def test_a_quadratic_is_differentiated_almost_exactly():
    assert numerical_gradients(lambda x, y: 3 * x * x + x * y, [2.0, 5.0]) == pytest.approx(
        [17.0, 2.0], rel=1e-9
    )


@pytest.mark.parametrize(
    "f, slope", [(math.sin, math.cos), (math.exp, math.exp), (math.sqrt, lambda x: 0.5 / x**0.5)]
)
@pytest.mark.parametrize("x", [0.3, 1.0, 7.5, 123.0])
def test_the_error_is_of_the_order_of_the_step_squared(f, slope, x):
    assert numerical_gradients(f, [x]) == pytest.approx([slope(x)], rel=1e-9 + 1e-11 * x * x)


def test_the_function_may_give_values_and_have_many_arguments():
    def f(*xs):
        return Value.sum(n * Value(x) for n, x in enumerate(xs))

    assert numerical_gradients(f, range(10)) == pytest.approx(range(10), abs=1e-8)
    assert numerical_gradients(lambda: 1.0, []) == []


def test_the_step_grows_with_the_number():
    points = []
    numerical_gradients(lambda x: points.append(x) or 0.0, [1e6], step=1e-3)
    assert points == [1e6 + 1e3, 1e6 - 1e3]


@pytest.mark.parametrize("step", [0.0, -1.0, math.inf, math.nan])
def test_a_step_is_positive_and_finite(step):
    with pytest.raises(ValueError, match="expected step to be positive and finite, got: "):
        numerical_gradients(math.sin, [1.0], step=step)
    with pytest.raises(ValueError, match="expected step to be positive and finite, got: "):
        check_gradients(Value(1.0), step=step)


@pytest.mark.parametrize("thing", ["1", None, True, [1.0]], ids=repr)
def test_where_to_differentiate_is_given_in_numbers(thing):
    with pytest.raises(TypeError, match="expected value to be a real scalar"):
        numerical_gradients(lambda x: 0.0, [thing])


@pytest.mark.parametrize("expression", [lecture_neuron, readme_expression])
def test_the_known_expressions_pass(expression):
    rows = check_gradients(expression())
    assert all(row["ok"] for row in rows)
    assert [row["label"] for row in rows if row["label"]] != []


def test_there_is_a_row_for_every_leaf():
    a, b = Value(-4.0, label="a"), Value(2.0, label="b")
    y = a * b + b**3
    first, second = check_gradients(y)
    assert list(first) == ["id", "label", "data", "grad", "numerical", "error", "ok"]
    assert (first["id"], first["label"], first["data"]) == (f"v{a.id}", "a", -4.0)
    assert (first["grad"], second["grad"]) == (2.0, 8.0)
    assert first["error"] == abs(first["numerical"] - 2.0) < 1e-8


def test_a_wrong_local_derivative_is_found():
    a, b = Value(3.0, label="a"), Value(2.0, label="b")
    minus_b = _operation("neg", -2.0, b, None, slope=1.0)  # d(-b)/db is -1
    first, second = check_gradients((a * minus_b).tanh())
    assert (first["ok"], second["ok"]) == (True, False)


def test_at_a_kink_the_two_may_disagree():
    (row,) = check_gradients(Value(0.0).relu())
    assert (row["grad"], row["ok"]) == (0.0, False)
    assert row["numerical"] == pytest.approx(0.5)


def test_what_is_not_finite_is_not_ok():
    assert not any(row["ok"] for row in check_gradients(Value(0.0) ** -1))
    assert not any(row["ok"] for row in check_gradients(Value(-1.0).log()))


def test_tolerances_are_the_callers():
    x = Value(1.0)
    (row,) = check_gradients(x.exp(), step=1e-2)
    assert not row["ok"]
    (row,) = check_gradients(x.exp(), step=1e-2, rtol=1e-3)
    assert row["ok"]


def test_a_smaller_step_shows_rounding_and_a_larger_one_the_curve():
    errors = {}
    for step in (1e-1, 1e-3, STEP, 1e-9, 1e-14):
        rows = check_gradients(readme_expression(), step=step)
        errors[step] = max(row["error"] for row in rows if row["label"])
        assert all(row["ok"] for row in rows if row["label"]) == (1e-9 <= step <= STEP)
    assert errors[1e-1] > errors[1e-3] > errors[STEP] < errors[1e-9] < errors[1e-14]


def test_a_step_lost_in_rounding_gives_no_number():
    assert all(math.isnan(slope) for slope in numerical_gradients(math.sin, [1.0], step=1e-17))
    (row,) = check_gradients(Value(1.0).exp(), step=1e-17)
    assert math.isnan(row["numerical"])
    assert not row["ok"]


def test_operations_are_moved_as_if_they_were_leaves():
    x = Value(3.0, label="x")
    square = (x * x).with_label("square")
    y = (square + x).tanh() * square
    rows = {row["label"]: row for row in check_gradients(y, operations=True) if row["label"]}
    assert list(rows) == ["x", "square"]
    assert rows["square"]["numerical"] == pytest.approx(backward(y)[square], rel=1e-8)
    assert all(row["ok"] for row in rows.values())
    output = check_gradients(y, operations=True)[-1]
    assert (output["grad"], output["numerical"], output["error"]) == (1.0, 1.0, 0.0)


@given(st.lists(st.floats(-2.0, 2.0), min_size=1, max_size=5), steps, st.sampled_from([1e-2, STEP]))
def test_moving_one_leaf_gives_what_a_fresh_evaluation_gives(leaves, operations, step):
    tape = Tape.record(build(leaves, operations))
    data = tape.replay()
    fresh = numerical_gradients(lambda *x: tape.replay(x)[-1], tape.leaves, step=step)
    moved = [central_difference(tape, data, index, step) for index in tape.leaf_indices]
    assert bits(moved) == bits(fresh)


def test_the_vectors_in_the_file_are_those_of_today():
    stored = json.loads(check_vectors.PATH.read_text("ascii"))["vectors"]
    fresh = json.loads(check_vectors.document())["vectors"]
    for old, new in zip(stored, fresh, strict=True):
        assert (old["name"], old["step"], old["ok"]) == (new["name"], new["step"], new["ok"])
        for numbers in ("grad", "numerical"):
            ours, theirs = ([*map(float, row[numbers])] for row in (old, new))
            assert ours == pytest.approx(theirs, rel=1e-8, abs=1e-12, nan_ok=True)


def test_only_values_are_checked():
    with pytest.raises(TypeError, match=r"expected value to be a Value, got: float 1\.0"):
        check_gradients(1.0)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: check_gradients(Value(1.0), step=None), "step to be a real scalar, got: NoneType"),
        (lambda: check_gradients(Value(1.0), rtol=None), "rtol to be a real scalar, got: NoneType"),
        (lambda: check_gradients(Value(1.0), atol="0"), "atol to be a real scalar, got: str '0'"),
        (lambda: numerical_gradients(None, [1.0]), "f to be a function, got: NoneType None"),
        (lambda: numerical_gradients(math.sin, None), "values to be a list, got: NoneType None"),
        (lambda: numerical_gradients(print, [1.0]), "the result of f to be a real scalar, got: No"),
    ],
)
def test_what_cannot_be_checked_with_is_named(call, words):
    with pytest.raises(TypeError, match=f"^expected {words}"):
        call()
