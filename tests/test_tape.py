"""A graph written down flat: replayed, it has the bits of the graph."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import Group, Tape, Value, backward
from microgradwidgets.arithmetic import described
from microgradwidgets.engine import fresh_id
from microgradwidgets.gradients import topological_order
from tests.graphs import any_leaves, bits, build, grouped_tape, leaves_of, steps
from tests.grouped import loss


def eager(output):
    """Data and gradients of a value, in topological order, as eager evaluation has them."""
    table = backward(output)
    numbers = [node.data for node in output.graph.values()]
    return bits(numbers), bits(table[key] for key in output.graph)


def replayed(tape, leaves=None):
    return bits(tape.replay(leaves)), bits(tape.gradients(leaves))


# -- the same bits --------------------------------------------------------------------------------


@given(any_leaves, steps)
def test_a_replay_has_the_bits_of_eager_evaluation(leaves, steps):
    output = build(leaves, steps)
    assert replayed(Tape.record(output)) == eager(output)


@given(any_leaves, steps, st.lists(st.floats(), min_size=5, max_size=5))
def test_a_replay_with_other_leaves_has_the_bits_of_a_fresh_evaluation(leaves, steps, others):
    output = build(leaves, steps)
    tape = Tape.record(output)
    numbers = (others * len(tape.leaves))[: len(tape.leaves)]
    assert replayed(tape, numbers) == eager(tape.value(numbers))
    changed = dict(zip(leaves_of(output), numbers, strict=True))
    assert replayed(tape, changed) == replayed(tape, numbers)
    by_index = dict(zip(tape.leaf_indices, numbers, strict=True))
    assert replayed(tape, by_index) == replayed(tape, numbers)


@given(any_leaves, steps)
def test_local_gradients_are_those_of_the_edges(leaves, steps):
    output = build(leaves, steps)
    tape = Tape.record(output)
    data = tape.replay()
    for value in topological_order(output):
        expected = bits(edge.local_gradient for edge in value.parents)
        assert bits(tape.local_gradients(tape.index(value), data)) == expected


@given(any_leaves, any_leaves, steps)
def test_other_leaves_give_what_the_expression_built_with_them_gives(leaves, others, steps):
    others = (others * 5)[: len(leaves)]
    first, second = build(leaves, steps), build(others, steps)
    names = {v.label: others[int(v.label[1:])] for v in leaves_of(first)}
    assert replayed(Tape.record(first), names) == eager(second)


@given(any_leaves, steps)
def test_a_value_rebuilt_has_the_same_bits_labels_and_operations(leaves, steps):
    output = build(leaves, steps)
    rebuilt = Tape.record(output).value()
    assert eager(rebuilt) == eager(output)
    rows = [[(n.op, n.label) for n in value.graph.values()] for value in (output, rebuilt)]
    assert rows[0] == rows[1]
    assert not set(rebuilt.graph) & set(output.graph)


@pytest.mark.parametrize("recorded", [lambda: Tape.record(loss(5, [3, 1])), grouped_tape])
def test_a_value_rebuilt_is_in_the_same_groups(recorded):
    tape = recorded()
    assert tape.groups
    assert Tape.record(tape.value()).to_bytes() == tape.to_bytes()
    other = tape.value([3.0 * number for number in tape.leaves])
    assert list(Tape.record(other).group_of) == list(tape.group_of)


# -- what a tape knows ----------------------------------------------------------------------------


def test_a_tape_finds_its_values_by_value_copy_and_name():
    x = Value(3.0, label="x")
    y = (x * x).with_label("y")
    tape = Tape.record(y + 1)
    assert [tape.index(key) for key in (x, "x", x.with_label("z"), y, "y")] == [0, 0, 0, 1, 1]
    assert [tape.op(index) for index in range(4)] == ["leaf", "*", "leaf", "+"]
    for stranger in (Value(3.0), "z", 3, None):
        with pytest.raises(KeyError, match="expected a value of this tape or its name, got: "):
            tape.index(stranger)
    assert repr(tape) == "Tape(4 values, 2 leaves)"


def test_names_fill_in_where_there_is_no_label():
    x, w = Value(3.0), Value(2.0, label="w")
    tape = Tape.record(x * w, {x.id: "input", w.id: "ignored", 10**15: "elsewhere"})
    assert tape.names == {0: "input", 1: "w"}
    assert tape.value().parents[0].parent.label == "input"


def test_a_relabelled_output_is_recorded_with_its_label():
    assert Tape.record(Value(1.0).relu().with_label("y")).names == {1: "y"}


def test_one_value_of_many_can_be_rebuilt():
    x = Value(3.0, label="x")
    tape = Tape.record((x * x + 1).tanh())
    part = tape.value({"x": 5.0}, index=tape.index(x) + 1)
    assert (part.op, part.data) == ("*", 25.0)
    for index in (-1, len(tape)):
        with pytest.raises(IndexError, match="expected index to be in 0…4, got: "):
            tape.value(index=index)


def test_leaves_are_checked():
    x = Value(3.0, label="x")
    y = x * 2
    tape = Tape.record(y)
    with pytest.raises(ValueError, match="expected 2 leaves, got: 1"):
        tape.replay([1.0])
    for leaves in ([1.0, "2"], {"x": None}, {0: True}):
        with pytest.raises(TypeError, match="expected leaf to be a real scalar"):
            tape.replay(leaves)
    for key in (y, 2, 3, -1, 99):
        with pytest.raises(KeyError) as caught:
            tape.replay({key: 1.0})
        assert caught.value.args[0] == f"expected a leaf of this tape, got: {described(key)}"
    for stranger in ({"z": 1.0}, {Value(1.0): 1.0}):
        with pytest.raises(KeyError, match="expected a value of this tape or its name"):
            tape.gradients(stranger)


def test_only_values_are_recorded():
    with pytest.raises(TypeError, match="expected value to be a Value, got: int 5"):
        Tape.record(5)


def test_a_replay_given_back_saves_the_forward_pass():
    x = Value(0.5)
    tape = Tape.record((x * x).exp())
    assert tape.gradients([2.0], tape.replay([2.0])) == tape.gradients([2.0])


def test_a_tape_cannot_be_changed():
    with pytest.raises(AttributeError):
        Tape.record(Value(1.0)).ops = b""


# -- groups ---------------------------------------------------------------------------------------


def test_groups_nest_and_may_have_several_outputs():
    tape = grouped_tape()
    groups = [(group.name, group.parent) for group in tape.groups]
    assert groups == [("layer", None), ("neuron", 0), ("neuron", 0)]
    assert [tape.op(group.output) for group in tape.groups] == ["relu", "relu", "relu"]
    places = [place if place < 0 else tape.groups[place].name for place in tape.group_of]
    assert [(tape.op(index), place) for index, place in enumerate(places)] == [
        ("leaf", "layer"),
        ("leaf", "neuron"),
        ("*", "neuron"),
        ("relu", "neuron"),
        (("pow", 3.0), -1),
        ("leaf", "neuron"),
        ("*", "neuron"),
        ("relu", "neuron"),
        ("+", -1),
        ("tanh", -1),
    ]


def test_a_group_holds_what_was_made_since_and_leads_to_it():
    a = Value(1.0, label="a")
    since = fresh_id()
    stranger = a * 5
    inner = (a + 1).exp().with_group("neuron", since)
    tape = Tape.record(inner * stranger)
    names = [tape.op(i) for i, group in enumerate(tape.group_of) if group == 0]
    assert names == ["leaf", "+", "exp"]
    assert tape.groups == (Group("neuron", output=tape.index(inner), parent=None),)


def test_without_groups_there_is_no_column_for_them():
    tape = Tape.record(Value(1.0) * 2)
    assert (tape.groups, tape.group_of) == ((), ())


def test_nothing_of_a_tape_can_be_changed():
    leaves, names = [3.0], {0: "x"}
    tape = Tape(b"\0", [-1], [-1], leaves, names=names)
    leaves[0], names[0] = 5.0, "y"
    assert (tape.leaves, tape.names) == ((3.0,), {0: "x"})
    tape = grouped_tape()
    for column in fields(tape):
        with pytest.raises(TypeError, match="does not support item assignment"):
            getattr(tape, column.name)[0] = 7
    assert isinstance(tape.steps, tuple)


def test_a_value_rebuilt_has_its_labels_whatever_made_it():
    x = Value(0.5, label="leaf")
    made = [Value.add(x, x), Value.sub(x, x), Value.mul(x, x), x**3]
    made += [getattr(x, name)() for name in ("neg", "relu", "tanh", "exp", "log", "sigmoid")]
    for value in made:
        again = Tape.record(value.with_label("made")).value()
        assert [node.label for node in again.graph.values()] == ["leaf", "made"]


def test_the_first_value_can_be_rebuilt_too():
    assert Tape.record(Value(3.0, label="x") * 2).value(index=0).label == "x"
