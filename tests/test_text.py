"""Labels, numbers and operations as text that may be shown anywhere."""

import json
import math
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microgradwidgets.text import (
    bracketed,
    is_blank,
    isolated,
    loss_text,
    number_text,
    op_text,
    short_number,
    visible_text,
)
from tests import number_vectors

any_text = st.text(st.characters(exclude_categories=[]), max_size=300)
steering = st.text("ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=30)


@pytest.mark.parametrize(
    "label, shown",
    [
        ("x", "x"),
        ("", ""),
        ("   ", "   "),
        ("a\tb", "a b"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\0b\x1b[0m\x7f", "a␀b␛[0m␡"),
        ("\x85\x9f", "\\u0085\\u009F"),
        ("\ud800\udfff", "\\uD800\\uDFFF"),
        ("\ufdd0\ufffe\uffff", "\\uFDD0\\uFFFE\\uFFFF"),
        ("<b>&amp;</b>\\n", "<b>&amp;</b>\\n"),
        ("e\u0301 😀 مرحبا \u200b", "e\u0301 😀 مرحبا \u200b"),
        ("A" * 200, "A" * 200),
        ("A" * 201, "A" * 200 + "…"),
        ("A" * 1_000_000, "A" * 200 + "…"),
        ("\r\n" * 200, "\n" * 200),
        ("\r\n" * 201, "\n" * 200 + "…"),
        ("\0" * 201, "␀" * 200 + "…"),
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_a_label_is_shown_as_promised(label, shown):
    assert visible_text(label) == shown


@pytest.mark.parametrize("label", ["", " \t\r\n", "\u3000\u2028\ufeff", " " * 1000], ids=ascii)
def test_nothing_to_see_is_blank(label):
    assert is_blank(label)
    assert not is_blank(f"{label[:199]}x")


@pytest.mark.parametrize("label", ["…", "\x1c", "\x85", "\u200b", "x"], ids=ascii)
def test_what_is_shown_is_not_blank(label):
    assert not is_blank(label)


@given(any_text)
def test_what_is_shown_can_be_written_to_any_file(label):
    shown = visible_text(label)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert all(unicodedata.category(c) not in ("Cc", "Cs") or c == "\n" for c in shown)
    assert not set(shown) & set("\ufdd0\ufffe\uffff")


@given(any_text)
def test_what_is_shown_is_short_and_says_when_it_was_cut(label):
    shown = visible_text(label)
    assert len(shown) <= 6 * 200 + 1
    assert (len(label.replace("\r\n", "\n")) > 200) == (len(shown) > 200 and shown[-1] == "…")


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=200))
def test_ordinary_text_is_shown_character_for_character(label):
    assert visible_text(label) == label


def depth_after(text):
    """How many isolates and embeddings are open at the end, by Unicode's rules."""
    open_controls = []
    for character in text:
        if character in "\u2066\u2067\u2068":
            open_controls.append("isolate")
        elif character in "\u202a\u202b\u202d\u202e":
            open_controls.append("embedding")
        elif character == "\u202c" and open_controls[-1:] == ["embedding"]:
            open_controls.pop()
        elif character == "\u2069" and "isolate" in open_controls:
            while open_controls.pop() != "isolate":
                pass
    return len(open_controls)


@given(steering)
@example("\u2066abc")
@example("\u202eabc\u2069")
@example("\u202d\u2067\u202b")
@example("\u2069\u202c")
def test_direction_controls_end_with_the_text_they_are_in(text):
    contained = isolated(text)
    assert depth_after(contained) == 0
    assert text in contained
    if set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"):
        assert (contained[0], contained[-1]) == ("\u2068", "\u2069")
    else:
        assert contained == text


@given(st.text("ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068", max_size=30))
def test_every_character_stands_inside_the_isolate(text):
    contained = isolated(text)
    if contained != text:
        assert all(depth_after(contained[:cut]) > 0 for cut in range(1, len(text) + 2))


def test_an_unclosed_isolate_is_wrapped():
    assert isolated("\u2066abc") == "\u2068\u2066abc\u2069\u2069"
    assert isolated("\u2066\u202eabc") == "\u2068\u2066\u202eabc\u202c\u2069\u2069"
    assert isolated("\u202eabc") == "\u2068\u202eabc\u202c\u2069"


@pytest.mark.parametrize(
    "number, shown",
    [
        (24.70408163265306, "24.7041"),
        (0.0, "0.0000"),
        (-0.0, "0.0000"),
        (1e-3, "0.0010"),
        (9.99e-4, "9.9900e-04"),
        (-12345.678, "-12345.6780"),
        (1e5, "1.0000e+05"),
        (5e-324, "4.9407e-324"),
        (1.7976931348623157e308, "1.7977e+308"),
        (math.inf, "inf"),
        (-math.inf, "-inf"),
        (math.nan, "nan"),
    ],
    ids=str,
)
def test_numbers_are_short(number, shown):
    assert number_text(number) == shown


@given(st.floats(-1e308, 1e308))
def test_a_number_shown_is_the_number_to_four_digits(number):
    assert float(number_text(number)) == pytest.approx(number, rel=6e-5, abs=5e-5 * (number != 0))
    assert number == 0.0 or float(number_text(number)) != 0.0


@pytest.mark.parametrize(
    "loss, shown",
    [
        (0.00004, "0.0000"),
        (99_999.5, "99999.5000"),
        (100_000.0, "1.0000e+05"),
        (100_000.5, "1.0000e+05"),
        (-1e6, "-1.0000e+06"),
        (math.inf, "inf"),
        (math.nan, "nan"),
    ],
)
def test_a_loss_has_four_decimals_until_it_runs_away(loss, shown):
    assert loss_text(loss) == shown


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_an_exponent_shown_is_exact(exponent):
    assert float(op_text(("pow", exponent)).removeprefix("**")) == exponent


@pytest.mark.parametrize(
    "op, shown",
    [
        ("leaf", "leaf"),
        ("+", "+"),
        (("pow", 3.0), "**3"),
        (("pow", -1.0), "**-1"),
        (("pow", 1 / 3), "**0.33333333333333331"),
    ],
    ids=str,
)
def test_operations_are_shown_as_one_writes_them(op, shown):
    assert op_text(op) == shown


def test_a_stray_closing_isolate_does_not_end_ours() -> None:
    shown = isolated("a\u202e\u2069b")
    assert shown.count("\u2068") + shown.count("\u2066") == shown.count("\u2069")
    depth = 0
    for character in shown[:-1]:
        depth += {"\u2068": 1, "\u2069": -1}.get(character, 0)
        assert depth > 0


# -- short numbers --------------------------------------------------------------------------------


def test_short_numbers_are_written_as_the_pictures_write_them():
    rows = json.loads(number_vectors.PATH.read_text("ascii"))
    assert rows == number_vectors.rows()
    assert ["nan", "nan"] in rows


@given(st.floats(-1e308, 1e308))
def test_a_short_number_is_short_and_near(number):
    text = short_number(number).replace("−", "-")
    assert len(text) <= 11
    assert math.isclose(float(text), number, rel_tol=5e-4, abs_tol=5e-5)


def test_a_number_below_zero_gets_brackets_inside_a_product():
    assert (bracketed(short_number(-2.0)), bracketed(short_number(2.0))) == ("(−2)", "2")
