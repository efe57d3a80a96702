"""A lesson in real hosts: a text that drives a figure and follows it, by mouse, keys and remote."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from microgradwidgets import Ask, Dashboard, Lesson, Scene, Value, to_html
from tests.browser.access import violations
from tests.browser.figure import FIGURE, Figure
from tests.lecture import code, notebook, run, text

ROOM = {"width": 1200, "height": 900}
HALL = {"width": 1920, "height": 1080}


def product(**options):
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    c = (a * b).with_label("c")
    return Lesson(
        [
            Scene("**A product** of {a} and {b}, still without a number.", show=c, step=0),
            Scene("Now {c} is {c.data}, and the slope by {b} is {b.grad}.", step=1),
            Scene("In the end it is {b.grad}, which is the other factor.", step=None, select="a"),
            Scene(
                "And so on.",
                step=1,
                select=None,
                question=Ask("How much is the slope by {a}?", "a.grad", because="It is {b}."),
            ),
            Scene("The end."),
        ],
        **options,
    )


class Read:
    """A lesson on a page."""

    def __init__(self, page: Page, within: str = "") -> None:
        self.page = page
        self.root = page.locator(f"{within} .mgw-script").first
        self.talk = self.root.locator(".mgw-talk")
        self.text = self.root.locator(".mgw-scene.mgw-on")
        self.position = self.talk.locator(".mgw-position")
        self.moved = self.root.locator(".mgw-moved")
        self.figure = Figure(self.root.locator(FIGURE).first)

    def press(self, name: str) -> None:
        self.talk.get_by_role("button", name=name, exact=True).click()

    def is_at(self, scene: int, count: int = 5) -> None:
        expect(self.position).to_have_text(f"{scene} of {count}")


@pytest.fixture
def opened(offline, tmp_path):
    """Opens a page from disk."""

    def begin(lesson, query="", within="", **options):
        path = to_html(lesson, tmp_path / "lesson.html", overwrite=True) if lesson else within
        return offline(path, query, **{"viewport": ROOM, **options})

    return begin


@pytest.fixture
def read(opened):
    def begin(lesson=None, *args, **options):
        found = Read(opened(lesson or product(), *args, **options))
        found.figure.drawn()
        return found

    return begin


# -- a page ---------------------------------------------------------------------------------------


def test_a_scene_moves_the_figure_that_is_there_and_the_text_follows_it(read):
    lesson = read()
    lesson.figure.root.evaluate("(root) => { root.mark = 'the same' }")
    lesson.press("Next")
    expect(lesson.text).to_have_text("Now c is −6, and the slope by b is ?.")
    lesson.press("Next")
    expect(lesson.text.locator(".mgw-quoted")).to_have_text("2")
    assert lesson.figure.root.evaluate("(root) => root.mark") == "the same"
    slider = lesson.root.get_by_role("slider", name="a, between two ends")
    slider.focus()
    slider.press("ArrowRight")
    expect(lesson.text.locator(".mgw-quoted")).not_to_have_text("2")
    expect(lesson.moved).to_contain_text("You have changed the numbers.")
    lesson.press("Back to this scene")
    expect(lesson.text.locator(".mgw-quoted")).to_have_text("2")
    expect(lesson.moved).to_be_hidden()


def test_the_figure_leads_on_to_the_scene_that_it_is_like(read):
    lesson = read()
    lesson.root.get_by_role("button", name="Next step (right arrow)").click()
    expect(lesson.moved).to_contain_text("The figure is now as in scene 2.")
    lesson.press("Go to scene 2")
    lesson.is_at(2)
    expect(lesson.moved).to_be_hidden()


def test_a_word_in_the_text_selects_in_the_picture(read):
    lesson = read()
    word = lesson.text.get_by_role("button", name="b", exact=True)
    word.click()
    expect(word).to_have_attribute("aria-pressed", "true")
    expect(lesson.root.locator(".mgw-panel")).to_contain_text("b")


def test_a_question_holds_and_lets_go(read):
    lesson = read(None, "#mgw1;scene=3")
    lesson.is_at(4)
    lesson.press("Next")
    lesson.is_at(4)
    field = lesson.talk.get_by_label("Your answer")
    expect(field).to_be_focused()
    lesson.page.keyboard.type("-3")
    lesson.page.keyboard.press("Enter")
    expect(lesson.text).to_contain_text("Right. It is −3.")
    expect(lesson.text).to_contain_text("It is b.")
    expect(lesson.talk.get_by_role("button", name="Next", exact=True)).to_be_focused()
    lesson.page.keyboard.press("Enter")
    lesson.is_at(5)


def test_keys_lead_through_and_none_is_taken_elsewhere(read):
    lesson = read()
    lesson.page.keyboard.press("ArrowRight")
    lesson.is_at(1)
    lesson.talk.get_by_role("button", name="Next", exact=True).focus()
    lesson.page.keyboard.press("ArrowRight")
    lesson.is_at(2)
    lesson.page.keyboard.press("Home")
    lesson.is_at(1)
    expect(lesson.root.locator("> .mgw-live")).to_contain_text("Scene 1 of 5. A product of a")
    lesson.page.keyboard.press("Escape")
    lesson.page.keyboard.press("ArrowRight")
    lesson.is_at(1)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_axe_finds_nothing_and_nothing_sticks_out(read, theme, width):
    size = {"width": width, "height": 900}
    lesson = read(product(theme=theme), viewport=size)
    for scene in range(4):
        if scene:
            lesson.press("Next")
        assert violations(lesson.page, ".mgw-script") == []
        assert lesson.page.evaluate("document.documentElement.scrollWidth") <= width
    lesson.press("Next")
    assert violations(lesson.page, ".mgw-script") == []


def test_the_figure_stays_where_it_is_while_one_reads_on(read):
    lesson = read(viewport={"width": 700, "height": 900})
    top = lesson.figure.root.bounding_box()["y"]
    for _ in range(3):
        lesson.press("Next")
        assert lesson.figure.root.bounding_box()["y"] == top
    lesson.text.get_by_role("button", name="a", exact=True).click()
    assert lesson.figure.root.bounding_box()["y"] == top


def test_a_training_is_brought_to_its_step_and_begun_anew_with_other_settings(read):
    slow = {"learning_rate": 0.05, "schedule": "constant"}
    lesson = read(
        Lesson(
            [
                Scene("A network.", show=Value(1.0) * 2),
                Scene("At its start.", show=Dashboard(hidden=[4]), step=0, lock=True),
                Scene("After 20 steps.", step=20, lock=False),
                Scene("Slower.", settings=slow),
            ]
        )
    )
    for _ in range(3):
        lesson.press("Next")
    shown = lesson.root.get_by_role("textbox", name="Step of")
    expect(shown).to_have_value("20")
    expect(lesson.moved).to_be_hidden()
    slow_loss = loss(lesson)
    lesson.press("Back")
    expect(shown).to_have_value("20")
    assert loss(lesson) < slow_loss
    lesson.press("Back")
    expect(shown).to_have_value("0")
    expect(lesson.moved).to_be_hidden()


def loss(lesson):
    return float(lesson.root.locator(".mgw-scene-stage").inner_text().split("loss\n")[1].split()[0])


# -- slides ---------------------------------------------------------------------------------------


def test_a_remote_walks_the_scenes_and_type_is_large(read):
    lesson = read(product(presenter=True), viewport=HALL)
    size = lesson.text.evaluate(
        "(e) => parseFloat(getComputedStyle(e).fontSize) * (e.currentCSSZoom ?? 1)"
    )
    assert size >= 18
    for scene in (2, 3, 4):
        lesson.page.keyboard.press("PageDown")
        lesson.is_at(scene)
    lesson.page.keyboard.press("PageDown")
    lesson.is_at(4)
    expect(lesson.text).to_contain_text("Shown. It is −3.")
    lesson.page.keyboard.press("PageDown")
    lesson.is_at(5)
    lesson.page.keyboard.press("PageUp")
    lesson.is_at(4)


# Until the slides have stopped moving.
STILL = "Promise.all(document.getAnimations().map((a) => a.finished)).then(() => null)"

SOURCE = """\
from microgradwidgets import Lesson, Scene, Value

x = Value(3.0, label="x")
y = (x * x).with_label("y")
Lesson([
    Scene("The square of {x}.", show=y, step=0),
    Scene("It is {y.data}.", step=1),
    Scene("Its slope is {x.grad}.", step=None),
], presenter=True)"""


def test_in_a_deck_the_scenes_come_before_the_next_slide(opened, tmp_path):
    nbconvert = pytest.importorskip("nbconvert")
    slides = notebook(
        text("# A square", "slide"),
        code(SOURCE, "slide", tags=["hide-input"]),
        text("# End", "slide"),
    )
    body, _ = nbconvert.get_exporter("microgradslides")().from_notebook_node(run(slides, tmp_path))
    path = tmp_path / "deck.html"
    path.write_text(body, "utf-8")
    page = opened(None, within=path, viewport=HALL)
    number = page.locator(".slide-number")
    expect(number).to_have_text("1 / 3")
    page.keyboard.press("PageDown")
    expect(number).to_have_text("2 / 3")
    lesson = Read(page)
    lesson.figure.drawn()
    page.evaluate(STILL)
    for scene in (2, 3):
        page.keyboard.press("PageDown")
        lesson.is_at(scene, 3)
        expect(number).to_have_text("2 / 3")
    expect(lesson.text).to_have_text("Its slope is 6.")
    page.keyboard.press("PageDown")
    expect(number).to_have_text("3 / 3")
    page.evaluate(STILL)
    page.keyboard.press("PageUp")
    expect(number).to_have_text("2 / 3")
    page.evaluate(STILL)
    page.keyboard.press("PageUp")
    lesson.is_at(2, 3)
    page.keyboard.press("b")
    expect(page.locator(".reveal.paused")).to_be_visible()


# -- a notebook -----------------------------------------------------------------------------------

IN_A_CELL = SOURCE.replace("Lesson([", "lesson = Lesson([").replace("], presenter=True)", "])")


def test_in_jupyterlab_the_kernel_and_the_learner_move_the_same_lesson(lab):
    cell = lab.run(f"{IN_A_CELL}\nlesson")
    lesson = Read(lab.page)
    expect(cell.output.locator(".mgw-script")).to_have_count(1)
    lesson.figure.drawn()
    ids = lab.cell_ids()
    lesson.press("Next")
    expect(lesson.text).to_have_text("It is 9.")
    assert lab.run("print(lesson.scene)").text == "1\n"
    lab.run("lesson.scene = 2")
    expect(lesson.text).to_have_text("Its slope is 6.")
    lesson.talk.get_by_role("button", name="Back", exact=True).focus()
    for key in ("d", "d", "a", "x", "ArrowLeft"):
        lab.page.keyboard.press(key)
    lesson.is_at(2, 3)
    assert lab.cell_ids()[: len(ids)] == ids
    expect(cell.output.locator("img").first).to_be_hidden()
