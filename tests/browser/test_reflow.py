"""Little room and large letters: nothing is lost, and the page never scrolls sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import to_html, worksheet
from tests.browser.everyview import VIEWS
from tests.browser.reflow import TEXT_SPACING, troubles
from tests.browser.test_lesson_script import product
from tests.vectors import lecture_neuron

# 320 px is what a window of 1,280 px leaves at 400 %, and 640 px at 200 %.
SIZES = [(320, 640), (640, 480)]
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def complaints(page, place, sizes=SIZES):
    found = []
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        for spacing in ("", TEXT_SPACING):
            page.evaluate(
                "(style) => { document.getElementById('spacing').textContent = style }", spacing
            )
            page.evaluate(DRAWN)
            spaced = "spaced, " if spacing else ""
            found += [f"{width} px, {spaced}{trouble}" for trouble in troubles(page, place)]
    page.evaluate("() => { document.getElementById('spacing').textContent = '' }")
    return found


def can_be_spaced(page):
    page.evaluate(
        """() => {
          const style = document.createElement("style");
          style.id = "spacing";
          document.head.append(style);
        }"""
    )


@pytest.mark.parametrize("view", VIEWS)
def test_every_figure_fits_a_narrow_page_and_a_reader_s_own_spacing(plain, view):
    can_be_spaced(plain.page)
    VIEWS[view](plain, "light")
    assert complaints(plain.page, "body > div") == []


def test_a_lesson_fits_a_narrow_page(offline, tmp_path):
    page = offline(to_html(product(), tmp_path / "lesson.html"), bypass_csp=True)
    expect(page.locator(".mgw-box").first).to_be_visible(timeout=15_000)
    can_be_spaced(page)
    assert complaints(page, ".mgw-script") == []


def test_a_worksheet_fits_a_narrow_page(visit, jupyter):
    page = visit(bypass_csp=True).page
    address = jupyter.link("sheet.html")
    html = worksheet(lecture_neuron(), seed=7).to_html()
    page.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(address)
    can_be_spaced(page)
    assert complaints(page, "body") == []


def test_no_width_of_a_dashboard_breaks_a_word(plain):
    can_be_spaced(plain.page)
    VIEWS["dashboard"](plain, "light")
    widths = [(width, 900) for width in range(360, 1100, 60)]
    assert complaints(plain.page, ".mgw-dashboard", widths) == []
