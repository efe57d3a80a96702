"""Labels that attack: each is shown as the text it is, and does nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.figure import BOX
from tests.browser.jupyter import Notebook

HOSTILE = Path(__file__).parents[1] / "data" / "hostile_inputs.json"
SHOWN_CHARACTERS = 200
ROWS = [
    row
    for row in json.loads(HOSTILE.read_text(encoding="utf-8"))["inputs"]
    if row["kind"] == "label"
]


def label_of(row):
    if "repeat" in row:
        text, times = row["repeat"]
        return text * times
    return row["input"]


def promised(row):
    """What the legend of the file promises to show, or None where it is the operation's name."""
    label, outcome = label_of(row), row["expect"]
    if outcome == "fallback-name":
        return None
    if outcome == "truncated":
        return label[:SHOWN_CHARACTERS] + "…"
    if outcome == "literal-multiline":
        return label.replace("\r\n", "\n")
    if outcome == "literal-ws":
        return label.replace("\t", " ")
    if outcome == "visible-escape":
        return "".join(escaped(character) for character in label)
    return label[:SHOWN_CHARACTERS] + ("…" if len(label) > SHOWN_CHARACTERS else "")


def escaped(character):
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE or 0x80 <= code < 0xA0:
        return f"\\u{code:04X}"
    return character


# Selects every box by its keys, one after the other, and reads title and panel.
READ_ALL = """(root) => {
  const press = (row) =>
    row.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true }));
  const rows = [];
  for (const box of root.querySelectorAll(".mgw-leaf, .mgw-constant")) {
    const row = root.querySelector(`[role=treeitem][data-index="${box.dataset.index}"]`);
    row.focus();
    press(row);
    const title = box.querySelector(":scope svg text");
    const heading = root.querySelector(".mgw-panel strong");
    rows.push({
      title: title?.textContent ?? "",
      isolated: title ? getComputedStyle(title.firstElementChild).unicodeBidi : "",
      clipped: title ? getComputedStyle(title.parentElement).overflow : "",
      spoken: row.getAttribute("aria-label"),
      panel: heading.textContent,
      bdi: heading.querySelectorAll("bdi").length,
      value: root.querySelector(".mgw-panel dd").textContent,
    });
    press(row);
  }
  return rows;
}"""

# What the figure is not made of, and what no label may add to it.
FOREIGN = """(root) => [...root.querySelectorAll("*")].filter((element) =>
  /^(script|a|iframe|img|image|object|embed|foreignobject|animate|use|form|link|meta|base|math)$/i
    .test(element.localName)
  || [...element.attributes].some((a) => /^on|^(xlink:)?href$|^src$|^srcdoc$/i.test(a.name))
  || (element.localName === "style" && element.parentElement !== root),
).map((element) => element.outerHTML)"""

ROWS_AT_ONCE = 20


@dataclass
class Seen:
    """What became of all hostile labels on one page."""

    rows: dict[str, Any] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    pwn: object = None


@pytest.fixture(scope="module")
def seen(front: Callable[[], Notebook]) -> Seen:
    """A few big expressions, each leaf of which wears one of the labels."""
    notebook, seen = front(), Seen()
    page = notebook.page
    page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    notebook.run(
        "import json\nfrom microgradwidgets import Value, show\n"
        f"rows = json.load(open({str(HOSTILE)!r}, encoding='utf-8'))['inputs']\n"
        "rows = [row for row in rows if row['kind'] == 'label']\n"
        "labels = [r['repeat'][0] * r['repeat'][1] if 'repeat' in r else r['input'] for r in rows]"
    )
    for start in range(0, len(ROWS), ROWS_AT_ONCE):
        figure = notebook.run(
            f"leaves = [Value(1000.0 + i, label=labels[i]) for i in range(len(labels))]\n"
            f"show(Value.sum(leaves[{start}:{start + ROWS_AT_ONCE}]), direction='TB', names=False)"
        ).figure()
        for read in figure.root.evaluate(READ_ALL):
            place = float(read["value"].replace("\u2212", "-")) - 1000
            if place in range(start, start + ROWS_AT_ONCE) and place < len(ROWS):
                seen.rows.setdefault(ROWS[int(place)]["id"], read)
        figure.fit()
        figure.root.locator(BOX).locator("rect.mgw-frame").first.hover()
        expect(figure.root.locator(".mgw-tooltip")).to_be_visible()
        seen.foreign += figure.root.evaluate(FOREIGN)
    seen.pwn = page.evaluate("window.__pwn ?? null")
    return seen


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_label_is_shown_as_promised(seen, row):
    read, text = seen.rows[row["id"]], promised(row)
    if text is None:
        assert read["title"] == ""
        assert read["panel"] == "constant"
        return
    one_line = text.replace("\n", "\u21b5")
    assert read["title"].lower() == one_line.lower()
    assert read["panel"].lower() == text.lower()
    assert read["spoken"].lower().startswith(f"{one_line} = ".lower())
    assert read["isolated"].startswith("isolate")
    assert read["bdi"] == 1
    assert read["clipped"] in ("hidden", "clip")


def test_no_label_runs_anything_or_adds_an_element(seen):
    assert seen.pwn is None
    assert seen.dialogs == []
    assert seen.foreign == []


def test_a_very_long_label_is_written_out_on_request(lab):
    figure = lab.run("x = Value(1.0, label='A' * 20_000)\nshow(x * 2)").figure()
    figure.click("A" * SHOWN_CHARACTERS + "…")
    whole = figure.panel.get_by_text("20,000 characters")
    assert len(figure.panel.inner_text()) < 2_000
    whole.click()
    figure.until(lambda: "A" * 20_000 in figure.panel.inner_text(), "the whole label")


def test_labels_do_no_harm_in_the_saved_picture(lab):
    """The picture beside the widget is an address inside an <img>, or a table of plain text."""
    cell = lab.run(
        "value = Value(1.0, label='<script>window.__pwn=1</script>') * Value(2.0, label='\"><b>')\n"
        "from IPython.display import HTML, display\n"
        "display(HTML(show(value)._repr_mimebundle_()[0]['text/html']))"
    )
    expect(cell.output.locator("img, table").first).to_be_visible()
    assert cell.output.locator("script, b").count() == 0
    assert lab.page.evaluate("window.__pwn ?? null") is None
