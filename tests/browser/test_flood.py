"""As much at once as a page or a cell can send: few messages, and the last word counts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.expressions import LECTURE
from tests.browser.pages import until

EVENTS, UPDATES = 10_000, 20_000
MOST_MESSAGES = 200
PATIENCE_MS = 500

# Every message of a widget that a page sends or gets, from now on.
COUNT = """() => {
  if (window.counted) { window.counted.sent = 0; return; }
  window.counted = { sent: 0 };
  const { send } = WebSocket.prototype;
  const words = (data) => typeof data === "string" ? data : new TextDecoder("latin1").decode(data);
  WebSocket.prototype.send = function (data) {
    if (/"comm_msg"/.test(words(data).slice(0, 5000))) window.counted.sent++;
    send.call(this, data);
  };
}"""

# As fast as a page can; it comes to draw now and then.
FLOOD = """async ([slider, count]) => {
  const [low, high] = [Number(slider.min), Number(slider.max)];
  for (let n = 1; n <= count; n++) {
    slider.value = `${low + ((n * 7) % 100) / 100 * (high - low)}`;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    if (n % 50 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  slider.value = `${low + 0.75 * (high - low)}`;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  slider.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def flood(lab, slider):
    """Ten thousand events of a slider; how many messages they were."""
    lab.page.evaluate(COUNT)
    lab.page.evaluate(FLOOD, [slider.element_handle(), EVENTS])
    return lambda: lab.page.evaluate("window.counted.sent")


@pytest.mark.measured
def test_ten_thousand_events_of_a_leafs_slider_are_few_messages(lab, measured):
    figure = lab.run(f"{LECTURE}\ndiagram = show(o)\ndiagram").figure()
    figure.fit()
    figure.click("w1")
    sent = flood(lab, figure.root.get_by_role("slider", name="w1, between two ends"))
    number = figure.root.get_by_role("textbox", name="w1, as a number").input_value()
    edited = lambda: lab.run("print(*(diagram.edits or {}).values())").text.strip()  # noqa: E731
    until(lab.page, lambda: edited() and float(edited()) == float(number), "the last number", 30)
    measured("messages of 10,000 events of a leaf's slider", sent(), "200")
    assert sent() <= MOST_MESSAGES


@pytest.mark.measured
def test_ten_thousand_events_of_a_setting_are_few_messages(lab, measured):
    output = lab.run(
        "from microgradwidgets import Dashboard\n"
        "dashboard = Dashboard(hidden=[3], n_samples=20)\ndashboard"
    ).output
    slider = output.get_by_role("slider", name="L2 alpha, slider")
    expect(slider).to_be_enabled()
    sent = flood(lab, slider)
    alpha = output.get_by_role("group", name="L2 alpha", exact=True).get_by_role("textbox")
    here = float(alpha.input_value())
    there = lambda: float(lab.run("print(dashboard.alpha)").text)  # noqa: E731
    until(lab.page, lambda: there() == here, "the last number", 30)
    measured("messages of 10,000 events of a dashboard's slider", sent(), "200")
    assert sent() <= MOST_MESSAGES
    lab.run("dashboard.close()")


# From the moment the cell has ended, in the page's own time.
AFTER = """async ([root, name, wanted]) => {
  const start = performance.now();
  const seen = () => root.querySelector(name)?.value ?? root.querySelector(name)?.textContent;
  while (seen() !== wanted && performance.now() - start < 20_000) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  return [performance.now() - start, seen()];
}"""


@pytest.mark.measured
def test_twenty_thousand_updates_of_a_cell_end_on_the_last(lab, measured, night):
    updates = UPDATES if night else 2_000
    figure = lab.run(
        'w = Value(2.0, label="w")\ndiagram = show((w * 3.0).tanh())\ndiagram'
    ).figure()
    figure.fit()
    figure.click("w")
    lab.run(f"for n in range(1, {updates + 1}):\n    diagram.edits = {{w: float(n)}}")
    took, seen = lab.page.evaluate(
        AFTER,
        [figure.root.element_handle(), '[aria-label="w, as a number"]', str(updates)],
    )
    measured(f"a page after {updates:,} updates of a cell, ms", round(took), "500")
    assert seen == str(updates)
    expect(lab.page.get_by_text("rate limit")).to_have_count(0)
    expect(lab.page.get_by_text("IOPub")).to_have_count(0)
    if night:  # by day something else may run beside it
        assert took < PATIENCE_MS
