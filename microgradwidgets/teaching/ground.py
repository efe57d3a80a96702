"""What questions are made from: one graph with its numbers, its names and who uses what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from math import isfinite

from ..derivation import Derivation, Numbers, derive
from ..engine import Value
from ..formula_text import formula_text, plain_name
from ..gradients import topological_order
from ..notation import Entry, Notation
from ..tape import Tape
from ..tape_bytes import LEAF
from ..text import short_number
from .sentences import Term

LONGEST = 80
"""Of a formula that is told in a sentence, in characters."""
SEARCHED = 2000
"""So many values, the nearest to the output, are looked at; a question further in is for nobody."""


class Ground:
    """A graph that is asked about.

    Args:
        value: the output.
        names: id → name, for values without a label.
        written: as the learner wrote it, and not operation by operation.
    """

    def __init__(
        self, value: Value, names: Mapping[int, str] | None = None, *, written: bool = True
    ) -> None:
        recorded = Tape.record(value, names)
        names, self._clear = _distinct(recorded.names)
        self.tape = replace(recorded, names=names)
        self.values = topological_order(value)
        self.values[-1] = value
        self.data = self.tape.replay()
        self.gradients = self.tape.gradients(data=self.data)
        self.numbers = Numbers(self.tape, self.data, self.gradients)
        self.notation = Notation(self.tape, self.numbers.value, written=written, read=plain_name)
        self.output = len(self.tape) - 1

    # -- what there is ----------------------------------------------------------------------------

    @cached_property
    def near(self) -> list[int]:
        """The values nearest to the output that are written as something of their own."""
        found, seen = [self.output], {self.output}
        for i in found:
            for operand in (self.tape.left[i], self.tape.right[i]):
                if operand >= 0 and operand not in seen and len(found) < SEARCHED:
                    seen.add(operand)
                    found.append(operand)
        return sorted(i for i in found if i not in self.notation.host)

    @cached_property
    def uses(self) -> list[list[Entry]]:
        """For each value, where it enters an operation."""
        uses: list[list[Entry]] = [[] for _ in self.tape.ops]
        for to, _, a, b in self.tape.steps:
            uses[a].append((to, 0))
            if b >= 0:
                uses[b].append((to, 1))
        return uses

    @cached_property
    def place(self) -> dict[int, int]:
        """How many operations come before an operation."""
        return {index: place for place, (index, *_) in enumerate(self.tape.steps)}

    def users(self, i: int) -> list[int]:
        """The operations that a value goes into, as they are written, in the order of the tape."""
        return [*dict.fromkeys(self.notation.root(to) for to, _ in self.uses[i])]

    def operands(self, i: int) -> list[int]:
        """What goes into an operation, each once, from left to right."""
        entries = self.notation.entries(i) if not self.is_leaf(i) else []
        return [*dict.fromkeys(self.notation.operand(entry) for entry in entries)]

    def is_leaf(self, i: int) -> bool:
        return self.tape.ops[i] == LEAF

    # -- what it is called ------------------------------------------------------------------------

    def name(self, i: int) -> str:
        """The name alone: ``n``, or ``v3``."""
        return formula_text(self.notation.own(i))

    def called(self, i: int) -> str:
        """How a formula speaks of it: ``n``, ``x1 · w1``, ``2``, ``v3``."""
        return formula_text(self.notation.call(i))

    def made(self, i: int) -> Term:
        """How it is made: ``n = x1 · w1 + b``."""
        made = self.notation.operation(i, self.notation.call)
        return Term(f"{self.name(i)} = {formula_text(made)}")

    def written_out(self, i: int) -> Term:
        """The same, with nameless steps inside it where there is room."""
        text = f"{self.name(i)} = {formula_text(self.notation.expanded(i))}"
        return Term(text) if len(text) <= LONGEST else self.made(i)

    def is_clear(self, i: int) -> bool:
        """Whether it has a name that no other value has."""
        return i in self._clear

    def is_told(self, i: int) -> bool:
        """Whether a formula with this value in it has its number in it as well."""
        return self.notation.is_constant(i)

    def has_number(self, i: int) -> Term:
        """What its number is: ``x1 · w1 = −6``."""
        return Term(f"{self.called(i)} = {short_number(self.data[i])}")

    def derivation(self, i: int) -> Derivation:
        """All formulas of one value."""
        return derive(self.notation, self.numbers, i)


def is_short(number: float) -> bool:
    """A number that can be worked with by hand."""
    return number == 0.0 or (isfinite(number) and 1e-3 <= abs(number) < 1e5)


def are_short(numbers: Sequence[float], places: Sequence[int]) -> bool:
    """Whether the numbers at these places can be worked with by hand."""
    return all(is_short(numbers[place]) for place in places)


def _distinct(names: Mapping[int, str]) -> tuple[dict[int, str], frozenset[int]]:
    """Names by which values can be told apart, ``h`` and then ``h (12)``; and who shares none."""
    found = ((index, plain_name(name)) for index, name in names.items())
    shown = {index: formula_text(name) for index, name in found if name is not None}
    times = Counter(shown.values())
    first: dict[str, int] = {}
    for index, name in shown.items():
        first.setdefault(name, index)
    distinct = {
        index: name if first[name] == index else f"{name} ({index})"
        for index, name in shown.items()
    }
    return distinct, frozenset(index for index, name in shown.items() if times[name] == 1)
