"""Graphs of the real micrograd, and of the engine that its lecture builds."""

import math
import random
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from micrograd.engine import Value as Micrograd
from micrograd.nn import MLP

from microgradwidgets import Tape, backward, from_micrograd, nodes
from microgradwidgets.micrograd_graph import _kept_names
from tests.graphs import bits
from tests.vectors import readme_of


def leaf(value, label):
    return next(v for v in (Tape.record(value).ids) if value.graph[v].label == label)


def test_the_expression_of_the_readme():
    a, b = Micrograd(-4.0), Micrograd(2.0)
    g = readme_of(a, b)
    value = from_micrograd(g, names=locals())
    assert value.data == g.data == 24.70408163265306
    assert value.label == "g"
    gradients = backward(value)
    assert gradients[leaf(value, "a")] == 138.83381924198252
    assert gradients[leaf(value, "b")] == 645.5772594752186
    assert g.grad == a.grad == 0  # nothing there has changed


def test_a_set_of_one_is_used_twice():
    x = Micrograd(3.0)
    for y, gradient in ((x * x, 6.0), (x + x, 2.0), (x - x, 0.0), (x / x, 0.0)):
        value = from_micrograd(y, names={"x": x})
        assert len(value.parents) == 2
        assert backward(value)[leaf(value, "x")] == pytest.approx(gradient, abs=1e-15)


def test_operations_are_shown_as_they_are_there():
    a, b = Micrograd(6), Micrograd(2)
    assert [row["op"] for row in nodes(from_micrograd(a - b))] == ["leaf", "leaf", "leaf", "*", "+"]
    assert [row["op"] for row in nodes(from_micrograd(a / b))] == ["leaf", "leaf", "**-1", "*"]
    assert from_micrograd((a**0.1).relu()).op == "relu"
    assert from_micrograd(a**0.1).op == ("pow", 0.1)


@pytest.mark.parametrize("turn", range(10))
def test_operands_stand_as_they_were_written(turn):
    a, b = Micrograd(2.0), Micrograd(3.0)
    for y, order in ((a + b, "ab"), (b + a, "ba"), (a * b, "ab"), (b * a, "ba")):
        value = from_micrograd(y, names={"a": a, "b": b})
        assert "".join(edge.parent.label for edge in value.parents) == order


_operation = st.tuples(
    st.sampled_from(["+", "-", "*", "/", "**", "relu", "neg"]), st.integers(0, 9), st.integers(0, 9)
)


@given(st.lists(st.floats(-3, 3), min_size=1, max_size=4), st.lists(_operation, max_size=20))
def test_every_expression_has_its_numbers_and_gradients(numbers, operations):
    leaves = [Micrograd(number) for number in numbers]
    made = [*leaves]
    for op, first, second in operations:
        a, b = made[-1 - first % len(made)], made[-1 - second % len(made)]
        if op in ("+", "-", "*"):
            new = {"+": a + b, "-": a - b, "*": a * b}[op]
        elif op == "/":
            new = a / b if abs(b.data) > 1e-3 else a
        elif op == "**":
            new = a ** (second - 3) if abs(a.data) > 1e-3 else a
        else:
            new = a.relu() if op == "relu" else -a
        if abs(new.data) < 1e6:
            made.append(new)
    output = made[-1]
    output.backward()
    names = {f"x{place}": x for place, x in enumerate(leaves)}
    value = from_micrograd(output, names=names)
    assert value.data == pytest.approx(output.data, rel=1e-14)
    gradients = backward(value)
    size = max([1.0, *(abs(gradient) for gradient in gradients.to_map().values())])
    for name, x in names.items():
        ours = [gradients[key] for key, node in value.graph.items() if node.label == name]
        assert (ours or [0.0])[0] == pytest.approx(x.grad, rel=1e-9, abs=1e-9 * size)


def test_a_network_and_its_loss():
    random.seed(7)
    model = MLP(2, [4, 4, 1])
    loss = sum((1 - y * model([x, 0.5])).relu() for x, y in ((0.1, 1), (-0.4, -1), (0.9, 1)))
    loss += 1e-4 * sum(p * p for p in model.parameters())
    names = {f"p{place}": p for place, p in enumerate(model.parameters())}
    value = from_micrograd(loss, names=names)
    assert bits([value.data]) == bits([loss.data])
    loss.backward()
    gradients = backward(value)
    for name, p in names.items():
        assert gradients[leaf(value, name)] == pytest.approx(p.grad, rel=1e-12, abs=1e-15)


def test_a_chain_that_micrograd_cannot_differentiate_is_no_matter():
    x = y = Micrograd(1.0)
    for _ in range(5_000):
        y = y + x
    with pytest.raises(RecursionError):
        y.backward()
    value = from_micrograd(y, names={"x": x})
    assert backward(value)[leaf(value, "x")] == 5_001.0


def test_a_leaf_that_was_changed_since_is_noticed():
    w = Micrograd(3.0)
    loss = (w * 2.0) ** 2
    loss.backward()
    w.data -= 0.1 * w.grad
    with pytest.raises(ValueError, match=r"node '\*' \(6.0\) to be .* were numbers changed after"):
        from_micrograd(loss)


def test_what_is_no_value_of_micrograd_is_refused():
    with pytest.raises(TypeError, match=r"a value with data, _op and _prev.* got: float 3.0"):
        from_micrograd(3.0)
    with pytest.raises(TypeError, match="it is one of this engine already"):
        from_micrograd(from_micrograd(Micrograd(1.0)))
    with pytest.raises(
        TypeError, match=r"the number of node '\*\*0.5' .* real scalar, got: complex"
    ):
        from_micrograd(Micrograd(-1.0) ** 0.5)  # there, a complex number


# -- engines in the manner of the lecture ---------------------------------------------------------


class Lecture:
    """As one comes out of the lecture with: labels, more operations, a minus of its own."""

    def __init__(self, data, _children=(), _op="", label=""):
        self.data, self.grad, self.label = data, 0.0, label
        self._op, self._prev = _op, set(_children)
        self._backward = lambda: None

    def __add__(self, other):
        return Lecture(self.data + other.data, (self, other), "+")

    def __sub__(self, other):
        return Lecture(self.data - other.data, (self, other), "-")

    def __truediv__(self, other):
        return Lecture(self.data / other.data, (self, other), "/")

    def __mul__(self, other):
        return Lecture(self.data * other.data, (self, other), "*")

    def __pow__(self, other):
        out = Lecture(self.data**other, (self,), "**")

        def backward():
            self.grad += other * self.data ** (other - 1) * out.grad

        out._backward = backward
        return out

    def tanh(self):
        t = (math.exp(2 * self.data) - 1) / (math.exp(2 * self.data) + 1)
        return Lecture(t, (self,), "tanh")

    def exp(self):
        return Lecture(math.exp(self.data), (self,), "exp")

    def cos(self):
        return Lecture(math.cos(self.data), (self,), "cos")


def test_the_neuron_of_the_lecture():
    x1, x2 = Lecture(2.0, label="x1"), Lecture(0.0, label="x2")
    w1, w2 = Lecture(-3.0, label="w1"), Lecture(1.0, label="w2")
    b = Lecture(6.8813735870195432, label="b")
    n = x1 * w1 + x2 * w2 + b
    n.label = "n"
    o = n.tanh()
    o.label = "o"
    value = from_micrograd(o)
    assert value.data == pytest.approx(0.7071067811865476, rel=1e-15)
    named = {row["label"]: row for row in nodes(value, backward(value))}
    assert set(named) == {"x1", "x2", "w1", "w2", "b", "n", "o", ""}
    assert [named[name]["grad"] for name in ("x1", "w1", "x2", "w2")] == pytest.approx(
        [-1.5, 1.0, 0.5, 0.0]
    )


@pytest.mark.parametrize("turn", range(10))
def test_a_difference_and_a_quotient_keep_their_order_without_a_closure(turn):
    a, b = Lecture(2.0, label="a"), Lecture(8.0, label="b")
    for y, operands in ((a - b, "ab"), (b - a, "ba")):
        assert "".join(edge.parent.label for edge in from_micrograd(y).parents) == operands
    assert from_micrograd(b / a).data == 4.0
    assert from_micrograd(a / b).data == 0.25


def test_an_exponent_that_only_the_closure_knows():
    assert from_micrograd(Lecture(2.0) ** 3).op == ("pow", 3.0)
    squared = Lecture(2.0) ** 2
    squared._backward = None
    with pytest.raises(ValueError, match=r"expected a number as the exponent of '\*\*', got: none"):
        from_micrograd(squared)


def test_parents_may_be_a_list_of_children():
    x = Lecture(1.5, label="x")
    y = x.exp()
    y._children = [x]
    del y._prev
    assert from_micrograd(y).parents[0].parent.label == "x"


def test_an_operation_that_is_not_here_is_named():
    y = Lecture(0.0).cos()
    y.label = "y"
    with pytest.raises(ValueError, match=r"this engine has at node 'y' \(1.0\), got: 'cos'"):
        from_micrograd(y)


def test_a_cycle_is_named():
    a = Lecture(1.0, label="a")
    b = a.exp()
    a._prev, a._op = {b}, "exp"
    with pytest.raises(ValueError, match=r"got: node 'exp' .*, which leads to itself"):
        from_micrograd(b)


def test_a_closure_may_speak_of_what_is_not_there_yet():
    def node_of():
        def backward():
            return there, later

        there = 1
        yield SimpleNamespace(_backward=backward)
        later = 2
        yield later

    node = next(node_of())
    assert _kept_names(node) == {"there": 1}
