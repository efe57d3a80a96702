"""Gradients of random expressions against sixty digits, and against the numerical oracle."""

import random

import numpy as np
import pytest
from hypothesis import event, given, reject, settings

from microgradwidgets import Gradients, backward, check_gradients
from tests.graphs import build, many_steps, ordinary_leaves
from tests.high_precision import (
    FourAtOnce,
    RoundingDecidesError,
    four_at_once,
    moderate,
    sixty_digits,
)
from tests.nightly import gradients as campaign


@settings(max_examples=300)
@given(ordinary_leaves, many_steps)
def test_gradients_are_right_up_to_what_rounding_can_do(leaves, steps):
    output = build(leaves, steps, keep=moderate)
    graph, gradients = output.graph, backward(output)
    try:
        promised = sixty_digits(graph)
    except RoundingDecidesError:
        event("rounding decides a branch")
        reject()
    event(f"operations: {len(graph) // 5 * 5} and more")
    for key, (exact, spread) in promised.items():
        if exact == 0 or 1e-200 < abs(exact) < 1e200:
            error = abs(gradients[key] - exact)
            assert error <= 64 * spread + 2.0**-50 * abs(exact), graph[key]


@pytest.mark.skipif(not FourAtOnce.is_wide, reason="long doubles are doubles here")
@settings(max_examples=100)
@given(ordinary_leaves, many_steps)
def test_long_doubles_say_what_sixty_digits_say(leaves, steps):
    graph = build(leaves, steps, keep=moderate).graph
    try:
        promised = sixty_digits(graph)
        runs = four_at_once(graph, np.random.default_rng(1))
    except RoundingDecidesError:
        reject()
    for key, (exact, spread) in promised.items():
        if exact == 0 or 1e-200 < abs(exact) < 1e200:
            ours = np.broadcast_to(runs[key], (4,))
            # A unit roundoff of theirs is 2048 times smaller than one of a double.
            assert abs(float(ours[0] - np.longdouble(str(exact)))) <= float(
                spread
            ) / 8 + 1e-18 * abs(exact)


@pytest.mark.parametrize("is_wide", [True, False])
def test_one_wrong_gradient_is_found(monkeypatch, is_wide):
    monkeypatch.setattr(FourAtOnce, "is_wide", is_wide and FourAtOnce.is_wide)
    source, moves, found = random.Random(3), np.random.default_rng(3), []
    for _ in range(40):
        output = campaign.random_graph(source)
        table = backward(output).to_map()
        leaf = source.choice([key for key, node in output.graph.items() if node.op == "leaf"])
        try:
            right, _ = campaign.worst_of(output, Gradients(output.id, table), moves)
            table[leaf] = table[leaf] * (1 + 1e-6) + 1e-9
            wrong, _ = campaign.worst_of(output, Gradients(output.id, table), moves)
        except RoundingDecidesError:
            continue
        assert right <= 1.0
        found.append(wrong > 1.0)
    # Of a gradient that rounding has spoilt already, a millionth may go unseen.
    assert len(found) > 35
    assert found.count(True) > 0.9 * len(found)


@settings(max_examples=200)
@given(ordinary_leaves, many_steps)
def test_central_differences_agree_away_from_kinks(leaves, steps):
    """The numerical oracle, on graphs that are tame over the whole step it takes."""
    output = build(leaves, steps, keep=tame)
    for row in check_gradients(output):
        assert row["ok"], row


def tame(value):
    """Whether operands are clear of kinks and poles, and slopes small."""
    slopes = [edge.local_gradient for edge in value.parents]
    if not (abs(value.data) < 100.0 and all(abs(slope) < 10.0 for slope in slopes)):
        return False
    if value.op in ("relu", "log") or isinstance(value.op, tuple):
        return abs(value.parents[0].parent.data) > 0.1
    return True
