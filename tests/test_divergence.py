"""Where training breaks: the value in which the first number that is not finite began."""

import math

from microgradwidgets import MLP, Neuron, moons, steps, train
from tests.hostile import ROWS
from tests.test_trainer import XS, YS, numbers_of


def test_a036_a_huge_learning_rate_ends_the_run_and_names_the_node():
    found = train(MLP(2, [16, 16, 1]), moons(100), learning_rate=1e30)
    assert found.status == ROWS["A036"]["expect"]["status"]
    end = found.diverged_at
    last = found.history[-1]
    assert end.step == last["step"] == len(found.history) - 1 < 10
    assert not math.isfinite(last["loss"])
    assert all(math.isfinite(row["loss"]) for row in found.history[:-1])
    assert not math.isfinite(end.node.data)
    assert end.node.op == "*"
    assert all(math.isfinite(operand.data) for operand in end.operands)
    assert end.operands[0].label.startswith("layer 2 · neuron ")
    assert end.where[:3] == ("data loss", "example 1", "layer 2")
    assert all(map(math.isfinite, numbers_of(found.final_model)))
    assert f"diverged at step {end.step}: {end.node.data} from the operation '*' of " in repr(found)
    assert str(end).endswith("in data loss › example 1 › layer 2 › " + end.where[3])


def test_the_step_that_breaks_is_the_last_and_keeps_its_model():
    taken = list(steps(MLP(2, [4, 1]), (XS, YS), learning_rate=1e200))
    *whole, broken = taken
    assert all(step.divergence is None for step in whole)
    assert broken.divergence.step == broken.step == len(whole)
    assert broken.model_after is broken.model_before


def test_a_model_that_begins_with_nan_breaks_at_that_leaf():
    model = Neuron(1, weights=[math.nan], nonlin=False)
    found = train(model, ([[1.0]], [1.0]))
    assert found.diverged_at.step == 0
    assert found.diverged_at.node.label == "w1"
    assert found.diverged_at.reason == "nan from the operation 'leaf' (w1) of nan"
    assert math.isnan(found.final_loss)


def test_a_gradient_that_overflows_is_found_where_it_began():
    # The score is -1e30; but behind the first layer its slope is 1e110 cubed.
    weights = [[[1e-200]], [[1e110]], [[1e110]], [[-1e110]]]
    found = train(MLP(1, [1, 1, 1, 1], weights=weights), ([[1e-100]], [1.0]), alpha=0.0)
    end = found.diverged_at
    assert math.isfinite(found.final_loss)
    assert end.step == 0
    assert end.reason.startswith("a gradient of inf arriving at the operation 'relu' of ")
    assert end.where == ("data loss", "example 1", "layer 1", "neuron 1")


def test_an_update_that_overflows_names_the_parameter():
    model = Neuron(1, weights=[-1e10], nonlin=False)
    found = train(model, ([[1e9]], [1.0]), learning_rate=1e300, alpha=0.0)
    end = found.diverged_at
    assert end.node.label == "w1"
    assert end.reason == "an update of w1 from -10000000000.0 to inf"
    assert end.operands == ()


def test_the_first_parameter_whose_update_overflows_is_named():
    model = Neuron(2, weights=[-1.0, -1e10], nonlin=False)
    found = train(model, ([[0.0, 1e9]], [1.0]), learning_rate=1e300, alpha=0.0)
    assert found.diverged_at.node.label == "w2"
