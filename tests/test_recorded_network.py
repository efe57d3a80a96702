"""A network written down: what a page makes of it is what Python computes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microgradwidgets import MLP, Tape, Value, backward, max_margin, moons
from microgradwidgets.losses import checked_examples
from microgradwidgets.recorded_loss import RecordedLoss
from microgradwidgets.recorded_network import record_network
from microgradwidgets.views.dashboard import NETWORK_MARK, network_bytes
from microgradwidgets.views.packed import doubles, unpack
from tests.graphs import bits


class Page:
    """What a page does with the bytes, one example after the other, in plain Python."""

    def __init__(self, packed):
        self.header, sections = unpack(NETWORK_MARK, packed)
        self.example, self.total = Tape.from_bytes(sections[0]), Tape.from_bytes(sections[1])
        self.initial = doubles(NETWORK_MARK, sections, 2, len(self.header["names"]))

    def example_data(self, numbers, xs, y):
        on = self.header
        leaves = dict(zip(on["parameters"], numbers, strict=True))
        leaves |= dict(zip(on["inputs"], xs, strict=True))
        return self.example.replay(leaves | {on["minus_y"]: -y})

    def total_data(self, numbers, losses, alpha):
        on, total = self.header, 0.0
        for loss in losses:
            total += loss
        leaves = dict(zip(on["total_parameters"], numbers, strict=True))
        return self.total.replay(
            leaves | {on["sum"]: total, on["share"]: 1.0 / len(losses), on["alpha"]: alpha}
        )

    def gradients(self, numbers, examples, alpha):
        on = self.header
        losses = [self.example_data(numbers, *e)[-1] for e in examples]
        slopes = self.total.gradients(data=self.total_data(numbers, losses, alpha))
        found = [slopes[place] for place in on["total_parameters"]]
        for xs, y in reversed(examples):
            table = self.example.gradients(data=self.example_data(numbers, xs, y))
            for p, place in enumerate(on["parameters"]):
                found[p] += slopes[on["sum"]] * table[place]
        return found


numbers = st.floats(-3.0, 3.0)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1, 4), max_size=3),
    st.sampled_from(["relu", "tanh"]),
    st.lists(st.tuples(numbers, numbers, st.sampled_from([-1.0, 1.0])), min_size=1, max_size=5),
    st.floats(0.0, 2.0),
    st.integers(0, 2**53 - 1),
)
def test_what_a_page_makes_of_the_bytes_is_the_loss_to_the_last_bit(
    hidden, activation, points, alpha, seed
):
    model = MLP(2, [*hidden, 1], activation=activation, seed=seed)
    page = Page(network_bytes(model, seed))
    assert page.initial == [p.data for p in model.parameters()]
    examples = [((x, y), label) for x, y, label in points]
    found = RecordedLoss(model, 2)(page.initial, examples, alpha)
    losses = [page.example_data(page.initial, *e)[-1] for e in examples]
    data, on = page.total_data(page.initial, losses, alpha), page.header
    assert bits([data[-1], data[on["data_loss"]], data[on["reg_loss"]]]) == bits(found[:3])
    assert page.gradients(page.initial, examples, alpha) == pytest.approx(found.gradients)


def test_a_recorded_loss_is_that_of_the_values_to_the_last_bit():
    recorded = MLP(2, [3, 1], seed=3)
    # At other numbers than those it was recorded from; one point is safe, and has no loss.
    model = recorded.with_parameters([2.0 * p.data for p in recorded.parameters()])
    xs, ys = [[0.5, -1.0], [2.0, 0.25], [-0.75, 1.5], [-3.0, 9.0]], [1.0, -1.0, 1.0, 1.0]
    assert max_margin(model, xs[-1:], ys[-1:]).data_loss.data == 0.0
    found = RecordedLoss(recorded, 2)(
        [p.data for p in model.parameters()], checked_examples(xs, ys), 0.3
    )
    total, data, reg, accuracy, _ = max_margin(model, xs, ys, alpha=0.3)
    assert bits(found[:4]) == bits([total.data, data.data, reg.data, accuracy])
    assert 0.0 < accuracy < 1.0
    table = backward(total)
    assert bits(found.gradients) == bits(table[p] for p in model.parameters())


def test_the_tapes_say_what_is_where_by_names():
    header, example, total, _ = record_network(MLP(2, [1]))
    assert [example.names[place] for place in header["inputs"]] == ["x1", "x2"]
    assert example.names[header["minus_y"]] == "-y"
    assert example.names[header["score"]] == "score"
    assert example.names[len(example) - 1] == "loss"
    assert [group.name for group in example.groups][:1] == ["example"]
    assert total.names[header["sum"]] == "sum"
    assert (total.names[header["data_loss"]], total.names[header["reg_loss"]]) == (
        "data loss",
        "L2 loss",
    )
    assert (header["activation"], header["model_seed"]) == ("relu", None)


def test_every_unit_is_found_with_its_sum_its_parameters_and_its_inputs():
    model = MLP(2, [3, 2, 1], activation="tanh")
    header, tape, _, initial = record_network(model, 7)
    data = tape.replay({header["inputs"][0]: 0.5, header["inputs"][1]: -0.25})
    before = (0.5, -0.25)
    for layer, units in zip(model.layers, header["layers"], strict=True):
        after = layer.forward_many(before)
        assert [data[unit["output"]] for unit in units] == [value.data for value in after]
        for neuron, unit in zip(layer.neurons, units, strict=True):
            assert [data[i] for i in unit["inputs"]] == [*before]
            assert [initial[p] for p in unit["weights"]] == [w.data for w in neuron.weights]
            assert initial[unit["bias"]] == neuron.bias.data
            assert tape.op(unit["sum"]) == "+"
        before = tuple(value.data for value in after)
    assert data[header["score"]] == before[0]
    assert header["layers"][-1][0]["sum"] == header["layers"][-1][0]["output"]
    assert (header["hidden"], header["activation"], header["model_seed"]) == ([3, 2], "tanh", 7)
    assert header["names"] == [p.label for p in model.parameters()]


def test_the_leaves_of_the_total_are_told_apart():
    header, _, total, _ = record_network(MLP(2, [2, 1]))
    places = [header[key] for key in ("sum", "share", "alpha")]
    assert len({*places, *header["total_parameters"]}) == 3 + 9
    assert all(total.op(place) == "leaf" for place in (*places, *header["total_parameters"]))


def test_parameters_that_are_one_value_or_no_leaves_are_recorded_by_their_numbers():
    w = Value(0.5, label="w")
    model = MLP(2, [2, 1], weights=[w, w.exp()], bias=0.25)
    page = Page(network_bytes(model, None))
    examples = checked_examples([[1.0, -2.0], [0.25, 3.0]], [-1.0, 1.0])
    losses = [page.example_data(page.initial, *e)[-1] for e in examples]
    data = page.total_data(page.initial, losses, 0.5)
    assert bits([data[-1]]) == bits(
        [max_margin(model, *zip(*examples, strict=True), alpha=0.5)[0].data]
    )


@pytest.mark.parametrize(
    "model, words",
    [
        (MLP(3, [2, 1]), "expected model to have two inputs and one output, got: MLP"),
        (MLP(2, [2, 2]), "expected model to have two inputs and one output, got: MLP"),
        (MLP(2, [1], bias=float("nan")), "expected model to have finite parameters, got: "),
    ],
)
def test_only_models_that_tell_points_of_the_plane_apart_are_recorded(model, words):
    with pytest.raises(ValueError, match=words):
        record_network(model)


def test_only_a_perceptron_is_recorded():
    with pytest.raises(TypeError, match="expected model to be an MLP, got: function"):
        record_network(moons)
