"""Loss and accuracy by step: what is read from them, where they lead, and runs side by side."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.training import Training

# How many pixels of the chart are not as empty as its upper right corner.
INK = """(canvas) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  let inked = 0;
  for (let i = 3; i < data.length; i += 4) inked += data[i] > 127;
  return inked;
}"""


@pytest.fixture
def trained(plain) -> Training:
    training = Training(plain, speed="max", train_share=0.8)
    training.go(60)
    return training


def place(training: Training, share: float) -> tuple[float, float]:
    """A share of the way along the axis of steps, which lies between the chart's margins."""
    box = training.chart.bounding_box()
    assert box is not None
    return box["x"] + 52 + share * (box["width"] - 64), box["y"] + 80


def branch(training: Training, step: int, **traits: object) -> None:
    training.go(step)
    for name, value in traits.items():
        training.host.set(name, value)


def test_the_read_out_follows_the_pointer_and_a_click_goes_there(trained):
    shown = trained.loss
    trained.page.mouse.move(*place(trained, 0.25))
    expect(trained.curves).to_contain_text("At step 25 (click or Enter goes there)")
    there = trained.read("total loss").inner_text()
    assert there != shown
    trained.page.mouse.click(*place(trained, 0.25))
    trained.is_at(25, 100)
    assert trained.loss == there
    trained.page.mouse.move(0, 0)
    expect(trained.curves).to_contain_text("At step 25, on screen")


def test_the_read_out_has_every_value_of_the_step(trained):
    for name, glance in [
        ("total loss", "loss"),
        ("test loss", "test loss"),
        ("accuracy", "accuracy"),
        ("test accuracy", "test accuracy"),
    ]:
        expect(trained.read(name)).to_have_text(trained.figure(glance).inner_text())
    parts = [float(trained.read(name).inner_text()) for name in ("data loss", "L2")]
    assert sum(parts) == pytest.approx(float(trained.loss), abs=2e-4)


def test_behind_the_last_step_there_is_nothing_to_click_at(trained):
    trained.page.mouse.click(*place(trained, 0.9))
    trained.is_at(60, 100)
    assert trained.host.get("step") == 60


def test_keys_read_a_step_and_go_there(trained):
    trained.chart.focus()
    for key in ("ArrowLeft", "ArrowLeft", "PageDown"):
        trained.page.keyboard.press(key)
    expect(trained.chart).to_have_attribute(
        "aria-valuetext", re.compile(r"^step 48: total loss 0\.\d{4}, .* test accuracy \d+\.0 %$")
    )
    trained.is_at(60, 100)
    trained.page.keyboard.press("Enter")
    trained.is_at(48, 100)
    trained.page.keyboard.press("End")
    trained.page.keyboard.press("Escape")
    expect(trained.curves).to_contain_text("At step 48, on screen")
    expect(trained.chart).to_be_focused()


@pytest.mark.parametrize("scale", [1, 2])
def test_lines_are_as_sharp_as_the_screen(plain_page, scale):
    training = Training(plain_page(device_scale_factor=scale), speed="max")
    training.go(20)
    width, height, across, down = training.chart.locator("canvas").evaluate(
        "(c) => [c.width, c.height, c.clientWidth, c.clientHeight]"
    )
    assert (width, height) == (scale * across, scale * down)
    assert training.chart.locator("canvas").evaluate(INK) > 500


# The least ink of the chart in any of the frames in which its width goes down.
NARROWING = """async ([canvas, view, ink]) => {
  const inkOf = eval(ink);
  let least = Infinity;
  for (let width = 700; width > 500; width -= 10) {
    view.style.width = `${width}px`;
    await new Promise((done) => requestAnimationFrame(done));
    least = Math.min(least, inkOf(canvas));
  }
  return least;
}"""


def test_the_picture_follows_theme_axis_and_width(trained):
    canvas = trained.chart.locator("canvas")
    picture = canvas.evaluate("(c) => c.toDataURL()")

    def changed() -> None:
        nonlocal picture
        before = picture
        trained.page.wait_for_function(
            "([c, before]) => c.toDataURL() !== before", arg=[canvas.element_handle(), before]
        )
        picture = canvas.evaluate("(c) => c.toDataURL()")
        assert canvas.evaluate(INK) > 500

    trained.host.set("theme", "dark")
    changed()
    trained.curves.get_by_role("combobox", name="Loss axis").select_option("logarithmic")
    changed()
    trained.page.evaluate("window.views[0].el.style.width = '360px'")
    changed()


def test_the_picture_does_not_flicker_while_its_width_changes(trained):
    canvas = trained.chart.locator("canvas").element_handle()
    view = trained.page.evaluate_handle("window.views[0].el")
    assert trained.page.evaluate(NARROWING, [canvas, view, INK]) > 500


def test_a_change_at_an_earlier_step_leaves_the_old_run_beside_the_new_one(trained):
    end = trained.loss
    branch(trained, 37, schedule="constant", learning_rate=0.05)
    expect(trained.figure("run")).to_have_text(re.compile("^run [23]$"))
    trained.is_at(37, 100)
    trained.go(60)
    assert trained.loss != end
    old = trained.runs.get_by_role("listitem").filter(has_text="run 1")
    expect(old).to_contain_text(f"step 60: loss {end}")
    expect(trained.read("run 1, loss")).to_have_text(end)
    expect(trained.curves).to_contain_text(
        re.compile("Step 37: run . begins to go its own way, learning rate the demo’s schedule → ")
    )
    old.get_by_role("button", name="Show").click()
    expect(trained.figure("run")).to_have_text("run 1")
    expect(trained.figure("loss")).to_have_text(end)
    assert trained.host.get("schedule") == "demo"


def test_a_run_is_forgotten_when_nobody_needs_it(trained):
    branch(trained, 37, alpha=0.01)
    trained.runs.get_by_role("button", name="Forget run 1").click()
    expect(trained.runs).to_be_hidden()
    expect(trained.read("run 1, loss")).to_have_count(0)
    assert trained.page.evaluate("document.activeElement.className").startswith("mgw")


def test_what_was_changed_leads_back_to_its_step(trained):
    trained.host.set("alpha", 0.01)
    trained.go(80)
    expect(trained.runs).to_be_hidden()
    trained.curves.get_by_role("button", name="Step 60: L2 alpha 0.0001 → 0.01").click()
    trained.is_at(60, 100)
