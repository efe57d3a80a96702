"""The mistakes: the code that is shown does what is said of it, in micrograd as well."""

import pytest
from hypothesis import assume, given
from micrograd.engine import Value as Micrograd

from microgradwidgets import Tape, Value
from microgradwidgets.mistakes import MISTAKES
from microgradwidgets.simulation import simulate
from tests.graphs import bits, build, ordinary_leaves
from tests.graphs import steps as some_steps
from tests.mutable import Node, nodes_of, topological_order

RATE = 0.1


def carried_out(code, case, value):
    """The nodes of an expression after the lines were run on them, by Python itself."""
    if case == "no zero_grad":
        return trained(code, value)
    nodes = nodes_of(value)
    names = {"output": nodes[-1], "topological_order": topological_order, "backward": fresh}
    exec(code, names)
    if case.startswith("recursion") and "def backward" in code:
        nodes[-1].grad = 1.0
        names["backward"](nodes[-1])
    elif "def hand_on" in code:
        nodes[-1].grad = 1.0
        for node in reversed(topological_order(nodes[-1])):
            names["hand_on"](node)
    return nodes


def fresh(output):
    """A pass whose result is a table: what the nodes hold plays no part."""
    table = dict.fromkeys(topological_order(output), 0.0)
    table[output] = 1.0
    for node in reversed(table):
        for operand, local in node.edges:
            table[operand] += table[node] * local
    for node, gradient in table.items():
        node.grad = gradient
    return table


def trained(code, value):
    """Two steps of training of all leaves that have a name."""
    tape = Tape.record(value)
    kept = {i: Node(tape.replay()[i]) for i in tape.leaf_indices if i in tape.names}
    made = []

    def forward():
        made[:] = nodes_of(tape.value({i: node.data for i, node in kept.items()}), kept)
        return made[-1]

    names = {"forward": forward, "parameters": kept.values(), "rate": RATE, "backward": fresh}
    exec(code, names)
    forward()
    return made


CASES = [(case, side) for case in MISTAKES for side in ("right", "mistake")]


@pytest.mark.parametrize("case, side", CASES)
@given(ordinary_leaves, some_steps)
def test_the_lines_shown_do_what_the_simulation_says(case, side, leaves, steps):
    value = build(leaves, steps)
    simulation = simulate(case, value, rate=RATE)
    walk, code = simulation.right, MISTAKES[case].right_code
    if side == "mistake":
        walk, code = simulation.mistake, MISTAKES[case].code
    assume(walk.is_finished)  # or Python's own recursion would take too long as well
    nodes = carried_out(code, case, value)
    assert bits(node.data for node in nodes) == bits(walk.data)
    for i in simulation.tape.leaf_indices:
        if case != "no zero_grad" or i in simulation.tape.names:
            assert bits([nodes[i].grad]) == bits([walk.grad[i]])


@pytest.mark.parametrize("case", MISTAKES)
def test_the_lines_are_few_and_fit_into_a_pane(case):
    for code in (MISTAKES[case].code, MISTAKES[case].right_code):
        lines = code.splitlines()
        assert len(lines) <= 6
        assert max(map(len, lines)) <= 64
        compile(code, case, "exec")


# -- micrograd itself -----------------------------------------------------------------------------


def test_backward_twice_is_what_micrograd_does():
    w, x, b = Micrograd(3.0), Micrograd(2.0), Micrograd(1.0)
    o = w * x + b
    o.backward()
    o.backward()
    rows = simulate("backward twice").results
    assert [row["mistake"] for row in rows] == [w.grad, x.grad, b.grad] == [6.0, 9.0, 2.0]


def test_training_without_zero_grad_is_what_micrograd_does():
    w = Micrograd(1.0)
    for _ in range(2):
        loss = (w * 2.0 - 6.0) ** 2
        loss.backward()
        w.data -= RATE * w.grad
    grad, data, _ = simulate("no zero_grad").results
    assert (grad["mistake"], data["mistake"]) == (w.grad, w.data)


def test_recursion_over_micrograds_own_closures_comes_to_60_or_78():
    def recursive(value, operands):
        value._backward()
        for operand in operands(value):
            recursive(operand, operands)

    def gradient(operands):
        x = Micrograd(2.0)
        u = x * 3
        v = u + 1
        w = u * v
        w.grad = 1
        recursive(w, lambda value: operands(value, u))
        return x.grad

    def first(value, u):
        return sorted(value._prev, key=lambda operand: operand is not u)

    def last(value, u):
        return sorted(value._prev, key=lambda operand: operand is u)

    assert gradient(first) == simulate("recursion").results[0]["mistake"] == 60.0
    assert gradient(last) == simulate("recursion, right first").results[0]["mistake"] == 78.0


def test_a_path_counts_once_more_for_every_edge_after_a_second_pass():
    x = Value(1.0, label="x")
    y, edges = x, 6
    for _ in range(edges):
        y = -y
    (row,) = simulate("backward twice", y).results
    assert row["mistake"] == (edges + 1) * row["right"]
