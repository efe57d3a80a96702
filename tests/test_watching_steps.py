"""A learner's own loop under watch: in an event loop and without one, and how it can end."""

import asyncio
import gc
import logging
import math
import weakref
from dataclasses import replace
from itertools import count, pairwise
from time import sleep

import pytest
import traitlets
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import MLP, Dashboard, Neuron, Run, Step, Value, backward, steps, train
from microgradwidgets.views import kept_steps
from microgradwidgets.views.dashboard import NETWORK_MARK
from microgradwidgets.views.kept_steps import KeptSteps, Thinned
from microgradwidgets.views.learners_error import error_words
from microgradwidgets.views.packed import unpack
from tests import frame_vectors
from tests.watched import XS, YS, Frame, Screen, endless, few, numbers_of


@pytest.fixture
def screen():
    screen = Screen()
    yield screen
    screen.close()


def taking(seconds, steps):
    """Steps that take longer than they would."""
    for step in steps:
        sleep(seconds)
        yield step


def renumbered(numbers):
    """Steps with numbers of one's own."""
    for number, step in zip(numbers, endless(), strict=False):
        yield replace(step, step=number)


# -- without an event loop ------------------------------------------------------------------------


def test_without_an_event_loop_all_steps_are_taken_at_once(screen):
    screen.playing = True
    screen.watch(few(5))
    expected = list(few(5))
    assert screen.watching == "finished"
    assert screen.playing is False
    assert screen.step == screen.frame.step == 4
    assert screen.frame.parameters == numbers_of(expected[-1].model_before)
    assert screen.frame.gradients == list(expected[-1].gradients)
    assert screen.frame.rows == [tuple(step.row().values()) for step in expected]
    assert (screen.frame.status, screen.frame.words, screen.frame.every) == ("finished", "", 1)
    assert screen.history == tuple(step.row() for step in expected)
    assert screen.watch_error is None


def test_what_was_watched_is_told_as_a_run(screen):
    screen.watch(few(7))
    found = train(MLP(2, [3, 1], seed=4), (XS, YS), steps=7, learning_rate=0.1)
    assert isinstance(screen.run, Run)
    assert screen.run.history == found.history
    assert numbers_of(screen.run.final_model) == numbers_of(found.final_model)
    assert (screen.run.final_loss, screen.run.status) == (found.final_loss, "completed")
    assert repr(screen.run).startswith("Run(7 steps, loss ")


def test_any_iterator_of_steps_can_be_watched(screen):
    for taken in (list(few(3)), iter(list(few(3))), (step for step in few(3))):
        screen.watch(taken)
        assert (screen.watching, screen.step) == ("finished", 2)
    screen.watch([])
    assert (screen.watching, screen.run, screen.history) == ("finished", None, ())
    assert screen.model == "own model"


def test_a_loop_of_ones_own_in_ten_lines(screen):
    def fit(model, rate):
        velocity = [0.0] * model.parameter_count()
        for number in count():
            loss = sum((model(x) - y) ** 2 for x, y in zip(XS, YS, strict=True))
            slopes = backward(loss)
            pairs = zip(velocity, model.parameters(), strict=True)
            velocity = [0.9 * v + slopes[p] for v, p in pairs]
            pairs = zip(velocity, model.parameters(), strict=True)
            after = model.with_parameters([p.data - rate * v for v, p in pairs])
            yield Step.of(number, model, loss, slopes, after, learning_rate=rate)
            model = after

    screen.watch(fit(MLP(2, [3, 1]), 0.001), most_steps=40)
    first, last = screen.frame.rows[0], screen.frame.rows[-1]
    assert (len(screen.frame.rows), last[0]) == (40, 39)
    assert last[1] < first[1]
    assert math.isnan(last[4])


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        ({"steps": 5}, TypeError, "expected steps to be an iterator of Steps, got: int 5"),
        ({"most_steps": 0}, ValueError, "expected most_steps to be at least 1, got: 0"),
        ({"most_seconds": 0}, ValueError, "expected most_seconds to be finite and above 0"),
        ({"most_seconds": math.inf}, ValueError, "expected most_seconds to be finite and above 0"),
    ],
)
def test_what_cannot_be_watched_is_an_error_that_leaves_all_as_it_was(
    screen, arguments, error, message
):
    screen.watch(few(3))
    with pytest.raises(error, match=message):
        screen.watch(**({"steps": few(2)} | arguments))
    assert (screen.watching, screen.step) == ("finished", 2)


# -- in an event loop -----------------------------------------------------------------------------


def test_watching_returns_at_once_and_others_have_their_turn(screen):
    async def work():
        screen.watch(taking(0.005, few(30)))
        assert (screen.watching, screen.watched, screen.history) == ("running", b"", ())
        seen = [0]
        while screen.watching == "running":
            await asyncio.sleep(0)
            seen.append(len(screen.history))
        return seen

    seen = asyncio.run(work())
    assert max(after - before for before, after in pairwise(seen)) <= 2  # in a slice of 12 ms


def test_frames_are_at_most_twenty_a_second_and_the_last_one_is_the_last(screen):
    async def work():
        screen.watch(few(600))
        await screen.until("finished")

    asyncio.run(work())
    assert screen.frame.step == screen.step == 599
    assert screen.frame.rows[-1][0] == 599.0
    assert [frame.sequence for frame in screen.frames] == sorted(
        {frame.sequence for frame in screen.frames}
    )
    *live, _last = screen.times
    assert all(later - earlier >= 0.05 for earlier, later in pairwise(live))


def test_the_last_frame_is_sent_once_more(screen):
    async def work():
        screen.watch(few(5))
        await screen.until("finished")
        screen.messages.clear()
        await asyncio.sleep(0.35)

    asyncio.run(work())
    (message,) = screen.messages
    assert message["state"] == {"watching": "finished"}  # the bytes go as a buffer
    assert message["buffer_paths"] == [["watched"]]


def test_it_can_be_paused_and_goes_on_with_the_next_step(screen):
    async def work():
        screen.watch(few(300))
        while screen.run is None:
            await asyncio.sleep(0)
        screen.watching = "paused"
        assert screen.frame.status == "paused"
        seen = len(screen.history)
        await asyncio.sleep(0.05)
        assert len(screen.history) == seen
        assert not others()
        screen.watching = "running"
        await screen.until("finished")

    asyncio.run(work())
    assert [row["step"] for row in screen.history] == list(range(300))


def test_pause_and_play_in_one_breath_leave_one_player(screen):
    async def work():
        screen.watch(endless())
        for _ in range(10):
            screen.watching = "paused"
            screen.watching = "running"
        await asyncio.sleep(0.02)
        assert len(others()) == 1
        screen.stop()

    asyncio.run(work())


def others():
    return asyncio.all_tasks() - {asyncio.current_task()}


def test_a_second_watch_stops_the_first(screen):
    left = []

    def first():
        try:
            yield from endless()
        finally:
            left.append("first")

    async def work():
        screen.watch(first())
        await asyncio.sleep(0.03)
        screen.watch(few(3))
        assert left == ["first"]
        await screen.until("finished")
        await asyncio.sleep(0.01)
        assert not others()

    asyncio.run(work())
    assert len(screen.history) == 3
    assert [frame.step for frame in screen.frames][-1] == 2


def test_a_closed_widget_leaves_no_task_and_no_timer(screen):
    left = []

    def loop():
        try:
            yield from endless()
        finally:
            left.append("loop")

    async def work():
        screen.watch(loop())
        await asyncio.sleep(0.03)
        screen.close()
        assert left == ["loop"]
        await asyncio.sleep(0.01)
        assert not others()
        screen.messages.clear()
        await asyncio.sleep(0.3)

    asyncio.run(work())
    assert screen.messages == []
    assert screen.history  # what there was of it can still be had


def test_a_cancelled_task_says_that_it_has_stopped(screen):
    async def work():
        screen.watch(endless())
        await asyncio.sleep(0.02)

    asyncio.run(work())  # cancels what still runs at its end
    assert (screen.watching, screen.frame.status) == ("stopped", "stopped")


def test_a_widget_that_has_watched_can_be_forgotten():
    async def work():
        screen = Screen()
        screen.watch(few(50))
        await screen.until("finished")
        screen.close()
        await asyncio.sleep(0.3)
        return weakref.ref(screen)

    kept = asyncio.run(work())
    gc.collect()
    assert kept() is None


# -- wishes ---------------------------------------------------------------------------------------


def wish(screen, **traits):
    """As a page would have it."""
    screen.set_state(traits)


@pytest.mark.parametrize("status", ["running", "paused", "finished", "failed", "stopped"])
def test_where_nothing_is_watched_nothing_can_be_wished(screen, status):
    screen.messages.clear()
    wish(screen, watching=status)
    assert screen.watching == ""
    assert screen.messages[-1]["state"] == {"watching": ""}, "the page is told"


@pytest.mark.parametrize("status", ["running", "paused", "stopped", "failed", ""])
def test_what_has_ended_stays_so(screen, status):
    screen.watch(few(2))
    wish(screen, watching=status)
    assert screen.watching == "finished"


def test_a_page_pauses_plays_and_stops(screen):
    async def work():
        screen.watch(endless())
        await asyncio.sleep(0.02)
        wish(screen, watching="paused")
        assert screen.frame.status == "paused"
        seen = len(screen.history)
        wish(screen, watching="running")
        while len(screen.history) == seen:
            await asyncio.sleep(0)
        wish(screen, watching="stopped")
        assert screen.frame.status == "stopped"
        assert screen.frame.step == screen.history[-1]["step"]
        for wrong in ("finished", "failed", "running", "paused", ""):
            wish(screen, watching=wrong)
            assert screen.watching == "stopped"

    asyncio.run(work())


def test_no_such_status(screen):
    with pytest.raises(traitlets.TraitError):
        screen.watching = "asleep"


def test_the_loop_itself_may_stop_pause_close_or_replace_it(screen):
    def loop(act):
        for step in endless():
            if step.step == 3:
                act()
            yield step

    async def work(act, end):
        screen.watch(loop(act))
        await screen.until(end)
        await asyncio.sleep(0.01)
        assert not others()

    asyncio.run(work(screen.stop, "stopped"))
    asyncio.run(work(lambda: setattr(screen, "watching", "paused"), "paused"))
    assert screen.frame.step == 3
    asyncio.run(work(lambda: screen.watch(few(2)), "finished"))
    assert len(screen.history) == 2
    asyncio.run(work(screen.close, "running"))


# -- how it can end -------------------------------------------------------------------------------


def failing(error, after=3):
    for step in endless():
        if step.step == after:
            raise error
        yield step


def test_an_error_of_the_loop_is_shown_and_the_history_kept(screen):
    async def work():
        screen.watch(failing(ZeroDivisionError("division by zero")))
        await screen.until("failed")
        await asyncio.sleep(0.01)
        assert not others()

    asyncio.run(work())
    assert (screen.frame.status, screen.frame.step) == ("failed", 2)
    assert screen.frame.words.startswith("ZeroDivisionError: division by zero, in line ")
    assert screen.frame.words.endswith(" of test_watching_steps.py: raise error")
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
        (renumbered([-1]), "ValueError: expected a step's number from 0 to 10,000,000, got: -1"),
        (
            renumbered([10**9]),
            "ValueError: expected a step's number from 0 to 10,000,000, got: 1,000,000,000",
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


# -- looking back ---------------------------------------------------------------------------------


def test_any_step_that_is_kept_can_be_gone_back_to(screen):
    screen.watch(few(30))
    expected = list(few(30))
    for number in (17, 0, 29, 17):
        screen.step = number
        assert screen.frame.step == number
        assert screen.frame.parameters == numbers_of(expected[number].model_before)
        assert screen.frame.gradients == list(expected[number].gradients)
        assert numbers_of(screen.model) == numbers_of(expected[number].model_before)
        assert screen.frame.words == ""
    assert (screen.frame.status, len(screen.frame.rows)) == ("finished", 30)


def test_the_nearest_step_is_shown_where_numbers_have_gaps(screen):
    screen.watch(renumbered([5, 10, 20, 21]))
    for number, nearest in ((0, 5), (7, 5), (8, 10), (15, 10), (16, 20), (99, 21)):
        wish(screen, step=number)
        assert screen.step == screen.frame.step == nearest
        told = [m["state"]["step"] for m in screen.messages if "step" in m.get("state", {})]
        assert told[-1] == nearest, "the page is told"
        assert screen.frame.words == f"Step {number} is not kept: here is step {nearest}."
    screen.step = 10
    assert screen.frame.words == ""


def test_a_flood_of_steps_to_see_leaves_the_last_one(screen):
    async def work():
        screen.watch(few(100))
        await screen.until("finished")
        screen.times.clear()
        for number in range(10_000):
            wish(screen, step=number % 100)
        wish(screen, step=37)
        await asyncio.sleep(0.06)

    asyncio.run(work())
    assert screen.frame.step == screen.step == 37
    assert all(later - earlier >= 0.05 for earlier, later in pairwise(screen.times))


def test_while_it_runs_the_newest_step_is_on_screen(screen):
    async def work():
        screen.watch(endless())
        await asyncio.sleep(0.08)
        wish(screen, step=0)
        await asyncio.sleep(0.08)
        assert screen.step == screen.frame.step > 0
        screen.watching = "paused"
        screen.step = 2
        await asyncio.sleep(0.06)
        assert screen.frame.step == 2
        screen.watching = "running"
        assert screen.frame.step == screen.history[-1]["step"]

    asyncio.run(work())


def test_a_page_reads_the_frames_that_are_written():
    """``js/tests/watched.test.ts`` reads them."""
    assert frame_vectors.PATH.read_text("ascii") == frame_vectors.document()


# -- structures -----------------------------------------------------------------------------------


def test_the_network_is_recorded_once_for_a_structure(screen):
    models = [Neuron(2, nonlin=False), MLP(2, [3, 1]), MLP(2, [3, 1], activation="tanh")]

    def loop():
        for number in range(9):
            model = models[number // 3]
            loss = model([1.0, 2.0]) ** 2
            yield Step.of(number, model, loss, backward(loss), model)

    screen.watch(loop())
    assert screen.recorded == models
    assert screen.network == repr(models[2]).encode()
    for number, size in ((1, 3), (4, 13), (8, 13)):
        screen.step = number
        assert screen.network == repr(models[number // 3]).encode()
        assert len(screen.frame.parameters) == size


def test_what_cannot_be_recorded_is_shown_as_an_error(screen):
    def refuse(model):
        raise ValueError("expected a model of two inputs, got: 3")

    screen._network_of = refuse
    screen.watch(few(3))
    assert screen.frame.words.startswith("ValueError: expected a model of two inputs, got: 3")


def test_reset_all_is_as_it_was(screen):
    for reset in (screen.reset, lambda: wish(screen, _resets=7)):
        screen.watch(few(3))
        assert screen.network != b"own"
        reset()
        assert (screen.watching, screen.watched, screen.network) == ("", b"", b"own")
        assert (screen.step, screen.model, screen.history) == (0, "own model", ("own history",))


def test_reset_while_it_runs(screen):
    async def work():
        screen.watch(endless())
        await asyncio.sleep(0.03)
        screen.reset()
        await asyncio.sleep(0.01)
        assert not others()

    asyncio.run(work())
    assert (screen.watching, screen.watched) == ("", b"")


def test_another_network_to_train_ends_it(screen):
    screen.watch(few(3))
    screen.network = b"another"
    assert (screen.watching, screen.network, screen.step) == ("", b"another", 0)


def test_what_moves_a_training_moves_what_is_watched(screen):
    screen.play()
    screen.seek(3)
    screen.pause()
    screen.stop()
    assert screen.told == ["play", 3, "pause"]

    async def work():
        screen.watch(endless())
        await asyncio.sleep(0.03)
        screen.pause()
        assert screen.watching == "paused"
        screen.play()
        assert screen.watching == "running"
        await asyncio.sleep(0.03)
        screen.seek(1)
        assert (screen.watching, screen.step) == ("paused", 1)
        screen.stop()
        screen.play()
        assert screen.watching == "stopped"

    asyncio.run(work())
    assert screen.told == ["play", 3, "pause"]


# -- memory ---------------------------------------------------------------------------------------


@given(st.integers(1, 300), st.integers(2, 20))
def test_what_is_thinned_stays_even_and_holds_the_last(count, most):
    thinned = Thinned(most)
    for number in range(count):
        thinned.append(number)
    assert len(thinned.all) <= most + 1
    even = list(range(0, count, thinned.every))
    assert thinned.all == even + [count - 1] * (even[-1] != count - 1)
    for number in (0, count // 3, count - 1, count + 5):
        nearest = min(thinned.all, key=lambda kept: abs(kept - number))
        assert thinned.nearest(number, int) == nearest


def test_memory_is_bounded_and_what_is_let_go_is_said(screen, monkeypatch):
    monkeypatch.setattr(kept_steps, "MOST_ROWS", 64)
    monkeypatch.setattr(kept_steps, "MOST_BYTES", 16 * 13 * 50)
    screen.watch(few(250))
    assert screen.frame.words == (
        "To save memory, one step in 8 can be gone back to and one in 4 has a row in the history."
    )
    assert [row["step"] for row in screen.history] == [*range(0, 249, 4), 249]
    screen.step = 101
    assert screen.frame.step == 104
    assert screen.frame.words.endswith("Step 101 is not kept: here is step 104.")


def test_a_frame_has_no_more_than_two_thousand_rows(screen):
    kept = KeptSteps(lambda model: b"")
    (step,) = few(1)
    for number in range(20_000):
        kept.append(replace(step, step=number))
    for number in (0, 7, 12_345, 19_998, None):
        moment = kept.moment(number)
        rows, every = kept.shown_rows(moment)
        assert len(rows) <= 2_000
        assert every == 16
        assert rows == sorted(rows, key=kept_steps._number_of)
        assert kept_steps._number_of(rows[-1]) == 19_999
        assert moment.row in rows


# -- words ----------------------------------------------------------------------------------------


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
    assert " of test_watching_steps.py: " in words


@pytest.mark.parametrize("file", ["/tmp/ipykernel_12/345.py", "<string>", "__marimo__cell_X_.py"])
def test_a_cell_is_called_so(file):
    code = compile("\n\n1 / 0", file, "exec")
    words = raised(lambda: exec(code))
    assert words == "ZeroDivisionError: division by zero, in line 3 of the cell"


# -- the dashboard --------------------------------------------------------------------------------


def test_a_dashboard_shows_models_of_its_own_structure_with_its_own_network():
    dashboard = Dashboard(hidden=[3])
    own = dashboard.network
    dashboard.watch(few(5))
    assert dashboard.network is own
    assert numbers_of(dashboard.model) == numbers_of(list(few(5))[-1].model_before)
    assert dashboard.step == 4
    dashboard.close()


@pytest.mark.parametrize("shape", [[4, 1], [3, 3, 1], [1]])
def test_a_dashboard_records_other_structures(shape):
    dashboard = Dashboard(hidden=[3])
    own = dashboard.network
    model = MLP(2, shape)
    dashboard.watch(steps(model, (XS, YS), steps=3))
    header, _ = unpack(NETWORK_MARK, dashboard.network)
    assert header["hidden"] == shape[:-1]
    assert len(header["names"]) == model.parameter_count()
    dashboard.network = own
    assert dashboard.watching == ""
    dashboard.close()


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (Neuron(2), "TypeError: expected model to be an MLP"),
        (MLP(3, [3, 1]), "ValueError: expected model to have two inputs and one output"),
        (MLP(2, [3, 2]), "ValueError: expected model to have two inputs and one output"),
    ],
)
def test_a_dashboard_says_which_models_it_cannot_show(model, expected):
    dashboard = Dashboard(hidden=[3])
    xs = [1.0] * (3 if "MLP(3" in repr(model) else 2)
    loss = Value.sum(model.forward_many(xs))
    dashboard.watch([Step.of(0, model, loss, backward(loss), model)])
    assert Frame(dashboard.watched).words.startswith(f"{expected}, got: ")
    dashboard.close()
