"""Several views of one diagram agree, and a later one goes on where the former was."""

from __future__ import annotations

import re

import pytest

from microgradwidgets import MLP, show
from tests.browser.expressions import README, made_names
from tests.browser.pages import until


def test_what_is_chosen_in_one_view_is_chosen_in_all(plain):
    names = made_names(README)
    figure = plain.show(show(names["g"], names=names))
    other = plain.add_view()
    figure.fit()
    figure.click("e")
    assert figure.selected == other.selected == ["e"]
    other.choose("Colour", "value")
    assert [box.fill for box in figure.boxes] == [box.fill for box in other.boxes]
    plain.set("edits", [[0, 3.0]])
    assert [box.texts for box in figure.boxes] == [box.texts for box in other.boxes]


def numbers(transform):
    return [float(number) for number in re.findall(r"[-0-9.]+", transform)]


def test_a_later_view_begins_where_the_former_one_looked(plain):
    names = made_names(README)
    figure = plain.show(show(names["g"], names=names))
    figure.hold_focus("background")
    for _ in range(3):
        plain.page.keyboard.press("+")
    plain.page.keyboard.press("Shift+ArrowLeft")
    figure.until(lambda: plain.get("_view"), "the model to know the place")
    figure.until(lambda: plain.get("_view")[2] > 1, "the model to know the last place")
    seen = numbers(figure.transform)
    other = plain.add_view()
    assert numbers(other.transform) == pytest.approx(seen)
    figure.fit()
    assert plain.get("_view") is None


def test_views_show_the_same_groups_open_and_a_state_brings_them_back(plain):
    score = MLP(2, [4, 4, 1])([1.0, -2.0])
    diagram = show(score)
    figure = plain.show(diagram)
    other = plain.add_view()
    first = [box.name for box in figure.boxes]
    figure.toggle("layer 2")
    opened = [box.name for box in figure.boxes]
    assert opened != first
    other.until(lambda: [box.name for box in other.boxes] == opened, "the other view to follow")

    diagram.unfolded = plain.get("unfolded")
    later = show(score, state=diagram.state)
    assert [box.name for box in plain.show(later).boxes] == opened
    plain.set("unfolded", None)
    again = plain.figure
    again.until(lambda: [box.name for box in again.boxes] == first, "the first picture")


DISPLAY = """async () => {
  window.addView();
  const { el } = window.views.at(-1);
  const drawn = () => el.querySelector('.mgw-box');
  while (!drawn()) await new Promise((resolve) => requestAnimationFrame(resolve));
}"""
END = """() => {
  const { el, end } = window.views.pop();
  end();
  const left = el.childNodes.length;
  el.remove();
  return left;
}"""


@pytest.mark.measured
def test_two_hundred_displays_leave_no_listener_no_worker_and_no_node(plain, measured):
    names = made_names(README)
    plain.show(show(names["g"], names=names))
    session = plain.page.context.new_cdp_session(plain.page)
    session.send("Performance.enable")

    def counts():
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        found = {metric["name"]: metric["value"] for metric in metrics}
        return found["JSEventListeners"], found["Nodes"], len(plain.page.workers)

    def display(times):
        for _ in range(times):
            plain.page.evaluate(DISPLAY)
            assert plain.page.evaluate(END) == 0

    display(3)  # what is made once per page is there from now on
    listeners, nodes, workers = counts()
    display(200)
    listeners_after, nodes_after, workers_after = counts()
    measured("200 views of a diagram: listeners left", int(listeners_after - listeners), "0")
    measured("200 views of a diagram: workers left", workers_after - workers, "0")
    assert (listeners_after, workers_after) == (listeners, workers)
    assert nodes_after == pytest.approx(nodes, abs=20)
    assert workers == 1
    plain.page.evaluate(END)
    until(plain.page, lambda: plain.page.workers == [], "the worker to end with the last view")
    after, left, _ = counts()
    assert after < listeners / 4
    assert left < nodes / 4
