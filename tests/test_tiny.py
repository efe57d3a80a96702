"""The tour: what this package is, in one screen. Start reading here."""

import pytest

from microgradwidgets import Tape, Value, backward, grad, nodes


def test_the_expression_of_micrograds_readme():
    a, b = Value(-4.0, label="a"), Value(2.0, label="b")
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + (b + a).relu()
    d += 3 * d + (b - a).relu()
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    assert g.data == 24.70408163265306

    gradients = backward(g)
    assert gradients[a] == 138.83381924198252  # dg/da
    assert gradients[b] == 645.5772594752186  # dg/db


def test_the_neuron_of_the_lecture():
    x1, x2 = Value(2.0, label="x1"), Value(0.0, label="x2")
    w1, w2 = Value(-3.0, label="w1"), Value(1.0, label="w2")
    b = Value(6.8813735870195432, label="b")
    o = (x1 * w1 + x2 * w2 + b).tanh()
    assert o.data == pytest.approx(0.7071067811865476, rel=1e-15)

    gradients = o.backward()
    assert [gradients[v] for v in (x1, w1, x2, w2)] == pytest.approx([-1.5, 1.0, 0.5, 0.0])


def test_nothing_is_ever_changed():
    x = Value(3.0, label="x")
    with pytest.raises(AttributeError, match="values are immutable"):
        x.data = 4.0
    y = x * x
    assert y.backward() == y.backward()  # twice is once: there is no zero_grad
    assert x.grad == 0.0
    assert x.with_grad(y.backward()).grad == 6.0  # a copy, for display
    assert x.grad == 0.0


def test_the_chain_rule_is_data():
    a, b = Value(2.0), Value(-3.0)
    left, right = (a * b).parents
    assert (left.parent, left.local_gradient) == (a, -3.0)  # d(ab)/da = b
    assert (right.parent, right.local_gradient) == (b, 2.0)  # d(ab)/db = a


def test_a_value_used_twice_counts_twice():
    x = Value(3.0)
    assert grad(x, backward(x + x)) == 2.0
    assert grad(x, backward(x * x)) == 6.0
    assert len((x * x).parents) == 2


def test_numbers_stand_on_either_side_and_sum_works():
    x = Value(3.0)
    assert [(1 + x).data, (1 - x).data, (2 * x).data, (6 / x).data] == [4.0, -2.0, 6.0, 2.0]
    assert [(x + 1).data, (x - 1).data, (x * 2).data, (x / 2).data] == [4.0, 2.0, 6.0, 1.5]
    assert sum([x, x, 1]).data == 7.0


def test_a_tape_replays_the_expression_with_other_numbers():
    x = Value(3.0, label="x")
    tape = Tape.record((x * x + 1).tanh())
    assert tape.replay()[-1] == (x * x + 1).tanh().data
    assert tape.replay({x: 0.5})[-1] == (Value(0.5) ** 2 + 1).tanh().data
    assert Tape.from_bytes(tape.to_bytes()).replay() == tape.replay()


def test_a_graph_is_rows():
    x = Value(2.0, label="x")
    y = x.relu()
    assert nodes(y, backward(y)) == [
        {"id": f"v{x.id}", "label": "x", "op": "leaf", "data": 2.0, "arity": 0, "is_leaf": True}
        | {"grad": 1.0},
        {"id": f"v{y.id}", "label": "", "op": "relu", "data": 2.0, "arity": 1, "is_leaf": False}
        | {"grad": 1.0},
    ]


def test_show_draws_it():
    from microgradwidgets import show

    a, b = Value(2.0), Value(-3.0)
    c = a * b
    diagram = show(c)
    assert repr(diagram) == "Diagram(c = -6.0000, 3 values)"
    assert diagram.gradients[a] == -3.0
    diagram.selected = b
    assert diagram.selected is b
