"""The simulated engine: in the right order it is right, and it says so of every write."""

import pytest
from hypothesis import given

from microgradwidgets import Tape, Value, backward
from microgradwidgets.gradients import topological_order
from microgradwidgets.mutable_engine import MOST_STEPS, MutableEngine, agree, owned
from tests.graphs import any_leaves, bits, build, ordinary_leaves, steps
from tests.mutable import nodes_of


def engine_for(value, **options):
    tape = Tape.record(value)
    return MutableEngine(tape, [f"n{i}" for i in range(len(tape))], **options)


def run_in_order(engine):
    engine.seed()
    for node in range(engine.output, -1, -1):
        engine.visit(node)


def without_signs_of_zeros(numbers):
    """An engine that begins at 0.0 has no -0.0: adding 0.0 to one loses its sign."""
    return bits(number + 0.0 for number in numbers)


@given(any_leaves, steps)
def test_in_the_right_order_it_agrees_with_backward_to_the_last_bit(leaves, steps):
    value = build(leaves, steps)
    engine, table = engine_for(value), backward(value)
    run_in_order(engine)
    expected = [table[v] for v in topological_order(value)]
    assert without_signs_of_zeros(engine.grad) == without_signs_of_zeros(expected)
    assert bits(engine.right) == bits(expected)


@given(any_leaves, steps)
def test_in_the_right_order_nothing_is_called_wrong(leaves, steps):
    engine = engine_for(build(leaves, steps))
    run_in_order(engine)
    assert not any(step.is_wrong for step in engine.steps)


@given(ordinary_leaves, steps)
def test_the_steps_tell_all_that_was_written(leaves, steps):
    engine = engine_for(build(leaves, steps))
    run_in_order(engine)
    grad = [0.0] * len(engine.grad)
    for step in engine.steps:
        assert grad[step.target] == step.before or step.before != step.before
        grad[step.target] = step.after
        if step.kind == "pass":
            assert bits([step.contribution]) == bits([step.upstream * step.local])
            assert bits([step.after]) == bits([step.before + step.contribution])
    assert bits(grad) == bits(engine.grad)


@given(ordinary_leaves, steps)
def test_two_passes_without_clearing_are_those_of_a_really_mutable_engine(leaves, steps):
    value = build(leaves, steps)
    engine, nodes = engine_for(value), nodes_of(value)
    for _ in range(2):
        run_in_order(engine)
        nodes[-1].backward()
    assert bits(engine.grad) == bits(node.grad for node in nodes)


def test_what_is_left_over_and_handed_on_again_is_called_wrong():
    x = Value(3.0)
    engine = engine_for((x * 2) * 5)
    run_in_order(engine)
    engine.seed()
    engine.visit(engine.output)
    engine.visit(engine.output)
    engine.visit(engine.tape.left[engine.output])
    said = [step.sentence for step in engine.steps if step.is_wrong and step.slot == 0]
    assert [sentence.partition(" Wrong: ")[2] for sentence in said] == [
        "5 was left in n2.grad from before.",
        "n4 has handed on before, and now hands on all once more.",
        "n2.grad is 15 here, and should be 5; 10 was left in n0.grad from before.",
    ]


def test_a_write_that_changes_nothing_is_not_wrong():
    engine = engine_for(Value(-3.0).relu() * 2.0)
    run_in_order(engine)
    relu = engine.tape.left[engine.output]
    engine.visit(relu)  # once more: but its local derivative is 0
    assert not any(step.is_wrong for step in engine.steps)


def test_assigning_loses_what_was_there():
    a = Value(4.0)
    engine = engine_for(a + a, assigns=True)
    run_in_order(engine)
    assert [step.is_wrong for step in engine.steps] == [False, False, True]
    assert engine.grad[0] == 1.0


def test_an_update_says_whether_the_gradient_was_right():
    w = Value(2.0)
    engine = engine_for(w * 3)
    run_in_order(engine)
    engine.update(0, 0.5)
    engine.forward([0])
    assert engine.data == [0.5, 3.0, 1.5]
    assert engine.grad == [3.0, 0.0, 0.0], "the leaf stays, the rest is new"
    run_in_order(engine)
    engine.update(0, 0.5)
    right, wrong = (step for step in engine.steps if step.kind == "update")
    assert (right.is_wrong, wrong.is_wrong) == (False, True)
    assert (wrong.before, wrong.contribution, wrong.after) == (0.5, -3.0, -2.5)
    assert wrong.sentence.endswith(" Wrong: n0.grad should be 3.")


def test_after_many_steps_it_goes_on_and_only_counts():
    x = Value(1.0)
    y = x
    for _ in range(MOST_STEPS):
        y = y + x
    engine = engine_for(y)
    run_in_order(engine)
    assert len(engine.steps) == MOST_STEPS
    assert engine.count == 1 + 2 * MOST_STEPS
    engine.keep("nothing")
    assert (len(engine.steps), engine.count) == (MOST_STEPS, 2 + 2 * MOST_STEPS)
    assert engine.grad[0] == backward(y)[x] == MOST_STEPS + 1


@pytest.mark.parametrize(
    "name, written",
    [("x", "x.grad"), ("3", "(3).grad"), ("−3", "(−3).grad"), ("a + b", "(a + b).grad")],
)
def test_what_belongs_to_a_node_reads_like_code(name, written):
    assert owned(name) == written


def test_numbers_agree_but_for_their_last_digits():
    assert agree(0.1 + 0.2, 0.3)
    assert agree(float("nan"), float("nan"))
    assert agree(float("inf"), float("inf"))
    assert not agree(float("inf"), -float("inf"))
    assert not agree(1.0, 1.0001)
