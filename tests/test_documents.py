"""What the documents name is there: links, files, targets of make."""

from __future__ import annotations

import re

import pytest

from scripts.site.documents import html_of
from tests.processes import ROOT

PAGES = [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("*.md"))]

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@pages
def test_every_link_leads_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in link:
            continue
        file, _, place = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        if place and target.suffix == ".md":
            assert place in places(target.read_text("utf-8")), link


def places(text: str) -> set[str]:
    """What GitHub calls the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pages
def test_every_file_of_ours_is_there(page):
    named = re.findall(
        r"\b(?:microgradwidgets|js|tests|scripts|docs|notebooks)/[\w./-]*\w",
        page.read_text("utf-8"),
    )
    assert [path for path in named if not (ROOT / path).exists()] == []


@pages
def test_every_target_of_make_is_there(page):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    named = re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
    assert {first or second for first, second in named} <= targets


def test_the_cells_of_the_lessons_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / "teaching.md").read_text("utf-8")
    cells = re.findall(r"^```python\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    assert len(cells) > 8
    scope: dict[str, object] = {}
    for cell in cells:
        exec(compile(cell, "teaching.md", "exec"), scope)
    assert not scope["check"]("02.1", 12.0).correct
    assert 100_000 < (tmp_path / "neuron.html").stat().st_size < 1_500_000


def test_a_document_is_put_into_the_site_with_its_links():
    assert html_of("## Why `tanh`, x?") == '<h2 id="why-tanh-x">Why <code>tanh</code>, x?</h2>\n'
    linked = html_of("[Why](why.md#why-tanh), [PyPI](https://pypi.org/x.md)")
    assert 'href="why.html#why-tanh"' in linked
    assert 'href="https://pypi.org/x.md"' in linked
    assert html_of("```python\n>>> 1 < 2\nTrue\n```").count("&lt;") == 1
