"""To and fro in a training: by pointer, by keys, by typing, and as it is spoken."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.access import violations
from tests.browser.pages import until
from tests.browser.training import Training

PARTS = ".mgw-glance, .mgw-transport-bar, .mgw-messages, .mgw-curves, .mgw-runs"

# Places of all that the eye rests on, which must stay while numbers change.
PLACES = """(root) => {
  const seen = root.querySelectorAll("dt, .mgw-transport-bar > *, .mgw-curves dd, canvas");
  return [...seen].map((one) => {
    const { right, top } = one.getBoundingClientRect();
    return `${one.localName} ${one.className}: ${Math.round(right)}, ${Math.round(top)}`;
  });
}"""

OVERFLOW = """(root) => [...root.querySelectorAll("*")]
  .filter((one) => one.getBoundingClientRect().right > root.getBoundingClientRect().right + 1)
  .map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def trained(plain) -> Training:
    """A hundred steps of the demo, all of them taken."""
    training = Training(plain, speed="max")
    training.button("Play").click()
    training.is_at(100, 100)
    return training


def test_it_plays_to_the_end_and_goes_on_from_there(plain):
    training = Training(plain, speed="max", steps=30)
    training.is_at(0, 30)
    expect(training.status).to_contain_text("Play trains the network")
    training.button("Play").click()
    training.is_at(30, 30)
    expect(training.status).to_contain_text("All 30 steps are done")
    assert plain.get("playing") is False
    training.button("Play").click()
    training.is_at(60, 60)
    assert plain.get("step") == 60


def test_the_same_step_looks_the_same_whenever_one_comes_by(trained):
    seen = {}
    for step in (37, 36, 37, 100, 36, 0, 37):
        trained.go(step)
        now = [trained.loss, trained.figure("accuracy").inner_text()]
        assert seen.setdefault(step, now) == now
    assert len({tuple(numbers) for numbers in seen.values()}) == 4


def test_playing_on_from_an_earlier_step_leads_to_the_same_end(trained):
    losses = trained.loss
    trained.go(37)
    expect(trained.status).to_contain_text("to the same steps as before")
    trained.button("Play").click()
    trained.is_at(100, 100)
    assert trained.loss == losses
    expect(trained.runs).to_be_hidden()


def test_keys_move_by_a_step_and_to_both_ends(trained):
    trained.button("One step back").focus()
    for key, step in [
        ("ArrowLeft", 99),
        (",", 98),
        ("ArrowRight", 99),
        ("Home", 0),
        (".", 1),
        ("End", 100),
        ("ArrowRight", 101),
    ]:
        trained.page.keyboard.press(key)
        trained.is_at(step, max(100, step))
    trained.transport.get_by_role("slider").focus()
    trained.page.keyboard.press("ArrowLeft")
    trained.is_at(100, 101)
    trained.page.keyboard.press("Home")
    trained.is_at(0, 101)


def test_the_space_bar_plays_and_pauses(plain):
    training = Training(plain, speed="0.5", steps=1000)
    training.slider.focus()
    training.page.keyboard.press("Space")
    expect(training.button("Pause")).to_be_visible()
    expect(training.figure("speed")).to_have_text(re.compile(r"steps/s$"))
    training.page.keyboard.press("Space")
    expect(training.button("Play")).to_be_visible()
    expect(training.figure("speed")).to_have_text("paused")


def test_no_key_is_taken_before_the_dashboard_has_the_focus(trained):
    trained.page.evaluate("document.activeElement.blur()")
    for key in ("Space", "ArrowLeft", ",", "Home"):
        trained.page.keyboard.press(key)
    trained.is_at(100, 100)
    assert plain_focus(trained) == "BODY"


def plain_focus(training: Training) -> str:
    name: str = training.page.evaluate("document.activeElement.tagName")
    return name


def test_escape_gives_the_keys_back(trained):
    trained.slider.focus()
    trained.page.keyboard.press("Escape")
    assert plain_focus(trained) == "BODY"


def test_scrubbing_pauses_and_follows_the_hand(plain):
    training = Training(plain, speed="max", steps=100_000)
    training.button("Play").click()
    until(training.page, lambda: plain.get("step") > 50, "some steps")
    box = training.slider.bounding_box()
    y = box["y"] + box["height"] / 2
    training.page.mouse.move(box["x"] + 0.8 * box["width"], y)
    training.page.mouse.down()
    expect(training.button("Play")).to_be_visible()
    last = int(training.slider.get_attribute("max"))
    steps = []
    for share in (0.6, 0.3, 0.5):
        training.page.mouse.move(box["x"] + share * box["width"], y, steps=4)
        wanted = int(training.slider.input_value())
        training.is_at(wanted, 100_000)
        steps.append(wanted)
    training.page.mouse.up()
    training.is_at(steps[-1], 100_000)
    assert [
        abs(step / last - share) < 0.1 for step, share in zip(steps, (0.6, 0.3, 0.5), strict=True)
    ]
    assert int(training.slider.get_attribute("max")) == last, "nothing was trained meanwhile"


def test_a_step_is_typed_and_what_is_none_is_said_to_be_none(trained):
    trained.go(42)
    trained.go(120)
    trained.is_at(120, 120)
    trained.field.fill("many")
    trained.field.press("Enter")
    expect(trained.root.locator(".mgw-dashboard-hint")).to_have_text(
        "Step: expected a whole number from 0 to 100,000, got: many"
    )
    expect(trained.field).to_have_value("120")


def test_a_step_can_be_typed_while_the_number_in_the_field_moves(plain):
    training = Training(plain, steps=100_000)

    def step():
        return int(training.figure("step").inner_text().split()[0].replace(",", ""))

    training.button("Play").click()
    until(plain.page, lambda: step() > 0, "a step")
    # As when one comes to it by Tab: all of it is selected, and stays so.
    training.field.select_text()
    before = step()
    until(plain.page, lambda: step() > before + 5, "more steps")
    assert int(training.field.input_value()) > before
    plain.page.keyboard.type("3")
    expect(training.field).to_have_value("3")
    plain.page.keyboard.press("Enter")
    expect(training.figure("step")).to_have_text(re.compile("^3 of"))
    training.button("Play").click()
    # With the caret in it, the number waits for what is done to it.
    training.field.click()
    plain.page.keyboard.press("End")
    standing = training.field.input_value()
    until(plain.page, lambda: step() > int(standing) + 5, "more steps")
    assert training.field.input_value() == standing
    plain.page.keyboard.press("Backspace")
    assert training.field.input_value() == standing[:-1]


def test_reset_run_begins_again_with_the_same_seeds(trained):
    seeds = [trained.host.get(f"{name}_seed") for name in ("data", "model", "batch")]
    first = trained.loss
    trained.button("Reset run").click()
    trained.is_at(0, 100)
    assert [trained.host.get(f"{name}_seed") for name in ("data", "model", "batch")] == seeds
    expect(trained.button("Reset run")).to_have_attribute("aria-disabled", "true")
    trained.button("Play").click()
    trained.is_at(100, 100)
    assert trained.loss == first


def test_what_a_teacher_took_away_is_not_there(plain):
    training = Training(plain, controls=["learning_rate"])
    expect(training.transport.get_by_role("combobox")).to_have_count(0)
    expect(training.button("Reset run")).to_have_count(0)
    training.button("Play").click()
    until(training.page, lambda: plain.get("step") > 0, "a step")


def test_nothing_moves_while_numbers_change(plain):
    training = Training(plain, speed="max", steps=1000, train_share=0.8, width=900, answers=True)
    before = training.root.evaluate(PLACES)
    for step in (1, 9, 10, 99, 100, 999):
        training.go(step)
        assert training.root.evaluate(PLACES) == before


def test_a_target_is_reached_and_said(plain):
    training = Training(plain, speed="max", target_loss=0.2)
    training.button("Play").click()
    expect(training.status).to_contain_text(
        re.compile(r"Target reached: at step \d+ the loss is 0\.[01]\d+, not above 0\.2\.")
    )


def test_what_is_no_longer_finite_is_explained_and_left_behind(plain):
    training = Training(plain, schedule="constant", learning_rate=1e30, alpha=0.0, speed="max")
    training.button("Play").click()
    expect(training.alert).to_contain_text(
        re.compile(r"Training broke off at step \d+, .* example \d+, .*learning rate was 1e\+30")
    )
    words = training.root.inner_text()
    assert not re.search(r"\bnan\b", words, re.IGNORECASE)
    expect(training.figure("loss")).to_have_text("not finite")
    training.button("Go back").click()
    expect(training.alert).not_to_contain_text("broke off")
    expect(training.figure("loss")).not_to_have_text("not finite")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1100])
def test_axe_finds_nothing_and_nothing_is_cut_off(plain, theme, width):
    training = Training(plain, speed="max", theme=theme, width=width, train_share=0.8)
    training.go(60)
    training.go(37)
    plain.set("alpha", 0.01)
    plain.set("complaint", "hidden: expected at most 4 layers, got: 5")
    training.go(50)
    expect(training.runs).to_be_visible()
    assert violations(training.page, PARTS) == []
    for part in PARTS.split(", "):
        assert training.root.locator(part).evaluate(OVERFLOW) == []


def test_that_training_begins_anew_is_said(plain):
    training = Training(plain)
    training.go(5)
    plain.set("train_share", 0.5)
    expect(training.root.locator(".mgw-dashboard-hint")).to_have_text(
        "Other points or another network: training begins anew, and the runs before are gone."
    )
    training.is_at(0, 100)
