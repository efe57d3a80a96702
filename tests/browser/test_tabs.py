"""A tab of each browser: what a one-file page is made of works in it, and it hides nothing."""

from __future__ import annotations

from html import escape

import pytest

STRICT = """<meta http-equiv="Content-Security-Policy" content="default-src 'none';
script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:;
style-src 'unsafe-inline'; img-src data:">"""

PARTS = """<button>Go</button><input aria-label="Name">
<script>
  window.told = [];
  const link = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  new Worker(link("postMessage('worker')")).onmessage = ({ data }) => told.push(data);
  import(link("export const word = 'module'")).then(({ word }) => told.push(word));
  document.querySelector("button").onclick = () => told.push("clicked");
  document.querySelector("button").onpointerenter = () => told.push("entered");
  document.querySelector("input").onkeydown = ({ key }) => told.push(key);
</script>"""


def page(body, head=STRICT):
    return f"<!doctype html><html lang='en'><head>{head}<title>Page</title></head><body>{body}"


@pytest.fixture
def write(tmp_path):
    def write(text):
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        return tmp_path / "page.html"

    return write


def told(tab, word):
    tab.until("(word) => told.includes(word)", word)


def test_workers_modules_keys_and_mouse_under_a_strict_policy(tab, write):
    tab.open(write(page(PARTS)))
    told(tab, "worker")
    told(tab, "module")
    tab.move_to("button")
    told(tab, "entered")
    tab.click_on("button", "Go")
    told(tab, "clicked")
    tab.click_on("input", "Name")
    tab.type("q7")
    tab.press("ArrowRight")
    told(tab, "ArrowRight")
    assert tab.evaluate("() => document.querySelector('input').value") == "q7"


def test_the_same_in_a_sandboxed_frame(tab, write):
    frame = f'<iframe sandbox="allow-scripts" srcdoc="{escape(page(PARTS))}"></iframe>'
    tab.open(write(page(f"<p style='height: 1500px'>Far down:</p>{frame}", head="")))
    tab.enter("iframe")
    told(tab, "worker")
    told(tab, "module")
    tab.click_on("button", "Go")
    told(tab, "clicked")


@pytest.mark.parametrize(
    "body, words",
    [
        ("<script>null.gone</script>", "rror"),
        ("<script>Promise.reject(new Error('nobody listens'))</script>", "nobody listens"),
        ("<script>console.error('a complaint')</script>", "a complaint"),
        ("<img src='https://outside.invalid/x.png'>", "outside.invalid"),
    ],
    ids=["error", "rejection", "console", "policy"],
)
def test_nothing_that_goes_wrong_is_hidden(tab, write, body, words):
    tab.open(write(page(body)))
    tab.until("() => complaints.length")
    assert words in str(tab.complaints)
    tab.open(write(page("")))
    tab.forget()


def test_a_request_to_another_machine_is_noted(tab, write):
    tab.open(write(page("<img src='http://outside.invalid/x.png'>", head="")))
    tab.until("() => complaints.length")  # no such machine
    assert "outside.invalid" in str(tab.outside)
    tab.open(write(page("")))
    tab.forget()
