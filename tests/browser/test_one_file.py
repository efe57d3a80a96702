"""A page in one file, opened from the disk in each browser: what needs no Python lives in it."""

from __future__ import annotations

import pytest

from microgradwidgets import Dashboard, embed, misconceptions, page, show
from tests.browser.sheet import Sheet
from tests.grouped import loss
from tests.vectors import lecture_neuron

STEPS = "input.mgw-steps"
TRAINING = "input.mgw-transport-slider"
GRADIENTS = {"x1": -1.5, "w1": 1.0, "x2": 0.5, "w2": 0.0, "b": 0.5}


@pytest.fixture
def opened(tab, tmp_path):
    """Writes a page and opens it."""

    def opened(contents, **settings):
        path = tmp_path / "page.html"
        page(contents, path, **settings)
        tab.open(path)
        return Sheet(tab)

    return opened


@pytest.fixture
def framed(tab, tmp_path):
    """Opens somebody's page with a frame to paste, and goes into the frame."""

    def framed(widget):
        path = tmp_path / "blog.html"
        path.write_text(
            "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Blog</title></head>"
            f"<body><h1>A neuron</h1><p style='height: 1200px'>…</p>{embed(widget)}",
            encoding="utf-8",
        )
        tab.open(path)
        tab.enter("iframe")
        return Sheet(tab)

    return framed


# -- what every page must do, by itself and in a frame --------------------------------------------


def step_through(sheet):
    """By keys, from before the first step to after the last."""
    tab = sheet.tab
    tab.click_on(STEPS)
    tab.press("Home")
    sheet.says(".mgw-step-words", "the leaves have their numbers, and nothing else has")
    for _ in range(30):
        if sheet.step_of(STEPS) == "all shown":
            break
        tab.press("ArrowRight")
    assert {name: sheet.gradient(name) for name in GRADIENTS} == GRADIENTS


def edit(sheet):
    sheet.choose("x2")
    sheet.fill("x2, as a number", "1")
    sheet.tab.until("() => document.querySelector('.mgw-ghost')")
    assert sheet.value("o") == 0.9546
    sheet.tab.click_on("input[type=range]", "x2, between two ends")
    assert sheet.value("x2") == 0
    sheet.tab.press("ArrowLeft")
    assert sheet.value("x2") < 0
    assert sheet.value("o") < 0.7071
    sheet.press_button("Reset")
    assert sheet.value("o") == 0.7071


def explain(sheet):
    sheet.choose("w1")
    sheet.tab.click_on(".mgw-why > summary")
    sheet.says(".mgw-path", "2 × 1 × 1 × 0.5")


def train(sheet):
    tab = sheet.tab
    before = float(sheet.glance("loss"))
    sheet.tab.click_on(".mgw-dashboard button", "Play")
    tab.until("(css) => Number(document.querySelector(css).max) >= 25", TRAINING)
    sheet.tab.click_on(".mgw-dashboard button", "Pause")
    assert float(sheet.glance("loss")) < before
    tab.click_on(TRAINING)
    tab.press("Home")
    sheet.glances("step", "0 of ")
    tab.press("ArrowRight", "ArrowRight")
    sheet.glances("step", "2 of ")
    assert sheet.colours(".mgw-boundary-area canvas") > 20


# -- pages by themselves --------------------------------------------------------------------------


def test_a064_a_page_asks_nothing_of_the_network_and_complains_of_nothing(tab, opened):
    opened([lecture_neuron(), "Then a *training*.", Dashboard(hidden=[4]), misconceptions()])
    assert tab.outside == []
    assert tab.complaints == []
    stills = "() => [...document.querySelectorAll('.mgw-place img')].some((e) => e.offsetWidth)"
    assert not tab.evaluate(stills)


def test_a_diagram_steps_edits_and_explains(opened):
    sheet = opened(lecture_neuron())
    step_through(sheet)
    edit(sheet)
    explain(sheet)


def test_without_graphviz_it_does_so_too(opened):
    sheet = opened(lecture_neuron(), engine=False)
    step_through(sheet)
    edit(sheet)
    explain(sheet)


def test_a_dashboard_trains(opened):
    train(opened(Dashboard(hidden=[4])))


def test_predictions_are_answered(opened):
    sheet = opened(show(lecture_neuron(), predict=True))
    assert set(sheet.boxes["o"].texts) >= {"?"}
    sheet.fill("x1 × w1", "-6")
    sheet.says(".mgw-verdict-words", "Right.")


def test_groups_open_and_close(opened):
    sheet = opened(loss())
    closed = [*sheet.boxes]
    assert "L2 loss" in closed
    toggle = sheet.tab.place(".mgw-box .mgw-toggle")
    sheet.tab.click(*toggle)
    sheet.tab.until("(count) => document.querySelectorAll('.mgw-box').length > count", len(closed))
    sheet.tab.click_on(".mgw-outline .mgw-toggle")
    sheet.tab.until("(n) => document.querySelectorAll('.mgw-box').length === n", len(closed))
    assert [*sheet.boxes] == closed


def test_the_export_menu_opens_and_gives_the_text(opened):
    sheet = opened(lecture_neuron())
    sheet.press_button("Export")
    sheet.tab.click_on("[role=menuitem]", "Copy LaTeX")
    sheet.says(".mgw-live", "LaTeX copied")


def test_two_widgets_and_text_on_one_page(opened):
    sheet = opened(["# Two *things*", lecture_neuron(), "and a training:", Dashboard(hidden=[2])])
    sheet.says("h1", "Two things")
    sheet.says("p", "and a training:")
    edit(sheet)
    train(sheet)


# -- in a frame on somebody's page ----------------------------------------------------------------


def test_a_framed_diagram_steps_edits_and_explains(framed):
    sheet = framed(lecture_neuron())
    step_through(sheet)
    edit(sheet)
    explain(sheet)


def test_a_framed_dashboard_trains(framed):
    train(framed(Dashboard(hidden=[4])))
