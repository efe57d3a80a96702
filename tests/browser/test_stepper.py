"""Through both passes and back: what is on the screen at each step is what the rows say."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, show
from microgradwidgets.text import MINUS, bracketed
from microgradwidgets.text import short_number as shown
from tests import grouped
from tests.browser.expressions import LECTURE, README, made_names
from tests.browser.steps import Stepper

SOURCES = {"lecture": (LECTURE, "o"), "README": (README, "g")}


def diagram_of(source, name, **options):
    names = made_names(source)
    return show(names[name], names=names, **options)


@pytest.fixture(params=SOURCES)
def stepped(plain, request):
    diagram = diagram_of(*SOURCES[request.param])
    return diagram, Stepper(plain.show(diagram))


def place_of(diagram, row_id):
    return diagram.recorded.ids[int(row_id[1:])]


def expected_cards(diagram, row):
    return [
        (
            place_of(diagram, c["to"]),
            f"{shown(c['upstream'])} × {bracketed(shown(c['local']))} = {shown(c['contribution'])}",
        )
        for c in row["contributions"]
    ]


def expected_sums(diagram, row, rows):
    """Of each operand what was there before, what comes, and what it makes."""
    later = {c["to"] for after in rows[row["number"] :] for c in after["contributions"]}
    sums = {}
    for to in {c["to"] for c in row["contributions"]}:
        own = [c for c in row["contributions"] if c["to"] == to]
        parts = [shown(own[0]["before"]), *(bracketed(shown(c["contribution"])) for c in own)]
        words = f"{' + '.join(parts)} = {shown(own[-1]['after'])}"
        sums[place_of(diagram, to)] = f"{words} so far" if to in later else words
    return sums


def numbers_at(diagram, rows, count):
    """The values and gradients that are known when `count` steps are done, by place."""
    tape = diagram.recorded
    values = dict(zip(tape.leaf_indices, tape.leaves, strict=True))
    gradients = {}
    for row in rows[:count]:
        if row["phase"] == "forward":
            values[place_of(diagram, row["id"])] = row["value"]
        if row["phase"] == "seed":
            gradients[place_of(diagram, row["id"])] = 1.0
        for c in row["contributions"]:
            gradients[place_of(diagram, c["to"])] = c["after"]
    return values, gradients


def drawn_numbers(figure):
    """Value and gradient as written in every box, by place."""
    boxes = figure.root.locator(".mgw-box").evaluate_all(
        """(boxes) => boxes.map((box) => [
          Number(box.dataset.index),
          [...box.querySelectorAll(".mgw-number")].map((text) => text.textContent),
        ])"""
    )
    return dict(boxes)


def test_every_step_shows_the_numbers_of_its_row(stepped):
    diagram, stepper = stepped
    rows = [*diagram.steps()]
    stepper.press("ArrowRight")
    assert stepper.place == f"step 0 of {len(rows)}"
    for row in rows:
        stepper.press("ArrowRight")
        assert stepper.place == f"step {row['number']} of {len(rows)}"
        values, gradients = numbers_at(diagram, rows, row["number"])
        for place, written in drawn_numbers(stepper.figure).items():
            wanted = [
                shown(numbers[place]) if place in numbers else "?"
                for numbers in (values, gradients)
            ]
            assert written == wanted, (row["number"], place)
        assert sorted(stepper.cards) == sorted(expected_cards(diagram, row))
        if row["phase"] == "backward":
            assert stepper.sums == expected_sums(diagram, row, rows)
            for c in row["contributions"]:
                product = f"Upstream {shown(c['upstream'])} by local {shown(c['local'])}"
                assert f"{product} adds {shown(c['contribution'])} to" in stepper.sentence
        assert stepper.spoken == stepper.sentence
        assert stepper.root.page.locator(".mgw-working").count() == 1
    assert stepper.button("Next step").get_attribute("aria-disabled") == "true"


def test_back_to_the_start_undoes_every_step_exactly(stepped):
    diagram, stepper = stepped
    count = len(diagram.steps())
    stepper.press("ArrowRight")
    way = [stepper.seen]
    for _ in range(count):
        stepper.press("ArrowRight")
        way.append(stepper.seen)
    for seen in reversed(way[:-1]):
        stepper.press("ArrowLeft")
        assert stepper.seen == seen
    stepper.press("ArrowLeft")
    assert stepper.seen == way[0]


def test_the_lecture_neuron_ends_at_its_gradients(plain):
    stepper = Stepper(plain.show(diagram_of(LECTURE, "o")))
    stepper.press("ArrowRight", *["ArrowRight"] * 11)
    gradients = {name: stepper.figure.box(name).gradient for name in ("x1", "w1", "x2", "w2", "b")}
    expected = {"x1": -1.5, "w1": 1.0, "x2": 0.5, "w2": 0.0, "b": 0.5}
    read = {name: float(text.replace(MINUS, "-")) for name, text in gradients.items()}
    assert read == pytest.approx(expected, abs=1e-4)
    assert stepper.sentence == stepper.spoken
    assert stepper.sentence.startswith("Backward 5 of 5: times, at x1 × w1. Upstream 0.5000 by")


@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_marks_lie_neither_on_one_another_nor_on_the_numbers(plain, direction):
    a = Value(3.0, label="a")
    double = (a + a).with_label("b")
    for diagram in (diagram_of(LECTURE, "o", direction=direction), show(double, names=False)):
        figure = plain.show(diagram)
        figure.fit()
        stepper = Stepper(figure)
        for row in diagram.steps():
            plain.set("step", row["number"])
            overlaps = stepper.overlaps
            assert overlaps["slips"] <= 1, (row, overlaps)
            assert overlaps["numbers"] <= 40, (row, overlaps)


def test_the_box_at_work_is_always_in_view(plain):
    diagram = diagram_of(README, "g")
    figure = plain.show(diagram, width=500)
    stepper = Stepper(figure)
    stepper.press("ArrowRight")
    for _ in diagram.steps():
        stepper.press("ArrowRight")
        stage = figure.stage.bounding_box()
        box = figure.root.locator(".mgw-working > rect").bounding_box()
        assert stage["x"] <= box["x"]
        assert box["x"] + box["width"] <= stage["x"] + stage["width"]
        assert stage["y"] <= box["y"]
        assert box["y"] + box["height"] <= stage["y"] + stage["height"]


def test_the_row_of_controls_stands_still(plain):
    stepper = Stepper(plain.show(diagram_of(LECTURE, "o")))
    places = set()
    for step in (None, *range(12)):
        plain.set("step", step)
        place = stepper.button("Next step").bounding_box()
        legend = stepper.figure.root.locator(".mgw-legend").bounding_box()
        places.add((place["x"], place["y"], legend["y"]))
    assert len(places) == 1


def test_sixty_five_thousand_values_take_a_few_presses(plain):
    diagram = show(grouped.loss(100), names=False)
    stepper = Stepper(plain.show(diagram))
    stepper.press("ArrowRight")
    assert stepper.place == "step 0 of 7"
    lit = []
    for _ in range(7):
        stepper.press("ArrowRight")
        lit += stepper.lit
    loss, data, squares = "loss", "data loss", "L2 loss"
    assert lit == [data, squares, loss, loss, loss, squares, data]
    assert plain.get("step") == len(diagram.steps())
    # Python may stand anywhere in between.
    plain.set("step", 60_000)
    assert stepper.sentence.startswith("Step 60,000 of 130,155, inside data loss")
    assert stepper.place == "step 0 of 7"
    stepper.press("ArrowRight", "ArrowLeft")
    assert plain.get("step") == 0


def test_what_is_closed_is_one_step(plain):
    diagram = show(grouped.score((3, 1)), names=False)
    figure = plain.show(diagram)
    stepper = Stepper(figure)
    stepper.press("ArrowRight")
    counts = [int(stepper.place.split()[-1])]
    for _ in range(2):
        figure.fit()
        figure.toggle("layer 1")
        counts.append(int(stepper.place.split()[-1]))
    assert counts[0] > counts[1] < counts[2]
    stepper.press("End")
    assert stepper.cards


def test_keys_and_buttons(plain):
    stepper = Stepper(plain.show(diagram_of(LECTURE, "o")))
    assert stepper.place == "all shown"
    stepper.button("Step through").click()
    assert plain.get("step") == 0
    stepper.press("End")
    assert plain.get("step") == 11
    stepper.press("Home", ".", ".", ".", ",")
    assert plain.get("step") == 2
    stepper.button("Next step").focus()
    plain.page.keyboard.press("Space")
    assert plain.get("step") == 3, "the space bar presses the button that has the focus"
    plain.page.keyboard.press("ArrowRight")
    assert plain.get("step") == 4
    stepper.button("First").click()
    expect(stepper.button("Back one step")).to_be_disabled()
    stepper.press("ArrowLeft")
    assert plain.get("step") == 0
    stepper.button("Last").click()
    assert plain.get("step") == 11
    stepper.button("Show all").click()
    assert plain.get("step") is None
    assert stepper.lit == []
    stepper.button("Back one step").click()
    assert plain.get("step") == 10, "at rest all is shown, as at the end"


def test_a_step_is_taken_from_a_box_too(plain):
    figure = plain.show(diagram_of(LECTURE, "o"))
    figure.named("w1").focus()
    for key in (".", ".", ".", ","):
        plain.page.keyboard.press(key)
    assert plain.get("step") == 1
    assert Stepper(figure).spoken.startswith("Forward 1 of 5: x1 × w1")
    expect(figure.named("w1")).to_be_focused()


def test_the_keys_of_the_page_stay_its_own(plain):
    plain.show(diagram_of(LECTURE, "o"))
    plain.page.evaluate(
        """() => {
          window.heard = [];
          const hear = (event) => window.heard.push([event.key, event.defaultPrevented]);
          document.addEventListener("keydown", hear);
        }"""
    )
    for key in ("ArrowRight", ".", " ", "End"):
        plain.page.keyboard.press(key)
    assert plain.page.evaluate("window.heard") == [
        [key, False] for key in ("ArrowRight", ".", " ", "End")
    ]
    assert plain.get("step") is None


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_it_plays_to_the_end_and_can_be_paused(plain, motion):
    plain.page.emulate_media(reduced_motion=motion)
    stepper = Stepper(plain.show(diagram_of(LECTURE, "o")))
    stepper.root.get_by_label("Speed").select_option(label="as fast as possible")
    stepper.button("Play").click()
    expect(stepper.button("Play")).to_be_visible()
    stepper.figure.until(lambda: plain.get("step") == 11, "the last step")
    expect(stepper.button("Play")).to_be_visible()
    assert stepper.spoken == stepper.sentence
    stepper.root.get_by_label("Speed").select_option(label="½×")
    stepper.press("Home", "Space")
    expect(stepper.button("Pause")).to_be_visible()
    stepper.figure.until(lambda: plain.get("step") == 1, "the first step")
    stepper.press("Space")
    expect(stepper.button("Play")).to_be_visible()


def test_playing_ends_with_the_view(plain):
    stepper = Stepper(plain.show(diagram_of(README, "g")))
    stepper.root.get_by_label("Speed").select_option(label="as fast as possible")
    stepper.button("Play").click()
    plain.page.evaluate("() => { window.views[0].el.style.display = 'none'; }")
    stepper.figure.until(
        lambda: plain.page.locator('.mgw-passes button[title^="Play"]').count() == 1, "a pause"
    )
    step = plain.get("step")
    plain.page.evaluate("new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))")
    assert plain.get("step") == step


def test_several_views_step_together_and_one_of_them_speaks(plain):
    stepper = Stepper(plain.show(diagram_of(LECTURE, "o")))
    other = Stepper(plain.add_view())
    stepper.press("ArrowRight", "ArrowRight")
    assert other.place == stepper.place == "step 1 of 11"
    assert other.sentence == stepper.sentence == stepper.spoken
    assert other.spoken == ""


def test_targets_are_large_enough_and_have_names(plain):
    stepper = Stepper(plain.show(diagram_of(LECTURE, "o"), width=320))
    for control in stepper.root.locator("button, select, input").all():
        area = control.bounding_box()
        assert min(area["width"], area["height"]) >= 24
        assert control.evaluate(
            "(c) => Boolean(c.getAttribute('aria-label') || c.textContent || c.labels.length)"
        )
    assert stepper.root.bounding_box()["width"] <= 320


def test_python_and_the_page_move_one_step(lab):
    figure = lab.run(f"{LECTURE}\ndiagram = show(o)\ndiagram").figure()
    stepper = Stepper(figure)
    lab.run("diagram.step = 7")
    figure.until(lambda: stepper.place == "step 7 of 11", "the step that Python has set")
    assert stepper.lit == ["o"]
    assert stepper.cards == [(8, "1 × 0.5000 = 0.5000")]
    stepper.press("ArrowRight")
    assert lab.run("print(diagram.step)").text.strip() == "8"
    sums = lab.run("print([c['after'] for c in diagram.steps()[7]['contributions']])").text
    assert [shown(x) for x in eval(sums)] == [
        text.split(" = ")[1] for text in stepper.sums.values()
    ]
    lab.shut_down()
    stepper.press("Home", *["ArrowRight"] * 11)
    assert stepper.place == "step 11 of 11"
    assert figure.box("x1").gradient == f"{MINUS}1.5000"
    lab.visit.forgive("Could not send")
