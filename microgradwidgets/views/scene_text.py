"""The text of a scene: a little of Markdown, and words that are values of the figure beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from inspect import cleandoc
from typing import Any, TypeAlias

from ..arithmetic import described
from ..text import visible_text

Run: TypeAlias = Mapping[str, Any]
Paragraph: TypeAlias = Mapping[str, Any]

LONGEST = 5_000
"""Characters of one text: what is longer is no lesson beside a figure."""

NUMBERS = ("data", "grad")
"""What a text can quote of a value, as in ``{b.grad}``."""

_TOKEN = re.compile(
    r"\\(?P<escaped>[\\`*{}\[\]])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\*\*(?P<strong>[^*\s][^*]*)\*\*"
    r"|(?<![\w*])\*(?P<em>[^*\s][^*]*)\*(?!\w)"
    r"|\{(?P<quoted>[^{}\n]+)\}"
    r"|\[(?P<words>[^\[\]\n]+)\]\((?P<target>[^()\s]+)\)"
)
_ITEM = re.compile(r"[-*] +")


def read_text(text: str, place_of: Callable[[str], int | None]) -> list[Paragraph]:
    """The paragraphs of a text, as the page and the still picture set them.

    Args:
        text: paragraphs between empty lines; a line that begins with ``-`` is an item of a list.
            ``**bold**``, ``*italic*`` and ```code``` are what they are elsewhere; ``{b}`` and
            ``[words](b)`` name a value, ``{b.grad}`` and ``{b.data}`` quote a number of it.
            All else is text, HTML too.
        place_of: where a value of such a name stands on the tape; None if there is none.

    >>> [paragraph] = read_text("The *slope* of {b}", {"b": 1}.get)
    >>> [run["kind"] for run in paragraph["runs"]]
    ['plain', 'em', 'plain', 'node']
    """
    if not isinstance(text, str):
        raise TypeError(f"expected the text of a scene to be a str, got: {described(text)}")
    if len(text) > LONGEST:
        raise ValueError(
            f"expected a text of at most {LONGEST:,} characters, got: {len(text):,} characters"
        )
    return [
        {"item": is_item, "runs": [*_runs(block, place_of)]} for is_item, block in _blocks(text)
    ]


def _blocks(text: str) -> Iterator[tuple[bool, str]]:
    """Paragraphs and items of lists, each on one line."""
    for part in re.split(r"\n[ \t]*\n", cleandoc(text)):
        block: list[str] = []
        is_item = False
        for line in map(str.strip, part.splitlines()):
            found = _ITEM.match(line)
            if found and block:
                yield is_item, " ".join(block)
                block = []
            if found:
                is_item, line = True, line[found.end() :]
            block.append(line)
        if any(block):
            yield is_item, " ".join(block)


def _runs(block: str, place_of: Callable[[str], int | None]) -> Iterator[Run]:
    plain, end = "", 0
    for found in _TOKEN.finditer(block):
        plain += block[end : found.start()]
        end = found.end()
        if found["escaped"]:
            plain += found["escaped"]
            continue
        if plain:
            yield {"kind": "plain", "text": visible_text(plain)}
            plain = ""
        yield _run(found, place_of)
    plain += block[end:]
    if plain:
        yield {"kind": "plain", "text": visible_text(plain)}


def _run(found: re.Match[str], place_of: Callable[[str], int | None]) -> Run:
    for kind in ("code", "strong", "em"):
        if found[kind]:
            return {"kind": kind, "text": visible_text(found[kind])}
    if found["words"]:
        node = _expect_place(found["target"], place_of)
        return {"kind": "node", "text": visible_text(found["words"]), "node": node}
    name = found["quoted"].strip()
    value, dot, number = name.rpartition(".")
    if place_of(name) is not None or not dot or number not in NUMBERS:
        node = _expect_place(name, place_of)
        return {"kind": "node", "text": visible_text(name), "node": node}
    node = _expect_place(value, place_of)
    return {"kind": "number", "text": visible_text(value), "node": node, "of": number}


def read_number(name: str, place_of: Callable[[str], int | None]) -> Run:
    """What a name such as ``b.grad`` quotes: ``node`` and ``of``.

    >>> read_number("b.grad", {"b": 1}.get)
    {'node': 1, 'of': 'grad'}
    """
    value, dot, number = name.rpartition(".") if isinstance(name, str) else ("", "", "")
    if not dot or number not in NUMBERS:
        raise ValueError(
            f"expected the answer to be a number such as 'b.grad', got: {described(name)}"
        )
    return {"node": _expect_place(value, place_of), "of": number}


def _expect_place(name: str, place_of: Callable[[str], int | None]) -> int:
    place = place_of(name)
    if place is None:
        raise ValueError(
            "expected a text to name values of its figure, as in {b}, {b.grad}, {b.data} or "
            rf"[words](b), or a bracket as \{{, got: {described(name)}"
        )
    return place


TAGS = {"code": "code", "strong": "strong", "em": "em", "node": "b"}


def text_html(paragraphs: list[Paragraph], number: Callable[[int, str], str]) -> str:
    """Paragraphs as HTML that nothing lives in.

    Args:
        paragraphs: as :func:`read_text` gives them.
        number: the number that is quoted of a value, as text.
    """
    return "".join(
        f"<p>{'• ' if paragraph['item'] else ''}"
        f"{''.join(_run_html(run, number) for run in paragraph['runs'])}</p>"
        for paragraph in paragraphs
    )


def _run_html(run: Run, number: Callable[[int, str], str]) -> str:
    if run["kind"] == "number":
        return escape(number(run["node"], run["of"]))
    tag = TAGS.get(run["kind"])
    words = escape(run["text"])
    return words if tag is None else f"<{tag}>{words}</{tag}>"


def spoken_text(paragraphs: list[Paragraph]) -> str:
    """The first words of a text, for a name.

    >>> spoken_text(read_text("The **slope** of it", {}.get))
    'The slope of it'
    """
    return " ".join("".join(run["text"] for run in p["runs"]) for p in paragraphs)
