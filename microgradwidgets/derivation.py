r"""The chain rule at one value, as formulas: in symbols first, then with the numbers put in.

>>> from microgradwidgets import Value
>>> n = Value(0.5, label="n")
>>> for row in formulas(n.tanh(label="o")):
...     print(row["kind"], row["latex"])
operation o = \tanh\left(n\right) = \tanh\left(0.5\right) = 0.4621
local derivative \frac{\partial o}{\partial n} = 1 - o^{2} = 1 - 0.4621^{2} = 0.7864
total derivative \frac{\partial o}{\partial o} = 1

JavaScript's twin is ``js/src/formula/derivation.ts``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .engine import Value, expect_value
from .formula import (
    ONE,
    TWO,
    Formula,
    derivative,
    equal,
    fraction,
    function,
    negative,
    plain_number,
    power,
    product,
    shown_of,
    terms,
    total,
)
from .gradients import Gradients, expect_gradients
from .latex import latex
from .notation import Entry, Notation, Say, is_written
from .tape import Tape
from .tape_bytes import LEAF, OP_NAMES

MOST_WHERE = 4
MINUS_ONE: Formula = ("number", "-1")


class Numbers:
    """The numbers of a tape as text."""

    def __init__(self, tape: Tape, data: Sequence[float], gradients: Sequence[float]) -> None:
        self._tape, self._data, self._gradients = tape, data, gradients

    def value(self, i: int) -> str:
        return plain_number(self._data[i])

    def gradient(self, i: int) -> str:
        return plain_number(self._gradients[i])

    def slope(self, entries: Sequence[Entry], following: Callable[[Entry], Entry | None]) -> str:
        """A derivative: the sum over all entries, each the local one there.

        Args:
            entries: where an operand enters an operation.
            following: where the way goes on through a part, whose derivative is a factor then.
        """
        total = 0.0
        for entry in entries:
            after = following(entry)
            total += self._local(entry) * (1.0 if after is None else self._local(after))
        return plain_number(total)

    def _local(self, entry: Entry) -> float:
        to, side = entry
        left, right = self._tape.left[to], self._tape.right[to]
        name = OP_NAMES[self._tape.ops[to]]
        if name == "*":
            return self._data[left if side else right]
        if name in "+-":
            return -1.0 if side and name == "-" else 1.0
        return self._tape.function(to)(self._data[left])[1]


@dataclass(frozen=True)
class Derivation:
    """What can be said of one value; ``more`` counts operands that are left out of ``locals``."""

    operation: Formula
    locals: list[Formula]
    more: int
    total: Formula
    where: list[Formula]


def derive(notation: Notation, numbers: Numbers, i: int, *, seeded: bool = True) -> Derivation:
    """The formulas of value ``i``.

    Args:
        notation: how the values are called and written.
        numbers: their numbers.
        i: index of the value.
        seeded: whether the gradients are those of the tape's own output.
    """
    return _Deriving(notation, numbers, i, seeded).result()


class _Deriving:
    def __init__(self, notation: Notation, numbers: Numbers, i: int, seeded: bool) -> None:
        self.notation, self.numbers, self.i = notation, numbers, i
        self.output = len(notation.tape) - 1
        self.seeded = seeded
        notation.met.clear()

    def result(self) -> Derivation:
        operation = self.operation()
        locals_, more = self.local_derivatives()
        total = self.total_derivative()
        return Derivation(operation, locals_, more, total, self.where())

    def call(self, i: int) -> Formula:
        """The value that all this is about goes by its own name: one formula says what that is."""
        return self.notation.own(i) if i == self.i else self.notation.call(i)

    def variable(self, i: int) -> Formula:
        return self.notation.own(i) if i == self.i else self.notation.variable(i)

    def number(self, i: int) -> Formula:
        return ("number", self.numbers.value(i))

    def operation(self) -> Formula:
        notation, i = self.notation, self.i
        own, number = notation.own(i), self.number(i)
        if notation.tape.ops[i] == LEAF:
            return equal(own, number)
        return equal(own, notation.expanded(i), notation.operation(i, self.number), number)

    def local_derivatives(self) -> tuple[list[Formula], int]:
        """One equation per operand; a constant has none, since nothing ever changes it."""
        notation, i = self.notation, self.i
        if notation.tape.ops[i] == LEAF:
            return [], 0
        entries: dict[int, list[Entry]] = {}
        for entry in notation.entries(i):
            operand = notation.operand(entry)
            if not notation.is_constant(operand):
                entries.setdefault(operand, []).append(entry)
        shown = shown_of([*entries.items()])
        lines = [
            equal(
                derivative(notation.own(i), self.variable(operand)),
                self.slopes(here, self.call),
                self.slopes(here, self.number),
                self.slope_number(here),
            )
            for operand, here in shown
        ]
        return lines, len(entries) - len(shown)

    def total_derivative(self) -> Formula:
        """``∂L/∂x = Σ ∂L/∂u · ∂u/∂x`` over all ``u`` that are made from ``x``."""
        notation, i = self.notation, self.i
        left_side = derivative(self.target(), self.variable(i))
        gradient = ("number", self.numbers.gradient(i))
        entries: dict[int, list[Entry]] = {}
        for to, _, a, b in notation.tape.steps:
            for side, operand in enumerate((a, b)):
                if operand == i:
                    entries.setdefault(notation.root(to), []).append((to, side))
        if not entries:
            return equal(left_side, gradient)
        by_name, by_rule, by_number = [], [], []
        for user, here in shown_of([*entries.items()]):
            slope = self.slopes(here, self.call)
            upstream = None
            if not (user == self.output and self.seeded):  # else ∂L/∂L, which is 1
                upstream = derivative(self.target(), self.variable(user))
            through = derivative(self.variable(user), self.variable(i))
            by_name.append(slope if upstream is None else product(upstream, through))
            by_rule.append(slope if upstream is None else product(upstream, slope))
            passed_on = ("number", self.numbers.gradient(user))
            by_number.append(product(passed_on, self.slope_number(here)))
        sums = [_sum(len(entries), parts) for parts in (by_name, by_rule, by_number)]
        return equal(left_side, *sums, gradient)

    def target(self) -> Formula:
        """What is differentiated: the output, or what a given table was made for."""
        if self.seeded:
            return self.variable(self.output)
        return ("name", self.notation.free_letter("LJE"), "", "")

    def where(self) -> list[Formula]:
        """What stands behind the placeholders, those met first before those in their formulas."""
        notation, told = self.notation, {self.i}
        lines: dict[int, Formula] = {}
        while len(lines) < MOST_WHERE:
            met = [j for j in sorted(notation.met - told, reverse=True) if not notation.is_named(j)]
            if not met:
                break
            told.update(met)
            for j in met[: MOST_WHERE - len(lines)]:
                is_leaf = notation.tape.ops[j] == LEAF
                meaning = self.number(j) if is_leaf else notation.expanded(j)
                lines[j] = equal(notation.own(j), meaning)
        return [lines[j] for j in sorted(lines)]

    # -- one use of an operand --------------------------------------------------------------------

    def slopes(self, entries: Sequence[Entry], say: Say) -> Formula:
        """The derivative of an operation by an operand that enters it at all these places."""
        return _sum(len(entries), [self.slope(entry, say) for entry in shown_of(entries)])

    def slope(self, entry: Entry, say: Say) -> Formula:
        notation, (to, side) = self.notation, entry
        tape, host = notation.tape, notation.host
        left, right = tape.left[to], tape.right[to]
        match OP_NAMES[tape.ops[to]]:
            case "+":
                return ONE
            case "-":
                return MINUS_ONE if side else ONE
            case "*":
                other = left if side else right
                return fraction(ONE, say(tape.left[other])) if other in host else say(other)
            case "neg":
                return MINUS_ONE
            case "pow" if self.is_divisor(entry):
                return negative(fraction(say(tape.left[host[to]]), power(say(left), TWO)))
            case "pow":
                return _power_slope(notation.exponent(to), say(left))
            case "relu":
                return ("condition", say(left))
            case "tanh":
                return terms([("+", ONE), ("-", power(say(to), TWO))])
            case "exp":
                return function("exp", say(left))
            case "log":
                return fraction(ONE, say(left))
            case _:
                return product(say(to), terms([("+", ONE), ("-", say(to))]))

    def slope_number(self, entries: Sequence[Entry]) -> Formula:
        """A divisor goes through its reciprocal, which is then multiplied by the dividend."""

        def following(entry: Entry) -> Entry | None:
            return (self.notation.host[entry[0]], 1) if self.is_divisor(entry) else None

        return ("number", self.numbers.slope(entries, following))

    def is_divisor(self, entry: Entry) -> bool:
        to, _ = entry
        is_part = to in self.notation.host and to != self.i
        return is_part and OP_NAMES[self.notation.tape.ops[to]] == "pow"


def _power_slope(exponent: float, base: Formula) -> Formula:
    if exponent == 0.0:
        return ("number", "0")
    if exponent == 1.0:
        return ONE
    less = ("number", plain_number(exponent - 1.0))
    rest = base if exponent == 2.0 else power(base, less)
    return product(("number", plain_number(exponent)), rest)


def _sum(count: int, parts: Sequence[Formula]) -> Formula:
    return total(count, [("+", part) for part in parts])


def formulas(
    output: Value,
    value: Value | None = None,
    gradients: Gradients | None = None,
    *,
    notation: Literal["written", "primitives"] = "written",
    names: Mapping[int, str] | None = None,
) -> list[dict[str, Any]]:
    r"""The operation behind a value, its local derivatives and its total derivative, as LaTeX.

    Args:
        output: the expression.
        value: one of the values that lead to it; the output if not given.
        gradients: a table to take the numbers from; the output's own if not given.
        notation: ``"written"`` as the learner wrote it, ``"primitives"`` operation by operation.
        names: id → name, for values without a label.

    Returns:
        Rows ``{"kind": …, "latex": …}``. Their kinds are ``"operation"``, ``"local derivative"``,
        ``"total derivative"``, and ``"where"`` for what stands behind names such as v₁₂.

    >>> from microgradwidgets import Value
    >>> a, b = Value(3.0, label="a"), Value(5.0, label="b")
    >>> for row in formulas((a * b).with_label("c")):
    ...     print(row["kind"], row["latex"], sep=": ")
    operation: c = a \cdot b = 3 \cdot 5 = 15
    local derivative: \frac{\partial c}{\partial a} = b = 5
    local derivative: \frac{\partial c}{\partial b} = a = 3
    total derivative: \frac{\partial c}{\partial c} = 1
    """
    tape = Tape.record(expect_value(output, "output"), names)
    index = len(tape) - 1 if value is None else tape.index(expect_value(value, "value"))
    data = tape.replay()
    table = tape.gradients(data=data)
    if gradients is not None:
        known = expect_gradients(gradients)
        table = [known[key] for key in tape.ids]
    numbers = Numbers(tape, data, table)
    writing = Notation(tape, numbers.value, written=is_written(notation))
    about = derive(writing, numbers, index, seeded=table[-1] == 1.0)
    rows = [("operation", about.operation)]
    rows += [("local derivative", line) for line in about.locals]
    rows += [("total derivative", about.total)]
    rows += [("where", line) for line in about.where]
    return [{"kind": kind, "latex": latex(formula)} for kind, formula in rows]
