"""Bad surroundings: what a page lacks is made up for, or said, beside the still picture."""

from __future__ import annotations

import re
from base64 import b64encode
from gzip import compress

import pytest
from playwright.sync_api import expect

from microgradwidgets import Dashboard, show, to_html
from microgradwidgets.views.front_end import FIGURES, GRAPHVIZ, built, engine_key
from microgradwidgets.views.stored import base85
from tests.browser.figure import FIGURE, Figure
from tests.browser.plain import plain
from tests.vectors import lecture_neuron

STILL = ".mgw-place img, .mgw-place table"
SAID = ".mgw-place > p[role=status]"
INSTEAD = "What is seen instead is the still picture."

THROWS = """
const no = { get() { throw new DOMException("denied", "SecurityError"); } };
for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) {
  Object.defineProperty(window, name, no);
}
Object.defineProperty(navigator, "storage", no);
"""


def without(*names):
    """Before anything of the page runs; a worker has its own, and would still have these."""
    return "".join(f"delete window.{name};" for name in names)


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a page from disk; nothing may be left unhandled."""
    contexts, wrong = [], []

    def open_(text, lack="", **options):
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.add_init_script(lack)
        path = tmp_path / "page.html"
        path.write_text(text, "utf-8")
        page.goto(path.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert wrong == []


def neuron(**options):
    return to_html(show(lecture_neuron()), **options)


def expect_live(page):
    figure = Figure(page.locator(FIGURE).first).drawn()
    assert len(figure.boxes) == 10
    expect(page.locator(STILL).first).to_be_hidden()
    expect(page.locator(SAID)).to_have_count(0)
    figure.choose("Direction", "top to bottom")
    figure.until(lambda: figure.box("o").area["y"] > figure.box("b").area["y"] + 60, "a turn")


def expect_still(page, reason):
    expect(page.locator(SAID)).to_have_text(re.compile(f"{reason}.* {re.escape(INSTEAD)}$"))
    expect(page.locator(STILL).first).to_be_visible()
    expect(page.locator(".mgw")).to_have_count(0)


# -- made up for ----------------------------------------------------------------------------------

LACKING = {
    "workers": without("Worker"),
    "WebAssembly": without("WebAssembly"),
    "workers and WebAssembly": without("Worker", "WebAssembly"),
    "storage": THROWS,
    "IntersectionObserver": without("IntersectionObserver"),
    "full screen and clipboard": """
      delete Element.prototype.requestFullscreen;
      Object.defineProperty(navigator, "clipboard", { value: undefined });
    """,
}


@pytest.mark.parametrize("lack", LACKING)
def test_a_diagram_lives_without(opened, lack):
    expect_live(opened(neuron(), LACKING[lack]))


@pytest.mark.parametrize("lack", ["workers", "storage", "full screen and clipboard"])
def test_a_dashboard_trains_and_gives_its_state_without(opened, lack):
    page = opened(to_html(Dashboard(hidden=[2], n_samples=4, steps=20)), LACKING[lack])
    page.get_by_role("button", name="Play").click()
    field = page.locator(".mgw-transport-field")
    expect(field).to_have_value("20", timeout=30_000)
    page.get_by_role("button", name="Export").first.click()
    page.get_by_role("menuitem", name="Copy state").click()
    said = page.get_by_text(re.compile("^State copied|^This page may not use the clipboard"))
    expect(said.filter(visible=True).first).to_be_visible()
    page.keyboard.press("Escape")
    field.fill("7")
    field.press("Enter")
    expect(field).to_have_value("7")


@pytest.mark.parametrize(
    "change",
    [("worker-src blob:", "worker-src 'none'"), (" 'wasm-unsafe-eval'", "")],
    ids=["workers", "WebAssembly"],
)
def test_a_diagram_lives_where_the_policy_allows_no(opened, change):
    text = neuron()
    assert text.count(change[0]) >= 1
    expect_live(opened(text.replace(*change, 1)))


def test_a_small_page_needs_nothing_to_unpack_it(opened):
    lack = without("DecompressionStream", "Worker", "WebAssembly")
    expect_live(opened(neuron(engine=False), lack))


# -- said -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["DecompressionStream", "ResizeObserver", "MutationObserver"])
def test_what_a_browser_lacks_is_named(opened, name):
    expect_still(opened(neuron(), without(name)), f"This browser has no {name}")


def test_a_dashboard_names_it_too(opened):
    page = opened(to_html(Dashboard(hidden=[2])), without("IntersectionObserver"))
    expect_still(page, "This browser has no IntersectionObserver")


def test_a_policy_that_blocks_the_figures_is_named(opened):
    page = opened(neuron().replace(" blob: 'wasm-unsafe-eval'", "", 1))
    expect_still(page, "The page around does not let the script of the live figure run")


def figures_of(text, module):
    """The page with another module in place of the figures."""
    packed = base85(module)
    return re.sub(r'(data-mgw="figures">)[^<]*', lambda found: found[1] + packed, text)


def test_a_script_that_cannot_be_read_is_told_of(opened):
    page = opened(figures_of(neuron(), compress(b"export class { #new: syntax }")))
    expect_still(page, "This browser is too old to read the script of the live figure")


@pytest.mark.parametrize("module", [b"", b"no gzip", built(FIGURES)[:5000]])
def test_a_damaged_page_is_told_of(opened, module):
    expect_still(opened(figures_of(neuron(), module)), "The diagram could not be loaded")


def test_damaged_widgets_are_told_of(opened):
    text = re.sub(r'(data-mgw="widgets">)\[', r"\1[[", neuron())
    expect_still(opened(text), "The diagram could not be loaded: what this page says of it")


def test_without_scripts_the_still_picture_stands(opened):
    page = opened(neuron(), java_script_enabled=False)
    expect(page.locator(STILL).first).to_be_visible()
    expect(page.get_by_text("A still picture. In a browser of today")).to_be_visible()


# -- in a page around -----------------------------------------------------------------------------

# A host that answers as a kernel does, or cannot even be asked; the still picture stands beside.
HOST = """
async ({ widget, state, still, bytes, engine, sends }) => {
  const decoded = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  for (const name of bytes) state[name] = decoded(state[name]);
  document.body.innerHTML = `<div id="live"></div><div class="${state._still}">${still}</div>`;
  const callbacks = new Map();
  const model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    on: (event, callback) => callbacks.set(event, callback),
    off: (event) => callbacks.delete(event),
    save_changes() {},
    send() {
      if (!sends) throw new Error("the comm is closed");
      const message = { kind: "engine", key: state._engine_key };
      const buffers = engine.map((part) => decoded(part));
      setTimeout(() => callbacks.get("msg:custom")?.(message, buffers));
    },
  };
  const url = URL.createObjectURL(new Blob([widget], { type: "text/javascript" }));
  const { default: { initialize, render } } = await import(url);
  initialize({ model });
  window.end = render({ model, el: document.getElementById("live") });
}
"""


@pytest.fixture
def hosted(plain_page):
    """A widget in a page of somebody else's, which lacks something."""

    def begin(lack="", *, sends=True):
        page = plain_page().page
        page.add_init_script(lack)
        page.reload()
        diagram = show(lecture_neuron())
        state = {**diagram.get_state(), "_engine_key": engine_key()}
        page.evaluate(
            HOST,
            {
                "widget": diagram._esm,
                "state": {name: plain(value) for name, value in state.items()},
                "bytes": [name for name, value in state.items() if isinstance(value, bytes)],
                "still": diagram.still_html(),
                "engine": [b64encode(built(part)).decode() for part in (FIGURES, GRAPHVIZ)],
                "sends": sends,
            },
        )
        return page

    return begin


def hosted_still(page):
    return page.locator("[class^=mgw-still] img, [class^=mgw-still] table").first


@pytest.mark.parametrize("lack", ["workers", "WebAssembly", "workers and WebAssembly", "storage"])
def test_a_widget_lives_without(hosted, lack):
    page = hosted(LACKING[lack])
    assert len(Figure(page.locator(FIGURE).first).drawn().boxes) == 10
    expect(hosted_still(page)).to_be_hidden()


@pytest.mark.parametrize("name", ["DecompressionStream", "ResizeObserver", "MutationObserver"])
def test_a_widget_names_what_a_browser_lacks(hosted, name):
    page = hosted(without(name))
    expect(page.get_by_role("status")).to_contain_text(f"This browser has no {name}")
    expect(page.get_by_role("status")).to_contain_text(INSTEAD)
    expect(hosted_still(page)).to_be_visible()
    expect(page.locator(".mgw")).to_have_count(0)


def test_a_widget_that_python_cannot_hear_says_so(hosted):
    page = hosted(sends=False)
    expect(page.get_by_role("status")).to_contain_text("Python cannot be reached from this page")
    expect(hosted_still(page)).to_be_visible()


# -- from one picture to the other ----------------------------------------------------------------

WATCH = """
new MutationObserver(() => {
  const still = document.querySelector(".mgw-place img, .mgw-place table");
  if (still === null) return;
  const seen = (one) => one?.checkVisibility({ visibilityProperty: true }) ?? false;
  const pictures = [still, document.querySelector(".mgw-box")];
  (window.seen ??= []).push(pictures.filter(seen).length);
}).observe(document, { subtree: true, childList: true, attributes: true });
"""


def test_there_is_always_one_picture(opened):
    """At no time none, and at no time two; asked after every change of the page."""
    page = opened(neuron(), WATCH)
    Figure(page.locator(FIGURE).first).drawn()
    seen = page.evaluate("window.seen")
    assert set(seen) == {1}
