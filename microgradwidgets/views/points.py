"""Data sets as bytes for the page, which can change their noise and move their points.

The page has what the noise is added to and the normal numbers that it is made of, so that a slider
of it needs no Python. JavaScript's twin is ``js/src/training/points.ts``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..arithmetic import described
from ..datasets import Dataset, blobs, moons, spiral
from .live_numbers import float_bytes, floats_of
from .packed import pack, unpack

MARK = "MGWP"
OWN = "own"
GENERATORS = {"moons": moons, "spiral": spiral, "blobs": blobs}
MOST_POINTS = 2_000


def generated(name: str, n_samples: int, noise: float, seed: int) -> tuple[Dataset, bytes]:
    """A data set made here, and its bytes."""
    make = GENERATORS[name]
    data = make(n_samples, noise=noise, seed=seed)
    noisy = data if noise > 0.0 else make(n_samples, noise=1.0, seed=seed)
    still = make(n_samples, noise=0.0, seed=seed)
    header = {"dataset": name, "noise": noise, "data_seed": seed, "count": n_samples}
    sections = [
        *_examples(data.xs, data.ys),
        *_examples(noisy.spots, noisy.ys)[:1],
        *_examples(noisy.draws, noisy.ys),
        *_examples(still.xs, still.ys),
    ]
    return data, pack(MARK, header, sections)


def own_bytes(data: Dataset) -> bytes:
    """A data set that somebody brought along."""
    header = {"dataset": OWN, "noise": 0.0, "data_seed": None, "count": len(data)}
    return pack(MARK, header, _examples(data.xs, data.ys))


def read_points(packed: bytes) -> tuple[dict[str, object], Dataset]:
    """What a page has made of its points; a ``ValueError`` says what is wrong with them."""
    header, sections = unpack(MARK, packed)
    count = header.get("count")
    if type(count) is not int or not 2 <= count <= MOST_POINTS:
        raise ValueError(f"expected 2 to {MOST_POINTS:,} points, got: {described(count)}")
    if [len(section) for section in sections[:2]] != [16 * count, 8 * count]:
        raise ValueError(f"expected {count} points and labels, got: other numbers of bytes")
    numbers, labels = (floats_of(section) for section in sections[:2])
    return header, Dataset([*zip(numbers[::2], numbers[1::2], strict=True)], labels)


def _examples(xs: Sequence[tuple[float, float]], ys: Sequence[float]) -> list[bytes]:
    return [float_bytes(number for point in xs for number in point), float_bytes(ys)]
