"""What moves the numbers of a diagram: edits, steps."""

import math
from contextlib import closing

import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import Value, backward, show
from microgradwidgets.gradients import topological_order
from tests.graphs import any_leaves, bits, build, steps


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
        ({"nobody": 1.0}, "^expected a value of this diagram, its name or id, got: str 'nobody'$"),
        ({-7: 1.0}, "^expected a value of this diagram, its name or id, got: int -7$"),
        ({"x": "2"}, "expected leaf to be a real scalar"),
    ],
)
def test_what_is_no_edit_is_refused(neuron, wrong, said):
    _, _, diagram = neuron
    with pytest.raises(traitlets.TraitError, match=said):
        diagram.edits = wrong
    assert diagram.edits == {}


def test_edits_are_set_as_a_whole_and_belong_to_one_diagram(neuron):
    diagram = neuron[-1]
    with pytest.raises(TypeError, match="expected edits to be set as a whole"):
        diagram.edits["x"] = 7.0
    with pytest.raises(TypeError, match="expected edits to be set as a whole"):
        del diagram.edits["x"]
    given = {"x": 7.0}
    diagram.edits = given
    shown, given["w"] = diagram.value.data, 100.0
    assert (diagram.value.data, list(diagram.edits.values())) == (shown, [7.0])
    diagram.score["answers"].append({})
    other = show(Value(1.0, label="x") * 2.0)
    assert (other.edits, other.value.data, other.score["answers"]) == ({}, 2.0, [])


@pytest.mark.parametrize("name", ["edits", "editable"])
def test_nothing_is_neither_edits_nor_leaves(neuron, name):
    diagram = neuron[-1]
    before = getattr(diagram, name)
    with pytest.raises(traitlets.TraitError, match=r"^expected .*, got: NoneType None$"):
        setattr(diagram, name, None)
    assert getattr(diagram, name) == before
    assert diagram.to_html()


@pytest.mark.parametrize("packed", [b"\xff" * 10, b"\0" * 8, b"\0" * 800])
def test_older_numbers_are_one_for_each_leaf(neuron, packed):
    diagram = neuron[-1]
    with pytest.raises(traitlets.TraitError, match="expected compared to be empty or "):
        diagram.set_state({"compared": packed})
    assert diagram.changes() == []


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


def test_a_page_cannot_change_what_is_locked(monkeypatch):
    x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    diagram = show(x * w, editable=["w"])
    place = diagram.recorded.ids
    diagram.edits = {x: 7.0}
    answers = []
    monkeypatch.setattr(diagram, "send_state", lambda key=None: answers.append(key))
    diagram.set_state({"edits": [[place[x.id], 7.0], [place[w.id], 1.0]]})
    assert diagram.edits == {x: 7.0, w: 1.0}
    assert answers == []
    diagram.set_state({"edits": [[place[x.id], 0.0], [place[w.id], 2.0]]})
    assert diagram.edits == {x: 7.0, w: 2.0}
    assert answers[-1] == "edits", "the page is told what the numbers are"
    diagram.set_state({"edits": []})
    assert diagram.edits == {x: 7.0}
    diagram.editable = False
    diagram.set_state({"edits": [[place[w.id], 1.0]]})
    assert diagram.value.data == 7.0 * -3.0


@given(any_leaves, steps, st.lists(st.floats(), min_size=5, max_size=5))
def test_edited_it_is_to_the_bit_what_building_it_anew_gives(leaves, made, others):
    with closing(show(build(leaves, made), names=False)) as diagram:
        used = {name: others[int(name[1:])] for name in diagram.recorded.names.values()}
        diagram.edits = used
        anew = build([used.get(f"x{n}", x) for n, x in enumerate(leaves)], made)
        assert numbers_of(diagram.value, diagram.gradients) == numbers_of(anew, backward(anew))


def numbers_of(value, gradients):
    order = topological_order(value)
    return bits(v.data for v in order), bits(gradients[v] for v in order)
