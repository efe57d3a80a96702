"""What a campaign is, and how what came out of it is added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """What came out of some cases.

    Args:
        cases: how many were tried.
        failures: a text for each that broke the promise, enough to do it again.
        counts: numbers that are added up, such as ``{"within 1e-12": 998}``.
        worst: numbers of which the largest is kept, such as ``{"slowest layout, ms": 41.2}``.
    """

    cases: int
    failures: Sequence[str] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    worst: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Campaign:
    """A promise and how to try it.

    Args:
        name: the key under which its numbers are kept.
        promise: what is promised, for the report.
        goal: as many cases as the promise names.
        per_change: as many as every run of the tests tries.
        run: ``run(seed, cases)`` tries that many cases drawn from the seed, the same each time.
        chunk: the cases of one call in a night: a few seconds of work.
    """

    name: str
    promise: str
    goal: int
    per_change: int
    run: Callable[[int, int], Outcome]
    chunk: int


def add(known: dict[str, Any], campaign: Campaign, seed: int, outcome: Outcome, on: str) -> None:
    """Add what one seed gave to what all nights know.

    A seed that failed is remembered. Seeds are used once, except those that failed, which come
    first in the next night; when none of them fails any more, the count begins anew.
    """
    if not outcome.failures and seed in known.get("failed", []):
        known["failed"].remove(seed)
        if not known["failed"]:
            known.update(cases=0, counts={}, worst={})
    elif outcome.failures and seed not in known.setdefault("failed", []):
        known["failed"].append(seed)
    known.update(promise=campaign.promise, goal=campaign.goal, on=on)
    known["cases"] = known.get("cases", 0) + outcome.cases
    counts, worst = known.setdefault("counts", {}), known.setdefault("worst", {})
    for what, count in outcome.counts.items():
        counts[what] = counts.get(what, 0) + count
    for what, number in outcome.worst.items():
        worst[what] = max(worst.get(what, number), number)
