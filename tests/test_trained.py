"""What was trained: worked out in Python, or told by a page."""

import pickle

import pytest
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st

from microgradwidgets import MLP, Dashboard, Dataset, Run, Step, moons, train
from microgradwidgets.views.live_numbers import floats_of
from microgradwidgets.views.packed import unpack
from microgradwidgets.views.points import made, own, pack_points
from tests.told import SMALL, initial, numbers_of, tell, told

pytestmark = pytest.mark.usefixtures("_no_widget_left")


# -- worked out in Python -------------------------------------------------------------------------


def test_any_step_can_be_had_with_no_page_at_all():
    dashboard = Dashboard(**SMALL)
    run = train(MLP(2, [3, 1]), moons(10), steps=20)
    dashboard.seek(20)
    assert numbers_of(dashboard.model) == numbers_of(run.final_model)
    assert dashboard.history == run.history
    dashboard.seek(7)
    seventh = train(MLP(2, [3, 1]), moons(10), steps=7)
    assert numbers_of(dashboard.model) == numbers_of(seventh.final_model)
    assert len(dashboard.history) == 20
    assert dashboard.model is dashboard.model


def test_a_run_is_that_of_the_trainer():
    dashboard = Dashboard(**SMALL, batch_size=4, optimizer="momentum", learning_rate=0.1)
    dashboard.seek(6)
    expected = train(
        MLP(2, [3, 1]), moons(10), steps=6, batch_size=4, optimizer="momentum", learning_rate=0.1
    )
    found = dashboard.run
    assert isinstance(found, Run)
    assert found.history == expected.history
    assert dict(found.options) == dict(expected.options)
    assert (found.final_loss, found.final_accuracy) == (
        expected.final_loss,
        expected.final_accuracy,
    )
    assert (found.status, found.diverged_at) == ("completed", None)
    assert numbers_of(found.initial_model) == numbers_of(expected.initial_model)
    assert numbers_of(found.final_model) == numbers_of(expected.final_model)
    assert pickle.loads(pickle.dumps(found)).history == found.history


SETTINGS = st.fixed_dictionaries(
    {},
    optional={
        "learning_rate": st.floats(0.0, 1.0),
        "schedule": st.sampled_from(["demo", "constant"]),
        "alpha": st.floats(0.0, 0.1),
        "batch_size": st.none() | st.integers(1, 12),
        "optimizer": st.sampled_from(["sgd", "momentum", "adam"]),
        "batch_seed": st.integers(0, 2**53 - 1),
    },
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(SETTINGS, st.integers(1, 4)), min_size=1, max_size=4), st.booleans())
def test_the_options_repeat_the_run_whatever_was_changed_on_the_way(changes, has_test):
    dashboard = Dashboard(**SMALL, train_share=0.7 if has_test else 1.0)
    for change, count in changes:
        for name, value in change.items():
            setattr(dashboard, name, value)
        dashboard.seek(dashboard.step + count)
    options = dashboard.options
    again = train(**options)
    first = len(dashboard.history) - len(again.history)
    names = [*again.history[0]]
    assert [{name: row[name] for name in names} for row in dashboard.history[first:]] == [
        *again.history
    ]
    assert numbers_of(again.final_model) == numbers_of(dashboard.run.final_model)
    assert isinstance(options["model"], Step) == (first > 0)


def test_other_settings_hold_from_the_step_on_screen_and_not_before():
    dashboard = Dashboard(**SMALL)
    dashboard.seek(10)
    before = dashboard.history
    dashboard.seek(6)
    dashboard.optimizer = "adam"
    assert dashboard.history == before[:6]
    dashboard.seek(8)
    assert dashboard.history[:6] == before[:6]
    assert dashboard.options["model"].step == 5
    assert dashboard.options["steps"] == 2


def test_another_network_or_other_points_begin_anew():
    dashboard = Dashboard(**SMALL)
    for name, value in (
        *(("hidden", [2]), ("noise", 0.5), ("train_share", 0.5), ("data_seed", 3)),
        ("model_seed", 3),
    ):
        dashboard.seek(4)
        assert len(dashboard.history) == 4
        setattr(dashboard, name, value)
        assert (dashboard.step, dashboard.history) == (0, ())
        assert numbers_of(dashboard.model) == initial(dashboard)
    dashboard.seek(4)
    dashboard.alpha = 0.5
    dashboard.reset()
    assert (dashboard.step, dashboard._resets, dashboard.history) == (0, 1, ())
    assert dashboard.alpha == 0.5
    assert not isinstance(dashboard.options["model"], Step)


def test_playing_and_pausing_are_for_the_page():
    dashboard = Dashboard(**SMALL)
    dashboard.play()
    assert dashboard.playing
    dashboard.seek(3)
    assert (dashboard.playing, dashboard.step) == (False, 3)
    dashboard.play()
    dashboard.pause()
    assert not dashboard.playing
    with pytest.raises(traitlets.TraitError, match="expected step to be a whole number from 0"):
        dashboard.seek(-1)


def test_a_diverged_run_says_where():
    dashboard = Dashboard(**SMALL, learning_rate=1e60)
    dashboard.seek(50)
    expected = train(MLP(2, [3, 1]), moons(10), steps=50, learning_rate=1e60)
    run = dashboard.run
    assert run.status == expected.status == "diverged"
    assert len(run.history) == len(expected.history) < 10
    assert run.diverged_at.where == expected.diverged_at.where
    assert numbers_of(dashboard.model) == numbers_of(expected.final_model)
    again = train(**dashboard.options)
    assert (again.status, len(again.history)) == ("diverged", len(run.history))
    # There is no step behind it, so what is changed now holds from there.
    dashboard.learning_rate = 0.1
    assert dashboard.options["model"].step == len(run.history) - 2
    dashboard.seek(0)
    dashboard.learning_rate = 0.2
    dashboard.seek(6)
    assert (dashboard.run.status, len(dashboard.history)) == ("completed", 6)


# -- what a page tells ----------------------------------------------------------------------------


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_what_a_page_has_trained_is_known_in_python(optimizer):
    dashboard = Dashboard(**SMALL, optimizer=optimizer, learning_rate=0.1, train_share=0.8)
    tell(dashboard, 9)
    expected = train(**dashboard.options)
    assert expected.options["steps"] == 9
    assert numbers_of(dashboard.model) == numbers_of(expected.final_model)
    assert [row["loss"] for row in dashboard.history] == [row["loss"] for row in expected.history]
    assert "test_loss" in dashboard.history[0]
    dashboard.seek(12)
    assert train(**dashboard.options).final_loss == dashboard.history[-1]["loss"]
    assert len(dashboard.history) == 12


def test_numbers_are_those_of_the_page_where_it_stands():
    dashboard = Dashboard(**SMALL, activation="tanh")
    packed = told(dashboard, 4)
    (theirs,) = (unpack("MGWR", packed)[1][0],)
    moved = bytearray(packed)
    at = packed.index(theirs)
    moved[at] ^= 1  # the last bit of a parameter, as another tanh may have it
    dashboard.set_state({"result": bytes(moved), "step": 4})
    assert numbers_of(dashboard.model) == floats_of(bytes(moved[at : at + len(theirs)]))


def test_changes_on_the_way_arrive_with_what_the_page_tells():
    dashboard = Dashboard(**SMALL)
    changes = {
        3: {"optimizer": "adam", "schedule": "constant", "learning_rate": 0.05},
        6: {"batch_size": 4},
    }
    packed = told(dashboard, 8, changes=changes)
    page = {**changes[3], **changes[6], "step": 8}
    for name, value in page.items():
        dashboard.set_state({name: value})
    dashboard.set_state({"result": packed})
    options = dashboard.options
    assert isinstance(options["model"], Step)
    assert (options["model"].step, options["steps"], options["batch_size"]) == (5, 2, 4)
    again = train(**options)
    assert numbers_of(again.final_model) == numbers_of(dashboard.model)
    assert [*again.history] == [*dashboard.history[6:]]
    assert dashboard.run.history == dashboard.history


def test_settings_changed_in_python_come_after_what_was_told():
    dashboard = Dashboard(**SMALL)
    tell(dashboard, 6)
    dashboard.alpha = 0.25
    assert len(dashboard.history) == 6
    dashboard.seek(8)
    assert dashboard.options["model"].step == 5
    assert train(**dashboard.options).history == dashboard.history[6:]
    # A page that has not heard of it yet tells of more steps.
    late = Dashboard(**SMALL)
    dashboard.set_state({"result": told(late, 10)})
    assert [row["step"] for row in dashboard.history] == [*range(8)]
    assert dashboard.options["alpha"] == 0.25


@pytest.mark.parametrize("taken", [0, 3])
def test_what_a_page_tells_before_it_hears_of_a_seek_takes_nothing_back(taken):
    dashboard = Dashboard(**SMALL)
    late = told(dashboard, taken)
    dashboard.seek(8)
    wanted = dashboard.run
    dashboard.set_state({"result": late})
    assert len(dashboard.history) == 8
    assert dashboard.run.final_loss == wanted.final_loss
    assert numbers_of(dashboard.model) == numbers_of(wanted.final_model)


def test_a_diverged_run_of_a_page_is_found_in_python():
    dashboard = Dashboard(**SMALL, learning_rate=1e60)
    expected = train(MLP(2, [3, 1]), moons(10), steps=50, learning_rate=1e60)
    last = len(expected.history) - 1
    packed = told(dashboard, 50)
    dashboard.set_state({"result": packed, "step": last})
    run = dashboard.run
    assert (run.status, len(run.history)) == ("diverged", last + 1)
    assert run.diverged_at.where == expected.diverged_at.where
    assert numbers_of(dashboard.model) == numbers_of(run.final_model)


@pytest.mark.parametrize(
    "change",
    [
        {"hidden": [2]},
        {"activation": "tanh"},
        {"model_seed": 5},
        {"noise": 0.3},
        {"data_seed": 5},
        {"n_samples": 12},
        {"train_share": 0.5},
    ],
    ids=str,
)
def test_what_a_page_tells_of_something_else_is_not_used(change):
    other = Dashboard(**SMALL)
    packed = told(other, 5)
    dashboard = Dashboard(**SMALL | change)
    dashboard.set_state({"result": packed})
    assert (dashboard.history, numbers_of(dashboard.model)) == ((), initial(dashboard))
    dashboard.seek(2)
    assert len(dashboard.history) == 2


def test_what_a_page_tells_of_other_own_points_is_not_used():
    xs, ys = [[0.0, 1.0], [1.0, 0.0], [2.0, 1.0]], [1, -1, 1]
    mine = Dashboard(data=(xs, ys), hidden=[3])
    moved = Dashboard(data=([[5.0, 5.0], *xs[1:]], ys), hidden=[3])
    packed = told(mine, 4)
    moved.set_state({"result": packed})
    assert moved.history == ()
    again = Dashboard(data=(xs, ys), hidden=[3])
    again.set_state({"result": packed})
    assert len(again.history) == 4


def test_points_of_a_page_become_ones_own(sent):
    dashboard = Dashboard(**SMALL)
    xs = [[9.0, 9.0], *dashboard.data.xs[1:]]
    packed = pack_points(own(Dataset(xs, dashboard.data.ys)))
    dashboard.seek(3)
    dashboard.set_state({"dataset": "own", "points": memoryview(packed)})
    assert (dashboard.dataset, dashboard.points, dashboard.data.xs[0]) == (
        "own",
        packed,
        (9.0, 9.0),
    )
    assert (dashboard.history, dashboard.complaint) == ((), "")
    assert "points" not in sent
    assert dashboard.model_id, "under which a page knows it"
    dashboard.set_state({"points": packed[:-1]})
    assert dashboard.points == packed
    assert sent[-2:] == [["points"], "complaint"]
    assert dashboard.complaint.startswith("malformed MGWP: expected ")


def test_noise_that_a_page_has_worked_out_is_not_made_again(sent):
    dashboard = Dashboard(**SMALL)
    packed = pack_points(made("moons", 10, 0.5, 1337))
    dashboard.set_state({"noise": 0.5, "points": packed})
    assert (dashboard.noise, dashboard.points) == (0.5, packed)
    assert "points" not in sent
    # Whoever undoes a change of points is back at the data set.
    dashboard.set_state({"dataset": "own", "points": pack_points(own(dashboard.data))})
    dashboard.set_state({"dataset": "moons", "points": packed})
    assert (dashboard.dataset, dashboard.points) == ("moons", packed)
    assert "points" not in sent


def test_what_is_selected_is_let_go_when_it_is_no_more():
    dashboard = Dashboard(**SMALL, selected_point=9, selected_parameter=12)
    dashboard.n_samples = 9
    dashboard.hidden = [2]
    assert (dashboard.selected_point, dashboard.selected_parameter) == (None, None)
