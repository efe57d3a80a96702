"""A picture of a training that needs no kernel and no script: boundary, points and loss."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from math import isfinite, isnan
from typing import NamedTuple

from ..datasets import Dataset
from ..graph import Row
from ..losses import DEFAULT_ALPHA, checked_examples
from ..nn import Module
from ..plot_data import decision_boundary
from ..recorded_loss import RecordedLoss
from ..text import number_text

CELLS = 40
SIDE, GAP = 270.0, 24.0
CURVE_POINTS = 200
MOST_POINTS = 400
"""More would hide one another."""

BANDS = ((-2.0, "#f0a04b"), (-1.0, "#f4bd84"), (-0.3, "#f5d9bd"), (0.0, "#f1ebe4"))
"""Up to which score below 0 a colour is taken; above it are those of the other class."""
BANDS_ABOVE = ((2.0, "#3e93cb"), (1.0, "#7db5db"), (0.3, "#bcd8ec"), (0.0, "#e6edf2"))
BLUE, ORANGE, INK, SOFT = "#0877bd", "#c96f0a", "#222222", "#5a5f66"

Point = tuple[float, float]


class Known(NamedTuple):
    """What a picture is made of: the model of a step, and the rows of those before."""

    data: Dataset
    model: Module
    step: int
    rows: Sequence[Row]


def still_training(known: Known) -> str:
    """The picture as HTML; as an ``<img>``, since that is shown in an untrusted notebook too."""
    words = caption(known)
    address = "data:image/svg+xml;base64," + b64encode(_svg(known).encode("ascii")).decode("ascii")
    alt = escape(f"Decision boundary, points and loss of a training: {words}", quote=True)
    picture = f'<img src="{address}" alt="{alt}" style="max-width:100%" />'
    return f"<figure>{picture}<figcaption>{escape(words)}</figcaption></figure>"


def caption(known: Known) -> str:
    """One line of what there is to know."""
    row = next((row for row in known.rows if row["step"] == known.step), None)
    loss, accuracy = (row["loss"], row["accuracy"]) if row else _measured(known)
    parameters, points = known.model.parameter_count(), len(known.data)
    words = [
        f"step {known.step:,}",
        f"loss {number_text(loss)}",
        "" if isnan(accuracy) else f"accuracy {accuracy:.0%}",
        f"{parameters:,} parameters",
        f"{MOST_POINTS} of {points:,} points are drawn" if points > MOST_POINTS else "",
    ]
    return ", ".join(filter(None, words))


def _measured(known: Known) -> tuple[float, float]:
    examples = checked_examples(known.data.xs, known.data.ys)
    numbers = [p.data for p in known.model.parameters()]
    found = RecordedLoss(known.model, 2)(numbers, examples, DEFAULT_ALPHA)
    return found.loss, found.accuracy


def _svg(known: Known) -> str:
    width, height = 2.0 * SIDE + 3.0 * GAP, SIDE + 2.0 * GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#fff"/>'
        f'<g transform="translate({GAP:g} {GAP:g})">{_plane(known)}</g>'
        f'<g transform="translate({2.0 * GAP + SIDE:g} {GAP:g})">{_curve(known.rows)}</g></svg>'
    )


# -- the plane ------------------------------------------------------------------------------------


class _Grid(NamedTuple):
    """Scores column by column from the lower left, and what a unit of the plane is on paper."""

    left: float
    bottom: float
    spacing: float
    columns: Sequence[Sequence[float]]

    @property
    def cell(self) -> float:
        return SIDE / (CELLS + 1)

    def on_paper(self, x: float, y: float) -> Point:
        """Pixels, which are counted from the top."""
        column, row = (x - self.left) / self.spacing, (y - self.bottom) / self.spacing
        return (column + 0.5) * self.cell, SIDE - (row + 0.5) * self.cell


def _plane(known: Known) -> str:
    sides = [*zip(*known.data.xs, strict=True)]
    extent = max(max(side) - min(side) for side in sides) or 1.0
    spacing, padding = 1.25 * extent / CELLS, 0.12 * extent
    if not isfinite(extent) or min(sides[0]) + spacing == min(sides[0]):
        return f'<text y="{SIDE / 2:g}" fill="{SOFT}">points too far apart to be drawn</text>'
    found = decision_boundary(known.model, known.data, h=spacing, padding=padding)
    height = sum(row["x"] == found[0]["x"] for row in found)
    scores = [row["score"] for row in found]
    columns = [scores[at : at + height] for at in range(0, len(scores), height)]
    grid = _Grid(found[0]["x"], found[0]["y"], spacing, columns)
    line = "".join(f"M{a:.1f} {b:.1f}L{c:.1f} {d:.1f}" for (a, b), (c, d) in _zero_line(grid))
    right, down = (SIDE - grid.cell * count for count in (len(columns), height))
    return (
        f'<g transform="translate({right / 2:.1f} {-down / 2:.1f})">{_field(grid)}'
        f'<path d="{line}" fill="none" stroke="{INK}" stroke-width="1.6"/>'
        f"{_points(known.data, grid)}</g>"
    )


def _field(grid: _Grid) -> str:
    """One path for each colour, made of stripes."""
    stripes: dict[str, list[str]] = {}
    for x, column in enumerate(grid.columns):
        start = 0
        colours = [_colour(score) for score in column]
        for y, colour in enumerate(colours):
            if y + 1 == len(colours) or colours[y + 1] != colour:
                if colour:
                    stripes.setdefault(colour, []).append(f"M{x} {start}h1v{y + 1 - start}h-1z")
                start = y + 1
    cell = grid.cell
    paths = "".join(f'<path d="{"".join(d)}" fill="{c}"/>' for c, d in stripes.items())
    shift = f"translate(0 {SIDE:g}) scale({cell:.4f} {-cell:.4f})"
    return f'<g transform="{shift}" shape-rendering="crispEdges">{paths}</g>'


def _colour(score: float) -> str:
    if not isfinite(score):
        return ""
    if score > 0.0:
        return next(colour for limit, colour in BANDS_ABOVE if score > limit)
    return next(colour for limit, colour in BANDS if score <= limit)


def _zero_line(grid: _Grid) -> Iterator[tuple[Point, Point]]:
    """Where the score changes its sign, square by square between four points of the grid."""
    for x in range(len(grid.columns) - 1):
        for y in range(len(grid.columns[x]) - 1):
            corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]
            scores = [grid.columns[i][j] for i, j in corners]
            if not all(map(isfinite, scores)):
                continue
            crossings = []
            for at in range(4):
                a, b = scores[at], scores[(at + 1) % 4]
                if (a > 0.0) != (b > 0.0):
                    (i, j), (k, m), share = corners[at], corners[(at + 1) % 4], a / (a - b)
                    place = i + share * (k - i), j + share * (m - j)
                    crossings.append(
                        ((place[0] + 0.5) * grid.cell, SIDE - (place[1] + 0.5) * grid.cell)
                    )
            yield from zip(crossings[::2], crossings[1::2], strict=True)


def _points(data: Dataset, grid: _Grid) -> str:
    """Circles for class 1, triangles for class -1, each with a light rim."""
    count = min(len(data), MOST_POINTS)
    chosen = [at * len(data) // count for at in range(count)]
    marks = [(*grid.on_paper(*data.xs[at]), data.ys[at] > 0.0) for at in chosen]
    circles = "".join(f"M{x:.1f} {y:.1f}h0" for x, y, is_above in marks if is_above)
    triangles = "".join(
        f"M{x:.1f} {y - 3.6:.1f}l3.4 6h-6.8z" for x, y, is_above in marks if not is_above
    )
    dots = '<use href="#dots" stroke-linecap="round" fill="none"'
    return (
        f'<path d="{triangles}" fill="{ORANGE}" stroke="#fff" stroke-width="0.8"/>'
        f'<defs><path id="dots" d="{circles}"/></defs>'
        f'{dots} stroke="#fff" stroke-width="7.6"/>{dots} stroke="{BLUE}" stroke-width="6"/>'
    )


# -- the loss -------------------------------------------------------------------------------------


def _curve(rows: Sequence[Row]) -> str:
    """The loss over the steps, of which a long run shows some."""
    every = max(1, -(-len(rows) // CURVE_POINTS))
    shown = [(row["step"], row["loss"]) for row in rows[::every] if isfinite(row["loss"])]
    frame = f'<path d="M0 0V{SIDE:g}H{SIDE:g}" fill="none" stroke="{SOFT}"/>'
    if len(shown) < 2:
        return f'{frame}<text x="12" y="{SIDE / 2:g}" fill="{SOFT}">no steps taken yet</text>'
    last, top = shown[-1][0], max(loss for _, loss in shown) or 1.0
    line = "L".join(
        f"{SIDE * step / last:.1f} {SIDE - (SIDE - 18.0) * loss / top:.1f}" for step, loss in shown
    )
    return (
        f'{frame}<path d="M{line}" fill="none" stroke="{INK}" stroke-width="1.6"/>'
        f'<text x="6" y="12" fill="{INK}">loss</text>'
        f'<text x="36" y="12" fill="{SOFT}">up to {number_text(top)}</text>'
        f'<text x="{SIDE:g}" y="{SIDE + 16:g}" fill="{SOFT}" text-anchor="end">step {last:,}</text>'
        f'<text y="{SIDE + 16:g}" fill="{SOFT}">0</text>'
    )
