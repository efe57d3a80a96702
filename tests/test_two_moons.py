"""The lesson on two moons gives the numbers of MicrogradEx's run, to the last digit."""

import ast

from tests.lessons import FOLDER, lesson, printed_by, results_of
from tests.reference import MOONS

NOTEBOOK = FOLDER / "04_two_moons.ipynb"
INITIAL, HISTORY = MOONS["initial"], MOONS["history"]


def said(loss, accuracy):
    return f"Loss({loss!r}, accuracy {accuracy:.1%} of 100 examples)"


def test_it_begins_where_the_reference_begins():
    results = results_of(lesson(NOTEBOOK))
    point = tuple(MOONS["xs"][0])
    assert f"(Dataset(moons, 100 points), {point}, {MOONS['ys'][0]})" in results
    assert "337" in results
    assert said(INITIAL["total"], INITIAL["acc"]) in results


def test_its_own_loop_takes_the_steps_of_the_reference():
    printed = printed_by(lesson(NOTEBOOK))
    for number, row in enumerate(HISTORY[:3]):
        assert f"{number} {said(row['loss'], row['accuracy'])}" in printed


def test_it_ends_where_the_reference_ends():
    results = results_of(lesson(NOTEBOOK))
    end = next(ast.literal_eval(text) for text in results if text.startswith("(0.01"))
    assert end == (MOONS["final_loss"], MOONS["final_accuracy"])
    assert "True" in results  # the dashboard's run is the same
