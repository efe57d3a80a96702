"""Labels and numbers as text that is safe to show; JavaScript's twin is ``js/src/text.ts``."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from math import inf

MINUS = "−"
SHOWN_CHARACTERS = 200

_LINE_BREAKS = re.compile(r"\r\n?|\n")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ISOLATES, _EMBEDDINGS = "\u2066\u2067\u2068", "\u202a\u202b\u202d\u202e"
_FIRST_STRONG_ISOLATE, _POP_ISOLATE, _POP_EMBEDDING = "\u2068", "\u2069", "\u202c"


def visible_text(label: str) -> str:
    r"""A label as it may be shown: nothing hidden, nothing that steers, at most 200 characters.

    Control characters become their pictures, characters that no file may hold become escapes,
    every line break one ``\n``; the rest stays as it is.

    >>> visible_text("a" + chr(27) + "[31m" + chr(0xD800))
    'a␛[31m\\uD800'
    """
    text = _LINE_BREAKS.sub("\n", label[: 2 * SHOWN_CHARACTERS]).replace("\t", " ")
    cut = len(text) > SHOWN_CHARACTERS or len(label) > 2 * SHOWN_CHARACTERS
    shown = _UNPRINTABLE.sub(_escape, text[:SHOWN_CHARACTERS])
    return shown + "…" if cut else shown


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"\\u{code:04X}"


def is_blank(label: str) -> bool:
    """Whether there is nothing to see in a label, so that it names nothing."""
    start = visible_text(label)[:SHOWN_CHARACTERS]  # without the sign that something was cut
    return not start.replace("\ufeff", " ").strip()


def isolated(text: str) -> str:
    """Text whose direction controls end with it, so that what stands beside it keeps its order.

    Only text that holds such controls is changed. Where there is CSS, ``unicode-bidi: isolate``
    does the same without a character more.
    """
    if not _BIDI_CONTROLS.search(text):
        return text
    pending: list[str] = []
    opening = _FIRST_STRONG_ISOLATE
    for character in text:
        if character in _ISOLATES:
            pending.append(_POP_ISOLATE)
        elif character in _EMBEDDINGS:
            pending.append(_POP_EMBEDDING)
        elif pending and character == pending[-1]:
            pending.pop()
        elif character == _POP_ISOLATE:
            opening += _FIRST_STRONG_ISOLATE  # else this one would end ours too early
    return opening + text + "".join(reversed(pending)) + _POP_ISOLATE


def number_text(number: float) -> str:
    """Four decimals where they say something, an exponent elsewhere; a zero without its sign.

    >>> number_text(24.70408163265306), number_text(1.5e9), number_text(-0.0)
    ('24.7041', '1.5000e+09', '0.0000')
    """
    if number == 0.0:
        return "0.0000"
    if 1e-3 <= abs(number) < 1e5:
        return f"{number:.4f}"
    return f"{number:.4e}"


def loss_text(loss: float) -> str:
    """Four decimals, and an exponent where a loss has run away.

    >>> loss_text(0.03934823), loss_text(4.88e200)
    ('0.0393', '4.8800e+200')
    """
    return f"{loss:.4f}" if abs(loss) < 1e5 else number_text(loss)


def short_number(number: float) -> str:
    """A number as the pictures write it: four decimals at most, and a minus sign of its own.

    Its twin is ``shortNumber`` in ``js/src/text.ts``; ``tests/data/short_numbers.json`` holds them
    to one another.

    >>> [short_number(x) for x in (-4.0, 0.5, 0.99999, 123456789.0)]
    ['−4', '0.5', '1.0000', '1.235e+8']
    """
    if number != number or abs(number) == inf:
        return f"{number}".replace("-", MINUS)
    if number == 0.0:
        return "0"
    exact = Decimal(abs(number))
    if 1e-3 <= exact < 100_000:
        text = f"{exact.quantize(Decimal('0.0001'), ROUND_HALF_UP):f}"
        shown = text.rstrip("0").rstrip(".") if float(text) == abs(number) else text
    else:
        text = f"{Context(prec=4, rounding=ROUND_HALF_UP).create_decimal(exact):.3e}"
        shown = re.sub(r"\.?0+e", "e", text) if float(text) == abs(number) else text
    return (MINUS if number < 0.0 else "") + shown.replace("-", MINUS)


def bracketed(text: str) -> str:
    """A number below zero as a factor or a term needs brackets: 2 × (−3).

    >>> bracketed("−3"), bracketed("3")
    ('(−3)', '3')
    """
    return f"({text})" if text.startswith(MINUS) else text


def op_text(op: str | tuple[str, float]) -> str:
    """An operation as one writes it: ``+``, ``relu``, ``**2``.

    >>> op_text(("pow", -1.0))
    '**-1'
    """
    return op if isinstance(op, str) else f"**{op[1]:.17g}"
