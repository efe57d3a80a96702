"""Spoiled tapes: refused in words by both languages, or the same sound graph in both."""

from __future__ import annotations

import base64
import struct
from collections import Counter
from random import Random
from typing import Any

from microgradwidgets import Tape, backward, to_dot
from microgradwidgets.tape_bytes import LEAF
from tests.graphs import bits
from tests.nightly.campaign import Campaign, Outcome
from tests.nightly.limits import Limits
from tests.nightly.node import node
from tests.nightly.refusals import or_refused
from tests.nightly.spoiling import spoiled

EXACT = {0, 1, 2, 3, 4, 6}
"""Operations whose numbers are the same to the last bit in every library."""
SECONDS, MEGABYTES = 5.0, 120.0
"""More is taken for no end, and for no bound."""


def run(seed: int, cases: int) -> Outcome:
    draw, counts, failures = Random(seed), Counter[str](), []
    limits, worst = Limits(SECONDS, MEGABYTES), Counter[str]()
    judge = node("judges/spoiled.ts")
    for number in range(cases):
        way, packed = spoiled(draw)
        try:
            with limits.of_a_case():
                tape = read(packed)
                if tape is not None:
                    use(tape)
            theirs, ms, memory = judge.ask(about="tape", bytes=base64.b64encode(packed).decode())
            worst["slowest tape in JavaScript, ms"] = max(
                worst["slowest tape in JavaScript, ms"], ms
            )
            worst["memory of JavaScript, MB"] = max(worst["memory of JavaScript, MB"], memory)
            compare(tape, theirs)
            counts["refused" if tape is None else "sound"] += 1
        except Exception as error:
            failures.append(f"case {number}, {way}, {packed.hex()[:2000]}: {error!r}"[:4000])
    worst["slowest tape in Python, ms"] = limits.slowest_ms
    worst["memory that one tape took in Python, MB"] = limits.grown
    return Outcome(cases, failures, counts, worst)


def read(packed: bytes) -> Tape | None:
    """A tape, or nothing where it is refused in words."""
    return or_refused(lambda: Tape.from_bytes(packed), "malformed tape: expected ", 500)


def use(tape: Tape) -> None:
    """All that one does with a sound tape."""
    again = Tape.from_bytes(tape.to_bytes())
    assert columns(again) == columns(tape), "it reads back as another"
    value = tape.value()
    assert bits([value.data]) == bits(tape.replay()[-1:]), "its value is not that of its replay"
    gradients = backward(value)
    assert bits([gradients[value]]) == bits(tape.gradients()[-1:])
    assert to_dot(value, gradients, numbered=True).count("\n") >= len(tape)


def columns(tape: Tape) -> dict[str, Any]:
    """A tape as JavaScript says it: constants by place, bits in hexadecimal."""
    numbers = iter(tape.leaves), iter(tape.exponents)
    constants = [
        next(numbers[0]) if op == LEAF else next(numbers[1]) if op == 5 else 0.0 for op in tape.ops
    ]
    return {
        "ops": [*tape.ops],
        "left": [*tape.left],
        "right": [*tape.right],
        "constants": hexadecimal(constants),
        "names": [[place, utf_16(name)] for place, name in sorted(tape.names.items())],
        "groups": [
            [utf_16(g.name), -1 if g.parent is None else g.parent, g.output] for g in tape.groups
        ],
        "groupOf": [place + 1 for place in tape.group_of],
    }


def hexadecimal(numbers: Any) -> list[str]:
    return [
        "nan" if x != x else f"{struct.unpack('<Q', struct.pack('<d', x))[0]:x}" for x in numbers
    ]


def utf_16(text: str) -> str:
    """Text as JavaScript has it, where two halves beside one another are one character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def compare(tape: Tape | None, theirs: dict[str, Any]) -> None:
    """Both refuse it, or both have the same graph with the same numbers."""
    if tape is None:
        assert "refused" in theirs, "only Python refuses it"
        return
    assert "refused" not in theirs, f"only JavaScript refuses it: {theirs['refused']}"
    ours = columns(tape)
    for name, column in ours.items():
        assert theirs[name] == column, f"{name}: {column!r} here, {theirs[name]!r} in JavaScript"
    if {*tape.ops} <= EXACT:
        data = tape.replay()
        assert theirs["data"] == hexadecimal(data), "other values"
        assert theirs["gradients"] == hexadecimal(tape.gradients()), "other gradients"
    assert theirs["boxes"] > 0
    assert theirs["characters"] > 0


SPOILED_TAPES = Campaign(
    name="spoiled tapes",
    promise="A spoiled tape is refused in words, or is the same sound graph in both languages.",
    goal=100_000,
    per_change=800,
    run=run,
    chunk=1_000,
)
