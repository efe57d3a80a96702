"""What moves the numbers of a diagram: edits, steps."""

import math

import pytest
import traitlets

from microgradwidgets import Value, backward, show


@pytest.fixture
def neuron():
    x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    return x, w, show(Value.tanh(x * w + 1.0, label="o"))


def test_an_edit_gives_a_new_value_and_leaves_the_old_one_alone(neuron):
    x, w, diagram = neuron
    original = diagram.value
    diagram.edits = {x: 0.5}
    expected = Value.tanh(Value(0.5) * Value(-3.0) + 1.0)
    assert diagram.value is not original
    assert diagram.value.data == expected.data
    assert diagram.value is diagram.value
    assert diagram.gradients == backward(diagram.value)
    assert original.data == math.tanh(-5.0)
    diagram.edits = {}
    assert diagram.value is original
    assert diagram.gradients[w] == backward(original)[w]


@pytest.mark.parametrize("key", ["x", "value", "id"])
def test_a_leaf_may_be_given_by_label_value_or_id(neuron, key):
    x, _, diagram = neuron
    diagram.edits = {{"x": "x", "value": x, "id": x.id}[key]: 7}
    assert diagram.edits == {x: 7.0}


def test_edits_cross_to_the_browser_as_indices(neuron):
    x, w, diagram = neuron
    place = diagram.recorded.ids
    diagram.edits = {x: math.inf, w: 4.0}
    assert diagram.get_state("edits") == {"edits": [[place[x.id], "inf"], [place[w.id], 4.0]]}
    diagram.set_state({"edits": [[place[w.id], "nan"]]})
    assert list(diagram.edits) == [w]
    assert math.isnan(diagram.edits[w])


@pytest.mark.parametrize(
    "wrong, said",
    [
        ([1, 2], "expected a mapping of leaves to numbers"),
        ({"o": 1.0}, "expected a leaf"),
        ({"nobody": 1.0}, "expected a value of this tape or its name"),
        ({"x": "2"}, "expected leaf to be a real scalar"),
    ],
)
def test_what_is_no_edit_is_refused(neuron, wrong, said):
    _, _, diagram = neuron
    with pytest.raises(traitlets.TraitError, match=said):
        diagram.edits = wrong
    assert diagram.edits == {}


@pytest.mark.parametrize("pairs", [[[99, 1.0]], [[0]], "x", [["0", 1.0]], [[0, None]]])
def test_nonsense_from_a_page_is_refused(neuron, pairs):
    _, _, diagram = neuron
    with pytest.raises(traitlets.TraitError, match="expected pairs of a leaf's index"):
        diagram.set_state({"edits": pairs})


def test_steps_are_as_many_as_both_passes_have(neuron):
    _, _, diagram = neuron
    diagram.step = 7
    for wrong in (8, -1):
        with pytest.raises(traitlets.TraitError, match="expected step to be in 0…7 or None"):
            diagram.step = wrong
    diagram.step = None


def test_leaves_can_be_locked():
    x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    product = (x * w).with_label("p")
    assert show(product).get_state("editable") == {"editable": None}
    assert show(product, editable=False).get_state("editable") == {"editable": []}
    diagram = show(product, editable=["w"])
    assert diagram.editable == (w,)
    assert diagram.get_state("editable") == {"editable": [diagram.recorded.ids[w.id]]}
    for wrong in ("w", 3, ["p"], ["nobody"], [None]):
        with pytest.raises(traitlets.TraitError, match="expected"):
            diagram.editable = wrong
    assert diagram.editable == (w,)
