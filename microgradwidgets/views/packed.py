"""The bytes in which networks, points and results cross to the page and back.

::

    4 letters   u32 header_length   header, ASCII JSON, with "sections": lengths in bytes
    the sections, one behind the other

All numbers are little-endian. JavaScript's twin is ``js/src/training/packed.ts``.

>>> unpack("MGWX", pack("MGWX", {"step": 3}, [b"abc"]))
({'step': 3, 'sections': [3]}, [b'abc'])
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any, NoReturn

_PREFIX = struct.Struct("<4sI")


def pack(mark: str, header: Mapping[str, Any], sections: Sequence[bytes]) -> bytes:
    words = {**header, "sections": [len(section) for section in sections]}
    text = json.dumps(words, separators=(",", ":"), allow_nan=False).encode("ascii")
    return b"".join((_PREFIX.pack(mark.encode("ascii"), len(text)), text, *sections))


def unpack(mark: str, packed: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The header and the sections; a ``ValueError`` says what is wrong with the bytes."""
    if len(packed) < _PREFIX.size:
        _fail(mark, f"at least {_PREFIX.size} bytes", len(packed))
    found, length = _PREFIX.unpack_from(packed)
    if found != mark.encode("ascii"):
        _fail(mark, f"the mark {mark!r}", found)
    first = _PREFIX.size + length
    if first > len(packed):
        _fail(mark, f"a header of at most {len(packed)} bytes", first)
    try:
        header = json.loads(packed[_PREFIX.size : first])
    except (ValueError, RecursionError):
        _fail(mark, "a JSON header", "bytes that are not JSON")
    if not isinstance(header, dict):
        _fail(mark, "a JSON object as header", type(header).__name__)
    lengths = header.get("sections")
    if not (isinstance(lengths, list) and all(type(n) is int and n >= 0 for n in lengths)):
        _fail(mark, "the lengths of its sections", lengths)
    ends = [*accumulate(lengths, initial=first)]
    if ends[-1] != len(packed):
        _fail(mark, f"{ends[-1]} bytes in all", len(packed))
    return header, [packed[a:b] for a, b in pairwise(ends)]


def _fail(mark: str, expected: str, got: object) -> NoReturn:
    raise ValueError(f"{mark}: expected {expected}, got: {str(got)[:60]}")
