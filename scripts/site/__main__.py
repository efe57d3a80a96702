"""Put the static site together: an index, the course, the gallery, the documents and the reference.

``make site`` runs this in ``.venv-lite``, behind ``make lite``. All links are relative.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path

from microgradwidgets import __version__
from scripts.site.documents import documents, style_sheet, write_documents
from scripts.site.gallery import ENTRIES, write_gallery
from scripts.site.reference import write_reference

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SITE = ROOT / "dist" / "site"
LITE = ROOT / "dist" / "lite"
WORK = ROOT / "build" / "site"


def build() -> None:
    """Write it all anew."""
    for folder in (SITE, WORK):
        shutil.rmtree(folder, ignore_errors=True)
    SITE.mkdir(parents=True)
    shutil.copytree(LITE, SITE / "lite")
    for name in ("gallery", "images"):
        (SITE / name).mkdir()
    for theme in ("light", "dark"):
        shutil.copy(ROOT / "docs" / "images" / f"diagram-{theme}.png", SITE / "images")
    write_gallery(SITE / "gallery")
    write_documents(SITE / "docs")
    write_reference(SITE / "api", WORK / "templates")
    (SITE / "style.css").write_text(style_sheet(), encoding="utf-8")
    text = (HERE / "index.html").read_text("utf-8")
    gallery = (card(f"gallery/{e.name}.html", e.title, e.words) for e in ENTRIES)
    texts = (card(f"docs/{d.name}.html", d.title, d.words) for d in documents())
    for slot, content in (
        ("course", "\n".join(course())),
        ("gallery", "\n".join(gallery)),
        ("documents", "\n".join(texts)),
        ("version", __version__),
    ):
        text = text.replace("{{" + slot + "}}", content)
    (SITE / "index.html").write_text(text, encoding="utf-8")


def course() -> Iterator[str]:
    """A card for each notebook: its title, and its first sentence: what one can do at its end."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        first = "".join(json.loads(path.read_text("utf-8"))["cells"][0]["source"])
        title, _, words = first.removeprefix("# ").partition("\n")
        sentence = words.strip().partition(". ")[0].partition("\n")[0].rstrip(".") + "."
        yield card(f"lite/lab/index.html?path={path.name}", title, sentence)


def card(link: str, title: str, words: str) -> str:
    """One link with its title and what to expect behind it."""
    return f'<li><a href="{escape(link)}"><strong>{escape(title)}</strong>{escape(words)}</a></li>'


if __name__ == "__main__":
    build()
    print("site built", SITE.relative_to(ROOT))
