"""Learning rates as a table, which a page can follow too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..arguments import checked_size
from ..arithmetic import Real
from ..trainer import official_micrograd_learning_rate

MOST_RATES = 10_000


@dataclass(frozen=True, repr=False)
class RateTable:
    """A learning rate for each step; the last one goes on for ever.

    >>> rate = rate_table(lambda step: 1.0 / (step + 1) if step < 4 else 0.2)
    >>> rate
    RateTable(1.0, 0.5, …, 0.2)
    >>> rate(1), rate(1_000_000)
    (0.5, 0.2)
    """

    rates: tuple[float, ...]

    def __call__(self, step: int) -> float:
        return self.rates[min(step, len(self.rates) - 1)]

    def __repr__(self) -> str:
        shown = [repr(rate) for rate in self.rates]
        return f"RateTable({', '.join(shown if len(shown) < 4 else [*shown[:2], '…', shown[-1]])})"


def rate_table(function: Callable[[int], Real]) -> RateTable:
    """What a function of the step gives for the first 10,000 steps.

    Raises:
        ValueError, TypeError: where that is no learning rate.
    """
    rates = [checked_size(function(step), f"learning_rate({step})") for step in range(MOST_RATES)]
    while len(rates) > 1 and rates[-1] == rates[-2]:
        rates.pop()
    return RateTable(tuple(rates))


def demo_table() -> RateTable:
    """The schedule of the micrograd demo."""
    return rate_table(official_micrograd_learning_rate)
