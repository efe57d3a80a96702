"""``check``: what is right is told why, what is wrong which value and which rule."""

from math import nan, tanh

import numpy
import pytest

from microgradwidgets import Value, Verdict, backward, check
from microgradwidgets.teaching.kinds import Answer, function
from microgradwidgets.teaching.registry import all_exercises, exercises_of, find


def leaves(a=-4.0, b=2.0):
    return Value(a, label="a"), Value(b, label="b")


def said(exercise, answer):
    verdict = check(exercise, answer)
    assert repr(verdict) == verdict.message
    assert verdict.message.startswith("Right: " if verdict.correct else "Not yet: ")
    assert bool(verdict) is verdict.correct
    return verdict.message.partition(": ")[2]


# -- numbers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [8, 8.0, 8.05, numpy.float32(8.0), Value(8.0)])
def test_a_right_number_is_told_why(answer):
    assert check("02.1", answer).correct
    assert said("02.1", answer) == (
        "two arrows leave b, into a · b and b³, and upstream × local adds up over them: "
        "1 × (−4) + 1 × 12 = 8."
    )


@pytest.mark.parametrize(
    "answer, words",
    [
        (12, "b is used twice, so its two contributions add (a sum over arrows)"),
        (-4, "b is used twice, so its two contributions add (a sum over arrows)"),
        (0, "at b³, the local derivative of xⁿ is n · xⁿ⁻¹"),  # −4 + b²
        (2, "at b³, the local derivative of xⁿ is n · xⁿ⁻¹"),  # −4 + 3 · b
        (14, "at a · b, the local derivative of a product by one factor is the other factor"),
        (-8, "has the right size, but the wrong sign"),
        (7.7, "near, but not near enough"),
        (1000, "two arrows leave it, into a · b and b³, and each hands on upstream × local"),
        (nan, "two arrows leave it"),
        ("8", "expected a number, got the text '8': leave the quotes out"),
        (True, "expected a number, got: bool True"),
        ([8.0], "expected a number, got: list [8.0]"),
        (8j, "expected a number, got: complex 8j"),
        (abs, "expected a number, got a function: has it been called?"),
    ],
)
def test_a_wrong_number_is_told_which_rule_it_misses(answer, words):
    assert not check("02.1", answer).correct
    assert words in said("02.1", answer)


def test_the_right_number_is_not_given_away():
    assert " 8" not in said("02.1", 5.0)


# -- tables ----------------------------------------------------------------------------------------

UPSTREAM = 1.0 - tanh(0.5) ** 2


def test_a_table_may_come_by_label_by_value_in_order_or_from_backward():
    x, w, b = Value(2.0), Value(-3.0), Value(6.5)
    numbers = [-3.0 * UPSTREAM, 2.0 * UPSTREAM, UPSTREAM]
    for table in (
        dict(zip("xwb", numbers, strict=True)),
        dict(zip((x, w, b), numbers, strict=True)),
        numbers,
        backward((x * w + b).tanh()),
    ):
        assert check("02.3", table).correct, table


@pytest.mark.parametrize(
    "table, words",
    [
        (
            [2 * UPSTREAM, -3 * UPSTREAM, UPSTREAM],
            "gradients of x and w are not right: at x · w",
        ),
        ([-3.0, 2.0, 1.0], "at tanh(x · w + b), the local derivative of tanh is 1 − t²"),
        ([-3 * UPSTREAM, 7.0, UPSTREAM], "7 is not the gradient of w: one arrow leaves it, into x"),
        ([1.0, 2.0], "got two numbers"),
        ({"x": 1.0, "w": 1.0}, "but that of b is not in it"),
        ({"x": "1", "w": 1.0, "b": 1.0}, "at x: expected a number"),
        (5, "expected a table of the gradients of x, w and b, got: int 5"),
    ],
)
def test_a_wrong_table_is_told_where_it_first_goes_wrong(table, words):
    assert words in said("02.3", table)


# -- expressions -----------------------------------------------------------------------------------


def test_any_form_of_an_expression_is_right():
    a, b = Value(-4.0), Value(2.0)
    for form in (a * b + b**3, b * (a + b * b), b * a - -(b**3), (a * b + b**3) + 0.0):
        assert check("02.2", form).correct


def test_a_number_in_place_of_a_leaf_is_found():
    a, b = leaves()
    assert said("02.2", a * b + Value(2.0) ** 3) == (
        "the gradient of b is −4 here, which is not right (with a = −4 and b = 2): b is used "
        "twice, so its two contributions add (a sum over arrows), but in 2³ a plain 2 stands in "
        "its place, and what comes back there never reaches b."
    )
    assert said("02.2", a * b + b.data**3).startswith("the gradient of b is −4 here, which is not")


def test_two_leaves_of_one_name_are_not_one():
    a, b, again = Value(-4.0, label="a"), Value(2.0, label="b"), Value(2.0, label="b")
    assert said("02.2", a * b + again**3).startswith("b is two different leaves here.")


def test_the_first_wrong_operation_is_named_with_its_rule():
    a, b = leaves()
    assert said("02.2", (a + b) + b**3).startswith("a + b is no part of it: a · b is wanted there")
    assert said("02.2", a * b + b**2).startswith("b² is no part of it: b³ is wanted there")
    total = (a * b - b**3).with_label("total")
    assert said("02.2", total).startswith("total is no part of it: a · b + b³ is wanted there")


def test_an_expression_that_is_right_by_chance_is_found_out():
    a, b = leaves()
    assert said("02.2", a * b + b**3 + (a + 4.0) ** 2).startswith("the gradient of a is ")


def test_an_expression_that_ends_too_early_or_too_late_is_told_so():
    a, b = leaves()
    its_value = "its value is {} here, which is not right (with a = −4 and b = 2)"
    assert said("02.2", a * b + b**3 + 1.0) == (
        f"{its_value.format(1)}: a · b + b³ is all of it, and something comes after that."
    )
    assert check("02.2", a * b).message == (
        f"Not yet: {its_value.format('−8')}: a · b is a part of it, and something is missing."
    )
    assert said("02.2", a * b * b + b) == f"{its_value.format('−14')}."


def test_leaves_must_be_those_of_the_exercise():
    a, b = leaves(b=3.0)
    assert said("02.2", a * b + b**3) == "b is 3 here, and 2 in the exercise."
    assert said("02.2", a * 2.0 + 8.0).startswith("no leaf is called b. A plain 2 stands where b")
    assert said("02.2", a + 1.0) == "no leaf is called b: the result does not depend on it."
    b = Value(2.0).mul(1.0, label="b")
    assert said("02.2", a * b + b**3).startswith("b was made by an operation here")
    assert said("02.2", 0.0).startswith("expected a Value that remembers how it was made, got: ")


# -- functions -------------------------------------------------------------------------------------


def raising(x):
    return {}["slope"]


def endless(x):
    while True:
        pass


def test_a_function_is_judged_by_what_it_gives():
    assert check("02.4", lambda x: 1 - tanh(x) ** 2).correct
    assert check("02.4", lambda x: Value(1 - tanh(x) ** 2)).correct


@pytest.mark.parametrize(
    "answer, words",
    [
        (lambda x: 1 - x * x, "1 − t² takes the result t, not what went in"),
        (tanh, "tanh gives 0, which is not it: that is tanh itself, not its derivative"),
        (lambda x: 1.0, "for x = 0.4710, the function gives 1, which is not it."),
        (lambda x: tanh(x) ** 2 - 1, "gives −1, which has the right size, but the wrong sign."),
        (lambda x: 1.03 * (1 - tanh(x) ** 2), "gives 1.03, which is near, but not near enough."),
        (lambda x: [1.0], "gives [1], and a number is wanted."),
        (lambda x: None, "gives nothing (is there a return?), and a number is wanted"),
        (raising, "for x = 0, raising stopped with KeyError ('slope') in its line 2."),
        (endless, "endless was stopped after 1,000,000 steps: does its loop end?"),
        (lambda: 1.0, "stopped with TypeError"),
        (3, "expected a function of x, got: int 3"),
        (Value, "expected a function of x, got: type"),
    ],
)
def test_a_wrong_function_is_told_where(answer, words):
    assert words in said("02.4", answer)


@pytest.mark.parametrize(
    "truth, answer, words",
    [
        (lambda x: [x] * 7, lambda x: [x] * 6 + [0.0], "gives 7 numbers, which are not all right."),
        (lambda x: [], lambda x: [x], "gives [1], and no numbers are wanted."),
        (lambda x: "one", lambda x: x, "gives 1, which is not it."),
        (lambda x: Value(x), lambda x: Value(-x), "gives −1, which has the right size, but the wr"),
    ],
)
def test_an_exercise_of_ones_own_may_ask_for_other_things(truth, answer, words):
    assert words in function(Answer(answer, {}), truth, [(1.0,)], "").message


# -- all of them -----------------------------------------------------------------------------------


class Hostile:
    """Whatever is asked of it, it fails, or never answers."""

    def __repr__(self):
        raise RuntimeError

    def __float__(self):
        while True:
            pass

    def __getattr__(self, name):
        raise ValueError(name)

    def __eq__(self, other):
        raise ValueError

    __hash__ = None


STRANGE = [
    *(Hostile(), Hostile, object(), [], {}, (), "", b"", nan, numpy.zeros(3), {"x": Hostile()}),
    *([Hostile()] * 3, lambda *x: Hostile(), lambda *x: iter(int, 1), print, Value(nan), type),
    *(10**400, {Value(1.0): 1.0}, backward(Value(1.0)), range(3), lambda *x: {1: [2, {}]}),
]


@pytest.mark.parametrize("exercise", [found.id for found in all_exercises()])
def test_no_answer_raises_or_hangs_or_is_right_by_accident(exercise):
    for answer in STRANGE:
        assert not check(exercise, answer).correct
    for nothing in (..., None):
        words = f"there is no answer here yet. It asks for {find(exercise).task}."
        assert said(exercise, nothing) == words


def test_ids_say_where_an_exercise_stands():
    found = all_exercises()
    assert len({exercise.id for exercise in found}) == len(found) > 0
    for exercise in found:
        lesson, _, number = exercise.id.partition(".")
        assert exercise.id in exercises_of(f"lesson_{lesson}")
        assert number.isdecimal()


@pytest.mark.parametrize("id_", ["02.9", "2.1", "", "nonsense", 2.1, None])
def test_an_unknown_id_lists_the_nearest(id_):
    with pytest.raises(ValueError, match=r"expected the id of an exercise, such as '0\d\.\d'"):
        check(id_, 1.0)


def test_a_wrong_answer_fails_a_cell_that_requires_it():
    assert check("02.1", 8.0).require().correct
    with pytest.raises(AssertionError, match="Not yet: 12 is not the gradient of b: b is used twi"):
        check("02.1", 12.0).require()


def test_a_verdict_is_what_it_says():
    assert Verdict(True, "Right: so it is.").require() == Verdict(True, "Right: so it is.")
