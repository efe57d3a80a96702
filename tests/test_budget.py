"""Code that fails or never ends is stopped, and nothing of it stays behind."""

import sys

import pytest

from microgradwidgets import Value
from microgradwidgets.teaching.budget import outcome_of
from tests.endless_functions import ENDLESS, swallowing
from tests.processes import PYODIDE, ROOT, interpreters, lines_of, needs_pyodide


@pytest.mark.parametrize("endless", ENDLESS, ids=lambda f: f.__name__)
def test_what_never_ends_is_stopped(endless):
    trouble = outcome_of(lambda: endless(0.0), most_steps=10_000).trouble
    assert trouble == "was stopped after 10,000 steps: does its loop end?"


TOLD = [
    *(
        f"Not yet: for x = 0, {endless.__name__} was stopped after 1,000,000 steps: "
        "does its loop end?"
        for endless in ENDLESS
    ),
    "Not yet: for x = 0, calling_itself calls itself, and never stops doing so.",
    "3",
]


@pytest.mark.parametrize("version", interpreters())
def test_every_python_stops_what_never_ends(version):
    script = str(ROOT / "tests" / "endless_functions.py")
    assert lines_of(interpreters()[version], script) == TOLD


@needs_pyodide
def test_pyodide_stops_what_never_ends():
    version, *said = lines_of(*PYODIDE, "endless_functions.py")
    assert version.endswith("emscripten")
    assert said == TOLD


def test_the_same_number_of_steps_is_allowed_every_time():
    def counting():
        for _ in range(100):
            rounds.append(None)
            if len(rounds) == 10_000:
                break
        counting()

    lengths = set()
    for _ in range(2):
        rounds = []
        outcome_of(counting, most_steps=2_000)
        lengths.add(len(rounds))
    assert len(lengths) == 1
    assert 0 < lengths.pop() < 2_000


def test_what_ends_gives_its_result():
    assert outcome_of(lambda: sum(range(1000))) == (499500, "")


def test_the_work_of_the_package_is_not_counted():
    def training():
        x = Value(1.0)
        for _ in range(50):
            x = (x * x + 1).tanh()
        return x.data

    assert outcome_of(training, most_steps=2_000).trouble == ""


@pytest.mark.parametrize(
    "failing, words",
    [
        (lambda: 1 / 0, "stopped with ZeroDivisionError (division by zero) in its line 1."),
        (lambda: sys.exit(3), "stopped with SystemExit (3) in its line 1."),
        (lambda: [][0], "stopped with IndexError (list index out of range) in its line 1."),
    ],
)
def test_an_error_becomes_a_sentence(failing, words):
    assert outcome_of(failing).trouble == words


def test_the_line_of_an_error_is_counted_from_the_head_of_the_function():
    def failing():
        x = 1
        return x / 0

    assert outcome_of(failing).trouble.endswith("in its line 3.")


def test_an_error_that_cannot_be_told_is_named():
    class MuteError(Exception):
        def __str__(self):
            raise RuntimeError

    def failing():
        raise MuteError

    assert outcome_of(failing).trouble == "stopped with MuteError in its line 2."


def test_calling_oneself_for_ever_is_told_as_such():
    def again():
        return again()

    assert outcome_of(again).trouble == "calls itself, and never stops doing so."


@pytest.mark.parametrize("call", [lambda: swallowing(0.0), lambda: 1 / 0, lambda: 1])
def test_a_tracer_of_before_is_at_work_again_afterwards(call):
    seen = []

    def tracer(frame, event, argument):
        seen.append(event)

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        outcome_of(call, most_steps=1_000)
        after = sys.gettrace()
        seen.clear()
        (lambda: 1)()
    finally:
        sys.settrace(before)
    assert after is tracer
    assert seen == ["call"]
