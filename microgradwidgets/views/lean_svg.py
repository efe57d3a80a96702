"""Graphviz's picture with a fifth of its text, for notebooks that hold many: the same to the eye.

What boxes, arrows and lines of text have in common is said once, a box is a rectangle and not
eight curves, all arrows of one look are one path, and places are given to a tenth of a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_ROUND = 12

_Point = tuple[int, int]
"""Tenths of a point, so that nothing is lost when places are given as distances."""


class _Origin(NamedTuple):
    """Where Graphviz counts from."""

    x: float
    y: float

    def place(self, x: float, y: float) -> _Point:
        return round(10.0 * (x + self.x)), round(10.0 * (y + self.y))

    def places(self, text: str) -> list[_Point]:
        numbers = [float(number) for number in _NUMBER.findall(text)]
        return [self.place(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]


def lean_svg(svg: bytes, *, white: bool = False) -> bytes:
    """The picture of a graph as :func:`~microgradwidgets.to_dot` describes it, rewritten.

    Args:
        svg: the picture as Graphviz draws it.
        white: leave the boxes white, for paper.

    Raises:
        ValueError: where it is not such a picture.
    """
    try:
        root = ElementTree.fromstring(svg)
        return _rewritten(root, white).encode("utf-8")
    except (ElementTree.ParseError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"expected a graph drawn by Graphviz, got: {error}") from None


def _rewritten(root: ElementTree.Element, white: bool) -> str:
    width, height = (float(n) for n in root.attrib["viewBox"].split()[2:])
    (graph,) = root.findall(f"{_SVG}g")
    shift = graph.attrib["transform"].partition("translate(")[2]
    origin = _Origin(*(float(n) for n in _NUMBER.findall(shift)[:2]))
    nodes = [g for g in graph.findall(f"{_SVG}g") if g.get("class") == "node"]
    edges = [g for g in graph.findall(f"{_SVG}g") if g.get("class") == "edge"]
    size = f"{width:g} {height:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}pt" height="{height:g}pt" '
        f'viewBox="0 0 {size}" xml:space="preserve" text-anchor="middle" '
        'font-family="Helvetica,sans-serif" font-size="11">'
        '<rect width="100%" height="100%" fill="#fff"/>'
        f"{''.join(_arrows(edges, origin))}"
        f'<g font-size="9">{_lines(edges, origin)}</g>'
        f'<g stroke="#000">{_boxes(nodes, origin, white)}</g>'
        f"{_lines(nodes, origin)}</svg>"
    )


def _arrows(edges: Iterable[ElementTree.Element], origin: _Origin) -> Iterator[str]:
    """One path for all shafts that look alike, and one for all heads."""
    shafts: dict[tuple[str, str], list[str]] = {}
    heads: dict[str, list[str]] = {}
    for edge in edges:
        for shaft in edge.findall(f"{_SVG}path"):
            look = shaft.attrib["stroke"], shaft.get("stroke-dasharray", "")
            shafts.setdefault(look, []).append(_curve(origin.places(shaft.attrib["d"])))
        for head in edge.findall(f"{_SVG}polygon"):
            points = origin.places(head.attrib["points"])[:-1]
            heads.setdefault(head.attrib["fill"], []).append(_start(points[0], "l", points[1:]))
    for (stroke, dashes), curves in shafts.items():
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        yield f'<path fill="none" stroke="{stroke}"{dashed} d="{"".join(curves)}"/>'
    for fill, shapes in heads.items():
        yield f'<path fill="{fill}" stroke="{fill}" d="{"z".join(shapes)}z"/>'


def _curve(points: list[_Point]) -> str:
    """A row of Bézier curves; each is told from where the one before it ended."""
    first, *others = points
    parts = [_start(first, "c", others[:3])]
    for at in range(3, len(others), 3):
        parts.append(_steps(others[at - 1], others[at : at + 3], each_from_the_last=False))
    return "".join(parts)


def _start(first: _Point, command: str, others: list[_Point]) -> str:
    begin = _joined([_tenths(first[0]), _tenths(first[1])])
    return f"M{begin}{command}{_steps(first, others, each_from_the_last=command == 'l').lstrip()}"


def _steps(start: _Point, points: list[_Point], *, each_from_the_last: bool) -> str:
    numbers = []
    for x, y in points:
        numbers += [_tenths(x - start[0]), _tenths(y - start[1])]
        if each_from_the_last:
            start = x, y
    text = _joined(numbers)
    return text if text.startswith("-") else f" {text}"


def _joined(numbers: list[str]) -> str:
    return re.sub(" (?=-)", "", " ".join(numbers))


def _tenths(number: int) -> str:
    return f"{number / 10:g}" if number % 10 else f"{number // 10}"


def _boxes(nodes: Iterable[ElementTree.Element], origin: _Origin, white: bool) -> str:
    shapes: dict[str, list[str]] = {}
    for node in nodes:
        for outline in node.findall(f"{_SVG}path"):
            xs, ys = zip(*origin.places(outline.attrib["d"]), strict=True)
            numbers = {"x": min(xs), "y": min(ys)}
            numbers |= {"width": max(xs) - min(xs), "height": max(ys) - min(ys)}
            words = " ".join(f'{name}="{_tenths(number)}"' for name, number in numbers.items())
            fill = "#fff" if white else outline.attrib["fill"]
            shapes.setdefault(fill, []).append(f'<rect {words} rx="{_ROUND}"/>')
    return "".join(f'<g fill="{fill}">{"".join(found)}</g>' for fill, found in shapes.items())


def _lines(parts: Iterable[ElementTree.Element], origin: _Origin) -> str:
    lines = []
    for part in parts:
        for text in part.findall(f"{_SVG}text"):
            x, y = origin.place(float(text.attrib["x"]), float(text.attrib["y"]))
            words = escape(text.text or "", quote=False)
            lines.append(f'<text x="{_tenths(x)}" y="{_tenths(y)}">{words}</text>')
    return "".join(lines)
