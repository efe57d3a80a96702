"""The bytes in which networks, points and results cross to a page and back.

::

    4 letters   u32 header_length   header, ASCII JSON, with "sections": lengths in bytes
    the sections, one behind the other

All numbers are little-endian; a section of doubles is its numbers as they are. JavaScript's twin
is ``js/src/training/packed.ts``.

>>> header, sections = unpack("MGWX", pack("MGWX", {"step": 4}, [[1.0, 2.5], b"abc"]))
>>> header, doubles("MGWX", sections, 0, count=2), sections[1]
({'step': 4}, [1.0, 2.5], b'abc')
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from .live_numbers import float_bytes, floats_of

_PREFIX = struct.Struct("<4sI")
MOST_SECTIONS = 100


def pack(
    mark: str, header: Mapping[str, Any], sections: Sequence[bytes | Sequence[float]]
) -> bytes:
    """A header and sections, each of bytes or of doubles, behind a mark of four letters."""
    parts = [part if isinstance(part, bytes) else float_bytes(part) for part in sections]
    words = {**header, "sections": [len(part) for part in parts]}
    text = json.dumps(words, separators=(",", ":"), allow_nan=False).encode("ascii")
    return b"".join((_PREFIX.pack(mark.encode("ascii"), len(text)), text, *parts))


def unpack(mark: str, packed: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The header and the sections; a ``ValueError`` says what is wrong with the bytes."""
    if len(packed) < _PREFIX.size:
        malformed(mark, f"at least {_PREFIX.size} bytes", len(packed))
    found, length = _PREFIX.unpack_from(packed)
    if found != mark.encode("ascii"):
        malformed(mark, f"bytes that begin with {mark}", found)
    at = _PREFIX.size + length
    if at > len(packed):
        malformed(mark, f"a header of at most {len(packed)} bytes", length)
    try:
        header = json.loads(packed[_PREFIX.size : at].decode("ascii"))
    except (ValueError, RecursionError):
        malformed(mark, "a header that is JSON", "another")
    if not isinstance(header, dict):
        malformed(mark, "a header that is an object", header)
    lengths = header.pop("sections", None)
    if not (isinstance(lengths, list) and len(lengths) <= MOST_SECTIONS):
        malformed(mark, "the lengths of its sections", lengths)
    sections = []
    for size in lengths:
        if type(size) is not int or not 0 <= size <= len(packed) - at:
            malformed(mark, f"a section of at most {len(packed) - at} bytes", size)
        sections.append(packed[at : at + size])
        at += size
    if at != len(packed):
        malformed(mark, f"{at} bytes in all", len(packed))
    return header, sections


def doubles(mark: str, sections: Sequence[bytes], place: int, count: int) -> list[float]:
    """The numbers of a section that must have ``count`` of them."""
    if place >= len(sections) or len(sections[place]) != 8 * count:
        got = f"{len(sections[place])} bytes" if place < len(sections) else "no such section"
        malformed(mark, f"{count} numbers in section {place}", got)
    return floats_of(sections[place])


def malformed(mark: str, expected: str, got: object) -> NoReturn:
    raise ValueError(f"malformed {mark}: expected {expected}, got: {str(got)[:200]}")
