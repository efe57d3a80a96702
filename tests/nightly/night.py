"""The campaigns of a night, side by side until the time is over."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from time import monotonic

from tests.benchmarks.report import Report, today
from tests.nightly.campaign import Campaign, Outcome, add

# A chunk takes seconds. One that has no end is a broken promise too, and must not hold up the rest.
PATIENCE = 300.0


@dataclass
class Tonight:
    """How far a campaign has come since the evening."""

    campaign: Campaign
    again: list[int]
    next_seed: int
    begun: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def progress(self) -> float:
        return self.begun / self.campaign.goal

    def seed(self) -> int:
        """What to try next: what failed before, then what nobody tried."""
        if self.again:
            return self.again.pop(0)
        self.next_seed += 1
        return self.next_seed - 1


@dataclass
class Hand:
    """One process, and the chunk it is at; what ends the process is the fault of that chunk."""

    pool: ProcessPoolExecutor
    night: Tonight
    seed: int
    chunk: Future[Outcome]
    since: float

    @classmethod
    def put_to(cls, night: Tonight, pool: ProcessPoolExecutor | None = None) -> Hand:
        pool = pool or ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        seed, campaign = night.seed(), night.campaign
        night.begun += campaign.chunk
        return cls(pool, night, seed, pool.submit(campaign.run, seed, campaign.chunk), monotonic())

    @property
    def is_lost(self) -> bool:
        return monotonic() - self.since > PATIENCE

    def outcome(self) -> Outcome:
        """What came out; a process that died, or an error nobody foresaw, is a failure too."""
        if not self.chunk.done():
            return Outcome(0, [f"no end within {PATIENCE:.0f} s"])
        error = self.chunk.exception()
        return Outcome(0, [f"{type(error).__name__}: {error}"]) if error else self.chunk.result()

    def reusable(self) -> ProcessPoolExecutor | None:
        """The process for the next chunk, unless it died or is lost."""
        if self.chunk.done() and not isinstance(self.chunk.exception(), BrokenProcessPool):
            return self.pool
        self.stop()
        return None

    def stop(self) -> None:
        """End the process whatever it is at."""
        processes = [*(self.pool._processes or {}).values()]
        self.pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()


def run_campaigns(
    campaigns: Sequence[Campaign],
    report: Report,
    is_over: Callable[[], bool],
    processes: int | None = None,
) -> list[str]:
    """Run chunks until the night is over; a text for each failure.

    The campaign that is least far on the way to its goal is always the next. What is under way at
    the end is let finish.
    """
    nights = [begin(one, report) for one in campaigns]
    if not nights or is_over():
        return []
    hands = [Hand.put_to(foremost(nights)) for _ in range(processes or os.cpu_count() or 1)]
    try:
        while hands:
            wait([hand.chunk for hand in hands], timeout=1.0, return_when=FIRST_COMPLETED)
            for place, hand in reversed([*enumerate(hands)]):
                if not (hand.chunk.done() or hand.is_lost):
                    continue
                finish(hand, report)
                pool = hand.reusable()
                if is_over():
                    hand.stop()
                    del hands[place]
                else:
                    hands[place] = Hand.put_to(foremost(nights), pool)
    finally:
        for hand in hands:
            hand.stop()
    return [failure for night in nights for failure in night.failures]


def begin(campaign: Campaign, report: Report) -> Tonight:
    known = report.campaign(campaign.name)
    return Tonight(campaign, [*known.get("failed", [])], known.get("next_seed", 0))


def foremost(nights: Sequence[Tonight]) -> Tonight:
    return min(nights, key=lambda night: night.progress)


def finish(hand: Hand, report: Report) -> None:
    """Write down what a chunk gave."""
    night, outcome = hand.night, hand.outcome()
    known = report.campaign(night.campaign.name)
    known["next_seed"] = max(night.next_seed, known.get("next_seed", 0))
    add(known, night.campaign, hand.seed, outcome, today())
    for failure in outcome.failures:
        night.failures.append(f"{night.campaign.name}, seed {hand.seed}: {failure}")
        print(night.failures[-1], flush=True)
