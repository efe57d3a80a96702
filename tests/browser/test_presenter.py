"""Presenter mode in a real slide deck: the remote walks the figures, the deck keeps its keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import Dashboard, Value, misconceptions, show
from tests.browser.decks import END, MIDDLE, TITLE, Deck
from tests.browser.figure import FIGURE, Figure
from tests.vectors import lecture_neuron

WINDOW = {"width": 1920, "height": 1080}
# Forward through five operations, the gradient of the output, backward through five.
STEPS = 11


@pytest.fixture
def host(plain_page):
    return plain_page(viewport=WINDOW)


@pytest.fixture
def deck(host):
    return Deck(host)


def product(**options):
    a, b = Value(2.0, label="a"), Value(3.0, label="b")
    return show((a * b).with_label("c"), presenter=True, **options)


@pytest.fixture
def neuron(deck):
    deck.put(show(lecture_neuron(), presenter=True))
    deck.go(MIDDLE)
    Figure(deck.page.locator(FIGURE).first).drawn()
    return deck


def step(deck, n=-1):
    return deck.page.evaluate("(n) => window.views.at(n) && window.model.get('step')", n)


def test_page_keys_walk_all_steps_and_then_the_slides(neuron):
    """Nothing has the focus: a lecturer has only the remote in hand."""
    assert neuron.page.evaluate("document.activeElement === document.body")
    neuron.press("PageDown")
    assert step(neuron) == 0
    for done in range(1, STEPS + 1):
        neuron.press("PageDown")
        assert (step(neuron), neuron.slide) == (done, MIDDLE)
    assert neuron.heard() == []
    neuron.press("PageDown")
    neuron.is_on(END)
    assert neuron.heard() == [("PageDown", False)]
    neuron.press("PageUp")
    neuron.is_on(MIDDLE)
    for done in range(STEPS - 1, -1, -1):
        neuron.press("PageUp")
        assert (step(neuron), neuron.slide) == (done, MIDDLE)
    neuron.press("PageUp")
    neuron.is_on(TITLE)
    assert step(neuron) == 0


def test_before_the_walk_begins_page_up_is_the_slides(neuron):
    neuron.press("PageUp")
    neuron.is_on(TITLE)
    assert step(neuron) is None


def test_a_figure_on_another_slide_hears_nothing(neuron):
    neuron.go(TITLE)
    neuron.press("PageDown")
    neuron.is_on(MIDDLE)
    assert step(neuron) is None
    neuron.go(END)
    neuron.press("PageUp")
    neuron.is_on(MIDDLE)
    assert step(neuron) is None


@pytest.mark.parametrize("key", ["b", "o"])
def test_a_deck_that_is_dark_or_shows_all_slides_is_not_walked(neuron, key):
    neuron.press("PageDown", key)
    neuron.page.wait_for_function("Reveal.isPaused() || Reveal.isOverview()")
    neuron.press("PageDown")
    assert step(neuron) == 0


def test_without_presenter_mode_page_keys_are_the_slides(deck):
    deck.put(show(lecture_neuron()))
    deck.go(MIDDLE)
    figure = Figure(deck.page.locator(FIGURE).first).drawn()
    figure.named("o").focus()
    deck.press("PageDown")
    deck.is_on(END)
    assert step(deck) is None


def test_presenter_mode_is_switched_on_and_off(deck):
    deck.put(show(lecture_neuron()))
    deck.go(MIDDLE)
    figure = Figure(deck.page.locator(FIGURE).first).drawn()
    width = figure.root.bounding_box()["width"]
    deck.host.set("presenter", True)
    deck.press("PageDown")
    assert step(deck) == 0
    assert figure.root.bounding_box()["width"] == pytest.approx(width, abs=1)
    deck.host.set("presenter", False)
    deck.press("PageDown")
    deck.is_on(END)
    assert figure.root.evaluate("(root) => [root.className, root.style.zoom]") == [
        "mgw mgw-wide",
        "",
    ]


def test_a_view_that_has_ended_hears_nothing(neuron):
    neuron.page.evaluate("window.views[0].end()")
    neuron.press("PageDown")
    neuron.is_on(END)


def test_two_figures_are_walked_in_reading_order_and_back(deck):
    deck.put(product())
    deck.page.evaluate("window.one = window.model")
    deck.put(product())
    deck.go(MIDDLE)
    expect(deck.page.locator(".mgw-box")).to_have_count(6)
    deck.page.add_style_tag(content=".reveal .middle.present { display: flex !important }")
    steps = "[window.one.get('step'), window.model.get('step')]"
    walked = []
    for _ in range(8):
        deck.press("PageDown")
        walked.append(deck.page.evaluate(steps))
    # One operation: forward, the gradient of the output, backward.
    first = [[n, None] for n in range(4)]
    assert walked == [*first, *([3, n] for n in range(4))]
    deck.press("PageUp")
    assert deck.page.evaluate(steps) == [3, 2]
    deck.page.locator(".mgw-stage").first.click(position={"x": 5, "y": 5})
    deck.press("PageUp")
    assert deck.page.evaluate(steps) == [2, 2]


PLACES = {
    "the list": '[role="treeitem"][tabindex="0"]',
    "a button": ".mgw-transport button >> nth=0",
    "a slider": ".mgw-steps",
    "a choice": ".mgw-toolbar select >> nth=0",
    "the menu": "[aria-haspopup=menu]",
}


@pytest.mark.parametrize("place", PLACES)
def test_the_deck_keeps_its_keys_wherever_the_focus_is(neuron, place):
    page = neuron.page
    # As the plug-in for speaker notes binds its key.
    page.evaluate("Reveal.addKeyBinding({ keyCode: 83, key: 'S' }, () => (window.notes = true))")

    def focus():
        page.locator(".middle .mgw").locator(PLACES[place]).focus()

    for key in ("b", "v", "."):
        focus()
        neuron.press(key)
        assert neuron.is_paused, key
        focus()
        neuron.press(key)
        assert not neuron.is_paused, key
    for key in ("Escape", "o"):
        focus()
        neuron.press(key)
        assert neuron.is_overview, key
        neuron.press(key)
        assert not neuron.is_overview, key
    focus()
    neuron.press("s")
    assert page.evaluate("window.notes")
    focus()
    neuron.press("Shift+Slash")
    expect(page.locator(".r-overlay")).to_be_visible()
    expect(page.locator(".mgw-help")).to_be_hidden()
    neuron.press("Escape")
    focus()
    neuron.press("f")
    page.wait_for_function("document.fullscreenElement === document.documentElement")
    assert page.locator(".mgw-full").count() == 0
    assert not any(prevented for _, prevented in neuron.heard())
    assert step(neuron) is None


def test_esc_closes_a_menu_on_its_way_to_the_deck(neuron):
    page = neuron.page
    page.get_by_role("button", name="Export", exact=True).click()
    neuron.press("Escape")
    expect(page.locator(".mgw-menu")).to_be_hidden()
    assert neuron.is_overview


def test_esc_closes_one_thing_at_a_time(neuron):
    page = neuron.page
    figure = Figure(page.locator(FIGURE).first)
    figure.named("o").focus()
    neuron.press("Enter", "Control+f")
    assert figure.selected == ["o"]
    expect(page.locator(".mgw-finder")).to_be_visible()
    neuron.press("Escape")
    expect(page.locator(".mgw-finder")).to_be_hidden()
    assert figure.selected == ["o"]


def test_what_is_typed_into_a_field_is_typed(neuron):
    page = neuron.page
    figure = Figure(page.locator(FIGURE).first)
    figure.named("o").focus()
    neuron.press("Control+f")
    page.keyboard.type("bofsv./?")
    assert page.locator(".mgw-finder input").input_value() == "bofsv./?"
    assert (neuron.is_paused, neuron.is_overview) == (False, False)


@pytest.mark.parametrize("field", [".mgw-steps", ".mgw-leaf-row input[type=text]"])
def test_a_field_with_the_focus_does_not_hold_the_slides_up(neuron, field):
    """A deck ignores all keys while an input has the focus, be it one that nobody types into."""
    page = neuron.page
    Figure(page.locator(FIGURE).first).named("x1").focus()
    neuron.press("Enter")
    neuron.host.set("step", STEPS - 1)
    page.locator(field).focus()
    neuron.press("PageDown")
    assert step(neuron) == STEPS
    page.locator(field).focus()
    neuron.press("PageDown")
    neuron.is_on(END)


def test_the_list_of_keys_says_whose_they_are(neuron):
    page = neuron.page
    page.get_by_role("button", name="Keys", exact=True).click()
    keys = page.locator(".mgw-help dt").all_inner_texts()
    assert keys[0] == "PageDown, PageUp"
    assert not {"F", "/", "U D B", ", ."} & {" ".join(key.split()) for key in keys}


def test_predictions_are_walked_as_the_stepper_walks_them(deck):
    deck.put(product(predict=True))
    deck.go(MIDDLE)
    expect(deck.page.locator(".mgw-box").first).to_be_visible()
    for done in (1, 2, 3):
        deck.press("PageDown")
        assert (step(deck), deck.slide) == (done, MIDDLE)
    deck.press("PageDown")
    deck.is_on(END)


def test_a_training_is_walked_by_tenths(deck):
    deck.put(Dashboard(hidden=[2], steps=30, presenter=True))
    deck.go(MIDDLE)
    expect(deck.page.locator(".mgw-transport-slider")).to_be_enabled()
    for done in range(3, 31, 3):
        deck.press("PageDown")
        expect(deck.page.locator(".mgw-transport-field")).to_have_value(str(done))
    deck.press("PageUp")
    expect(deck.page.locator(".mgw-transport-field")).to_have_value("27")
    deck.press("PageDown")
    expect(deck.page.locator(".mgw-transport-field")).to_have_value("30")
    assert deck.slide == MIDDLE
    deck.press("PageDown")
    deck.is_on(END)


DASHBOARD_PLACES = {
    "a button": ".mgw-transport-bar button >> nth=0",
    "a slider": ".mgw-transport-slider",
    "the curves": ".mgw-curves-stage",
    "the plane": ".mgw-boundary [tabindex='0'] >> nth=0",
    "a unit": ".mgw-netview-unit >> nth=0",
    "the table": ".mgw-paramtable-frame tbody button >> nth=0",
}


@pytest.mark.parametrize("place", DASHBOARD_PLACES)
def test_a_dashboard_leaves_the_deck_its_keys(deck, place):
    deck.put(Dashboard(hidden=[2], presenter=True))
    deck.go(MIDDLE)
    page = deck.page
    page.evaluate("document.querySelectorAll('.mgw details').forEach((one) => (one.open = true))")
    for key in ("b", "b", "v", "v", ".", ".", "Escape", "Escape", "o", "o"):
        page.locator(".mgw").locator(DASHBOARD_PLACES[place]).focus()
        before = deck.is_paused, deck.is_overview
        deck.press(key)
        assert (deck.is_paused, deck.is_overview) != before, key
    page.locator(".mgw").locator(DASHBOARD_PLACES[place]).focus()
    deck.press("PageDown")
    expect(page.locator(".mgw-transport-field")).to_have_value("10")
    assert not any(prevented for _, prevented in deck.heard())


def test_what_goes_wrong_is_walked_from_its_start(deck):
    deck.put(misconceptions(presenter=True))
    deck.go(MIDDLE)
    page = deck.page
    place = page.locator(".mgw-position")
    expect(page.locator(".mgw-box").first).to_be_visible()
    deck.press("PageDown")
    expect(place).to_have_text("Step 0 of 11")
    for done in range(1, 12):
        deck.press("PageDown")
        expect(place).to_have_text(f"Step {done} of 11")
    page.get_by_role("button", name="Next", exact=True).focus()
    for key in ("b", "b", "Escape", "Escape"):
        deck.press(key)
        page.get_by_role("button", name="Next", exact=True).focus()
    assert [key for key, _ in deck.heard()] == ["b", "b", "Escape", "Escape"]
    deck.press("PageUp")
    expect(place).to_have_text("Step 10 of 11")
    deck.press("PageDown", "PageDown")
    deck.is_on(END)
