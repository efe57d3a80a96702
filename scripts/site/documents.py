"""The documents as pages that ask for nothing: Markdown in, HTML out, links among them kept."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

HERE = Path(__file__).resolve().parent
DOCS = HERE.parents[1] / "docs"
NAMES = (
    "why",
    "coming_from",
    "teaching",
    "gallery",
    "embedding",
    "hosts",
    "policies",
    "troubleshooting",
    "design",
)


class Document(NamedTuple):
    """One document: the name of its file, its title, and its first sentence."""

    name: str
    title: str
    words: str


def documents() -> Iterator[Document]:
    """All that are put into the site, in their order there."""
    for name in NAMES:
        title, _, rest = (DOCS / f"{name}.md").read_text("utf-8").partition("\n")
        first = re.sub(r"[*`]|\[([^]]*)\]\([^)]*\)", r"\1", rest.strip().partition("\n")[0])
        sentence = re.split(r"(?<=[.?])\s", first)[0].rstrip(":.") + "."
        yield Document(name, title.removeprefix("# "), sentence)


def write_documents(folder: Path) -> None:
    """Write a page for each document, and copy its pictures."""
    frame = (HERE / "document.html").read_text("utf-8")
    folder.mkdir()
    shutil.copytree(DOCS / "images" / "gallery", folder / "images" / "gallery")
    for name, title, _ in documents():
        text = (DOCS / f"{name}.md").read_text("utf-8")
        page = frame.replace("{{title}}", escape(title)).replace("{{text}}", html_of(text))
        (folder / f"{name}.html").write_text(page, encoding="utf-8")


def html_of(markdown: str) -> str:
    """A document as HTML, with headings that can be linked to, as GitHub names them."""
    parser = MarkdownIt("commonmark", {"highlight": coloured}).enable("table")
    tokens = parser.parse(markdown)
    for opening, inside in pairwise(tokens):
        if opening.type == "heading_open":
            letters = re.sub(r"[^\w\- ]", "", inside.content.lower())
            opening.attrSet("id", letters.replace(" ", "-"))
    for token in tokens:
        for part in token.children or ():
            relink(part)
    return str(parser.renderer.render(tokens, parser.options, {}))


def relink(part: Token) -> None:
    """Lead from one document to the page of another."""
    address = part.attrGet("href")
    if part.type == "link_open" and isinstance(address, str) and "://" not in address:
        part.attrSet("href", re.sub(r"\.md(?=#|$)", ".html", address))


def coloured(code: str, language: str, _more: str) -> str:
    """Code in colours, by classes that `style_sheet` names."""
    try:
        lexer = get_lexer_by_name("pycon" if code.startswith(">>> ") else language)
    except ClassNotFound:
        return escape(code)
    return str(highlight(code, lexer, HtmlFormatter(nowrap=True)))


def style_sheet() -> str:
    """What index and documents look like, and the colours of code, light and dark."""
    light, dark = (
        HtmlFormatter(style=style).get_style_defs("pre") for style in ("default", "github-dark")
    )
    own = (HERE / "style.css").read_text("utf-8")
    return f"{own}{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n"
