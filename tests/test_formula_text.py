"""Formulas in one line of plain text: nothing is lost, and nothing reads otherwise."""

import pytest

from microgradwidgets import Tape, Value
from microgradwidgets.derivation import Numbers, derive
from microgradwidgets.formula_text import formula_text, plain_name
from microgradwidgets.notation import Notation

X, W = Value(2.0, label="x"), Value(-3.0, label="w_out")


def lines(value, of=None, *, written=True):
    tape = Tape.record(value)
    data = tape.replay()
    numbers = Numbers(tape, data, tape.gradients(data=data))
    notation = Notation(tape, numbers.value, written=written, read=plain_name)
    about = derive(notation, numbers, len(tape) - 1 if of is None else tape.index(of))
    return formula_text(about.operation), formula_text(about.total)


@pytest.mark.parametrize(
    "value, text",
    [
        (X * W, "y = x · w_out = 2 · (−3) = −6"),
        (X - W, "y = x − w_out = 2 − (−3) = 5"),
        (X / W, "y = x / w_out = 2 / (−3) = −0.6667"),
        ((X + 1) / (X * W), "y = (x + 1) / (x · w_out) = 3 / (−6) = −0.5"),
        (-(X + W), "y = −(x + w_out) = −(−1) = 1"),
        (W**2, "y = w_out² = (−3)² = 9"),
        (X**-1.0, "y = x⁻¹ = 2⁻¹ = 0.5"),
        (X**0.5, "y = x^0.5 = 2^0.5 = 1.4142"),
        (X**-0.5, "y = x^−0.5 = 2^−0.5 = 0.7071"),
        ((X * W).relu(), "y = relu(x · w_out) = relu(−6) = 0"),
        (Value.sum([X] * 9), "y = Σ of 10 terms (0, x, …, x) = Σ of 10 terms (0, 2, …, 2) = 18"),
    ],
)
def test_an_operation_is_written_in_one_line(value, text):
    assert lines(value.with_label("y"))[0] == text


def test_the_chain_rule_is_written_in_one_line():
    y = (X * W).relu(label="n").tanh(label="o")
    assert lines(y, "x")[1] == (
        "∂o/∂x = ∂o/∂(x · w_out) · ∂(x · w_out)/∂x = ∂o/∂(x · w_out) · w_out = 0 · (−3) = 0"
    )
    assert "[v2 > 0]" in lines(y, (y.parents[0].parent.parents[0].parent))[1]


@pytest.mark.parametrize("label", ["alpha", "w[0]", "a - b", "layer 1 · neuron 2 · w3", "x12"])
def test_a_name_is_what_the_picture_shows(label):
    assert formula_text(plain_name(label)) == label


def test_a_long_name_is_cut_and_has_no_line_of_its_own():
    assert formula_text(plain_name("n" * 50)) == "n" * 40 + "…"
    assert formula_text(plain_name("a\r\nb")) == "a↵b"
    assert plain_name(" \n") is None
