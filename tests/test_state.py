"""The state of a diagram as text."""

import json
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets.views.settings import CONTROLS
from microgradwidgets.views.state import FIELDS, number_text, read_state, state_text
from tests import state_vectors
from tests.graphs import bits

PLACES = st.integers(0, 10**9 - 1)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
NUMBERS = FINITE | st.sampled_from(["nan", "inf", "-inf"])
VALUES = {
    "a whole number": PLACES,
    "a whole number up to 9007199254740991": st.integers(0, 2**53 - 1),
    "yes or no": st.booleans(),
    "a word or a number": st.sampled_from(["0.5", "max", "4"]),
    "a word": st.sampled_from(["value", "TB", "as_written", "high-contrast", "x2"]),
    "words between commas": st.lists(st.sampled_from(["alpha", "n_samples", "hidden"]), max_size=4),
    "whole numbers between commas": st.lists(PLACES, max_size=5),
    "pairs such as 3:1.5 between commas": st.lists(
        st.tuples(PLACES, NUMBERS).map(list), max_size=5
    ),
    "a number": FINITE,
    "numbers between commas": st.lists(FINITE, max_size=3),
}


def values(field):
    """What a trait may be; nothing only where that is the default, since it is not written."""
    found = VALUES[field.kind.expected]
    return found | st.none() if field.default is None else found


states = st.fixed_dictionaries({field.trait: values(field) for field in FIELDS})


@given(states)
def test_what_is_written_is_read_back(traits):
    defaults = {field.trait: field.default for field in FIELDS}
    read = {**defaults, **read_state(state_text(traits))}
    assert {k: repr(v) for k, v in read.items()} == {
        k: repr(v) for k, v in traits.items()
    }  # which tells 0.0 from -0.0


def significant(text):
    return text.partition("e")[0].replace(".", "").strip("-0")


@given(FINITE)
def test_a_number_has_as_few_digits_as_python_itself_needs(number):
    text = number_text(number)
    assert bits([float(text)]) == bits([number])
    assert significant(text) == significant(repr(number))
    assert "+" not in text  # a space, once it has been in a link


def complaint(text):
    """What a text is refused with; nothing else may come out of it."""
    try:
        return read_state(text) and None
    except ValueError as error:
        return str(error)


LONGEST = 200 + len(", ".join(field.key for field in FIELDS))
"""A few words of the text and, where a name is wrong, those that there are."""


@given(st.text(max_size=40) | st.text("mgw1;=,:.-e0123step", max_size=40).map("mgw1;".__add__))
def test_any_other_text_is_refused_by_a_value_error_alone(text):
    words = complaint(text)
    assert not words or (words.startswith("expected ") and len(words) < LONGEST)


@pytest.mark.parametrize("text", state_vectors.DAMAGED)
def test_a_damaged_text_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"^expected .*, got: str '"):
        read_state(text)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "mgw1;step=" + "9" * 100_000,
        "mgw1;edits=" + "5:1," * 25_000,
        "mgw1" + ";" * 100_000,
        "mgw1;locked=" + "weather;" * 12_500,
        "mgw1;" + "weather" * 15_000 + "=1",
    ],
    ids=lambda text: text[:12],
)
def test_a_long_text_is_refused_in_few_words(text):
    assert len(complaint(text)) < LONGEST


def test_a_name_that_is_unknown_or_doubled_is_named():
    assert re.fullmatch("expected one of step, .*, got: str 'stpe'", complaint("mgw1;stpe=3"))
    doubled = complaint("mgw1;step=1;step=2")
    assert doubled == "expected step once in a state, got: str 'step=2'"


@pytest.mark.parametrize("wrong", [None, 4, b"mgw1", ["mgw1"]], ids=repr)
def test_only_text_is_a_state(wrong):
    with pytest.raises(TypeError, match="expected state to be a text, got: "):
        read_state(wrong)


def test_what_is_readable_is_read():
    read = [*map(read_state, state_vectors.READABLE)]
    assert read[:2] == [{}, {"step": 4}]
    assert read[2] == {"predict": False, "unfolded": [], "edits": [], "_view": []}
    assert math.copysign(1.0, read[3]["edits"][0][1]) == -1.0
    assert read[3]["edits"][1:] == [[7, 1e5], [2, 1.5]]
    nothing = ["step", "selected", "unfolded", "_view", "batch_size", "model_seed"]
    assert read[4:6] == [dict.fromkeys(nothing), {"controls": [], "locked": []}]
    assert read[6:] == [{"step": 4}]


def test_an_ordinary_state_fits_into_a_link():
    traits = {
        "edits": [[i, math.sin(i)] for i in range(40)],
        "unfolded": [*range(100, 200)],
        "_view": [-123.4375, 67.25, 0.8],
        "step": 65_818,
        "selected": 12_345,
        "overlay": "value",
        "theme": "dark",
        "locked": [*CONTROLS],
    }
    text = state_text(traits)
    assert len(text) < 1_900
    assert text.isascii()
    assert set(text) <= set("abcdefghijklmnopqrstuvwxyzLRTB0123456789-._:,;=")


def test_the_vectors_shared_with_javascript_are_those_of_today():
    stored = json.loads(state_vectors.PATH.read_text("ascii"))
    assert stored == json.loads(state_vectors.document())
    assert {trait for row in stored["states"] for trait in row["traits"]} >= {
        field.trait for field in FIELDS
    }
