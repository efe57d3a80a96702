"""Numbers to work with by hand: small, finite where they can be, others for another seed."""

from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microgradwidgets import MLP, Tape, Value
from microgradwidgets.randomness import Stream
from microgradwidgets.teaching.friendly import NUMBERS, friendly_leaves
from tests.graphs import build, steps
from tests.vectors import lecture_neuron, readme_expression


def replayed(value, seed):
    tape = Tape.record(value)
    return tape.replay(friendly_leaves(tape, Stream(seed)))


@settings(deadline=None)
@given(st.lists(st.floats(-4.0, 4.0), min_size=1, max_size=5), steps, st.integers(0, 10**6))
def test_leaves_are_small_and_no_more_breaks_than_before(leaves, made, seed):
    tape = Tape.record(build(leaves, made))
    numbers = friendly_leaves(tape, Stream(seed))
    assert set(numbers.values()) <= set(NUMBERS)
    assert set(numbers) in (set(tape.leaf_indices), set())

    def broken(data):
        return sum(not isfinite(x) for x in [*data, *tape.gradients(data=data)])

    assert broken(tape.replay(numbers)) <= broken(tape.replay())


@pytest.mark.parametrize("seed", range(30))
def test_what_breaks_below_zero_or_at_a_zero_is_left_out(seed):
    x, y, z = (Value(9.0, label=name) for name in "xyz")
    assert all(isfinite(number) for number in replayed((x.log() + y**0.5) / (y - z), seed))


@pytest.mark.parametrize("seed", range(10))
def test_results_are_short(seed):
    x, w, b = (Value(0.3, label=name) for name in "xwb")
    for number in replayed((x * w + b) ** 2, seed):
        assert number * 8.0 == round(number * 8.0)
        assert abs(number) <= 300.0


@pytest.mark.parametrize("make, different", [(lecture_neuron, 20), (readme_expression, 6)])
def test_seeds_give_other_numbers(make, different):
    tape = Tape.record(make())
    drawn = [tuple(friendly_leaves(tape, Stream(seed)).values()) for seed in range(30)]
    assert len(set(drawn)) > different
    assert drawn[3] == tuple(friendly_leaves(tape, Stream(3)).values())


def test_constants_stay_and_leaves_without_a_name_change_where_none_has_one():
    x = Value(0.3, label="x")
    tape = Tape.record(x * 7.25 + 1.0)
    assert set(friendly_leaves(tape, Stream(1))) == {tape.index("x")}
    nameless = Tape.record(Value(0.3) * Value(0.4))
    assert set(friendly_leaves(nameless, Stream(1))) == {0, 1}


def test_where_no_draw_is_finite_the_numbers_stay():
    x = Value(0.5, label="x")
    tape = Tape.record((x * -1e308) - 1e308)  # finite below 0.8 alone
    assert [*filter(isfinite, replayed((x * 1e-9).log() * Value(1.0, label="y"), 1))]
    deep = x
    for _ in range(12):
        deep = deep * deep  # 0.5 and 1 stay small
    assert all(isfinite(number) for number in replayed(deep, 1))
    assert len(tape) == 5


def test_of_a_large_graph_there_are_few_tries_and_still_numbers():
    model = MLP(2, [16, 16, 1])
    total = Value.sum(model([0.5, float(place)]) for place in range(40))
    tape = Tape.record(total)
    numbers = friendly_leaves(tape, Stream(1))
    assert len(numbers) >= len(model.parameters())
