"""Trainings worked out in Python, whatever is changed on the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microgradwidgets import MLP, moons, official_micrograd_learning_rate, steps, train
from microgradwidgets.views import course as course_module
from microgradwidgets.views.course import Course, changed, shared_steps
from microgradwidgets.views.rates import rate_table
from microgradwidgets.views.settings import RunSettings, Segment
from tests.told import numbers_of

DATA = moons(8, noise=0.2, seed=3)
MODEL = MLP(2, [3, 1], seed=5)
USUAL = RunSettings(1.0, "demo", 1e-4, None, "sgd", 1337)
ADAM = USUAL._replace(optimizer="adam", schedule="constant", learning_rate=0.05)
BATCHES = USUAL._replace(optimizer="momentum", schedule="own", batch_size=3, batch_seed=7)
OWN = rate_table(lambda step: 0.3 / (step + 1))


def course(*segments, tests=None):
    return Course(MODEL, DATA, tests, OWN, [Segment(*segment) for segment in segments])


def by_hand(segments, end):
    """The models and rows of a training whose settings change."""
    models, rows, at = [MODEL], [], MODEL
    ends = [*(first for first, _ in segments[1:]), end]
    for (first, setting), following in zip(segments, ends, strict=True):
        rate = {
            "constant": setting.learning_rate,
            "demo": official_micrograd_learning_rate,
            "own": lambda step: 0.3 / (step + 1),
        }[setting.schedule]
        for step in steps(
            at,
            DATA,
            steps=following - first,
            alpha=setting.alpha,
            batch_size=setting.batch_size,
            learning_rate=rate,
            optimizer=setting.optimizer,
            seed=setting.batch_seed,
        ):
            models.append(step.model_after)
            rows.append(step.row())
            at = step
    return models, rows


CHANGED = [(0, USUAL), (4, ADAM), (9, BATCHES), (10, ADAM)]


def test_any_step_of_a_training_that_was_changed_is_as_taken_by_hand():
    models, rows = by_hand(CHANGED, 14)
    way = course(*CHANGED)
    for step in (9, 0, 14, 4, 10, 3, 13, 5):
        assert numbers_of(way.model_at(step)) == numbers_of(models[step])
    assert way.rows(14) == rows
    assert way.rows(5) == rows[:5]
    assert way.known == 14


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(2, 5))
def test_going_to_and_fro_changes_nothing_however_little_is_kept(targets, kept):
    models, rows = by_hand([(0, ADAM), (7, BATCHES)], 40)
    before, course_module.MOST_KEPT = course_module.MOST_KEPT, kept
    try:
        way = course((0, ADAM), (7, BATCHES))
        for target in targets:
            assert numbers_of(way.model_at(target)) == numbers_of(models[target])
            assert way.rows(target) == rows[:target]
        assert len(way._origins) <= kept + 2
    finally:
        course_module.MOST_KEPT = before


def test_another_way_shares_what_went_before():
    way = course((0, USUAL))
    way.rows(10)
    other = way.along(changed(way.segments, 6, ADAM))
    assert [segment.first for segment in other.segments] == [0, 6]
    assert (other.known, other.nearest(8)) == (6, 6)
    models, rows = by_hand([(0, USUAL), (6, ADAM)], 9)
    assert numbers_of(other.model_at(9)) == numbers_of(models[9])
    assert other.rows(9) == rows
    assert way.rows(10) == by_hand([(0, USUAL)], 10)[1]
    assert other.along(other.segments) is other


@pytest.mark.parametrize(
    "step, setting, expected",
    [
        (0, ADAM, [(0, ADAM)]),
        (3, ADAM, [(0, USUAL), (3, ADAM)]),
        (3, USUAL, [(0, USUAL)]),
        (5, USUAL, [(0, USUAL)]),
        (8, BATCHES, [(0, USUAL), (5, ADAM), (8, BATCHES)]),
        (8, ADAM, [(0, USUAL), (5, ADAM)]),
    ],
)
def test_a_change_holds_from_its_step_on(step, setting, expected):
    before = (Segment(0, USUAL), Segment(5, ADAM))
    assert changed(before, step, setting) == tuple(Segment(*one) for one in expected)


def test_two_ways_are_the_same_up_to_the_first_difference():
    a, b = [Segment(0, USUAL), Segment(5, ADAM)], [Segment(0, USUAL), Segment(7, ADAM)]
    assert shared_steps(a, b) == shared_steps(b, a) == 5
    assert shared_steps(a, a[:1]) == 5
    assert shared_steps(a, [Segment(0, ADAM)]) == 0
    assert shared_steps(a, [*a]) == float("inf")


def test_a_training_that_breaks_goes_no_further():
    wild = USUAL._replace(schedule="constant", learning_rate=1e60)
    way = course((0, USUAL), (2, wild))
    rows = way.rows(50)
    run = train(way.origin(2), DATA, steps=48, learning_rate=1e60)
    assert run.status == "diverged"
    assert rows[2:] == [*run.history]
    last = rows[-1]["step"]
    assert (way.end, way.known) == (last, last + 1)
    found, expected = way.divergence_at(last), run.diverged_at
    assert (found.step, found.where) == (expected.step, expected.where)
    assert found.node.op == expected.node.op
    assert numbers_of(way.model_at(50)) == numbers_of(run.final_model)
    assert way.divergence_at(0) is None


def test_points_kept_apart_are_measured_at_each_step():
    way = course((0, USUAL), (2, USUAL._replace(alpha=0.5)), tests=moons(6, seed=9))
    rows = way.rows(4)
    assert [*rows[0]][-2:] == ["test_loss", "test_accuracy"]
    assert rows[3]["test_loss"] > rows[3]["reg_loss"] > 100 * rows[1]["reg_loss"]


# -- learning rates -------------------------------------------------------------------------------


def test_a_table_of_rates_ends_where_they_stay():
    assert rate_table(lambda step: 0.5).rates == (0.5,)
    assert rate_table(official_micrograd_learning_rate).rates[-2:] == (0.09999999999999998, 0.1)
    assert len(rate_table(lambda step: step).rates) == 10_000
    assert rate_table(lambda step: step)(20_000) == 9_999.0


@pytest.mark.parametrize(
    "function, words",
    [
        (lambda step: -1.0, r"expected learning_rate\(0\) to be finite and at least 0, got: -1.0"),
        (lambda step: float("nan"), r"expected learning_rate\(0\) to be finite"),
        (lambda step: "x" if step == 7 else 1, r"expected learning_rate\(7\) to be a real scalar"),
    ],
)
def test_what_a_function_gives_must_be_a_rate(function, words):
    with pytest.raises((TypeError, ValueError), match=words):
        rate_table(function)
