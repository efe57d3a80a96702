"""Fingers: a tap selects, one finger moves the picture, two zoom it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import show
from tests.browser.expressions import README, made_names


@pytest.fixture
def phone(plain_page):
    return plain_page(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)


@pytest.fixture
def figure(phone):
    names = made_names(README)
    return phone.show(show(names["g"], names=names))


@pytest.fixture
def touch(phone):
    """Puts fingers on the glass, moves them there, lifts them: ``touch(fingers, fingers, ...)``."""
    session = phone.page.context.new_cdp_session(phone.page)

    def send(kind, fingers):
        points = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def touch(*places):
        send("touchStart", places[0])
        for fingers in places[1:]:
            send("touchMove", fingers)
        send("touchEnd", [])

    yield touch
    session.detach()


def middle(area):
    return area["x"] + area["width"] / 2, area["y"] + area["height"] / 2


def scale(figure):
    return float(figure.transform.partition("scale(")[2].rstrip(")"))


def test_a_tap_selects_and_a_second_one_lets_go(phone, figure):
    phone.page.touchscreen.tap(*middle(figure.box("g").area))
    expect(figure.panel).to_be_visible()
    assert figure.selected == ["g"]
    expect(figure.named("g")).to_be_focused()
    phone.page.touchscreen.tap(*middle(figure.box("g").area))
    assert figure.selected == []


def test_one_finger_moves_the_picture_once_it_has_the_focus(figure, touch):
    x, y = figure.empty_place()
    touch([(x, y)])
    before = middle(figure.box("g").area)
    touch([(x, y)], *([(x - dx, y)] for dx in range(10, 70, 10)))
    after = middle(figure.box("g").area)
    assert after == pytest.approx((before[0] - 60, before[1]), abs=2)
    assert figure.selected == []


def test_two_fingers_zoom_about_the_place_between_them(figure, touch):
    stage = figure.stage.bounding_box()
    x, y = middle(stage)
    before = scale(figure)
    touch([figure.empty_place()])
    touch(*([(x - gap, y), (x + gap, y)] for gap in range(30, 95, 5)))
    assert scale(figure) == pytest.approx(before * 3, rel=0.15)
    assert figure.selected == []
    touch(*([(x - gap, y), (x + gap, y)] for gap in range(90, 25, -5)))
    assert scale(figure) == pytest.approx(before, rel=0.15)
    # Two fingers are no tap, and leave nothing behind: the next finger alone only moves.
    zoomed = scale(figure)
    touch([(x, y)], *([(x, y + dy)] for dy in range(5, 30, 5)))
    assert scale(figure) == zoomed


def test_the_list_is_for_fingers_too(phone, figure):
    figure.root.get_by_role("button", name="List").tap()
    row = figure.named("e")
    assert row.bounding_box()["height"] >= 24
    row.tap()
    assert figure.selected == ["e"]
    stage, box = figure.stage.bounding_box(), figure.box("e").area
    assert stage["x"] <= box["x"]
    assert box["x"] + box["width"] <= stage["x"] + stage["width"]
