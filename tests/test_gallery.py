"""The gallery says and shows what its code draws; UPDATE_GALLERY=1 writes it anew."""

from __future__ import annotations

import ast
import os

import pytest

from scripts.site.gallery import ENTRIES
from tests.gallery import PAGE, PICTURES, Seen, code, posed, with_entries

LARGEST = 20_000

pytestmark = pytest.mark.usefixtures("_no_widget_left")

entries = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)


def test_the_page_has_every_entry():
    if os.environ.get("UPDATE_GALLERY") == "1":
        PAGE.write_text(with_entries(PAGE.read_text("utf-8")), "utf-8")
    text = PAGE.read_text("utf-8")
    assert text == with_entries(text), f"UPDATE_GALLERY=1 writes {PAGE.name}"


@entries
def test_its_picture_shows_what_is_drawn(entry):
    svg, _ = posed(entry)
    path = PICTURES / f"{entry.name}.svg"
    if os.environ.get("UPDATE_GALLERY") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        path.write_text(svg, "utf-8")
    assert path.exists(), f"UPDATE_GALLERY=1 writes {path.name}"
    assert len(svg) < LARGEST
    kept, drawn = Seen.of(path.read_text("utf-8")), Seen.of(svg)
    assert (kept.parts, kept.texts) == (drawn.parts, drawn.texts)
    assert kept.size == pytest.approx(drawn.size, rel=0.15)


def test_there_is_no_picture_of_nothing():
    assert {path.stem for path in PICTURES.glob("*.svg")} == {entry.name for entry in ENTRIES}


@entries
def test_its_code_shows_the_same(entry):
    cell = ast.parse(code(entry))
    last = cell.body.pop()
    assert isinstance(last, ast.Expr)
    scope: dict[str, object] = {}
    exec(compile(cell, "cell", "exec"), scope)
    shown = eval(compile(ast.Expression(last.value), "cell", "eval"), scope)
    expected = entry.make()
    assert repr(shown) == repr(expected)
    shown.close()
    expected.close()
