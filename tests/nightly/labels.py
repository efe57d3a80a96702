"""Fuzzed labels through Graphviz, the program's and the page's, and back."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any, NamedTuple
from xml.etree import ElementTree

from microgradwidgets import Tape, Value, to_dot
from microgradwidgets.views import still
from tests.nightly.campaign import Campaign, Outcome
from tests.nightly.node import node
from tests.nightly.odd_labels import odd_label
from tests.nightly.seen import isolated, meant

# Graphviz's "json" holds what is drawn as well. Where a text has backslashes it reads its own
# drawing wrongly, and may crash; "json0" is the same without, and a picture holds what is drawn.
FORM = "json0"
AT_ONCE = 120
READINGS = 5
"""Text and picture of either Graphviz, and what the page calls its boxes."""
SVG = "{http://www.w3.org/2000/svg}"
OF_A_GRAPH = {"svg", "g", "title", "polygon", "path", "text", "polyline"}
BOX = {
    *("_gvid", "name", "label", "fillcolor", "fontname", "fontsize", "shape", "style"),
    *("height", "width", "pos", "_draw_", "_ldraw_"),
}
EDGE = {
    *("_gvid", "head", "tail", "label", "color", "fontname", "fontsize", "style"),
    *("pos", "lp", "_draw_", "_hdraw_", "_ldraw_"),
}
FOR_LAYOUT = (
    r"digraph \{",
    r"graph \[rankdir=LR ranksep=0\.2 nodesep=0\.28 splines=true outputorder=nodesfirst\]",
    r'node \[shape=box fixedsize=true label=""\]',
    r"edge \[arrowsize=0\.7 headport=w tailport=e\]",
    r"n\d+ \[width=[\d.]+ height=[\d.]+\]",
    r"n\d+ -> n\d+ \[id=\d+( label=<<table border=\"0\" fixedsize=\"true\" width=\"[\d.]+\" "
    r"height=\"\d+\"><tr><td></td></tr></table>>)?( weight=\d+)?\]",
    r"n\d+( -> n\d+)+ \[style=invis.*\]",
    r"\}",
    "",
)


class Drawn(NamedTuple):
    """A graph of labels: leaves and results by turns, the output last."""

    value: Value
    names: dict[int, str]
    labels: list[str]
    """By the places of the tape."""


def run(seed: int, cases: int) -> Outcome:
    draw, counts, worst, failures = Random(seed), Counter[str](), Counter[str](), []
    labels = [odd_label(draw) for _ in range(cases)]
    for start in range(0, cases, AT_ONCE):
        failures += broken(labels[start : start + AT_ONCE], counts, worst)
    counts["labels × readings"] = READINGS * cases
    return Outcome(cases, failures, counts, worst)


def broken(labels: Sequence[str], counts: Counter[str], worst: Counter[str]) -> list[str]:
    """What is wrong with each label alone; a graph that fails is halved until that is found."""
    try:
        tried(drawn(labels), worst)
    except Exception as error:
        if len(labels) == 1:
            return [f"{labels[0]!r}: {error!r}"[:4000]]
        half = len(labels) // 2
        found = [*broken(labels[:half], counts, worst), *broken(labels[half:], counts, worst)]
        return found or [f"only together, {labels!r}: {error!r}"[:8000]]
    counts["graphs"] += 1
    return []


def drawn(labels: Sequence[str]) -> Drawn:
    """Every third label comes from the name of a variable, as it were."""
    names: dict[int, str] = {}
    at: dict[int, str] = {}

    def called(value: Value, label: str, number: int) -> Value:
        at[value.id] = label
        if number % 3:
            return value.with_label(label)
        names[value.id] = label
        return value

    value = called(Value(1.5), labels[0], 0)
    for number, label in enumerate(labels[1:], 1):
        if number % 2:
            leaf = called(Value(float(number)), label, number)
            after = value
        else:
            value = called(after * leaf if number % 4 else after - leaf, label, number)
    if len(labels) % 2 == 0:
        value = after + leaf
    tape = Tape.record(value, names)
    return Drawn(
        value, names, [at.get(old, "") for old, _ in sorted(tape.ids.items(), key=lambda x: x[1])]
    )


def tried(graph: Drawn, worst: Counter[str]) -> None:
    tape = Tape.record(graph.value, graph.names)
    dot = to_dot(graph.value, graph.value.backward(), names=graph.names, numbered=True)
    packed = base64.b64encode(tape.to_bytes()).decode()
    theirs, ms, _ = node("judges/labels.ts").ask(tape=packed)
    worst["slowest graph in the page's Graphviz, ms"] = max(
        worst["slowest graph in the page's Graphviz, ms"], ms
    )
    assert theirs["dot"] == dot, f"the page writes {theirs['dot']!r}, Python {dot!r}"
    read, picture = still.drawn(dot, FORM), still.drawn(dot, "svg")
    assert read is not None, "Graphviz fails"
    assert picture is not None, "Graphviz draws no picture"
    for said, drawing in ((read.decode(), picture), (theirs["read"], theirs["picture"])):
        expect_boxes(json.loads(said), tape, graph.labels)
        expect_picture(drawing, tape, graph.labels)
    expect_layout(theirs, tape, graph.labels)


def expected_text(tape: Tape, place: int, label: str) -> str:
    """What a box is to say above its numbers: the label, for a leaf without one its key.

    A line with nothing in it is a space.
    """
    if text := isolated(meant(label)):
        return "\n".join(line or " " for line in text.split("\n"))
    return "" if tape.ops[place] else f"v{place}"


def edges_of(tape: Tape) -> int:
    return sum(operand >= 0 for operand in (*tape.left, *tape.right))


def numbers_below(tape: Tape, place: int) -> int:
    """The lines that are no label: number, gradient, and what it is made by."""
    return 3 if tape.ops[place] else 2


def expect_boxes(read: dict[str, Any], tape: Tape, labels: Sequence[str]) -> None:
    boxes, edges = read["objects"], read.get("edges", [])
    assert [box["name"] for box in boxes] == [f"v{place}" for place in range(len(tape))]
    assert len(edges) == edges_of(tape)
    for place, box in enumerate(boxes):
        assert {*box} <= BOX, f"{labels[place]!r} made {sorted({*box} - BOX)}"
        assert (box["shape"], box["style"]) == ("box", "rounded,filled"), f"{labels[place]!r}"
        lines = plain(box["label"]).split("\n")
        found = "\n".join(lines[: -numbers_below(tape, place)])
        wanted = expected_text(tape, place, labels[place])
        assert found == wanted, f"{labels[place]!r} is read as {found!r}, not {wanted!r}"
    for edge in edges:
        assert {*edge} <= EDGE, sorted({*edge} - EDGE)
        assert re.fullmatch(r"-?[\d.e+-]+|nan|-?inf", edge["label"]), edge["label"]


def plain(label: str) -> str:
    """A label of Graphviz without what stands there for other characters."""
    text = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], label)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def expect_picture(picture: bytes | str, tape: Tape, labels: Sequence[str]) -> None:
    root = ElementTree.fromstring(picture)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in OF_A_GRAPH, element.tag
        assert not [n for n in element.attrib if n.startswith("on") or "href" in n]
    groups = {group.findtext(f"{SVG}title"): group for group in root.iter(f"{SVG}g")}
    assert len([*root.iter(f"{SVG}g")]) == 1 + len(tape) + edges_of(tape)
    for place, label in enumerate(labels):
        lines = [text.text or "" for text in groups[f"v{place}"].iter(f"{SVG}text")]
        found = "\n".join(lines[: -numbers_below(tape, place)]).replace("\xa0", " ")
        wanted = expected_text(tape, place, label).replace("\xa0", " ")
        assert found == wanted, f"{label!r} is drawn as {found!r}, not {wanted!r}"


def expect_layout(theirs: dict[str, Any], tape: Tape, labels: Sequence[str]) -> None:
    """What the page lays out holds numbers of its own alone; each box is called as meant."""
    for line in theirs["forLayout"].split("\n"):
        assert any(re.fullmatch(allowed, line) for allowed in FOR_LAYOUT), line[:200]
    read = json.loads(theirs["laidOut"])
    assert len(read["objects"]) == len(theirs["titles"]) == len(tape)
    assert len([e for e in read.get("edges", []) if e.get("style") != "invis"]) == theirs["arrows"]
    for place, title in theirs["titles"]:
        if wanted := meant(labels[place]):
            assert title == wanted.replace("\n", "\u21b5"), f"{labels[place]!r} is called {title!r}"


LABELS = Campaign(
    name="labels",
    promise="A fuzzed label comes back from Graphviz as the text it is, and makes nothing else.",
    goal=12_000,
    per_change=240,
    run=run,
    chunk=480,
)
