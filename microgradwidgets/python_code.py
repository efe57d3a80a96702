"""A graph as the Python code that builds it anew: the same numbers and gradients, to the last bit.

Values with a name, and those that are used more than once, get a line each; a nameless step is
written inside the line that uses it. What comes out is the same graph, operand for operand, so
that gradients are added up in the same order too.

JavaScript's twin is ``js/src/formula/python.ts``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from keyword import kwlist
from math import isfinite
from typing import NamedTuple

from .engine import Op, Value, expect_value
from .tape import Leaves, Tape
from .tape_bytes import ADD, LEAF, MUL, OP_NAMES, SUB

LONGEST_LINE = 80
LONGEST_IDENTIFIER = 40

# How tightly a piece of code holds together.
_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)

_NO_IDENTIFIER = re.compile("[^A-Za-z0-9_\u0391-\u03a1\u03a3-\u03a9\u03b1-\u03c9]+")
_NOT_PLAIN = re.compile(
    r"[^ !#-\[\]-~\u00a1-\u00ac\u00ae-\u024f\u0370-\u03ff\u0400-\u0482\u048a-\u04ff"
    r"\u2010-\u2015\u2080-\u209c\u2200-\u22ff\u4e00-\u9fff]"
)
"""What a label in code is not to hold as it is: quotes, and whatever could hide or steer."""

_METHODS = {"relu", "tanh", "exp", "log", "sigmoid"}
_RESERVED = {*kwlist, "Value", "float"}


def to_python(value: Value, *, names: Mapping[int, str] | None = None) -> str:
    """Python code that builds the expression behind a value; its last line makes the value.

    Args:
        value: the output.
        names: id → name, for values without a label.

    >>> a, b = Value(-4.0, label="a"), Value(2.0, label="b")
    >>> print(to_python(a / (b + 1)))
    from microgradwidgets import Value
    <BLANKLINE>
    a = Value(-4.0, label="a")
    b = Value(2.0, label="b")
    result = a / (b + 1.0)
    <BLANKLINE>
    """
    return tape_python(Tape.record(expect_value(value, "value"), names))


def tape_python(tape: Tape, leaves: Leaves = None) -> str:
    """What :func:`to_python` gives, of a tape and perhaps other numbers of its leaves."""
    writer = _Writer(tape, tape.filled(leaves))
    for i in range(len(tape)):
        writer.write(i)
    return "\n".join(["from microgradwidgets import Value", "", *writer.lines, ""])


class _Piece(NamedTuple):
    """Code for one value; that of a plain number makes no value by itself."""

    code: str
    level: int = _ATOM
    is_number: bool = False
    is_bound: bool = False

    def at_least(self, level: int) -> str:
        return self.code if self.level >= level else f"({self.code})"

    @property
    def as_value(self) -> _Piece:
        return _Piece(f"Value({self.code})") if self.is_number else self


class _Writer:
    """Goes through a tape once; what has no line of its own waits in ``_pieces`` for its use."""

    def __init__(self, tape: Tape, data: list[float]) -> None:
        self.lines: list[str] = []
        self._tape, self._data = tape, data
        self._pieces: dict[int, _Piece] = {}
        self._divisors: dict[int, int] = {}
        self._taken = dict.fromkeys(_RESERVED, 1)
        self._uses = [0] * len(tape)
        for operand in (*tape.left, *tape.right):
            if operand >= 0:
                self._uses[operand] += 1

    def write(self, i: int) -> None:
        tape, label = self._tape, self._tape.names.get(i)
        is_passing = label is None and self._uses[i] == 1
        base = tape.left[i]
        if is_passing and tape.op(i) == ("pow", -1.0) and base not in self._divisors:
            self._divisors[i] = base  # perhaps a division: its one use will tell
            return
        self._pieces[i] = self._made(i)
        if not is_passing:
            self._bind(i)

    def _bind(self, i: int) -> None:
        """Give a value a line of its own."""
        label, piece = self._tape.names.get(i), self._pieces[i].as_value
        code = piece.code if label is None else _labelled(self._tape.op(i), piece, quoted(label))
        is_output = i == len(self._tape) - 1
        wanted = ("result" if is_output else f"v{i}") if label is None else label
        name = self._free_name(identifier(wanted) or f"v{i}")
        self.lines.append(f"{name} = {code}")
        self._pieces[i] = _Piece(name, is_bound=True)

    def _free_name(self, base: str) -> str:
        name = base
        while name in self._taken:
            self._taken[base] += 1
            name = f"{base}_{self._taken[base]}"
        self._taken[name] = 1
        return name

    # -- operations -------------------------------------------------------------------------------

    def _made(self, i: int) -> _Piece:
        tape, code = self._tape, self._tape.ops[i]
        if code == LEAF:
            return _number(self._data[i])
        left, right = tape.left[i], tape.right[i]
        if right < 0:
            self._make_room(left)
            return self._unary(i, self._use(left).as_value)
        is_division = code == MUL and right in self._divisors
        if is_division:
            right = self._divisors.pop(right)
        self._make_room(left, right)
        a, b = self._use(left), self._use(right)
        a = a.as_value if b.is_number else a
        level = _SUM if code in (ADD, SUB) else _PRODUCT
        sign = "/" if is_division else OP_NAMES[code]
        return _Piece(f"{a.at_least(level)} {sign} {b.at_least(level + 1)}", level)

    def _unary(self, i: int, operand: _Piece) -> _Piece:
        op = self._tape.op(i)
        if not isinstance(op, str):
            return _power(operand, op[1])
        if op == "neg":
            return _Piece(f"-{operand.at_least(_SIGN)}", _SIGN)
        return _Piece(f"{operand.at_least(_ATOM)}.{op}()")

    def _make_room(self, *operands: int) -> None:
        """Move operands to lines of their own where this one would become too long."""
        pieces = {i: self._pieces[i] for i in map(self._behind, operands)}
        while sum(len(piece.code) for piece in pieces.values()) > LONGEST_LINE:
            free = [i for i, piece in pieces.items() if not piece.is_bound]
            if not free:
                break
            longest = max(free, key=lambda i: len(pieces[i].code))
            self._bind(longest)
            pieces[longest] = self._pieces[longest]

    def _behind(self, i: int) -> int:
        return self._divisors.get(i, i)

    def _use(self, i: int) -> _Piece:
        if i in self._divisors:
            return _power(self._use(self._divisors.pop(i)).as_value, -1.0)
        piece = self._pieces[i]
        return piece if piece.is_bound else self._pieces.pop(i)


def _number(number: float) -> _Piece:
    code = float_code(number)
    return _Piece(code, _SIGN if code.startswith("-") else _ATOM, is_number=True)


def _labelled(op: Op, piece: _Piece, label: str) -> str:
    if op == "leaf":
        return f"{piece.code[:-1]}, label={label})"
    if op in _METHODS:
        return f"{piece.code[:-1]}label={label})"
    return f"{piece.at_least(_ATOM)}.with_label({label})"


def _power(base: _Piece, exponent: float) -> _Piece:
    is_short = exponent.is_integer() and abs(exponent) < 1e15 and repr(exponent) != "-0.0"
    written = str(int(exponent)) if is_short else float_code(exponent)
    return _Piece(f"{base.at_least(_ATOM)}**{written}", _POWER)


def float_code(number: float) -> str:
    """Code that makes a number: its shortest digits, or ``float("inf")``.

    >>> float_code(0.1), float_code(-0.0), float_code(1e16), float_code(float("nan"))
    ('0.1', '-0.0', '1e+16', 'float("nan")')
    """
    return repr(number) if isfinite(number) else f'float("{number}")'


def quoted(label: str) -> str:
    r"""A label as a string literal: what could hide or steer in code becomes an escape.

    >>> print(quoted('say "π" \u202e'))
    "say \"π\" \u202e"
    """
    return f'"{_NOT_PLAIN.sub(_escaped, label)}"'


def _escaped(found: re.Match[str]) -> str:
    character, code = found[0], ord(found[0])
    if character in '"\\':
        return "\\" + character
    if character == "\n":
        return "\\n"
    return (
        f"\\x{code:02x}"
        if code < 0x100
        else f"\\u{code:04x}"
        if code < 0x10000
        else f"\\U{code:08x}"
    )


def identifier(label: str) -> str:
    """A label as the name of a variable; empty where nothing of it can stay.

    >>> identifier("layer 1 · w2"), identifier("2nd"), identifier("!?")
    ('layer_1_w2', 'v2nd', '')
    """
    name = _NO_IDENTIFIER.sub("_", label).strip("_")[:LONGEST_IDENTIFIER].rstrip("_")
    return f"v{name}" if name[:1].isdigit() else name
