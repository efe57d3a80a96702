"""The engine and the tape beside micrograd."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Iterator

from micrograd.engine import Value as MicrogradValue

from microgradwidgets import Tape, Value, backward

from .expressions import moons_loss, sum_of_products
from .timing import Line, collector_off, seconds, with_deep_stack


def _ours() -> object:
    loss = moons_loss(Value)
    return loss, backward(loss)


def _micrograd() -> object:
    loss = moons_loss(MicrogradValue)
    loss.backward()
    return loss


def against_micrograd(found: list[Line]) -> float:
    """Building, differentiating and replaying one expression; micrograd's time is returned."""
    theirs = 0.0

    def measure() -> None:
        nonlocal theirs
        theirs = seconds(_micrograd)
        ours = seconds(_ours)
        values = len(Tape.record(moons_loss(Value)))
        found.append(
            Line(
                f"build and differentiate {values:,} values: micrograd {theirs * 1e3:.0f} ms, "
                f"here {ours * 1e3:.0f} ms",
                f"{theirs / ours:.1f} times faster",
                "at least 18",
                theirs / ours >= 18,
            )
        )
        with collector_off():
            quiet, ours_quiet = seconds(_micrograd), seconds(_ours)
        found.append(
            Line(
                f"… with the cycle collector off: {quiet * 1e3:.0f} ms, {ours_quiet * 1e3:.0f} ms",
                f"{quiet / ours_quiet:.1f} times faster",
                "beside it",
                None,
            )
        )

    with_deep_stack(measure)
    return theirs


def replay(theirs: float) -> Iterator[Line]:
    tape = Tape.record(moons_loss(Value))
    tape.gradients()
    ours = seconds(lambda: tape.gradients(data=tape.replay()))
    yield Line(
        f"Python replay, forward and backward: {ours * 1e3:.1f} ms",
        f"{theirs / ours:.0f} times faster",
        "at least 100",
        theirs / ours >= 100,
    )


def growth() -> Iterator[Line]:
    """What one operation costs, built and differentiated, in small and huge expressions."""

    def cost(operations: int) -> float:
        repeats = max(1, 100_000 // operations)

        def work() -> object:
            for _ in range(repeats):
                loss = sum_of_products(Value, operations)
                kept = loss, backward(loss)
            return kept

        return seconds(work) / (operations * repeats)

    for collector in ("on", "off"):
        if collector == "on":
            small, huge = cost(1_000), cost(1_000_000)
        else:
            with collector_off():
                small, huge = cost(1_000), cost(1_000_000)
        yield Line(
            f"cost per operation at 10³ and 10⁶ values, collector {collector}: "
            f"{small * 1e9:.0f} ns, {huge * 1e9:.0f} ns",
            f"grows {huge / small:.2f} times",
            "less than 1.5",
            huge / small < 1.5,
        )


def memory() -> Iterator[Line]:
    tracemalloc.start()
    loss = sum_of_products(Value, 200_000)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    each = used / len(loss.graph)
    yield Line("memory per value, all in", f"{each:.0f} bytes", "under 250", each < 250)


def importing() -> Iterator[Line]:
    def start(code: str) -> float:
        return seconds(lambda: subprocess.run([sys.executable, "-c", code], check=True))

    cost = start("import microgradwidgets") - start("pass")
    yield Line("import microgradwidgets", f"{cost * 1e3:.0f} ms", "under 60 ms", cost < 0.060)


def long_chain() -> Iterator[Line]:
    """The limits of time that stand beside the awkward inputs."""

    def chain() -> Value:
        value = Value(0.0)
        for _ in range(1_000_000):
            value = value + 1.0
        return value

    whole = seconds(lambda: backward(chain()), runs=3)
    yield Line("a chain of 10⁶ sums, both ways", f"{whole:.1f} s", "under 10 s", whole < 10)
    value = chain()
    hashing = seconds(lambda: hash(value))
    yield Line("… its hash", f"{hashing * 1e6:.1f} µs", "under 10 ms", hashing < 0.01)
