"""The numbers that the page makes of a tape, in Node, from the TypeScript that is shipped."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

import numpy as np

from microgradwidgets import Tape
from tests.nightly.node import node

ENTRY = "judges/arithmetic.ts"
APART = 2.0**63
"""So far are numbers from each other of which one alone is nan, or zeros of different signs."""


def replayed(tape: Tape, rows: Sequence[Sequence[float]]) -> np.ndarray:
    """For each row of leaves two rows: all values, all gradients."""
    packed = {"tape": _text(tape.to_bytes()), "rows": _numbers(rows)}
    return _asked(about="rows", **packed).reshape(len(rows), 2, len(tape))


def trained(
    tape: Tape,
    columns: dict[int, Sequence[float]],
    wanted: Sequence[int],
    upstream: float,
) -> tuple[np.ndarray, np.ndarray]:
    """What the replay of training gives: an output an example, and the gradients of the wanted.

    Args:
        tape: the graph of one example.
        columns: for each leaf that differs from example to example its numbers.
        wanted: the leaves whose gradients are summed over the examples.
        upstream: the derivative of the loss by each output.
    """
    answer = _asked(
        about="batch",
        tape=_text(tape.to_bytes()),
        varying=[*columns],
        columns=_numbers([*columns.values()]),
        wanted=wanted,
        upstream=_numbers([upstream]),
    )
    return np.split(answer, [len(answer) - len(wanted)])


def apart(ours: Any, theirs: Any) -> np.ndarray:
    """How many units in the last place lie between numbers; two nans are the same."""
    pair = np.stack([np.asarray(ours, "<f8"), np.asarray(theirs, "<f8")])
    bits = pair.view("<i8")
    place = np.where(bits < 0, np.int64(-(2**63)) - bits, bits).astype(np.longdouble)
    distance = np.abs(place[0] - place[1]).astype(float)
    nan, zeros = np.isnan(pair), (pair == 0).all(axis=0)
    differ = (nan[0] != nan[1]) | (zeros & (np.signbit(pair[0]) != np.signbit(pair[1])))
    return np.where(nan.all(axis=0), 0.0, np.where(differ, APART, distance))


def _asked(**question: Any) -> np.ndarray:
    return np.frombuffer(b64decode(node(ENTRY).ask(**question).answer), "<f8")


def _numbers(numbers: Any) -> str:
    return _text(np.asarray(numbers, "<f8").tobytes())


def _text(packed: bytes) -> str:
    return b64encode(packed).decode("ascii")
