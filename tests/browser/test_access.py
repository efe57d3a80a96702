"""For people who do not see the picture, or see it otherwise: axe-core finds nothing to say."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, show
from tests.browser.access import violations
from tests.browser.expressions import LECTURE, made_names
from tests.diagnosis_vectors import saturating
from tests.grouped import score


def lecture(**options):
    names = made_names(LECTURE)
    return show(names["o"], names=names, **options)


def broken():
    """Infinities begin at two powers, a nan where they meet."""
    zero, large = Value(0.0, label="zero"), Value(1e100, label="large")
    return show(zero**-1.0 - large**4, names=False)


SHOWN = {
    "a neuron": lecture,
    "open groups": lambda: show(score([3, 1]), names=False),
    "closed groups": lambda: show(score(), names=False),
    "nan and inf": broken,
    "compared": lambda: show(score([3, 1]), names=False, compare=score([3, 1], [0.5, 1.0])),
    "a vanished gradient": lambda: show(saturating(), names=False),
    "folded": lambda: show(Value.sum(Value(float(i)) for i in range(2000)), names=False),
}


def select(figure):
    figure.rows.last.focus()
    figure.page.keyboard.press(" ")
    expect(figure.panel).to_be_visible()


def pan_away(figure):
    figure.hold_focus("background")
    for _ in range(40):
        figure.page.keyboard.press("Shift+ArrowDown")
    expect(figure.root.get_by_role("button", name="Back to the picture")).to_be_visible()


def ask_why(figure):
    figure.named("w1").focus()
    figure.page.keyboard.press(" ")
    figure.panel.get_by_text("Why this gradient?").click()
    expect(figure.panel.get_by_role("list", name="Paths to the output")).to_be_visible()


def search(figure):
    figure.root.get_by_role("button", name="Search").click()
    figure.page.keyboard.type("w")
    expect(figure.root.get_by_role("status")).to_contain_text("found")


def step(figure):
    figure.press_button("Step through")
    for key in ("End", "ArrowLeft", "ArrowLeft"):
        figure.page.keyboard.press(key)


STATES = {
    "as it opens": lambda figure: None,
    "with the focus": lambda figure: figure.hold_focus("box"),
    "selected": select,
    "keys": lambda figure: figure.press_button("Keys"),
    "list": lambda figure: figure.press_button("List"),
    "uncoloured": lambda figure: figure.choose("Colour", "none"),
    "top to bottom": lambda figure: figure.choose("Direction", "top to bottom"),
    "out of view": pan_away,
    "export": lambda figure: figure.press_button("Export"),
    "full screen": lambda figure: figure.press_button("Full screen"),
    "why": ask_why,
    "search": search,
    "stepping": step,
    "numerical check": lambda figure: figure.choose("Colour", "numerical check"),
}


def everything(figure):
    """As much at once as a person can open."""
    select(figure)
    figure.press_button("List")
    figure.press_button("Keys")


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(plain, state):
    figure = plain.show(lecture())
    STATES[state](figure)
    assert violations(plain.page) == []


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_whatever_is_shown(plain, name, theme):
    figure = plain.show(SHOWN[name](), theme=theme)
    everything(figure)
    assert violations(plain.page) == []


WINDOWS = {
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "twice as large": {"viewport": {"width": 640, "height": 480}, "device_scale_factor": 2},
    "forced colours": {"forced_colors": "active"},
    "little motion": {"reduced_motion": "reduce"},
    "more contrast": {"contrast": "more"},
}


@pytest.mark.parametrize("window", WINDOWS)
def test_axe_finds_nothing_in_any_window(plain_page, window):
    page = plain_page(**WINDOWS[window])
    everything(page.show(lecture()))
    assert violations(page.page) == []


# Graphviz cannot be started, neither in a worker nor on the page, and no positions can be read.
NO_LAYOUT = """() => {
  window.Worker = undefined;
  URL.createObjectURL = () => "data:text/javascript,throw new Error('no layout here')";
  const parse = JSON.parse;
  JSON.parse = (text, ...rest) => {
    if (text.startsWith('{"bb"')) throw new Error("no layout here");
    return parse(text, ...rest);
  };
}"""


def test_axe_finds_nothing_in_a_table_or_an_error(plain):
    plain.page.evaluate(NO_LAYOUT)
    figure = plain.mount(lecture())
    expect(figure.root.get_by_role("table")).to_be_visible()
    expect(figure.root.get_by_role("tree")).to_have_count(0)
    assert violations(plain.page) == []
    plain.page.evaluate("() => window.model.set('tape', new Uint8Array([1, 2, 3]))")
    expect(figure.root.get_by_role("alert")).to_be_visible()
    assert violations(plain.page) == []


def test_axe_finds_nothing_in_a_notebook(lab):
    figure = lab.run(f"{LECTURE}\nshow(o)").figure()
    everything(figure)
    assert violations(lab.page, ".mgw") == []
