"""Neurons, layers and perceptrons: what they compute, their parameters, their groups."""

import copy
import pickle
from itertools import count

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import (
    MLP,
    Layer,
    Module,
    Neuron,
    Tape,
    Value,
    apply_gradients,
    backward,
    forward,
    forward_many,
    parameter_count,
    parameters,
    with_parameters,
)
from tests.graphs import bits
from tests.reference import RUNS, SEEDS

numbers = st.floats(-3.0, 3.0)


def data_of(values):
    return [value.data for value in values]


# -- what is computed -----------------------------------------------------------------------------


@pytest.mark.parametrize("activation", ["relu", "tanh"])
@given(
    st.lists(numbers, min_size=3, max_size=3), numbers, st.lists(numbers, min_size=3, max_size=3)
)
def test_a_neuron_is_its_formula(activation, weights, bias, inputs):
    neuron = Neuron(3, weights=weights, bias=bias, activation=activation)
    total = bias
    for w, x in zip(weights, inputs, strict=True):
        total = total + w * x
    expected = getattr(Value(total), activation)().data
    assert neuron(inputs).data == expected
    assert Neuron(3, weights=weights, bias=bias, nonlin=False)(inputs).data == total


def test_a_layer_is_its_neurons_side_by_side():
    layer = Layer(2, 3, activation="tanh")
    outputs = layer([0.5, -0.25])
    assert data_of(outputs) == [neuron([0.5, -0.25]).data for neuron in layer.neurons]


def test_a_perceptron_is_its_layers_one_behind_the_other():
    model = MLP(2, [3, 4, 2])
    values = [0.5, -0.25]
    for layer in model.layers:
        values = layer.forward_many(values)
    assert data_of(model([0.5, -0.25])) == data_of(values)
    kinds = [[neuron.activation for neuron in layer.neurons] for layer in model.layers]
    assert kinds == [["relu"] * 3, ["relu"] * 4, [None] * 2]
    assert MLP(1, [1, 1], activation="tanh").layers[0].neurons[0].activation == "tanh"


def test_a_single_output_comes_unwrapped_and_forward_many_wraps_it():
    for model in (Neuron(2), Layer(2, 1), MLP(2, [3, 1])):
        assert isinstance(model([1.0, 2.0]), Value)
        assert data_of(model.forward_many([1.0, 2.0])) == [model([1.0, 2.0]).data]
        assert data_of(forward_many(model, [1.0, 2.0])) == [forward(model, [1.0, 2.0]).data]
    assert len(MLP(2, [3, 2])([1.0, 2.0])) == 2


def test_inputs_are_made_values_once():
    tape = Tape.record(MLP(2, [16, 16, 1])([0.3, -0.2]))
    assert len(tape.leaves) == 337 + 2
    inputs = sorted(name for name in tape.names.values() if name.startswith("x"))
    assert inputs == ["x1", "x2"]


def test_inputs_may_be_values_whose_gradients_one_wants():
    x = Value(2.0)
    y = Neuron(2, weights=[3.0, 5.0], nonlin=False)([x, 1.0])
    assert backward(y)[x] == 3.0
    assert Neuron(1, weights=[3.0])(x).data == Neuron(1, weights=[3.0])([2.0]).data == 6.0
    assert Neuron(2, weights=[1, 1])(np.array([1.0, 2.0])).data == 3.0


# -- parameters -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RUNS)
def test_initial_parameters_are_those_of_the_reference(name):
    model = MLP(2, RUNS[name]["shape"], seed=SEEDS[name])
    assert data_of(parameters(model)) == RUNS[name]["params"]


def test_parameters_are_counted():
    assert parameter_count(MLP(2, [3, 1])) == 13


def test_the_model_of_the_demo_has_337_parameters():
    model = MLP(2, [16, 16, 1])
    assert parameter_count(model) == model.parameter_count() == len(parameters(model)) == 337
    assert data_of(parameters(model)) == data_of(parameters(MLP(2, [16, 16, 1], seed=1337)))


def test_weights_come_before_the_bias_neuron_by_neuron():
    numbers = iter(count())
    model = MLP(
        2,
        [2, 1],
        weights=[[[next(numbers) for _ in range(2)] for _ in range(2)], [[20, 21]]],
        bias=[[10, 11], [22]],
    )
    assert data_of(parameters(model)) == [0, 1, 10, 2, 3, 11, 20, 21, 22]


def test_parameters_say_where_they_stand():
    labels = [p.label for p in parameters(MLP(2, [16, 16, 1]))]
    assert labels[:4] == [
        f"layer 1 · neuron {n} · {p}" for n, p in ((1, "w1"), (1, "w2"), (1, "b"))
    ] + ["layer 1 · neuron 2 · w1"]
    assert "layer 2 · neuron 5 · w3" in labels
    assert labels[-1] == "layer 3 · neuron 1 · b"
    assert len(set(labels)) == 337
    assert [p.label for p in Neuron(2).parameters()] == ["w1", "w2", "b"]
    assert [p.label for p in Layer(1, 2).parameters()][2:] == ["neuron 2 · w1", "neuron 2 · b"]
    assert [neuron.bias.data for neuron in Layer(1, 2).neurons] == [0.0, 0.0]


def test_given_values_stay_the_learners_own():
    w, b = Value(2.0, label="slope"), Value(1.0)
    neuron = Neuron(1, weights=[w], bias=b, nonlin=False)
    assert neuron.parameters()[0] is w
    assert [p.label for p in neuron.parameters()] == ["slope", "b"]
    gradients = backward(neuron(3.0))
    assert (gradients[w], gradients[b]) == (3.0, 1.0)


def test_one_row_serves_all_neurons():
    assert data_of(Layer(2, 2, weights=[1, 2], bias=3).parameters()) == [1, 2, 3, 1, 2, 3]
    assert data_of(MLP(1, [1, 1], weights=[0.5], bias=1).parameters()) == [0.5, 1, 0.5, 1]


def test_weights_are_drawn_from_minus_1_to_1_and_a_bias_begins_at_0():
    model = MLP(10, [50, 1], seed=3)
    weights = [w.data for layer in model.layers for n in layer.neurons for w in n.weights]
    assert -1.0 <= min(weights) < -0.95
    assert 0.95 < max(weights) < 1.0
    assert {n.bias.data for layer in model.layers for n in layer.neurons} == {0.0}
    assert data_of(MLP(1, [1], seed=None).parameters()) != data_of(
        MLP(1, [1], seed=None).parameters()
    )


# -- new models from old --------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Neuron(2), Layer(2, 3), MLP(2, [3, 2])], ids=repr)
def test_a_step_downhill_gives_a_new_model_and_leaves_the_old(model):
    before = data_of(model.parameters())
    output = model.forward_many([1.0, -0.5])[0]
    gradients = backward(output)
    after = apply_gradients(model, gradients, 0.25)
    assert data_of(model.parameters()) == before
    expected = [p.data - 0.25 * gradients[p] for p in model.parameters()]
    assert data_of(after.parameters()) == expected
    assert [p.label for p in after.parameters()] == [p.label for p in model.parameters()]
    assert {p.op for p in after.parameters()} == {"leaf"}
    assert type(after) is type(model)
    assert repr(after) == repr(model)
    assert data_of(model.apply_gradients(gradients, 0.25).parameters()) == expected


@given(st.lists(st.floats(allow_nan=False), min_size=13, max_size=13))
def test_a_model_takes_other_numbers_and_gives_them_back(numbers):
    model = MLP(2, [3, 1])
    other = with_parameters(model, iter(numbers))
    assert bits(data_of(other.parameters())) == bits(numbers)
    assert [p.label for p in other.parameters()] == [p.label for p in model.parameters()]


def test_a_value_in_several_places_stays_one_value():
    shared = Value(0.5, label="w")
    model = Layer(1, 2, weights=[shared], nonlin=False)
    step = model.apply_gradients(backward(Value.sum(model([3.0]))), 0.1)
    first, second = (neuron.weights[0] for neuron in step.neurons)
    assert first is second
    assert first.data == 0.5 - 0.1 * 6.0
    apart = model.with_parameters([1.0, 0.0, 2.0, 0.0])
    assert data_of(n.weights[0] for n in apart.neurons) == [1.0, 2.0]


def test_gradients_of_another_model_are_refused():
    model = Neuron(2)
    gradients = backward(model([1.0, 2.0]))
    other = apply_gradients(model, gradients, 0.1)
    message = "^expected gradients by this model's parameters, got: by others alone$"
    with pytest.raises(ValueError, match=message):
        apply_gradients(other, gradients, 0.1)
    with pytest.raises(TypeError, match=r"^expected learning_rate to be a real scalar, got: str"):
        apply_gradients(model, gradients, "0.1")


def test_nothing_of_a_model_changes():
    model = MLP(2, [3, 1])
    for module in (model, model.layers[0], model.layers[0].neurons[0]):
        for name in (*type(module).__dataclass_fields__, "other"):
            with pytest.raises((AttributeError, TypeError)):
                setattr(module, name, None)
    assert isinstance(model.layers, tuple)
    assert isinstance(model.layers[0].neurons[0].weights, tuple)


def test_a_model_can_be_copied_and_pickled():
    model = MLP(2, [3, 1], activation="tanh")
    output = model([0.5, 0.25])
    again, gradients = pickle.loads(pickle.dumps((model, backward(output))))
    assert again([0.5, 0.25]).data == output.data
    assert repr(again) == repr(model)
    table = backward(output)
    assert [gradients[p] for p in again.parameters()] == [table[p] for p in model.parameters()]
    assert copy.copy(model)([0.5, 0.25]).data == output.data


@pytest.mark.parametrize(
    "model, shown",
    [
        (Neuron(3), "Neuron(3, relu)"),
        (Neuron(1, nonlin=False), "Neuron(1, linear)"),
        (Layer(2, 1, activation="tanh"), "Layer(2, 1, tanh)"),
        (Layer(2, 3, nonlin=False), "Layer(2, 3, linear)"),
        (MLP(3, [1]), "MLP(3, [1], linear, 4 parameters)"),
        (MLP(2, [4, 2], activation="tanh"), "MLP(2, [4, 2], tanh, 22 parameters)"),
    ],
    ids=repr,
)
def test_a_model_is_shown_by_its_sizes_and_its_activation(model, shown):
    assert repr(model) == shown


# -- groups ---------------------------------------------------------------------------------------


def paths(tape):
    """Each group as the names around it and its own, with how many values it holds itself."""
    found = {}
    for place in range(len(tape.groups)):
        names, at = [], place
        while at is not None:
            names.insert(0, tape.groups[at].name)
            at = tape.groups[at].parent
        found[" / ".join(names)] = [*tape.group_of].count(place)
    return found


def test_a_call_draws_a_group_for_every_layer_and_neuron():
    assert paths(Tape.record(MLP(2, [3, 1])([0.3, -0.2]))) == {
        "layer 1": 0,
        "layer 1 / neuron 1": 5,  # two products, two sums, relu
        "layer 1 / neuron 2": 5,
        "layer 1 / neuron 3": 5,
        "layer 2": 0,
        "layer 2 / neuron 1": 6,
    }
    assert paths(Tape.record(Neuron(1)(2.0))) == {"neuron": 3}
    assert paths(Tape.record(Layer(1, 1)(2.0))) == {"layer": 0, "layer / neuron 1": 3}


def test_two_calls_draw_their_own_groups():
    model = Neuron(1)
    tape = Tape.record(model(1.0) + model(2.0))
    assert [group.name for group in tape.groups] == ["neuron", "neuron"]
    assert [tape.groups[g].name for g in tape.group_of if g >= 0] == ["neuron"] * 6
    assert [*tape.group_of].count(-1) == 5  # two inputs, the shared weight and bias, the sum


# -- what is refused ------------------------------------------------------------------------------

ENDLESS = []  # nested as deeply as one cares to look
ENDLESS.append(ENDLESS)


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda: MLP(2, 3), TypeError, "expected n_outputs to be a list of ints, got: int 3"),
        (lambda: MLP(2, "16"), TypeError, "expected n_outputs to be a list of ints, got: str '16'"),
        (lambda: MLP(True, [1]), TypeError, "expected n_inputs to be an int, got: bool True"),
        (lambda: Layer(2, 0), ValueError, "expected n_outputs to be at least 1, got: 0"),
        (lambda: MLP(10**400, [1]), ValueError, "^expected n_inputs to be at most 1000000, got: "),
        (lambda: MLP(2, [10**400]), ValueError, "^expected n_outputs to be at most 1000000, got: "),
        (lambda: MLP(2, 10**5000), TypeError, "list of ints, got: int <about 5,000 digits>$"),
        (lambda: MLP(2, list), TypeError, "^expected n_outputs to be a list of ints, got: type"),
        (lambda: MLP(int, [1]), TypeError, "^expected n_inputs to be an int, got: type"),
        (
            lambda: MLP(np.array([1, 2]), [1]),
            TypeError,
            "^expected n_inputs to be an int, got: nda",
        ),
        (lambda: MLP(2, [1], seed=np.array([1, 2])), TypeError, "^expected seed to be an int, a t"),
        (lambda: Neuron(2, activation=np.array([1, 2])), ValueError, "or 'tanh', got: ndarray"),
        (lambda: Neuron(2, name=None), TypeError, "^expected name to be a str, got: NoneType"),
        (lambda: Layer(2, 1, name=5), TypeError, "^expected name to be a str, got: int 5"),
        (
            lambda: with_parameters(Neuron(1), 5),
            TypeError,
            "^expected numbers to be a list, got: i",
        ),
        (lambda: MLP(2, [1], weights=ENDLESS), ValueError, "^expected 2 weights, got: 1"),
        (lambda: MLP(2, [1], bias=ENDLESS), TypeError, "^expected a parameter to be a real scalar"),
        (lambda: Layer(1, 1, weights=ENDLESS), TypeError, "^expected a parameter to be a real"),
        (
            lambda: MLP(2, [1], activation="gelu"),
            ValueError,
            "be 'relu' or 'tanh', got: str 'gelu'$",
        ),
        (lambda: MLP(2, []), ValueError, r"n_outputs to have at least one layer, got: list \[\]$"),
        (lambda: MLP(2, [0]), ValueError, "^expected n_outputs to be at least 1, got: 0$"),
        (lambda: MLP(1, [1], weights=[[[1]]] * 2), ValueError, "^expected weights to have 1 ent"),
        (lambda: MLP(1, [1], bias=[[1], [2]]), ValueError, "^expected bias to have 1 entries"),
        (lambda: Layer(1, 2, weights=[]), ValueError, "^expected 1 weights, got: 0$"),
        (lambda: MLP(2, [1], seed="x"), TypeError, "expected seed to be an int"),
        (lambda: Neuron(2, weights=[1.0]), ValueError, "expected 2 weights, got: 1"),
        (lambda: Neuron(2, weights=3.0), TypeError, "expected weights to be a list, got: float"),
        (lambda: Neuron(1, weights=["1"]), TypeError, "expected a parameter to be a real scalar"),
        (lambda: Layer(1, 2, weights=[[1]] * 3), ValueError, "expected weights to have 2 entries"),
        (lambda: Layer(1, 2, bias=[1]), ValueError, "expected bias to have 2 entries, got: 1"),
        (lambda: Neuron(2)({1.0, 2.0}), TypeError, "expected a list of 2 inputs, got: set"),
        (lambda: Neuron(2)(1.0), TypeError, "expected a list of 2 inputs, got: float 1.0"),
        (lambda: Neuron(1)(None), TypeError, "expected a list of 1 inputs, got: NoneType None"),
        (lambda: Neuron(1)(["1"]), TypeError, "expected an input to be a real scalar, got: str"),
        (lambda: with_parameters(Neuron(2), [1.0]), ValueError, "expected 3 parameters, got: 1"),
        (lambda: with_parameters(Neuron(1), ["1", 2]), TypeError, "expected parameter to be a"),
        (lambda: apply_gradients(Neuron(1), {}, 1), TypeError, "expected gradients to be a"),
        (lambda: parameter_count(3), TypeError, "a Neuron, Layer or MLP, got: int 3$"),
        (lambda: parameters([1, 2]), TypeError, r"a Neuron, Layer or MLP, got: list \[1, 2\]$"),
    ],
)
def test_what_makes_no_model_is_an_error_that_says_so(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_module_without_parts_says_what_is_missing():
    class Bare(Module):
        pass

    for call in (Bare().parameters, lambda: Bare()(1.0), lambda: Bare()._rebuilt(iter(()))):
        with pytest.raises(NotImplementedError):
            call()
