"""What is typed, and when it is right: as in the page."""

from math import inf, isnan, nan

import pytest

from microgradwidgets.teaching.typed import is_right, typed_number


@pytest.mark.parametrize(
    "text, number",
    [
        ("0.5", 0.5), (" −3 ", -3.0), ("-2e-5", -2e-5), ("1/4", 0.25), ("0,5", 0.5), ("+.5", 0.5),
        ("5.", 5.0), ("inf", inf), ("−inf", -inf), ("∞", inf), ("1/0", inf), ("1 000", 1000.0),
    ],
)  # fmt: skip
def test_what_is_typed_is_read(text, number):
    assert typed_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "two", "1/2/3", "0x10", "1e", "--1", "1_0", "٣", "9" * 1000 + "x", "e5", "1/"]
)
def test_what_is_no_number_is_none(text):
    assert typed_number(text) is None


def test_nan_can_be_typed():
    assert isnan(typed_number("NaN"))
    assert isnan(typed_number("0/0"))


@pytest.mark.parametrize(
    "answer, truth",
    [
        *((0.5, 0.5), (0.505, 0.5), (0.495, 0.5), (-99.0, -100.0), (0.0, 1e-17)),
        *((0.0017, 1 / 576), (-0.001, -0.00104)),  # as a picture writes them
        *((nan, nan), (inf, inf), (inf, 1.7975e308), (-inf, -1.7975e308)),
    ],
)
def test_within_one_percent_or_as_it_is_written_is_right(answer, truth):
    assert is_right(answer, truth)


@pytest.mark.parametrize(
    "answer, truth",
    [
        (0.51, 0.5),
        (-0.5, 0.5),
        (0.001, 0.0),
        (0.0018, 1 / 576),
        (inf, -inf),
        (1e308, inf),
        (nan, 0.0),
        (0.0, nan),
        (inf, 1e308),
    ],
)
def test_other_answers_are_wrong(answer, truth):
    assert not is_right(answer, truth)
