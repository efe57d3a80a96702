"""Where did the numbers of an expression go bad? The operation at which it began, as a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf, isfinite, log

from .engine import Value, expect_value
from .graph import Row
from .tape import Tape
from .tape_bytes import MUL, OP_NAMES, POW
from .text import is_blank, op_text

VANISHED = 1e-12
EXPLODED = 1e12

_SATURATING = {OP_NAMES.index(name) for name in ("tanh", "sigmoid", "exp")}
_SATURATED = log(2.0**-54)
"""A slope that is never 0 by itself, and so small that rounding made it 0."""


@dataclass(frozen=True)
class Finding:
    """What is wrong, by indices of a tape: see :func:`first_bad`."""

    kind: str
    of: str
    at: int
    number: float
    by: int | None
    local: float | None
    count: int


def first_bad(value: Value) -> Row | None:
    """The first number that is nan or infinite, or a gradient that has vanished or exploded.

    Looked for in this order, and the first that is found is told:

    1. a value that is nan or infinite, in the order of the graph;
    2. a gradient that is, in the order of the backward pass;
    3. a leaf whose gradient has *exploded*: it is above 10¹² in size;
    4. a leaf whose gradient has *vanished*: it is below 10⁻¹² in size.

    3 and 4 are about leaves with a label (about all, where none has one), and about what many
    factors do together. A leaf's strongest path is the one to the output with the largest product
    of local derivatives. One number alone explains a gradient: a weight of 0, a residual near 0, a
    huge constant. So that product has to pass the bound even when its smallest (for 3: largest)
    factor that comes from a product or a power is left out; and where every path holds a factor
    that is exactly 0, as at a ReLU that is off, nothing has vanished. A ``tanh``, sigmoid or
    ``exp`` whose slope is rounded to 0 is saturated, and counts.

    Returns:
        None where all is well; else a row with ``kind`` (``"nan"``, ``"inf"``, ``"-inf"``,
        ``"exploded"``, ``"vanished"``), ``of`` (``"value"`` or ``"gradient"``), ``id``, ``label``
        and ``op`` of the operation where it began, its ``operands`` (``id``, ``label``, ``data``),
        the bad ``number``, and ``count``: of how many values, or leaves, the same can be said. For
        a gradient ``by`` and ``by_label`` tell whose it is, and ``local_gradient`` what the
        operation multiplied it with: of 3 and 4, the largest or smallest factor on the way.

    >>> a = Value(-1.0, label="a")
    >>> row = first_bad((a.log(label="c") * 2.0).tanh())
    >>> row["kind"], row["label"], row["op"], [x["data"] for x in row["operands"]]
    ('nan', 'c', 'log', [-1.0])

    >>> y = Value(3.0, label="x")
    >>> for _ in range(12):
    ...     y = (y * 2.0).tanh()
    >>> row = first_bad(y)
    >>> row["kind"], row["by_label"], f"{row['number']:.1e}", f"{row['local_gradient']:.1e}"
    ('vanished', 'x', '1.1e-13', '2.5e-05')
    """
    tape = Tape.record(expect_value(value, "value"))
    data = tape.replay()
    found = diagnosed(tape, data, tape.gradients(data=data))
    return None if found is None else _row(tape, data, found)


def diagnosed(tape: Tape, data: Sequence[float], gradients: Sequence[float]) -> Finding | None:
    """The same for a tape and its numbers; JavaScript's twin is ``js/src/diagnosis.ts``."""
    for i, number in enumerate(data):
        if not isfinite(number):
            count = sum(not isfinite(x) for x in data)
            return Finding(str(number), "value", i, number, None, None, count)
    for i in reversed(range(len(tape))):
        if not isfinite(gradients[i]):
            at, local = _breaking(tape, data, gradients, i)
            count = sum(not isfinite(x) for x in gradients)
            return Finding(str(gradients[i]), "gradient", at, gradients[i], i, local, count)
    return _extreme(tape, data, gradients)


def _breaking(
    tape: Tape, data: Sequence[float], gradients: Sequence[float], i: int
) -> tuple[int, float]:
    """The operation whose contribution made the gradient of ``i`` bad, and its derivative."""
    total = 0.0
    for at in reversed(range(i + 1, len(tape))):
        for operand, local in _uses(tape, data, at):
            if operand == i:
                total += gradients[at] * local
                if not isfinite(total):
                    return at, local
    raise AssertionError(  # pragma: no cover - these are the sums that made the gradient
        "expected the contributions to add up to the gradient"
    )


def _extreme(tape: Tape, data: Sequence[float], gradients: Sequence[float]) -> Finding | None:
    named = [i for i in tape.leaf_indices if not is_blank(tape.names.get(i, ""))]
    leaves = named or tape.leaf_indices
    large = [i for i in leaves if abs(gradients[i]) > EXPLODED]
    small = [i for i in leaves if abs(gradients[i]) < VANISHED]
    if not large and not small:
        return None
    paths = StrongestPaths(tape, data)
    exploded = [i for i in large if paths.without_largest(i) > log(EXPLODED)]
    if exploded:
        worst = max(exploded, key=lambda i: abs(gradients[i]))
        at, local = paths.steepest(worst)
        return Finding("exploded", "gradient", at, gradients[worst], worst, local, len(exploded))
    vanished = [i for i in small if -inf < paths.without_smallest(i) < log(VANISHED)]
    if vanished:
        worst = min(vanished, key=lambda i: abs(gradients[i]))
        at, local = paths.flattest(worst)
        return Finding("vanished", "gradient", at, gradients[worst], worst, local, len(vanished))
    return None


class StrongestPaths:
    """From every value the way to the output with the largest product, in size, of derivatives.

    Sizes are logarithms, so that a product cannot underflow. A way through a derivative that is
    exactly 0 is none.
    """

    def __init__(self, tape: Tape, data: Sequence[float]) -> None:
        self._tape, self._data = tape, data
        count = len(tape)
        self._size = [-inf] * count
        self._size[-1] = 0.0
        self._next = [-1] * count
        self._smallest = [0.0] * count
        """Of the factors from products and powers; 0 where none is below 1."""
        self._largest = [0.0] * count
        for at in reversed(range(count)):
            if self._size[at] == -inf:
                continue
            is_number = tape.ops[at] in (MUL, POW)
            for operand, local in _uses(tape, data, at):
                factor = _size_of(tape.ops[at], local)
                size = self._size[at] + factor
                if size > self._size[operand]:
                    self._size[operand] = size
                    self._next[operand] = at
                    own = factor if is_number else 0.0
                    self._smallest[operand] = min(self._smallest[at], own)
                    self._largest[operand] = max(self._largest[at], own)

    def without_smallest(self, i: int) -> float:
        return self._size[i] - self._smallest[i]

    def without_largest(self, i: int) -> float:
        return self._size[i] - self._largest[i]

    def flattest(self, i: int) -> tuple[int, float]:
        """The operation on the way with the smallest factor, and the factor."""
        return min(self._factors(i), key=lambda factor: self._factor_size(*factor))

    def steepest(self, i: int) -> tuple[int, float]:
        return max(self._factors(i), key=lambda factor: self._factor_size(*factor))

    def _factor_size(self, at: int, local: float) -> float:
        return _size_of(self._tape.ops[at], local)

    def _factors(self, i: int) -> list[tuple[int, float]]:
        """From the output on."""
        factors = []
        while self._next[i] >= 0:
            at = self._next[i]
            uses = [local for operand, local in _uses(self._tape, self._data, at) if operand == i]
            factors.append((at, max(uses, key=lambda local: self._factor_size(at, local))))
            i = at
        return factors[::-1]


def _uses(tape: Tape, data: Sequence[float], at: int) -> Iterator[tuple[int, float]]:
    """Operands and the derivatives by them."""
    return zip((tape.left[at], tape.right[at]), tape.local_gradients(at, data), strict=False)


def _size_of(code: int, local: float) -> float:
    if local == 0.0:
        return _SATURATED if code in _SATURATING else -inf
    return log(abs(local))


def _row(tape: Tape, data: Sequence[float], found: Finding) -> Row:
    ids = {index: f"v{key}" for key, index in tape.ids.items()}
    at, by = found.at, found.by
    operands = [i for i in (tape.left[at], tape.right[at]) if i >= 0]
    return {
        "kind": found.kind,
        "of": found.of,
        "id": ids[at],
        "label": tape.names.get(at, ""),
        "op": op_text(tape.op(at)),
        "operands": [
            {"id": ids[i], "label": tape.names.get(i, ""), "data": data[i]} for i in operands
        ],
        "number": found.number,
        "by": None if by is None else ids[by],
        "by_label": None if by is None else tape.names.get(by, ""),
        "local_gradient": found.local,
        "count": found.count,
    }
