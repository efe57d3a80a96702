"""The examples of a dashboard as bytes: points of the plane with labels.

With the points of a data set goes what they were made of, so that a page can give them another
noise, to the same bits as Python. Points that a page sends back are checked like any input.
JavaScript's twin is ``js/src/training/points.ts``.

>>> points = made("moons", 4, noise=0.25, data_seed=7)
>>> read_points(pack_points(points)) == points
True
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from math import isfinite
from typing import Any, NamedTuple

from ..datasets import Dataset, Recipe, recipe
from .packed import doubles, malformed, pack, unpack

MARK = "MGWP"
FEWEST, MOST = 2, 2000
MOST_NOISE = 2.0
LARGEST = 500_000
"""Bytes; the most points take less than half of it, recipe and all."""

DATASETS = ("moons", "spiral", "blobs")
OWN = "own"

Pair = tuple[float, float]


class Points(NamedTuple):
    """Examples, and the data set they are of.

    ``data_seed`` is None, and ``noise`` 0, where somebody brought them or changed them.
    """

    dataset: str
    noise: float
    data_seed: int | None
    xs: Sequence[Pair]
    ys: Sequence[float]

    @property
    def data(self) -> Dataset:
        return Dataset(self.xs, self.ys, {"name": self.dataset})

    @property
    def key(self) -> dict[str, Any]:
        """What of it a page writes into its results, too."""
        return {
            "dataset": self.dataset,
            "noise": self.noise,
            "data_seed": self.data_seed,
            "count": len(self.ys),
        }


def made(dataset: str, n_samples: int, noise: float, data_seed: int) -> Points:
    """The points of one of the :data:`DATASETS`."""
    found = _recipe(dataset, n_samples, data_seed, noise > 0.0)
    xs = found.at(noise) if noise > 0.0 else found.spots
    return Points(dataset, noise, data_seed, tuple(xs), tuple(found.labels))


@lru_cache(maxsize=8)
def _recipe(dataset: str, count: int, seed: int, is_noisy: bool) -> Recipe:
    """Drawing takes by far the most time, and is the same for every noise."""
    return recipe(dataset, count, seed=seed, noisy=is_noisy)


def own(data: Dataset) -> Points:
    """Points that belong to no data set of ours."""
    return Points(OWN, 0.0, None, data.xs, data.ys)


def pack_points(points: Points) -> bytes:
    """Points as bytes, with their recipe if they have one."""
    count = len(points.ys)
    sections = [_flat(points.xs), [*points.ys]]
    if points.data_seed is not None:
        noisy, still = (
            _recipe(points.dataset, count, points.data_seed, is_noisy) for is_noisy in (True, False)
        )
        sections += [_flat(noisy.spots), _flat(noisy.draws), noisy.labels]
        sections += [_flat(still.spots), still.labels]
    return pack(MARK, points.key, sections)


def read_points(packed: bytes) -> Points:
    """Points out of bytes; a ``ValueError`` says what is wrong with them.

    Only what Python makes itself of a data set is taken for it; all else is own points.
    """
    if len(packed) > LARGEST:
        malformed(MARK, f"at most {LARGEST:,} bytes", f"{len(packed):,}")
    header, sections = unpack(MARK, packed)
    count = header.get("count")
    if type(count) is not int or not FEWEST <= count <= MOST:
        malformed(MARK, f"{FEWEST} to {MOST} points", count)
    numbers, ys = doubles(MARK, sections, 0, 2 * count), doubles(MARK, sections, 1, count)
    if not all(map(isfinite, numbers)):
        malformed(MARK, "finite coordinates", "others")
    if not all(y in (-1.0, 1.0) for y in ys):
        malformed(MARK, "labels of -1 or 1", "others")
    xs = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    named = _named(header, count)
    if named is not None and (named.xs, named.ys) == (xs, tuple(ys)):
        return named
    return Points(OWN, 0.0, None, xs, tuple(ys))


def _named(header: dict[str, Any], count: int) -> Points | None:
    """The points that a header speaks of, if it speaks of such as we make."""
    dataset, noise, seed = header.get("dataset"), header.get("noise"), header.get("data_seed")
    if dataset not in DATASETS or type(seed) is not int:
        return None
    if not isinstance(noise, (int, float)) or not 0.0 <= noise <= MOST_NOISE:
        return None
    return made(str(dataset), count, float(noise), seed)


def _flat(pairs: Sequence[Pair]) -> list[float]:
    return [*chain.from_iterable(pairs)]
