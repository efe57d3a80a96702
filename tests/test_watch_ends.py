"""How a loop under watch can end, and in which words: by errors, caps, and lost numbers."""

import asyncio
import logging
import math
from dataclasses import replace

import pytest

from microgradwidgets import (
    MLP,
    steps,
)
from microgradwidgets.views.learners_error import error_words
from tests.watched import (
    XS,
    YS,
    Screen,
    alone,
    endless,
    few,
    renumbered,
    taking,
)


@pytest.fixture
def screen():
    screen = Screen()
    yield screen
    screen.close()


# -- how it can end --------------------------------------------------------------------------------


def failing(error, after=3):
    for step in endless():
        if step.step == after:
            raise error
        yield step


def test_a061_an_error_of_the_loop_is_shown_and_the_history_kept(screen):
    async def work():
        screen.watch(failing(ZeroDivisionError("division by zero")))
        await screen.until("failed")
        await alone()

    asyncio.run(work())
    assert (screen.frame.status, screen.frame.step) == ("failed", 2)
    assert screen.frame.words.startswith("ZeroDivisionError: division by zero, in line ")
    assert screen.frame.words.endswith(" of test_watch_ends.py: raise error")
    assert [row["step"] for row in screen.history] == [0, 1, 2]
    assert isinstance(screen.watch_error, ZeroDivisionError)
    assert screen.watch_error.__traceback__ is not None
    assert screen.run.status == "failed"


def test_in_a_script_an_error_is_logged(screen, caplog):
    with caplog.at_level(logging.WARNING):
        screen.watch(failing(ValueError("no")))
    assert screen.watching == "failed"
    assert "the steps under watch failed: ValueError: no, in line " in caplog.text


def test_an_error_before_the_first_step_is_shown_too(screen):
    screen.watch(failing(ValueError("no"), after=0))
    assert (screen.frame.status, screen.frame.parameters, screen.frame.rows) == ("failed", [], [])
    assert screen.frame.words.startswith("ValueError: no, in line")


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt(), asyncio.CancelledError()])
def test_nothing_that_the_loop_raises_ends_the_kernel(screen, error):
    async def work():
        screen.watch(failing(error))
        await screen.until("failed", "stopped")

    asyncio.run(work())
    assert screen.watch_error is error
    assert len(screen.history) == 3


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt()])
def test_in_a_script_they_end_it(screen, error):
    with pytest.raises(type(error)):
        screen.watch(failing(error))
    assert screen.watching in ("failed", "stopped")
    assert len(screen.history) == 3


@pytest.mark.parametrize(
    "steps, message",
    [
        ([1], "TypeError: expected a Step, got: int 1"),
        ("steps", "TypeError: expected a Step, got: str 's'"),
        (renumbered([0, 1, 1]), "ValueError: expected steps whose numbers grow, got: 1 behind 1"),
        (renumbered([-1]), "ValueError: expected a step's number from 0 to 1,000,000, got: -1"),
        (
            renumbered([10**9]),
            "ValueError: expected a step's number from 0 to 1,000,000, got: 1000000000",
        ),
        (
            renumbered([10**5000]),
            "ValueError: expected a step's number from 0 to 1,000,000, got: <about 5,000 digits>",
        ),
        (renumbered([0.5]), "TypeError: expected a step's number to be an int, got: float 0.5"),
        (
            [replace(next(few()), gradients=(1.0,))],
            "ValueError: expected 13 gradients, got: 1",
        ),
        (
            [replace(next(few()), loss="small")],
            "TypeError: expected loss to be a real scalar, got: str 'small'",
        ),
        (
            [replace(next(few()), model_before=None)],
            "TypeError: expected model to be a Neuron, Layer or MLP, got: NoneType None",
        ),
    ],
)
def test_what_is_no_step_is_shown_as_an_error(screen, steps, message):
    screen.watch(steps)
    assert screen.watching == "failed"
    assert screen.frame.words == message


def test_an_error_while_the_loop_cleans_up_is_shown(screen):
    def loop():
        try:
            yield from endless()
        finally:
            raise OSError("the disk is full")

    screen.watch(loop(), most_steps=3)
    assert screen.watching == "failed"
    assert "OSError: the disk is full" in screen.frame.words


def test_a_cap_on_steps(screen):
    screen.watch(endless(), most_steps=12)
    assert (screen.watching, screen.step, len(screen.history)) == ("stopped", 11, 12)
    assert screen.frame.words == "Stopped after 12 steps (most_steps)."


def test_a_cap_on_time(screen):
    async def work():
        screen.watch(taking(0.002, endless()), most_seconds=0.05)
        await screen.until("stopped")

    asyncio.run(work())
    assert screen.frame.words == "Stopped after 0.05 seconds (most_seconds)."
    assert 0 < len(screen.history) <= 25


def test_a_loss_that_is_not_finite_ends_it(screen):
    def loop():
        for step in endless():
            yield replace(step, loss=math.inf if step.step == 3 else 1.0)

    screen.watch(loop())
    assert screen.watching == "stopped"
    assert screen.frame.words.startswith("Diverged, step 3: the loss is inf. A smaller learning")
    screen.watch(steps(MLP(2, [4, 1]), (XS, YS), learning_rate=1e200))
    assert screen.run.status == "diverged"
    assert screen.frame.words.startswith(f"Diverged, {screen.run.diverged_at}. A smaller learn")


# -- words -----------------------------------------------------------------------------------------


def raised(act):
    try:
        act()
    except BaseException as error:
        return error_words(error)
    raise AssertionError("expected an error")


def test_no_path_of_the_machine_is_shown():
    def missing():
        open("/home/somebody/course/data.csv")  # noqa: SIM115

    words = raised(missing)
    assert "'…/data.csv'" in words
    assert "somebody" not in words
    assert words.count("data.csv") == 2  # in the message, and in the line of code


@pytest.mark.parametrize(
    "message, shown",
    [
        (r"C:\Users\me\loss.py is broken", "…/loss.py is broken"),
        ("see https://example.org/a/b/c", "see https://example.org/a/b/c"),
        ("a/b is no path of ours", "a/b is no path of ours"),
        ("1 / 0", "1 / 0"),
        ("two\nlines and \x1b[31m", "two lines and ␛[31m"),
        ("x" * 500, "x" * 200 + "…"),
    ],
)
def test_messages_are_shown_as_plain_text(message, shown):
    assert error_words(ValueError(message)) == f"ValueError: {shown}"


def test_the_line_is_the_learners_not_the_librarys():
    words = raised(lambda: MLP(2, [3, 1])([1.0]))
    assert words.startswith("ValueError: expected 2 inputs, got: 1, in line ")
    assert " of test_watch_ends.py: " in words


@pytest.mark.parametrize("file", ["/tmp/ipykernel_12/345.py", "<string>", "__marimo__cell_X_.py"])
def test_a_cell_is_called_so(file):
    code = compile("\n\n1 / 0", file, "exec")
    words = raised(lambda: exec(code))
    assert words == "ZeroDivisionError: division by zero, in line 3 of the cell"
