"""What goes wrong, in a real browser: two panes, one step, by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from microgradwidgets import misconceptions
from tests.browser.access import violations
from tests.browser.jupyter import COMMAND_KEYS, Notebook, write_notebook
from tests.browser.pages import until
from tests.browser.plain import HOST
from tests.browser.plain import plain as written
from tests.browser.test_theme import contrast, luminance

FIGURE = '[role="group"][aria-label^="What goes wrong"]'

# Texts in reading order, with the colour they have and the one they stand on.
TEXTS = """(root) => {
  const style = (element) => getComputedStyle(element);
  const under = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = style(e).backgroundColor;
      if (!/, 0\\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const pairs = [];
  for (const text of root.querySelectorAll("svg text")) {
    const paper = text.closest(".mgw-badge, .mgw-cross")?.querySelector("rect, circle")
      ?? text.closest(".mgw-box")?.querySelector("rect.mgw-frame");
    if (text.closest("[hidden]")) continue;
    pairs.push([text.textContent, style(text).fill, paper ? style(paper).fill : under(root)]);
  }
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element.closest("svg, style, [hidden], .mgw-live, .mgw-spoken, details:not([open]) table"))
      continue;
    if (node.data.trim()) pairs.push([node.data, style(element).color, under(element)]);
  }
  return pairs;
}"""


class Lesson:
    """The figure on a page."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.page = root.page
        expect(root.locator(".mgw-box").first).to_be_visible(timeout=15_000)

    def pane(self, which: str) -> Locator:
        name = {"right": "The right way", "mistake": "What the mistake does"}[which]
        return self.root.get_by_role("group", name=name, exact=True)

    def press(self, name: str) -> None:
        self.root.get_by_role("button", name=name, exact=True).click()

    def gradient(self, which: str, item: int) -> str:
        """The number in the picture."""
        box = self.pane(which).locator(f'.mgw-box[data-index="{item}"]')
        return box.locator(".mgw-number").last.text_content() or ""

    def sentence(self, which: str) -> str:
        return self.pane(which).locator(".mgw-sentence").text_content() or ""

    def visits(self, which: str) -> list[str]:
        chips = self.pane(which).get_by_role("list").get_by_role("button").all_inner_texts()
        return [" ".join(chip.split()) for chip in chips]

    @property
    def spoken(self) -> str:
        return self.root.get_by_role("status").text_content() or ""

    @property
    def position(self) -> str:
        return self.root.locator(".mgw-position").text_content() or ""

    @property
    def background(self) -> float:
        colour = self.root.evaluate("(root) => getComputedStyle(root).backgroundColor")
        return luminance([float(c) / 255 for c in re.findall(r"[\d.]+", colour)[:3]])

    def assert_readable(self) -> None:
        pairs = self.root.evaluate(TEXTS)
        assert len(pairs) > 40
        assert [pair for pair in pairs if contrast(*pair[1:], 1) < 4.5] == []


X = 0

CASES = ["Backward twice", "Recursion, right first"]


@pytest.fixture
def shown(plain):
    """Shows a simulation on an otherwise empty page."""

    def show(demo, *, theme="light", width=None):
        state = demo.get_state()
        settings = {
            "state": {name: written(value) for name, value in state.items()},
            "bytes": [name for name, value in state.items() if isinstance(value, bytes)],
            "theme": theme,
            "width": width,
        }
        demo.close()
        plain.page.evaluate(HOST, settings)
        return Lesson(plain.page.locator(FIGURE).first)

    return show


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [None, 320])
def test_axe_finds_nothing(shown, theme, width):
    lesson = shown(misconceptions(), theme=theme, width=width)
    assert violations(lesson.page) == []
    for case in CASES:
        lesson.press(case)
        lesson.press("First mistake")
        assert violations(lesson.page) == []


def test_39_stands_beside_60_and_78_with_the_order_of_visits(shown):
    lesson = shown(misconceptions(case="recursion"))
    assert (lesson.gradient("right", X), lesson.gradient("mistake", X)) == ("39", "60")
    assert lesson.visits("right") == ["start", "w", "v", "u"]
    assert lesson.visits("mistake") == ["start", "w", "u ✗ first", "v", "u ✗ wrong"]
    row = lesson.root.get_by_role("group", name="What it comes to").get_by_role("row").last
    assert row.inner_text().split() == ["x.grad", "39", "✗", "60", "(wrong)"]
    lesson.press("Recursion, right first")
    until(lesson.page, lambda: lesson.gradient("mistake", X) == "78", "the other order")
    assert lesson.visits("mistake") == ["start", "w", "v", "u", "u ✗ first"]


def test_the_first_wrong_contribution_is_marked_and_explained(shown):
    lesson = shown(misconceptions(case="recursion"))
    lesson.press("First mistake")
    assert lesson.position == "Step 4 of 9"
    assert lesson.gradient("mistake", X) == "21"
    assert "Wrong: u.grad is 7 here, and should be 13." in lesson.sentence("mistake")
    arrow = lesson.pane("mistake").locator(".mgw-first-astray")
    expect(arrow).to_have_count(1)
    expect(arrow.locator("text")).to_have_text("✗ 7 × 3 = 21")
    assert lesson.spoken.startswith("Step 4 of 9. The right way: v hands on 6 × 1 = 6")
    right = lesson.pane("right")
    expect(right.locator(".mgw-astray, .mgw-wrong")).to_have_count(0)


def test_a_plus_a_has_two_arrows_and_gradient_2(shown):
    lesson = shown(misconceptions(case="= for +="))
    assert (lesson.gradient("right", 0), lesson.gradient("mistake", 0)) == ("2", "1")
    for which in ("right", "mistake"):
        expect(lesson.pane(which).locator(".mgw-arrow")).to_have_count(2)
    assert "the 1 that stood in a.grad is lost" in lesson.sentence("mistake")


def test_it_can_be_walked_by_keys_alone(shown, plain):
    lesson = shown(misconceptions(case="recursion"))
    page = lesson.page
    cases = [
        name.strip() for name in lesson.root.locator(".mgw-cases").all_inner_texts()[0].split("\n")
    ]
    assert len(cases) == 5
    page.keyboard.press("Tab")
    expect(lesson.root.get_by_role("button", name="Backward twice")).to_be_focused()
    lesson.root.get_by_role("button", name="Next", exact=True).focus()
    page.keyboard.press("Home")
    assert lesson.position == "Step 0 of 9"
    seen = [lesson.gradient("mistake", X)]
    for _ in range(9):
        page.keyboard.press("ArrowRight")
        seen.append(lesson.gradient("mistake", X))
    assert seen == ["0", "0", "0", "0", "21", "21", "21", "21", "60", "60"]
    page.keyboard.press("ArrowRight")
    assert lesson.position == "Step 9 of 9"
    page.keyboard.press("ArrowLeft")
    assert plain.get("step") == 8
    page.keyboard.press("End")
    assert plain.get("step") is None
    page.keyboard.press("Escape")
    assert not lesson.root.evaluate("(root) => root.contains(document.activeElement)")


def test_it_plays_and_pauses(shown):
    lesson = shown(misconceptions(case="= for +="))
    lesson.page.clock.install()
    lesson.press("Play")
    lesson.page.clock.run_for(50)  # a step is taken with a frame
    assert lesson.position == "Step 0 of 3"
    lesson.page.clock.run_for(2000)
    assert lesson.position == "Step 1 of 3"
    lesson.press("Pause")
    lesson.page.clock.run_for(20_000)
    assert lesson.position == "Step 1 of 3"
    lesson.press("Play")
    lesson.page.clock.run_for(20_000)
    assert lesson.position == "Step 3 of 3"
    expect(lesson.root.get_by_role("button", name="Play")).to_be_visible()


def test_a_visit_is_a_place_to_go_to(shown):
    lesson = shown(misconceptions(case="recursion"))
    lesson.pane("right").get_by_role("button", name="v").click()
    assert lesson.position == "Step 5 of 9"
    current = lesson.pane("mistake").locator("[aria-current=step]")
    expect(current).to_have_text(re.compile("^u"))


def test_all_numbers_are_listed_on_request(shown):
    lesson = shown(misconceptions(case="recursion"))
    pane = lesson.pane("mistake")
    pane.get_by_text("All numbers").click()
    rows = [row.split("\t") for row in pane.get_by_role("row").all_inner_texts()]
    assert rows[0] == ["name", "value", "gradient"]
    assert rows[1] == ["w", "42", "1"]
    assert rows[-1] == ["x", "2", "✗ 60 (wrong)"]
    lesson.press("First")
    expect(pane.get_by_role("row").last).to_have_text("x20")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("case", misconceptions().cases)
def test_every_text_has_contrast(shown, theme, case):
    lesson = shown(misconceptions(case=case), theme=theme)
    assert (lesson.background < 0.1) == (theme == "dark")
    lesson.assert_readable()
    lesson.press("First mistake")
    lesson.assert_readable()


def test_forced_colours_keep_marks_and_words(shown, plain):
    plain.page.emulate_media(forced_colors="active")
    lesson = shown(misconceptions(case="recursion"))
    lesson.press("First mistake")
    wrong = lesson.pane("mistake").locator(".mgw-first-astray .mgw-line")
    assert wrong.evaluate("(line) => getComputedStyle(line).strokeDasharray") != "none"
    expect(lesson.pane("mistake").get_by_text("✗ first")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1000])
def test_panes_stand_abreast_where_there_is_room(shown, width):
    lesson = shown(misconceptions(case="recursion"), width=width)
    right, mistake = (lesson.pane(which).bounding_box() for which in ("right", "mistake"))
    assert (abs(right["y"] - mistake["y"]) < 2) == (width > 600)
    room = lesson.root.bounding_box()
    assert room["width"] <= width
    for control in lesson.root.get_by_role("button").all():
        area = control.bounding_box()
        assert min(area["width"], area["height"]) >= 24
        assert room["x"] <= area["x"]
        assert area["x"] + area["width"] <= room["x"] + room["width"]
    assert lesson.root.evaluate("(root) => root.scrollWidth <= root.clientWidth + 1")


# -- in a notebook --------------------------------------------------------------------------------


def test_a_learners_own_expression_lives_in_the_cell(lab):
    cell = lab.run(
        "from microgradwidgets import misconceptions\n"
        "a = Value(3.0)\nb = a * 2\nc = b + b\n"
        "demo = misconceptions(c, 'recursion')\ndemo"
    )
    lesson = Lesson(cell.output.locator(FIGURE))
    assert (lesson.gradient("right", 0), lesson.gradient("mistake", 0)) == ("4", "8")
    expect(cell.output.locator("[class^=mgw-still] table")).to_be_hidden()
    lesson.press("First mistake")
    assert lab.run("print(demo.step)").text == "6\n"
    lab.run("demo.case = '= for +='")
    until(lab.page, lambda: lesson.gradient("mistake", 0) == "2", "the other case")
    assert lesson.sentence("mistake").endswith("Done: a.grad is 2, and should be 4.")


def test_the_notebooks_one_letter_commands_sleep_while_it_has_the_focus(lab):
    cell = lab.run("from microgradwidgets import misconceptions\nmisconceptions()")
    lesson = Lesson(cell.output.locator(FIGURE))
    cells = lab.cell_ids()
    lesson.root.get_by_role("button", name="Next", exact=True).focus()
    for key in [*COMMAND_KEYS, "ArrowUp", "ArrowDown"]:
        lab.page.keyboard.press(key)
    assert lab.cell_ids() == cells
    assert lab.cell_types() == ["code"] * len(cells)
    expect(lab.page.get_by_role("dialog")).to_have_count(0)
    expect(lesson.root.get_by_role("button", name="Next", exact=True)).to_be_focused()


def test_it_works_after_the_kernel_has_gone(visit, jupyter):
    source = "from microgradwidgets import misconceptions\nmisconceptions(case='recursion')"
    path = write_notebook(jupyter.folder / "gone.ipynb", source)
    page = visit()
    notebook = Notebook.open(page, path)
    notebook.run_all()
    lesson = Lesson(notebook.page.locator(FIGURE))
    notebook.shut_down()
    lesson.press("First mistake")
    assert lesson.gradient("mistake", X) == "21"
    lesson.press("= in place of +=")
    until(notebook.page, lambda: lesson.gradient("mistake", X) == "1", "another case")
    page.forgive("Could not send")
