"""Spoils tapes: their bytes, their streams, their sizes, their columns and their headers."""

from __future__ import annotations

import gzip
import json
import struct
import zlib
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

from microgradwidgets import MLP, Tape
from microgradwidgets.tape_bytes import OPERANDS
from tests.graphs import EXPONENTS, UNARY, build, grouped_tape

PREFIX = struct.Struct("<4sB5I")
EXTREMES = (0, 1, 2, 3, 127, 128, 255, 256, 65_535, 2**16, 2**31 - 1, 2**31, 2**32 - 2, 2**32 - 1)
DOUBLES = (
    0x7FF0000000000000,  # inf
    0xFFF0000000000000,
    0x7FF8000000000000,  # nan
    0x7FF0000000000001,  # a signalling nan
    0xFFFFFFFFFFFFFFFF,  # a nan that is all payload
    0x8000000000000000,  # -0
    0x0000000000000001,  # the smallest
    0x7FEFFFFFFFFFFFFF,  # the largest
)
TEXTS = (
    "",
    "x",
    "\ud800",
    "\ud83d",
    "\u202e",
    "\x00",
    "</script>",
    "é",
    "😀",
    "__proto__",
    "a" * 300,
)


class Parts:
    """A tape taken apart: its header as text, and its columns as bytes."""

    def __init__(self, packed: bytes) -> None:
        self.sizes = [*PREFIX.unpack_from(packed)[2:]]
        body = zlib.decompress(packed[PREFIX.size :])
        count, leaves, binaries, powers, header = self.sizes
        ends = [header, count, 4 * (count - leaves), 4 * binaries, 8 * leaves, 8 * powers]
        self.columns: list[bytearray] = []
        for size in ends:
            self.columns.append(bytearray(body[:size]))
            body = body[size:]
        self.columns.append(bytearray(body))

    def packed(self, level: int = 1) -> bytes:
        """With the size of its header as it is now; all other sizes as they are said to be."""
        sizes = [*self.sizes[:4], len(self.columns[0])]
        return PREFIX.pack(b"MGWT", 1, *sizes) + zlib.compress(b"".join(self.columns), level)


def sound(draw: Random) -> bytes:
    """The bytes of a tape with nothing wrong."""
    kind = draw.randrange(6)
    if kind == 0:
        return grouped_tape().to_bytes()
    if kind == 1:
        return Tape.record(MLP(2, [2, 1])([draw.random(), draw.random()])).to_bytes()
    leaves = [draw.uniform(-3.0, 3.0) for _ in range(draw.randint(1, 5))]
    operations = ("add", "sub", "mul", "divide", "pow", *UNARY)
    steps = [
        (draw.choice(operations), draw.randrange(5), draw.randrange(41), draw.choice(EXPONENTS))
        for _ in range(draw.randint(0, 20))
    ]
    return Tape.record(build(leaves, steps).with_label(draw.choice(TEXTS))).to_bytes()


def spoiled(draw: Random) -> tuple[str, bytes]:
    """What was done, and what came of it."""
    way = draw.choice(WAYS)
    return way.__name__, way(sound(draw), draw)


def flipped_bits(packed: bytes, draw: Random) -> bytes:
    found = bytearray(packed)
    for _ in range(draw.randint(1, 8)):
        place = draw.randrange(8 * len(found))
        found[place // 8] ^= 1 << place % 8
    return bytes(found)


def cut_or_drawn_out(packed: bytes, draw: Random) -> bytes:
    place = draw.randrange(len(packed) + 1)
    tails = (b"", packed[place + 1 :], draw.randbytes(9), packed[-4:], packed[place:] + packed[-4:])
    return packed[:place] + draw.choice(tails)


def spliced(packed: bytes, draw: Random) -> bytes:
    other = sound(draw)
    return packed[: draw.randrange(len(packed) + 1)] + other[draw.randrange(len(other) + 1) :]


def other_sizes(packed: bytes, draw: Random) -> bytes:
    sizes = [*PREFIX.unpack_from(packed)[2:]]
    for place in draw.sample(range(5), draw.randint(1, 3)):
        near = (sizes[place] + draw.randint(-2, 2)) % 2**32
        sizes[place] = draw.choice((near, draw.choice(EXTREMES), draw.randrange(2**32)))
    mark = draw.choice((b"MGWT",) * 8 + (b"MGWR", b"mgwt"))
    version = draw.choice((1,) * 8 + (0, 2, 255))
    return PREFIX.pack(mark, version, *sizes) + packed[PREFIX.size :]


def other_stream(packed: bytes, draw: Random) -> bytes:
    """The same body, or a bomb, in some other stream."""
    front, body = packed[: PREFIX.size], zlib.decompress(packed[PREFIX.size :])
    if draw.randrange(4) == 0:
        body += bytes(draw.choice((1, 1000, 10_000_000)))
    stream = zlib.compress(body, draw.randrange(10))
    checksum = stream[-4:]
    windowed = zlib.compressobj(9, zlib.DEFLATED, draw.choice((9, 12, -15, 15, 31)))
    known = zlib.compressobj(zdict=body[:20])
    return (
        front
        + draw.choice(
            (
                stream,
                stream + checksum,
                stream + draw.randbytes(5) + checksum,
                stream[:-4],
                stream[:-4] + draw.randbytes(4),
                stream[:2] + b"\x00\x00\x00\xff\xff" + stream[2:],  # an empty stored block before
                stream + stream,
                gzip.compress(body, mtime=0),
                windowed.compress(body) + windowed.flush(),
                known.compress(body) + known.flush(),
                bytes([draw.randrange(256), draw.randrange(256)]) + stream[2:],
                zlib.compress(body[: draw.randrange(len(body) + 1)]),
                body,
            )
        )
    )


def other_columns(packed: bytes, draw: Random) -> bytes:
    """Sizes that agree, and columns that need not."""
    parts = Parts(packed)
    for _ in range(draw.randint(1, 3)):
        place = draw.randrange(1, 7)
        column = parts.columns[place]
        width = 1 if place == 1 else 8 if place in (4, 5) else 4
        if not column:
            continue
        at = width * draw.randrange(len(column) // width)
        whole = draw.choice((draw.choice(EXTREMES), draw.randrange(len(parts.columns[1]) + 3)))
        if width == 1:
            column[at] = draw.choice((draw.randrange(12), draw.randrange(256)))
        elif width == 4:
            column[at : at + 4] = struct.pack("<I", whole)
        else:
            bits = draw.choice((*DOUBLES, draw.getrandbits(64)))
            column[at : at + 8] = struct.pack("<Q", bits)
    return parts.packed()


def other_graph(packed: bytes, draw: Random) -> bytes:
    """A graph drawn anew under the old header: mostly one that could be, sometimes with a flaw."""
    header = Parts(packed).columns[0]
    count = draw.randint(1, 14)
    ops = bytes([0] + [draw.choice((0, 1, 2, 3, 4, 5, 6, 7, 10)) for _ in range(count - 1)])
    left, right = [], []
    unused = set(range(count - 1))

    def back(place: int) -> int:
        """How far away an operand stands: one that nothing uses yet, or any."""
        waiting = [p for p in unused if p < place]
        operand = draw.choice(waiting) if waiting and draw.random() < 0.9 else draw.randrange(place)
        unused.discard(operand)
        flaw = draw.random() < 0.01
        return draw.choice((0, place + 1, 2**32 - 1)) if flaw else place - operand

    for place, op in enumerate(ops):
        if OPERANDS[op] >= 1:
            left.append(back(place))
        if OPERANDS[op] == 2:
            right.append(back(place))
    doubles = [draw.choice((1.5, -2.0, 0.0, float("nan"), draw.gauss(0, 1))) for _ in ops]
    leaves, powers = ops.count(0), ops.count(5)
    exponents = [draw.choice(EXPONENTS) for _ in range(powers)]
    groups = json.loads(header)["groups"]
    members = [draw.randrange(len(groups) + 1) for _ in ops] if groups else []
    body = b"".join(
        (
            bytes(header),
            ops,
            struct.pack(f"<{len(left)}I", *left),
            struct.pack(f"<{len(right)}I", *right),
            struct.pack(f"<{leaves}d", *doubles[:leaves]),
            struct.pack(f"<{powers}d", *exponents),
            struct.pack(f"<{len(members)}I", *members),
        )
    )
    sizes = (count, leaves, len(right), powers, len(header))
    return PREFIX.pack(b"MGWT", 1, *sizes) + zlib.compress(body, 1)


def other_header(packed: bytes, draw: Random) -> bytes:
    """A header that is JSON, and says something else."""
    parts = Parts(packed)
    header = json.loads(parts.columns[0])
    odd: tuple[Any, ...] = (
        *(0, -1, 1, 2, 1.0, 0.0, -0.0, -1.0, 1e400, float("nan"), 10**30, True, False, None),
        *("0", "", [], {}, [0], [[0, "x"]], [[0, "x"], [0, "y"]], [["g", -1, 0]], {"0": "x"}),
        *([["g", -1, 0], ["h", 0, 0]], [["g", 0, 0]], [["g", -1, 0, 1]], [0, "x"], *TEXTS),
        [[False, "x"]],
    )
    for _ in range(draw.randint(1, 2)):
        at: Any = header
        key: Any = draw.choice(("names", "groups", "names", "groups", "more"))
        while isinstance(at.get(key) if isinstance(at, dict) else at[key], list):
            inner = at[key] if isinstance(at, (dict, list)) else None
            if not inner or draw.random() < 0.3:
                break
            at, key = inner, draw.randrange(len(inner))
        if isinstance(at, dict) and key in at and draw.random() < 0.2:
            del at[key]
            break
        at[key] = deepcopy(draw.choice(odd))
    parts.columns[0] = bytearray(json.dumps(header, separators=(",", ":")).encode())
    return parts.packed()


def other_text(packed: bytes, draw: Random) -> bytes:
    """A header whose bytes are damaged, so that most are no JSON or no ASCII."""
    parts = Parts(packed)
    text = parts.columns[0]
    pieces = (
        *(
            b"\xff",
            b"\xc0\x80",
            b"\xed\xa0\x80",
            b"\xc3\xa9",
            b"\xef\xbb\xbf",
            b"\x00",
            b" ",
            b"\n",
        ),
        *(
            b"\\ud800",
            b"\\u0000",
            b"\\x41",
            b"NaN",
            b"Infinity",
            b"1e0",
            b"-0",
            b"01",
            b"+1",
            b"//",
        ),
        *(b'"names":[],', b'"__proto__":{},', b"[" * 5000, b"9" * 400, b",", b"}", b'"', b"'"),
        *(b"1e999", b"\\", b"\t", b"\x1f", b"\x7f", b"\xc2\x85", b"\xe2\x80\xa8"),
    )
    for _ in range(draw.randint(1, 2)):
        at = draw.randrange(len(text) + 1)
        text[at : at + draw.choice((0, 0, 1, 3))] = draw.choice(pieces)
    return parts.packed()


WAYS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flipped_bits,
    cut_or_drawn_out,
    spliced,
    other_sizes,
    other_stream,
    other_columns,
    other_columns,
    other_graph,
    other_graph,
    other_header,
    other_header,
    other_text,
)
"""Those that often leave something sound stand twice: there is more to be seen in them."""
