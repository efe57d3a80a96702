"""Gradient descent, momentum and Adam: their formulas, their memory, the shared vectors."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets.optimizers import EMPTY, OPTIMIZERS, update
from tests import optimizer_vectors
from tests.graphs import bits

each_optimizer = pytest.mark.parametrize("name", OPTIMIZERS)
numbers = st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=3)


def test_the_vectors_in_the_file_are_those_of_today():
    stored = json.loads(optimizer_vectors.PATH.read_text("ascii"))
    fresh = json.loads(optimizer_vectors.document())
    assert stored["updates"] == fresh["updates"]
    assert stored["training"]["parameters"] == fresh["training"]["parameters"]


@given(numbers, numbers, st.floats(0.0, 10.0))
def test_gradient_descent_steps_against_the_gradient(p, g, rate):
    after, memory = update("sgd", p, g, rate)
    assert after == [a - rate * b for a, b in zip(p, g, strict=True)]
    assert memory == ()


def test_momentum_gathers_speed_down_a_slope():
    p, memory = [0.0], EMPTY
    travelled = []
    for _ in range(60):
        before = p[0]
        p, memory = update("momentum", p, [1.0], 0.1, memory)
        travelled.append(before - p[0])
    assert travelled[0] == 0.1
    assert travelled[1] == pytest.approx(0.1 + 0.09)
    assert travelled[-1] == pytest.approx(1.0, rel=0.01)  # 0.1 / (1 - 0.9)
    assert memory[0] == pytest.approx(10.0, rel=0.01)


@given(st.floats(1e-3, 1e3), st.sampled_from([-1.0, 1.0]))
def test_adam_steps_by_the_learning_rate_however_steep_the_slope(size, sign):
    p, memory = [0.0], EMPTY
    for step in range(1, 30):
        p, memory = update("adam", p, [sign * size], 0.01, memory)
        assert p[0] == pytest.approx(-sign * 0.01 * step, rel=1e-4)


def test_adam_is_the_algorithm_of_its_paper():
    gradients = [[0.5, -2.0], [0.1, 3.0], [-0.7, 0.0]]
    p, memory = [1.0, -1.0], EMPTY
    m, v, expected = [0.0, 0.0], [0.0, 0.0], [1.0, -1.0]
    for t, g in enumerate(gradients, 1):
        p, memory = update("adam", p, g, 0.05, memory)
        for i in range(2):
            m[i] = 0.9 * m[i] + (1 - 0.9) * g[i]
            v[i] = 0.999 * v[i] + (1 - 0.999) * g[i] ** 2
            mean, square = m[i] / (1 - 0.9**t), v[i] / (1 - 0.999**t)
            expected[i] -= 0.05 * mean / (math.sqrt(square) + 1e-8)
        assert p == pytest.approx(expected, rel=1e-13)
    assert len(memory) == 2 * 2 + 2


@each_optimizer
def test_each_finds_the_bottom_of_a_bowl(name):
    p, memory = [3.0, -2.0], EMPTY
    for _ in range(500):
        p, memory = update(name, p, [2.0 * x for x in p], 0.05, memory)
    assert p == pytest.approx([0.0, 0.0], abs=1e-2)


@each_optimizer
@given(numbers, st.lists(numbers, min_size=2, max_size=5))
def test_it_can_be_gone_on_from_any_step(name, p, gradients):
    memory, kept = EMPTY, []
    for g in gradients:
        kept.append((tuple(p), memory))
        p, memory = update(name, p, g, 0.1, memory)
    again, memory_again = update(name, kept[-1][0], gradients[-1], 0.1, kept[-1][1])
    assert bits(again) == bits(p)
    assert bits(memory_again) == bits(memory)
    assert isinstance(memory, tuple)


@pytest.mark.parametrize("name", ["rmsprop", "SGD", None, ["sgd"]])
def test_another_name_is_an_error_that_says_which_there_are(name):
    message = "expected optimizer to be one of 'sgd', 'momentum', 'adam', got: "
    with pytest.raises(ValueError, match=message):
        update(name, [1.0], [1.0], 0.1)
