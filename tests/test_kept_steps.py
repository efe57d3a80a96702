"""Going back in a loop under watch: which steps are kept, of which networks, in what memory."""

import asyncio
import gc
import tracemalloc
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import (
    MLP,
    Dashboard,
    Neuron,
    Step,
    Value,
    backward,
    moons,
    steps,
)
from microgradwidgets.views import kept_steps
from microgradwidgets.views.dashboard import NETWORK_MARK
from microgradwidgets.views.kept_steps import KeptSteps, Thinned
from microgradwidgets.views.packed import unpack
from tests import frame_vectors
from tests.watched import (
    XS,
    YS,
    Frame,
    Screen,
    alone,
    endless,
    few,
    numbers_of,
    renumbered,
    wish,
)


@pytest.fixture
def screen():
    screen = Screen()
    yield screen
    screen.close()


# -- looking back ----------------------------------------------------------------------------------


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
        while len(screen.frames) < 2:
            await asyncio.sleep(0)
        wish(screen, step=0)
        while len(screen.frames) < 4:
            await asyncio.sleep(0)
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


# -- structures ------------------------------------------------------------------------------------


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
        await alone()

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


# -- the dashboard ---------------------------------------------------------------------------------


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
    "model, expected",
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


# -- memory ----------------------------------------------------------------------------------------


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
    monkeypatch.setattr(kept_steps, "MOST_BYTES", (kept_steps.MOMENT_BYTES + 16 * 13) * 50)
    screen.watch(few(250))
    assert screen.frame.words == (
        "To save memory, one step in 8 can be gone back to and one in 4 has a row in the history."
    )
    assert [row["step"] for row in screen.history] == [*range(0, 249, 4), 249]
    screen.step = 101
    assert screen.frame.step == 104
    assert screen.frame.words.endswith("Step 101 is not kept: here is step 104.")


@pytest.mark.parametrize("widths", [[2, 1], [16, 16, 1]])
def test_what_is_kept_of_small_networks_and_large_ones_is_as_large_as_allowed(monkeypatch, widths):
    monkeypatch.setattr(kept_steps, "MOST_ROWS", 2)
    monkeypatch.setattr(kept_steps, "MOST_SHOWN", 4)
    monkeypatch.setattr(kept_steps, "MOST_BYTES", 2**20)
    kept = KeptSteps(lambda model: b"")
    (step,) = steps(MLP(2, widths), moons(4), steps=1)
    kept.append(step)
    gc.collect()
    tracemalloc.start()
    for number in range(1, 4000):
        kept.append(replace(step, step=number))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 2**18 < taken < 1.1 * 2**20


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
