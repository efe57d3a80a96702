"""An answer is judged in a sentence: what was most likely thought, and never an error."""

from math import inf, nan

import pytest

from microgradwidgets import Value, quiz
from tests.vectors import lecture_neuron


def question(output, kind, name, **options):
    return next(q for q in quiz(output, 50, kinds=[kind], **options) if q.name == name)


@pytest.mark.parametrize(
    "answer, words",
    [
        ("six", "Type a number, such as 0.5, 1/3, −2e-5, nan or inf."),
        (6, "Right size, wrong sign."),
        ("−1", "That is the sum."),
        (5.0, "That is the difference."),
        (-60, "Ten times too large."),
        (-0.6, "Ten times too small."),
        (-6.2, "Close, but not within 1 %."),
        (nan, "It is an ordinary number."),
        (17, "Not yet."),
    ],
)
def test_a_wrong_value_is_told_what_it_is(answer, words):
    n = Value(2.0, label="x").mul(Value(-3.0, label="w"), label="n")
    verdict = question(n, "value", "n").check(answer)
    assert (verdict.correct, repr(verdict)) == (False, words)


@pytest.mark.parametrize(
    "answer, words",
    [
        (-3, "That is the local derivative; multiply it by the upstream gradient, 0.5000."),
        (0.5, "That is the upstream gradient; multiply it by the local derivative."),
        (1, "The local derivative by a factor is the other factor, not the factor itself."),
        (2, "That is the value of x1, not its gradient."),
        (1.5, "Right size, wrong sign."),
    ],
)
def test_a_wrong_gradient_is_told_what_it_is(answer, words):
    verdict = question(lecture_neuron(), "gradient", "x1").check(answer)
    assert (verdict.correct, verdict.message) == (False, words)


def test_one_use_of_two_is_not_the_whole():
    x = Value(3.0, label="x")
    verdict = question(x * x + x, "gradient", "x").check(3)
    assert verdict.message == "That is what one of its uses brings; it is used more than once."


def test_what_is_not_finite_is_told_from_what_is():
    o = Value(0.0, label="x").pow(-1.0, label="o")
    asked = question(o, "value", "o")
    assert asked.check("inf").correct
    assert asked.check("-inf").message == "Right size, wrong sign."
    assert asked.check(1e308).message == "It is no ordinary number: nan, inf or −inf."
    assert asked.check(inf).correct


@pytest.mark.parametrize("answer", ["negative", " Negative", "-", "−", -2.5, "-1/3"])
def test_a_sign_is_taken_however_it_is_said(answer):
    assert question(lecture_neuron(), "sign", "x1").check(answer).correct


def test_a_wrong_sign_and_what_is_none():
    asked = question(lecture_neuron(), "sign", "x1")
    assert asked.check("positive").message == "Not yet."
    assert asked.check("perhaps").message == "Say one of positive, negative and zero."
    assert asked.check(nan).message == "Say one of positive, negative and zero."
    assert question(lecture_neuron(), "sign", "w2").check("zero").correct


def test_what_changes_is_chosen_by_names():
    x, w = Value(2.0, label="x"), Value(0.0, label="w")
    n, m = (x * w).with_label("n"), (w + 1.0).with_label("m")
    asked = question(((x + n).with_label("k") * m).with_label("o"), "changes", "x")
    assert set(asked.options) == {"n", "m", "k", "o"}
    assert asked.answer == ("k", "o")
    assert asked.check("k, o").correct
    assert asked.check({"o", "k"}).correct
    assert asked.check("k").message == "One more changes."
    assert asked.check([]).message == "2 more change."
    assert asked.check("none").message == "2 more change."
    assert asked.check("k,o,n").message == "One of those does not change."
    assert asked.check(["n", "m"]).message == "2 more change. 2 of those do not change."
    assert asked.check("z").message.startswith("Name those that change, out of ")


def test_a_label_with_a_comma_can_be_chosen():
    x, y = Value(2.0, label="x"), Value(3.0, label="y")
    a, b = (x + 1.0).with_label("a, b"), (y + 1.0).with_label("none")
    asked = question((a * b).with_label("o"), "changes", "x")
    assert asked.check(["a, b", "o"]).correct
    assert asked.check("a, b").message == "One more changes."
    assert not asked.check("none").correct


class Odd:
    def __float__(self):
        raise RuntimeError("no")

    def __iter__(self):
        raise RuntimeError("no")


ODD = {
    "None": None,
    "True": True,
    "list": [1],
    "dict": {},
    "bytes": b"77",
    "hostile": Odd(),
    "object": object(),
    "huge": 10**400,
    "long": "9" * 10**6,
    "value": Value(1e9),
}


@pytest.mark.parametrize("answer", ODD.values(), ids=ODD)
def test_no_answer_is_an_error(answer):
    for asked in quiz(lecture_neuron(), 50, kinds=["value", "gradient", "changes"]):
        assert not asked.check(answer).correct
    for asked in quiz(lecture_neuron(), 50, kinds=["sign"]):
        assert asked.check(answer).correct in (True, False)
