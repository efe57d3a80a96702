"""The settings of a dashboard under a real hand, on a page without a notebook."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import Dashboard
from microgradwidgets.views.points import made, read_points
from tests.browser.access import focused_name, violations
from tests.browser.pages import until
from tests.browser.plain import PlainPage

SETTINGS = ".mgw-controls"

# As fast as a page can, over many frames; the last number is the one that counts.
FLOOD = """async ([name, count]) => {
  const slider = document.querySelector(`input[type=range][aria-label="${name}, slider"]`);
  const { model } = window;
  const before = model.saves;
  let [frames, longest, last] = [0, 0, performance.now()];
  let isOver = false;
  const look = (now) => {
    frames++;
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  for (let i = 1; i <= count; i++) {
    slider.value = `${(i * 7) % 100}`;
    slider.dispatchEvent(new Event("input"));
    if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  isOver = true;
  return { writes: model.saves - before, frames, longest };
}"""


def mount(plain: PlainPage, *, answers: bool = True, **settings):
    """A dashboard in the page, with a Python that answers beats or without any."""
    theme = settings.pop("theme", "light")
    plain.mount(Dashboard(**settings), theme=theme, answers=answers)
    root = plain.page.locator(SETTINGS)
    expect(root).to_be_visible()
    return root


def number(root, label):
    return root.get_by_role("group", name=label, exact=True).get_by_role("textbox")


def slider(root, label):
    return root.get_by_role("slider", name=f"{label}, slider")


def test_dragging_the_noise_moves_the_points_at_once_to_the_bit(plain):
    root = mount(plain)
    grip = slider(root, "Noise")
    box = grip.bounding_box()
    middle = box["y"] + box["height"] / 2
    plain.page.mouse.move(box["x"] + 0.3 * box["width"], middle)
    plain.page.mouse.down()
    until(plain.page, lambda: plain.get("noise") > 0.5, "the first place")
    for place in (0.35, 0.2, 0.25):
        plain.page.mouse.move(box["x"] + place * box["width"], middle)
    until(
        plain.page, lambda: 0.4 < plain.get("noise") < 0.6, "the last place, the hand still there"
    )
    plain.page.mouse.up()
    noise = plain.get("noise")
    expect(number(root, "Noise")).to_have_value(str(noise))
    here, there = made("moons", 100, noise, 1337), read_points(plain.get_bytes("points"))
    assert (there.dataset, there.noise) == ("moons", noise)
    assert [*there.xs] == [*here.xs]
    assert [*there.ys] == [*here.ys]


def test_a_rate_typed_while_it_trains_holds_from_there_on(plain):
    root = mount(plain, steps=10_000, speed="4")
    plain.set("playing", True)
    until(plain.page, lambda: plain.get("step") > 3, "steps")
    rate = number(root, "Learning rate")
    assert rate.input_value() != "1", "the demo's schedule is shown as it falls"
    rate.fill("0.25")
    rate.press("Enter")
    expect(root.get_by_role("combobox", name="Schedule")).to_have_value("1")
    assert [plain.get("learning_rate"), plain.get("schedule")] == [0.25, "constant"]
    step = plain.get("step")
    until(plain.page, lambda: plain.get("step") > step + 3, "more steps")
    expect(rate).to_have_value("0.25")
    root.get_by_role("button", name="Learning rate: back to 1 × gradient").click()
    assert [plain.get("learning_rate"), plain.get("schedule")] == [1, "demo"]


def test_all_by_keys(plain):
    root = mount(plain)
    keyboard = plain.page.keyboard
    number(root, "Noise").focus()
    keyboard.press("PageUp")
    keyboard.press("ArrowUp")
    assert plain.get("noise") == 0.21
    expect(root.get_by_role("button", name="Noise: back to 0.1 std. dev.")).to_be_visible()
    keyboard.press("Tab")
    assert focused_name(plain.page) == ("button", "Noise: back to 0.1 std. dev.")
    keyboard.press("Space")
    assert plain.get("noise") == 0.1
    assert plain.get("playing") is False, "a key of a button plays nothing"
    slider(root, "Steps to run").focus()
    keyboard.press("Home")
    assert plain.get("steps") == 1
    assert plain.get("step") == 0
    keyboard.press("Escape")
    assert focused_name(plain.page) == ("", "")


def test_what_cannot_be_is_said_beside_the_field(plain):
    root = mount(plain)
    field = number(root, "Points")
    field.fill("99999")
    field.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    words = "Expected a whole number from 2 to 2,000, got: 99999. It stays 100."
    expect(root.get_by_text(words)).to_be_visible()
    assert plain.get("n_samples") == 100
    field.press("Escape")
    expect(field).to_have_value("100")
    expect(root.get_by_text(words)).to_be_hidden()


def test_python_is_waited_for_until_its_network_is_there(plain):
    root = mount(plain)
    root.get_by_role("combobox", name="Activation").select_option(label="tanh")
    expect(root.get_by_text("Python is recording the network anew")).to_be_visible()
    plain.set_bytes("network", Dashboard(activation="tanh").network)
    expect(root.get_by_text("Python is recording the network anew")).to_be_hidden()


def test_without_python_all_that_needs_none_goes_on(plain):
    root = mount(plain, answers=False)
    expect(plain.page.get_by_text("No Python behind this page")).to_be_visible()
    for name in ("Data set", "Activation"):
        expect(root.get_by_role("combobox", name=name)).to_be_disabled()
    for label in ("Points", "Data seed", "Layer 1", "Model seed"):
        expect(number(root, label)).to_be_disabled()
    number(root, "Noise").fill("0.3")
    number(root, "Noise").press("Enter")
    points = read_points(plain.get_bytes("points"))
    assert (points.dataset, points.noise) == ("moons", 0.3), "Python would make the same ones"
    root.get_by_role("combobox", name="Optimizer").select_option(label="Adam")
    assert plain.get("optimizer") == "adam"


def test_ten_thousand_events_of_a_slider_are_at_most_one_write_a_frame(plain):
    mount(plain, steps=100_000)
    plain.set("playing", True)
    until(plain.page, lambda: plain.get("step") > 0, "training")
    seen = plain.page.evaluate(FLOOD, ["L2 alpha", 10_000])
    # The course of the training is written, too: the step ten times a second, the result once.
    assert seen["writes"] <= 2 * seen["frames"] + 2
    assert plain.get("alpha") == 0
    step = plain.get("step")
    until(plain.page, lambda: plain.get("step") > step, "training that goes on")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_to_say(plain, theme):
    root = mount(plain, theme=theme, batch_size=20)
    number(root, "Noise").fill("x")
    number(root, "Noise").press("Enter")
    assert violations(plain.page, SETTINGS) == []


@pytest.mark.parametrize("width", [320, 640, 1200])
def test_everything_fits_and_is_large_enough_for_a_finger(plain_page, width):
    plain = plain_page(viewport={"width": width, "height": 900})
    root = mount(plain, target_loss=0.5, hidden=[1, 2, 3, 4])
    assert plain.page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = root.locator("button, select, input:not([type=checkbox]), label, summary").evaluate_all(
        """(all) => all.map((e) => {
          const { width, height } = e.getBoundingClientRect();
          return [e.getAttribute("aria-label") ?? e.textContent, width, height];
        })"""
    )
    assert len(sizes) > 40
    assert [size for size in sizes if min(size[1:]) < 24] == []


def test_locked_settings_are_no_controls(plain):
    root = mount(plain, controls=["noise", "hidden", "dataset"], locked=["hidden", "dataset"])
    expect(root.get_by_role("slider")).to_have_count(1)
    expect(root.get_by_role("combobox")).to_have_count(0)
    expect(root.get_by_role("group", name="Hidden layers")).to_contain_text("16, 16")
    expect(root.get_by_role("group", name="Training")).to_have_count(0)
