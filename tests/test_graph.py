"""The graph as rows for any table or plot, and as Graphviz DOT."""

import json
import re
from xml.etree import ElementTree

import numpy as np
import pygraphviz
import pytest
from hypothesis import given

from microgradwidgets import (
    Tape,
    Value,
    backward,
    edges,
    formulas,
    nodes,
    to_dot,
    to_latex,
    to_python,
    topological_ids,
)
from microgradwidgets.arithmetic import described
from microgradwidgets.graph import Unknown, graph, nearest
from tests import dot_vectors
from tests.graphs import any_leaves, bits, build, steps

NODE_KEYS = ["id", "label", "op", "data", "arity", "is_leaf"]
EDGE_KEYS = ["from", "to", "local_gradient", "parent_label", "child_label", "child_op"]


def drawn(dot):
    """What Graphviz itself reads in DOT: attributes of nodes by id, and the edges."""
    read = json.loads(pygraphviz.AGraph(string=dot).draw(format="json", prog="dot"))
    objects = read.get("objects", [])
    names = [thing["name"] for thing in objects]
    lines = [(names[e["tail"]], names[e["head"]], e["label"]) for e in read.get("edges", [])]
    return {thing["name"]: thing for thing in objects}, sorted(lines)


def expression():
    x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    return x, w, (x * w - x).relu().add(w**2, label="out")


def test_rows_have_the_keys_of_micrograd_ex_and_no_others():
    x, w, out = expression()
    assert [list(row) for row in nodes(out)] == [NODE_KEYS] * 7
    assert [list(row) for row in nodes(out, backward(out))] == [[*NODE_KEYS, "grad"]] * 7
    assert [list(row) for row in edges(out)] == [EDGE_KEYS] * 8
    assert nodes(out)[0] == {
        "id": f"v{x.id}",
        "label": "x",
        "op": "leaf",
        "data": 2.0,
        "arity": 0,
        "is_leaf": True,
    }
    assert edges(out)[-1] == {
        "from": f"v{w.id + 4}",
        "to": f"v{out.id}",
        "local_gradient": 1.0,
        "parent_label": "",
        "child_label": "out",
        "child_op": "+",
    }
    assert [row["op"] for row in nodes(out)] == ["leaf", "leaf", "*", "-", "relu", "**2", "+"]


def test_a_graph_is_its_nodes_and_its_edges():
    _, _, out = expression()
    table = backward(out)
    assert graph(out) == {"nodes": nodes(out), "edges": edges(out)}
    assert graph(out, table)["nodes"] == nodes(out, table)


@given(any_leaves, steps)
def test_rows_hold_every_value_and_operand_in_topological_order(leaves, steps):
    output = build(leaves, steps)
    table = backward(output)
    rows = nodes(output, table)
    assert [row["id"] for row in rows] == [f"v{key}" for key in topological_ids(output)]
    assert bits(row["grad"] for row in rows) == bits(table[key] for key in output.graph)
    assert bits(row["data"] for row in rows) == bits(n.data for n in output.graph.values())
    arity = dict.fromkeys((row["id"] for row in rows), 0)
    for edge in edges(output):
        arity[edge["to"]] += 1
    assert arity == {row["id"]: row["arity"] for row in rows}
    assert all(row["is_leaf"] == (row["arity"] == 0) for row in rows)
    json.dumps([rows, edges(output)])  # plain numbers and text


@given(any_leaves, steps)
def test_graphviz_reads_back_every_node_and_edge(leaves, steps):
    output = build(leaves, steps)
    boxes, lines = drawn(to_dot(output, backward(output)))
    assert list(boxes) == [row["id"] for row in nodes(output)]
    assert [line[:2] for line in lines] == sorted((e["from"], e["to"]) for e in edges(output))


def test_two_operands_that_are_one_value_have_two_edges():
    x = Value(3.0)
    y = x * x
    assert len(edges(y)) == 2
    assert drawn(to_dot(y))[1] == [(f"v{x.id}", f"v{y.id}", "3.0000")] * 2


def test_a_box_shows_name_number_gradient_and_operation():
    x, w = Value(2.0, label="x"), Value(-3.0)
    out = (x * w).add(1, label="out")
    names = {x.id: "ignored", w.id: "weight", w.id + 1: "product"}
    boxes, _ = drawn(to_dot(out, backward(out), names=names))
    labels = [box["label"].split("\\n") for box in boxes.values()]
    assert labels == [
        ["x", "data=2.0000", "grad=-3.0000"],
        ["weight", "data=-3.0000", "grad=2.0000"],
        ["product", "data=-6.0000", "grad=1.0000", "op=*"],
        [f"v{out.id - 1}", "data=1.0000", "grad=1.0000"],
        ["out", "data=-5.0000", "grad=1.0000", "op=+"],
    ]


def test_where_nothing_has_a_name_names_are_empty():
    y = Value(1.0) * 2.0
    assert [row["label"] for row in nodes(y)] == ["", "", ""]
    assert [(row["parent_label"], row["child_label"]) for row in edges(y)] == [("", "")] * 2


def test_what_is_not_to_be_known_is_a_question_mark_or_what_stands_in_its_place():
    x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    y = x.mul(w, label="y")
    marks = {("value", w.id): "(a)", ("gradient", x.id): "(b)", ("local", y.id): "(c)"}
    hidden = {"values": {x.id, w.id}, "gradients": {x.id, y.id}, "local_gradients": {y.id}}
    boxes, lines = drawn(to_dot(y, backward(y), unknown=Unknown(**hidden, marks=marks)))
    assert [box["label"].split("\\n")[:3] for box in boxes.values()] == [
        ["x", "data=?", "grad=(b)"],
        ["w", "data=(a)", "grad=2.0000"],
        ["y", "data=-6.0000", "grad=?"],
    ]
    assert [line[2] for line in lines] == ["(c)", "(c)"]
    fills = [box["fillcolor"] for box in boxes.values()]
    assert fills[0] == fills[2] != fills[1]  # the colour of no gradient tells none
    assert "dashed" not in to_dot(y, unknown=Unknown(local_gradients={y.id}))
    assert "dashed" in to_dot(y)
    assert to_dot(y, unknown=Unknown(local_gradients={y.id})).count('label="?"') == 2


def test_sign_shows_in_colour_and_dashes():
    x, w = Value(2.0), Value(-3.0)
    y = x * w + (x - x)
    dot = to_dot(y, backward(y))
    fills = {key: box["fillcolor"] for key, box in drawn(dot)[0].items()}
    assert fills[f"v{w.id}"] == fills[f"v{y.id}"] != fills[f"v{x.id}"]  # 2, 1 and -3
    assert dot.count("style=dashed") == 2  # d(xw)/dx = -3, d(x-x)/dx = -1 on the right


def test_a_limit_draws_the_values_nearest_to_the_output_and_says_so():
    x = Value(1.0)
    y = x
    for _ in range(1500):
        y = y * 1.5
    dot = to_dot(y, limit=10)
    boxes, lines = drawn(dot)
    assert (len(boxes), len(lines)) == (11, 9)
    assert boxes["more"]["label"] == "3,001 values in all, the last 10 drawn"
    assert set(boxes) - {"more"} == {f"v{value.id}" for value in nearest(y, 10)}
    assert "more" not in to_dot(y, limit=3001)


def test_numbered_the_same_expression_gives_the_same_text_again():
    first, again = (to_dot(expression()[2], numbered=True) for _ in range(2))
    assert first == again
    assert first != to_dot(expression()[2])
    tape = Tape.record(expression()[2])
    assert list(drawn(first)[0]) == [f"v{index}" for index in range(len(tape))]
    nameless = Value(1.0) * 2.0
    assert [b["label"][:4] for b in drawn(to_dot(nameless, numbered=True))[0].values()] == [
        *("v0\\n", "v1\\n", "data")
    ]


def test_the_vectors_shared_with_javascript_are_those_of_today():
    stored = json.loads(dot_vectors.PATH.read_text("ascii"))
    fresh = json.loads(dot_vectors.document())
    for rows in (stored["expressions"], fresh["expressions"]):
        assert len(rows) > 5
        for row in rows:
            row.pop("tape")  # held together by the tests of the bytes; packers may differ
    assert stored == fresh


def test_nearest_counts_in_steps_from_the_output():
    a, b = Value(1.0, label="a"), Value(2.0, label="b")
    near = a.add(b, label="near")
    out = near.mul(near, label="out")
    assert [value.label for value in nearest(out, 3)] == ["out", "near", "a"]
    assert [value.label for value in nearest(out, 99)] == ["out", "near", "a", "b"]


@pytest.mark.parametrize(
    "direction", ["RL", "lr", "", None, 5, ["LR"], np.array(["LR", "TB"])], ids=repr
)
def test_a_direction_is_left_to_right_or_top_to_bottom(direction):
    words = f"expected direction to be 'LR' or 'TB', got: {described(direction)}"
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        to_dot(Value(1.0), direction=direction)


def test_numbers_are_written_to_four_decimals_or_as_the_pictures_write_them():
    y = Value(123_456.0, label="x") / 3.0
    for short, numbers in ((False, ("41152.0000", "1.0000")), (True, ("41152", "1"))):
        text = to_dot(y, backward(y), short=short)
        assert r'[label="data={}\ngrad={}\nop=*"'.format(*numbers) in text


def test_direction_turns_the_picture():
    y = Value(1.0).relu().relu().relu()
    sizes = {}
    for direction in ("LR", "TB"):
        svg = pygraphviz.AGraph(string=to_dot(y, direction=direction)).draw(
            format="svg", prog="dot"
        )
        box = ElementTree.fromstring(svg).get("viewBox").split()
        sizes[direction] = float(box[2]) / float(box[3])
    assert sizes["LR"] > 1.0 > sizes["TB"]


@pytest.mark.parametrize("function", [nodes, edges, graph, to_dot])
def test_only_values_have_a_graph(function):
    with pytest.raises(TypeError, match="expected value to be a Value, got: int 5"):
        function(5)


@pytest.mark.parametrize("function", [nodes, graph, to_dot])
def test_gradients_are_a_table(function):
    with pytest.raises(TypeError, match=r"^expected gradients to be a Gradients table, got: str"):
        function(Value(1.0), "x")


@pytest.mark.parametrize("names", ["abc", 5, {1: 5}, {"x": "x"}])
@pytest.mark.parametrize("function", [to_dot, to_latex, to_python, formulas])
def test_names_are_texts_by_id(function, names):
    with pytest.raises(TypeError, match=r"^expected names to map ids to names, got: "):
        function(Value(1.0), names=names)


def test_relabelled_copies_show_where_they_are_the_output():
    x = Value(1.0, label="x")
    y = x.relu().with_label("y")
    assert nodes(y)[-1]["label"] == "y"
    assert edges(y)[0]["child_label"] == "y"
    assert '[label="y\\n' in to_dot(y)


def test_to_graphviz_gives_the_object_of_the_graphviz_package():
    import graphviz

    from microgradwidgets import to_graphviz

    x, _, out = expression()
    source = to_graphviz(out, backward(out), direction="TB", names={x.id: "in"}, limit=5)
    assert isinstance(source, graphviz.Source)
    dot = to_dot(out, backward(out), direction="TB", names={x.id: "in"}, limit=5)
    assert source.source == dot
