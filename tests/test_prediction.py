"""What is still to be guessed is written nowhere: in no picture, no table and no repr."""

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import Value, backward, pass_steps, show, to_dot
from microgradwidgets.prediction import known_at
from microgradwidgets.views import still
from tests.graphs import any_leaves, bits, build, steps

HIDDEN = ("0.7071", "0.8814", "-6.0000", "0.5000", "-1.5000")


def neuron():
    x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    b = Value(6.8813735870195432, label="b")
    return Value.tanh((x * w + b).with_label("n"), label="o")


@given(any_leaves, steps, st.data())
def test_what_is_known_is_what_the_steps_so_far_have_brought(leaves, made, data):
    output = build(leaves, made)
    rows = pass_steps(output)
    step = data.draw(st.integers(0, len(rows)))
    gradients, unknown = known_at(output, step)
    arrived, known = {}, {f"v{key}" for key, node in output.graph.items() if node.op == "leaf"}
    passed_on = set()
    for row in rows[:step]:
        if row["phase"] == "forward":
            known.add(row["id"])
        elif row["phase"] == "seed":
            arrived[row["id"]] = 1.0
        else:
            passed_on.add(row["id"])
            arrived |= {c["to"]: c["after"] for c in row["contributions"]}
    everything = {f"v{key}" for key in backward(output)}
    operations = {row["id"] for row in rows}
    operations -= {f"v{key}" for key, node in output.graph.items() if node.op == "leaf"}
    assert {f"v{key}" for key in unknown.values} == everything - known
    assert {f"v{key}" for key in unknown.gradients} == everything - arrived.keys()
    assert {f"v{key}" for key in unknown.local_gradients} == operations - passed_on
    assert bits(gradients.values()) == bits(arrived[f"v{key}"] for key in gradients)


def test_a_diagram_to_be_guessed_shows_no_number_that_has_not_come():
    diagram = show(neuron(), names=False, predict=True)
    for text in (repr(diagram), diagram.to_dot(), diagram.to_svg(), picture(diagram)):
        assert not [number for number in HIDDEN if number in text]
    assert repr(diagram) == "Diagram(o = ?, 6 values)"
    assert "data=6.8814" in diagram.to_dot()
    diagram.step = 4
    assert "grad=1.0000" in diagram.to_dot()
    assert 'label="?"' in diagram.to_dot()
    diagram.step = 5
    assert "grad=0.5000" in diagram.to_dot()
    assert repr(diagram) == "Diagram(o = 0.7071, 6 values)"
    diagram.step = len(diagram.steps())
    shown = diagram.to_dot()
    diagram.predict = False
    assert diagram.to_dot() == shown
    diagram.close()


def picture(diagram):
    html = diagram.still_html()
    return html + base64.b64decode(re.search('base64,([^"]+)', html)[1]).decode()


def test_the_table_that_stands_for_a_picture_hides_them_too(monkeypatch):
    monkeypatch.setattr(still, "drawn", lambda dot, form: None)
    diagram = show(neuron(), names=False, predict=True)
    assert not [number for number in HIDDEN if number in diagram.still_html()]
    diagram.predict = False
    assert "0.7071" in diagram.still_html()
    diagram.close()


def test_after_an_edit_the_new_numbers_are_hidden():
    x = Value(2.0, label="x")
    diagram = show(x * x + 1.0, names=False, predict=True)
    diagram.edits = {x: 5.0}
    assert "data=5.0000" in diagram.to_dot()
    assert "25.0000" not in diagram.to_dot()
    diagram.step = 1
    assert "25.0000" in diagram.to_dot()
    diagram.close()


def test_the_score_is_there_from_the_start_and_comes_from_the_page():
    diagram = show(neuron(), predict=True)
    assert diagram.score == {"asked": 0, "right": 0, "skipped": 0, "answers": []}
    answer = {"step": 1, "kind": "number", "answer": "-6", "right": True}
    diagram.set_state({"score": {"asked": 1, "right": 1, "skipped": 0, "answers": [answer]}})
    assert diagram.score["answers"] == [answer]
    other = show(neuron())
    assert other.score["asked"] == 0
    other.close()
    diagram.close()


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_a_sheet_of_paper_may_leave_out_what_its_author_likes(direction):
    output = neuron()
    _, unknown = known_at(output, 0)
    dot = to_dot(output, backward(output), direction=direction, unknown=unknown)
    assert dot.count("data=?") == 3
    assert dot.count("grad=?") == 6
    assert "style=dashed" not in dot
