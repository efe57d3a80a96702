"""Contrast in both themes, of every kind of figure: measured in the pixels, not in style sheets."""

from __future__ import annotations

import pytest

from microgradwidgets import show
from tests.browser.contrast import edge_contrasts, faint, line_contrasts, text_contrasts
from tests.browser.everyview import each_view
from tests.browser.expressions import LECTURE, made_names

FIELDS = "input:not([type=range]), select, textarea"
LINES = (
    ".mgw-box > rect.mgw-frame, .mgw-even > .mgw-frame, .mgw-odd > .mgw-frame, .mgw-arrow path, "
    ".mgw-mark path, .mgw-ringed .mgw-focus"
)


@pytest.mark.measured
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_fields_and_lines_stand_out(plain, theme, measured):
    texts, lines = [], []
    for name, place in each_view(plain, theme):
        words = text_contrasts(plain.page, place)
        assert len(words) > 20, name
        marks = [
            *edge_contrasts(plain.page, FIELDS, place),
            *line_contrasts(plain.page, LINES, place),
        ]
        assert faint(words) == [], name
        assert faint(marks) == [], name
        texts += words
        lines += marks
    lowest = min(c.ratio for c in texts if c.wanted > 3)
    measured(f"lowest contrast of {len(texts)} texts, {theme}", f"{lowest} : 1", "4.5 : 1")
    lowest = min(c.ratio for c in lines)
    measured(f"lowest contrast of {len(lines)} lines, {theme}", f"{lowest} : 1", "3 : 1")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_too_faint_is_found(plain, theme):
    """The measure itself: a text and a field that are made faint are named, and no others."""
    names = made_names(LECTURE)
    figure = plain.show(show(names["o"], names=names), theme=theme)
    figure.root.evaluate(
        """(root) => {
          root.querySelector(".mgw-summary").style.opacity = "0.3";
          const select = root.querySelector("select");
          select.style.borderColor = select.style.background = "transparent";
          root.querySelector(".mgw-arrow").style.opacity = "0.2";
        }"""
    )
    assert {c.words[:3] for c in faint(text_contrasts(plain.page))} == {"o =", "−3"}
    assert len(faint(edge_contrasts(plain.page, FIELDS))) == 1
    assert faint(line_contrasts(plain.page, LINES)) != []
