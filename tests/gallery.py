"""The gallery in the documentation, written from the pages of the site's gallery."""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from html import escape
from textwrap import dedent
from typing import NamedTuple
from xml.etree import ElementTree

import microgradwidgets
from microgradwidgets import Dashboard, Diagram, Misconceptions
from microgradwidgets.text import short_number
from microgradwidgets.views.frozen import Frozen
from scripts.site import gallery as site
from scripts.site.gallery import ENTRIES, Entry
from tests.processes import ROOT

PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "images" / "gallery"
BEGIN, END = "<!-- begin: written by the tests -->", "<!-- end -->"

STEP = 37
LATEST = {"vanishing": 12, "network": 24}
"""How many values fit a picture that can be read, where all of them do not."""
DOWNWARDS = {"expression"}
LINE, WIDTHS = 20, (170, 80, 80, 80)


def words(entry: Entry) -> str:
    """What the page says of an entry: its words, its picture, its code, its task."""
    alt = escape(posed(entry)[1])
    return (
        f"## {entry.title}\n\n{entry.words}\n\n"
        f"[![{alt}](images/gallery/{entry.name}.svg)](images/gallery/{entry.name}.svg)\n\n"
        f"```python\n{code(entry)}\n```\n\n**Try it:** {entry.task}\n"
    )


def code(entry: Entry) -> str:
    """The lines of a cell that shows it."""
    if entry.make.__module__ == site.__name__:
        source = dedent(inspect.getsource(entry.make))
        (function,) = ast.parse(source).body
        assert isinstance(function, ast.FunctionDef)
        lines = source.splitlines()[function.body[1].lineno - 1 :]
        body = dedent("\n".join(lines)).replace("\nreturn ", "\n").removeprefix("return ")
    else:
        body = f"{entry.make.__name__}()"
    used = {node.id for node in ast.walk(ast.parse(body)) if isinstance(node, ast.Name)}
    names = sorted(used & {*microgradwidgets.__all__}, key=lambda name: (name[0].islower(), name))
    return f"from microgradwidgets import {', '.join(names)}\n\n{body}"


def posed(entry: Entry) -> tuple[str, str]:
    """The picture of an entry, as SVG, and what it is of."""
    widget = entry.make()
    try:
        if isinstance(widget, Misconceptions):
            return results_svg(widget), "The numbers that each mistake comes to"
        if isinstance(widget, Dashboard):
            widget.seek(STEP)
            assert widget.history
            still = widget.still_html()
        else:
            assert isinstance(widget, Diagram)
            widget.direction = "TB" if entry.name in DOWNWARDS else "LR"
            still = widget.still_html(LATEST.get(entry.name, 40))
        svg = Frozen(still, "").svg
        assert svg is not None, "expected Graphviz for the pictures of the gallery, got: none"
        return svg, widget.title
    finally:
        widget.close()


def results_svg(widget: Misconceptions) -> str:
    """What each mistake comes to, as a table that is drawn."""
    rows = [("mistake", "of", "right", "mistaken")]
    for case in widget.cases:
        for row in widget.results(case):
            numbers = short_number(row["right"]), short_number(row["mistake"])
            rows.append((case, row["what"], *numbers))
    width, height = sum(WIDTHS), LINE * len(rows) + 8
    cells = "".join(
        f'<text x="{sum(WIDTHS[:column]) + 8}" y="{LINE * (place + 1)}">{escape(text)}</text>'
        for place, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="Helvetica,sans-serif" font-size="13">'
        f'<rect width="100%" height="100%" fill="#fff"/>'
        f'<path stroke="#555555" d="M8 {LINE + 6}H{width - 8}"/>{cells}</svg>'
    )


class Seen(NamedTuple):
    """What there is to see: words and numbers, how many boxes and lines, and the size, which
    alone depends on the fonts of a machine.
    """

    parts: Counter[str]
    texts: Counter[str]
    size: tuple[float, float]

    @classmethod
    def of(cls, svg: str) -> Seen:
        root = ElementTree.fromstring(svg)
        parts = Counter(element.tag.rpartition("}")[2] for element in root.iter())
        texts = Counter("".join(element.itertext()) for element in root.iter() if element.text)
        width, height = (float(n) for n in root.attrib["viewBox"].split()[2:])
        return cls(parts, texts, (width, height))


def with_entries(text: str) -> str:
    """The page with these entries in it."""
    before, _, rest = text.partition(BEGIN)
    entries = "\n".join(map(words, ENTRIES))
    return f"{before}{BEGIN}\n\n{entries}\n{END}{rest.partition(END)[2]}"
