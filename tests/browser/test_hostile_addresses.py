"""Spoiled links: each is followed or answered with one sentence, and the page stays what it was."""

from __future__ import annotations

import re
from random import Random
from urllib.parse import quote

import pytest

from microgradwidgets import Dashboard, Value, misconceptions, page, show
from tests.browser.linked import opening
from tests.browser.poking import INVENTORY
from tests.nightly.spoiled_states import LONGEST, spoiled

# Before the state, in place of it, or between two of them.
PLACES = (
    *[""] * 30,
    *["2/"] * 6,
    "3/",
    "1/",
    "0/",
    "4/",
    "00002/",
    "2/2/",
    "-1/",
    "9" * 400 + "/",
    "/",
)
BETWEEN = ("&", "&amp;", "&2/", "&1/", "&3/", "&&", "%26")
BEHIND = (
    *[""] * 20,
    "",
    "",
    "",
    ".",
    ")",
    "\u00bb",
    "%",
    "%2",
    "%25",
    "#",
    "%E0%A4%A",
    "\ud800",
    "/1/2",
)

# Goes to each address in turn, as a click on a link would, and reads what is said of it.
FOLLOW = """async (texts) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const said = [];
  for (const text of texts) {
    const before = location.href;
    const changed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = text;
    if (location.href !== before) await changed;
    await frame();
    await frame();
    const notes = [...document.querySelectorAll(".mgw-page-note")];
    said.push(notes.map((note) => note.firstChild.data));
  }
  return said;
}"""


@pytest.fixture
def opened(browser, tmp_path):
    with opening(browser, tmp_path) as opened:
        yield opened


def address(draw: Random) -> str:
    text = draw.choice(PLACES) + spoiled(draw)
    while draw.randrange(8) == 0:
        text += draw.choice(BETWEEN) + draw.choice(PLACES) + spoiled(draw)
    if draw.randrange(4) == 0:
        text = quote(text, errors="replace")
    return text + draw.choice(BEHIND)


@pytest.mark.measured
def test_every_address_is_followed_or_answered(opened, measured, night):
    draw = Random(20)
    texts = [address(draw) for _ in range(5_000 if night else 150)]
    x = Value(2.0, label="x")
    figures = [show(x * x, names=False), Dashboard(hidden=[2], n_samples=10), misconceptions()]
    opened.open(page(figures))
    opened.figure.drawn()
    usual = set(opened.window.evaluate(INVENTORY))
    answers = opened.window.evaluate(FOLLOW, texts)
    for text, notes in zip(texts, answers, strict=True):
        assert all(len(note) < LONGEST for note in notes), text[:500]
        refused = [note for note in notes if note.startswith("The link does not fit, so nothing")]
        kept = [note for note in notes if note.startswith("The link was followed but for this: ")]
        assert len(refused) + len(kept) == len(notes), notes
        assert not refused or (len(notes) == 1 and "expected" in notes[0]), notes
    count = sum(map(bool, answers))
    assert 0 < count < len(texts)
    # No address makes an element that runs, leads elsewhere or asks for something.
    new = set(opened.window.evaluate(INVENTORY)) - usual
    assert not [kind for kind in new if re.match(r"(script|a|iframe|img|object)\b|.* on", kind)]
    # And the next sound one is followed as ever.
    opened.window.evaluate(FOLLOW, ["mgw1;edits=0:7&2/mgw1;step=3"])
    assert opened.notes.count() == 0
    assert opened.figure.drawn().box("x").value == "7"
    opened.is_at(3)
    measured("spoiled addresses of a page", len(texts), "followed, or answered in a sentence")
    measured("spoiled addresses that were answered", count, "some")


@pytest.mark.parametrize("seed", range(6))
def test_a_page_opens_whatever_its_address_is(opened, seed):
    opened.open(
        page([show(Value(2.0, label="x") * 3.0)]),
        f"#{quote(address(Random(seed)), errors='replace')}",
    )
    assert opened.figure.box("x").value
    assert opened.notes.count() <= 1
