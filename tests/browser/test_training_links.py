"""A training opened by a link, and the link that its page copies."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from microgradwidgets import Dashboard, Value, decision_boundary, page, to_html
from tests.browser.linked import opening

CLOSE = 1e-12

UX12 = {"learning_rate": 0.3, "dataset": "spiral", "n_samples": 40, "hidden": [4]}
LOCKS = ["hidden", "activation", "model_seed"]


@pytest.fixture
def opened(browser, tmp_path):
    with opening(browser, tmp_path) as opened:
        yield opened


def test_a_teacher_shares_a_starting_point(opened):
    teacher = Dashboard(**UX12, locked=LOCKS)
    opened.open(to_html(teacher))
    opened.is_at(0)
    field = opened.dashboard.get_by_role("group", name="Steps of the training")
    field = field.get_by_role("textbox", name="Step")
    field.fill("20")
    field.press("Enter")
    opened.is_at(20)
    link = opened.copied_link()
    assert len(link) < 2000
    opened.go(link)
    opened.is_at(20)
    ours = opened.trained()
    theirs = Dashboard(state=link.partition("#")[2])
    assert (theirs.step, theirs.locked) == (20, LOCKS)
    assert ours.step == 20
    losses = [row["loss"] for row in theirs.history]
    assert [row["loss"] for row in ours.rows[:20]] == pytest.approx(losses, rel=CLOSE, abs=0)
    numbers = [p.data for p in theirs.model.parameters()]
    assert [*ours.shown] == pytest.approx(numbers, rel=CLOSE, abs=0)
    shown = theirs.model.with_parameters(ours.shown)
    scores = [
        [row["score"] for row in decision_boundary(model, theirs.data)]
        for model in (shown, theirs.model)
    ]
    assert scores[0] == pytest.approx(scores[1], rel=CLOSE, abs=0)


def test_a_link_to_a_far_step_says_how_far_it_has_come_and_can_be_stopped(opened):
    text = page([Value(2.0, label="x") * 3, Dashboard(hidden=[8], n_samples=100)])
    opened.open(text, "#2/mgw1;step=100000")
    status = opened.dashboard.get_by_role("status").filter(has_text="On the way to step 100,000")
    done = re.compile(r"trained first: ([1-9]\d*) % of it is done")
    expect(status).to_contain_text(done, timeout=30_000)
    status.get_by_role("button", name="Stop here").click()
    expect(status).to_have_count(0)
    step = opened.dashboard.locator(".mgw-glance dd").first
    expect(step).to_have_text(re.compile(r"^[1-9][\d,]+ of "))


def test_what_is_locked_is_absent_and_can_be_read(opened):
    link = "#mgw1;step=2;locked=hidden,activation,learning_rate,speed,reset"
    opened.open(to_html(Dashboard(hidden=[3], n_samples=12, learning_rate=0.3)), link)
    opened.is_at(2)
    dashboard = opened.dashboard
    for label, value in [("Hidden layers", "3"), ("Learning rate", "0.3 × gradient")]:
        row = dashboard.get_by_role("group", name=label, exact=True)
        expect(row).to_contain_text(value)
        assert row.locator("input, select, button").count() == 0
    expect(dashboard.get_by_role("button", name="Reset run")).to_have_count(0)
    expect(dashboard.get_by_role("combobox", name="Speed")).to_have_count(0)
    assert (
        dashboard.locator(":disabled:visible").evaluate_all(
            "(all) => all.filter((e) => /speed|reset|layer|rate/i.test(e.ariaLabel ?? '')).length"
        )
        == 0
    )


def test_what_the_page_was_made_with_stays_locked(opened):
    made = Dashboard(hidden=[3], n_samples=12, learning_rate=0.3, locked=["learning_rate"])
    opened.open(to_html(made), "#mgw1;step=5;learning_rate=0.9;locked=;alpha=0.5")
    opened.is_at(5)
    expect(opened.notes).to_have_text(re.compile("but for this: Learning rate is locked in this"))
    traits = opened.saved_traits()
    assert (traits["learning_rate"], traits["alpha"], traits["locked"]) == (
        *(0.3, 0.5),
        ["learning_rate"],
    )


def test_a_network_that_is_not_in_the_page_is_named(opened):
    made = Dashboard(hidden=[3], n_samples=12, variants=[{"hidden": [2]}])
    opened.open(to_html(made), "#mgw1;hidden=8;step=4")
    expect(opened.notes).to_have_text(
        re.compile(r"a network that was .* got: \[8\] relu, model seed")
    )
    opened.is_at(0)
    opened.go(opened.write(to_html(made)) + "#mgw1;hidden=2;step=4;noise=0.2")
    opened.is_at(4)
    assert opened.notes.count() == 0
    ours = opened.trained()
    theirs = Dashboard(n_samples=12, state="mgw1;hidden=2;step=4;noise=0.2").model
    assert [*ours.shown] == pytest.approx([p.data for p in theirs.parameters()], rel=CLOSE, abs=0)


def test_what_no_link_can_say_is_said(opened):
    points = [(0.0, 1.0, 1), (1.0, 0.0, -1), (1.0, 1.0, 1)]
    opened.open(to_html(Dashboard(points, hidden=[2])))
    opened.is_at(0)
    assert opened.copied_link().endswith("page.html#mgw1;step=0;dataset=own;hidden=2")
    form = opened.dashboard.get_by_role("form", name="Predict a point")
    for name in ("x", "y"):
        form.get_by_role("textbox", name=name, exact=True).fill("0.5")
    form.get_by_role("button", name="with class 1").click()
    opened.export("Copy link")
    said = opened.window.locator(".mgw-dashboard-hint")
    expect(said).to_have_text(
        "Points that were changed by hand fit in no link. Save the page instead"
    )


def test_what_was_changed_on_the_way_is_said_not_to_be_in_a_link(opened):
    made = Dashboard(hidden=[2], n_samples=8, learning_rate=0.5)
    made.seek(3)
    opened.open(to_html(made))
    opened.is_at(3)
    rate = opened.dashboard.get_by_role("textbox", name="Learning rate (× gradient)")
    rate.fill("0.25")
    rate.press("Enter")
    opened.copied_link()
    hint = opened.window.locator(".mgw-dashboard-hint")
    expect(hint).to_contain_text("it trains from step 0 with the settings of now")
    expect(hint).to_contain_text("what it shows differs")
    assert opened.dashboard.bounding_box()["height"] > opened.window.viewport_size["height"]
    expect(hint).to_be_in_viewport(ratio=1)
    opened.export("Copy state")
    expect(hint).to_contain_text("the state cannot say so: it trains from step 0")
