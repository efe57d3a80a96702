"""A layout worker that is killed, hangs, throws or answers nonsense: a picture or a table, told of.

The workers are real ones. Those that fail run another script in place of ours, and are told apart
from below, where no code of ours is asked.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import show
from tests.browser.figure import BOX
from tests.vectors import lecture_neuron

X2 = 3
"""Its place on the tape."""

# What the first workers of a page run instead; all that come later are ours.
READY = "postMessage({ ready: true });"
SCRIPTS = {
    "cannot start": "throw new Error('no room');",
    "closes itself": f"{READY} onmessage = () => close();",
    "hangs": f"{READY} onmessage = () => {{ for (;;); }};",
    "throws": f"{READY} onmessage = () => {{ throw new Error('broken'); }};",
    "answers nonsense": f"{READY} onmessage = () => postMessage({{ json: '[' }});",
    "answers for another": f"{READY} onmessage = () => postMessage({{ json: '{{}}' }});",
    "answers nothing": f"{READY} onmessage = () => postMessage(null);",
}
SILENT = {"closes itself", "hangs"}
"""Those who say nothing are waited for as long as any layout is."""

REPLACE = """([script, count]) => {
  const Real = window.Worker;
  let left = count;
  window.Worker = class extends Real {
    constructor(url) {
      const own = new Blob([script], { type: "text/javascript" });
      super(left-- > 0 ? URL.createObjectURL(own) : url);
    }
  };
}"""

ALWAYS = 1000
TABLE = "The picture could not be laid out, so here is a table of the same values."
WAIT = 60_000


def shown(plain, script, count):
    """A diagram whose first so many workers fail, once there is something to see."""
    plain.page.evaluate(REPLACE, [SCRIPTS[script], count])
    figure = plain.mount(show(lecture_neuron()))
    seen = figure.root.locator(BOX).first.or_(figure.root.get_by_text(TABLE))
    expect(seen.first).to_be_visible(timeout=WAIT)
    if script not in SILENT:
        expect(figure.root.locator(BOX)).to_have_count(10)
    return figure


def turned(figure):
    """The next picture, in which the numbers that were typed into the last one still stand."""
    figure.choose("Direction", "top to bottom")
    turn = lambda: figure.box("o").area["y"] > figure.box("b").area["y"] + 60  # noqa: E731
    figure.until(lambda: figure.boxes and turn(), "a turn", WAIT / 1000)
    assert figure.box("x2").texts[2] == "1"


@pytest.mark.parametrize("script", SCRIPTS)
def test_after_a_worker_that_fails_there_is_another(plain, script):
    figure = shown(plain, script, 1)
    plain.set("edits", [[X2, 1]])
    turned(figure)
    assert plain.get("edits") == [[X2, 1]]


@pytest.mark.parametrize("script", sorted({*SCRIPTS} - SILENT))
def test_where_every_worker_fails_the_small_layout_draws(plain, script):
    figure = shown(plain, script, ALWAYS)
    plain.set("edits", [[X2, 1]])
    turned(figure)


def test_a_worker_that_falls_silent_midway_leaves_the_numbers(plain):
    """What has been edited is in the table, and in the next picture, which a new worker makes."""
    figure = plain.show(show(lecture_neuron()))
    plain.set("edits", [[X2, 1]])
    for worker in plain.page.workers:
        worker.evaluate("() => { self.onmessage = () => {}; }")
    figure.choose("Direction", "top to bottom")
    expect(figure.root.get_by_text(TABLE)).to_be_visible(timeout=WAIT)
    row = figure.root.get_by_role("row", name="o tanh 0.95461")
    expect(row).to_be_visible()
    figure.choose("Direction", "left to right")
    expect(figure.root.locator(BOX)).to_have_count(10, timeout=WAIT)
    turned(figure)
