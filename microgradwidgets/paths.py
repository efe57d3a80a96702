"""The paths from one value of a tape to the output: how many, the largest, what the rest adds.

The chain rule, multiplied out, says that a gradient is a sum over paths, each the product of the
local derivatives along it. There may be 2**50 of them and more, so none is written down before it
is asked for. JavaScript's twin is ``js/src/paths.ts``.

>>> from microgradwidgets import Tape, Value
>>> x = Value(3.0)
>>> tape = Tape.record(x * x + x)
>>> data = tape.replay()
>>> paths = Paths(tape, data, start=0)
>>> paths.count(), [path.product for path in paths.best(2)]
(3, [3.0, 3.0])
>>> paths.rest(2, tape.gradients(data=data))
1.0
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple, TypeAlias

from .tape import Tape

Use: TypeAlias = tuple[int, float]
"""The index of an operation that uses a value, and its local derivative by it."""
Size: TypeAlias = tuple[int, float]
"""What ranks a path: how many local derivatives are not finite, then the size of the others'
product. So a path on which a number broke stands first, also where another factor is 0."""


@dataclass(frozen=True)
class Path:
    """One way from a value to the output.

    Attributes:
        indices: the values on it, both ends included.
        local_gradients: one for each step.
    """

    indices: list[int]
    local_gradients: list[float]

    @property
    def product(self) -> float:
        """Multiplied from the output back, as the backward pass does it."""
        product = 1.0
        for slope in reversed(self.local_gradients):
            product *= slope
        return product


class _Ranked(NamedTuple):
    """One of the best paths of a value: its first step, then one of the best paths from there."""

    size: Size
    use: int
    rank: int


class Paths:
    """All paths from a value to the output.

    Each value on the way keeps its best paths, best first: which use of it to follow, and which
    of the best paths to follow from there. The first of each comes from one pass back from the
    output. A next one is looked for only when somebody asks: it must be the largest of those that
    begin with one of the value's uses, and only the use that was followed last may first have to
    ask in turn for one more. So ``k`` paths cost ``k`` walks, and share their tails.

    Args:
        tape: the graph; every value leads to the output.
        data: all its numbers.
        start: the index of the value that the paths begin with.
    """

    def __init__(self, tape: Tape, data: Sequence[float], start: int) -> None:
        self._start, self._output = start, len(tape) - 1
        self._uses: dict[int, list[Use]] = {start: []}
        for index, _, a, b in tape.steps:
            if index > start and (a in self._uses or b in self._uses):
                slopes = tape.local_gradients(index, data)
                for operand, slope in zip((a, b), slopes, strict=False):
                    if operand in self._uses:
                        self._uses[operand].append((index, slope))
                self._uses[index] = []
        self._ranked: dict[int, list[_Ranked]] = {index: [] for index in self._uses}
        self._followed = {index: [0] * len(uses) for index, uses in self._uses.items()}
        self._ranked[self._output].append(_Ranked((0, 1.0), -1, 0))  # the path of no step
        for index in reversed(self._uses):
            self._find_next(index)

    def count(self) -> int:
        """How many there are."""
        ways = {self._start: 1}
        for index, uses in self._uses.items():  # pragma: no branch - the output is among them
            here = ways.pop(index)  # a number of 100,000 bits is not kept longer than it is used
            if index == self._output:
                break
            for consumer, _ in uses:
                ways[consumer] = ways.get(consumer, 0) + here
        return here

    def best(self, most: int) -> list[Path]:
        """The ``most`` largest, or all where there are fewer.

        Of equal ones that one is first whose first step stands first on the tape; where they share
        it, the one that is first from there on.
        """
        ranked = self._ranked[self._start]
        while len(ranked) < most and self._one_more():
            pass
        return [self._path(rank) for rank in range(min(most, len(ranked)))]

    def rest(self, shown: int, gradients: Sequence[float]) -> float:
        """The sum of all but the ``shown`` largest, which :meth:`best` has given.

        It is no difference, which rounding could spoil: wherever a path that is not shown leaves
        those that are, it and all that leave with it bring what they have in common, times the
        gradient of where they come to.

        Args:
            shown: how many paths to leave out.
            gradients: those of all values.
        """
        total = 0.0
        # Value → number of its best paths that are shown → product of the steps that led there.
        leading: dict[int, dict[int, float]] = {self._start: {shown: 1.0}}
        for index, uses in self._uses.items():
            for kept, product in leading.pop(index, {}).items():
                follows = Counter(path.use for path in self._ranked[index][:kept])
                for use, (consumer, slope) in enumerate(uses):
                    if use in follows:
                        there = leading.setdefault(consumer, {})
                        kept_there = follows[use]
                        there[kept_there] = there.get(kept_there, 0.0) + product * slope
                    else:
                        total += product * slope * gradients[consumer]
        return total

    def _one_more(self) -> bool:
        """Look for the next path of the start; say whether there was one."""
        index = self._start
        waiting = []
        while index != self._output:
            waiting.append(index)
            use = self._ranked[index][-1].use
            consumer, _ = self._uses[index][use]
            if len(self._ranked[consumer]) > self._followed[index][use]:
                break
            index = consumer
        found = False
        for index in reversed(waiting):
            found = self._find_next(index)
        return found

    def _find_next(self, index: int) -> bool:
        """Rank the next path of a value, of those that the best ones of its consumers allow."""
        found: _Ranked | None = None
        for use, (consumer, slope) in enumerate(self._uses[index]):
            rank = self._followed[index][use]
            if rank < len(self._ranked[consumer]):
                size = _lengthened(self._ranked[consumer][rank].size, slope)
                if found is None or size > found.size:
                    found = _Ranked(size, use, rank)
        if found is None:
            return False
        self._followed[index][found.use] += 1
        self._ranked[index].append(found)
        return True

    def _path(self, rank: int) -> Path:
        path = Path([self._start], [])
        index = self._start
        while index != self._output:
            step = self._ranked[index][rank]
            index, slope = self._uses[index][step.use]
            rank = step.rank
            path.indices.append(index)
            path.local_gradients.append(slope)
        return path


def _lengthened(size: Size, slope: float) -> Size:
    """Larger sizes stay larger, or at least as large, whatever the slope: no path is overtaken."""
    broken, product = size
    if not isfinite(slope):
        return broken + 1, product
    return broken, abs(slope) * product if slope else 0.0  # also 0 times an overflow
