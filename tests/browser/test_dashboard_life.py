"""What a dashboard leaves behind: nothing. What several views of one agree on: everything."""

from __future__ import annotations

from array import array

import pytest
from playwright.sync_api import expect

from microgradwidgets import Dashboard
from microgradwidgets.views.packed import pack
from microgradwidgets.views.watching_steps import FRAME_MARK
from tests.browser.pages import until

SMALL = {"hidden": [4], "n_samples": 20}

# What a page has under way of its own: timers, frames, addresses of Blobs.
SPY = """() => {
  const pending = { timers: new Set(), frames: new Set(), urls: new Set() };
  const kept = (set, name, end) => {
    const [begin, stop] = [window[name], window[end]];
    window[name] = (callback, ...rest) => {
      const id = begin((...given) => {
        if (name !== "setInterval") set.delete(id);
        callback(...given);
      }, ...rest);
      set.add(id);
      return id;
    };
    window[end] = (id) => {
      set.delete(id);
      stop(id);
    };
  };
  window.frame = requestAnimationFrame.bind(window);
  kept(pending.timers, "setTimeout", "clearTimeout");
  kept(pending.timers, "setInterval", "clearInterval");
  kept(pending.frames, "requestAnimationFrame", "cancelAnimationFrame");
  const [create, revoke] = [URL.createObjectURL.bind(URL), URL.revokeObjectURL.bind(URL)];
  URL.createObjectURL = (blob) => {
    const url = create(blob);
    pending.urls.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    pending.urls.delete(url);
    revoke(url);
  };
  window.pending = pending;
}"""
PENDING = "() => Object.values(window.pending).map((set) => set.size)"

# Shown until it trains, with the graph of a point; ended while it trains.
DISPLAY = """async () => {
  window.addView();
  const { el } = window.views.at(-1);
  window.model.set("playing", true);
  const step = () => Number(el.querySelector(".mgw-transport-field").value);
  const begun = step();
  while (step() === begun) await new Promise((resolve) => window.frame(resolve));
}"""
END = """() => {
  const { el, end } = window.views.pop();
  end();
  const left = el.childNodes.length;
  el.remove();
  return left;
}"""


def root(plain, nth=0):
    return plain.page.locator(".mgw-dashboard").nth(nth)


def field(plain, nth=0):
    """Where a view says at which step it is."""
    return root(plain, nth).locator(".mgw-transport-field")


def counter(page):
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def counts():
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        found = {metric["name"]: metric["value"] for metric in metrics}
        return found["JSEventListeners"], found["Nodes"], len(page.workers)

    return counts


@pytest.mark.measured
def test_two_hundred_displays_leave_nothing_and_nothing_goes_on(plain, measured):
    plain.page.evaluate(SPY)
    plain.mount(Dashboard(**SMALL, steps=100_000, selected_point=3))
    expect(field(plain)).to_be_enabled()
    plain.page.evaluate(END)
    counts = counter(plain.page)

    def display(times):
        for _ in range(times):
            plain.page.evaluate(DISPLAY)
            assert plain.page.evaluate(END) == 0

    def settled():
        until(plain.page, lambda: plain.page.workers == [], "the worker to end with its last view")
        until(plain.page, lambda: plain.page.evaluate(PENDING) == [0, 0, 0], "nothing to come")
        return counts()

    display(3)  # what is made once per page is there from now on
    listeners, nodes, _ = settled()
    display(200)
    listeners_after, nodes_after, workers = settled()
    what = "200 views of a dashboard that trains"
    measured(f"{what}: listeners left", int(listeners_after - listeners), "0")
    measured(f"{what}: workers, timers, frames, Blob addresses left", workers, "0")
    assert (listeners_after, workers) == (listeners, 0)
    assert nodes_after == pytest.approx(nodes, abs=20)


def test_two_views_are_one_training_and_each_may_go(plain):
    plain.mount(Dashboard(**SMALL, steps=60))
    plain.page.evaluate("() => window.addView()")
    root(plain).get_by_role("button", name="Play (space)").click()
    for nth in (0, 1):
        expect(field(plain, nth)).to_have_value("60", timeout=20_000)
    field(plain, 1).fill("25")
    field(plain, 1).press("Enter")
    expect(field(plain, 0)).to_have_value("25")
    pictures = [root(plain, nth).locator("canvas").evaluate_all(PICTURES) for nth in (0, 1)]
    assert pictures[0] == pictures[1]
    plain.page.evaluate("() => { const { el, end } = window.views.shift(); end(); el.remove(); }")
    expect(root(plain)).to_have_count(1)
    root(plain).get_by_role("button", name="One step on (right arrow)").click()
    expect(field(plain)).to_have_value("26")


PICTURES = "(all) => all.map((canvas) => canvas.toDataURL())"


def test_closed_and_shown_again_it_goes_on_where_it_was(plain):
    plain.mount(Dashboard(**SMALL, steps=60))
    plain.set("step", 40)
    expect(field(plain)).to_have_value("40")
    plain.set("learning_rate", 0.25)
    plain.set("schedule", "constant")
    plain.set("step", 50)
    expect(field(plain)).to_have_value("50")
    plain.set("step", 20)
    expect(field(plain)).to_have_value("20")
    words = root(plain).locator(".mgw-curves").inner_text()
    before = root(plain).locator("canvas").evaluate_all(PICTURES)
    plain.page.evaluate(END)
    plain.page.evaluate("() => window.addView()")
    expect(field(plain)).to_have_value("20")
    expect(root(plain).locator(".mgw-curves-legend")).to_be_visible()
    assert root(plain).locator(".mgw-curves").inner_text() == words
    slider = root(plain).locator(".mgw-transport-slider")
    expect(slider).to_have_attribute("max", "50")
    until(
        plain.page,
        lambda: root(plain).locator("canvas").evaluate_all(PICTURES) == before,
        "the same pictures",
    )
    field(plain).fill("60")
    field(plain).press("Enter")
    expect(field(plain)).to_have_value("60")


def test_closed_while_it_plays_it_plays_on_from_there(plain):
    plain.mount(Dashboard(**SMALL, steps=100_000))
    plain.set("playing", True)
    until(plain.page, lambda: plain.get("step") > 20, "some steps")
    plain.page.evaluate(END)
    step = plain.get("step")
    plain.page.evaluate(
        """() => {
          window.told = [];
          window.model.on("change:step", () => window.told.push(window.model.get("step")));
          window.addView();
        }"""
    )
    until(plain.page, lambda: plain.get("step") > step + 5, "more steps")
    assert plain.page.evaluate("() => Math.min(...window.told)") >= step
    assert plain.get("playing") is True


def test_what_is_set_while_it_is_closed_holds_from_the_step_on_screen(plain):
    plain.mount(Dashboard(**SMALL))
    plain.set("step", 40)
    expect(field(plain)).to_have_value("40")
    plain.set("step", 20)
    expect(field(plain)).to_have_value("20")
    plain.page.evaluate(END)
    plain.set("alpha", 0.5)
    plain.page.evaluate("() => window.addView()")
    expect(field(plain)).to_have_value("20")
    runs = root(plain).get_by_role("region", name="Runs").get_by_role("listitem")
    expect(runs).to_contain_text(["step 40: loss", "left another run at step 20: "])
    assert plain.get("alpha") == 0.5
    plain.page.evaluate(END)
    plain.set("step", 25)
    plain.page.evaluate("() => window.addView()")
    expect(field(plain)).to_have_value("25")


HEAP = 8 * 2**20


@pytest.mark.measured
def test_steps_by_the_ten_thousand_take_no_more_memory(plain, measured, night):
    """Parameters fill the room they have within the first of them."""
    most = 100_000 if night else 20_000
    plain.mount(Dashboard(n_samples=4, steps=10_000, speed="max", alpha=0.001))
    session = plain.page.context.new_cdp_session(plain.page)

    def used():
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        usage = session.send("Runtime.getHeapUsage")
        return usage["usedSize"] + usage["backingStorageSize"]

    def trained(steps):
        plain.set("steps", steps)
        plain.set("playing", True)
        expect(field(plain)).to_have_value(str(steps), timeout=12 * steps)
        until(plain.page, lambda: not plain.get("playing"), "the end")
        return used()

    start = used()
    ten_thousand = trained(10_000)
    assert ten_thousand < start + 5 * HEAP
    grown = trained(most) - ten_thousand
    what = f"{most:,} steps in a page: its memory grows after the first 10,000 by, MB"
    measured(what, round(grown / 2**20, 1), "10")
    assert grown < HEAP


def test_hidden_or_moved_elsewhere_it_is_drawn_again(plain):
    plain.mount(Dashboard(**SMALL))
    plain.page.evaluate("() => window.addView()")
    pictures = lambda nth: root(plain, nth).locator("canvas").evaluate_all(PICTURES)  # noqa: E731
    until(plain.page, lambda: pictures(0) == pictures(1), "both to be drawn")
    first = pictures(0)
    plain.page.evaluate("() => { window.views[0].el.style.display = 'none'; }")
    plain.set("step", 30)
    expect(field(plain, 1)).to_have_value("30")
    plain.page.evaluate("() => { window.views[0].el.style.display = ''; }")
    until(plain.page, lambda: pictures(0) == pictures(1) != first, "what was hidden")
    second = pictures(0)
    plain.page.evaluate("() => window.views[0].el.remove()")
    plain.set("step", 50)
    expect(field(plain, 0)).to_have_value("50")
    plain.page.evaluate("() => document.body.prepend(window.views[0].el)")
    until(plain.page, lambda: pictures(0) == pictures(1) != second, "what was away")


def test_dashboards_of_one_clock_move_together(plain):
    plain.mount(Dashboard(**SMALL, clock="a"))
    for clock in ("a", "b"):
        plain.mount(Dashboard(**SMALL, alpha=0.1, clock=clock), beside=True)
    expect(field(plain, 2)).to_be_enabled()
    field(plain, 0).fill("30")
    field(plain, 0).press("Enter")
    expect(field(plain, 1)).to_have_value("30")
    losses = [root(plain, nth).locator(".mgw-glance").inner_text() for nth in (0, 1)]
    assert losses[0] != losses[1], "each has a training of its own"
    root(plain, 1).get_by_role("button", name="One step back (left arrow)").click()
    expect(field(plain, 0)).to_have_value("29")
    root(plain, 0).get_by_role("button", name="Play (space)").click()
    expect(field(plain, 0)).to_have_value("100", timeout=20_000)
    expect(field(plain, 1)).to_have_value("100")
    expect(field(plain, 2)).to_have_value("0")


class Told:
    """A dashboard, some of whose traits have arrived otherwise."""

    def __init__(self, dashboard, **traits):
        self.traits = traits
        self.dashboard = dashboard

    def get_state(self):
        return self.dashboard.get_state() | self.traits


def test_a_dashboard_that_breaks_off_leaves_the_others_of_its_clock_alone(plain):
    plain.mount(Dashboard(**SMALL, clock="a"))
    plain.mount(Dashboard(**SMALL, clock="a", learning_rate=1e100), beside=True)
    expect(field(plain, 1)).to_be_enabled()
    root(plain, 0).get_by_role("button", name="Play (space)").click()
    expect(field(plain, 0)).to_have_value("100", timeout=20_000)
    expect(root(plain, 1)).to_contain_text("Training broke off")
    assert int(field(plain, 1).input_value()) < 10


BROKEN = [b"x", b"MGW", b"MGWN\xff\xff\xff\xff", b"nothing that was expected here"]


def ways_to_break(good):
    return [*BROKEN, good[:-8], good + b"more", good[:40], good[:4] + good[5:]]


def complaint(plain):
    return root(plain).get_by_role("alert").filter(visible=True)


def trains_on(plain, step):
    plain.set("step", step)
    expect(field(plain)).to_have_value(str(step))
    expect(complaint(plain)).to_have_count(0)


@pytest.mark.parametrize("trait", ["network", "points"])
def test_what_cannot_be_read_is_said_and_what_can_is_shown_again(plain, trait):
    dashboard = Dashboard(**SMALL)
    good = getattr(dashboard, trait)
    for bad in ways_to_break(good):
        plain.mount(dashboard)
        trains_on(plain, 2)
        plain.set_bytes(trait, bad)
        expect(complaint(plain)).to_contain_text("What arrived from Python cannot be shown")
        expect(root(plain).locator(".mgw-glance")).to_be_hidden()
        plain.set_bytes(trait, good)
        expect(field(plain)).to_be_enabled()
        trains_on(plain, 3)
    for bad in ways_to_break(good):
        plain.mount(Told(dashboard, **{trait: bad}))
        expect(complaint(plain)).to_contain_text("What arrived from Python cannot be shown")
        plain.set_bytes(trait, good)
        trains_on(plain, 3)


@pytest.mark.parametrize("trait", ["network", "points"])
def test_what_has_not_arrived_is_waited_for(plain, trait):
    dashboard = Dashboard(**SMALL)
    plain.mount(Told(dashboard, **{trait: b""}))
    expect(root(plain)).to_have_attribute("aria-label", "Training dashboard: waiting for Python")
    expect(field(plain)).to_be_disabled()
    plain.set_bytes(trait, getattr(dashboard, trait))
    trains_on(plain, 3)


def test_a_result_that_cannot_be_read_is_said_and_worked_out_anew(plain):
    plain.mount(Dashboard(**SMALL))
    trains_on(plain, 7)
    until(plain.page, lambda: len(plain.get_bytes("result")) > 100, "a result")
    good = plain.get_bytes("result")
    loss = root(plain).locator(".mgw-glance").inner_text()
    for bad in ways_to_break(good):
        plain.mount(Told(Dashboard(**SMALL), result=bad, step=7))
        expect(field(plain)).to_have_value("7")
        expect(complaint(plain)).to_contain_text("The training that this page had shown before")
        assert root(plain).locator(".mgw-glance").inner_text() == loss
    plain.mount(Told(Dashboard(**SMALL), result=good, step=7))
    expect(field(plain)).to_have_value("7")
    expect(complaint(plain)).to_have_count(0)


def test_learning_rates_that_are_no_numbers_are_said(plain):
    dashboard = Dashboard(**SMALL)
    for bad in [b"x", b"\xff" * 8, b"\xff" * 12]:
        plain.mount(Told(dashboard, rates=bad))
        expect(complaint(plain)).to_contain_text("learning rates")
        plain.set_bytes("rates", dashboard.rates)
        trains_on(plain, 3)
        plain.set_bytes("rates", bad)
        expect(complaint(plain)).to_contain_text("learning rates")


def frame(dashboard, parameters):
    header = {
        "sequence": 1,
        "step": 4,
        "status": "running",
        "words": "",
        "parameters": len(parameters),
        "rows": 1,
        "every": 1,
    }
    row = array("d", [4, 0.5, 0.4, 0.1, 0.9, 0.1])
    return pack(FRAME_MARK, header, [array("d", parameters), array("d", parameters), row])


def test_a_frame_that_cannot_be_read_is_said_until_the_next_one_comes(plain):
    dashboard = Dashboard(**SMALL)
    good = frame(dashboard, [p.data for p in dashboard.model.parameters()])
    other = frame(dashboard, [1.0, 2.0])
    plain.mount(dashboard)
    plain.set("watching", "running")
    for bad in [*ways_to_break(good), other]:
        plain.set_bytes("watched", bad)
        expect(complaint(plain)).to_contain_text("What arrived from Python cannot be shown")
        plain.set_bytes("watched", good)
        expect(field(plain)).to_have_value("4")
        expect(complaint(plain)).to_have_count(0)
    plain.set_bytes("watched", other)
    plain.set("watching", "")
    trains_on(plain, 3)
