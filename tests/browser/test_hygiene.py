"""Shown and closed hundreds of times in a notebook, widgets leave nothing on either side."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import Notebook, write_notebook
from tests.browser.pages import until
from tests.browser.spy import SPY, listeners_left, pending

SETTING = """
import gc, weakref
import ipywidgets
from comm import get_comm_manager
from IPython.display import display
from microgradwidgets import Dashboard, Lesson, Scene, Value, misconceptions, show

x = Value(0.5, label="x")
makers = {
    "slider": ipywidgets.IntSlider,
    "diagram": lambda: show((x * 2.0).tanh()),
    "dashboard": lambda: Dashboard(hidden=[3], n_samples=10, playing=True, steps=100_000),
    "misconceptions": misconceptions,
    "lesson": lambda: Lesson([Scene("One.", show=x * 3.0), Scene("Two.")]),
}
made = []

def begin(kind):
    global shown
    shown = makers[kind]()
    made.append(weakref.ref(shown))
    display(shown)

def end():
    global shown
    shown.close()
    del shown

def left():
    gc.collect()
    widgets = sum(isinstance(thing, ipywidgets.Widget) for thing in gc.get_objects())
    return [sum(one() is not None for one in made), widgets, len(get_comm_manager().comms)]
"""

DRAWN = {
    "slider": ".widget-slider",
    "diagram": ".mgw-box",
    "dashboard": ".mgw-transport-field:enabled",
    "misconceptions": "svg .mgw-box",
    "lesson": ".mgw-box",
}


@pytest.fixture
def watched(visit, jupyter):
    """A notebook of its own, watched since before the front end came."""
    visiting = visit()
    visiting.page.add_init_script(SPY)
    path = write_notebook(jupyter.folder / "hygiene.ipynb", "")
    notebook = Notebook.open(visiting, path)
    notebook.run(SETTING)
    yield notebook
    notebook.shut_down()


def display(notebook, kind, times):
    for _ in range(times):
        begin(notebook, kind)
        end(notebook, kind)


def begin(notebook, kind):
    output = notebook.run(f"begin({kind!r})").output
    expect(output.locator(DRAWN[kind]).first).to_be_visible(timeout=60_000)


def end(notebook, kind):
    notebook.run("end()")
    expect(notebook.page.locator(DRAWN[kind])).to_have_count(0, timeout=60_000)
    notebook.clear()


@pytest.mark.measured
@pytest.mark.parametrize("kind", [kind for kind in DRAWN if kind != "slider"])
def test_shown_and_closed_again_and_again_nothing_is_left(watched, measured, night, kind):
    times = 200 if night else 5

    def left():
        nothing = dict.fromkeys(pending(watched.page), 0)
        until(watched.page, lambda: pending(watched.page) == nothing, "all to end", 30)
        alive, widgets, comms = json.loads(watched.run("print(left())").text)
        return alive, widgets, comms, listeners_left(watched.page)

    display(watched, "slider", 1)
    display(watched, kind, 3)  # what is made once per page is there from now on
    before = left()
    begin(watched, kind)
    assert listeners_left(watched.page) > before[3], "what is there is counted"
    end(watched, kind)
    display(watched, kind, times)
    after = left()
    what = f"{kind}, {times} times shown and closed"
    measured(f"{what}: Python widgets left", after[0], "0")
    measured(f"{what}: workers, timers, Blob addresses left", 0, "0")
    measured(f"{what}: listeners left", after[3] - before[3], "0")
    assert after == before
    assert after[0] == 0
