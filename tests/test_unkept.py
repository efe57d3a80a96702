"""Numbers that were added and not kept: found out where they can be, and to the digit."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import ForeignNode, Value
from microgradwidgets.unkept import NOT_KEPT, Known, shortest, with_constants

RTOL = 2.0**-49


class Graph:
    """A graph that is written down operation by operation."""

    def __init__(self):
        self.nodes, self.weights = [], {}

    def add(self, op, *parents, data=None, weights=()):
        node = object()
        self.nodes.append((node, ForeignNode(data, op, parents, kind=f"<{op}>")))
        if weights:
            self.weights[id(node)] = weights
        return node

    def found(self):
        """The plain numbers that were found, in order."""
        said = with_constants(self.nodes, self.weights, RTOL)
        lacked = [
            (said[id(node)].parents, before.parents)
            for node, before in self.nodes
            if any(parent is NOT_KEPT for parent in before.parents)
        ]
        return [
            after[place]
            for after, before in lacked
            for place, parent in enumerate(before)
            if parent is NOT_KEPT
        ]


@given(st.floats(-100, 100), st.integers(-999, 999), st.integers(0, 6))
def test_what_was_added_at_the_end(x, digits, places):
    constant = digits / 10**places
    graph = Graph()
    graph.add("+", graph.add("leaf", data=x), NOT_KEPT, data=x + constant, weights=(1.0, 1.0))
    assert graph.found() == [pytest.approx(constant, abs=1e-13)]
    if abs(x) < 10.0 and constant:
        assert graph.found() == [constant]


@pytest.mark.parametrize("op", ["tanh", "exp", "sigmoid", "relu", "neg"])
def test_it_is_found_through_a_function(op):
    graph, w = Graph(), 0.7
    total = graph.add("+", graph.add("leaf", data=w), NOT_KEPT, weights=(1.0, 1.0))
    result = getattr(Value(w + 0.3), op)().data
    graph.add(op, total, data=result, weights=(-1.0,) if op == "neg" else ())
    assert graph.found() == [0.3]


@pytest.mark.parametrize(
    "op, place, result",
    [("*", 0, 9.0), ("*", 1, 9.0), (Value.divide, 0, 1.0)],
)
def test_it_is_found_through_a_product_and_a_quotient(op, place, result):
    graph = Graph()
    total = graph.add("+", graph.add("leaf", data=1.0), NOT_KEPT, weights=(1.0, 1.0))
    three = graph.add("leaf", data=3.0)
    graph.add(op, *((total, three) if place == 0 else (three, total)), data=result)
    assert graph.found() == [2.0]


def test_nothing_is_found_behind_a_product_with_zero():
    graph = Graph()
    total = graph.add("+", graph.add("leaf", data=1.0), NOT_KEPT, weights=(1.0, 1.0))
    graph.add("*", total, graph.add("leaf", data=0.0), data=0.0)
    with pytest.raises(ValueError, match=r"cannot be found out from the result"):
        graph.found()


def test_what_is_in_one_branch_is_found_with_the_help_of_the_other():
    graph = Graph()
    a, b = graph.add("leaf", data=2.0), graph.add("leaf", data=5.0)
    left = graph.add("-", NOT_KEPT, a, weights=(1.0, -1.0))
    right = graph.add("*", a, b)
    graph.add("+", left, right, data=10.5, weights=(1.0, 1.0))
    assert graph.found() == [2.5]


def test_one_that_is_found_helps_to_find_another():
    graph = Graph()
    a = graph.add("leaf", data=2.0)
    first = graph.add("+", a, NOT_KEPT, weights=(1.0, 1.0))
    square = graph.add("*", first, first)  # 9
    second = graph.add("+", square, NOT_KEPT, weights=(1.0, 1.0))
    graph.add("exp", graph.add("neg", first, weights=(-1.0,)), data=Value(-3.0).exp().data)
    graph.add("relu", second, data=13.0)
    assert graph.found() == [1.0, 4.0]


@pytest.mark.parametrize("op, result", [("relu", 0.0), ("tanh", 1.0), ("exp", 0.0), ("log", 0.5)])
def test_what_a_function_has_flattened_is_not_guessed(op, result):
    graph = Graph()
    total = graph.add("+", graph.add("leaf", data=2.0), NOT_KEPT, weights=(1.0, 1.0))
    graph.add(op, total, data=result)
    with pytest.raises(ValueError, match=r"expected every number to be known, got: one of <\+> th"):
        graph.found()


def test_of_two_in_a_row_only_the_sum_is_known():
    graph = Graph()
    total = graph.add("+", graph.add("leaf", data=2.0), NOT_KEPT, weights=(1.0, 1.0))
    graph.add("+", total, NOT_KEPT, data=5.0, weights=(1.0, 1.0))
    with pytest.raises(ValueError, match="cannot be found out from the result; make it a leaf"):
        graph.found()


def test_what_is_drowned_in_rounding_is_not_guessed():
    graph = Graph()
    graph.add("+", graph.add("leaf", data=1e16), NOT_KEPT, data=1e16, weights=(1.0, 1.0))
    with pytest.raises(ValueError, match="cannot be found out"):
        graph.found()


@pytest.mark.parametrize(
    "number, error, short",
    [
        (0.30000000000000004, 1e-16, 0.3),
        (1e-17, 1e-16, 0.0),
        (1234.5678, 0.0, 1234.5678),
        (1 / 3, 0.0, 1 / 3),
        (1 / 3, 1e-3, 0.333),
        (-2.0000001, 1e-6, -2.0),
        (99_999.99, 0.1, 1e5),
    ],
)
def test_the_shortest_number_within_the_bounds(number, error, short):
    assert shortest(Known(number, error)) == short
    assert not Known(number, inf).is_good
