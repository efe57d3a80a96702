"""The tree twin: the same values and groups as in the picture, in words, with the focus."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, show
from tests.browser.access import tree_rows
from tests.browser.expressions import LECTURE, README, made_names
from tests.grouped import loss, score


def of(source, name, **options):
    names = made_names(source)
    return show(names[name], names=names, **options)


NUMBERS = re.compile(
    r"^(?P<name>.*?)(?: = (?P<value>\S+)|: .*?), gradient (norm )?(?P<gradient>\S+?),"
)

SELECTED = """(stage) => [...stage.querySelectorAll("[data-index].mgw-selected")].length"""


def assert_agrees(figure):
    """What a screen reader is given says what the picture shows, and nothing else is focusable."""
    rows = {}
    for row in tree_rows(figure.page):
        rows.setdefault(row.name, []).append(row)
    boxes, frames = figure.boxes, figure.frames
    assert sorted(rows) == sorted({drawn.spoken for drawn in [*boxes, *frames]})
    assert sum(map(len, rows.values())) == len(boxes) + len(frames)
    for box in boxes:
        said = NUMBERS.match(box.spoken + ",")
        assert said is not None, box.spoken
        shown = box.texts
        if said["value"]:
            assert said["value"] in shown, (box.spoken, shown)
        assert said["gradient"] in shown, (box.spoken, shown)
        depth = sum(frame.holds(box.area) for frame in frames)
        assert depth + 1 in {row.level for row in rows[box.spoken]}, box.spoken
        is_group = "group of" in box.spoken
        assert {row.expanded for row in rows[box.spoken]} == {False if is_group else None}
    for frame in frames:
        assert {row.expanded for row in rows[frame.spoken]} == {True}
    selected = [row.name for group in rows.values() for row in group if row.selected]
    assert len(selected) == figure.stage.evaluate(SELECTED)
    assert figure.stage.locator("[tabindex], a, button").count() == 0
    assert figure.root.locator('[role="treeitem"][tabindex="0"]').count() == 1


# Which boxes each arrow is drawn between: those that are nearest to its two ends.
BETWEEN = """(stage) => {
  const boxes = [...stage.querySelectorAll(".mgw-box")].map((box) =>
    [box.dataset.index, box.querySelector("rect.mgw-frame").getBoundingClientRect()]);
  const away = (point, { left, right, top, bottom }) => Math.hypot(
    Math.max(left - point.x, 0, point.x - right), Math.max(top - point.y, 0, point.y - bottom));
  return [...stage.querySelectorAll(".mgw-arrow path:first-of-type")].map((line) => {
    const nearest = (length) => {
      const point = line.getPointAtLength(length).matrixTransform(line.getScreenCTM());
      return boxes.toSorted((a, b) => away(point, a[1]) - away(point, b[1]))[0][0];
    };
    return [nearest(0), nearest(line.getTotalLength())];
  });
}"""


LEADS = re.compile(r"leads to (?P<names>.*?)(?: and (?P<more>\d+) more)?(?:,|$)")


@pytest.mark.parametrize("direction", ["LR", "TB"])
@pytest.mark.parametrize("name", ["readme", "neuron", "network"])
def test_the_tree_says_where_each_arrow_of_the_picture_leads(plain, name, direction):
    figure = plain.show(SHOWN[name](direction=direction))
    said = dict(
        figure.root.locator('[role="treeitem"]').evaluate_all(
            "(rows) => rows.map((row) => [row.dataset.index, row.ariaLabel])"
        )
    )
    named = {index: re.split(" = |: ", words, maxsplit=1)[0] for index, words in said.items()}
    drawn = {index: set() for index in said}
    for start, end in figure.stage.evaluate(BETWEEN):
        drawn[start].add(end)
    assert sum(map(len, drawn.values())) > 4
    for index, words in said.items():
        leads = LEADS.search(words)
        told = leads["names"].split(" and ") if leads else []
        targets = sorted(named[end] for end in drawn[index])
        assert len(told) + int(leads["more"] or 0 if leads else 0) == len(targets), words
        assert [*(Counter(told) - Counter(targets))] == [], words


def chain():
    total, y = Value(0.5), Value(1.0)
    for _ in range(200):
        total = total * 0.999 + y
    return total


SHOWN = {
    "readme": lambda **options: of(README, "g", **options),
    "neuron": lambda **options: of(LECTURE, "o", **options),
    "network": lambda **options: show(score([3, 1]), names=False, **options),
    "loss": lambda **options: show(loss(20, [3, 1]), names=False, **options),
    "chain": lambda **options: show(chain(), names=False, **options),
}


@pytest.mark.parametrize("name", SHOWN)
def test_tree_and_picture_agree(plain, name):
    figure = plain.show(SHOWN[name]())
    assert_agrees(figure)
    figure.rows.first.focus()
    plain.page.keyboard.press(" ")
    assert_agrees(figure)
    figure.choose("Colour", "value")
    assert_agrees(figure)
    figure.press_button("List")
    assert_agrees(figure)
    world = figure.root.locator(".mgw-world").element_handle()
    figure.choose("Direction", "top to bottom")
    figure.until(lambda: not world.evaluate("(e) => e.isConnected"), "another picture")
    assert_agrees(figure)


def test_they_agree_while_groups_open_and_close(plain):
    figure = plain.show(SHOWN["loss"]())
    for name in ("data loss", "example 3", "layer 1", "neuron 2"):
        figure.fit()
        figure.toggle(name)
        assert_agrees(figure)
    figure.fit()
    figure.toggle("example 3")
    assert_agrees(figure)


def test_they_agree_after_more_is_added_and_numbers_change(plain):
    figure = plain.show(SHOWN["chain"]())
    count = len(figure.boxes)
    figure.rows.and_(plain.page.get_by_label("behind it")).first.focus()
    plain.page.keyboard.press("Enter")
    figure.until(lambda: len(figure.boxes) > count, "more boxes")
    assert_agrees(figure)
    before = figure.summary
    plain.set("edits", [[0, 3.0]])
    assert figure.summary != before
    assert_agrees(figure)


def focused(figure):
    """What a screen reader says is focused."""
    (row,) = [row for row in tree_rows(figure.page) if row.focused]
    return re.split(" = |: ", row.name, maxsplit=1)[0]


def test_the_row_of_a_value_says_all_of_it_and_g_its_numbers_again(plain):
    figure = plain.show(SHOWN["neuron"]())
    said = figure.root.locator(".mgw-live")
    figure.named("w1").focus()
    (row,) = [row for row in tree_rows(plain.page) if row.focused]
    assert row.name == "w1 = −3, gradient 1.0000, leaf, leads to x1 × w1"
    plain.page.keyboard.press("g")
    expect(said).to_have_text("w1: value −3, gradient 1.0000")
    plain.page.keyboard.press("g")
    assert said.text_content() != "w1: value −3, gradient 1.0000", "said a second time"


def test_keys_lead_into_an_open_group_and_out_of_it(plain):
    figure = plain.show(SHOWN["network"]())
    press = plain.page.keyboard.press
    figure.named("layer 1").focus()
    press("ArrowRight")
    neuron = focused(figure)
    assert neuron.startswith("neuron "), "along the arrows: into the group"
    press("ArrowRight")
    assert focused(figure).startswith(f"layer 1 · {neuron} · "), "and into the group in it"
    # Against the arrows at a leaf, there is nothing but the title of what is around.
    press("ArrowLeft")
    assert focused(figure) == neuron
    press("ArrowUp")
    assert focused(figure) == "layer 1"


def test_a_click_on_a_box_hands_its_row_the_keys(plain):
    figure = plain.show(SHOWN["neuron"]())
    figure.fit()
    figure.click("n")
    expect(figure.named("n")).to_be_focused()
    plain.page.keyboard.press("ArrowRight")
    expect(figure.named("o")).to_be_focused()


def test_walking_brings_the_box_into_the_window(plain):
    plain.page.set_viewport_size({"width": 900, "height": 420})
    figure = plain.show(SHOWN["readme"](direction="TB"))
    plain.page.evaluate("() => { document.body.style.paddingTop = '300px' }")
    figure.named("g").focus()
    for key in ["ArrowUp"] * 6 + ["Home", "End"]:
        plain.page.keyboard.press(key)
        row = figure.rows.and_(plain.page.locator(":focus"))
        area = figure.drawn_for(row).locator("rect.mgw-frame").bounding_box()
        assert area["y"] >= -1, key
        assert area["y"] + area["height"] <= 421, key
        assert row.bounding_box() == pytest.approx(area, abs=6), "magnifiers follow the row"


def test_the_list_can_be_seen_and_used_with_a_pointer(plain):
    figure = plain.show(SHOWN["loss"]())
    listed = figure.root.get_by_role("button", name="List")
    expect(listed).to_have_attribute("aria-expanded", "false")
    listed.click()
    expect(listed).to_have_attribute("aria-expanded", "true")
    row = figure.named("data loss")
    row.locator(".mgw-turns").click()
    figure.until(lambda: len(figure.frames) == 1, "an open group")
    expect(figure.named("data loss")).to_be_focused()
    figure.named("example 20").click()
    assert figure.selected == ["example 20"]
    stage, box = figure.stage.bounding_box(), figure.box("example 20").area
    assert stage["y"] <= box["y"] <= stage["y"] + stage["height"], "its box is brought into view"
    listed.click()
    expect(listed).to_have_attribute("aria-expanded", "false")


def test_the_list_of_keys_covers_nothing_and_gives_the_focus_back(plain):
    figure = plain.show(SHOWN["neuron"]())
    figure.click("n")
    plain.page.keyboard.press("?")
    keys = figure.root.get_by_role("region", name="Keys")
    expect(keys).to_be_focused()
    for words in ("click", "double click", "Esc", "Home"):
        expect(keys).to_contain_text(words)
    below = keys.bounding_box()
    assert below["y"] + below["height"] <= figure.stage.bounding_box()["y"]
    assert keys.evaluate("(e) => e.scrollHeight <= e.clientHeight + 1")
    plain.page.keyboard.press("Escape")
    expect(figure.named("n")).to_be_focused()
    assert figure.selected == ["n"]


# How many places of picture and tree a change of the model writes to.
WRITES = """([trait, value]) => {
  const observer = new MutationObserver(() => {});
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  for (const part of document.querySelectorAll(".mgw-stage, .mgw-twin")) {
    observer.observe(part, all);
  }
  window.model.set(trait, value);
  const records = observer.takeRecords();
  observer.disconnect();
  return records.length;
}"""


def test_a_repaint_writes_only_what_has_changed(plain):
    figure = plain.show(SHOWN["readme"]())

    def writes(trait, value):
        return plain.page.evaluate(WRITES, [trait, value])

    assert writes("overlay", "gradient") == 0
    assert writes("edits", [[0, -4.0]]) == 0, "the number that it has"

    def texts():
        return [text for drawn in [*figure.boxes, *figure.arrows] for text in drawn.texts]

    plain.set("edits", [[0, -2.0]])  # from now on the first numbers stay beside the newer ones
    before = texts()
    count = writes("edits", [[0, -3.0]])
    changed = sum(a != b for a, b in zip(before, texts(), strict=True))
    assert changed > 20
    # A number of a box stands in the list too, and in its sentence; and there are colours.
    assert count < 4 * changed
