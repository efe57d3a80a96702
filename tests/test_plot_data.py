"""Rows for charts, with MicrogradEx's keys and the reference's numbers."""

import math

import pytest

from microgradwidgets import (
    MLP,
    Dataset,
    Neuron,
    accuracy_history,
    dataset_points,
    decision_boundary,
    loss_history,
    train,
    training_history,
)
from tests.reference import RUNS

DATA = Dataset([[0.0, 1.0], [2.0, -1.0]], [-1, 1])
RUN = train(Neuron(2), DATA, steps=3)
STEP = Neuron(2, weights=[1.0, 0.0], bias=-0.5, nonlin=False)


@pytest.mark.parametrize("name", RUNS)
def test_the_scores_of_a_boundary_are_those_of_the_reference(name):
    run = RUNS[name]
    model = MLP(2, run["shape"]).with_parameters(run["final_params"])
    rows = decision_boundary(model, Dataset(run["xs"], run["ys"]), h=0.5)
    assert [[row["x"], row["y"], row["score"]] for row in rows] == run["boundary"]


def test_a_boundary_has_a_row_for_each_point_of_a_grid_column_by_column():
    rows = decision_boundary(STEP, DATA, h=1.0, padding=0.5)
    places = [(x, y) for x in (-0.5, 0.5, 1.5, 2.5) for y in (-1.5, -0.5, 0.5, 1.5)]
    assert [(row["x"], row["y"]) for row in rows] == places
    assert rows[0] == {
        "x": -0.5,
        "y": -1.5,
        "predicted": "class -1",
        "predicted_value": -1.0,
        "score": -1.0,
    }
    assert rows[-1] == {
        "x": 2.5,
        "y": 1.5,
        "predicted": "class 1",
        "predicted_value": 1.0,
        "score": 2.0,
    }


def test_a_score_of_zero_and_one_that_is_none_predict_minus_1():
    for bias in (0.0, math.nan):
        model = Neuron(2, weights=[0.0, 0.0], bias=bias, nonlin=False)
        assert {row["predicted"] for row in decision_boundary(model, DATA)} == {"class -1"}
        assert {row["predicted_value"] for row in decision_boundary(model, DATA)} == {-1.0}


def test_a_grid_larger_than_a_chunk_has_the_scores_of_single_calls():
    model = MLP(2, [4, 1], activation="tanh")
    rows = decision_boundary(model, DATA, h=0.1)
    assert len(rows) > 1500
    for row in rows[::97]:
        assert row["score"] == model([row["x"], row["y"]]).data


def test_a_default_grid_goes_1_beyond_the_points_in_steps_of_a_quarter():
    rows = decision_boundary(STEP, DATA)
    assert (rows[0]["x"], rows[0]["y"]) == (-1.0, -2.0)
    assert (rows[-1]["x"], rows[-1]["y"]) == (3.0, 2.0)
    assert len(rows) == 17 * 17


def test_a_pair_serves_as_a_data_set():
    pair = ([[0.0, 1.0], [2.0, -1.0]], [-1, 1])
    assert decision_boundary(STEP, pair) == decision_boundary(STEP, DATA)
    assert dataset_points(pair) == dataset_points(DATA)


def test_points_carry_the_names_of_their_classes():
    assert dataset_points(DATA) == [
        {"x": 0.0, "y": 1.0, "label": "class -1", "label_value": -1.0},
        {"x": 2.0, "y": -1.0, "label": "class 1", "label_value": 1.0},
    ]


def test_a_history_gains_the_accuracy_in_percent_and_stays_as_it_was():
    rows = training_history(RUN)
    assert [row["accuracy_percent"] for row in rows] == [r["accuracy"] * 100 for r in RUN.history]
    assert [list(row) for row in rows] == [[*RUN.history[0], "accuracy_percent"]] * 3
    assert "accuracy_percent" not in RUN.history[0]


def test_losses_and_accuracies_are_long_tables():
    first = RUN.history[0]
    assert loss_history(RUN)[:3] == [
        {"step": 0, "metric": "total loss", "value": first["loss"]},
        {"step": 0, "metric": "data loss", "value": first["data_loss"]},
        {"step": 0, "metric": "regularization loss", "value": first["reg_loss"]},
    ]
    assert [row["step"] for row in loss_history(RUN)] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert accuracy_history(RUN)[0] == {
        "step": 0,
        "metric": "accuracy",
        "value": first["accuracy"] * 100.0,
    }


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda: decision_boundary(STEP, DATA, h=0), ValueError, "expected h to be finite and ab"),
        (lambda: decision_boundary(STEP, DATA, h=1e-9), ValueError, "a grid of at most 1,000,000"),
        (lambda: decision_boundary(STEP, DATA, h=5e-324), ValueError, "a grid of at most 1,000,0"),
        (lambda: decision_boundary(STEP, DATA, padding=-1), ValueError, "expected padding to be f"),
        (lambda: decision_boundary(STEP, ([], [])), ValueError, "expected at least one example, "),
        (lambda: decision_boundary(MLP(2, [2]), DATA), ValueError, "one score, got: 2 outputs"),
        (lambda: decision_boundary(Neuron(3), DATA), ValueError, "expected 3 inputs, got: 2"),
        (lambda: decision_boundary(print, DATA), TypeError, "expected model to be a Neuron, Lay"),
        (lambda: dataset_points([1]), TypeError, "expected data to be a data set or a pair"),
        (lambda: loss_history(RUN.history), TypeError, "expected run to be a Run, got: tuple"),
        (lambda: accuracy_history(5), TypeError, "expected run to be a Run, got: int 5"),
        (lambda: training_history(None), TypeError, "expected run to be a Run, got: NoneType"),
    ],
)
def test_what_has_no_rows_is_an_error_that_says_so(call, error, message):
    with pytest.raises(error, match=message):
        call()
