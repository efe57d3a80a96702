"""What matplotlib draws: the plane with its points, the curves, and the figure around them.

Colours are blue for above zero and orange for below, told apart by people who do not see red and
green as different; classes differ by shape too.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import isfinite
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import LinearSegmentedColormap, SymLogNorm
from matplotlib.figure import Figure

from ..arithmetic import Real
from ..datasets import Dataset
from ..graph import Row
from ..nn import Module
from ..plot_data import dataset_points, decision_boundary

_CLASSES = {"class 1": ("o", "#0877bd"), "class -1": ("^", "#f59322")}
_LINES = {
    "total loss": ("-", "#222222"),
    "data loss": ("--", "#0877bd"),
    "regularization loss": (":", "#b35c00"),
    "test loss": ("-.", "#a3195b"),
    "accuracy": ("-", "#0877bd"),
    "test accuracy": ("-.", "#a3195b"),
}
_SCORES = LinearSegmentedColormap.from_list("scores", ["#f59322", "#e8eaeb", "#0877bd"])


class Chart(Figure):
    """A figure that shows itself in any notebook, without pyplot and so without its registry."""

    def _repr_png_(self) -> bytes:
        picture = BytesIO()
        self.savefig(picture, format="png", bbox_inches="tight")
        return picture.getvalue()


def new_axes(width: float, height: float) -> Axes:
    """Axes in a chart of their own; inches."""
    return Chart(figsize=(width, height), layout="constrained").add_subplot()


def figure_of(axes: Axes) -> Figure:
    """The figure that axes stand in."""
    figure = axes.get_figure()
    if not isinstance(figure, Figure):
        raise TypeError(f"expected ax to stand in a figure, got: {axes!r}")
    return figure


def draw_boundary(
    axes: Axes,
    model: Module,
    data: Dataset,
    h: Real,
    padding: Real,
    *,
    size: float = 36.0,
    trained: int | None = None,
) -> tuple[QuadMesh, float]:
    """The field of scores, its lines and the points; gives the field and how far its colours go.

    Points behind the first ``trained`` are hollow: they are for the test.
    """
    rows = decision_boundary(model, data, h=h, padding=padding)
    xs, ys = ([*dict.fromkeys(row[side] for row in rows)] for side in ("x", "y"))
    scores = [[row["score"] for row in rows[place :: len(ys)]] for place in range(len(ys))]
    reach = max([1.5, *(abs(row["score"]) for row in rows if isfinite(row["score"]))])
    norm = SymLogNorm(1.0, vmin=-reach, vmax=reach)
    field = axes.pcolormesh(xs, ys, scores, cmap=_SCORES, norm=norm, shading="nearest")
    if len(xs) > 1 and len(ys) > 1:
        lines: dict[str, Any] = {"linewidths": [0.8, 1.6, 0.8], "linestyles": ["--", "-", "--"]}
        axes.contour(xs, ys, scores, [-1.0, 0.0, 1.0], colors="#222222", **lines)
    points = dataset_points(data)
    scatter(axes, points[:trained], size)
    if trained is not None and trained < len(points):
        scatter(axes, points[trained:], size, hollow=True)
    axes.set_aspect("equal")
    return field, reach


def fitting(data: Dataset, cells: int) -> tuple[float, float]:
    """Spacing and padding of a grid that suits points of any extent."""
    extent = max(max(side) - min(side) for side in zip(*data.xs, strict=True)) or 1.0
    return 1.3 * extent / cells, 0.15 * extent


def with_minus(text: str) -> str:
    """The sign of mathematics in place of a hyphen."""
    return text.replace("-", "\N{MINUS SIGN}")


def scatter(axes: Axes, points: list[Row], size: float = 36.0, *, hollow: bool = False) -> None:
    """Points, in the colour and shape of their class."""
    for name, (marker, colour) in _CLASSES.items():
        x, y = ([p[side] for p in points if p["label"] == name] for side in ("x", "y"))
        label = f"{name}, test" if hollow else name
        look: dict[str, Any] = {"c": colour, "edgecolors": "#222222", "linewidths": 0.8}
        if hollow:
            look = {"c": "#ffffff", "edgecolors": colour, "linewidths": 1.4}
        axes.scatter(x, y, s=size, marker=marker, label=with_minus(label), **look)


def draw_curves(axes: Axes, rows: Sequence[Row]) -> None:
    """A line for each metric, as in the rows of :func:`microgradwidgets.loss_history`."""
    for metric in dict.fromkeys(row["metric"] for row in rows):
        steps, values = (
            [r[key] for r in rows if r["metric"] == metric] for key in ("step", "value")
        )
        style, colour = _LINES[metric]
        axes.plot(steps, values, style, color=colour, label=metric)
    axes.grid(alpha=0.3)
