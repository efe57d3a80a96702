"""How the values of a tape are written: as the learner wrote them, or operation by operation.

A tape knows ``a / b`` as ``a * b ** -1`` and a sum of a hundred terms as 99 additions. *As
written* puts such steps together again, where nothing else uses them and none has a name, and
writes nameless steps out inside the formula that uses them. *As primitives* shows one operation at
a time. JavaScript's twin is ``js/src/formula/notation.ts``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from .arguments import is_one_of
from .arithmetic import described
from .formula import (
    Formula,
    fraction,
    function,
    negative,
    plain_number,
    power,
    product,
    shown_of,
    size,
    total,
)
from .symbols import symbol
from .tape import Tape
from .tape_bytes import ADD, LEAF, MUL, OP_NAMES, POW, SUB

Entry: TypeAlias = tuple[int, int]
"""Where an operand enters: the operation on the tape, and 0 or 1 for its left or right side."""

Say: TypeAlias = Callable[[int], Formula]
"""How to write a value inside a formula: by its name, its number, or written out."""

MOST_SYMBOLS = 24
"""A formula of more numbers, names and indices is written with fewer steps inside it."""

DEEPEST = 8
MOST_INLINE = 3


class Notation:
    """The formulas of one tape.

    Args:
        tape: the expression.
        number: index → the text of its number.
        written: as the learner wrote it, not operation by operation.
        read: how a label is read as a name; None where it names nothing.

    ``met`` collects the values that formulas call by a name or a placeholder.
    """

    def __init__(
        self,
        tape: Tape,
        number: Callable[[int], str],
        *,
        written: bool = True,
        read: Callable[[str], Formula | None] = symbol,
    ) -> None:
        self.tape = tape
        self.met: set[int] = set()
        self._number = number
        self._deepest = DEEPEST if written else 0
        found = ((index, read(label)) for index, label in tape.names.items())
        self._symbols = {index: name for index, name in found if name is not None}
        self._letter = self.free_letter("vutsrq")
        self._entries: dict[int, list[Entry]] = {}
        self._uses = [0] * len(tape)
        for _, _, a, b in tape.steps:
            self._uses[a] += 1
            if b >= 0:
                self._uses[b] += 1
        self.host = self._hosts() if written else {}
        self._roots: dict[int, int] = {}
        for part in sorted(self.host, reverse=True):
            host = self.host[part]
            self._roots[part] = self._roots.get(host, host)

    def free_letter(self, letters: str) -> str:
        """The first that no value is called by."""
        taken = {name[1] for name in self._symbols.values()}
        return next((letter for letter in letters if letter not in taken), letters[0])

    def _hosts(self) -> dict[int, int]:
        """What is written as a part of another operation only → that operation."""
        hosts = {}
        tape, sums = self.tape, (ADD, SUB)
        for index, code, a, b in tape.steps:
            if code in sums and tape.ops[a] in sums and self._is_passing(a):
                hosts[a] = index
            elif code == MUL and tape.op(b) == ("pow", -1.0) and self._is_passing(b):
                hosts[b] = index
        return hosts

    def _is_passing(self, i: int) -> bool:
        """A step that one other uses and nobody named."""
        return self._uses[i] == 1 and i not in self._symbols

    def root(self, i: int) -> int:
        """The operation that ``i`` is written as a part of: itself, as a rule."""
        return self._roots.get(i, i)

    def is_constant(self, i: int) -> bool:
        return self.tape.ops[i] == LEAF and i not in self._symbols

    def is_named(self, i: int) -> bool:
        return i in self._symbols

    # -- what to call a value ---------------------------------------------------------------------

    def own(self, i: int) -> Formula:
        """Its name, or ``v12`` where it has none."""
        self.met.add(i)
        return self._symbols.get(i) or ("name", self._letter, str(i), "")

    def number(self, i: int) -> Formula:
        return ("number", self._number(i))

    def call(self, i: int) -> Formula:
        """Its name; its number; its operation, if that is short; else ``v12``."""
        if self.is_constant(i):
            return self.number(i)
        return self.operation(i, self.call) if self._is_short(i) else self.own(i)

    def variable(self, i: int) -> Formula:
        """The same for where a number makes no sense: to differentiate by."""
        return self.own(i) if self.is_constant(i) else self.call(i)

    def _is_short(self, i: int) -> bool:
        if i in self._symbols or self.tape.ops[i] == LEAF:
            return False
        operands = [self.operand(entry) for entry in self.entries(i)]
        plain = (j in self._symbols or self.tape.ops[j] == LEAF for j in operands)
        return len(operands) <= MOST_INLINE and all(plain)

    # -- operations -------------------------------------------------------------------------------

    def entries(self, i: int) -> list[Entry]:
        """Where operands enter what is written as one operation, from left to right."""
        if i not in self._entries:
            self._entries[i] = self._found_entries(i)
        return self._entries[i]

    def _found_entries(self, i: int) -> list[Entry]:
        tape, right = self.tape, self.tape.right[i]
        if tape.ops[i] in (ADD, SUB):
            chain = [(i, 1)]
            while tape.left[i] in self.host:
                i = tape.left[i]
                chain.append((i, 1))
            return [(i, 0), *reversed(chain)]
        if right in self.host:
            return [(i, 0), (right, 0)]
        return [(i, 0)] if right < 0 else [(i, 0), (i, 1)]

    def operand(self, entry: Entry) -> int:
        to, side = entry
        return (self.tape.right if side else self.tape.left)[to]

    def operation(self, i: int, say: Say) -> Formula:
        """What ``i`` is made by, with its operands as ``say`` has them."""
        code, entries = self.tape.ops[i], self.entries(i)
        if code in (ADD, SUB):
            signed = [(self._sign(entry), say(self.operand(entry))) for entry in shown_of(entries)]
            return total(len(entries), signed)
        said = [say(self.operand(entry)) for entry in entries]
        if code == MUL:
            return fraction(*said) if self.tape.right[i] in self.host else product(*said)
        if code == POW:
            return power(said[0], ("number", plain_number(self.exponent(i))))
        name = OP_NAMES[code]
        return negative(*said) if name == "neg" else function(name, *said)

    def _sign(self, entry: Entry) -> str:
        to, side = entry
        return "-" if side and self.tape.ops[to] == SUB else "+"

    def exponent(self, i: int) -> float:
        op = self.tape.op(i)
        assert not isinstance(op, str)
        return op[1]

    def expanded(self, i: int) -> Formula:
        """The operation with nameless steps written out inside it, as deep as there is room."""
        met = self.met
        for depth in range(self._deepest, -1, -1):  # pragma: no branch - at 0 there is room
            self.met = set(met)
            attempt = _Expansion(self, MOST_SYMBOLS)
            formula = self.operation(i, attempt.inside(depth))
            if attempt.room >= 0:
                break
        return formula

    def _is_written_out(self, i: int) -> bool:
        return self.tape.ops[i] != LEAF and self._is_passing(i)


class _Expansion:
    """One attempt at a depth; it gives up quietly when there are too many symbols."""

    def __init__(self, notation: Notation, room: int) -> None:
        self._notation = notation
        self.room = room

    def inside(self, depth: int) -> Say:
        def say(i: int) -> Formula:
            notation = self._notation
            if depth > 0 and self.room >= 0 and notation._is_written_out(i):
                return notation.operation(i, self.inside(depth - 1))
            formula = notation.call(i)
            self.room -= size(formula)
            return formula

        return say


def is_written(notation: object) -> bool:
    """Whether values shall be written as the learner wrote them, and not operation by operation."""
    if not is_one_of(notation, ("written", "primitives")):
        raise ValueError(
            f"expected notation to be 'written' or 'primitives', got: {described(notation)}"
        )
    return notation == "written"
