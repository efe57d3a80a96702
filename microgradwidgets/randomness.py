"""Random numbers that a seed fixes on every platform and in every release of Python.

The generator is ``exsss``, the default of Erlang's module ``rand``: 116 bits of xorshift state,
scrambled by the ``**`` of Blackman and Vigna ("Scrambled linear pseudorandom number generators",
2021), 58 bits a draw. It is integer arithmetic alone, and MicrogradEx draws from it: its seeds
give its data sets, models and batches here.

>>> Stream((1, 2, 3)).uniform() == Stream((1, 2, 3)).uniform()
True
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from math import pi, sqrt
from typing import Any, TypeAlias, TypeVar

from .arguments import as_int
from .arithmetic import described
from .elementary import cos, log

Seed: TypeAlias = int | tuple[int, int, int] | None
"""An int ``n`` stands for ``(n, n, n)``; None draws afresh from the system."""

DEFAULT_SEED = 1337

Item = TypeVar("Item")

_58_BITS = (1 << 58) - 1
_64_BITS = (1 << 64) - 1
_WEYL = 0x9E3779B97F4A7C15  # 2⁶⁴ over the golden ratio: the stride of SplitMix64


def checked_seed(seed: Any) -> tuple[int, int, int] | None:
    """A seed as three ints, or None.

    >>> checked_seed(1337)
    (1337, 1337, 1337)
    """
    if seed is None:
        return None
    parts = seed if isinstance(seed, tuple) else (seed, seed, seed)
    if len(parts) != 3:
        raise ValueError(f"expected seed to have three ints, got: {described(seed)}")
    a, b, c = map(as_int, parts)
    if a is None or b is None or c is None:
        raise TypeError(
            f"expected seed to be an int, a tuple of three ints or None, got: {described(seed)}"
        )
    return a, b, c


class Stream:
    """A stream of random numbers. It is the one thing here that changes as it is used."""

    def __init__(self, seed: Seed) -> None:
        a, b, c = checked_seed(seed) or (int.from_bytes(os.urandom(8), "big") for _ in range(3))
        _, state = _nonzero_58_bits(a & _64_BITS)
        self._older, state = _nonzero_58_bits((b & _64_BITS) ^ state)
        self._newer, _ = _nonzero_58_bits((c & _64_BITS) ^ state)

    @classmethod
    def of(cls, seed: Seed | Stream) -> Stream:
        """A stream as it is, a seed as a new stream."""
        return seed if isinstance(seed, Stream) else cls(seed)

    def uniform(self) -> float:
        """A multiple of 2⁻⁵³ in [0, 1)."""
        newer = self._newer
        mixed = self._older ^ (self._older << 24 & _58_BITS)
        self._older, self._newer = newer, mixed ^ newer ^ mixed >> 11 ^ newer >> 41
        fivefold = newer * 5 & _58_BITS
        rotated = (fivefold << 7 | fivefold >> 51) & _58_BITS
        return ((rotated * 9 & _58_BITS) >> 5) * 2.0**-53

    def normal(self) -> float:
        """Normally distributed, mean 0 and deviation 1: one half of a Box–Muller pair."""
        u = self.uniform()
        while u == 0.0:
            u = self.uniform()
        radius = sqrt(-2.0 * log(u))
        return radius * cos(2.0 * pi * self.uniform())

    def shuffled(self, items: Iterable[Item]) -> list[Item]:
        """The items in a random order: sorted by one draw each."""
        keyed = [(self.uniform(), place, item) for place, item in enumerate(items)]
        keyed.sort(key=lambda row: row[:2])
        return [item for _, _, item in keyed]


def _nonzero_58_bits(state: int) -> tuple[int, int]:
    """SplitMix64 until it gives 58 bits that are not all zero; and its state after that."""
    while True:
        state = (state + _WEYL) & _64_BITS
        z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & _64_BITS
        z = (z ^ z >> 27) * 0x94D049BB133111EB & _64_BITS
        if bits := (z ^ z >> 31) & _58_BITS:
            return bits, state
