"""Small data sets in the plane, of two classes: moons, spirals and blobs.

They are made from formulas and from a random stream of our own, with functions that round alike
everywhere: a seed gives the same numbers on every platform, and those of MicrogradEx.

>>> data = moons(100)
>>> data
Dataset(moons, 100 points)
>>> len(data.xs), sorted(set(data.ys))
(100, [-1.0, 1.0])
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from math import isfinite, pi
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from .arguments import (
    checked_count,
    checked_label,
    checked_rows,
    checked_size,
    is_row,
    xs_and_ys,
)
from .arithmetic import Real, as_float, described
from .elementary import cos, sin
from .randomness import DEFAULT_SEED, Seed, Stream

DEFAULT_NOISE = 0.1
MOST_TURNS = 1000.0
MOST_SAMPLES = 10_000_000

Spot: TypeAlias = tuple[float, float]
Shape: TypeAlias = Callable[[int, float], Iterator[Spot]]
"""Where the points of one class stand without noise: of their number and their label."""

TURNS = 1.5
CENTERS: tuple[Spot, Spot] = ((-1.0, 0.0), (1.0, 0.0))


@dataclass(frozen=True, repr=False)
class Dataset:
    """Points of the plane with labels.

    Attributes:
        xs: a pair of coordinates for each point.
        ys: its label, -1.0 or 1.0.
        metadata: how it was made.

    >>> data = Dataset([[0.0, 1.0], [2.0, 3.0]], [-1, 1])
    >>> data.points[1]
    {'x': 2.0, 'y': 3.0, 'label': 1.0}
    """

    xs: Sequence[tuple[float, float]]
    ys: Sequence[float]
    metadata: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        checked_rows(self.xs, self.ys)
        if not isinstance(self.metadata, Mapping):
            raise TypeError(f"expected metadata to be a mapping, got: {described(self.metadata)}")
        object.__setattr__(self, "xs", tuple(map(_pair, self.xs)))
        object.__setattr__(self, "ys", tuple(map(checked_label, self.ys)))
        object.__setattr__(self, "metadata", MappingProxyType(dict(self.metadata)))

    @property
    def points(self) -> list[dict[str, float]]:
        """The same as rows: ``x``, ``y`` and ``label``.

        >>> Dataset([[0.0, 0.5]], [-1.0]).points
        [{'x': 0.0, 'y': 0.5, 'label': -1.0}]
        """
        pairs = zip(self.xs, self.ys, strict=True)
        return [{"x": x, "y": y, "label": label} for (x, y), label in pairs]

    def __len__(self) -> int:
        return len(self.ys)

    def __repr__(self) -> str:
        return f"Dataset({self.metadata.get('name', 'own')}, {len(self)} points)"

    def __reduce__(self) -> tuple[Any, ...]:
        return Dataset, (self.xs, self.ys, dict(self.metadata))


def as_dataset(data: Any) -> Dataset:
    """A data set as it is; a pair ``(xs, ys)`` of points and labels as one."""
    if isinstance(data, Dataset):
        return data
    return Dataset(*xs_and_ys(data))


class Recipe(NamedTuple):
    """What a data set is made of before its noise has a size: ``spot + noise * draw``."""

    spots: list[Spot]
    draws: list[Spot]
    labels: list[float]

    def at(self, noise: float) -> list[Spot]:
        """The points with that much noise."""
        return [
            (x + noise * dx, y + noise * dy)
            for (x, y), (dx, dy) in zip(self.spots, self.draws, strict=True)
        ]


def moons(
    n_samples: int,
    *,
    noise: Real = DEFAULT_NOISE,
    seed: Seed = DEFAULT_SEED,
    shuffle: bool = True,
) -> Dataset:
    """Two half circles of radius 1, one upside down inside the other.

    Args:
        n_samples: how many points, from 2 to ten million; half of them of either class.
        noise: the standard deviation of what is added to each coordinate.
        seed: an int, a tuple of three ints, or None to draw afresh.
        shuffle: False leaves the classes one after the other.

    >>> moons(4, noise=0.0, shuffle=False).xs[0]
    (1.0, 0.0)
    """
    return _dataset("moons", _half_circle, n_samples, noise, seed, shuffle)


def spiral(
    n_samples: int,
    *,
    noise: Real = DEFAULT_NOISE,
    seed: Seed = DEFAULT_SEED,
    shuffle: bool = True,
    turns: Real = TURNS,
) -> Dataset:
    """Two spirals, each the other turned by half a turn.

    Args:
        n_samples, noise, seed, shuffle: as for :func:`moons`.
        turns: how often each goes around.

    >>> spiral(4, noise=0.0, shuffle=False).xs[0]
    (0.0, 0.0)
    """
    around = checked_size(turns, "turns", positive=True)
    if around > MOST_TURNS:
        raise ValueError(f"expected turns to be at most {MOST_TURNS:g}, got: {around}")
    shape = partial(_arm, turns=around)
    return _dataset("spiral", shape, n_samples, noise, seed, shuffle, turns=around)


def blobs(
    n_samples: int,
    *,
    noise: Real = DEFAULT_NOISE,
    seed: Seed = DEFAULT_SEED,
    shuffle: bool = True,
    centers: Sequence[Sequence[Real]] = CENTERS,
) -> Dataset:
    """Two round clouds.

    Args:
        n_samples, noise, seed, shuffle: as for :func:`moons`.
        centers: the middle of either class.

    >>> blobs(2, noise=0.0, shuffle=False).xs
    ((-1.0, 0.0), (1.0, 0.0))
    """
    if not is_row(centers) or len(centers) != 2:
        raise ValueError(f"expected centers to be two points, got: {described(centers)}")
    middles = _pair(centers[0]), _pair(centers[1])
    shape = partial(_cloud, centers=middles)
    return _dataset("blobs", shape, n_samples, noise, seed, shuffle, centers=middles)


def _half_circle(count: int, label: float) -> Iterator[Spot]:
    for place in range(count):
        theta = pi * place / (count - 1) if count > 1 else pi / 2.0
        x, y = cos(theta), sin(theta)
        yield (x, y) if label < 0.0 else (1.0 - x, 1.0 - y - 0.5)


def _arm(count: int, label: float, turns: float = TURNS) -> Iterator[Spot]:
    phase = 0.0 if label < 0.0 else pi
    for place in range(count):
        radius = place / (count - 1) if count > 1 else 1.0
        theta = turns * 2.0 * pi * radius + phase
        yield radius * cos(theta), radius * sin(theta)


def _cloud(count: int, label: float, centers: tuple[Spot, Spot] = CENTERS) -> Iterator[Spot]:
    return repeat(centers[0 if label < 0.0 else 1], count)


_SHAPES: dict[str, Shape] = {"moons": _half_circle, "spiral": _arm, "blobs": _cloud}


def recipe(name: str, n_samples: int, *, seed: Seed = DEFAULT_SEED, noisy: bool = True) -> Recipe:
    """What :func:`moons`, :func:`spiral` or :func:`blobs` makes, for any noise above 0.

    Args:
        name: which of them.
        n_samples, seed: as for :func:`moons`.
        noisy: False for no noise at all. Nothing is drawn for it then, so that the points stand
            in another order.

    >>> recipe("blobs", 4, seed=7).at(0.25) == [*blobs(4, noise=0.25, seed=7).xs]
    True
    """
    return _recipe(_SHAPES[name], n_samples, noisy, seed, shuffle=True)


def _dataset(
    name: str,
    shape: Shape,
    n_samples: int,
    noise: Real,
    seed: Seed,
    shuffle: bool,
    **more: Any,
) -> Dataset:
    """The spots of both classes, moved by noise, in random order."""
    count, deviation = checked_samples(n_samples, "n_samples"), checked_size(noise, "noise")
    if not isinstance(shuffle, bool):
        raise TypeError(f"expected shuffle to be True or False, got: {described(shuffle)}")
    made = _recipe(shape, count, deviation > 0.0, seed, shuffle)
    points = made.at(deviation) if deviation > 0.0 else made.spots
    options = {"name": name, "n_samples": count, "noise": deviation, "seed": seed}
    return Dataset(points, made.labels, options | {"shuffle": shuffle} | more)


def checked_samples(number: object, argument: str) -> int:
    """How many points: both classes have one, and all of them can be made."""
    count = checked_count(number, argument, MOST_SAMPLES)
    if count < 2:
        raise ValueError(f"expected {argument} to be at least 2, got: {count}")
    return count


def _recipe(shape: Shape, count: int, noisy: bool, seed: Seed, shuffle: bool) -> Recipe:
    stream = Stream(seed)
    rows = [
        (spot, (stream.normal(), stream.normal()) if noisy else (0.0, 0.0), label)
        for label, size in ((-1.0, count // 2), (1.0, count - count // 2))
        for spot in shape(size, label)
    ]
    if shuffle:
        rows = stream.shuffled(rows)
    return Recipe([spot for spot, _, _ in rows], [d for _, d, _ in rows], [y for *_, y in rows])


def _pair(point: Any) -> Spot:
    if not is_row(point) or len(point) != 2:
        raise ValueError(f"expected points of the plane, two numbers each, got: {described(point)}")
    x, y = (as_float(number, "a coordinate") for number in point)
    if not (isfinite(x) and isfinite(y)):
        raise ValueError(f"expected finite coordinates, got: {x} and {y}")
    return x, y
