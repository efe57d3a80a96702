"""One notebook open in two tabs of a browser: both show one widget, and both may act on it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.browser.expressions import LECTURE
from tests.browser.figure import FIGURE, Figure
from tests.browser.jupyter import Notebook, write_notebook
from tests.browser.pages import until

SOON = 30_000


@pytest.fixture
def two(lab, jupyter, request):
    """Opens a cell's output in two tabs, and gives both."""
    others = []
    name = "".join(c for c in request.node.name if c.isalnum())

    def open_(source):
        path = write_notebook(jupyter.folder / f"{name}.ipynb", "")
        lab.beside(path)
        lab.run(source)
        lab.command("docmanager:save")
        page = lab.visit.context.new_page()
        others.append(page)
        # A workspace of its own: one that is open already is left with a reload.
        visit = replace(lab.visit, page=page)
        other = Notebook.open(visit, path, place="lab/workspaces/second/tree")
        return panel(lab), panel(other)

    yield open_
    for page in others:
        page.close()
    lab.close()
    for words in ("Could not send", "Canceled future", "WebSocket"):
        lab.visit.forgive(words)


def panel(notebook):
    return notebook.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")


def test_an_edit_in_one_tab_is_in_the_other_and_can_be_undone_there(two, lab):
    one, other = two(f"from microgradwidgets import *\n{LECTURE}\nneuron = show(o)\nneuron")
    figures = [Figure(tab.locator(FIGURE).first).drawn(60) for tab in (one, other)]

    def both_show(number):
        for figure in figures:
            figure.until(lambda f=figure: f.box("x2").texts[2] == number, f"x2 = {number}", 30)

    figures[0].page.bring_to_front()
    figures[0].click("x2")  # selected in the other, too
    for figure, number in zip(figures, ("1", "0.5"), strict=True):
        figure.page.bring_to_front()
        field = figure.root.get_by_label("x2, as a number")
        field.fill(number)
        field.press("Enter")
        both_show(number)
    figures[1].press_button("Undo")
    both_show("1")
    lab.page.bring_to_front()
    asked = "print([*neuron.edits.values()])"
    until(lab.page, lambda: lab.run(asked).text.strip() == "[1.0]", "the edit in Python", 30)


def test_settings_of_a_training_are_those_of_both_tabs_and_the_last_one_counts(two, lab):
    one, other = two(
        "from microgradwidgets import Dashboard\ndashboard = Dashboard(hidden=[3])\ndashboard"
    )

    def alpha(tab):
        return tab.get_by_role("group", name="L2 alpha", exact=True).get_by_role("textbox")

    def field(tab):
        return tab.locator(".mgw-transport-field")

    def known(name):
        return lab.run(f"print(dashboard.{name})").text.strip()

    for tab in (one, other):
        expect(field(tab)).to_be_enabled(timeout=SOON)
    for acts, sees, number in ((other, one, "0.25"), (one, other, "0.125")):
        alpha(acts).fill(number)
        alpha(acts).press("Enter")
        expect(alpha(sees)).to_have_value(number, timeout=SOON)
        until(lab.page, lambda n=number: known("alpha") == n, "the number in Python", 30)
    for acts, sees, step in ((other, one, "30"), (one, other, "12")):
        field(acts).fill(step)
        field(acts).press("Enter")
        expect(field(sees)).to_have_value(step, timeout=SOON)
        until(lab.page, lambda n=step: known("step") == n, "the step in Python", 30)


def test_one_tab_plays_and_the_other_follows_whichever_was_asked_last(two, lab):
    one, other = two(
        "from microgradwidgets import Dashboard\n"
        "dashboard = Dashboard(hidden=[3], steps=100_000)\ndashboard"
    )

    def step(tab):
        return int(tab.locator(".mgw-transport-field").input_value())

    def known(name):
        return lab.run(f"print(dashboard.{name})").text.strip()

    def both_come_further():
        before = max(step(one), step(other))
        for tab in (one, other):
            until(tab.page, lambda t=tab: step(t) > before + 5, "more steps", 60)

    def button(tab, name):
        return tab.get_by_role("button", name=name)

    def follows(tab):
        return tab.get_by_text("played in another window or tab")

    def both_stand():
        until(lab.page, lambda: known("playing") == "False", "the end of playing", 30)
        until(lab.page, lambda: str(step(one)) == str(step(other)) == known("step"), "one step", 30)

    for tab in (one, other):
        expect(tab.locator(".mgw-transport-field")).to_be_enabled(timeout=SOON)
    button(one, "Play").click()
    both_come_further()
    expect(follows(other)).to_be_visible()
    button(other, "Play").click()  # takes over
    expect(button(one, "Play")).to_be_visible(timeout=SOON)
    both_come_further()
    expect(follows(one)).to_be_visible()
    expect(follows(other)).to_have_count(0)
    button(other, "Pause").click()
    both_stand()
    expect(follows(one)).to_have_count(0)
    lab.run("dashboard.play()")  # asked of both at once
    both_come_further()
    lab.run("dashboard.pause()")
    both_stand()
    button(other, "Play").click()
    both_come_further()
    field = one.locator(".mgw-transport-field")  # a move in the one that follows stops the other
    field.fill("7")
    field.press("Enter")
    both_stand()
    assert known("step") == "7"
