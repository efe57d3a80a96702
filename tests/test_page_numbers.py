"""How far numbers of the page are from ours, on which the campaigns about them rest."""

from math import inf, nan, nextafter

import pytest

from microgradwidgets import Tape, Value
from tests.nightly.page_numbers import APART, apart, replayed, trained


@pytest.mark.parametrize(
    "ours, theirs, units",
    [
        (1.0, 1.0, 0.0),
        (1.0, nextafter(1.0, 2.0), 1.0),
        (-1.0, nextafter(-1.0, 0.0), 1.0),
        (1.0, 1.0 + 2.0**-48, 16.0),
        (-5e-324, 5e-324, 2.0),
        (1.7976931348623157e308, inf, 1.0),
        (inf, inf, 0.0),
        (inf, -inf, 2.0 * 0x7FF0000000000000),
        (nan, nan, 0.0),
        (nan, 1.0, APART),
        (inf, nan, APART),
        (0.0, -0.0, APART),
        (-0.0, -0.0, 0.0),
    ],
)
def test_units_in_the_last_place_are_counted_across_zero_and_to_infinity(ours, theirs, units):
    assert apart([ours], [theirs]).tolist() == [units]


def test_the_page_answers_each_row_of_leaves_with_values_and_gradients():
    tape = Tape.record(Value(3.0) * Value(5.0))
    answer = replayed(tape, [[3.0, 5.0], [-0.0, inf]])
    assert answer[0].tolist() == [[3.0, 5.0, 15.0], [5.0, 3.0, 1.0]]
    assert apart(answer[1], [[-0.0, inf, nan], [inf, -0.0, 1.0]]).max() == 0.0


def test_the_page_trains_on_columns():
    w, x = Value(2.0), Value(0.0)
    tape = Tape.record(w * x)
    varying = {tape.index(x): [1.0, 10.0, 100.0]}
    outputs, gradients = trained(tape, varying, [tape.index(w)], 0.5)
    assert (outputs.tolist(), gradients.tolist()) == ([2.0, 20.0, 200.0], [55.5])
