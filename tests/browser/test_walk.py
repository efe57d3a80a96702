"""Random expressions walked by keys alone: every box is come by, and says the engine's numbers."""

from __future__ import annotations

import re
from random import Random

import pytest

from microgradwidgets import Value, backward, show
from microgradwidgets.text import short_number
from tests.browser.heard import Ear
from tests.grouped import loss, score

OPERATIONS = ("add", "sub", "mul", "tanh", "relu", "exp", "sigmoid", "neg", "constant", "square")


def grown(random: Random, size: int) -> tuple[Value, dict[str, Value]]:
    """About so many values, each with a name of its own; some used often, some never again."""
    made = [Value(random.uniform(-2, 2), label=f"v{n}") for n in range(random.randint(1, 5))]
    while len(made) < size:
        # Mostly the latest, so that it is deep; now and then any, so that it is shared.
        recent = made[-random.randint(1, 6) :]
        a, b = random.choice(recent), random.choice(random.choice((recent, made)))
        op = random.choice(OPERATIONS)
        if op == "constant":
            value = a * random.choice((0.5, -1.5, 0.25))
        elif op == "square":
            value = a**2
        elif op in ("add", "sub", "mul"):
            value = getattr(a, op)(b)
        else:
            value = getattr(a, op)()
        if abs(value.data) > 1e6:
            value = value.tanh()
        made.append(value.with_label(f"v{len(made)}"))
    output = made[-1]
    return output, {node.label: node for node in output.graph.values() if node.label}


def shared_and_deep() -> Value:
    """A value that is used at once and again far on, so that its arrows part."""
    a = Value(0.5, label="a")
    far = a
    for n in range(6):
        far = (far.tanh() if n % 2 else far.exp()).with_label(f"f{n}")
    return (a + far).with_label("end")


def big_sum() -> Value:
    total = Value(0.0, label="start")
    for n in range(60):
        total = total + Value(float(n), label=f"t{n}") * 0.5
    return total


KEYS = {"LR": ("ArrowUp", "ArrowDown"), "TB": ("ArrowLeft", "ArrowRight")}


def titles_around(rows):
    """For every row the titles of the open groups that it stands in, the innermost first."""
    around, open_ = {}, []
    for row in rows:
        del open_[row.level - 1 :]
        around[row.element] = [*reversed(open_)]
        open_.append(row.element)
    return around


def walk(figure, ear, direction="LR"):
    """Goes by keys from the first box to the last; gives what was heard, by element.

    At the first box of an open group it goes up to the title, and down into the group again.
    """
    back, on = KEYS[direction]
    rows = ear.rows()
    around = titles_around(rows)
    figure.rows.last.focus()
    here = ear.press("Home")
    heard = {}

    def press(key):
        nonlocal here
        before, here = here, ear.press(key)
        assert here.role == "treeitem", f"{key} at {before.name} leads to {here}"
        heard[here.element] = here
        return here.element != before.element

    for _ in rows:
        if not press(back):
            break
    for _ in range(4 * len(rows)):
        unheard = [title for title in around[here.element] if title not in heard]
        if unheard:
            for _ in rows:
                press(back)
                if here.element == unheard[0]:
                    break
        elif not press(on):
            return heard
    raise AssertionError(f"the walk does not end, but comes to {here.name} again")


def assert_all_heard(figure, ear, direction="LR"):
    heard = walk(figure, ear, direction)
    rows = ear.rows()
    assert [row.name for row in rows if row.element not in heard] == []
    assert len({row.element for row in rows}) == len(heard)
    return rows


ROW = re.compile(r"(?P<name>.+?) = (?P<value>\S+), gradient (?P<gradient>[^\s,]+)(,|$)")


def assert_numbers(rows, named, output):
    """Each name once, with the numbers that the engine has for it."""
    gradients = backward(output)
    spoken = {}
    for row in rows:
        said = ROW.match(row.name)
        assert said is not None, row.name
        if said["name"] in named:
            spoken[said["name"]] = said["value"], said["gradient"]
    expected = {
        name: (short_number(node.data), short_number(gradients[node]))
        for name, node in named.items()
    }
    assert {name: expected[name] for name in spoken} == spoken
    return spoken


SIZES = (1, 5, 21, 60, 300)


@pytest.mark.measured
def test_every_box_of_random_expressions_is_come_by_and_heard(plain, night, measured):
    walked_boxes = 0
    ear = None
    for seed in range(300 if night else len(SIZES)):
        random = Random(seed)
        size = SIZES[seed % len(SIZES)]
        output, named = grown(random, size)
        direction = ("LR", "TB")[seed % 2]
        figure = plain.show(show(output, names=False, direction=direction))
        ear = ear or Ear(plain.page)
        rows = assert_all_heard(figure, ear, direction)
        spoken = assert_numbers(rows, named, output)
        if figure.root.get_by_label("group of").count() == 0:
            assert len(spoken) == len(named), seed
        walked_boxes += len(rows)
    measured("boxes walked by keys, each heard with its numbers", walked_boxes, "every box")


OPENED = {
    "big sum": lambda: show(big_sum(), names=False),
    "network": lambda: show(score([3, 1]), names=False),
    "loss": lambda: show(loss(6, [2, 1]), names=False, direction="TB"),
}


@pytest.mark.parametrize("shown", OPENED)
def test_every_box_and_title_is_come_by_however_deep_it_is_opened(plain, shown):
    diagram = OPENED[shown]()
    figure = plain.show(diagram)
    ear = Ear(plain.page)
    for levels in "123":
        world = figure.root.locator(".mgw-world").element_handle()
        figure.rows.last.focus()
        plain.page.keyboard.press(levels)
        figure.until(lambda: not world.evaluate("(e) => e.isConnected"), "another picture")  # noqa: B023
        assert_all_heard(figure, ear, diagram.direction)


def test_a_value_that_is_used_again_far_on_hides_nothing_on_the_way(plain):
    figure = plain.show(show(shared_and_deep(), names=False))
    assert_all_heard(figure, Ear(plain.page))
