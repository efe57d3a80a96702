"""Slides from a file, in a hall without a network: everything lives, and the deck has its keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.figure import FIGURE, Figure
from tests.browser.pages import until
from tests.browser.steps import Stepper
from tests.lecture import lecture, run

nbconvert = pytest.importorskip("nbconvert")

FIELD = "x2, as a number"
HALL = {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The lecture as slides and as a page; it is run once."""
    folder = tmp_path_factory.mktemp("deck")
    nb = run(lecture(), folder)
    for name in ("microgradslides", "microgradhtml"):
        text, _ = nbconvert.get_exporter(name)().from_notebook_node(nb)
        (folder / f"{name}.html").write_text(text, "utf-8")
    return folder


@pytest.fixture
def opened(offline, files):
    """Opens one of the files."""

    def begin(name="microgradslides", query="", **options):
        return offline(files / f"{name}.html", query, **{"viewport": HALL, **options})

    return begin


def slide(page):
    """The slide that is on, once it has stopped moving."""
    expect(page.locator(".reveal.ready")).to_be_visible()
    return page.locator(".slides > section.present > section.present")


def is_on(page, number):
    expect(page.locator(".slide-number")).to_have_text(f"{number} / 6")


def go(page, number):
    """To a slide, as one who lectures goes there."""
    slide(page)
    while page.locator(".slide-number").inner_text().split()[0] != str(number):
        page.keyboard.press("n")
    is_on(page, number)
    page.evaluate("Promise.all(document.getAnimations().map((a) => a.finished)).then(() => null)")


def figure_on(page, number):
    """The diagram of a slide."""
    go(page, number)
    return Figure(slide(page).locator(FIGURE)).drawn()


def test_the_first_slide_says_what_it_is_about(opened):
    page = opened()
    expect(slide(page)).to_contain_text("One neuron")
    expect(slide(page).locator("math")).to_be_visible()
    expect(page).to_have_title("One neuron")
    is_on(page, 1)


@pytest.mark.parametrize(
    "window",
    [HALL, {"width": 1280, "height": 720}, {"width": 1024, "height": 768}],
    ids=lambda w: f"{w['width']}x{w['height']}",
)
def test_the_pointer_hits_what_it_points_at(opened, window):
    figure = figure_on(opened(viewport=window), 4)
    figure.fit()
    for name in ("x1", "w2", "o"):
        area = figure.box(name).area
        x, y = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
        figure.page.mouse.click(x, y)
        figure.until(lambda name=name: figure.selected == [name], f"{name} to be selected")


def test_a_figure_steps_by_its_own_arrows_and_the_slide_stays(opened):
    figure = figure_on(opened(), 4)
    stepper = Stepper(figure)
    stepper.press("Home", "ArrowRight", "ArrowRight")
    assert stepper.slider.input_value() == "2"
    is_on(figure.page, 4)


def test_page_down_goes_step_by_step_and_then_to_the_next_slide(opened):
    figure = figure_on(opened(), 4)
    stepper, keyboard = Stepper(figure), figure.page.keyboard
    stepper.press("Home")
    figure.page.mouse.click(5, 5)  # the remote needs no focus
    keyboard.press("PageDown")
    assert stepper.slider.input_value() == "1"
    stepper.press("End", "ArrowLeft")
    figure.page.mouse.click(5, 5)
    keyboard.press("PageDown")
    assert stepper.slider.input_value() == stepper.slider.get_attribute("max")
    is_on(figure.page, 4)
    keyboard.press("PageDown")
    is_on(figure.page, 5)


def test_a_leaf_is_edited_and_both_views_show_it(opened):
    page = opened()
    figure = figure_on(page, 4)
    figure.fit()
    figure.click("x2")
    field = figure.root.get_by_label(FIELD)
    field.fill("1")
    field.press("Enter")
    figure.until(lambda: "x2 = 1" in [box.spoken[:6] for box in figure.boxes], "the new number")
    is_on(page, 4)
    other = Figure(page.locator(FIGURE).first)
    assert "x2 = 1" in [box.spoken[:6] for box in other.boxes]


def test_a_training_trains(opened):
    page = opened()
    go(page, 5)
    dashboard = slide(page).locator(".mgw-dashboard")
    dashboard.get_by_role("button", name="Play").click()
    step = dashboard.locator(".mgw-glance dd").first
    until(page, lambda: int(re.match(r"\d+", step.inner_text())[0]) > 3, "some steps")
    is_on(page, 5)  # what is in a dashboard is not counted as a slide


def test_the_keys_of_the_deck_stay_its_own(opened):
    figure = figure_on(opened(), 4)
    page = figure.page
    figure.page.mouse.click(5, 5)
    page.keyboard.press("b")
    expect(page.locator(".reveal.paused")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".reveal.paused")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(".reveal.overview")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".reveal.overview")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    is_on(page, 5)


def test_what_is_typed_into_a_figure_is_not_for_the_deck(opened):
    figure = figure_on(opened(), 4)
    figure.root.get_by_role("button", name="Search").click()
    figure.page.keyboard.type("bn o")
    assert figure.root.get_by_role("searchbox").input_value() == "bn o"
    expect(figure.page.locator(".reveal.paused, .reveal.overview")).to_have_count(0)
    is_on(figure.page, 4)


def test_a_choice_in_a_figure_is_made_by_arrows(opened):
    figure = figure_on(opened(), 4)
    figure.root.get_by_label("Colour").focus()
    figure.page.keyboard.press("ArrowDown")
    is_on(figure.page, 4)


def test_a_fragment_comes_before_the_next_slide(opened):
    page = opened()
    go(page, 3)
    fragment = slide(page).locator(".fragment")
    expect(fragment).not_to_have_class(re.compile("visible"))
    page.keyboard.press("n")
    expect(fragment).to_have_class(re.compile("visible"))
    is_on(page, 3)


def test_the_window_of_the_speaker_has_the_notes(opened):
    page = opened()
    slide(page)
    with page.context.expect_page() as window:
        page.keyboard.press("s")
    speaker = window.value
    expect(speaker.locator(".speaker-controls-notes")).to_contain_text("Say hello first. Smile.")
    expect(speaker.frame_locator("#current-slide iframe").locator("h1")).to_have_text("One neuron")


def test_notes_are_not_seen_by_the_audience(opened):
    expect(slide(opened()).locator("aside.notes")).to_be_hidden()


def test_on_paper_each_slide_has_a_page_and_nothing_is_cut_off(opened):
    page = opened(query="?print-pdf")
    sheets = page.locator(".pdf-page")
    expect(sheets).to_have_count(6)
    expect(sheets.nth(1).get_by_alt_text("Expression graph: o")).to_be_visible()
    expect(page.get_by_text("A still picture").first).to_be_hidden()
    for sheet in sheets.all():
        paper, content = sheet.bounding_box(), sheet.locator("section").bounding_box()
        assert content["width"] <= paper["width"]
        assert content["y"] + content["height"] <= paper["y"] + paper["height"] + 1


def test_without_scripts_the_slides_stand_one_below_another(opened):
    page = opened(java_script_enabled=False)
    note = page.locator(".mgw-unscripted")
    expect(note).to_be_visible()
    assert note.inner_text().startswith("Scripts are turned off here")
    slides = page.locator(".slides > section > section")
    expect(slides).to_have_count(6)
    below = 0.0
    for slide in slides.all():
        expect(slide).to_be_visible()
        area = slide.bounding_box()
        assert area["height"] > 20
        assert area["y"] >= below
        assert area["x"] >= 0
        assert area["x"] + area["width"] <= HALL["width"]
        below = area["y"] + area["height"]
    for words in ("One neuron", "One more thing"):
        expect(slides.get_by_text(words, exact=True)).to_be_visible()
    expect(slides.locator("math[display=block]").first).to_be_visible()
    for picture in ("Expression graph: o", "Decision boundary, points and loss"):
        expect(slides.get_by_alt_text(picture).first).to_be_visible()
    expect(page.get_by_text("Say hello first")).to_be_hidden()
    # The last one can be read too.
    page.mouse.wheel(0, 100_000)
    expect(slides.last).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_lives_too_and_follows_the_theme_of_the_reader(opened, scheme):
    page = opened("microgradhtml", color_scheme=scheme)
    figure = Figure(page.locator(FIGURE).first).drawn()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"
    assert dark == (scheme == "dark")
    stepper = Stepper(figure)
    stepper.press("Home", "ArrowRight")
    assert stepper.slider.input_value() == "1"
    assert Stepper(Figure(page.locator(FIGURE).nth(1))).slider.input_value() == "1"
