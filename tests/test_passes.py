"""Both passes as rows: the order of the steps, and sums that end at the gradients."""

import pytest
from hypothesis import given

from microgradwidgets import Tape, Value, backward, pass_steps, show
from microgradwidgets.passes import PassSteps
from tests.browser.expressions import LECTURE, README, made_by
from tests.graphs import any_leaves, bits, build, steps
from tests.grouped import loss

KEYS = ["number", "phase", "id", "name", "op", "value", "operands", "upstream", "contributions"]
CONTRIBUTION_KEYS = ["to", "name", "upstream", "local", "contribution", "before", "after"]


def neuron():
    x1, x2 = Value(2.0, label="x1"), Value(0.0, label="x2")
    w1, w2 = Value(-3.0, label="w1"), Value(1.0, label="w2")
    b = Value(6.8813735870195432, label="b")
    return Value.tanh(x1 * w1 + x2 * w2 + b, label="o")


def test_the_lecture_neuron_step_by_step():
    rows = pass_steps(neuron())
    assert len(rows) == 11
    assert [list(row) for row in rows] == [KEYS] * 11
    assert [row["number"] for row in rows] == [*range(1, 12)]
    ops = [(row["phase"], row["op"]) for row in rows]
    forward = ["*", "*", "+", "+", "tanh"]
    assert ops == [
        *(("forward", op) for op in forward),
        ("seed", "tanh"),
        *(("backward", op) for op in reversed(forward)),
    ]
    assert [operand["name"] for operand in rows[0]["operands"]] == ["x1", "w1"]
    assert rows[5]["upstream"] == 1.0
    tanh = rows[6]["contributions"]
    assert [list(row) for row in tanh] == [CONTRIBUTION_KEYS]
    assert tanh[0]["local"] == pytest.approx(0.5)
    # The last product on the tape passes its gradient on before the first.
    assert [(c["name"], c["contribution"]) for c in rows[9]["contributions"]] == [
        ("x2", pytest.approx(0.5)),
        ("w2", pytest.approx(0.0)),
    ]
    assert [(c["name"], c["local"], c["after"]) for c in rows[10]["contributions"]] == [
        ("x1", -3.0, pytest.approx(-1.5)),
        ("w1", 2.0, pytest.approx(1.0)),
    ]


def test_both_sides_of_a_product_with_itself_add_up():
    a = Value(3.0, label="a")
    (first, second) = pass_steps(a * a)[-1]["contributions"]
    assert (first["before"], first["after"]) == (0.0, 3.0)
    assert (second["before"], second["after"]) == (3.0, 6.0)


def last_arrivals(rows):
    """The gradient that each value ends with, by the rows alone."""
    seed = next(row for row in rows if row["phase"] == "seed")
    arrived = {seed["id"]: seed["upstream"]}
    for row in rows:
        for contribution in row["contributions"]:
            product = contribution["upstream"] * contribution["local"]
            assert bits([contribution["contribution"]]) == bits([product])
            if contribution["to"] in arrived:
                before = contribution["before"]
                assert bits([before]) == bits([arrived[contribution["to"]]])
                assert bits([before + product]) == bits([contribution["after"]])
            else:
                assert bits([contribution["before"], product]) == bits([0.0, contribution["after"]])
            arrived[contribution["to"]] = contribution["after"]
    return arrived


@given(any_leaves, steps)
def test_what_arrives_adds_up_to_the_gradients_bit_for_bit(leaves, made):
    output = build(leaves, made)
    rows = pass_steps(output)
    gradients = backward(output)
    arrived = last_arrivals(rows)
    assert set(arrived) == {f"v{key}" for key in gradients}
    assert bits(arrived[f"v{key}"] for key in gradients) == bits(gradients.values())
    for row in rows:
        if row["phase"] == "backward":
            assert bits([row["upstream"]]) == bits([arrived[row["id"]]])


@given(any_leaves, steps)
def test_forward_steps_bring_every_operation_once_and_after_its_operands(leaves, made):
    output = build(leaves, made)
    forward = [row for row in pass_steps(output) if row["phase"] == "forward"]
    known = {f"v{key}": node for key, node in output.graph.items() if node.op == "leaf"}
    for row in forward:
        assert all(operand["id"] in known for operand in row["operands"])
        assert row["id"] not in known
        known[row["id"]] = output.graph[int(row["id"][1:])]
        assert bits([row["value"]]) == bits([known[row["id"]].data])
    assert len(known) == len(output.graph)


def test_a_leaf_alone_has_one_step():
    (row,) = pass_steps(Value(3.0, label="x"))
    assert (row["phase"], row["name"], row["upstream"]) == ("seed", "x", 1.0)


def test_rows_are_reached_from_either_end_and_in_slices():
    rows = pass_steps(neuron())
    assert rows[-1] == rows[10]
    assert rows[2:4] == [rows[2], rows[3]]
    assert repr(rows) == "PassSteps(11 steps)"
    with pytest.raises(IndexError):
        rows[11]
    with pytest.raises(TypeError, match="expected value to be a Value"):
        pass_steps(3.0)


def test_a_whole_loss_has_rows_too():
    tape = Tape.record(loss(20))
    rows = PassSteps(tape)
    assert len(rows) == 2 * len(tape.steps) + 1 > 20_000
    arrived = [contribution["after"] for contribution in rows[-1]["contributions"]]
    assert len(arrived) == len(rows[len(rows) - 1]["operands"])


@pytest.mark.parametrize("source, name", [(LECTURE, "o"), (README, "g")])
def test_a_diagram_gives_the_rows_of_what_it_shows(source, name):
    output = made_by(source, name)
    diagram = show(output, names=False)
    assert [*diagram.steps()] == [*pass_steps(output)]
    diagram.step = len(diagram.steps())
    diagram.close()


def test_after_an_edit_the_rows_have_the_new_numbers_under_the_old_ids():
    x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    diagram = show(x * w)
    diagram.edits = {x: 5.0}
    (forward, _, back) = diagram.steps()
    assert forward["value"] == -15.0
    assert [(c["to"], c["after"]) for c in back["contributions"]] == [
        (f"v{x.id}", -3.0),
        (f"v{w.id}", 5.0),
    ]
    diagram.close()
