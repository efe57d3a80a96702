"""What of a label is to be seen, said once more and apart from the product's own way."""

from __future__ import annotations

from itertools import islice

MOST = 200
STEERING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def meant(label: str) -> str:
    r"""As documented: one kind of line end, what is forbidden written out, at most 200 characters.

    Empty where there is nothing to see in it.

    >>> meant("a" + chr(9) + "b" + chr(27) + chr(0xD800)), meant(" " + chr(0x2028))
    ('a b␛\\uD800', '')
    """
    start = label[:2000].replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(map(written, islice(start, MOST)))
    if not shown.replace("\ufeff", "").strip():
        return ""
    return shown + "…" if len(start) > MOST else shown


def written(character: str) -> str:
    code = ord(character)
    if character == "\n":
        return character
    if character == "\t":
        return " "
    if code < 0x20 or code == 0x7F:
        return chr(0x2400 + code) if code < 0x20 else "\u2421"
    is_forbidden = 0x80 <= code < 0xA0 or 0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0
    return f"\\u{code:04X}" if is_forbidden or code in (0xFFFE, 0xFFFF) else character


def isolated(text: str) -> str:
    """Text that steers, with all around it that ends that; other text as it is."""
    if not STEERING & {*text}:
        return text
    opened, ends = 1, []
    for character in text:
        if character in "\u2066\u2067\u2068":
            ends.append("\u2069")
        elif character in "\u202a\u202b\u202d\u202e":
            ends.append("\u202c")
        elif ends and character == ends[-1]:
            ends.pop()
        elif character == "\u2069":
            opened += 1
    return "\u2068" * opened + text + "".join(reversed(ends)) + "\u2069"
