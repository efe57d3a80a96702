"""The still picture with less text: the same boxes, arrows and words at the same places."""

import base64
import re
from xml.etree import ElementTree

import pytest

from microgradwidgets import Value, backward, max_margin, moons, show, to_dot
from microgradwidgets.nn import MLP
from microgradwidgets.views import still
from microgradwidgets.views.lean_svg import lean_svg
from microgradwidgets.views.still import drawn

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?[0-9.]+")

pytestmark = pytest.mark.usefixtures("_no_widget_left")


def expression():
    a, b = Value(-4.0, label="a < b  & c"), Value(2.0, label="ß\N{CAT FACE}")
    return (a * b - b**3).tanh() * -2.0


def loss():
    data = moons(10)
    return max_margin(MLP(2, [4, 1]), data.xs, data.ys).total_loss


@pytest.fixture(
    params=[(expression, "LR"), (expression, "TB"), (loss, "LR")],
    ids=["across", "down", "end of a loss"],
)
def pictures(request):
    """Graphviz's picture, and ours."""
    make, direction = request.param
    value = make()
    dot = to_dot(value, backward(value), direction=direction, limit=60, numbered=True)
    svg = drawn(dot, "svg")
    return ElementTree.fromstring(svg), ElementTree.fromstring(lean_svg(svg)), len(svg)


def shift(svg):
    """Where Graphviz's own group of everything stands."""
    transform = svg.find(f"{SVG}g").get("transform")
    x, y = NUMBER.findall(transform.partition("translate(")[2])[:2]
    return float(x), float(y)


def near(places):
    return [pytest.approx(place, abs=0.06) for place in places]


def test_every_line_of_text_stands_where_graphviz_put_it(pictures):
    theirs, ours, _ = pictures
    dx, dy = shift(theirs)

    def lines(svg, dx, dy):
        return sorted(
            (t.text, float(t.get("x")) + dx, float(t.get("y")) + dy) for t in svg.iter(f"{SVG}text")
        )

    wanted, found = lines(theirs, dx, dy), lines(ours, 0.0, 0.0)
    assert [line[0] for line in found] == [line[0] for line in wanted]
    assert [line[1:] for line in found] == near(line[1:] for line in wanted)


def test_every_box_has_its_place_its_size_and_its_colour(pictures):
    theirs, ours, _ = pictures
    dx, dy = shift(theirs)
    wanted = []
    for group in theirs.iter(f"{SVG}g"):
        if group.get("class") == "node" and (path := group.find(f"{SVG}path")) is not None:
            numbers = [float(n) for n in NUMBER.findall(path.get("d"))]
            xs, ys = numbers[::2], numbers[1::2]
            size = max(xs) - min(xs), max(ys) - min(ys)
            wanted.append((path.get("fill"), (min(xs) + dx, min(ys) + dy, *size)))
    found = [
        (group.get("fill"), tuple(float(box.get(n)) for n in ("x", "y", "width", "height")))
        for group in ours.iter(f"{SVG}g")
        for box in group.findall(f"{SVG}rect")
    ]
    assert len(found) == len(wanted) > 3
    assert [fill for fill, _ in sorted(found)] == [fill for fill, _ in sorted(wanted)]
    pairs = zip(sorted(found), sorted(wanted), strict=True)
    assert all(one == pytest.approx(other, abs=0.11) for (_, one), (_, other) in pairs)


def test_every_arrow_goes_the_same_way_in_the_same_look(pictures):
    theirs, ours, _ = pictures
    dx, dy = shift(theirs)
    wanted = []
    for group in theirs.iter(f"{SVG}g"):
        if group.get("class") == "edge":
            path = group.find(f"{SVG}path")
            numbers = [float(n) for n in NUMBER.findall(path.get("d"))]
            points = [n + (dy if at % 2 else dx) for at, n in enumerate(numbers)]
            wanted.append((path.get("stroke-dasharray") is not None, points))
    found = []
    for path in ours.findall(f"{SVG}path"):
        if path.get("fill") == "none":
            dashed = path.get("stroke-dasharray") is not None
            found += [(dashed, points_of(part)) for part in path.get("d").split("M")[1:]]
    assert len(found) == len(wanted) > 3
    wanted.sort(key=lambda arrow: arrow[0] != found[0][0])  # those of one look, in their order
    for (dashed, points), (was_dashed, places) in zip(found, wanted, strict=True):
        assert dashed == was_dashed
        assert points == pytest.approx(places, abs=0.06)


def points_of(path):
    """The places of a curve that tells distances."""
    start, _, curve = path.partition("c")
    points = [float(n) for n in NUMBER.findall(start)]
    steps = [float(n) for n in NUMBER.findall(curve)]
    x, y = points
    for at in range(0, len(steps), 6):
        for step in range(at, at + 6, 2):
            points += [x + steps[step], y + steps[step + 1]]
        x, y = points[-2:]
    return points


def test_it_has_a_third_of_the_text_and_no_links_scripts_or_comments(pictures):
    _, ours, size = pictures
    text = ElementTree.tostring(ours)
    assert len(text) < size / 2.5
    allowed = {"svg", "g", "rect", "path", "text"}
    assert {element.tag.removeprefix(SVG) for element in ours.iter()} <= allowed
    for element in ours.iter():
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)


@pytest.mark.parametrize("svg", [b"", b"<svg", b"<svg/>", b'<svg viewBox="0 0 1"><g/></svg>'])
def test_what_graphviz_did_not_draw_is_refused(svg):
    with pytest.raises(ValueError, match=r"^expected a graph drawn by Graphviz, got: "):
        lean_svg(svg)


def test_what_another_graphviz_may_draw_otherwise_is_taken_as_it_is(monkeypatch):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    monkeypatch.setattr(still, "drawn", lambda dot, form: svg)
    x = Value(2.0)
    html = still.still_html(x, backward(x), {}, "LR")
    assert base64.b64encode(svg).decode("ascii") in html


def test_the_same_cell_run_again_gives_the_same_picture():
    def cell():
        diagram = show(expression(), names=False)
        try:
            return diagram.still_html()
        finally:
            diagram.close()

    first = cell()
    assert cell() == first
    address = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', first)
    assert b">v6<" in base64.b64decode(address[1]), (
        "a leaf without a name has its number on the tape"
    )
