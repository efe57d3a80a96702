"""The random stream, number by number beside Erlang's own."""

import json
from pathlib import Path

import numpy as np
import pytest

from microgradwidgets.randomness import _64_BITS, _WEYL, Stream, _nonzero_58_bits, checked_seed

VECTORS = json.loads((Path(__file__).parent / "data" / "erlang_vectors.json").read_text("utf-8"))
by_seed = pytest.mark.parametrize("row", VECTORS["streams"], ids=lambda row: str(row["seed"]))


@by_seed
def test_a_stream_is_that_of_erlangs_exsss(row):
    stream = Stream(tuple(row["seed"]))
    assert [stream.uniform() for _ in row["uniform"]] == row["uniform"]


@by_seed
def test_a_shuffle_is_that_of_micrograd_ex(row):
    assert Stream(tuple(row["seed"])).shuffled(range(20)) == row["order"]


def test_an_int_stands_for_three():
    assert checked_seed(7) == checked_seed(np.int64(7)) == (7, 7, 7)
    assert Stream(7).uniform() == Stream((7, 7, 7)).uniform()


def test_without_a_seed_no_two_streams_are_alike():
    assert checked_seed(None) is None
    assert len({Stream(None).uniform() for _ in range(50)}) == 50


@pytest.mark.parametrize("seed", ["x", 1.0, True, [1, 2, 3], (1, 2, "3"), (1, 2, False), {}])
def test_what_is_no_seed_is_a_type_error(seed):
    with pytest.raises(TypeError, match="expected seed to be an int, a tuple of three ints or"):
        Stream(seed)


@pytest.mark.parametrize("seed", [(), (1, 2), (1, 2, 3, 4)])
def test_a_tuple_has_three_ints(seed):
    with pytest.raises(ValueError, match="expected seed to have three ints, got: tuple"):
        Stream(seed)


def test_normal_numbers_have_mean_0_and_deviation_1():
    stream = Stream(1)
    drawn = np.array([stream.normal() for _ in range(4000)])
    assert abs(drawn.mean()) < 0.05  # three standard errors
    assert abs(drawn.std() - 1.0) < 0.04
    assert 0.93 < (abs(drawn) < 1.96).mean() < 0.97


def test_uniform_numbers_fill_the_unit_interval_evenly():
    stream = Stream(1)
    drawn = [stream.uniform() for _ in range(10_000)]
    counts, _ = np.histogram(drawn, bins=10, range=(0.0, 1.0))
    assert counts.sum() == 10_000
    assert counts.min() > 900
    assert counts.max() < 1100
    assert all(x * 2.0**53 == int(x * 2.0**53) for x in drawn)


def test_a_draw_of_0_has_no_logarithm_and_is_drawn_again():
    class Drawn(Stream):
        """A stream whose first draws are known."""

        def uniform(self):
            return draws.pop(0)

    draws = [0.0, 0.0, 0.25, 0.5]
    first = Drawn(1).normal()
    draws = [0.25, 0.5]
    assert Drawn(1).normal() == first


def test_58_bits_that_are_all_0_are_passed_over():
    before_zero = -_WEYL & _64_BITS  # the next state is 0, which mixes to 0
    assert _nonzero_58_bits(before_zero) == _nonzero_58_bits(0)
