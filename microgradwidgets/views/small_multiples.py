"""One picture of many trainings: for each its boundary, and below it how the loss went."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes

from ..sweeping import Trial
from .drawing import Chart, draw_boundary, fitting

COLUMNS = 4
CELLS = 40
"""A small picture has no room for a finer grid."""

_WIDTH, _HEIGHT = 2.9, 3.7  # inches
_RATIOS = (3.2, 1.0)
_TITLE, _NOTE = 34, 30  # letters in a line


def small_multiples(trials: Sequence[tuple[str, Trial]]) -> Chart:
    """Draw trials side by side, each under its title; all losses on one scale."""
    columns = min(COLUMNS, len(trials))
    rows = -(-len(trials) // columns)
    chart = Chart(figsize=(_WIDTH * columns, _HEIGHT * rows))
    grid = chart.add_gridspec(rows, columns, hspace=0.24, wspace=0.2)
    curves: list[Axes] = []
    for place, (title, trial) in enumerate(trials):
        parts = grid[divmod(place, columns)].subgridspec(2, 1, height_ratios=_RATIOS, hspace=0.34)
        above = chart.add_subplot(parts[0])
        above.set_title(_plain(fill(title, _TITLE)), fontsize=8)
        if trial.run is None:
            _say(above, trial)
            continue
        points = trial.configuration.points()
        draw_boundary(above, trial.run.final_model, points, *fitting(points, CELLS), size=9)
        below = chart.add_subplot(parts[1])
        _curve(below, trial)
        curves.append(below)
    _share_scale(curves)
    for axes in chart.axes:
        axes.tick_params(labelsize=6)
    return chart


def _curve(axes: Axes, trial: Trial) -> None:
    run = trial.run
    assert run is not None
    steps, losses = ([row[key] for row in run.history] for key in ("step", "loss"))
    axes.plot(steps, losses, color="#222222", linewidth=1.0)
    if run.diverged_at is not None:
        found = f"diverged at step {run.diverged_at.step}"
    else:
        found = f"loss {run.final_loss:.4g}, accuracy {run.final_accuracy:.0%}"
        if trial.test_accuracy is not None:
            found += f", test {trial.test_accuracy:.0%}"
    axes.set_title(found, fontsize=7, pad=3)
    axes.grid(alpha=0.3)


def _share_scale(curves: Sequence[Axes]) -> None:
    """One logarithmic scale, so that heights can be compared from picture to picture."""
    drawn = [y for axes in curves for line in axes.get_lines() for y in _numbers(line)]
    losses = [y for y in drawn if isfinite(y) and y > 0.0]
    if not losses:
        return
    ends = [min(losses), max(losses)]
    for axes in curves:
        axes.set(yscale="log", ylim=(0.8 * ends[0], 1.25 * ends[1]))
        axes.minorticks_off()
        axes.set_yticks(ends, labels=[f"{end:.2g}" for end in ends])


def _numbers(line: Any) -> list[float]:
    return [float(y) for y in line.get_ydata()]


def _say(axes: Axes, trial: Trial) -> None:
    """Why there is no picture."""
    words = fill(trial.error or "not trained", _NOTE, max_lines=8)
    axes.text(0.5, 0.5, _plain(f"{trial.status}\n{words}"), ha="center", va="center", fontsize=7)
    axes.set(xticks=[], yticks=[])


def _plain(text: str) -> str:
    """Text without what matplotlib would read as a formula."""
    return text.replace("$", r"\$")
