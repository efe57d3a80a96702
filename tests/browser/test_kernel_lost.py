"""A dashboard in JupyterLab whose kernel dies, works, starts anew, or is flooded."""

from __future__ import annotations

import os
import re
import signal
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.jupyter import Notebook, write_notebook
from tests.browser.pages import until

SHOW = """from microgradwidgets import Dashboard
dashboard = Dashboard(steps=100_000, speed="4")
dashboard"""

# In bytes: what a page may take up that it did not before.
MOST_GROWTH = 20_000_000

FLOOD_OF_PLACES = """async (count) => {
  const slider = document.querySelector('input[type=range][aria-label="L2 alpha, slider"]');
  let frames = 0;
  let isOver = false;
  const look = () => {
    frames++;
    if (!isOver) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  for (let i = 1; i <= count; i++) {
    slider.value = `${i === count ? slider.max : (i * 7) % 100}`;
    slider.dispatchEvent(new Event("input"));
    if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  isOver = true;
  return frames;
}"""

# Fewer a second than a Jupyter server lets through; of more it drops some, whatever the widget.
MESSAGES = """import asyncio
async def flood(count, alpha):
    for n in range(count):
        dashboard.send({"kind": "beat", "n": n})
        if n % 50 == 0:
            await asyncio.sleep(0.1)
    dashboard.alpha = alpha
"""


# Some JupyterLabs let widgets speak to a thread of their own, which a busy cell does not hold up.
ONE_THREAD = """() => {
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  kernel.commsOverSubshells = "disabled";
}"""


@dataclass
class Lesson:
    """A notebook with a dashboard that trains."""

    lab: Notebook
    pid: int
    sent: list[str]

    @property
    def root(self) -> Locator:
        panel = self.lab.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        return panel.locator(".mgw-dashboard").last

    @property
    def step(self) -> int:
        return int(self.root.get_by_role("textbox", name="taken").input_value())

    def trains(self) -> None:
        """Wait for more steps than there are now."""
        step = self.step
        until(self.lab.page, lambda: self.step > step, "more steps")

    def python(self, expression: str) -> str:
        return self.lab.run(f"print({expression})").text.strip()

    def number(self, label: str) -> Locator:
        return self.root.get_by_role("group", name=label, exact=True).get_by_role("textbox")

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    @property
    def told(self) -> int:
        """How many messages with another alpha have left the page."""
        return sum(re.search(r'"state":\{[^{}]*"alpha"', words) is not None for words in self.sent)


@pytest.fixture
def lesson(lab, jupyter, request):
    name = "".join(c for c in request.node.name if c.isalnum())
    sent: list[str] = []

    def note(payload):
        words = payload if isinstance(payload, str) else payload.decode("utf-8", "replace")
        if '"comm_msg"' in words:
            sent.append(words)

    listen = lambda socket: socket.on("framesent", note)  # noqa: E731
    lab.page.on("websocket", listen)
    lab.beside(write_notebook(jupyter.folder / f"{name}.ipynb"))
    if hasattr(request, "param"):
        lab.page.evaluate(request.param)
    lab.run(SHOW)
    pid = int(lab.run("import os\nprint(os.getpid())").text)
    lesson = Lesson(lab, pid, sent)
    lesson.root.get_by_role("button", name="Play").click()
    lesson.trains()
    yield lesson
    lab.page.remove_listener("websocket", listen)
    lab.close()
    # What the widget manager says of messages that nobody takes, whatever the widget.
    for words in ("Could not send", "Canceled future", "Kernel", "kernel"):
        lab.visit.forgive(words)


def test_a062_a_kernel_killed_while_it_trains_is_missed_within_five_seconds(lesson):
    root = lesson.root
    lesson.signal(signal.SIGKILL)
    expect(root.get_by_text("Kernel lost")).to_be_visible(timeout=5000)
    lesson.trains()
    for label in ("Points", "Data seed", "Layer 1", "Model seed"):
        expect(lesson.number(label)).to_be_disabled()
    expect(root.get_by_role("combobox", name="Activation")).to_be_disabled()
    for label in ("Noise", "Learning rate", "L2 alpha", "Batch size", "Steps to run"):
        expect(lesson.number(label)).to_be_enabled()
    lesson.number("L2 alpha").fill("0.01")
    lesson.number("L2 alpha").press("Enter")
    expect(lesson.number("L2 alpha")).to_have_value("0.01")
    lesson.trains()
    # JupyterLab starts another one, which knows nothing of this dashboard.
    expect(root.get_by_text("run the cell again")).to_be_visible(timeout=15_000)
    lesson.trains()
    lesson.lab.until_ready()
    lesson.lab.run(SHOW)
    expect(lesson.number("Points")).to_be_enabled()
    lesson.number("Points").fill("50")
    lesson.number("Points").press("Enter")
    expect(lesson.root.get_by_text("50 train, 0 test")).to_be_visible()


def test_a_kernel_that_is_started_anew_is_missed_as_well(lesson):
    lesson.lab.page.evaluate(
        "window.jupyterapp.shell.currentWidget.sessionContext.restartKernel().then(() => {})"
    )
    expect(lesson.root.get_by_text("run the cell again")).to_be_visible(timeout=15_000)
    expect(lesson.number("Points")).to_be_disabled()
    lesson.trains()


def test_a_kernel_that_stops_and_goes_on_is_lost_and_found(lesson):
    lesson.signal(signal.SIGSTOP)
    expect(lesson.root.get_by_text("Kernel lost")).to_be_visible(timeout=5000)
    expect(lesson.number("Points")).to_be_disabled()
    lesson.trains()
    lesson.signal(signal.SIGCONT)
    expect(lesson.root.get_by_text("Python answers again")).to_be_visible()
    lesson.number("Points").fill("50")
    lesson.number("Points").press("Enter")
    expect(lesson.root.get_by_text("50 train, 0 test")).to_be_visible()


# Goes on until a file is there.
WORK = """(path) => {
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  const there = `pathlib.Path(${JSON.stringify(path)}).exists()`;
  const lines = ["import pathlib, time", `while not ${there}:`, "    time.sleep(0.02)"];
  kernel.requestExecute({ code: lines.join("\\n") });
}"""


@pytest.mark.parametrize("lesson", [ONE_THREAD], ids=["one-thread"], indirect=True)
def test_a_kernel_that_works_is_called_busy_and_not_lost(lesson, tmp_path):
    let_go = tmp_path / "let go"
    lesson.lab.page.evaluate(WORK, str(let_go))
    expect(lesson.root.get_by_text("Python is busy")).to_be_visible()
    expect(lesson.root.get_by_text("Kernel lost")).to_be_hidden()
    lesson.trains()
    lesson.number("Points").fill("50")
    lesson.number("Points").press("Enter")
    expect(lesson.root.get_by_text("Python is making new points")).to_be_visible()
    let_go.touch()
    expect(lesson.root.get_by_text("Python is busy")).to_be_hidden()
    expect(lesson.root.get_by_text("50 train, 0 test")).to_be_visible()


def test_ten_thousand_events_of_a_slider_leave_the_last_value_on_both_sides(lesson):
    lesson.sent.clear()
    frames = lesson.lab.page.evaluate(FLOOD_OF_PLACES, 10_000)
    page = lesson.lab.page
    until(page, lambda: lesson.python("dashboard.alpha") == "1.0", "the last value in Python")
    expect(lesson.number("L2 alpha")).to_have_value("1")
    told = lesson.told
    assert 0 < told <= frames + 1
    lesson.python("dashboard.alpha")
    lesson.trains()
    assert lesson.told == told, "nothing has queued up behind the last one"


def test_ten_thousand_messages_stay_nowhere_and_the_last_value_holds(lesson):
    lab = lesson.lab
    session = lab.visit.context.new_cdp_session(lab.page)

    def used():
        session.send("HeapProfiler.collectGarbage")
        return session.send("Runtime.getHeapUsage")["usedSize"]

    def flood(count, alpha):
        lab.run(f"task = asyncio.ensure_future(flood({count}, {alpha}))")
        expect(lesson.number("L2 alpha")).to_have_value(f"{alpha}", timeout=60_000)

    lab.run(MESSAGES)
    flood(100, 0.5)  # what is made once is there from now on
    before = used()
    flood(10_000, 0.25)
    assert used() - before < MOST_GROWTH
    session.detach()
    lesson.trains()
    lesson.number("L2 alpha").fill("0.125")
    lesson.number("L2 alpha").press("Enter")
    until(lab.page, lambda: lesson.python("dashboard.alpha") == "0.125", "the value in Python")
    expect(lesson.root.get_by_text("Kernel lost")).to_be_hidden()
