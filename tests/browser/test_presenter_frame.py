"""Presenter mode in a frame on a slide: what the deck must hear is handed on to it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, embed, show
from tests.browser.decks import END, MIDDLE, TITLE, Deck

# All messages to the deck, as they come.
LISTEN = """() => {
  window.told = [];
  addEventListener("message", ({ data }) => window.told.push(data));
}"""


def product(**options):
    a, b = Value(2.0, label="a"), Value(3.0, label="b")
    return show((a * b).with_label("c"), **options)


def deck_with(plain_page, **options):
    frame = embed(product(), height=640, **options)
    deck = Deck(plain_page(viewport={"width": 1920, "height": 1080}), frame, width=1280)
    deck.page.evaluate(LISTEN)
    deck.go(MIDDLE)
    return deck


@pytest.fixture
def deck(plain_page):
    deck = deck_with(plain_page, presenter=True)
    click_inside(deck)
    return deck


def click_inside(deck):
    """By the mouse, into the middle of the frame: from then on all keys are the frame's."""
    expect(inside(deck).locator(".mgw-box")).to_have_count(3, timeout=20_000)
    at = deck.page.locator("iframe").bounding_box()
    deck.page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    deck.page.wait_for_function("document.activeElement.localName === 'iframe'")


def inside(deck):
    return deck.page.frame_locator("iframe")


def place(deck):
    return inside(deck).locator(".mgw-place-of")


def told(deck):
    return deck.page.evaluate("window.told.splice(0)")


def test_the_frame_is_walked_and_then_the_deck(deck):
    for done in range(4):
        deck.press("PageDown")
        expect(place(deck)).to_have_text(f"step {done} of 3")
    assert told(deck) == []
    deck.press("PageDown")
    deck.is_on(END)
    assert told(deck) == ['{"method":"next","args":[]}']
    # From here on the deck has the keys itself: the frame cannot be seen.
    deck.press("PageUp")
    deck.is_on(MIDDLE)
    assert told(deck) == []
    expect(place(deck)).to_have_text("step 3 of 3")


def test_back_behind_the_first_step_is_the_slide_before(deck):
    deck.press("PageDown", "PageUp")
    deck.is_on(TITLE)
    assert told(deck) == ['{"method":"prev","args":[]}']


@pytest.mark.parametrize("key", ["b", "v", ".", "/"])
def test_the_deck_goes_dark_and_light_again(deck, key):
    deck.press(key)
    deck.page.wait_for_function("Reveal.isPaused()")
    deck.press(key)
    deck.page.wait_for_function("!Reveal.isPaused()")
    deck.press("PageDown")
    expect(place(deck)).to_have_text("step 0 of 3")


@pytest.mark.parametrize("key", ["Escape", "o"])
def test_the_overview_has_the_keys_then(deck, key):
    deck.press(key)
    deck.page.wait_for_function("Reveal.isOverview()")
    deck.press("ArrowRight", "Escape")
    deck.page.wait_for_function("!Reveal.isOverview()")
    assert deck.slide == END


def test_notes_help_and_the_whole_screen_are_the_decks(deck):
    page = deck.page
    page.evaluate("Reveal.addKeyBinding({ keyCode: 83, key: 'S' }, () => (window.notes = true))")
    deck.press("s")
    page.wait_for_function("window.notes")
    deck.press("f")
    page.wait_for_function("document.fullscreenElement === document.documentElement")
    deck.press("Shift+Slash")
    expect(page.locator(".r-overlay")).to_be_visible()


def test_nothing_else_is_handed_on(deck):
    inside(deck).get_by_role("treeitem").last.focus()
    deck.press("ArrowLeft", "ArrowUp", "u", "0", "+", "n", "Home", "Enter", "Control+f")
    deck.page.keyboard.type("bofsv./?")
    expect(inside(deck).get_by_role("searchbox")).to_have_value("bofsv./?")
    assert told(deck) == []


def test_without_presenter_mode_nothing_is_handed_on(plain_page):
    deck = deck_with(plain_page)
    click_inside(deck)
    deck.press("PageDown", "b", "o", ".", "Escape")
    assert told(deck) == []
