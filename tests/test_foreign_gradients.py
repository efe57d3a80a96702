"""What is written on the nodes of other libraries, beside what the chain rule says."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from micrograd.engine import Value as Micrograd

from microgradwidgets import ForeignNode, compare_gradients
from microgradwidgets.simulation import simulate
from tests.vectors import readme_of


def test_micrograd_is_right_the_first_time():
    a, b = Micrograd(-4.0), Micrograd(2.0)
    g = readme_of(a, b)
    g.backward()
    rows = compare_gradients(g, names={"a": a, "b": b})
    named = [row for row in rows if row["label"]]
    assert all(row["ok"] for row in rows)
    assert [list(row) for row in rows[:1]] == [
        ["label", "op", "data", "grad", "theirs", "error", "ok"]
    ]
    assert [row["label"] for row in named] == ["a", "b"]
    assert [row["theirs"] for row in named] == [a.grad, b.grad]
    assert [row["error"] for row in named] == pytest.approx([0.0, 0.0], abs=1e-9)


def test_backward_twice_is_seen_as_the_simulation_has_it():
    w, x, b = Micrograd(3.0), Micrograd(2.0), Micrograd(1.0)
    o = w * x + b
    o.backward()
    o.backward()
    rows = compare_gradients(o, names={"w": w, "x": x, "b": b})
    expected = [(row["mistake"], row["right"]) for row in simulate("backward twice").results]
    assert [(row["theirs"], row["grad"]) for row in rows] == expected
    assert [row["ok"] for row in rows] == [False, False, False]
    assert [row["error"] for row in rows] == [4.0, 6.0, 1.0]


def test_what_was_never_set_to_zero_is_seen_at_the_parameter_alone():
    w = Micrograd(1.0)
    for _ in range(2):
        loss = (w * 2.0 - 6.0) ** 2
        loss.backward()
    rows = compare_gradients(loss, names={"w": w}, operations=True)
    assert [row["label"] for row in rows if not row["ok"]] == ["w"]
    assert [row["op"] for row in rows] == ["leaf", "leaf", "*", "leaf", "+", "**2"]


class Assigning(Micrograd):
    """With = in place of += in its multiplication."""

    def __mul__(self, other):
        out = Assigning(self.data * other.data, (self, other), "*")

        def backward():
            self.grad = other.data * out.grad
            other.grad = self.data * out.grad

        out._backward = backward
        return out


def test_assigning_in_place_of_adding_is_seen():
    x = Assigning(3.0)
    y = x * x
    y.backward()
    (row,) = compare_gradients(y, names={"x": x})
    assert (row["theirs"], row["grad"], row["ok"]) == (3.0, 6.0, False)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30))
def test_the_order_of_a_sum_is_no_difference(factors):
    x = Micrograd(1.5)
    y = sum(x * factor for factor in factors)
    y.backward()
    assert all(row["ok"] for row in compare_gradients(y))


def test_the_slope_of_tanh_may_be_as_rough_as_others_have_it():
    t = math.tanh(10.0)
    rough = 1 - t * t  # five digits are right
    for grad, ok in ((rough, True), (0.0, False), (2 * rough, False)):
        x = (10.0, grad)

        def describe(node, x=x):
            leaf = ForeignNode(10.0, "leaf", grad=node[1])
            return leaf if node is x else ForeignNode(t, "tanh", [x])

        assert [row["ok"] for row in compare_gradients((t, None), describe=describe)] == [ok]


def test_another_library_is_described():
    x = {"data": 3.0, "grad": 6.0, "name": "x"}
    y = {"data": 9.0, "grad": None, "name": "y"}

    def describe(node):
        op, parents = ("*", [x, x]) if node is y else ("leaf", [])
        return ForeignNode(node["data"], op, parents, None, node["name"], node["grad"])

    rows = compare_gradients(y, describe=describe, operations=True)
    assert [(row["label"], row["ok"]) for row in rows] == [("x", True)]


@pytest.mark.parametrize("theirs, ok", [(float("nan"), False), (float("inf"), True), (1.0, False)])
def test_numbers_that_are_not_finite_agree_with_themselves_alone(theirs, ok):
    x = (0.0, theirs)

    def describe(node):
        leaf = ForeignNode(node[0], "leaf", grad=node[1])
        return leaf if node is x else ForeignNode(0.0, ("pow", 0.5), [x])

    assert [row["ok"] for row in compare_gradients((0.0, None), describe=describe)] == [ok]


@pytest.mark.parametrize("names", ["abc", 5, {5: 1}])
def test_names_are_a_mapping(names):
    with pytest.raises(TypeError, match=r"^expected names to map names to values, got: "):
        compare_gradients(Micrograd(1.0), names=names)
