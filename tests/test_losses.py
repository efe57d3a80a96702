"""The max-margin loss, beside the reference and its formula."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import (
    MLP,
    Module,
    Neuron,
    Tape,
    Value,
    backward,
    max_margin,
    nodes,
    parameters,
    show,
)
from microgradwidgets.randomness import Stream
from tests.reference import MOONS, RUNS

XS, YS = [[-1.0, 0.0], [1.0, 0.5], [0.25, -2.0]], [-1.0, 1.0, 1.0]


class Own(Module):
    """A model of somebody's own, which may have forgotten its graph."""

    def __init__(self, outputs):
        self.outputs = outputs

    def parameters(self):
        return ()

    def forward_many(self, inputs):
        return self.outputs


@pytest.mark.parametrize("name", RUNS)
def test_loss_and_gradients_are_those_of_the_reference(name):
    run = RUNS[name]
    model = MLP(2, run["shape"]).with_parameters(run["params"])
    found = max_margin(model, run["xs"], run["ys"], alpha=run["alpha"])
    assert found.total_loss.data == run["initial"]["total"]
    assert found.data_loss.data == run["initial"]["data"]
    assert found.reg_loss.data == run["initial"]["reg"]
    assert found.accuracy == run["initial"]["acc"]
    gradients = backward(found.total_loss)
    assert [gradients[p] for p in parameters(model)] == run["grads"]


def test_the_loss_of_the_demo_has_65818_values():
    loss = max_margin(MLP(2, [16, 16, 1]), MOONS["xs"], MOONS["ys"]).total_loss
    assert len(nodes(loss)) == 65_818


@given(
    st.lists(
        st.tuples(st.floats(-3, 3), st.floats(-3, 3), st.sampled_from([-1, 1.0])),
        min_size=1,
        max_size=6,
    ),
    st.floats(0.0, 2.0),
)
def test_it_is_its_formula(examples, alpha):
    model = Neuron(2, weights=[0.75, -1.5], bias=0.25, nonlin=False)
    xs, ys = [[a, b] for a, b, _ in examples], [y for *_, y in examples]
    found = max_margin(model, xs, ys, alpha=alpha)
    scores = [0.25 + 0.75 * a - 1.5 * b for a, b in xs]
    hinge = [max(0.0, 1.0 - y * s) for s, y in zip(scores, ys, strict=True)]
    assert found.data_loss.data == pytest.approx(sum(hinge) / len(hinge), abs=1e-14)
    assert found.reg_loss.data == pytest.approx(alpha * (0.75**2 + 1.5**2 + 0.25**2))
    assert found.total_loss.data == found.data_loss.data + found.reg_loss.data
    right = [(s > 0) == (y > 0) for s, y in zip(scores, ys, strict=True)]
    assert found.accuracy == sum(right) / len(right)
    assert [s.data for s in found.scores] == pytest.approx(scores, abs=1e-14)


def test_a_loss_is_a_tuple_of_its_parts():
    found = max_margin(MLP(2, [2, 1]), XS, YS)
    total, data, reg, accuracy, scores = found
    assert (total, data, reg) == (found.total_loss, found.data_loss, found.reg_loss)
    assert (accuracy, scores) == (found.accuracy, found.scores)
    with pytest.raises(AttributeError):
        found.accuracy = 1.0


@pytest.mark.parametrize("function", [backward, nodes, Tape.record, show])
def test_where_a_value_is_wanted_a_loss_is_told_which_of_its_parts_to_give(function):
    found = max_margin(MLP(2, [2, 1]), XS, YS)
    with pytest.raises(TypeError, match=r"to be a Value, got: Loss .*; give its total_loss"):
        function(found)


def test_a_score_of_zero_says_minus_1():
    model = Neuron(1, weights=[0.0], nonlin=False)
    assert max_margin(model, [[1.0]], [-1]).accuracy == 1.0
    assert max_margin(model, [[1.0]], [1]).accuracy == 0.0


def test_a_batch_is_some_of_the_examples_fixed_by_its_seed():
    model = Neuron(1, weights=[1.0], nonlin=False)
    xs, ys = [[float(i)] for i in range(20)], [1.0] * 20
    chosen = [s.data for s in max_margin(model, xs, ys, batch_size=5, seed=(1, 2, 3)).scores]
    assert chosen == [float(i) for i in Stream((1, 2, 3)).shuffled(range(20))[:5]]
    again = max_margin(model, xs, ys, batch_size=5, seed=(1, 2, 3))
    assert [s.data for s in again.scores] == chosen
    other = max_margin(model, xs, ys, batch_size=5, seed=4)
    assert [s.data for s in other.scores] != chosen
    drawn = {
        tuple(s.data for s in max_margin(model, xs, ys, batch_size=5, seed=None).scores)
        for _ in range(5)
    }
    assert len(drawn) == 5


@pytest.mark.parametrize("size", [None, 3, 100])
def test_a_batch_of_all_keeps_their_order(size):
    model = Neuron(2, nonlin=False)
    found = max_margin(model, XS, YS, batch_size=size)
    assert [s.data for s in found.scores] == [model(x).data for x in XS]


def test_every_example_layer_neuron_and_term_is_a_group():
    found = max_margin(MLP(2, [2, 1]), XS[:2], YS[:2])
    tape = Tape.record(found.total_loss)
    tree = [(g.name, None if g.parent is None else tape.groups[g.parent].name) for g in tape.groups]
    example = [
        ("layer 1", "example {}"),
        ("neuron 1", "layer 1"),
        ("neuron 2", "layer 1"),
        ("layer 2", "example {}"),
        ("neuron 1", "layer 2"),
        ("hinge", "example {}"),
    ]
    assert tree == [
        ("data loss", None),
        ("example 1", "data loss"),
        *[(name, around.format(1)) for name, around in example],
        ("example 2", "data loss"),
        *[(name, around.format(2)) for name, around in example],
        ("L2 loss", None),
    ]
    ends = {g.name: g.output for g in tape.groups}
    assert ends["data loss"] == tape.index(found.data_loss)
    assert ends["L2 loss"] == tape.index(found.reg_loss)
    assert [tape.names[ends[n]] for n in ("data loss", "L2 loss")] == ["data loss", "L2 loss"]
    assert tape.names[len(tape) - 1] == "loss"
    assert [*tape.names.values()].count("-y") == 2


def test_inputs_may_be_values_and_rows_arrays():
    x = Value(2.0)
    model = Neuron(1, weights=[-1.0], nonlin=False)
    found = max_margin(model, [[x]], [1.0])
    assert backward(found.data_loss)[x] == 1.0
    assert repr(max_margin(model, np.array([[2.0]]), np.array([1]), alpha=0)) == (
        "Loss(3.0, accuracy 0.0% of 1 examples)"
    )


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda m: max_margin(m, XS, [0, 1, 1]), ValueError, "expected labels to be -1 or 1, got"),
        (lambda m: max_margin(m, XS, [1, 1]), ValueError, "expected as many ys as xs, got: 2 ys"),
        (lambda m: max_margin(m, [], []), ValueError, "expected at least one example, got: none"),
        (lambda m: max_margin(m, 5, 5), TypeError, "expected xs to be a list, got: int 5"),
        (lambda m: max_margin(m, [1, 2], [1, 1]), TypeError, "list of numbers, got: int 1$"),
        (lambda m: max_margin(m, [[]], [1]), TypeError, "expected each row of xs to be a list"),
        (lambda m: max_margin(m, [[1, "2"]], [1]), TypeError, "expected a number of xs to be a r"),
        (lambda m: max_margin(m, [[1, 2], [1]], [1, 1]), ValueError, "xs of one length, got: 1 an"),
        (lambda m: max_margin(m, [[1], [1, 2], [1] * 3], [1] * 3), ValueError, "got: 1 and 3$"),
        (lambda m: max_margin(m, [[1]], [1]), ValueError, "expected 2 inputs, got: 1"),
        (lambda m: max_margin(m, XS, YS, alpha=-1), ValueError, "expected alpha to be finite and"),
        (lambda m: max_margin(m, XS, YS, alpha=math.nan), ValueError, "expected alpha to be fini"),
        (lambda m: max_margin(m, XS, YS, batch_size=0), ValueError, "batch_size to be at least 1"),
        (lambda m: max_margin(m, XS, YS, batch_size=1.5), TypeError, "batch_size to be an int"),
        (lambda m: max_margin(m, XS, YS, batch_size=1, seed="x"), TypeError, "expected seed to be"),
        (lambda m: max_margin(print, XS, YS), TypeError, "expected model to be a Neuron, Layer o"),
        (lambda m: max_margin(MLP(2, [2]), XS, YS), ValueError, "to give one score, got: 2 outpu"),
        (lambda m: max_margin(Own((0.5,)), XS, YS), TypeError, r"of values, got: tuple \(0.5,\)"),
        (lambda m: max_margin(Own(0.5), XS, YS), TypeError, "a tuple of values, got: float 0.5"),
    ],
)
def test_what_has_no_loss_is_an_error_that_says_so(call, error, message):
    with pytest.raises(error, match=message):
        call(MLP(2, [2, 1]))
