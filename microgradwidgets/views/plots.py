"""Charts of the rows of :mod:`microgradwidgets.plot_data`, drawn by matplotlib.

Each function gives a figure, which a notebook shows and ``savefig`` saves; given ``ax``, it draws
there. matplotlib is loaded by the first chart, so that where there is none all else works.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..arithmetic import Real
from ..datasets import Dataset
from ..nn import Module
from ..plot_data import (
    DEFAULT_PADDING,
    DEFAULT_SPACING,
    accuracy_history,
    dataset_points,
    loss_history,
)
from ..trainer import Run

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MISSING = (
    "expected matplotlib to draw this chart, got: no such package here. All else works without "
    "it: Dashboard() draws the boundary and the curves, and loss_history, decision_boundary and "
    "their kin give the numbers"
)


@contextmanager
def matplotlib_needed() -> Iterator[None]:
    """Imports in this block may find no matplotlib; then an ImportError says what else there is."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        raise ImportError(_MISSING) from None


def plot_dataset(data: Dataset, *, ax: Axes | None = None) -> Figure:
    """The points of a data set, circles for class 1 and triangles for class -1.

    >>> from microgradwidgets import moons
    >>> figure = plot_dataset(moons(20))
    >>> figure.axes[0].get_xlabel()
    'x'
    """
    with matplotlib_needed():
        from .drawing import figure_of, new_axes, scatter
    axes = ax or new_axes(5.0, 4.2)
    scatter(axes, dataset_points(data))
    axes.set(xlabel="x", ylabel="y")
    axes.set_aspect("equal", adjustable="datalim")
    axes.legend()
    return figure_of(axes)


def plot_loss(run: Run, *, ax: Axes | None = None) -> Figure:
    """The loss of a run and its two terms, step by step.

    >>> from microgradwidgets import MLP, moons, train
    >>> figure = plot_loss(train(MLP(2, [4, 1]), moons(10), steps=3))
    >>> [line.get_label() for line in figure.axes[0].lines]
    ['total loss', 'data loss', 'regularization loss']
    """
    with matplotlib_needed():
        from .drawing import draw_curves, figure_of, new_axes
    axes = ax or new_axes(6.4, 3.2)
    draw_curves(axes, loss_history(run))
    axes.set(xlabel="step", ylabel="loss")
    axes.legend()
    return figure_of(axes)


def plot_accuracy(run: Run, *, ax: Axes | None = None) -> Figure:
    """The accuracy of a run in percent, step by step.

    >>> from microgradwidgets import MLP, moons, train
    >>> figure = plot_accuracy(train(MLP(2, [4, 1]), moons(10), steps=3))
    >>> figure.axes[0].get_ylabel()
    'accuracy (%)'
    """
    with matplotlib_needed():
        from .drawing import draw_curves, figure_of, new_axes
    axes = ax or new_axes(6.4, 3.2)
    draw_curves(axes, accuracy_history(run))
    axes.set(xlabel="step", ylabel="accuracy (%)", ylim=(-2.0, 102.0))
    return figure_of(axes)


def plot_boundary(
    model: Module,
    data: Dataset,
    *,
    h: Real = DEFAULT_SPACING / 5,
    padding: Real = DEFAULT_PADDING / 2,
    ax: Axes | None = None,
) -> Figure:
    """The score of a model all over the plane, and the points it was to tell apart.

    The line is where the score is 0; between the dashed lines, at -1 and 1, a point is inside the
    margin and still costs something. Colours are linear there, and logarithmic outside.

    >>> from microgradwidgets import MLP, moons
    >>> figure = plot_boundary(MLP(2, [4, 1]), moons(10), h=0.5)
    >>> figure.axes[0].get_xlabel()
    'x'
    """
    with matplotlib_needed():
        from .drawing import draw_boundary, figure_of, new_axes, with_minus
    axes = ax or new_axes(6.2, 4.6)
    field, reach = draw_boundary(axes, model, data, h, padding)
    axes.set(xlabel="x", ylabel="y")
    beside = axes.inset_axes((1.03, 0.0, 0.03, 1.0))
    bar = figure_of(axes).colorbar(field, cax=beside, label="score")
    ticks = sorted({-reach, -1.0, 0.0, 1.0, reach})
    bar.set_ticks(ticks, labels=[with_minus(f"{tick:.3g}") for tick in ticks])
    bar.minorticks_off()
    return figure_of(axes)
