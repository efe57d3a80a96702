"""The dashboard in a real JupyterLab: it trains in the page, and Python has what was trained."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.pages import until

GROUP = '[role="group"][aria-label^="Training dashboard"]'

SHOW = """
from microgradwidgets import Dashboard, train
dashboard = Dashboard(train_share=0.8, speed="max")
dashboard
"""
# Written after the page has told of all that it did.
COMPARE = """
run = dashboard.run
again = train(**dashboard.options)
same = [p.data for p in again.final_model.parameters()] == [
    p.data for p in run.final_model.parameters()
]
keys = again.history[0]
rows = [{key: row[key] for key in keys} for row in run.history]
print(len(rows), rows == [*again.history], same, dashboard.step, run.status)
"""

# The cell ends at once, and then nothing that is asked of the kernel is answered for a while.
BUSY = """
import asyncio, pathlib, time
def hold():
    while not pathlib.Path({path!r}).exists():
        time.sleep(0.02)
_ = asyncio.get_running_loop().call_later(0.1, hold)
"""


def dashboard_of(lab, source=SHOW):
    cell = lab.run(source)
    root = cell.output.locator(GROUP)
    expect(root).to_be_visible()
    return root


def printed(lab, source):
    return lab.run(source).output.inner_text().strip()


def press(root, name):
    root.get_by_role("button", name=name, exact=True).click()


def test_the_page_trains_and_python_has_the_same_run_to_the_bit(lab):
    root = dashboard_of(lab)
    press(root, "Play (space)")
    expect(root).to_have_attribute("aria-label", re.compile("step 100,"), timeout=20_000)
    until(
        lab.visit.page,
        lambda: printed(lab, COMPARE) == "100 True True 100 completed",
        "the run of the page in Python",
    )


def test_training_goes_on_while_the_kernel_is_busy(lab, tmp_path):
    root = dashboard_of(lab, SHOW.replace('"max"', '"4"'))
    slider = root.locator(".mgw-transport-slider")
    let_go = tmp_path / "let go"
    lab.run(BUSY.format(path=str(let_go)))
    press(root, "Play (space)")
    try:
        until(lab.visit.page, lambda: slider.get_attribute("max") == "100", "a hundred steps")
    finally:
        let_go.touch()
    until(lab.visit.page, lambda: printed(lab, "print(dashboard.step)") == "100", "Python's step")


def test_python_moves_the_page(lab):
    root = dashboard_of(lab)
    lab.run("dashboard.seek(37)")
    field = root.locator(".mgw-transport-field")
    expect(field).to_have_value("37")
    lab.run("dashboard.learning_rate = 0.25")
    expect(root.get_by_label("Learning rate", exact=True).first).to_be_visible()
    lab.run("dashboard.reset()")
    expect(field).to_have_value("0")
    lab.run("dashboard.play()")
    expect(field).to_have_value("100", timeout=20_000)


def test_a_change_of_the_network_is_recorded_by_python(lab):
    root = dashboard_of(lab)
    lab.run("dashboard.hidden = [4]")
    expect(root).to_contain_text("17")  # parameters
    assert printed(lab, "print(dashboard.model)") == "MLP(2, [4, 1], relu, 17 parameters)"


def test_a_step_that_is_typed_is_gone_to_with_enter(lab):
    root = dashboard_of(lab)
    field = root.locator(".mgw-transport-field")
    field.click()
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.type("37")
    lab.page.keyboard.press("Enter")
    expect(root.locator(".mgw-transport-slider")).to_have_attribute("max", "37")
