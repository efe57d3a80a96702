"""The numbers on arrows can be read whole: no box lies over them, whatever they are."""

from __future__ import annotations

import pytest

from microgradwidgets import MLP, Value, show
from tests.vectors import lecture_neuron

# Of each number on an arrow how much lies under a box, or under another number, in pixels.
COVERED = """(stage) => {
  const boxes = [...stage.querySelectorAll(".mgw-box > .mgw-frame")];
  const texts = [...stage.querySelectorAll(".mgw-arrow text")];
  const all = [...boxes, ...texts].map((element) => [element, element.getBoundingClientRect()]);
  return texts.flatMap((text) => {
    const own = text.getBoundingClientRect();
    return all.filter(([other]) => other !== text).map(([, box]) => [
      Math.min(own.right, box.right) - Math.max(own.left, box.left),
      Math.min(own.bottom, box.bottom) - Math.max(own.top, box.top),
    ]).filter(([width, height]) => width > 1 && height > 4)
      .map(([width]) => `${text.textContent}: ${Math.round(width)} of ${Math.round(own.width)}`);
  });
}"""


def long_numbers():
    a, c, d = (Value(x, label=n) for x, n in ((1234.5678, "a"), (-3.2e-9, "c"), (-98765.4321, "d")))
    return (a * c + d * a).with_label("o"), (a * d).with_label("o"), (a * c * d + c * d).tanh()


def odd_numbers():
    t, u, z = (Value(x, label=n) for x, n in ((1e-300, "t"), (123456789.123, "u"), (-0.0, "z")))
    return t * u + z * u


FIRST, SECOND, THIRD = long_numbers()
EXPRESSIONS = {
    "two products": FIRST,
    "one product": SECOND,
    "products of products": THIRD,
    "tiny and large": odd_numbers(),
    "neuron": lecture_neuron(),
    "network": MLP(2, [2, 1])([0.3, -0.2]),
}


@pytest.mark.parametrize("name", EXPRESSIONS)
@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_no_number_on_an_arrow_is_covered(plain, name, direction):
    figure = plain.show(show(EXPRESSIONS[name], names=False, direction=direction))
    assert figure.stage.evaluate(COVERED) == []
