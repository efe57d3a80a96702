"""Every place of a page that shows a label, a title or a caption, after everything was pressed."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce
from pathlib import Path

import pytest
from playwright.sync_api import Page

from microgradwidgets import (
    Ask,
    Dashboard,
    Lesson,
    Scene,
    Tape,
    Value,
    misconceptions,
    show,
    to_html,
    worksheet,
)
from tests.browser.figure import FIGURE, Figure
from tests.browser.poking import Poked, poke
from tests.browser.sheet import READY
from tests.browser.test_hostile_labels import ROWS, label_of, promised

LABELS = [label_of(row) for row in ROWS]
PLAIN = [f"name{place}" for place in range(len(LABELS))]
VISIBLE = [place for place, row in enumerate(ROWS) if promised(row) is not None]

SPOKEN = """(root) => Object.fromEntries([...root.querySelectorAll("[role=treeitem]")].map(
  (row) => [row.dataset.index, row.ariaLabel]))"""

# Points at every box in turn, and reads what then stands beside the pointer.
POINTED_AT = """async (root) => {
  const tooltip = root.querySelector(".mgw-tooltip");
  const shown = () => new Promise((done) => {
    const look = () => tooltip.hidden ? requestAnimationFrame(look) : done();
    look();
  });
  const read = {};
  for (const box of root.querySelectorAll(".mgw-box[data-index]")) {
    const { x, y } = box.getBoundingClientRect();
    const move = (target) => target.dispatchEvent(new PointerEvent(
      "pointermove", { bubbles: true, pointerType: "mouse", clientX: x, clientY: y }));
    move(box);
    await shown();
    const name = tooltip.querySelector(".mgw-name");
    read[box.dataset.index] = [name.textContent, name.querySelectorAll("bdi").length];
    move(box.parentElement);
  }
  return read;
}"""


def product(labels: list[str]) -> Value:
    """Leaves of all labels, in a chain that folds nothing away."""
    return reduce(lambda a, b: a * b, (Value(1.0, label=label) for label in labels))


def diagram(labels: list[str]) -> str:
    return str(to_html(show(product(labels), names=False), title=" ".join(labels)[:5000]))


def lesson(labels: list[str]) -> str:
    """Texts with a label in the middle, names of values in braces, and a question to each."""
    scenes = []
    for label in labels[:40]:
        x = Value(2.0, label=label)
        words = re.sub(r"([\\{}])", r"\\\1", label[:300]) or "-"
        ask = Ask(f"Which? {words}", "2", choices=(words, "2", "3"), because=words)
        scenes.append(Scene(f"A {words} of it", show=(x * 3.0).with_label(label), question=ask))
    return str(to_html(Lesson(scenes), title=labels[0]))


def mistakes(labels: list[str]) -> str:
    x, y = (Value(2.0, label=label) for label in labels[:2])
    return str(to_html(misconceptions((x * y).with_label(labels[2]), names=False), title=labels[0]))


def training(labels: list[str]) -> str:
    return str(to_html(Dashboard(hidden=[2], n_samples=10), title=" ".join(labels)[:5000]))


def sheet(labels: list[str]) -> str:
    return str(
        worksheet(product(labels[:12]), names=False, title=" ".join(labels)[:5000]).to_html()
    )


# What runs, leads elsewhere, asks for something or hides the rest; a picture that has come by then
# on one page alone does none of that.
DOES_MORE = re.compile(
    r"(script|a|iframe|img|image|object|embed|foreignobject|animate|set|use|form|link|meta|base|frame|"
    r"video|audio|source|template|plaintext|textarea|b|marquee)( |$)"
    r"|.* (on\w+|(xlink:)?href|src|srcdoc|action|formaction)(=|$)",
    re.IGNORECASE,
)

KINDS: dict[str, Callable[[list[str]], str]] = {
    "diagram": diagram,
    "lesson": lesson,
    "misconceptions": mistakes,
    "training": training,
    "worksheet": sheet,
}


@pytest.fixture
def opened(offline, tmp_path):
    """Opens a page from disk; nothing may be asked for, and nothing go wrong."""

    def begin(text: str, name: str = "page") -> Page:
        path: Path = tmp_path / f"{name}.html"
        path.write_text(text, "utf-8")
        window: Page = offline(path)
        if "data-mgw-widget" in text:
            window.wait_for_function(READY, timeout=30_000)
        return window

    return begin


def harmless(window: Page, poked: Poked) -> None:
    assert window.evaluate("[window.__pwn, window.__hit]") == [None, None]
    assert poked.dialogs == []
    assert poked.pages == 1
    printed = window.pdf(format="A4")
    assert not re.findall(rb"/URI\b|/JavaScript\b|/Launch\b|/GoToR\b", printed)


@pytest.mark.measured
@pytest.mark.parametrize("kind", KINDS)
def test_no_label_makes_anything_on_a_page_on_which_all_is_pressed(kind, opened, measured, night):
    most = 1_000 if night else 120
    plain = opened(KINDS[kind](PLAIN), "plain")
    usual = poke(plain, most)
    hostile = opened(KINDS[kind](LABELS), "hostile")
    poked = poke(hostile, most)
    harmless(hostile, poked)
    assert {kind for kind in poked.kinds - usual.kinds if DOES_MORE.match(kind)} == set()
    assert poked.pressed > 0 or kind == "worksheet"
    what = f"labels on a page, {kind}: things pressed"
    measured(what, poked.pressed, "no script, no link, no request, no element that labels made")


@pytest.mark.measured
def test_every_label_reads_back_in_the_accessible_list_and_beside_the_pointer(opened, measured):
    leaves = [Value(1.0, label=label) for label in LABELS]
    value = reduce(lambda a, b: a * b, leaves)
    places = Tape.record(value).ids
    window = opened(str(to_html(show(value, names=False))))
    figure = Figure(window.locator(FIGURE).first).drawn()
    shown = {str(places[leaves[n].id]): promised(ROWS[n]) for n in VISIBLE}
    one_line = {place: text.replace("\n", "\u21b5") for place, text in shown.items()}
    spoken = figure.root.evaluate(SPOKEN)
    for place, text in one_line.items():
        assert spoken[place].startswith(f"{text} = "), place
    pointed = figure.root.evaluate(POINTED_AT)
    assert {place: pointed[place] for place in shown} == {p: [x, 1] for p, x in shown.items()}
    measured("labels read back beside the pointer on one page", len(shown), "as documented")
    measured("labels read back in the accessible list of one page", len(shown), "as documented")
