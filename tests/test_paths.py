"""The best paths, their number, and the sum of the others: against writing all of them down."""

import json
from math import inf, isfinite, isnan

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from microgradwidgets import Tape, Value
from microgradwidgets.paths import Paths
from tests import path_vectors
from tests.graphs import AWKWARD, any_leaves, build, ordinary_leaves, steps

MOST_WRITTEN_DOWN = 300


def every_path(tape, start):
    """All ways to the output, in the order of the tape: lists of operations and local gradients."""
    data, output = tape.replay(), len(tape) - 1
    found, waiting = [], [[(start, None)]]
    while waiting:
        path = waiting.pop()
        index = path[-1][0]
        if index == output:
            found.append(([i for i, _ in path], [slope for _, slope in path[1:]]))
            assume(len(found) <= MOST_WRITTEN_DOWN)
        uses = [
            (user, slope)
            for user, _, a, b in tape.steps
            for operand, slope in zip((a, b), tape.local_gradients(user, data), strict=False)
            if operand == index
        ]
        waiting += [[*path, use] for use in reversed(uses)]
    return found


def product(slopes):
    result = 1.0
    for slope in reversed(slopes):
        result *= slope
    return result


@st.composite
def starts(draw, leaves=any_leaves):
    tape = Tape.record(build(draw(leaves), draw(steps)))
    return tape, draw(st.integers(0, len(tape) - 1))


@given(starts(), st.integers(1, 2 * MOST_WRITTEN_DOWN))
def test_the_best_are_the_first_of_all_paths_sorted_by_size(start, most):
    tape, index = start
    every = every_path(tape, index)
    paths = Paths(tape, tape.replay(), index)
    best = paths.best(most)
    assert paths.count() == len(every)
    assert len(best) == min(most, len(every))
    found = [(path.indices, path.local_gradients) for path in best]
    assert all(repr(path) in map(repr, every) for path in found), "each is one of them"
    if len(set(map(repr, every))) == len(every):
        assert len(set(map(repr, found))) == len(found), "and none is given twice"
    if all(isfinite(slope) for _, slopes in every for slope in slopes):
        sizes = sorted((abs(product(slopes)) for _, slopes in every), reverse=True)
        if not any(map(isnan, sizes)):
            assert [abs(path.product) for path in best] == sizes[:most]


@given(starts(ordinary_leaves), st.integers(1, 12))
def test_best_and_rest_add_up_to_the_gradient(start, most):
    tape, index = start
    every = every_path(tape, index)
    data = tape.replay()
    gradients = tape.gradients(data=data)
    paths = Paths(tape, data, index)
    best = paths.best(most)
    rest = paths.rest(len(best), gradients)
    total = sum(path.product for path in best) + rest
    size = sum(abs(product(slopes)) for _, slopes in every)
    assume(size < 1e300 and isfinite(size))
    assert total == pytest.approx(gradients[index], rel=1e-9, abs=1e-12 * size)
    others = [product(slopes) for _, slopes in every]
    for path in best:
        others.remove(path.product)
    assert rest == pytest.approx(sum(others), rel=1e-9, abs=1e-12 * sum(map(abs, others)))


@given(st.lists(st.booleans(), min_size=1, max_size=8), st.integers(1, 300))
def test_equal_paths_stand_in_the_order_of_the_graph(branches, most):
    x = value = Value(1.0)
    for branches_here in branches:
        value = value + value * 1.0 if branches_here else value + 1.0
    best, count, _ = recorded(value, x, most)
    assert count == 2 ** sum(branches)
    assert len(best) == min(most, count)
    ways = [path.indices for path in best]
    assert ways == sorted(ways)


def recorded(value, leaf, most=10):
    """The paths from a leaf: the best of them, their number, the sum of the others."""
    tape = Tape.record(value)
    data = tape.replay()
    paths = Paths(tape, data, tape.index(leaf))
    best = paths.best(most)
    return best, paths.count(), paths.rest(len(best), tape.gradients(data=data))


def test_both_operands_of_a_sum_with_itself_are_paths():
    x = Value(3.0)
    best, count, rest = recorded(x + x, x)
    assert [path.indices for path in best] == [[0, 1], [0, 1]]
    assert (count, rest) == (2, 0.0)


def test_the_output_has_the_one_path_of_no_step():
    y = Value(3.0).tanh()
    best, count, rest = recorded(y, y)
    assert [(path.indices, path.product) for path in best] == [([1], 1.0)]
    assert (count, rest) == (1, 0.0)


def test_fifty_doublings_have_two_to_the_fifty_paths():
    x = y = Value(1.0)
    for _ in range(50):
        y = y + y
    best, count, rest = recorded(y, x)
    assert [path.product for path in best] == [1.0] * 10
    assert (count, rest) == (2**50, 2.0**50 - 10)


def test_unequal_doublings_are_ranked_without_writing_them_down():
    x = y = Value(1.0)
    for n in range(60):
        y = y + y * (1.0 - 2.0 ** -(n % 7 + 1))
    best, count, _ = recorded(y, x, 200)
    products = [path.product for path in best]
    assert products == sorted(products, reverse=True)
    assert products[:2] == [1.0, 127 / 128]
    assert count == 2**60
    assert len({tuple(path.indices) for path in best}) == 200


def test_a_chain_of_100_000_values_has_numbers_of_100_000_bits():
    x = y = Value(0.0)
    for _ in range(100_000):
        y = y + y
    best, count, rest = recorded(y, x, 3)
    assert [len(path.indices) for path in best] == [100_001] * 3
    assert (count, rest) == (1 << 100_000, inf)


def test_what_cancels_is_no_difference_of_rounded_numbers():
    """The two large paths cancel; a difference from the gradient would have lost the small one."""
    x = Value(1.0)
    y = x * 1e17 + x * 0.125 - x * 1e17
    best, _, rest = recorded(y, x, 2)
    assert [path.product for path in best] == [1e17, -1e17]
    assert rest == 0.125


def test_infinite_parts_leave_the_rest_finite():
    x = Value(0.0)
    best, count, rest = recorded(x.log() + x * 0.5, x, 1)
    assert [path.product for path in best] == [inf]
    assert (count, rest) == (2, 0.5)


def test_a_path_on_which_a_number_broke_stands_first_and_one_of_zero_last():
    """log's infinite slope behind relu's 0 gives nan, in the backward pass as here."""
    x = Value(0.0)
    best, _, _ = recorded(x * 5.0 + x * 0.0 + x.log() * 0.0, x)
    assert [path.product for path in best[1:]] == [5.0, 0.0]
    assert isnan(best[0].product)


@pytest.mark.parametrize("number", AWKWARD)
def test_awkward_numbers_are_ranked_and_counted(number):
    x = Value(number)
    best, count, _ = recorded(x * x + x * 2.0 + x.exp() + x.log() + x**-1, x)
    assert len(best) == count == 6


def test_an_overflow_times_zero_is_small():
    x = Value(1.0)
    y = x * 0.0 * 1e200 * 1e200 + x
    best, _, _ = recorded(y, x)
    assert best[0].product == 1.0
    assert isnan(best[1].product)


def test_the_vectors_in_the_file_are_those_of_today():
    stored = json.loads(path_vectors.PATH.read_text("ascii"))["vectors"]
    fresh = json.loads(path_vectors.document())["vectors"]
    for old, new in zip(stored, fresh, strict=True):
        assert (old["name"], old["count"]) == (new["name"], new["count"])
        assert [path["indices"] for path in old["paths"]] == [
            path["indices"] for path in new["paths"]
        ]
        products = [[float(path["product"]) for path in row["paths"]] for row in (old, new)]
        assert products[0] == pytest.approx(products[1], rel=1e-12, nan_ok=True)
        assert float(old["rest"]) == pytest.approx(float(new["rest"]), rel=1e-9)
