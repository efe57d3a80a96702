"""A lesson with no pointer and no eyes: keys go in, Chromium's accessibility tree comes out."""

from __future__ import annotations

import re

import pytest

from microgradwidgets import show
from tests.browser.access import focused_name, tree_rows, violations
from tests.browser.expressions import LECTURE, made_names

WINDOWS = {
    "plain": {},
    "twice as large": {"viewport": {"width": 640, "height": 480}, "device_scale_factor": 2},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


class Listener:
    """Somebody who hears what has the focus and what is announced, and presses keys."""

    def __init__(self, page, figure):
        self.page = page
        self.figure = figure
        self.press = page.keyboard.press
        self.type = page.keyboard.type

    def tab_to(self, role, name):
        for _ in range(60):
            found, said = focused_name(self.page)
            if found == role and said.startswith(name):
                return
            self.press("Tab")
        raise AssertionError(f"no {role} {name!r} in reach of the Tab key")

    def walk_to(self, name):
        """Through the whole graph against its arrows, as far as it takes."""
        self.press("End")
        for key in ["ArrowLeft"] * 8 + ["ArrowDown", "ArrowUp"] * 4:
            if self.row.startswith(f"{name} = "):
                return
            self.press(key)
        raise AssertionError(f"{name} not found, but {self.row}")

    @property
    def row(self):
        (row,) = [row for row in tree_rows(self.page) if row.focused]
        return row.name

    @property
    def announced(self):
        statuses = self.figure.root.get_by_role("status").all_text_contents()
        return " ".join(statuses).replace("\u00a0", " ")

    def hears(self, pattern):
        self.figure.until(lambda: re.search(pattern, self.announced), pattern)


@pytest.mark.parametrize("window", WINDOWS)
def test_find_hear_step_predict_and_change(plain_page, window):
    plain = plain_page(**WINDOWS[window])
    names = made_names(LECTURE)
    theme = "dark" if window == "dark" else "light"
    figure = plain.show(show(names["o"], names=names), theme=theme)
    listener = Listener(plain.page, figure)
    press = listener.press

    # Find w1, hear value and gradient.
    listener.tab_to("treeitem", "o = ")
    listener.walk_to("w1")
    assert listener.row == "w1 = −3, gradient 1.0000, leaf, leads to x1 × w1"
    press("g")
    listener.hears("w1: value −3, gradient 1.0000")

    # Step to it: its gradient comes last.
    listener.tab_to("slider", "Step")
    press("Home")
    assert "w1 = −3, gradient not known yet" in [row.name[:31] for row in tree_rows(plain.page)]
    press("End")
    listener.hears(r"Upstream 0\.5000 by local 2 adds 1\.0000 to w1")
    assert any(row.name.startswith("w1 = −3, gradient 1.0000") for row in tree_rows(plain.page))

    # Answer a prediction: wrongly, then rightly.
    press("Home")
    listener.tab_to("button", "Predict")
    press("Enter")
    listener.tab_to("textbox", "")
    listener.type("6")
    press("Enter")
    listener.hears("Right size, wrong sign")
    press("Control+a")
    listener.type("-6")
    press("Enter")
    listener.hears("Right")
    assert violations(plain.page) == []
    assert any(row.name.startswith("x1 × w1 = −6, ") for row in tree_rows(plain.page))
    listener.tab_to("button", "Predict")
    press("Enter")
    listener.tab_to("button", "Show all")
    press("Enter")

    # Change x1, and hear what came of it.
    listener.tab_to("treeitem", "")
    listener.walk_to("x1")
    press("e")
    listener.tab_to("textbox", "x1, as a number")
    press("Control+a")
    listener.type("3")
    press("Enter")
    listener.hears("x1 changed from 2 to 3")
    assert any(row.name.startswith("x1 × w1 = −9") for row in tree_rows(plain.page))
    assert violations(plain.page) == []

    # And out again: every Esc gives one thing back.
    for _ in range(5):
        press("Escape")
    assert focused_name(plain.page) == ("", "")
