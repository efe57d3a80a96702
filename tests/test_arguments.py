"""What is checked before anything is done with it."""

import numpy as np
import pytest

from microgradwidgets.arguments import (
    MOST,
    as_int,
    checked_count,
    each,
    expect_function,
    is_one_of,
    is_row,
    names_by_id,
    xs_and_ys,
)

HUGE = 10**5000


def kind(thing):
    """What names a test: pytest, too, would write out a huge number."""
    return type(thing).__name__


class Refusing:
    """What has all that is asked for, and raises whenever it is asked."""

    def __index__(self):
        raise ZeroDivisionError

    __iter__ = __len__ = __float__ = __repr__ = __index__


@pytest.mark.parametrize(
    "number, expected",
    [
        *((np.int8(3), 3), (np.array(3), 3), (HUGE, HUGE), (-1, -1)),
        *((True, None), (int, None), (np.array([1, 2]), None), (np.array([1.0]), None)),
        *((3.0, None), ("3", None), (None, None), (Refusing(), None)),
    ],
    ids=kind,
)
def test_a_whole_number_is_known_by_asking_for_it(number, expected):
    assert as_int(number) == expected


@pytest.mark.parametrize(
    "number, error, words",
    [
        (0, ValueError, "expected n to be at least 1, got: 0"),
        (-HUGE, ValueError, "expected n to be at least 1, got: -<about 5,000 digits>"),
        (HUGE, ValueError, f"expected n to be at most {MOST}, got: <about 5,000 digits>"),
        (int, TypeError, "expected n to be an int, got: type <class 'int'>"),
        (np.array([1]), TypeError, "expected n to be an int, got: ndarray array([1])"),
        ([HUGE], TypeError, "expected n to be an int, got: list [<about 5,000 digits>]"),
        (Refusing(), TypeError, "expected n to be an int, got: Refusing <Refusing instance at "),
    ],
    ids=kind,
)
def test_counts_have_both_ends_and_errors_look_at_anything(number, error, words):
    with pytest.raises(error) as caught:
        checked_count(number, "n")
    assert str(caught.value).startswith(words)


def test_a_count_has_the_limit_that_it_is_given():
    assert checked_count(MOST, "n") == MOST
    assert checked_count(5, "n", 5) == 5
    with pytest.raises(ValueError, match=r"^expected n to be at most 5, got: 6$"):
        checked_count(6, "n", 5)


@pytest.mark.parametrize("thing", [None, 5, list, np.array(1.0)])
def test_what_cannot_be_gone_through_is_named(thing):
    with pytest.raises(TypeError, match=r"^expected rows to be a list, got: "):
        each(thing, "rows")
    assert [*each(iter([1, 2]), "rows")] == [1, 2]


def test_what_cannot_be_called_is_named():
    assert expect_function(len, "f") is len
    with pytest.raises(TypeError, match=r"^expected f to be a function, got: int 5$"):
        expect_function(5, "f")
    with pytest.raises(TypeError, match=r"^expected f to be a function such as len, got: int 5$"):
        expect_function(5, "f", "len")


@pytest.mark.parametrize("thing", [np.array(["a", "b"]), ["a"], None, "c"])
def test_one_of_some_words_is_a_word(thing):
    assert is_one_of("a", ("a", "b"))
    assert is_one_of(thing, ("a", "b")) is False


@pytest.mark.parametrize("thing", [list, dict, "ab", {1}, {}, np.array(1.0), 5])
def test_a_row_has_places(thing):
    assert is_row([1])
    assert not is_row(thing)


def test_a_pair_or_a_data_set_has_two_halves():
    with pytest.raises(TypeError, match=r"expected data to be a data set or a pair .* got: int 5$"):
        xs_and_ys(5)


@pytest.mark.parametrize(
    "names", ["abc", 5, [(5, "x")], {5: 5}, {"x": "x"}, {True: "x"}, {HUGE: None}], ids=kind
)
def test_names_by_id_are_texts_by_ints(names):
    with pytest.raises(TypeError, match=r"^expected names to map ids to names, got: "):
        names_by_id(names)
    assert names_by_id(None) == {}
    assert names_by_id({5: "x"}) == {5: "x"}
