"""The backward pass and its table: what is in it, in which order, and that nothing disturbs it."""

import copy
import math
import threading

import pytest
from hypothesis import given

from microgradwidgets import (
    Gradients,
    Value,
    backpropagation,
    backward,
    grad,
    gradients,
    topological_ids,
)
from microgradwidgets.arithmetic import described
from tests.graphs import any_leaves, bits, build, ordinary_leaves, steps
from tests.interrupts import interrupted, lines_run
from tests.processes import run


def recursive_ids(output):
    """The order of micrograd: a depth-first walk that calls itself."""
    order, seen = [], set()

    def visit(value):
        if value.id not in seen:
            seen.add(value.id)
            for edge in value.parents:
                visit(edge.parent)
            order.append(value.id)

    visit(output)
    return order


def recursive_gradients(output):
    """The chain rule as micrograd has it, over the recursive order."""
    parents = {key: node.parents for key, node in output.graph.items()}
    table = dict.fromkeys(parents, 0.0)
    table[output.id] = 1.0
    for key in reversed(recursive_ids(output)):
        for edge in parents[key]:
            table[edge.parent_id] += table[key] * edge.local_gradient
    return table


def an_expression():
    a, b = Value(-4.0, label="a"), Value(2.0, label="b")
    c = a + b
    d = (a * b + b**3).tanh() + c * c
    return a, b, (d - c / b).relu() + d.exp() * 1e-3


# -- the numbers ----------------------------------------------------------------------------------


@given(any_leaves, steps)
def test_ids_and_gradients_are_those_of_the_recursive_walk(leaves, steps):
    output = build(leaves, steps)
    assert topological_ids(output) == Gradients.topological_ids(output) == recursive_ids(output)
    assert list(output.graph) == recursive_ids(output)
    expected, table = recursive_gradients(output), backward(output).to_map()
    assert table.keys() == expected.keys()
    for key, number in table.items():
        # Equal numbers; 0.0 and -0.0 are.
        assert number == expected[key] or (math.isnan(number) and math.isnan(expected[key]))


def test_what_is_used_twice_counts_twice():
    a = Value(3.0)
    assert backward(a + a)[a] == 2.0
    assert backward(a * a)[a] == 6.0
    assert backward(a - a)[a] == 0.0
    assert backward(a / a)[a] == 0.0


def test_the_output_has_derivative_1_by_itself():
    x = Value(3.0)
    assert backward(x).to_map() == {x.id: 1.0}
    y = x * 2
    assert backward(y)[y] == 1.0


def test_three_ways_to_ask_give_one_answer():
    a, _, output = an_expression()
    assert backward(output) == output.backward() == Value.backward(output)
    assert grad(a, backward(output)) == backward(output)[a] == backward(output)[a.id]


def test_only_a_value_can_be_differentiated():
    for function in (backward, topological_ids):
        with pytest.raises(TypeError, match=r"expected output to be a Value, got: float 1\.0"):
            function(1.0)


@given(any_leaves, steps)
def test_every_call_gives_a_fresh_and_equal_table(leaves, steps):
    output = build(leaves, steps)
    first, second = backward(output), backward(output)
    assert first == second  # a nan equals a nan
    assert first is not second
    assert hash(first) == hash(second)
    assert bits(first.to_map().values()) == bits(second.to_map().values())


# -- the table ------------------------------------------------------------------------------------


def test_what_does_not_lead_to_the_output_has_gradient_0():
    _, _, output = an_expression()
    table, stranger = backward(output), Value(1.0)
    assert table[stranger] == table.get(stranger) == table[10**15] == 0.0
    assert table.get(stranger, None) is None
    assert stranger not in table
    assert stranger.id not in table


def test_the_table_is_a_read_only_mapping_from_ids():
    a, _, output = an_expression()
    table = backward(output)
    assert table.output_id == output.id
    assert len(table) == len(list(table)) == len(output.graph)
    assert set(table) == set(output.graph)
    assert next(iter(table)) == output.id
    assert dict(table) == dict(table.items()) == table.to_map()
    assert a in table
    assert a.id in table
    with pytest.raises(TypeError):
        table[a] = 1.0
    with pytest.raises(TypeError):
        del table[a]
    with pytest.raises(AttributeError, match="gradient tables are immutable"):
        table.output_id = 1
    with pytest.raises(AttributeError, match="gradient tables are immutable"):
        del table._table
    table.to_map()[a.id] = 99.0
    assert table[a] != 99.0


@pytest.mark.parametrize("key", ["x", None, 1.0, True, (), [1]], ids=repr)
def test_a_key_is_a_value_or_its_id(key):
    table = backward(Value(1.0))
    for look_up in (table.__getitem__, table.get):
        with pytest.raises(TypeError) as caught:
            look_up(key)
        assert str(caught.value) == f"expected a Value or its id, got: {described(key)}"


def test_tables_are_equal_when_output_ids_and_numbers_are():
    assert Gradients(2, {2: 1.0, 1: math.nan}) == Gradients(2, {1: math.nan, 2: 1.0})
    assert Gradients(2, {2: 1.0}) != Gradients(1, {2: 1.0})
    assert Gradients(2, {2: 1.0, 1: 0.0}) != Gradients(2, {2: 1.0})
    assert Gradients(2, {2: 1.0, 1: math.nan}) != Gradients(2, {2: 1.0, 1: 0.0})
    assert Gradients(2, {2: 1.0}) != {2: 1.0}


def test_a_copy_of_a_table_is_the_table():
    table = backward(Value(1.0))
    assert copy.copy(table) is copy.deepcopy(table) is table


def test_the_repr_is_short():
    x = Value(1.0)
    assert repr(backward(x + x)) == f"Gradients(output_id={x.id + 1}, 2 values)"


# -- threads and interruptions --------------------------------------------------------------------


def test_a057_eight_threads_get_identical_tables():
    a, _, output = an_expression()
    for _ in range(2000):
        output = (output * a + 1.0).tanh()
    expected, results = backward(output), []
    threads = [threading.Thread(target=lambda: results.append(backward(output))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 8


def test_a060_an_interrupt_at_any_line_leaves_nothing_half_written():
    a, b, output = an_expression()
    expected = backward(output)
    walk = (gradients.__file__, backpropagation.__file__)
    lines = lines_run(lambda: backward(output), walk)
    assert lines.total() > 200  # or the interrupts do not reach into the walk
    for line, count in lines.items():
        for time in range(1, count + 1):
            assert interrupted(lambda: backward(output), line, time, walk)
            assert backward(output) == expected
    assert (a.grad, b.grad) == (0.0, 0.0)


def test_a060_a_real_interrupt_is_followed_by_the_right_answer():
    printed = run(
        """
import signal
from microgradwidgets import Value, backward
x = Value(0.5)
y = x
for _ in range(20000):
    y = y * x + 1.0
expected, interrupts = backward(y), 0
signal.signal(signal.SIGALRM, signal.default_int_handler)
for attempt in range(1, 100):
    try:
        signal.setitimer(signal.ITIMER_REAL, attempt * 2e-4)
        backward(y)
        signal.setitimer(signal.ITIMER_REAL, 0)
    except KeyboardInterrupt:
        interrupts += 1
        assert backward(y) == expected
print(interrupts)
"""
    )
    assert int(printed) > 10


@given(ordinary_leaves, steps)
def test_gradients_by_value_by_id_and_by_copy_agree(leaves, steps):
    output = build(leaves, steps)
    table = backward(output)
    for edge in output.parents:
        copied = edge.parent.with_label("renamed").with_grad(table)
        assert bits([table[copied], copied.grad]) == bits([table[edge.parent_id]] * 2)


def test_a_table_refuses_to_lose_anything_by_name():
    with pytest.raises(AttributeError, match=r"immutable: expected no change of '_table'$"):
        del backward(Value(1.0))._table


def test_tables_of_several_outputs_have_several_hashes():
    x = Value(3.0)
    assert len({hash(backward(x * n)) for n in range(5)}) == 5


def test_what_holds_a_value_is_told_which_part_of_it_to_give():
    class Loss:
        total_loss = Value(1.0)

    for output, hint in ((Loss(), "; give its total_loss"), (None, "")):
        with pytest.raises(TypeError) as caught:
            backward(output)
        assert str(caught.value) == f"expected output to be a Value, got: {described(output)}{hint}"


@pytest.mark.parametrize("table", [None, {}, "x"], ids=repr)
def test_a_gradient_is_read_from_a_table(table):
    with pytest.raises(TypeError, match=r"^expected gradients to be a Gradients table, got: "):
        grad(Value(1.0), table)
