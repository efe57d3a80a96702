"""A mistake beside the right way: the known numbers, and any expression of the learner's own."""

import math

import pytest
from hypothesis import given

from microgradwidgets import MLP, Tape, Value, backward, max_margin, moons
from microgradwidgets.gradients import topological_order
from microgradwidgets.mistakes import MISTAKES, MOST_VISITS
from microgradwidgets.mutable_engine import Step
from microgradwidgets.simulation import MOST_VALUES, Walk, names_of_nodes, simulate
from tests.graphs import any_leaves, bits, build, grouped_tape, ordinary_leaves, steps
from tests.vectors import lecture_neuron, readme_expression


def numbers(case, *arguments, **options):
    rows = simulate(case, *arguments, **options).results
    return [(row["what"], row["right"], row["mistake"]) for row in rows]


def visits(walk):
    """The nodes in the order in which they were visited."""
    steps = [step for step in walk.steps if step.kind == "pass" and step.slot == 0]
    return [walk.names[step.node] for step in steps]


# -- the known numbers ----------------------------------------------------------------------------


def test_recursion_gives_60_or_78_for_39():
    assert numbers("recursion") == [("x.grad", 39.0, 60.0)]
    assert numbers("recursion, right first") == [("x.grad", 39.0, 78.0)]


def test_recursion_visits_u_twice_and_too_early():
    left, right_first = simulate("recursion"), simulate("recursion, right first")
    assert visits(left.right) == visits(right_first.right) == ["w", "v", "u"]
    assert visits(left.mistake) == ["w", "u", "v", "u"]
    assert visits(right_first.mistake) == ["w", "v", "u", "u"]


def test_the_first_wrong_contribution_is_found():
    walk = simulate("recursion").mistake
    row = walk.rows[walk.first_wrong]
    assert row == {
        "kind": "pass",
        "visit": "u",
        "upstream": 7.0,
        "local": 3.0,
        "contribution": 21.0,
        "written_to": "x.grad",
        "before": 0.0,
        "after": 21.0,
        "is_wrong": True,
        "sentence": "u hands on 7 × 3 = 21, so x.grad is now 0 + 21 = 21. "
        "Wrong: u.grad is 7 here, and should be 13.",
    }
    walk = simulate("recursion, right first").mistake
    row = walk.rows[walk.first_wrong]
    assert (row["visit"], row["before"], row["after"]) == ("u", 39.0, 78.0)


def test_a_value_used_twice_keeps_the_last_contribution_only():
    assert numbers("= for +=") == [("a.grad", 2.0, 1.0)]
    rows = simulate("= for +=").mistake.rows
    assert [row["after"] for row in rows] == [1.0, 1.0, 1.0]
    assert [row["is_wrong"] for row in rows] == [False, False, True]


def test_backward_twice_doubles_triples_and_so_on():
    expected = [("w.grad", 2.0, 6.0), ("x.grad", 3.0, 9.0), ("b.grad", 1.0, 2.0)]
    assert numbers("backward twice") == expected


def test_without_zero_grad_the_second_step_goes_down_both_gradients():
    (grad, right, wrong), *rest = numbers("no zero_grad")
    assert (grad, right, wrong) == ("w.grad", pytest.approx(-3.2), pytest.approx(-16.0 - 3.2))
    assert rest == [
        ("w.data", pytest.approx(2.92), pytest.approx(4.52)),
        ("loss.data", pytest.approx(0.0256), pytest.approx(9.2416)),
    ]


@pytest.mark.parametrize("x", [-1.5, 0.5, 3.0])
def test_the_small_expressions_are_taken_at_any_number(x):
    ((_, right, wrong),) = numbers("recursion", x=x)
    assert right == pytest.approx(18 * x + 3)
    u, v = 3 * x, 3 * x + 1
    assert wrong == pytest.approx(3 * v + 3 * (v + u))


def test_what_does_no_harm_is_not_called_wrong():
    x = Value(2.0, label="x")
    for case in ("recursion", "recursion, right first", "= for +="):
        simulation = simulate(case, (x * 3).tanh())
        assert simulation.mistake.first_wrong is None
        assert not any(row["is_wrong"] for row in simulation.results)


# -- any expression -------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [case for case in MISTAKES if case != "no zero_grad"])
@given(any_leaves, steps)
def test_the_right_numbers_are_those_of_backward(case, leaves, steps):
    value = build(leaves, steps)
    simulation, table = simulate(case, value), backward(value)
    expected = [table[v] + 0.0 for v in topological_order(value)]
    assert bits(number + 0.0 for number in simulation.right.grad) == bits(expected)


@pytest.mark.parametrize("case", MISTAKES)
@given(ordinary_leaves, steps)
def test_a_result_that_is_wrong_has_a_wrong_step(case, leaves, steps):
    simulation = simulate(case, build(leaves, steps))
    walk = simulation.mistake
    if walk.count == len(walk.steps) and any(row["is_wrong"] for row in simulation.results):
        assert walk.first_wrong is not None
    assert not any(step.is_wrong for step in simulation.right.steps)


@given(any_leaves, steps)
def test_training_steps_are_those_of_gradient_descent(leaves, steps):
    value = build(leaves, steps)
    simulation = simulate("no zero_grad", value, rate=0.25)
    tape, named = simulation.tape, simulation.tape.names.keys()
    numbers = {i: tape.filled()[i] for i in tape.leaf_indices if i in named}
    for _ in range(2):
        slopes = tape.gradients(numbers)
        numbers = {i: number - 0.25 * slopes[i] for i, number in numbers.items()}
    assert bits(simulation.right.data[i] for i in numbers) == bits(numbers.values())


def test_parameters_are_the_leaves_that_are_trained():
    x, w = Value(2.0, label="x"), Value(3.0, label="w")
    loss = (w * x) ** 2
    assert [row[0] for row in numbers("no zero_grad", loss, parameters=[w])] == [
        "w.grad",
        "w.data",
        "((w × x) ^ 2).data",
    ]
    with pytest.raises(ValueError, match="expected parameters to be leaves, got: Value"):
        simulate("no zero_grad", loss, parameters=[loss])
    with pytest.raises(KeyError, match="expected a value of this tape"):
        simulate("no zero_grad", loss, parameters=[Value(1.0)])
    with pytest.raises(TypeError, match="expected a parameter to be a Value, got: str 'w'"):
        simulate("no zero_grad", loss, parameters=["w"])


def test_leaves_without_names_are_looked_at_when_there_are_no_others():
    assert [row[0] for row in numbers("= for +=", Value(2.0) * 3.0)] == ["(2).grad", "(3).grad"]


@pytest.mark.parametrize("expression", [lecture_neuron, readme_expression])
@pytest.mark.parametrize("case", MISTAKES)
def test_the_known_expressions_can_be_given(expression, case):
    value = expression()
    simulation = simulate(case, value)
    assert simulation.mistake.is_finished
    if case == "= for +=":
        is_shared = expression is readme_expression
        assert any(row["is_wrong"] for row in simulation.results) == is_shared


def test_a_thousand_paths_are_walked_and_very_many_are_not():
    x = Value(1.0, label="x")
    y = x
    for _ in range(40):
        y = y + y
    walk = simulate("recursion", y).mistake
    assert not walk.is_finished
    assert walk.count == 1 + 2 * MOST_VISITS
    assert numbers("recursion", y) == [("x.grad", 2.0**40, None)]
    deep = x
    for _ in range(MOST_VALUES - 1):
        deep = -deep
    assert numbers("recursion", deep)[0][1:] == (-1.0, -1.0)


def test_an_expression_is_of_a_size_to_walk_through():
    data = moons(20)
    loss = max_margin(MLP(2, [16, 16, 1]), data.xs, data.ys).total_loss
    with pytest.raises(ValueError, match="expected value to be an expression of at most 2,000 val"):
        simulate("recursion", loss)


def test_cancelling_sums_in_another_order_are_not_wrong():
    x, a, b, c = (Value(n, label=s) for n, s in ((1.0, "x"), (0.1, "a"), (0.2, "b"), (0.3, "c")))
    value = x * a + (x * b - x * c)
    for case in ("recursion", "recursion, right first"):
        assert not simulate(case, value).results[0]["is_wrong"]


def test_what_is_asked_for_is_checked():
    with pytest.raises(ValueError, match="expected case to be one of 'backward twice', 'no zero"):
        simulate("recursive")
    with pytest.raises(ValueError, match="expected rate to be finite and above 0"):
        simulate("recursion", rate=0.0)
    with pytest.raises(TypeError, match="expected x to be a real scalar"):
        simulate("recursion", x="2")
    with pytest.raises(TypeError, match="expected value to be a Value"):
        simulate("recursion", 2.0)


def test_nothing_is_written_on_the_values():
    x = Value(2.0, label="x")
    value = x * x
    for case in MISTAKES:
        simulate(case, value)
    assert (x.data, x.grad) == (2.0, 0.0)


# -- names ----------------------------------------------------------------------------------------


def test_nodes_are_called_by_label_number_or_what_they_are_made_of():
    a, b = Value(2.0, label="a"), Value(-3.0)
    value = ((-(a * b)) ** 3).relu() - a / 2.0
    assert names_of_nodes(Tape.record(value)) == [
        "a",
        "−3",
        "a × (−3)",
        "−(a × (−3))",
        "(−(a × (−3))) ^ 3",
        "relu((−(a × (−3))) ^ 3)",
        "2",
        "2 ^ (−1)",
        "a × (2 ^ (−1))",
        "difference 1",
    ]


def test_names_that_would_be_too_long_are_counted():
    names = names_of_nodes(Tape.record(readme_expression()))
    assert {"sum 1", "sum 2", "product 1", "power 1", "difference 1"} <= set(names)
    operations = [name for name in names if not name.isdigit()]
    assert len(operations) == len(set(operations))


def test_hostile_labels_cannot_disturb_a_sentence():
    x = Value(2.0, label="x\n\u202eevil\x1b[0m")
    walk = simulate("= for +=", x + x).mistake
    assert walk.names[0] == "\u2068x↵\u202eevil␛[0m\u202c\u2069"
    assert "\n" not in walk.steps[1].sentence
    blank = Value(3.0, label="  ")
    assert names_of_nodes(Tape.record(blank * 2)) == ["3", "2", "3 × 2"]


def test_groups_and_names_of_a_tape_do_not_matter_here():
    tape = grouped_tape()
    assert len(names_of_nodes(tape)) == len(tape)
    assert math.isfinite(simulate("recursion", tape.value()).right.grad[0])


def test_a_step_that_writes_nothing_is_written_to_nothing():
    walk = Walk([], 0, True, ["x"], [1.0], [0.0], [0.0])
    assert walk.written_to(Step("keep", "nothing")) is None
    assert walk.written_to(Step("update", "data", target=0)) == "x.data"
