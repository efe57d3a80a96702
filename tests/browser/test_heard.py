"""What is said unasked, and where the focus is after whatever a person does by keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from microgradwidgets import Value, show
from tests.browser.expressions import LECTURE, made_names
from tests.browser.heard import Ear
from tests.browser.training import Training
from tests.grouped import loss, score


@pytest.fixture
def neuron(plain):
    names = made_names(LECTURE)
    return plain.show(show(names["o"], names=names))


def redrawn(figure, act):
    """Does something, and waits for the picture that it brings."""
    world = figure.root.locator(".mgw-world").element_handle()
    act()
    figure.until(lambda: not world.evaluate("(e) => e.isConnected"), "another picture")


def until_said(ear, pattern):
    """Waits for a sentence; gives all that was said until then, the sentence as the last."""
    heard = []

    def is_said():
        heard.extend(ear.said())
        return heard and re.search(pattern, heard[-1])

    for _ in range(200):
        if is_said():
            return heard
        ear.page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError(f"{pattern!r} was not said, but {heard}")


def test_each_change_is_said_once_with_the_new_number(plain, neuron):
    ear = Ear(plain.page)
    ear.listen()
    neuron.named("x2").focus()
    assert ear.press("e").role == "textbox"
    until_said(ear, "^Selected: x2 = 0, gradient 0.5000, leaf$")
    plain.page.keyboard.type("1")
    ear.press("Enter")
    assert until_said(ear, "^x2 changed") == ["x2 changed from 0 to 1; o is 0.9546, was 0.7071"]
    assert ear.press("Escape").name.startswith("x2 = 1 (was 0), gradient 0.0887 (was 0.5000), leaf")
    for keys, words in [
        ("Control+z", "Undone, no leaf is changed"),
        ("Control+y", "Done again, 1 leaf changed"),
        (".", "Start: the leaves have their numbers, and nothing else has."),
        (".", "Forward 1 of 5: x1 × w1 = 2 × (−3) = −6."),
        (",", "Start: the leaves have their numbers, and nothing else has."),
    ]:
        focused = ear.press(keys)
        assert until_said(ear, re.escape(words)) == [words]
        assert focused.name.startswith("x2 = "), "and the focus stays"


def test_playing_is_not_a_flood_of_words(plain, neuron):
    ear = Ear(plain.page)
    neuron.root.get_by_label("Speed").select_option(label="4×")
    neuron.root.get_by_role("slider", name="Step").focus()
    ear.press("Home")
    ear.listen()
    assert ear.press(" ").name == "Step"
    expect(neuron.root.get_by_role("slider", name="Step")).to_have_attribute(
        "aria-valuetext", re.compile("all|11 of 11|done"), timeout=20_000
    )
    heard = until_said(ear, "Backward 5 of 5|passes|done")
    assert len(heard) <= 4, heard


def test_a_training_says_little_while_it_runs(plain):
    training = Training(plain, hidden=[4, 3], n_samples=30, steps=40, speed="max")
    training.slider.focus()
    ear = Ear(plain.page)
    ear.listen()
    assert ear.press("ArrowRight").role == "slider"
    assert ear.said() == [], "its slider has said it"
    ear.press(" ")
    heard = until_said(ear, "All 40 steps are done")
    assert len(heard) <= 4, heard
    assert ear.focused().name == "Step on screen"


def test_the_focus_follows_a_box_into_the_group_that_closes_over_it(plain):
    figure = plain.show(show(loss(6, [2, 1]), names=False))
    ear = Ear(plain.page)
    figure.rows.last.focus()
    redrawn(figure, lambda: ear.press("3"))
    ear.press("Home", *["ArrowDown"] * 9)
    inside = ear.focused()
    assert inside.level == 4, inside
    redrawn(figure, lambda: ear.press("1"))
    around = ear.focused()
    assert re.match(r"example \d+ = .*, group of 21 values", around.name), around
    assert around.expanded is False


def test_a_search_ends_at_what_it_has_found(plain, neuron):
    ear = Ear(plain.page)
    neuron.named("o").focus()
    assert ear.press("/").role == "searchbox"
    plain.page.keyboard.type("w")
    ear.listen()
    ear.press("Enter")
    expect(neuron.root.get_by_role("status")).to_contain_text("1 of 2: w1 = −3")
    ear.press("F3")
    assert until_said(ear, "2 of 2")[-1].startswith("2 of 2: w2 = 1, gradient 0")
    assert ear.press("Escape").name.startswith("w2 = 1, gradient 0")
    ear.press("/")
    plain.page.keyboard.type("nowhere")
    until_said(ear, "0 found|[Nn]othing")
    assert ear.press("Escape").name.startswith("w2 = 1, gradient 0"), "back to where it was"


def toggles(figure, name):
    button = figure.root.get_by_role("button", name=name, exact=True)
    button.focus()
    return button


def test_the_focus_is_never_lost(plain):
    """Whatever opens, closes, turns or vanishes: something of the figure has the focus."""
    figure = plain.show(show(score([3, 1]), names=False))
    ear = Ear(plain.page)

    def holds(role, *starts):
        heard = ear.focused()
        assert heard.role == role, heard
        assert not starts or heard.name.startswith(starts), heard

    figure.named("x1").focus()
    for keys, role in [
        (["f"], "treeitem"),
        (["f"], "treeitem"),
        (["?"], "region"),
        (["Escape"], "treeitem"),
        ([" "], "treeitem"),
        (["Escape"], "treeitem"),
    ]:
        ear.press(*keys)
        holds(role)
    ear.press(" ")
    figure.panel.get_by_role("button", name="Close").focus()
    ear.press("Enter")
    holds("treeitem", "x1 = ")
    for name in ("List", "Keys", "Export"):
        toggles(figure, name)
        ear.press("Enter")
        assert ear.focused().role != "RootWebArea"
        if name != "List":
            ear.press("Escape")
        else:
            ear.press("Enter")
        assert ear.focused().role != "RootWebArea", name
    figure.root.get_by_label("Direction").focus()
    redrawn(figure, lambda: ear.press("ArrowDown"))
    holds("combobox", "Direction")
    figure.named("x1").focus()
    redrawn(figure, lambda: figure.choose("Direction", "left to right"))
    # The expression under the focus is replaced by one of a single value.
    figure.rows.last.focus()
    other = show(Value(3.0, label="alone"), names=False).get_state()
    redrawn(figure, lambda: plain.set_bytes("tape", other["tape"]))
    holds("treeitem", "alone = 3")
