"""The dashboard for people who do not see it, see it otherwise, or have no pointer."""

from __future__ import annotations

import re
from array import array

import pytest
from playwright.sync_api import expect

from microgradwidgets import Dashboard
from microgradwidgets.views.packed import pack
from microgradwidgets.views.watching_steps import FRAME_MARK
from tests.browser.access import focused_name, violations
from tests.browser.figure import FIGURE, Figure
from tests.browser.jupyter import COMMAND_KEYS
from tests.browser.test_theme import assert_readable
from tests.browser.training import Training

SMALL = {"hidden": [4, 3], "n_samples": 30}


def trained(plain, step=12, **settings):
    training = Training(plain, **{**SMALL, "speed": "max", **settings})
    training.go(step)
    return training


def another_run(plain):
    training = trained(plain)
    training.go(5)
    plain.set("alpha", 0.1)
    expect(training.runs).to_be_visible()


def broken_off(plain, **settings):
    training = Training(plain, **{**SMALL, "learning_rate": 1e100, "speed": "max", **settings})
    plain.set("playing", True)
    expect(training.alert).to_contain_text("Training broke off")
    return training


def point_graph(plain):
    trained(plain)
    plain.set("selected_point", 3)
    Figure(plain.page.locator(FIGURE)).drawn()


def open_all(training):
    training.root.locator("details:not([open]) > summary").evaluate_all(
        "(all) => all.forEach((summary) => summary.click())"
    )
    expect(training.root.get_by_role("table").first).to_be_visible()


def everything_open(plain):
    open_all(trained(plain))


def broken_off_and_open(plain):
    open_all(broken_off(plain))
    plain.set("selected_parameter", 1)
    plain.set("selected_point", 0)
    Figure(plain.page.locator(FIGURE)).drawn()


def weight(plain):
    trained(plain)
    plain.set("selected_parameter", 2)
    expect(plain.page.get_by_text("What makes up its gradient")).to_be_visible()


def tests_and_batches(plain):
    trained(plain, train_share=0.7, batch_size=5)
    plain.set("selected_point", 29)


def watched(plain):
    dashboard = Dashboard(**SMALL)
    numbers = array("d", [p.data for p in dashboard.model.parameters()])
    header = {
        "sequence": 1,
        "step": 4,
        "status": "running",
        "words": "",
        "parameters": len(numbers),
        "rows": 1,
        "every": 1,
    }
    row = array("d", [4, 0.5, 0.4, 0.1, 0.9, 0.1])
    training = Training(plain, **SMALL)
    plain.set("watching", "running")
    plain.set_bytes("watched", pack(FRAME_MARK, header, [numbers, numbers, row]))
    expect(training.figure("run")).to_have_text("your loop")
    plain.set("selected_parameter", 2)
    open_all(training)


def locked(plain):
    names = ["learning_rate", "alpha", "noise", "hidden", "dataset", "points", "reset", "speed"]
    trained(plain, locked=names)


def without_python(plain):
    Training(plain, **SMALL)
    expect(plain.page.get_by_text("No Python behind this page")).to_be_visible()


STATES = {
    "fresh": lambda plain: Training(plain, **SMALL),
    "another run to compare": another_run,
    "diverged": broken_off,
    "the graph of a point": point_graph,
    "everything open": everything_open,
    "diverged and everything open": broken_off_and_open,
    "a weight": weight,
    "test points and batches": tests_and_batches,
    "watching": watched,
    "locked": locked,
    "without Python": without_python,
    "two points": lambda plain: open_all(trained(plain, n_samples=2)),
    "hardly any to train on": lambda plain: open_all(trained(plain, train_share=0.1, n_samples=4)),
    "no hidden layer": lambda plain: open_all(trained(plain, hidden=[])),
    "a learning rate of 0": lambda plain: open_all(trained(plain, learning_rate=0.0)),
    "no penalty": lambda plain: open_all(trained(plain, alpha=0.0)),
    "tanh": lambda plain: open_all(trained(plain, activation="tanh")),
    "one unit": lambda plain: open_all(trained(plain, hidden=[1], n_samples=2, train_share=0.1)),
}

# What can be read, and what is said aloud; a diagram has words of its own for its numbers.
SEEN = """(root) => {
  const ours = (element) => !element.closest("style, .mgw-dashboard .mgw:not(.mgw-dashboard)");
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() && ours(element) && element.checkVisibility())
      found.push(element.closest("p, li, dd, tr, button")?.textContent ?? node.data);
  }
  for (const element of [root, ...root.querySelectorAll("*")].filter(ours)) {
    for (const name of ["aria-label", "aria-description", "aria-valuetext", "title"])
      if (element.hasAttribute(name)) found.push(element.getAttribute(name));
    if (element instanceof HTMLInputElement) found.push(element.value);
  }
  return [...new Set(found)];
}"""
NO_NUMBER = re.compile(r"\b(nan|undefined|null|inf|infinity)\b|\[object", re.IGNORECASE)
EXPLAINED = re.compile("where a number is no longer finite")

# Words that are cut off, what sticks out, and what a finger would miss.
PROBLEMS = """(root) => {
  const edge = root.getBoundingClientRect().right + 0.5;
  const style = (element) => getComputedStyle(element);
  const scrolls = (element) => {
    for (let e = element; e !== root; e = e.parentElement)
      if (e.localName === "svg" || /auto|scroll/.test(style(e).overflowX)) return true;
    return false;
  };
  const unseen = (element) => element.closest("svg, style, canvas, .mgw-live, .mgw-unseen");
  const named = (element, what) =>
    `${what}: ${element.className} ${element.getAttribute("aria-label") ?? element.textContent}`;
  const found = [];
  if (root.scrollWidth > root.clientWidth) found.push("the dashboard scrolls");
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls");
  for (const element of root.querySelectorAll("*")) {
    if (unseen(element) || !element.checkVisibility()) continue;
    const box = element.getBoundingClientRect();
    if (box.right > edge && !scrolls(element.parentElement))
      found.push(named(element, "sticks out"));
    const isClipped = /hidden|clip/.test(style(element).overflowX) && !element.matches("input");
    if (isClipped && box.width > 2 && element.scrollWidth > element.clientWidth + 1)
      found.push(named(element, "cut off"));
    if (element.matches("button, select, input, summary, [role=slider], [role=option], a")) {
      const target = element.type === "checkbox" ? element.closest("label") : element;
      const { width, height } = target.getBoundingClientRect();
      if (Math.min(width, height) < 24) found.push(named(element, `${width} x ${height}`));
    }
  }
  return found;
}"""


def complaints(root):
    """All that is wrong with what a person sees and hears."""
    texts = root.evaluate(SEEN)
    assert len(texts) > 50
    return [
        *(text for text in texts if NO_NUMBER.search(text) and not EXPLAINED.search(text)),
        *root.evaluate(PROBLEMS),
        *violations(root.page),
    ]


DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.parametrize("state", STATES)
def test_every_state_can_be_read_reached_and_heard(plain, state):
    STATES[state](plain)
    root = plain.page.locator(".mgw-dashboard")
    for theme, width in [("light", 1100), ("dark", 320)]:
        plain.page.set_viewport_size({"width": width, "height": 900})
        plain.set("theme", theme)
        expect(root).to_have_attribute("data-theme", theme)
        plain.page.evaluate(DRAWN)
        assert complaints(root) == []
        assert_readable(Figure(root))


def test_what_is_not_finite_is_not_said_to_be_known_elsewhere(plain):
    elsewhere = re.compile("known only to Python|unknown")
    broken_off_and_open(plain)
    expect(plain.page.locator(".mgw-dashboard")).not_to_contain_text(elsewhere)
    watched(plain)
    for part in ("weight", "histograms", "paramtable"):
        expect(plain.page.locator(f".mgw-{part}")).to_contain_text(elsewhere)


WINDOWS = {
    "twice as large": {"viewport": {"width": 640, "height": 480}, "device_scale_factor": 2},
    "forced colours": {"forced_colors": "active"},
    "forced dark colours": {"forced_colors": "active", "color_scheme": "dark"},
    "little motion": {"reduced_motion": "reduce"},
    "more contrast": {"contrast": "more"},
}

# How long anything moves at most, in seconds.
MOTION = """(root) => {
  const seconds = (text) => Math.max(...text.split(", ").map(Number.parseFloat));
  const all = [root, ...root.querySelectorAll("*")].map((element) => getComputedStyle(element));
  return all.reduce((most, style) =>
    Math.max(most, seconds(style.transitionDuration), seconds(style.animationDuration)), 0);
}"""


@pytest.mark.parametrize("window", WINDOWS)
def test_all_of_it_can_be_read_in_any_window(plain_page, window):
    plain = plain_page(**WINDOWS[window])
    training = trained(plain)
    open_all(training)
    plain.set("selected_parameter", 1)
    plain.set("selected_point", 0)
    Figure(plain.page.locator(FIGURE)).drawn()
    assert complaints(training.root) == []
    assert_readable(Figure(training.root))
    assert training.root.evaluate(MOTION) <= (0 if window == "little motion" else 0.2)


# -- by keys alone ---------------------------------------------------------------------------------

# Everything that can have the focus, as the eye meets it: in the grid, part by part.
CONTROLS = """(root) => {
  const places = [...root.querySelectorAll(".mgw-dashboard-grid > *")];
  const rank = (element) => {
    const place = places.find((one) => one.contains(element));
    if (place === undefined) return [-1, 0];
    const { top, left } = place.getBoundingClientRect();
    return [top, left];
  };
  const found = [...root.querySelectorAll("button, input, select, summary, a, [tabindex]")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled)
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => one.getBoundingClientRect().width > 0);
  window.controls = found
    .map((element, order) => ({ element, key: [...rank(element), order] }))
    .sort((a, b) => a.key[0] - b.key[0] || a.key[1] - b.key[1] || a.key[2] - b.key[2])
    .map(({ element }) => element);
  return window.controls.length;
}"""
BEFORE = """() => {
  const button = document.createElement("button");
  document.body.prepend(button);
  button.focus();
}"""
FOCUSED = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const ring = [element, ...element.children].some(
    (one) => getComputedStyle(one).outlineStyle !== "none",
  );
  const name = element.getAttribute("aria-label") ?? element.textContent;
  return [window.controls.indexOf(element), ring, `${element.localName} ${name}`];
}"""


@pytest.mark.parametrize("width", [1100, 320])
def test_tab_comes_by_every_control_as_the_eye_does(plain_page, width):
    plain = plain_page(viewport={"width": width, "height": 900})
    training = trained(plain)
    open_all(training)
    plain.set("selected_parameter", 1)
    expect(training.root.get_by_role("button", name="Let go of the parameter")).to_be_visible()
    count = training.root.evaluate(CONTROLS)
    assert count > 60
    plain.page.evaluate(BEFORE)
    seen = []
    for _ in range(count):
        plain.page.keyboard.press("Tab")
        seen.append(plain.page.evaluate(FOCUSED))
    assert [place for place, _, _ in seen] == list(range(count)), seen
    assert [name for _, has_ring, name in seen if not has_ring] == []


def tab_to(target, key="Tab"):
    """Press Tab until a control has the focus."""
    for _ in range(120):
        target.page.keyboard.press(key)
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"{target} cannot be reached")


def test_a_whole_lesson_by_keys_alone(plain):
    training = Training(plain, **SMALL, steps=40, speed="max")
    press, root = plain.page.keyboard.press, training.root
    tab_to(root.get_by_role("group", name="Learning rate", exact=True).get_by_role("textbox"))
    plain.page.keyboard.type("0.5")
    press("Enter")
    assert [plain.get("learning_rate"), plain.get("schedule")] == [0.5, "constant"]

    tab_to(training.button("Play"), "Shift+Tab")
    assert focused_name(plain.page) == ("button", "Play (space)")
    press("Space")
    training.is_at(40, 40)

    tab_to(training.slider)
    assert focused_name(plain.page) == ("slider", "Step on screen")
    press("ArrowLeft")
    press("PageDown")
    expect(training.figure("step")).not_to_contain_text("40 of")
    press("Home")
    press("ArrowRight")
    training.is_at(1, 40)

    tab_to(root.locator(".mgw-boundary-cursor:not([hidden])"))
    press("ArrowRight")
    role, point = focused_name(plain.page)
    assert role == "option"
    assert re.match(r"Point \d+ of 30, class .*, score .*, loss ", point)
    press("Enter")
    figure = Figure(plain.page.locator(FIGURE)).drawn()
    tab_to(figure.rows.and_(plain.page.locator('[tabindex="0"]')))
    press("End")
    press("Enter")
    expect(figure.panel).to_be_visible()
    press("Escape")
    press("Escape")
    press("Escape")
    expect(figure.root).to_have_count(0)
    assert plain.get("selected_point") is None

    tab_to(root.locator('.mgw-netview-unit[tabindex="0"]'))
    assert focused_name(plain.page)[1].startswith("input x1")
    press("ArrowRight")
    press("Enter")
    press("ArrowDown")
    press("Enter")
    assert plain.get("selected_parameter") is not None
    expect(root.get_by_text("What makes up its gradient")).to_be_visible()
    press("Escape")
    assert root.locator('.mgw-netview-unit[tabindex="0"]').evaluate(
        "(unit) => unit === document.activeElement"
    ), "the list is closed, and the unit has the focus again"
    press("Escape")
    assert plain.page.evaluate("document.activeElement === document.body")


PLACES = [
    ".mgw-transport-bar button",
    ".mgw-transport-slider",
    ".mgw-controls input[type=range]",
    ".mgw-controls select",
    ".mgw-controls summary",
    ".mgw-boundary-cursor[tabindex='0']",
    ".mgw-curves-stage",
    ".mgw-netview-unit[tabindex='0']",
]


def test_keys_of_the_notebook_stay_away_while_the_dashboard_has_the_focus(lab):
    lab.run("x = 1")
    cell = lab.run("from microgradwidgets import Dashboard\nDashboard(hidden=[3], n_samples=10)")
    root = cell.output.locator(".mgw-dashboard")
    expect(root.locator(".mgw-transport-slider")).to_be_enabled()
    before = lab.cell_ids(), lab.cell_types(), lab.kernel_id()
    for place in [root, *(root.locator(selector).first for selector in PLACES)]:
        place.focus()
        for key in COMMAND_KEYS:
            lab.page.keyboard.press(key)
        assert place.evaluate("(element) => element === document.activeElement"), place
        assert (lab.cell_ids(), lab.cell_types(), lab.kernel_id()) == before, place
    assert lab.run("print(x)").text == "1\n"
    root.locator(".mgw-transport-slider").focus()
    lab.page.keyboard.press("Escape")
    assert not root.evaluate("(root) => root.contains(document.activeElement)")
