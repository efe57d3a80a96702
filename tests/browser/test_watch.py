"""A learner's own loop in a real kernel: it goes on beside cells and pages, and can be stopped."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.pages import until

SETTING = """
from dataclasses import replace
from itertools import count
from microgradwidgets import MLP, Dashboard, Step, backward, moons, steps
dashboard = Dashboard(hidden=[3])
dashboard
"""

DEMO = "steps(MLP(2, [3, 1]), moons(20), steps=None)"

FAST = """
(first,) = steps(MLP(2, [3, 1]), moons(20), steps=1)
def fast(most):
    for number in range(most):
        yield replace(first, step=number, loss=1 / (number + 1))
dashboard.watch(fast(20_000))
"""

FAILING = """def broken(model):
    for step in steps(model, moons(20), steps=30):
        yield step
    raise ZeroDivisionError("nothing left to divide")

dashboard.watch(broken(MLP(2, [3, 1])))
"""

OWN = """
def fit(model, rate):
    data = moons(8)
    velocity = [0.0] * model.parameter_count()
    for number in count():
        loss = sum((model(x) - y) ** 2 for x, y in zip(data.xs, data.ys))
        slopes = backward(loss)
        old = model.parameters()
        velocity = [0.9 * v + slopes[p] for v, p in zip(velocity, old)]
        after = model.with_parameters([p.data - rate * v for v, p in zip(velocity, old)])
        yield Step.of(number, model, loss, slopes, after, learning_rate=rate)
        model = after

dashboard.watch(fit(MLP(2, [4, 4, 1], activation="tanh"), 0.001))
"""


class Watched:
    """A dashboard in a cell of a notebook with a kernel."""

    def __init__(self, lab):
        self.lab = lab
        self.output = lab.run(SETTING).output
        self.messages = self.output.locator(".mgw-messages")
        expect(self.glance("parameters")).to_have_text("13")

    def glance(self, name):
        entries = self.output.locator(".mgw-glance > div")
        return entries.filter(has=self.lab.page.get_by_text(name, exact=True)).locator("dd")

    def asked(self, expression):
        """What the kernel answers, in a cell of its own."""
        return self.lab.run(f"print({expression})").text.strip()

    def taken(self):
        return int(self.asked("len(dashboard.history)"))


@pytest.fixture
def watched(lab):
    watched = Watched(lab)
    yield watched
    lab.run("dashboard.close()")


def test_cells_run_while_it_goes_on_and_it_can_be_stopped(watched):
    watched.lab.run(f"dashboard.watch({DEMO})")
    before = watched.taken()
    until(watched.lab.page, lambda: watched.taken() > before + 100, "another hundred steps")
    assert watched.asked("dashboard.watching") == "running"
    expect(watched.glance("run")).to_have_text("your loop")
    watched.output.get_by_role("button", name="Stop the loop").click()
    expect(watched.messages).to_contain_text("was stopped")
    assert watched.asked("dashboard.watching") == "stopped"
    taken = watched.taken()
    expect(watched.glance("step")).to_contain_text(f"{taken - 1:,}")
    assert watched.taken() == taken


def test_a_page_pauses_goes_on_and_goes_back(watched):
    watched.lab.run(f"dashboard.watch({DEMO})")
    watched.output.get_by_role("button", name="Pause").click()
    expect(watched.messages).to_contain_text("is paused")
    taken = watched.taken()
    watched.output.get_by_role("button", name="To step 0").click()
    expect(watched.glance("step")).to_have_text(f"0 of {max(100, taken - 1):,}")
    assert watched.asked("dashboard.step") == "0"
    shown, first = "dashboard.model", "dashboard.run.initial_model"
    numbers = "[p.data for p in {}.parameters()]".format
    assert watched.asked(f"{numbers(shown)} == {numbers(first)}") == "True"
    watched.output.get_by_role("button", name="Play").click()
    until(watched.lab.page, lambda: watched.taken() > taken, "the next steps")
    watched.lab.run("dashboard.stop()")


def test_twenty_thousand_fast_steps_end_on_the_last_frame(watched):
    watched.lab.run(FAST)
    expect(watched.messages).to_contain_text("is finished", timeout=60_000)
    expect(watched.glance("step")).to_contain_text("19,999")
    assert watched.asked("dashboard.watching, dashboard.step") == "finished 19999"


def test_an_error_of_the_loop_is_shown_and_the_kernel_lives(watched):
    watched.lab.run(FAILING)
    alert = watched.output.get_by_role("alert").filter(has_text="nothing left to divide")
    expect(alert).to_contain_text(
        "ZeroDivisionError: nothing left to divide, in line 4 of the cell: "
        'raise ZeroDivisionError("nothing left to divide")'
    )
    expect(watched.glance("step")).to_contain_text("29")
    assert watched.asked("len(dashboard.history), repr(dashboard.watch_error)") == (
        "30 ZeroDivisionError('nothing left to divide')"
    )


def test_a_loop_of_ones_own_with_another_network_is_shown_until_reset(watched):
    watched.lab.run(OWN)
    expect(watched.glance("parameters")).to_have_text("37")
    expect(watched.glance("run")).to_have_text("your loop")
    watched.lab.run("dashboard.stop()")
    watched.output.get_by_role("button", name="Reset run").click()
    expect(watched.glance("parameters")).to_have_text("13")
    expect(watched.glance("run")).to_have_text("run 1")
    assert watched.asked("repr(dashboard.watching)") == "''"


def test_sliders_move_while_it_goes_on(watched):
    watched.lab.run(f"dashboard.watch({DEMO})")
    watched.lab.run("seen = []; dashboard.observe(lambda change: seen.append(change.new), 'alpha')")
    for n in range(1, 6):
        watched.lab.run(f"dashboard.alpha = {n} / 1000")
    assert watched.asked("seen") == str([n / 1000 for n in range(1, 6)])
    assert watched.asked("dashboard.watching") == "running"
    watched.lab.run("dashboard.stop()")
