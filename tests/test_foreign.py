"""Graphs of other libraries: what is said of a node, and what is made of it."""

import gc
from math import inf, nan

import pytest

from microgradwidgets import ForeignNode, Tape, backward, explain, from_graph, nodes, show
from microgradwidgets.foreign import twins


class Node:
    """A node of a library in which local derivatives are data."""

    def __init__(self, data, op="leaf", parents=(), local=None, label=None):
        self.data, self.op, self.parents, self.local = data, op, parents, local
        self.label = label


def described(node):
    return ForeignNode(node.data, node.op, node.parents, node.local, node.label)


def shown(node, **options):
    return from_graph(node, described, **options)


def product():
    x, y = Node(3.0, label="x"), Node(-2.0, label="y")
    return Node(-6.0, "*", [x, y], [-2.0, 3.0], "p")


def test_a_foreign_graph_is_a_value_like_any_other():
    value = shown(product())
    assert [row["label"] for row in nodes(value)] == ["x", "y", "p"]
    assert [backward(value)[edge.parent] for edge in value.parents] == [-2.0, 3.0]
    assert Tape.record(value).replay({"x": 5.0})[-1] == -10.0
    assert explain(value, "x")[0]["product"] == -2.0
    assert repr(show(value)) == "Diagram(p = -6.0000, 3 values)"


def test_a_node_that_is_used_twice_stays_one():
    x = Node(3.0)
    square = Node(9.0, "*", [x, x])
    value = shown(Node(18.0, "+", [square, square]))
    assert len(nodes(value)) == 3
    assert backward(value)[value.parents[0].parent.parents[0].parent] == 12.0


@pytest.mark.parametrize(
    "op, data, expected",
    [
        ("neg", -0.5, -1.0),
        ("relu", 0.5, 1.0),
        ("tanh", 0.46211715726000973, 0.7864477329659274),
        ("exp", 1.6487212707001282, 1.6487212707001282),
        ("log", -0.6931471805599453, 2.0),
        ("sigmoid", 0.6224593312018546, 0.2350037122015945),
        (("pow", 3), 0.125, 0.75),
    ],
)
def test_every_operation_of_one_operand(op, data, expected):
    x = Node(0.5)
    value = shown(Node(data, op, [x], [expected]))
    assert value.op == (op if isinstance(op, str) else ("pow", 3.0))
    assert value.parents[0].local_gradient == pytest.approx(expected, rel=1e-14)


def test_operands_keep_their_order_and_numbers_are_constants():
    value = shown(Node(-1.0, "-", [2.0, Node(3.0, label="x")]))
    assert [edge.parent.label for edge in value.parents] == [None, "x"]
    assert [edge.local_gradient for edge in value.parents] == [1.0, -1.0]


def test_an_operation_may_be_a_function_of_values():
    a, b = Node(2.0, label="a"), Node(3.0, label="b")
    weighted = Node(8.0, lambda a, b: a + 2 * b, [a, b], [1.0, 2.0], "w")
    value = shown(weighted)
    assert (value.data, value.label, value.op) == (8.0, "w", "+")
    assert [row["op"] for row in nodes(value)] == ["leaf", "leaf", "leaf", "*", "+"]


def test_a_number_that_the_library_has_not_kept_is_worked_out():
    inner = Node(None, "*", [Node(2.0), Node(3.0)])
    assert shown(Node(36.0, ("pow", 2), [inner])).data == 36.0


def test_names_go_before_labels_and_strangers_among_them_are_passed_over():
    root = product()
    value = shown(
        root, names={"alpha": root.parents[0], "beta": root.parents[0], "n": 3, "q": None}
    )
    assert [row["label"] for row in nodes(value)] == ["alpha", "y", "p"]


def test_a_deep_graph_is_no_matter():
    node = x = Node(1.0)
    for k in range(50_000):
        node = Node(k + 2.0, "+", [node, x])
    value = shown(node)
    assert value.data == backward(value)[twins(node, described)[0].value.id] + 50_001.0
    del node
    gc.collect()


def test_the_twins_are_in_the_order_of_the_graph():
    pairs = twins(product(), described)
    assert [twin.value.id for twin in pairs] == list(pairs[-1].value.graph)
    assert all(twin.node.label == twin.value.label for twin in pairs)


def test_numbers_that_are_none_agree_with_themselves_alone():
    assert shown(Node(inf, ("pow", -1), [Node(0.0)])).data == inf
    assert repr(shown(Node(nan, "+", [Node(inf), Node(-inf)])).data) == "nan"
    with pytest.raises(ValueError, match="to be inf"):
        shown(Node(1e300, ("pow", -1), [Node(0.0)]))
    with pytest.raises(ValueError, match="got: nan"):
        shown(Node(nan, "+", [Node(1.0), Node(1.0)]))


def test_rounding_is_allowed_as_far_as_it_carries():
    # In single precision: an operation has room for its own rounding, and for what came before.
    third = Node(None, "*", [Node(1e4), Node(0.1)])
    difference = Node(1e-4, "-", [third, Node(1000.0)])
    assert shown(difference, rtol=1e-6).data == 0.0
    with pytest.raises(ValueError, match=r"got: 0\.0001"):
        shown(difference)
    with pytest.raises(ValueError, match=r"got: 1\.0"):
        shown(Node(1.0, "-", difference.parents), rtol=1e-6)


def cycle():
    a = Node(1.0, "neg", [], label="a")
    b = Node(-1.0, "neg", [a])
    a.parents = [b]
    return a


@pytest.mark.parametrize(
    "node, message",
    [
        (cycle(), "expected a graph without cycles, got: node 'a' (1.0), which leads to itself"),
        (
            Node(0.8, "sin", [Node(1.0)], label="s"),
            "expected an operation that this engine has at node 's' (0.8), got: 'sin'",
        ),
        (
            Node(0.8, "sin", [Node(1.0)], [0.5]),
            "expected an operation that this engine has at node 'sin' (0.8), got: 'sin'; its local "
            "derivatives tell how it changes here, not what it is elsewhere: let op be a function "
            "that makes it of operations that are here",
        ),
        (
            Node(0.8, "+", [Node(1.0)]),
            "expected 2 parents of '+' at node '+' (0.8), got: 1",
        ),
        (
            Node(0.8, "tanh", [Node(1.0), Node(2.0)]),
            "expected 1 parent of 'tanh' at node 'tanh' (0.8), got: 2",
        ),
        (
            Node(7.0, "+", [Node(1.0), 5], label="s"),
            "expected node 's' (7.0) to be 6.0, which '+' makes of 1.0, 5.0, got: 7.0; "
            "were numbers changed after the forward pass?",
        ),
        (
            Node(5.0, "*", [Node(1.0), 5], [5.0, 2.0]),
            "expected the local derivatives of '*' at node '*' (5.0) to be [5.0, 1.0], "
            "got: [5.0, 2.0]",
        ),
        (
            Node(5.0, "*", [Node(1.0), 5], [5.0]),
            "expected the local derivatives of '*' at node '*' (5.0) to be [5.0, 1.0], got: [5.0]",
        ),
        (Node(None), "expected a number and no parents of node 'leaf', got: no number"),
        (
            Node(1.0, parents=[Node(1.0)]),
            "expected a number and no parents of node 'leaf' (1.0), got: parents",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_the_node(node, message):
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        shown(node)
    assert str(caught.value) == message


def test_a_number_that_is_none_at_all_is_refused():
    with pytest.raises(TypeError, match=r"the number of node 'x' .* to be a real scalar, got: str"):
        shown(Node("three", label="x"))


def test_a_function_that_makes_no_value_is_refused():
    with pytest.raises(TypeError, match=r"what a function makes to be a Value, got: float 2\.0"):
        shown(Node(2.0, lambda a: 2.0, [Node(1.0)]))


def test_what_describes_a_node_by_anything_else_is_refused():
    with pytest.raises(TypeError, match=r"expected describe to give a ForeignNode, got: tuple \(1"):
        from_graph(object(), lambda node: (1.0, "leaf", []))


def test_private_variables_give_no_names_and_the_library_its_own_word():
    node = product()
    node.label = None
    assert nodes(shown(node, names={"_": node, "_5": node}))[-1]["label"] == ""
    with pytest.raises(ValueError, match=r"got: 'SinBackward'$"):
        from_graph(Node(0.5), lambda n: ForeignNode(n.data, "sin", [1.0], kind="SinBackward"))


@pytest.mark.parametrize(
    "node, words",
    [
        (Node(1.0, ["+"]), "expected op to be a str, ('pow', n) or a function, got: list ['+']"),
        (Node(1.0, None), "expected op to be a str, ('pow', n) or a function, got: NoneType None"),
        (Node(1.0, ("sin", 2.0)), "expected op to be a str, ('pow', n) or a function, got: tuple"),
        (Node(1.0, ("pow", "x"), [1.0]), "expected exponent to be a real scalar, got: str 'x'"),
        (
            Node(1.0, parents=3),
            "expected the parents of node 'leaf' (1.0) to be a list, got: int 3",
        ),
        (Node(1.0, "+", label=5), "expected label to be a str or None, got: int 5"),
        (Node(3.0, "neg", [-3.0], 5), "expected local to be a list, got: int 5"),
    ],
)
def test_what_a_node_cannot_be_is_refused(node, words):
    with pytest.raises(TypeError) as caught:
        shown(node)
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize(
    "options, words",
    [
        ({"names": "abc"}, "expected names to map names to values, got: str 'abc'"),
        ({"names": {5: None}}, "expected names to map names to values, got: key int 5"),
        ({"describe": 5}, "expected describe to be a function, got: int 5"),
        ({"rtol": "0"}, "expected rtol to be a real scalar, got: str '0'"),
    ],
)
def test_what_a_graph_cannot_be_read_with_is_refused(options, words):
    with pytest.raises(TypeError, match=f"^{words}"):
        from_graph(Node(1.0), **{"describe": described, **options})
