"""The bytes of a tape, version 1; JavaScript reads the same (``js/src/tape.ts``).

::

    "MGWT"  u8 version  u32 count  u32 leaves  u32 binaries  u32 powers  u32 header_length
    one zlib stream of the body:
        header_length bytes of ASCII JSON:
            {"names": [[index, text], …], "groups": [[name, parent or -1, output], …]}
        ops        u8  per value        codes: places in OP_NAMES
        left       u32 per operation    how far back the operand stands: at least 1
        right      u32 per binary operation
        leaves     f64 per leaf
        exponents  f64 per power
        group_of   u32 per value, only if there are groups: 0 none, else place in groups + 1

All numbers are little-endian and unaligned. Distances, not indices, are stored because they are
small and alike, and so compress well. Sizes stand before the stream, so that a reader never
inflates more than it was told to expect.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, NoReturn

from .records import closed

if TYPE_CHECKING:
    from .tape import Tape

OP_NAMES = ("leaf", "+", "-", "*", "neg", "pow", "relu", "tanh", "exp", "log", "sigmoid")
LEAF, ADD, SUB, MUL, POW = 0, 1, 2, 3, 5
OPERANDS = bytes([0, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1])

MOST_VALUES = 5_000_000
"""In the bytes of a tape. They may be a thousand times smaller than what they are read to."""

_MAGIC, _VERSION = b"MGWT", 1
_PREFIX = struct.Struct("<4sB5I")


@closed
@dataclass(frozen=True, slots=True)
class Group:
    """A part of the graph with a name: a neuron, a layer, an example.

    ``output`` is the index of the value that closes it, ``parent`` the place of the group around
    it in ``Tape.groups``, or None.

    >>> from microgradwidgets import MLP, Tape
    >>> [group.name for group in Tape.record(MLP(2, [1])([0.5, 1.0])).groups]
    ['layer 1', 'neuron 1']
    """

    name: str
    output: int
    parent: int | None = None


def pack(tape: Tape) -> bytes:
    if len(tape.ops) > MOST_VALUES:
        raise ValueError(
            f"expected at most {MOST_VALUES:,} values in a tape's bytes, got: {len(tape.ops):,}"
        )
    header = {
        "names": sorted(tape.names.items()),
        "groups": [[g.name, -1 if g.parent is None else g.parent, g.output] for g in tape.groups],
    }
    text = json.dumps(header, separators=(",", ":")).encode("ascii")
    left = [index - operand for index, operand in enumerate(tape.left) if operand >= 0]
    right = [index - operand for index, operand in enumerate(tape.right) if operand >= 0]
    body = b"".join(
        (
            text,
            tape.ops,
            _column("I", left),
            _column("I", right),
            _column("d", tape.leaves),
            _column("d", tape.exponents),
            _column("I", [place + 1 for place in tape.group_of]),
        )
    )
    sizes = (len(tape.ops), len(tape.leaves), len(right), len(tape.exponents), len(text))
    return _PREFIX.pack(_MAGIC, _VERSION, *sizes) + zlib.compress(body, 6)


def unpack(packed: bytes) -> dict[str, Any]:
    """The fields of a tape, checked: operands stand before their results, counts agree."""
    if len(packed) < _PREFIX.size or packed[:4] != _MAGIC:
        _malformed("bytes that begin with MGWT", bytes(packed[:8]))
    _, version, count, leaves, binaries, powers, length = _PREFIX.unpack_from(packed)
    if version != _VERSION:
        _malformed(f"version {_VERSION}", version)
    plain = length + count + 4 * (count - leaves) + 4 * binaries + 8 * (leaves + powers)
    if count < 1 or leaves > count:
        _malformed("at least one value and no more leaves than values", (count, leaves))
    if count > MOST_VALUES:
        _malformed(f"at most {MOST_VALUES:,} values", f"{count:,}")
    body = _inflated(packed[_PREFIX.size :], plain + 4 * count)
    names, groups = _header(body[:length], count)
    if len(body) != plain + (4 * count if groups else 0):
        _malformed(f"a body of {plain + (4 * count if groups else 0)} bytes", len(body))
    at = length + count
    ops = body[length:at]
    operands = ops.translate(OPERANDS + bytes([3] * (256 - len(OPERANDS))))
    if 3 in operands:
        _malformed(f"operations below {len(OPERANDS)}", max(ops))
    counted = (operands.count(0), operands.count(2), ops.count(POW))
    if counted != (leaves, binaries, powers):
        _malformed(f"{(leaves, binaries, powers)} leaves, binary operations, powers", counted)
    columns = []
    for code, size in zip("IIdd", (count - leaves, binaries, leaves, powers), strict=True):
        columns.append(_read(code, body[at : at + (4 if code == "I" else 8) * size]))
        at += (4 if code == "I" else 8) * size
    if not all(map(isfinite, columns[3])):
        _malformed("finite exponents", "another")
    left = _operands(operands, b"\1\2", columns[0])
    right = _operands(operands, b"\2", columns[1])
    if len({*left, *right} - {-1}) != count - 1:  # each stands before a result: never the last
        _malformed("every value but the last to be used", "one that leads nowhere")
    return {
        "ops": ops,
        "left": left,
        "right": right,
        "leaves": columns[2],
        "exponents": columns[3],
        "names": names,
        "groups": groups,
        "group_of": _group_of(body[at:], len(groups)),
    }


def _column(code: str, numbers: Iterable[float]) -> bytes:
    column = array(code, numbers)
    if sys.byteorder == "big":  # pragma: no cover - a machine of the other kind
        column.byteswap()
    return column.tobytes()


def _read(code: str, raw: bytes) -> Sequence[Any]:
    column = array(code)
    column.frombytes(raw)
    if sys.byteorder == "big":  # pragma: no cover - a machine of the other kind
        column.byteswap()
    return column.tolist()


def _inflated(stream: bytes, limit: int) -> bytes:
    inflater = zlib.decompressobj()
    try:
        body = inflater.decompress(stream, limit + 1)
    except zlib.error as error:
        _malformed("a zlib stream", error)
    if len(body) > limit or not inflater.eof:
        _malformed(f"a complete body of at most {limit} bytes", f"{len(body)} and more to come")
    if inflater.unused_data:
        _malformed("nothing after the stream", f"{len(inflater.unused_data)} bytes")
    return body


def _header(text: bytes, count: int) -> tuple[dict[int, str], list[Group]]:
    try:
        header = json.loads(
            text.decode("ascii"), parse_int=_number, parse_float=_number, parse_constant=_no_number
        )
        if {*header} != {"names", "groups"} or not all(type(x) is list for x in header.values()):
            raise ValueError(f"more, less or other than the two lists: {text[:60]!r}")
        names = {_place(index, count): _text(name) for index, name in header["names"]}
        groups = [
            Group(_text(name), _place(output, count), None if parent == -1 else _place(parent, at))
            for at, (name, parent, output) in enumerate(header["groups"])
        ]
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        _malformed("a header of names and groups", error)
    return names, groups


def _number(digits: str) -> float:
    """A number of JSON, in which 1.0 is 1: of so many digits as JavaScript has of it."""
    number = float(digits)
    return int(number) if number.is_integer() else number


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _place(number: object, count: int) -> int:
    if type(number) is not int or not 0 <= number < count:
        raise ValueError(f"{number!r} is no place among {count}")
    return number


def _text(name: object) -> str:
    if not isinstance(name, str):
        raise TypeError(f"{name!r} is no text")
    return name


def _operands(operands: bytes, have_one: bytes, distances: Sequence[int]) -> list[int]:
    back = iter(distances)
    places = [index - next(back) if n in have_one else -1 for index, n in enumerate(operands)]
    if any((n in have_one) != (p >= 0) for n, p in zip(operands, places, strict=True)) or (
        0 in distances
    ):
        _malformed("operands that stand before their results", "another")
    return places


def _group_of(raw: bytes, groups: int) -> list[int]:
    places = [number - 1 for number in _read("I", raw)]
    if places and max(places) >= groups:
        _malformed(f"groups numbered below {groups}", max(places))
    return places


def _malformed(expected: str, got: object) -> NoReturn:
    raise ValueError(f"malformed tape: expected {expected}, got: {str(got)[:200]}")
