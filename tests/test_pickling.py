"""Values through pickle: what was saved arrives, under ids that nothing else has."""

import base64
import copy
import itertools
import pickle

import pytest
from hypothesis import given

from microgradwidgets import Edge, Tape, Value, backward
from microgradwidgets.engine import fresh_id
from tests.graphs import any_leaves, bits, build, steps
from tests.processes import run

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


def through_pickle(thing, protocol=pickle.HIGHEST_PROTOCOL):
    return pickle.loads(pickle.dumps(thing, protocol))


def structure(output):
    """Everything but the ids: numbers to the bit, labels, operations, operands by place."""
    place = {key: index for index, key in enumerate(output.graph)}
    return [
        (
            node.op,
            node.label,
            *bits([node.data, *(e.local_gradient for e in node.parents)]),
            *(place[e.parent_id] for e in node.parents),
        )
        for node in output.graph.values()
    ]


@given(any_leaves, steps)
def test_a018_numbers_labels_structure_and_gradients_arrive(leaves, steps):
    output = build(leaves, steps)
    arrived = through_pickle(output)
    assert structure(arrived) == structure(output)
    assert not set(arrived.graph) & set(output.graph)
    expected, table = backward(output), backward(arrived)
    assert bits(table[i] for i in arrived.graph) == bits(expected[i] for i in output.graph)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_protocol_serves(protocol):
    x = Value(3.0, label="x")
    y = (x * x + 1).tanh(label="y")
    assert structure(through_pickle(y, protocol)) == structure(y)


def test_ids_grow_in_their_old_order_and_past_all_that_are_here():
    older, newer = Value(2.0), Value(3.0)
    y = newer * older  # the newer comes first in topological order
    saved = pickle.dumps((y, newer, older))
    here = fresh_id()
    new_y, new_newer, new_older = pickle.loads(saved)
    assert here < new_older.id < new_newer.id < new_y.id < fresh_id()


def test_each_load_makes_new_values():
    saved = pickle.dumps(Value(3.0))
    assert pickle.loads(saved).id != pickle.loads(saved).id


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_a_table_fits_the_values_pickled_with_it_in_any_order(order):
    x = Value(3.0, label="x")
    y = x * x
    things = [x, y, backward(y), {"again": x}]
    arrived = dict(zip(order, through_pickle([things[place] for place in order]), strict=True))
    new_x, new_y, table, again = (arrived[place] for place in range(4))
    assert (table[new_x], table[new_y], table.output_id) == (6.0, 1.0, new_y.id)
    assert table == backward(new_y)
    assert again["again"] is new_x
    assert new_y.parents[0].parent is new_x


def test_a_table_alone_keeps_its_numbers():
    y = Value(3.0) * 2
    table = through_pickle(backward(y))
    assert list(table.to_map().values()) == list(backward(y).to_map().values())
    assert table.output_id in table


def test_shared_values_stay_shared():
    x = Value(2.0)
    a, b = x * x, x + 1
    new_a, new_b, new_x = through_pickle([a, b, x])
    assert new_a.parents[0].parent is new_a.parents[1].parent is new_b.parents[0].parent is new_x
    assert len((new_a * new_b).graph) == 5


def test_copies_arrive_as_copies_of_one_value():
    x = Value(3.0, label="x")
    table = backward(x * x)
    copies = [x, x.with_label("z"), x.with_grad(table), x.with_label(None)]
    arrived = through_pickle(copies)
    assert len({value.id for value in arrived}) == 1
    assert [value.label for value in arrived] == ["x", "z", "x", None]
    assert [value.grad for value in arrived] == [0.0, 0.0, 6.0, 0.0]


def test_a_relabelled_output_keeps_its_label():
    x = Value(3.0)
    y = x.relu().with_label("y")
    assert through_pickle(y).label == "y"
    assert through_pickle(y.with_grad(backward(y))).grad == 1.0


@pytest.mark.parametrize("label", ["", "\ud800", "\0", "w\u200b", "😀", "x" * 1_000_000])
def test_labels_arrive_character_for_character(label):
    assert through_pickle(Value(1.0, label=label)).label == label


def test_groups_survive():
    start = fresh_id()
    x = Value(2.0, label="x")
    inner = fresh_id()
    hidden = (x * 3.0).relu().with_group("neuron", inner)
    output = (hidden + 1.0).with_group("layer", start)
    before, after = Tape.record(output), Tape.record(through_pickle(output))
    assert [group.name for group in before.groups] == ["layer", "neuron"]
    assert (after.groups, after.group_of) == (before.groups, before.group_of)


def test_edges_arrive_with_their_operand():
    edge = (Value(2.0, label="a") * 3.0).parents[0]
    arrived = through_pickle(edge)
    assert (arrived.local_gradient, arrived.parent.label) == (3.0, "a")
    assert arrived.parent_id == arrived.parent.id != edge.parent_id
    assert copy.copy(edge) == copy.deepcopy(edge) == edge


def test_a_tape_fits_the_values_pickled_with_it_and_no_others():
    x = Value(3.0, label="x")
    y = x * x + 1
    tape, new_y, new_x = through_pickle((Tape.record(y), y, x))
    assert tape.replay({new_x: 5.0}) == Tape.record(y).replay({x: 5.0})
    assert tape.index(new_y) == len(tape) - 1
    with pytest.raises(KeyError):
        tape.index(x)
    assert copy.copy(tape) is copy.deepcopy(tape) is tape


def test_a_loaded_value_is_as_immutable_as_any():
    with pytest.raises(AttributeError, match="values are immutable"):
        through_pickle(Value(1.0)).data = 2.0


def test_a019_another_process_combines_loaded_values_with_its_own():
    x = Value(3.0, label="x")
    y = (x * x + x).tanh()
    printed = run(
        """
import base64, pickle, sys
from microgradwidgets import Value, backward
own = [Value(float(n)) for n in range(100)]
y, x, table = pickle.loads(base64.b64decode(sys.stdin.read()))
again, _, _ = pickle.loads(base64.b64decode(sys.argv[1]))
later = [Value(float(n)) for n in range(100)]
ids = [v.id for v in own + later] + list(y.graph) + list(again.graph)
assert len(set(ids)) == len(ids), "ids collide"
total = Value.sum([*own, y, *later, again])
gradients = backward(total)
assert backward(y) == table
assert gradients[x] == table[x], (gradients[x], table[x])
print(gradients[x].hex(), y.data.hex(), x.label)
""",
        base64.b64encode(pickle.dumps((y, x, None))).decode(),
        stdin=base64.b64encode(pickle.dumps((y, x, backward(y)))),
    )
    assert printed.split() == [backward(y)[x].hex(), y.data.hex(), "x"]


def test_an_edge_that_knows_no_operand_comes_back_as_it_was():
    edge = pickle.loads(pickle.dumps(Edge(5, 2.0)))
    assert (edge, edge.parent) == (Edge(5, 2.0), None)
