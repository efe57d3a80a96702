"""The line of source beside a value: of the calling cell, and only of what must have run."""

import itertools
import linecache
import sys
import warnings

import pytest

from microgradwidgets import Value
from microgradwidgets.caller import names_at
from microgradwidgets.views.source import LONGEST_LINE, source_lines

_numbers = itertools.count()


def told(source, variables=None):
    """What a cell learns that ends with, or holds, a call of ``tell()``: name → line."""
    found = {}

    def tell():
        frame = sys._getframe(1)
        names = names_at(frame)
        lines = source_lines(frame, names)
        found.update({names[id_]: line for id_, line in lines.items()})

    filename = f"<cell {next(_numbers)}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = compile(source, filename, "exec")
    exec(code, {"Value": Value, "tell": tell, **(variables or {})})
    return found


def test_each_variable_has_the_statement_that_bound_it():
    assert told("a = Value(2.0)\nb, c = Value(1.0), Value(3.0); d = a * b\ntell()") == {
        "a": "a = Value(2.0)",
        "b": "b, c = Value(1.0), Value(3.0)",
        "c": "b, c = Value(1.0), Value(3.0)",
        "d": "d = a * b",
    }


def test_the_last_one_before_the_call_counts():
    source = "c = Value(1.0)\nc = c + 1\nc += 2\ntell()\nc = c * 5\n"
    assert told(source) == {"c": "c += 2"}


def test_variables_of_other_cells_have_no_line():
    assert told("y = x * 2\ntell()", {"x": Value(1.0)}) == {"y": "y = x * 2"}


def test_members_of_a_list_have_the_line_of_the_list():
    assert told("w = [Value(1.0), Value(2.0)]\ntell()") == {
        "w[0]": "w = [Value(1.0), Value(2.0)]",
        "w[1]": "w = [Value(1.0), Value(2.0)]",
    }


def test_a_statement_of_several_lines_becomes_one():
    source = "y = (\n    Value(1.0)  # one\n    + 2\n)\ntell()"
    assert told(source) == {"y": "y = Value(1.0) + 2"}


def test_a_long_line_is_cut():
    line = told("y = Value(1.0)" + " + 1.5" * 100 + "\ntell()")["y"]
    assert len(line) == LONGEST_LINE
    assert line.endswith("…")


def test_columns_are_counted_in_characters():
    assert told("π = 'é'; y = Value(3.0)\ntell()") == {"y": "y = Value(3.0)"}


def test_a_call_in_a_function_sees_the_functions_own_variables():
    source = """\
y = Value(1.0)
def work(x):
    y = x * 2
    z = y + 1
    tell()
work(y)
"""
    assert told(source) == {"y": "y = x * 2", "z": "z = y + 1"}


def test_blocks_that_run_are_followed():
    source = """\
total = Value(0.0)
for x in [Value(1.0), Value(2.0)]:
    square = x * x
    total = total + square
import contextlib
with contextlib.nullcontext(total * 2) as double:
    inner = double + 1
try:
    tried = inner * 3
except ValueError:
    pass
tell()
"""
    assert told(source) == {
        "total": "total = total + square",
        "x": "for x in [Value(1.0), Value(2.0)]:",
        "square": "square = x * x",
        "double": "with contextlib.nullcontext(total * 2) as double:",
        "inner": "inner = double + 1",
        "tried": "tried = inner * 3",
    }


@pytest.mark.parametrize(
    "source",
    [
        "if True:\n    y = Value(1.0)\nelse:\n    y = Value(2.0)\ntell()",
        "y = Value(1.0)\nif y.data:\n    y = Value(2.0)\ntell()",
        "try:\n    {}[0]\nexcept KeyError:\n    y = Value(2.0)\ntell()",
        "match 1:\n    case 1:\n        y = Value(1.0)\ntell()",
        "while True:\n    y = Value(1.0)\n    break\nelse:\n    y = 3\ntell()",
    ],
)
def test_what_a_branch_may_have_bound_is_not_told(source):
    assert told(source) == {}


def test_a_call_inside_a_branch_knows_which_one_it_is():
    source = "if True:\n    y = Value(1.0)\n    tell()\nelse:\n    y = Value(2.0)\n"
    assert told(source) == {"y": "y = Value(1.0)"}


def test_a_source_that_cannot_be_read_is_no_error():
    for filename, lines in [("<gone>", []), ("<broken>", ["y = (\n"]), ("<zero>", ["y = '\0'\n"])]:
        linecache.cache[filename] = (1, None, lines, filename)
        code = compile("y = Value(1.0)\nlines = tell()", filename, "exec")
        variables = {"Value": Value}
        variables["tell"] = lambda: source_lines(sys._getframe(1), names_at(sys._getframe(1)))
        exec(code, variables)
        assert variables["lines"] == {}


def test_a_lambda_has_no_statements():
    assert told("y = Value(1.0)\n(lambda: tell())()") == {}


def test_what_python_warned_of_is_not_warned_of_again():
    assert told("y = Value(1.0)\npattern = '\\d'\ntell()") == {"y": "y = Value(1.0)"}


def test_the_variable_of_a_comprehension_is_another():
    source = "x = Value(1.0)\ny = sum([x * 2 for x in [x, x]])\n(z := y + 1)\ntell()"
    assert told(source) == {
        "x": "x = Value(1.0)",
        "y": "y = sum([x * 2 for x in [x, x]])",
        "z": "(z := y + 1)",
    }
