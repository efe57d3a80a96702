"""Moons, spirals and blobs: their shapes, their seeds, and what they refuse."""

import copy
import json
import math
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import Dataset, blobs, datasets, moons, spiral
from tests.reference import BLOBS, MOONS

VECTORS = json.loads((Path(__file__).parent / "data" / "erlang_vectors.json").read_text("utf-8"))
MAKERS = [moons, spiral, blobs]
each_maker = pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)


def as_lists(data):
    return [list(x) for x in data.xs], list(data.ys)


def test_the_moons_of_the_reference_run_are_the_default_ones():
    assert as_lists(moons(100)) == (MOONS["xs"], MOONS["ys"])


def test_the_blobs_of_the_reference_run():
    assert as_lists(blobs(31, noise=0.3, seed=5)) == (BLOBS["xs"], BLOBS["ys"])


@pytest.mark.parametrize("row", VECTORS["data"], ids=lambda row: f"{row['data']}-{row['seed']}")
def test_data_are_those_of_micrograd_ex_for_the_same_seed(row):
    options = {key: row[key] for key in ("noise", "turns") if key in row}
    data = getattr(datasets, row["data"])(row["n_samples"], seed=tuple(row["seed"]), **options)
    assert [[*p.values()] for p in data.points] == row["points"]


@each_maker
@given(n=st.integers(2, 40), seed=st.integers(), noise=st.sampled_from([0.0, 0.1, 3]))
def test_half_of_the_points_are_of_either_class(make, n, seed, noise):
    data = make(n, seed=seed, noise=noise)
    assert len(data) == len(data.xs) == len(data.ys) == len(data.points) == n
    assert data.ys.count(-1.0) == n // 2
    assert data.ys.count(1.0) == n - n // 2
    assert all(type(number) is float for x in data.xs for number in x)
    assert data == make(n, seed=seed, noise=noise)


@each_maker
def test_shuffling_changes_the_order_and_nothing_else(make):
    ordered, shuffled = make(30, shuffle=False), make(30)
    assert ordered.ys == (-1.0,) * 15 + (1.0,) * 15
    assert shuffled.ys != ordered.ys
    pairs = [set(zip(data.xs, data.ys, strict=True)) for data in (ordered, shuffled)]
    assert pairs[0] == pairs[1]


@each_maker
def test_another_seed_gives_other_points_and_none_gives_new_ones(make):
    assert make(10, seed=1) != make(10, seed=2)
    assert make(10, seed=None) != make(10, seed=None)
    assert make(10, seed=4) == make(10, seed=(4, 4, 4))


def test_moons_without_noise_are_half_circles():
    data = moons(20, noise=0.0)
    for (x, y), label in zip(data.xs, data.ys, strict=True):
        middle, side = ((0.0, 0.0), 1) if label < 0 else ((1.0, 0.5), -1)
        assert math.hypot(x - middle[0], y - middle[1]) == pytest.approx(1.0, abs=1e-15)
        assert side * (y - middle[1]) > -1e-15


def test_a_moon_of_one_point_has_it_at_the_top():
    assert moons(2, noise=0.0, shuffle=False).xs[0] == pytest.approx((0.0, 1.0))


def test_spirals_are_each_other_turned_by_half_a_turn():
    data = spiral(40, noise=0.0, shuffle=False, turns=2)
    for (x, y), (other_x, other_y) in zip(data.xs[:20], data.xs[20:], strict=True):
        assert (other_x, other_y) == pytest.approx((-x, -y), abs=1e-14)
    assert max(math.hypot(*x) for x in data.xs) == pytest.approx(1.0)
    angles = np.unwrap([math.atan2(y, x) for x, y in data.xs[1:20]])
    assert angles[-1] - angles[0] == pytest.approx(2 * 2 * math.pi * 18 / 19)


def test_blobs_lie_around_their_centers():
    data = blobs(400, noise=0.2, centers=[(3, -1), (5.0, 2.0)])
    for label, center in ((-1.0, (3.0, -1.0)), (1.0, (5.0, 2.0))):
        own = np.array([x for x, y in zip(data.xs, data.ys, strict=True) if y == label])
        assert own.mean(axis=0) == pytest.approx(center, abs=0.05)
        assert (own - center).std() == pytest.approx(0.2, rel=0.1)


def test_metadata_say_how_it_was_made():
    assert moons(4, noise=0).metadata == {
        "name": "moons",
        "n_samples": 4,
        "noise": 0.0,
        "seed": 1337,
        "shuffle": True,
    }
    assert spiral(4, turns=2).metadata["turns"] == 2.0
    assert blobs(4, seed=None).metadata["seed"] is None
    assert blobs(4).metadata["centers"] == ((-1.0, 0.0), (1.0, 0.0))


def test_a_data_set_of_ones_own():
    data = Dataset(np.array([[0.0, 1.0], [2.0, 3.0]]), np.array([-1, 1]))
    assert (data.xs, data.ys) == (((0.0, 1.0), (2.0, 3.0)), (-1.0, 1.0))
    assert data.points == [{"x": 0.0, "y": 1.0, "label": -1.0}, {"x": 2.0, "y": 3.0, "label": 1.0}]
    assert repr(data) == "Dataset(own, 2 points)"


def test_nothing_of_it_changes():
    data = moons(4)
    with pytest.raises(AttributeError):
        data.xs = ()
    with pytest.raises(TypeError):
        data.metadata["noise"] = 0.0
    data.points[0]["x"] = 99.0
    data.points.clear()
    assert data == moons(4)
    assert data.points[0]["x"] != 99.0
    assert {data, moons(4)} == {data}


def test_it_can_be_copied_and_pickled():
    data = spiral(6)
    for other in (pickle.loads(pickle.dumps(data)), copy.copy(data), copy.deepcopy(data)):
        assert other == data
        assert other.metadata == data.metadata


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda: moons(1), ValueError, "expected n_samples to be at least 2, got: 1"),
        (lambda: moons(0), ValueError, "expected n_samples to be at least 1, got: 0"),
        *(
            (
                lambda make=make: make(10**400),
                ValueError,
                "expected n_samples to be at most 10000000",
            )
            for make in (moons, spiral, blobs)
        ),
        (
            lambda: Dataset([(0, 0)], [1], 5),
            TypeError,
            "expected metadata to be a mapping, got: int",
        ),
        (lambda: moons(2.0), TypeError, "expected n_samples to be an int, got: float 2.0"),
        (lambda: moons(4, noise=-0.1), ValueError, "expected noise to be finite and at least 0"),
        (lambda: moons(4, noise=math.nan), ValueError, "expected noise to be finite and at least"),
        (lambda: moons(4, noise="1"), TypeError, "expected noise to be a real scalar"),
        (lambda: moons(4, shuffle=1), TypeError, "expected shuffle to be True or False, got: int"),
        (lambda: spiral(4, turns=0), ValueError, "expected turns to be finite and above 0, got: 0"),
        (lambda: spiral(4, turns=1001), ValueError, "expected turns to be at most 1000, got: 1001"),
        (lambda: blobs(4, centers=[(0, 0)]), ValueError, "expected centers to be two points"),
        (lambda: blobs(4, centers=[(0,), (1,)]), ValueError, "expected points of the plane, two"),
        (lambda: Dataset([], []), ValueError, "expected at least one example, got: none"),
        (lambda: Dataset([[0, 0]], [1, 1]), ValueError, "expected as many ys as xs, got: 2 ys and"),
        (lambda: Dataset([[0, 0]], [0]), ValueError, "expected labels to be -1 or 1, got: 0.0"),
        (lambda: Dataset([[0, 0, 0]], [1]), ValueError, "expected points of the plane, two"),
        (lambda: Dataset("ab", [1, 1]), TypeError, "expected xs to be a list, got: str 'ab'"),
        (
            lambda: Dataset([[math.nan, 1]], [1]),
            ValueError,
            "expected finite coordinates, got: nan",
        ),
        (lambda: Dataset([[0, "1"]], [1]), TypeError, "expected a coordinate to be a real scalar"),
    ],
)
def test_what_is_no_data_set_is_an_error_that_says_so(call, error, message):
    with pytest.raises(error, match=message):
        call()
