"""What of a diagram can be taken away from Python: DOT, SVG, PNG and its state."""

import json
import linecache
import re
import struct
import sys
from xml.etree import ElementTree

import pytest
import traitlets
from ipywidgets.widgets import widget as registry

from microgradwidgets import Diagram, Gradients, Tape, Value, backward, show, to_dot
from microgradwidgets.views import still
from tests import dot_vectors
from tests.hostile import label_of, rows
from tests.vectors import lecture_neuron, readme_expression

SVG = "{http://www.w3.org/2000/svg}"
LABELS = [pytest.param(row, id=row["id"]) for row in rows("label")]


def neuron():
    x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    return Value.tanh(x * w + 1.0, label="o")


def chain(length):
    value = Value(1.0)
    for _ in range(length):
        value = value * 1.5
    return value


def words(svg):
    """The texts of a picture, and its title and description."""
    root = ElementTree.fromstring(svg)
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    return texts, root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text


# -- DOT ------------------------------------------------------------------------------------------


def test_dot_is_the_text_that_the_page_copies():
    stored = {row["name"]: row for row in json.loads(dot_vectors.PATH.read_text())["expressions"]}
    diagram = Diagram(lecture_neuron())
    assert diagram.to_dot() == stored["lecture neuron"]["dot"]
    turned = Diagram(readme_expression(), direction="TB")
    assert turned.to_dot() == stored["README expression, downwards"]["dot"]


def test_dot_shows_the_numbers_and_names_of_the_diagram():
    x = Value(3.0)
    y = x * x
    given = Gradients(y.id, {y.id: 1.0, x.id: 7.0})
    diagram = show(y, given)
    assert '[label="x\\ndata=3.0000\\ngrad=7.0000"' in diagram.to_dot()
    diagram.edits = {x: 5.0}
    edited = diagram.value
    assert diagram.to_dot() == to_dot(edited, backward(edited), numbered=True)
    assert '[label="x\\ndata=5.0000\\ngrad=10.0000"' in diagram.to_dot()


def test_dot_of_a_large_expression_is_its_end_and_says_so():
    dot = Diagram(chain(2_000)).to_dot()
    assert len(re.findall(r"^ {2}v\d+ \[", dot, re.MULTILINE)) == 1_000
    assert '"4,001 values in all, the last 1,000 drawn"' in dot


# -- pictures -------------------------------------------------------------------------------------


def test_an_svg_stands_alone():
    svg = Diagram(neuron()).to_svg()
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    ids = [root.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")]
    assert root.get("aria-labelledby").split() == ids
    texts, title, description = words(svg)
    assert {"x", "data=2.0000", "op=tanh"} <= set(texts)
    assert title == "Expression graph: o = -0.9999"
    assert description.startswith("o = -0.9999, 6 values. Each box is a value")
    background = root.find(f".//{SVG}polygon")
    assert background.get("fill") == "white"
    assert len([*root.iter(f"{SVG}title")]) == 1
    assert "<!DOCTYPE" not in svg
    assert "http" not in re.sub(r' xmlns(:xlink)?="[^"]*"', "", svg)


def test_a_large_expression_is_drawn_from_its_end_and_the_picture_says_so():
    texts, _, description = words(Diagram(chain(500)).to_svg())
    assert "1,001 values in all, the last 40 drawn" in texts
    assert ", 1,001 values." in description


@pytest.mark.parametrize("row", LABELS)
def test_an_svg_with_a_hostile_label_is_valid_and_does_nothing(row):
    diagram = Diagram(Value(2.0, label=label_of(row)) * 3)
    plain = ElementTree.fromstring(Diagram(Value(2.0, label="x") * 3).to_svg())
    root = ElementTree.fromstring(diagram.to_svg())
    assert {element.tag for element in root.iter()} == {element.tag for element in plain.iter()}
    for element in root.iter():
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)


@pytest.mark.parametrize("row", LABELS)
def test_title_and_description_name_the_output_as_text(row):
    named = Value.relu(2.0, label=label_of(row))
    _, title, description = words(Diagram(named).to_svg())
    _, usual, _ = words(Diagram(Value.relu(2.0, label="x")).to_svg())
    assert title.startswith("Expression graph: ")
    assert title.endswith(usual.removeprefix("Expression graph: x"))
    assert "2 values." in description


def size_of_png(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_a_png_has_two_dots_for_each_pixel(direction):
    diagram = Diagram(neuron(), direction=direction)
    root = ElementTree.fromstring(diagram.to_svg())
    points = [float(root.get(side).removesuffix("pt")) for side in ("width", "height")]
    assert size_of_png(diagram.to_png()) == pytest.approx([2 * x * 96 / 72 for x in points], abs=4)


@pytest.mark.parametrize("method", ["to_svg", "to_png"])
def test_without_graphviz_the_answer_is_the_line_to_type(method, monkeypatch):
    diagram = Diagram(neuron())
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ImportError, match=r"pip install 'microgradwidgets\[static\]'"):
        getattr(diagram, method)()
    assert diagram.to_dot().startswith("digraph")


# -- formulas and code ----------------------------------------------------------------------------


def test_latex_has_the_names_and_the_notation_of_the_diagram():
    a, b = Value(2.0), Value(3.0)
    c = a / b
    diagram = show(c + 1)
    assert diagram.to_latex().splitlines()[1:-1] == [r"c &= \frac{a}{b} \\", r"v_{5} &= c + 1"]
    diagram.notation = "primitives"
    assert r"c &= a \cdot b^{-1}" in diagram.to_latex()


def test_code_has_the_numbers_that_the_learner_gave():
    x = Value(2.0)
    y = x * 3
    diagram = show(y)
    diagram.edits = {x: -5.0, y.parents[1].parent: 0.5}
    variables = {}
    exec(diagram.to_python(), variables)
    assert diagram.to_python().splitlines()[-2] == 'x = Value(-5.0, label="x")'
    assert variables["y"].data == diagram.value.data == -2.5
    assert r"y &= x \cdot 0.5" in diagram.to_latex()


def test_the_lines_of_source_go_with_the_diagram():
    source = (
        "from microgradwidgets import Value, show\nx = Value(2.0)\ny = x * x\nshown = show(y)\n"
    )
    linecache.cache["<a cell>"] = (len(source), None, source.splitlines(keepends=True), "<a cell>")
    variables = {}
    exec(compile(source, "<a cell>", "exec"), variables)
    assert variables["shown"].get_state()["sources"] == [(0, "x = Value(2.0)"), (1, "y = x * x")]


# -- state ----------------------------------------------------------------------------------------


def test_a_fresh_diagram_has_nothing_to_say():
    assert Diagram(neuron()).state == "mgw1"


def test_a_state_brings_step_edits_and_view_back_on_another_machine():
    diagram = Diagram(neuron(), overlay="value", direction="TB")
    diagram.edits = {"x": 0.5, "w": float("inf")}
    diagram.step = 3
    diagram.selected = "w"
    text = diagram.state
    assert text == "mgw1;step=3;edits=0:0.5,1:inf;selected=1;overlay=value;direction=TB"
    other = show(neuron(), state=text)
    assert other.state == text
    assert other.value.data == diagram.value.data
    assert Tape.from_bytes(other.tape).names == Tape.from_bytes(diagram.tape).names


def test_a_state_comes_before_arguments_and_leaves_alone_what_it_does_not_speak_of():
    diagram = show(neuron(), overlay="value", theme="dark", state="mgw1;step=2;overlay=none")
    assert diagram.state == "mgw1;step=2;overlay=none;theme=dark"


def test_setting_a_state_sets_all_the_rest_to_the_defaults():
    diagram = show(neuron(), overlay="value", state="mgw1;step=2;edits=0:9")
    diagram.state = "mgw1;direction=TB"
    assert diagram.state == "mgw1;direction=TB"
    assert diagram.value.data == neuron().data


@pytest.mark.parametrize(
    "text",
    [
        "mgw1;overlay=none;step=99",
        "mgw1;overlay=none;edits=99:1",
        "mgw1;overlay=none;edits=5:1",  # the output, not a leaf
        "mgw1;overlay=none;selected=77",
        "mgw1;overlay=none;theme=red",
        "mgw2;overlay=none",
        "mgw1;overlay=none;step=x",
    ],
)
def test_a_state_that_does_not_fit_changes_nothing(text):
    diagram = show(neuron(), state="mgw1;step=2;edits=0:9;selected=1")
    before = diagram.state
    with pytest.raises(ValueError, match=r"^expected .*, got: "):
        diagram.state = text
    assert diagram.state == before
    with pytest.raises(ValueError, match=r"^expected .*, got: "):
        show(neuron(), state=text)


def test_a_state_that_does_not_fit_leaves_no_widget_behind():
    before = len(registry._instances)
    with pytest.raises(ValueError, match="step=99"):
        show(neuron(), state="mgw1;step=99")
    assert len(registry._instances) == before


def test_observers_hear_of_a_state():
    diagram = Diagram(neuron())
    heard = []
    diagram.observe(lambda change: heard.append((change.name, change.new)), traitlets.All)
    diagram.state = "mgw1;step=2;overlay=none"
    assert sorted(heard) == [("overlay", "none"), ("step", 2)]


def test_a_crash_of_graphviz_harms_nobody(monkeypatch):
    """It is a child that crashes; here there is just no picture."""
    crash = "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n"
    monkeypatch.setattr(still, "_DRAW", crash)
    assert still.drawn("digraph { a -> b }", "svg") is None
    monkeypatch.undo()
    svg = still.drawn("digraph { a -> b }", "svg")
    assert svg is not None
    assert b"<svg" in svg
