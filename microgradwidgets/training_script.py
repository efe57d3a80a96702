"""A training written down as the Python script that does it again, to the last bit.

What is described by a few settings is made from them: data sets, networks. What somebody brought
along is written out, number by number. A run whose settings were changed on its way becomes several
loops, each of which goes on behind the last step of the one before.

JavaScript's twin is ``js/src/training/script.ts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from .datasets import Dataset
from .python_code import float_code, quoted

LONGEST_LINE = 80
SCHEDULE = "official_micrograd_learning_rate"


class Segment(NamedTuple):
    """From step ``first`` on these settings held, by the names that they have in a dashboard."""

    first: int
    settings: Mapping[str, Any]


class Recipe(NamedTuple):
    """All that a run is made from.

    Attributes:
        hidden, activation, model_seed: the network; without a seed it has the ``parameters``.
        points: the examples; made anew if they are what ``generator`` gives for their number.
        generator: the name of the data set, its noise and its seed; None for own points.
        trained: how many of the points, the first ones, are trained on.
        steps: how many steps are taken, at least one.
        segments: the settings and from when on they held.
        rates: the learning rate of each step, where a schedule of one's own made them.
    """

    hidden: Sequence[int]
    activation: str
    model_seed: int | None
    parameters: Sequence[float]
    points: Dataset
    generator: tuple[str, float, int] | None
    trained: int
    steps: int
    segments: Sequence[Segment]
    rates: Sequence[float] = ()


def training_script(recipe: Recipe) -> str:
    """The script; its last line prints how it went.

    >>> recipe = Recipe(
    ...     [4],
    ...     "relu",
    ...     1,
    ...     (),
    ...     Dataset([[0.0, 1.0], [1.0, 0.0]], [-1, 1]),
    ...     None,
    ...     2,
    ...     5,
    ...     [
    ...         Segment(
    ...             0,
    ...             {
    ...                 "learning_rate": 0.5,
    ...                 "schedule": "constant",
    ...                 "alpha": 0.0,
    ...                 "batch_size": None,
    ...                 "optimizer": "adam",
    ...                 "batch_seed": 7,
    ...             },
    ...         )
    ...     ],
    ... )
    >>> print(training_script(recipe))
    from microgradwidgets import MLP, Dataset, train
    <BLANKLINE>
    points = Dataset(
        [
            (0.0, 1.0), (1.0, 0.0),
        ],
        [
            -1.0, 1.0,
        ],
    )
    model = MLP(2, [4, 1], activation="relu", seed=1)
    run = train(
        model,
        points,
        steps=5,
        learning_rate=0.5,
        alpha=0.0,
        batch_size=None,
        optimizer="adam",
        seed=7,
    )
    print(run)
    <BLANKLINE>
    """
    ends = [*(segment.first for segment in recipe.segments[1:]), recipe.steps]
    pieces = [
        (segment.settings, min(end, recipe.steps) - segment.first)
        for segment, end in zip(recipe.segments, ends, strict=True)
    ]
    taken = [(settings, count) for settings, count in pieces if count > 0]
    schedules = {settings["schedule"] for settings, _ in taken}
    lines = [_imports(recipe, schedules, is_whole=len(taken) == 1), "", *_points(recipe)]
    data = "points"
    if recipe.trained < len(recipe.points):
        data = "data"
        part = f"[:{recipe.trained}]"
        lines.append(f"{data} = (points.xs{part}, points.ys{part})  # the others are for the test")
    lines += _model(recipe)
    if "own" in schedules:
        rates = [float_code(rate) for rate in recipe.rates[: recipe.steps]]
        lines += ["rates = [", *_wrapped(rates, 4), "]"]
    lines += _whole(data, *taken[0]) if len(taken) == 1 else _loops(data, taken)
    return "\n".join([*lines, ""])


def _imports(recipe: Recipe, schedules: set[str], *, is_whole: bool) -> str:
    names = [SCHEDULE] if "demo" in schedules else []
    names += ["train" if is_whole else "steps"]
    names += [] if recipe.generator is None else [recipe.generator[0]]
    kinds = ["MLP", "Dataset"] if recipe.generator is None else ["MLP"]
    return f"from microgradwidgets import {', '.join([*kinds, *sorted(names)])}"


def _points(recipe: Recipe) -> list[str]:
    if recipe.generator is not None:
        name, noise, seed = recipe.generator
        count = len(recipe.points)
        return [f"points = {name}({count}, noise={float_code(noise)}, seed={int(seed)})"]
    xs = [f"({float_code(x)}, {float_code(y)})" for x, y in recipe.points.xs]
    ys = [float_code(y) for y in recipe.points.ys]
    parts = [["    [", *_wrapped(numbers, 8), "    ],"] for numbers in (xs, ys)]
    return ["points = Dataset(", *parts[0], *parts[1], ")"]


def _model(recipe: Recipe) -> list[str]:
    widths = ", ".join(str(int(width)) for width in (*recipe.hidden, 1))
    made = f"MLP(2, [{widths}], activation={quoted(recipe.activation)}"
    if recipe.model_seed is not None:
        return [f"model = {made}, seed={int(recipe.model_seed)})"]
    numbers = [float_code(number) for number in recipe.parameters]
    return [f"model = {made}).with_parameters(", "    [", *_wrapped(numbers, 8), "    ]", ")"]


def _whole(data: str, settings: Mapping[str, Any], count: int) -> list[str]:
    given = [f"    {line}" for line in ("model,", f"{data},", *_options(settings, count))]
    return ["run = train(", *given, ")", "print(run)"]


def _loops(data: str, taken: Iterable[tuple[Mapping[str, Any], int]]) -> list[str]:
    """Step by step; each loop but the first goes on behind the last step of the one before."""
    lines, start = ["history = []"], "model"
    for settings, count in taken:
        given = [f"    {line}" for line in (f"{start},", f"{data},", *_options(settings, count))]
        lines += ["for step in steps(", *given, "):", "    history.append(step.row())"]
        start = "step"
    return [*lines, "final_model = step.model_after", "print(step)"]


def _options(settings: Mapping[str, Any], count: int) -> list[str]:
    size = settings["batch_size"]
    return [
        f"steps={count},",
        f"learning_rate={_rate(settings)},",
        f"alpha={float_code(settings['alpha'])},",
        f"batch_size={None if size is None else int(size)},",
        f"optimizer={quoted(settings['optimizer'])},",
        f"seed={int(settings['batch_seed'])},",
    ]


def _rate(settings: Mapping[str, Any]) -> str:
    if settings["schedule"] == "demo":
        return SCHEDULE
    if settings["schedule"] == "own":
        return "rates.__getitem__"
    return float_code(settings["learning_rate"])


def _wrapped(items: Iterable[str], indent: int) -> list[str]:
    """Items of a list in lines that are not too long."""
    lines: list[str] = []
    for item in items:
        if lines and len(lines[-1]) + len(item) + 2 <= LONGEST_LINE:
            lines[-1] += f" {item},"
        else:
            lines.append(f"{' ' * indent}{item},")
    return lines
