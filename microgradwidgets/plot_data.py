"""Rows for charts: plain dicts with MicrogradEx's keys, for whatever draws or tests them.

>>> from microgradwidgets import MLP, moons, train
>>> data = moons(20)
>>> run = train(MLP(2, [4, 1]), data, steps=2)
>>> [row["metric"] for row in loss_history(run)][:3]
['total loss', 'data loss', 'regularization loss']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import floor

from .arguments import checked_size
from .arithmetic import Real, described
from .batch import BatchReplay
from .datasets import Dataset, as_dataset
from .engine import Value
from .graph import Row
from .losses import score_of
from .nn import Module, expect_module
from .tape import Tape
from .trainer import Run

DEFAULT_SPACING = 0.25
DEFAULT_PADDING = 1.0
MOST_GRID_POINTS = 1_000_000
CHUNK = 512
"""So many points are worked out together: enough to be fast, few enough for the caches."""


def dataset_points(data: Dataset) -> list[Row]:
    """One row per point: ``x``, ``y``, ``label`` (``"class -1"``, ``"class 1"``), ``label_value``.

    >>> dataset_points(Dataset([[0.0, 1.0]], [-1.0]))
    [{'x': 0.0, 'y': 1.0, 'label': 'class -1', 'label_value': -1.0}]
    """
    return [
        {"x": p["x"], "y": p["y"], "label": _class_name(p["label"]), "label_value": p["label"]}
        for p in as_dataset(data).points
    ]


def training_history(run: Run) -> list[Row]:
    """The history of a run, with ``accuracy_percent`` added to each row.

    >>> from microgradwidgets import MLP, moons, train
    >>> (row,) = training_history(train(MLP(2, [4, 1]), moons(10), steps=1))
    >>> row["accuracy"], row["accuracy_percent"]
    (0.5, 50.0)
    """
    history = _expect_run(run).history
    return [row | {"accuracy_percent": row["accuracy"] * 100.0} for row in history]


def loss_history(run: Run) -> list[Row]:
    """Three rows per step: ``step``, ``metric`` and ``value`` of the total and of both terms.

    >>> from microgradwidgets import MLP, moons, train
    >>> rows = loss_history(train(MLP(2, [4, 1]), moons(10), steps=2))
    >>> [(row["step"], row["metric"]) for row in rows][:4]
    [(0, 'total loss'), (0, 'data loss'), (0, 'regularization loss'), (1, 'total loss')]
    """
    metrics = {"total loss": "loss", "data loss": "data_loss", "regularization loss": "reg_loss"}
    return [
        {"step": row["step"], "metric": metric, "value": row[key]}
        for row in _expect_run(run).history
        for metric, key in metrics.items()
    ]


def accuracy_history(run: Run) -> list[Row]:
    """One row per step: ``step``, ``metric`` and ``value``, the accuracy in percent.

    >>> from microgradwidgets import MLP, moons, train
    >>> accuracy_history(train(MLP(2, [4, 1]), moons(10), steps=1))
    [{'step': 0, 'metric': 'accuracy', 'value': 50.0}]
    """
    return [
        {"step": row["step"], "metric": "accuracy", "value": row["accuracy"] * 100.0}
        for row in _expect_run(run).history
    ]


def decision_boundary(
    model: Module, data: Dataset, *, h: Real = DEFAULT_SPACING, padding: Real = DEFAULT_PADDING
) -> list[Row]:
    """What the model says all over the plane: a row for each point of a grid.

    Args:
        model: what gives a score for two inputs.
        data: a data set, or a pair ``(xs, ys)``; the grid reaches around its points.
        h: the spacing of the grid.
        padding: how far it goes beyond the outermost points.

    Returns:
        Rows of ``x``, ``y``, ``predicted`` (``"class -1"`` or ``"class 1"``),
        ``predicted_value`` (-1.0 or 1.0) and ``score``, column by column from the lower left. A
        score above 0 predicts class 1; where it changes sign is the boundary.

    >>> from microgradwidgets import MLP, moons
    >>> rows = decision_boundary(MLP(2, [4, 1]), moons(10), h=1.0)
    >>> len(rows), list(rows[0])
    (20, ['x', 'y', 'predicted', 'predicted_value', 'score'])
    """
    expect_module(model)
    spacing, margin = checked_size(h, "h", positive=True), checked_size(padding, "padding")
    xs, ys = (_ticks(side, spacing, margin) for side in zip(*as_dataset(data).xs, strict=True))
    if len(xs) * len(ys) > MOST_GRID_POINTS:
        raise ValueError(
            f"expected a grid of at most {MOST_GRID_POINTS:,} points, got: {len(xs) * len(ys):,}"
        )
    grid = [(x, y) for x in xs for y in ys]
    rows = []
    for (x, y), score in zip(grid, scores_at(model, grid), strict=True):
        value = 1.0 if score > 0.0 else -1.0
        predicted = {"predicted": _class_name(value), "predicted_value": value, "score": score}
        rows.append({"x": x, "y": y, **predicted})
    return rows


def scores_at(model: Module, points: Sequence[tuple[float, float]]) -> Iterator[float]:
    """What the model says at each of these points."""
    x, y = Value(0.0), Value(0.0)
    score = score_of(model, [x, y])
    replay = BatchReplay(Tape.record(score), varying=[x, y], wanted=[])
    for start in range(0, len(points), CHUNK):
        chunk = points[start : start + CHUNK]
        scores = replay.forward([], [[x for x, _ in chunk], [y for _, y in chunk]])[-1]
        yield from scores if isinstance(scores, list) else [scores] * len(chunk)


def _ticks(numbers: tuple[float, ...], spacing: float, margin: float) -> range | list[float]:
    low, high = min(numbers) - margin, max(numbers) + margin
    steps = (high - low) / spacing
    if not steps < MOST_GRID_POINTS:
        return range(MOST_GRID_POINTS + 1)
    return [low + place * spacing for place in range(floor(steps) + 1)]


def _class_name(label: float) -> str:
    return "class -1" if label < 0.0 else "class 1"


def _expect_run(run: Run) -> Run:
    if not isinstance(run, Run):
        raise TypeError(f"expected run to be a Run, got: {described(run)}")
    return run
