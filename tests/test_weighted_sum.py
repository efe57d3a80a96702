"""Weighted sums that nobody has looked at: as if the operators had made them, in every respect."""

import copy
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import (
    Neuron,
    Tape,
    Value,
    backward,
    detect_anomaly,
    group,
    nodes,
    topological_ids,
)
from microgradwidgets.engine import LINKS_PER_KNOT, fresh_id
from microgradwidgets.folding import ingredients
from microgradwidgets.gradients import topological_order
from microgradwidgets.weighted_sum import _write_out, weighted_sum
from tests.graphs import AWKWARD, bits

numbers = st.floats(-3.0, 3.0) | st.sampled_from(AWKWARD)
# Each step is a weighted sum (its bias and its pairs counted back from the latest value) or one
# other operation, so that sums stand on sums, share operands, and are used more than once.
sums = st.tuples(
    st.just("sum"),
    st.integers(0, 9),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=4),
)
others = st.tuples(
    st.sampled_from(["add", "sub", "mul", "tanh", "relu"]), st.integers(0, 9), st.integers(0, 9)
)
programs = st.lists(sums | others, min_size=1, max_size=12)


def by_operators(bias, weights, inputs):
    total = bias
    for weight, value in zip(weights, inputs, strict=True):
        total = total + weight * value
    return total


def run(program, leaves, make_sum):
    """The values of a program, with ids counted from its first leaf."""
    began = fresh_id()
    made = [Value(number) for number in leaves]
    for op, first, second in program:

        def back(distance):
            return made[-1 - distance % len(made)]

        if op == "sum":
            weights, inputs = [back(w) for w, _ in second], [back(x) for _, x in second]
            made.append(make_sum(back(first), tuple(weights), tuple(inputs)))
        elif op in ("tanh", "relu"):
            made.append(getattr(back(first), op)())
        else:
            made.append(getattr(back(first), op)(back(second)))
    return began, made


@given(programs, st.lists(numbers, min_size=1, max_size=4))
def test_numbers_ids_and_gradients_are_those_of_the_operators(program, leaves):
    found = []
    for make_sum in (weighted_sum, by_operators):
        began, made = run(program, leaves, make_sum)
        output = made[-1]
        table = backward(output)  # before anybody looks at the graph
        gradients = bits(table[v] for v in made)
        ids = [number - began for number in topological_ids(output)]
        tape = Tape.record(output)
        found.append(
            (
                gradients,
                ids,
                [tape.ops, [*tape.left], [*tape.right], bits(tape.replay())],
                bits(v.data for v in made),
                {k - began: b for k, b in zip(table, bits(table.to_map().values()), strict=True)},
                bits(backward(output)[number + began] for number in ids),  # once all is written out
            )
        )
    assert found[0] == found[1]


@given(programs, st.lists(numbers, min_size=1, max_size=4))
def test_looking_at_a_part_changes_nothing(program, leaves):
    _, made = run(program, leaves, weighted_sum)
    expected = backward(made[-1])
    for value in made[::2]:
        len(value.parents)
    assert backward(made[-1]) == expected
    assert backward(made[-1]).to_map().keys() == expected.to_map().keys()


def a_sum():
    w, x = (Value(2.0), Value(3.0)), (Value(10.0), Value(100.0))
    return weighted_sum(Value(1.0), w, x), w, x


def test_it_is_written_out_when_somebody_looks_and_not_before():
    total, weights, inputs = a_sum()
    assert (total.data, total.op) == (321.0, "+")
    table = backward(total.tanh())
    assert ingredients(total) is not None
    second = total.parents[1].parent
    assert ingredients(total) is None
    assert (second.data, second.op) == (300.0, "*")
    assert [edge.parent for edge in second.parents] == [weights[1], inputs[1]]
    assert table[second] == table[total] == table[total.parents[0].parent]
    assert type(total).__name__ == "Value"


def test_a_table_counts_what_was_never_written_out():
    total, _, _ = a_sum()
    table = backward(total)
    assert len(table) == 9
    assert set(table) == set(topological_ids(total))
    assert all(number in table for number in topological_ids(total))
    assert len(pickle.loads(pickle.dumps(backward(a_sum()[0])))) == 9


def test_a_table_is_completed_by_many_threads_at_once():
    total = Value(0.0)
    for _ in range(300):
        total = weighted_sum(total, (Value(1.0),), (Value(2.0),))
    table = backward(total)
    start = threading.Barrier(8)

    def complete(_):
        start.wait()
        return len(table), sum(table.to_map().values())

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(complete, range(8))) == {(1 + 300 * 4, 1.0 + 300 * 5.0)}


def test_copies_and_pickles_are_the_same_value():
    total, weights, _ = a_sum()
    assert copy.copy(total) is total
    labelled = total.with_label("total").with_group("neuron", 1)
    assert (labelled.id, labelled.data, labelled.label) == (total.id, 321.0, "total")
    assert len(labelled.graph) == 9
    loaded = pickle.loads(pickle.dumps(a_sum()[0]))
    assert (loaded.data, len(loaded.graph)) == (321.0, 9)
    assert backward(labelled)[weights[0]] == 10.0


def test_a_hundred_threads_look_at_once():
    total, weights, _ = a_sum()
    start = threading.Barrier(20)

    def look(_):
        start.wait()
        return [row["data"] for row in nodes(total)], backward(total)[weights[1]]

    with ThreadPoolExecutor(20) as pool:
        seen = list(pool.map(look, range(20)))
    assert all(row == seen[0] for row in seen)
    assert seen[0] == ([1.0, 2.0, 10.0, 20.0, 21.0, 3.0, 100.0, 300.0, 321.0], 100.0)


def test_detect_anomaly_sees_what_happens_inside():
    with (
        pytest.raises(ArithmeticError, match=r"inf from the operation '\*' of w1 = 1e\+300"),
        detect_anomaly(),
    ):
        Neuron(1, weights=[1e300])(1e300)
    with detect_anomaly():
        assert len(Neuron(1)(2.0).graph) == 6
    total = Neuron(1, weights=[1e300], nonlin=False)(1e300)
    with detect_anomaly():  # what was made outside may be looked at
        assert len(nodes(total)) == 5
    steep = Neuron(1, weights=[1e200], nonlin=False)(1e-200) * 1e200
    with pytest.raises(ArithmeticError, match="expected a finite gradient"), detect_anomaly():
        backward(steep)


def test_a_sum_is_written_out_once_whoever_asks_first():
    total = weighted_sum(Value(1.0), [Value(2.0)], [Value(3.0)])
    product = total._right
    assert (product.op, product.data, total._left.data) == ("*", 6.0, 1.0)
    _write_out(total)  # as of another thread, too late
    assert total._right is product


def test_nothing_of_a_sum_that_is_written_out_has_a_name():
    total = weighted_sum(Value(1.0), [Value(2.0), Value(3.0)], [Value(4.0), Value(5.0)])
    assert {node.label for node in total.graph.values()} == {None}


def test_what_is_written_out_belongs_to_the_blocks_the_sum_was_made_in():
    found = []
    for make_sum in (weighted_sum, by_operators):
        with group("outer"), group("inner"):
            total = make_sum(Value(1.0), (Value(2.0), Value(3.0)), (Value(4.0), Value(5.0)))
        tape = Tape.record(total * 2.0)  # made when no block is open any more
        found.append([[one.name for one in tape.groups], [*tape.group_of]])
        assert [one.name for one in tape.groups] == ["outer", "inner"]
    assert found[0] == found[1]


def test_a_sum_whose_values_are_met_before_its_weights():
    x, weights = Value(3.0), (Value(10.0), Value(100.0))
    table = backward(weighted_sum(Value(1.0), weights, (x, x)))
    assert [table[v] for v in (*weights, x)] == [3.0, 3.0, 110.0]


def test_a_long_sum_written_out_has_its_knots_where_a_chain_has_them():
    bias, weights, inputs = Value(1.0), [Value(2.0) for _ in range(100)], [Value(3.0)] * 100
    chain = bias
    for weight, value in zip(weights, inputs, strict=True):
        chain = chain + weight * value
    total = weighted_sum(bias, weights, inputs)
    assert (total + 1.0)._links == 1  # it is a knot itself
    ours, theirs = (topological_order(value)[:-1] for value in (total, chain))
    assert [(v._links, type(v)) for v in ours] == [(v._links, type(v)) for v in theirs]
    assert max(v._links for v in ours) == LINKS_PER_KNOT


def test_a_neuron_under_the_eyes_of_detect_anomaly_is_the_same_neuron():
    neuron = Neuron(2, weights=[2.0, 3.0], bias=1.0, nonlin=False)
    with group("mine"):
        unseen = neuron([10.0, 100.0])
        with detect_anomaly():
            seen = neuron([10.0, 100.0])
    assert seen.data == unseen.data == 321.0
    tapes = [Tape.record(value) for value in (seen, unseen)]
    assert [group.name for group in tapes[0].groups] == ["mine", "neuron"]
    assert tapes[0].to_bytes() == tapes[1].to_bytes()
