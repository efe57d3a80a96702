"""One figure of a training: the boundary at a step, and how loss and accuracy went."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from matplotlib.axes import Axes

from ..datasets import Dataset
from ..graph import Row
from ..nn import Module
from .drawing import Chart, draw_boundary, draw_curves, fitting

CELLS = 90

_LOSSES = {
    "total loss": "loss",
    "data loss": "data_loss",
    "regularization loss": "reg_loss",
    "test loss": "test_loss",
}
_ACCURACIES = {"accuracy": "accuracy", "test accuracy": "test_accuracy"}


def run_chart(
    model: Module, points: Dataset, trained: int, history: Sequence[Row], step: int
) -> Chart:
    """Draw a training.

    Args:
        model: the model at the step on screen.
        points: all points, those that are trained on first.
        trained: how many those are.
        history: the rows of all steps.
        step: the step on screen, which is marked.
    """
    chart = Chart(figsize=(9.4, 4.4), layout="constrained")
    grid = chart.add_gridspec(2, 2, width_ratios=[1.25, 1.0], height_ratios=[1.5, 1.0])
    plane = chart.add_subplot(grid[:, 0])
    draw_boundary(plane, model, points, *fitting(points, CELLS), trained=trained)
    plane.set(xlabel="x", ylabel="y", title=f"step {step}")
    plane.legend(
        fontsize=8, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.14), frameon=False
    )
    losses = chart.add_subplot(grid[0, 1])
    draw_curves(losses, _curves(history, _LOSSES, 1.0))
    losses.set(ylabel="loss")
    accuracies = chart.add_subplot(grid[1, 1], sharex=losses)
    draw_curves(accuracies, _curves(history, _ACCURACIES, 100.0))
    accuracies.set(xlabel="step", ylabel="accuracy (%)", ylim=(-2.0, 102.0))
    for axes in (losses, accuracies):
        _mark(axes, history, step)
    return chart


def _curves(history: Sequence[Row], metrics: dict[str, str], scale: float) -> list[Row]:
    return [
        {"step": row["step"], "metric": metric, "value": scale * row[key]}
        for metric, key in metrics.items()
        for row in history
        if key in row
    ]


def _mark(axes: Axes, history: Sequence[Row], step: int) -> None:
    axes.axvline(step, color="#222222", linewidth=0.8, linestyle=(0, (1, 2)))
    if not history:
        axes.text(0.5, 0.5, "no steps yet", transform=axes.transAxes, ha="center", va="center")
    elif len(axes.get_lines()) > 2:
        axes.legend(fontsize=8)
    bad = next((row["step"] for row in history if not isfinite(row["loss"])), None)
    if bad is not None:
        axes.set_title(f"diverged at step {bad}", fontsize=9)
