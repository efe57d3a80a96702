"""Labels that attack whatever shows them: through real Graphviz, and as a table."""

import json
import shutil
import sys
from html.parser import HTMLParser
from xml.etree import ElementTree

import graphviz
import pygraphviz
import pytest

from microgradwidgets import Diagram, Tape, Value, backward, to_dot
from microgradwidgets.text import visible_text
from microgradwidgets.views.still import drawn, still_html
from tests.hostile import label_of, rows

SVG = "{http://www.w3.org/2000/svg}"
ESCAPED = {
    "L054": "a␀b",
    "L055": "a␛[31mred␛[0m",
    "L057": "\\uFFFE\\uFFFF",
    "L087": "\\uD800",
}
LABELS = [pytest.param(row, id=row["id"]) for row in rows("label")]


def promised(row):
    """The text that `expect` promises; how a picture or a table breaks lines apart."""
    expect, label = row["expect"].split("+")[0], label_of(row)
    if expect in ("literal", "literal-isolated", "fallback-name"):
        return label
    if expect == "literal-multiline":
        return label.replace("\r\n", "\n")
    if expect == "literal-ws":
        return label.replace("\t", " ")
    if expect in ("truncated", "literal-clipped"):
        return label[:200] + "…"
    assert expect == "visible-escape"
    return ESCAPED[row["id"]]


def shown_in_a_box(row, value):
    """What is promised of a box: blank names give way to the id, open isolates are closed."""
    if row["expect"] == "fallback-name":
        return f"v{value.id}"
    if row["expect"] == "literal-isolated":
        return f"\u2068{label_of(row)}\u2069\u2069"
    return promised(row)


def on_paper(text):
    """As Graphviz sets text: an empty line is a space, and spaces do not collapse."""
    return [line.replace("\N{NO-BREAK SPACE}", " ") or " " for line in text.split("\n")]


@pytest.mark.parametrize("row", LABELS)
def test_the_promise_is_what_visible_text_gives(row):
    assert visible_text(label_of(row)) == promised(row)


def by_pygraphviz(dot, form):
    return pygraphviz.AGraph(string=dot).draw(format=form, prog="dot")


def by_program(dot, form):
    return graphviz.Source(dot).pipe(format=form)


WAYS = [by_pygraphviz, by_program] if shutil.which("dot") else [by_pygraphviz]


@pytest.mark.parametrize("draw", WAYS)
@pytest.mark.parametrize("row", LABELS)
def test_graphviz_draws_the_label_as_text_and_nothing_else(row, draw):
    x = Value(2.0, label=label_of(row))
    y = x * 3
    picture = ElementTree.fromstring(draw(to_dot(y, backward(y)), "svg"))
    allowed = {"svg", "g", "title", "polygon", "path", "text"}
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} <= allowed
    for element in picture.iter():
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)
    groups = {group.find(f"{SVG}title").text: group for group in picture.iter(f"{SVG}g")}
    assert len(groups) == 1 + 3 + 2  # the picture, three boxes, two edges
    lines = [text.text or "" for text in groups[f"v{x.id}"].iter(f"{SVG}text")]
    expected = [*on_paper(shown_in_a_box(row, x)), "data=2.0000", "grad=3.0000"]
    assert [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines] == expected


@pytest.mark.parametrize("draw", WAYS)
@pytest.mark.parametrize("row", LABELS)
def test_graphviz_gives_the_label_back_as_data(row, draw):
    x = Value(2.0, label=label_of(row))
    read = draw(to_dot(x * 3), "json")
    boxes = {box["name"]: box for box in json.loads(read)["objects"]}
    assert set(boxes) == {f"v{x.id}", f"v{x.id + 1}", f"v{x.id + 2}"}
    assert not {"URL", "href", "tooltip", "image", "shapefile"} & set(boxes[f"v{x.id}"])
    lines = [op["text"] for op in boxes[f"v{x.id}"]["_ldraw_"] if op["op"] == "T"]
    lines = [line.replace("\\\\", "\\") for line in lines]  # Graphviz's JSON writes each twice
    assert lines[:-1] == on_paper(shown_in_a_box(row, x))


def test_graphviz_survives_many_lines_with_nothing_in_them():
    values = [Value(float(n), label="\n" * (n % 7) + "x" + "\n" * (n % 5)) for n in range(80)]
    dot = to_dot(Value.sum(values))
    assert "\\n\\n" not in dot
    picture = drawn(dot, "svg")
    assert picture is not None
    root = ElementTree.fromstring(picture)
    groups = {group.findtext(f"{SVG}title"): group for group in root.iter(f"{SVG}g")}
    lines = [text.text for text in groups[f"v{values[2].id}"].iter(f"{SVG}text")]
    lines = [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
    assert lines == [" ", " ", "x", " ", " ", "data=2.0000"]


class Reader(HTMLParser):
    """Every element with its attributes, and the text of every cell."""

    def __init__(self):
        super().__init__()
        self.elements, self.cells = [], []

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, *attributes))
        if tag in ("th", "td", "caption"):
            self.cells.append("")

    def handle_data(self, data):
        self.cells[-1] += data

    def handle_comment(self, data):
        self.elements.append(("comment", data))

    handle_decl = handle_pi = unknown_decl = handle_comment


def table(label):
    """The table that stands in where no Graphviz is found, as a reader sees it."""
    x = Value(2.0, label=label)
    y = x * 3
    reader = Reader()
    reader.feed(still_html(y, backward(y), {}, "LR"))
    reader.close()
    return reader


@pytest.mark.parametrize("row", LABELS)
def test_the_table_shows_the_label_as_text_and_nothing_else(row, monkeypatch):
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    monkeypatch.setenv("PATH", "")
    reader, plain = table(label_of(row)), table("x")
    assert reader.elements == plain.elements
    assert {tag for tag, *_ in plain.elements} == {
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "bdi")
    }
    name = "v0" if row["expect"] == "fallback-name" else promised(row)
    assert reader.cells[9:13] == [name, "leaf", "2.0000", "3.0000"]


@pytest.mark.parametrize("row", LABELS)
def test_a_diagram_carries_the_label_whole_and_shows_it_as_text(row):
    diagram = Diagram(Value(2.0, label=label_of(row)))
    assert Tape.from_bytes(diagram.tape).names == {0: label_of(row)}
    bundle = diagram._repr_mimebundle_()
    bundle = bundle[0] if isinstance(bundle, tuple) else bundle
    diagram.close()
    reader = Reader()
    reader.feed(bundle["text/html"])
    assert [element[0] for element in reader.elements] == ["img"]
    attributes = dict(reader.elements[0][1:])
    assert set(attributes) == {"src", "alt", "style"}
    name = "v0" if row["expect"] == "fallback-name" else promised(row)
    assert attributes["alt"] == f"Expression graph: {name} = 2.0000, 1 values"
    assert len(bundle["text/plain"]) < 200
