"""Points of one's own, in all the forms that they come in."""

import numpy as np
import pytest

from microgradwidgets import Dataset, moons
from microgradwidgets.views.given_data import given_data

XS, YS = ((0.0, 1.0), (2.0, -3.5)), (1.0, -1.0)


class Lazy:
    """What has a length and an index, and nothing else."""

    def __init__(self, *things):
        self._things = things

    def __len__(self):
        return len(self._things)

    def __getitem__(self, at):
        return self._things[at]


@pytest.mark.parametrize(
    "data",
    [
        (XS, YS),
        [[list(x) for x in XS], list(YS)],
        (np.array(XS), np.array(YS)),
        (np.array(XS), np.array([1, 0])),
        np.array([[0.0, 1.0, 1.0], [2.0, -3.5, -1.0]], dtype="float32"),
        [(0, 1, 1), (2, -3.5, 0)],
        [{"x": 0, "y": 1, "label": 1, "note": "more"}, {"label": -1, "y": -3.5, "x": 2}],
        Lazy(Lazy(Lazy(0, 1), Lazy(2, -3.5)), Lazy(1, -1)),
        Lazy(Lazy(0, 1, 1), Lazy(2, -3.5, -1)),
        Dataset(XS, YS),
        Dataset(XS, YS).points,
    ],
    ids=lambda data: type(data).__name__,
)
def test_rows_arrays_pairs_and_data_sets_are_taken(data):
    found = given_data(data)
    assert (found.xs, found.ys) == (XS, YS)


def test_a_data_set_is_taken_as_it_is():
    data = moons(10)
    assert given_data(data) is data


@pytest.mark.parametrize(
    "text",
    [
        "x,y,label\n0,1,1\n2,-3.5,-1\n",
        "0,1,1\r\n2,-3.5,-1",
        "\ufeffLabel, Y ,note,X\n1,1,a,0\n\n0,-3.5,b,2\n\n",
        ' 0 ,"1", 1.0 ,more\n2e0,-35e-1,0\n',
    ],
)
def test_files_are_read_with_names_or_without(tmp_path, text):
    path = tmp_path / "points.csv"
    path.write_bytes(text.encode("utf-8"))
    for given in (path, str(path)):
        found = given_data(given)
        assert (found.xs, found.ys) == (XS, YS)


def many(count):
    return [(0, at, 1) for at in range(count)]


@pytest.mark.parametrize(
    "data, words",
    [
        (5, "expected data to be a Dataset, a pair .*, got: int 5"),
        ({"x": [1], "y": [2]}, "expected data to be a Dataset, a pair .*, got: dict"),
        ([], "expected 2 to 2000 points, got: 0"),
        (many(1), "expected 2 to 2000 points, got: 1"),
        (many(2001), "expected 2 to 2000 points, got: 2001"),
        (([[0, 0]] * 3, [1] * 2), "expected as many ys as xs, got: 2 ys and 3 xs"),
        (([[0, 0]] * 3, None), "expected ys to be a list, got: NoneType None"),
        (([[0, 0], [0]], [1, 1]), r"expected row 1 of xs to be two numbers, got: list \[0\]"),
        ([(0, 0, 1), (0, 0)], r"expected row 1 to be x, y and label, got: tuple \(0, 0\)"),
        ([(0, 0, 1), 7, (0, 0, 1)], "expected row 1 to be x, y and label, got: int 7"),
        ([{"x": 0, "y": 0, "label": 1}, {"x": 0, "y": 0}], "expected row 1 to have 'label', got: "),
        ([(0, 0, 1), (0, "a", 1)], "row 1: expected y to be a real scalar, got: str 'a'"),
        ([(0, 0, 1), (0, 10**400, 1)], "row 1: expected y to fit in a double, got: int 1000"),
        ("\ud800", r"expected data to name a file, got: str '\\ud800'"),
        ([(0, 0, 1), (0, True, 1)], "row 1: expected y to be a real scalar, got: bool True"),
        ([(0, 0, 1), (float("nan"), 0, 1)], "expected finite numbers in row 1, got: "),
        ([(0, 0, 1), (float("inf"), 0, 1)], "expected finite numbers in row 1, got: "),
        ([(0, 0, 1), (0, 0, 2)], "expected labels to be -1 and 1, or 0 and 1, got: 2 in row 1"),
        ([(0, 0, 0), (0, 0, -1)], "got: -1 in row 1 beside a 0"),
        (np.zeros((3, 4)), "expected row 0 to be x, y and label, got: ndarray"),
    ],
)
def test_what_is_no_data_is_refused_with_the_place(data, words):
    with pytest.raises((TypeError, ValueError, OverflowError), match=words):
        given_data(data)


@pytest.mark.parametrize(
    "text, words",
    [
        (b"", "expected 2 to 2000 points, got: 0"),
        (b"x,y,label\n0,0,1\n", "expected 2 to 2000 points, got: 1"),
        (b"x,y\n0,0\n", r"expected line 1 of points.csv to be x,y,label, got: list \['x', 'y'\]"),
        (b"0,0,1\n0,0,1\n0;0;1\n", "expected line 3 of points.csv to be x,y,label, got: list"),
        (b"a,b,c\n0,0,1\n", "line 1 of points.csv: expected x to be a real scalar, got: str 'a'"),
        (b"0,0,1\n0,nan,1\n", "expected finite numbers in line 2 of points.csv, got: "),
        (b"0,0,1\n0,0,3\n", "or 0 and 1, got: 3 in line 2 of points.csv"),
        (b"0,0,1\n" * 2001, "expected at most 2000 points, got: more, up to line 2001"),
        (b"0,0,1\n\xff\xfe\x00,0,1", "expected points.csv to be a CSV file in UTF-8, got: "),
        (b"0,0," + b"1" * 200_000, "expected points.csv to be a CSV file in UTF-8, got: "),
    ],
)
def test_a_file_is_refused_with_the_line(tmp_path, text, words):
    path = tmp_path / "points.csv"
    path.write_bytes(text)
    with pytest.raises((TypeError, ValueError), match=words):
        given_data(path)


def test_a_file_that_is_not_there_says_so():
    with pytest.raises(FileNotFoundError):
        given_data("no such file.csv")
