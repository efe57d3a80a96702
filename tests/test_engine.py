"""Values: what may enter, what the operators mean, what stays as it was."""

import copy
import itertools
import math
import threading
import weakref
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from microgradwidgets import Edge, Node, Value, backward

BINARY = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
}
RESULTS = {"add": 8.0, "sub": 4.0, "mul": 12.0, "divide": 3.0}  # of 6 and 2
UNARY = {"neg": -0.5, "relu": 0.5, "tanh": math.tanh(0.5), "exp": math.exp(0.5)}
UNARY |= {"log": math.log(0.5), "sigmoid": 1.0 / (1.0 + math.exp(-0.5))}


# -- making one -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [3, 3.0, Fraction(3), Decimal(3), np.float64(3), np.float32(3), np.int8(3), np.array(3)],
    ids=lambda number: type(number).__name__,
)
def test_a_real_scalar_becomes_a_plain_float(number):
    for value in (Value(number), Value.new(number), Value.coerce(number), Value(0.0) + number):
        assert (type(value.data), value.data) == (float, 3.0)


class Celsius:
    def __float__(self):
        return 21.5


def test_whatever_offers_float_may_enter():
    assert Value(Celsius()).data == 21.5


NO_SCALARS = ["3", b"3", bytearray(b"3"), True, np.True_, None, 1j, [1.0], (1.0,), {}, object]
NO_SCALARS += [np.array([1.0]), np.array([[1.0]]), np.array(True), np.array("3"), np.complex128(1)]


@pytest.mark.parametrize("thing", NO_SCALARS, ids=repr)
def test_what_is_no_real_scalar_is_refused_everywhere(thing):
    x = Value(1.0)
    doors = [Value, Value.new, Value.coerce, Value.relu, lambda n: x + n, lambda n: n * x]
    for door in [*doors, x.pow, lambda n: Value.sum([x, n])]:
        with pytest.raises(TypeError, match=r"^expected (data|operand|exponent) to be a real sc"):
            door(thing)


def test_a_value_is_not_wrapped_in_a_value():
    with pytest.raises(TypeError, match=r"got: Value\(data=1.0\), which is already a Value"):
        Value(Value(1.0))


def test_a_leaf_has_no_operands():
    x = Value(2, label="x")
    assert (x.op, x.parents, x.label, x.grad) == ("leaf", (), "x", 0.0)
    assert Value(2).label is None


def test_labels_are_text_of_a_bounded_length():
    assert Value(1.0, label="x" * 1_000_000).label == "x" * 1_000_000
    with pytest.raises(ValueError, match="expected label to have at most 1,000,000 characters"):
        Value(1.0, label="x" * 1_000_001)
    for make in (Value(1.0).with_label, lambda text: Value.add(1, 2, label=text)):
        with pytest.raises(TypeError, match="expected label to be a str, got: int 5"):
            make(5)


def test_label_is_given_by_name():
    with pytest.raises(TypeError):
        Value(1.0, "x")


# -- operations -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BINARY)
def test_operators_and_named_forms_take_numbers_on_either_side(name):
    operator, form = BINARY[name], getattr(Value, name)
    a, b = Value(6.0), Value(2.0)
    ways = [operator(a, b), operator(6, b), operator(a, 2), operator(np.float64(6), b)]
    ways += [operator(Fraction(6), b), operator(a, Decimal(2)), operator(6.0, b)]
    ways += [form(a, b), form(6, b), form(a, 2.0), form(6, 2), getattr(a, name)(2)]
    assert [way.data for way in ways] == [RESULTS[name]] * len(ways)
    assert {type(way) for way in ways} == {Value}
    labelled = form(6, b, label="m")
    assert (labelled.label, labelled.data) == ("m", RESULTS[name])


@pytest.mark.parametrize("name", UNARY)
def test_functions_of_one_variable_take_numbers_and_values(name):
    x = Value(0.5)
    for value in (getattr(x, name)(), getattr(Value, name)(x), getattr(Value, name)(0.5)):
        assert (value.op, value.data) == (name, pytest.approx(UNARY[name], rel=4e-16))
    assert getattr(Value, name)(0.5, label="y").label == "y"
    assert getattr(x, name)().parents[0].parent is x


def test_minus_is_an_operation_of_its_own():
    a, b = Value(5.0), Value(2.0)
    assert ((a - b).op, [e.local_gradient for e in (a - b).parents]) == ("-", [1.0, -1.0])
    assert ((-a).op, (-a).parents) == ("neg", (Edge(a.id, -1.0),))
    assert +a is a


def test_division_is_a_product_with_a_power():
    a, b = Value(6.0), Value(2.0)
    quotient = a / b
    reciprocal = quotient.parents[1].parent
    assert (quotient.op, reciprocal.op, reciprocal.parents[0].parent) == ("*", ("pow", -1.0), b)
    assert Value.div(a, b).data == 3.0
    gradients = backward(quotient)
    assert (gradients[a], gradients[b]) == (0.5, -1.5)


def test_in_place_operators_make_new_values():
    x = y = Value(3.0)
    y += 1
    y *= 2
    y -= 1
    y /= 7
    y **= 2
    assert (x.data, y.data) == (3.0, 1.0)


def test_relu_has_slope_0_at_0():
    assert Value(0.0).relu().parents[0].local_gradient == 0.0
    assert math.copysign(1.0, Value(-0.0).relu().data) == 1.0


def test_the_exponent_is_a_plain_finite_number():
    x = Value(3.0)
    assert (x**2).op == ("pow", 2.0)
    assert (x ** np.int64(2)).data == Value.pow(3, 2).data == 9.0
    for power in (lambda: x**x, lambda: 2**x, lambda: np.float64(2) ** x, lambda: x.pow(x)):
        with pytest.raises(TypeError, match="expected exponent to be"):
            power()
    for exponent in (math.nan, math.inf, -math.inf):
        with pytest.raises(ValueError, match="expected exponent to be finite"):
            x**exponent


def test_a_power_modulo_something_is_refused():
    with pytest.raises(TypeError):
        pow(Value(3.0), 2, 5)


def test_sum_folds_from_the_left():
    a, b = Value(1.0, label="a"), Value(2.0, label="b")
    total = Value.sum([a, b], label="total")
    (first, second), zero = total.parents, total.parents[0].parent.parents[0].parent
    assert (second.parent, first.parent.parents[1].parent) == (b, a)
    assert (zero.op, zero.data, total.label, total.data) == ("leaf", 0.0, "total", 3.0)
    assert Value.sum([0.1] * 10).data == sum([0.1] * 10, 0.0) != 1.0


def test_sum_starts_where_it_is_told():
    start = Value(10.0)
    assert Value.sum([], start) is start
    assert Value.sum([1, 2], initial=start).data == 13.0
    assert Value.sum(number for number in (1, 2)).data == 3.0
    assert (Value.sum([]).op, Value.sum([]).data) == ("leaf", 0.0)


def test_the_built_in_sum_draws_no_phantom_zero():
    a, b = Value(1.0), Value(2.0)
    assert len(sum([a, b]).graph) == 3
    assert sum([a]) is a
    assert len((0.0 + a).graph) == 3  # only the integer 0 that sum() starts from is left out
    assert len(sum([a, b], Value(0.0)).graph) == 5


# -- numpy ----------------------------------------------------------------------------------------


def test_numpy_numbers_meet_values_as_plain_numbers():
    x = Value(3.0)
    for number in (np.float64(2), np.float32(2), np.int64(2), np.array(2.0)):
        for result in (number * x, x * number):
            assert (type(result), result.data, len(result.graph)) == (Value, 6.0, 3)
    assert (type(np.int64(0) + x), np.float64(2) == x) == (Value, False)


def test_numpy_arrays_are_refused_on_either_side():
    for product in (lambda v: np.array([1.0, 2.0]) * v, lambda v: v * np.array([1.0, 2.0])):
        with pytest.raises(TypeError, match="expected operand to be a real scalar, got: ndarray"):
            product(Value(3.0))


# -- the graph ------------------------------------------------------------------------------------


def test_the_graph_is_read_only_and_topological():
    a, b = Value(2.0, label="a"), Value(3.0, label="b")
    c = (a * b + a).relu(label="c")
    assert [node.op for node in c.graph.values()] == ["leaf", "leaf", "*", "+", "relu"]
    assert list(c.graph)[-1] == c.id
    assert c.graph[a.id] == Node(a.id, 2.0, "leaf", "a", ())
    assert c.graph[c.id] == (c.id, 8.0, "relu", "c", (Edge(c.parents[0].parent_id, 1.0),))
    seen = set()
    for key, node in c.graph.items():
        assert {edge.parent_id for edge in node.parents} <= seen
        seen.add(key)
    with pytest.raises(TypeError):
        c.graph[a.id] = None
    with pytest.raises(AttributeError):
        c.graph[a.id].data = 5.0


def test_edges_know_who_and_how_much():
    a, b = Value(2.0), Value(3.0)
    left, right = (a * b).parents
    assert (left, right) == (Edge(a.id, 3.0), Edge(b.id, 2.0))
    assert (left.parent, right.parent) == (a, b)
    assert left != right
    assert [edge.parent for edge in (a * a).parents] == [a, a]
    with pytest.raises(AttributeError):
        left.local_gradient = 0.0


def test_ids_are_positive_and_grow():
    values = [Value(1.0)]
    for _ in range(10):
        values.append(values[-1] + 1)
    assert all(a.id < b.id for a, b in itertools.pairwise(values))
    assert values[0].id > 0


# -- immutability, identity, copies ---------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["data", "grad", "id", "label", "op", "parents", "graph", "foo", "_left", "__class__"]
)
def test_no_attribute_can_be_set_or_deleted(name):
    x = Value(1.0) * 2
    for change in (lambda: setattr(x, name, 2.0), lambda: delattr(x, name)):
        with pytest.raises(AttributeError, match=rf"values are immutable: .* no change of '{name}"):
            change()
    assert x.data == 2.0


def test_equality_and_hash_are_identity():
    x, y = Value(1.0), Value(1.0)
    assert x == x
    assert x != y
    assert x != 1.0
    assert len({x, y, x}) == 2
    assert {x: "x"}[x] == "x"


def test_a_copy_is_the_value_itself():
    x = Value(1.0)
    assert copy.copy(x) is copy.deepcopy(x) is x
    assert copy.deepcopy({"w": [x, x]}) == {"w": [x, x]}


def test_a_relabelled_copy_keeps_its_place():
    x = Value(3.0, label="x")
    y = (x * x).with_label("y")
    assert (y.label, y.id in (y + 1).graph, len(y.graph)) == ("y", True, 2)
    renamed = x.with_label("z")
    assert (renamed.id, renamed.label, x.label) == (x.id, "z", "x")
    assert backward(y)[renamed] == backward(y)[x] == 6.0
    assert x.with_label(None).label is None
    assert Value.coerce(x, label="w").label == "w"


def test_a_copy_with_its_gradient_is_for_display_only():
    x = Value(3.0)
    gradients = backward(x * x)
    shown = x.with_grad(gradients)
    assert (shown.grad, shown.id, x.grad) == (6.0, x.id, 0.0)
    assert shown.with_label("x").grad == 6.0
    assert Value.with_grad(x, gradients).grad == 6.0
    with pytest.raises(TypeError, match="expected gradients to be a Gradients table, got: dict"):
        x.with_grad({x: 6.0})


# -- what Python asks of a number -----------------------------------------------------------------


def test_a_value_is_a_float_but_no_truth_no_integer_no_rank():
    x = Value(1.5)
    assert (float(x), math.sqrt(Value(4.0))) == (1.5, 2.0)
    refused = [bool, int, lambda v: v < 1, lambda v: v > v, lambda v: v <= v, lambda v: v >= 0]
    for question in [*refused, lambda v: np.float64(2) < v, lambda v: sorted([v, v])]:
        with pytest.raises(TypeError, match=r"value\.data"):
            question(x)


@pytest.mark.parametrize(
    "question", [lambda v: v(), len, iter, abs, round, lambda v: v // 2, lambda v: v[0]]
)
def test_other_questions_are_type_errors(question):
    with pytest.raises(TypeError):
        question(Value(1.5))


def test_the_repr_is_short_and_evaluates_to_a_twin():
    assert repr(Value(2, label="x")) == "Value(data=2.0, label='x')"
    assert repr(Value(-0.0)) == "Value(data=-0.0)"
    assert eval(repr(Value(0.1, label="it's"))).label == "it's"
    x = Value(3.0, label="x")
    assert repr(x.with_grad(backward(x * x))) == "Value(data=3.0, grad=6.0, label='x')"


@pytest.mark.parametrize("character", ["A", "\0", "\ud800", "\U000e0001", "'", "\\", "é"])
def test_the_repr_stays_short_whatever_the_label(character):
    assert len(repr(Value(-1.2345678901234567e-300, label=character * 1_000_000))) < 200


# -- to the letter ---------------------------------------------------------------------------------


def test_a_value_as_exponent_is_told_what_to_write_instead():
    for power in (Value(2.0).__pow__, Value(2.0).pow):
        with pytest.raises(TypeError) as caught:
            power(Value(3.0))
        assert str(caught.value) == (
            "expected exponent to be a plain number, got: Value(data=3.0); "
            "for a variable exponent y write (y * x.log()).exp()"
        )
    with pytest.raises(TypeError) as caught:
        2.0 ** Value(3.0)
    assert str(caught.value) == (
        "expected exponent to be a plain number, got: Value(data=3.0); "
        "for a constant base c write (x * math.log(c)).exp()"
    )


def test_new_takes_a_label():
    assert Value.new(3.0, label="x").label == "x"


def test_a_relabelled_copy_has_the_same_local_derivatives():
    y = Value(0.5).exp()
    assert y.with_label("y").parents == y.parents


@pytest.mark.parametrize(
    "label, shown",
    [
        ("x" * 60, "'" + "x" * 60 + "'"),
        ("x" * 61, "'" + "x" * 60 + "…'"),
        ("x" * 60 + "'", "'" + "x" * 60 + "…'"),
        ("\n" * 59, "'" + "\\n" * 59 + "'"),
        ("\n" * 59 + "x", "'" + "\\n" * 30 + "…'"),
        ("it's" + "x" * 60, "\"it's" + "x" * 56 + '…"'),
    ],
    ids=lambda text: ascii(text[-4:]),
)
def test_a_long_label_is_cut_in_quotes(label, shown):
    assert repr(Value(1.0, label=label)) == f"Value(data=1.0, label={shown})"


def test_a_chain_is_let_go_of_in_every_thread():
    alive = []

    def work():
        x = Value(1.0)
        kept = weakref.ref(x)
        y = x
        for _ in range(100):
            y = y + 1.0
        del x, y
        alive.append(kept() is not None)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert alive == [False]


def test_a_power_can_be_named_as_it_is_made():
    assert [Value(2.0).pow(n, label="p").label for n in (2, 0.5)] == ["p", "p"]


@pytest.mark.parametrize("values", [None, 5, Value(1.0)], ids=repr)
def test_a_sum_is_one_of_several(values):
    with pytest.raises(TypeError, match=r"^expected values to be a list, got: "):
        Value.sum(values)
