"""``Dashboard``: the Python side of the training that a page drives."""

import base64
import logging
import math
import pickle
import tracemalloc
from xml.etree import ElementTree

import numpy as np
import pytest
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st
from ipywidgets.widgets import widget as registry

from microgradwidgets import MLP, Dashboard, Dataset, Run, Step, moons, parameters, spiral, train
from microgradwidgets.views import course
from microgradwidgets.views.dashboard import NETWORK_MARK
from microgradwidgets.views.live_numbers import floats_of
from microgradwidgets.views.packed import unpack
from microgradwidgets.views.points import MARK, made, own, pack_points, read_points
from microgradwidgets.views.settings import CONTROLS
from microgradwidgets.views.still_training import Known, still_training
from tests.hostile import ROWS
from tests.told import initial, numbers_of, told

SMALL = {"hidden": [3], "n_samples": 10}


@pytest.fixture(autouse=True)
def _closed():
    """No widget outlives its test."""
    yield
    for widget in [w for w in registry._instances.values() if isinstance(w, Dashboard)]:
        widget.close()


@pytest.fixture
def sent(monkeypatch):
    """What Python tells a page: names of traits, or messages."""
    found = []
    monkeypatch.setattr(Dashboard, "send_state", lambda self, key=None: found.append(key))
    monkeypatch.setattr(
        Dashboard, "send", lambda self, content, buffers=None: found.append(content)
    )
    return found


def header_of(dashboard, trait="network"):
    return unpack({"network": NETWORK_MARK, "points": MARK}[trait], getattr(dashboard, trait))[0]


# -- settings -------------------------------------------------------------------------------------


def test_without_arguments_it_is_the_demo():
    dashboard = Dashboard()
    assert numbers_of(dashboard.model) == numbers_of(MLP(2, [16, 16, 1]))
    assert (dashboard.data.xs, dashboard.data.ys) == (moons(100).xs, moons(100).ys)
    assert floats_of(dashboard.rates)[:2] == [1.0, 0.991]
    assert floats_of(dashboard.rates)[-1] == 0.1
    assert (dashboard.history, dashboard.run, dashboard.step) == ((), None, 0)
    assert repr(dashboard) == "Dashboard(moons, MLP(2, [16, 16, 1], relu), step 0)"


@pytest.mark.parametrize(
    "name, good, bad",
    [
        ("dataset", ["spiral", "own"], ["circles", None, 3, ["moons"]]),
        ("n_samples", [2, 2000, np.int64(7)], [1, 2001, 10.0, "10", True, None]),
        ("noise", [0, 2.0, np.float32(0.5)], [-0.1, 2.1, math.nan, math.inf, "0.1", None, 10**400]),
        ("data_seed", [0, 2**53 - 1], [-1, 2**53, 1.5, None, (1, 2, 3)]),
        ("model_seed", [7], [-1, None, "7"]),
        ("batch_seed", [7], [-1, None]),
        ("train_share", [0.1, 1], [0.0, 1.01, math.nan]),
        ("hidden", [[], [1], (32,) * 4, np.array([4, 2])], [[0], [33], [1] * 5, 8, "8", [2.0]]),
        ("activation", ["tanh"], ["sigmoid", None, ""]),
        ("learning_rate", [0, 1e300, lambda step: 0.5], [-1, math.nan, math.inf, "abc", None, [1]]),
        ("schedule", ["demo", "constant"], ["own", "cosine", None]),
        ("alpha", [0, 0.5], [-1e-9, math.nan, None]),
        ("batch_size", [None, 1, 2000], [0, 2001, 1.0]),
        ("optimizer", ["adam", "momentum"], ["Adam", None]),
        ("steps", [1, 100_000], [0, 100_001, None]),
        ("target_loss", [None, 0.5, -1.0], [math.nan, -math.inf, "0"]),
        ("speed", ["0.5", "max"], [1, "3", None]),
        ("playing", [True, False], [1, "yes", None]),
        ("step", [0, 37], [-1, 1.0, None, 10**12]),
        ("controls", [None, [], ["alpha", "points"]], [["weather"], "alpha", 5]),
        ("locked", [["reset"]], [None, ["weather"]]),
        ("selected_point", [None, 0, 9], [10, -1, "0"]),
        ("selected_parameter", [None, 12], [13, -1]),
        ("clock", ["", "a"], [None, "x" * 1001]),
        ("theme", ["dark"], ["blue"]),
    ],
)  # fmt: skip
def test_every_setting_has_its_range(name, good, bad):
    dashboard = Dashboard(**SMALL)
    for value in good:
        setattr(dashboard, name, value)
        kept = getattr(dashboard, name)
        if not callable(value):
            assert np.array_equal(kept, value) if name == "hidden" else kept == value
    for value in bad:
        before = getattr(dashboard, name)
        with pytest.raises(traitlets.TraitError, match=f"expected|{name}"):
            setattr(dashboard, name, value)
        assert getattr(dashboard, name) == before


def test_errors_say_what_was_expected():
    dashboard = Dashboard(**SMALL)
    with pytest.raises(
        traitlets.TraitError,
        match=r"^expected n_samples to be a whole number from 2 to 2000, got: str 'many'$",
    ):
        dashboard.n_samples = "many"
    with pytest.raises(
        traitlets.TraitError,
        match=r"^expected alpha to be a finite number of at least 0, got: float nan$",
    ):
        dashboard.alpha = math.nan
    with pytest.raises(TypeError, match=r"^expected settings of a dashboard, got: str 'lr'$"):
        Dashboard(lr=0.1)
    with pytest.raises(TypeError, match="got: str '_esm'"):
        Dashboard(_esm="")
    with pytest.raises(traitlets.TraitError, match="expected alpha to be"):
        Dashboard(alpha=-1)


def test_no_default_is_shared():
    one, other = Dashboard(), Dashboard()
    one.hidden.append(7)
    one.locked.append("alpha")
    one.variants.append({})
    assert (other.hidden, other.locked, other.variants) == ([16, 16], [], [])
    assert Dashboard().hidden == [16, 16]
    mine = [4]
    third = Dashboard(hidden=mine)
    mine.append(5)
    assert third.hidden == [4]


def test_a_new_shape_of_the_network_is_recorded():
    dashboard = Dashboard(**SMALL)
    for change in ({"hidden": [2, 2]}, {"activation": "tanh"}, {"model_seed": 8}):
        ((name, value),) = change.items()
        setattr(dashboard, name, value)
        assert header_of(dashboard)[name] == value
    model = MLP(2, [2, 2, 1], activation="tanh", seed=8)
    assert numbers_of(dashboard.model) == numbers_of(model)


def test_another_data_set_is_made_when_its_settings_change():
    dashboard = Dashboard(**SMALL)
    for change in ({"dataset": "spiral"}, {"n_samples": 12}, {"noise": 0.0}, {"data_seed": 8}):
        ((name, value),) = change.items()
        setattr(dashboard, name, value)
    expected = spiral(12, noise=0.0, seed=8)
    assert (dashboard.data.xs, dashboard.data.ys) == (expected.xs, expected.ys)
    assert read_points(dashboard.points) == made("spiral", 12, 0.0, 8)


@pytest.mark.parametrize("share, trained", [(1.0, 10), (0.75, 8), (0.74, 7), (0.1, 1)])
def test_the_first_points_are_trained_on_and_the_others_test(share, trained):
    dashboard = Dashboard(**SMALL, train_share=share)
    assert dashboard.training_data.xs == dashboard.data.xs[:trained]
    dashboard.seek(1)
    assert ("test_loss" in dashboard.history[0]) == (trained < 10)


def test_a_rate_set_by_hand_holds():
    assert Dashboard(learning_rate=0.5).schedule == "constant"
    assert Dashboard(schedule="demo", learning_rate=0.5).schedule == "demo"
    dashboard = Dashboard(**SMALL)
    dashboard.learning_rate = 1.0
    assert dashboard.schedule == "constant"
    dashboard.schedule = "demo"
    assert floats_of(dashboard.rates)[1] == 0.991


def test_a_function_of_the_step_gives_the_rates():
    dashboard = Dashboard(**SMALL, learning_rate=lambda step: 1 / (1 + step) if step < 3 else 0.25)
    assert dashboard.schedule == "own"
    assert floats_of(dashboard.rates) == [1.0, 0.5, 1 / 3, 0.25]
    dashboard.seek(5)
    assert [row["learning_rate"] for row in dashboard.history] == [1.0, 0.5, 1 / 3, 0.25, 0.25]
    assert train(**dashboard.options).history == dashboard.history
    dashboard.schedule = "demo"
    assert len(floats_of(dashboard.rates)) == 102
    dashboard.schedule = "own"
    assert len(floats_of(dashboard.rates)) == 4
    dashboard.learning_rate = lambda step: 0.5
    assert (dashboard.step, floats_of(dashboard.rates)) == (0, [0.5])


# -- own points, own models -----------------------------------------------------------------------


def test_points_of_ones_own():
    dashboard = Dashboard(data=[(0, 1, 1), (2, 3, 0), (4, 5, 1)], hidden=[2])
    assert dashboard.dataset == "own"
    assert dashboard.data.xs == ((0.0, 1.0), (2.0, 3.0), (4.0, 5.0))
    assert header_of(dashboard, "points") == {
        "dataset": "own",
        "noise": 0.0,
        "data_seed": None,
        "count": 3,
    }
    dashboard.dataset = "blobs"
    assert len(dashboard.data) == dashboard.n_samples == 100
    dashboard.noise = 0.5
    dashboard.dataset = "own"
    assert len(dashboard.data) == 3
    assert Dashboard(Dataset([[0, 0], [1, 1]], [1, -1])).dataset == "own"
    with pytest.raises(ValueError, match="expected 2 to 2000 points, got: 1"):
        Dashboard(data=[(0, 1, 1)])


def test_points_that_are_shown_become_ones_own_by_name():
    dashboard = Dashboard(**SMALL)
    before = dashboard.data.xs
    dashboard.dataset = "own"
    assert header_of(dashboard, "points")["dataset"] == "own"
    assert dashboard.data.xs == before


def test_a_model_of_ones_own_begins_with_its_exact_numbers():
    model = MLP(2, [4, 2, 1], activation="tanh", seed=(1, 2, 3))
    dashboard = Dashboard(model=model, n_samples=6)
    assert (dashboard.hidden, dashboard.activation, dashboard.model_seed) == ([4, 2], "tanh", None)
    assert numbers_of(dashboard.model) == numbers_of(model)
    assert header_of(dashboard)["model_seed"] is None
    dashboard.seek(3)
    assert train(**dashboard.options).history == dashboard.history
    dashboard.hidden = [5]
    assert dashboard.model_seed == 1337
    assert numbers_of(dashboard.model) == numbers_of(MLP(2, [5, 1], activation="tanh"))
    dashboard.model_seed = None
    assert (dashboard.hidden, numbers_of(dashboard.model)) == ([4, 2], numbers_of(model))


@pytest.mark.parametrize(
    "model, words",
    [
        (MLP(3, [1]), "expected model to have two inputs and one output"),
        (MLP(2, [33, 1]), "expected hidden to be a list of at most 4 whole numbers from 1 to 32"),
        (MLP(2, [1, 1, 1, 1, 1, 1]), "expected hidden to be a list of at most 4 whole numbers"),
        ("MLP", "expected model to be an MLP, got: str 'MLP'"),
    ],
)
def test_models_that_cannot_be_shown_are_refused(model, words):
    with pytest.raises((TypeError, ValueError, traitlets.TraitError), match=words):
        Dashboard(model=model)


def test_variants_are_recorded_beforehand():
    wanted = [{"hidden": [2]}, {"hidden": [2], "activation": "tanh", "dataset": "blobs"}]
    dashboard = Dashboard(**SMALL, variants=wanted)
    now, *others = dashboard.variants
    assert (now["network"], now["points"]) == (dashboard.network, dashboard.points)
    assert [variant["settings"]["hidden"] for variant in others] == [[2], [2]]
    for variant in others:
        other = Dashboard(**variant["settings"])
        assert (other.network, other.points) == (variant["network"], variant["points"])
    assert len(now["settings"]) == 7


@pytest.mark.parametrize(
    "variants, words",
    [
        ([{"alpha": 1}], "expected a variant to say hidden, .*, got: str 'alpha'"),
        ([["hidden"]], "expected a variant to be settings by name, got: list"),
        ([{"hidden": [99]}], "expected hidden to be a list"),
        ([{}] * 101, "expected at most 100 variants, got: 101"),
    ],
)
def test_what_cannot_be_recorded_beforehand_is_refused(variants, words):
    with pytest.raises((TypeError, ValueError, traitlets.TraitError), match=words):
        Dashboard(variants=variants)


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


def tell(dashboard, *args, **options):
    packed = told(dashboard, *args, **options)
    dashboard.set_state({"result": memoryview(packed), "step": options.get("step", args[0])})
    assert dashboard.complaint == ""


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


# -- hostile pages --------------------------------------------------------------------------------

REFUSED = [
    *((name, "abc") for name in ("learning_rate", "alpha", "n_samples", "hidden", "step")),
    *(("learning_rate", x) for x in (math.nan, "nan", None, math.inf, [0.1], {"a": 1}, True)),
    *(("hidden", x) for x in ([10**6], [[1]], [1] * 1000, None, {})),
    *(("step", x) for x in (-1, 10**400, 1.5, None)),
    *(("result", x) for x in (b"x", b"MGWR", "text", None, 5)),
    *(("points", x) for x in (b"x", bytes(10**6), "text", None)),
    *(("selected_point", x) for x in (10, -1, "0")),
    *(("complaint", x) for x in ("<b>", 5)),
    ("rates", b"x"),
    ("variants", [1]),
    ("controls", []),
    ("locked", ["alpha"]),
    ("watched", b"x"),
    ("batch_size", 0),
    ("model_seed", None),
    ("schedule", "own"),
    ("no_such_trait", 1),
    ("close", 1),
]


@pytest.mark.parametrize("name, value", REFUSED, ids=lambda thing: repr(thing)[:30])
def test_what_a_page_may_not_set_stays_and_the_rest_is_taken(name, value, sent, caplog):
    dashboard = Dashboard(**SMALL)
    before = getattr(dashboard, name, None)
    with caplog.at_level(logging.WARNING):
        dashboard.set_state({"batch_seed": 3, name: value, "train_share": 0.5, "steps": 7})
    assert (dashboard.batch_seed, dashboard.train_share, dashboard.steps) == (3, 0.5, 7)
    assert dashboard.complaint.startswith(("expected ", "malformed "))
    assert len(dashboard.complaint) <= 500
    assert "refused what a page sent" in caplog.text
    assert ([name] in sent) == dashboard.has_trait(name)
    if name != "complaint":
        assert getattr(dashboard, name, None) == before


def test_a051_a_rate_that_is_no_number_is_not_taken_and_that_is_shown():
    assert "learning_rate':'abc'" in ROWS["A051"]["python"]
    dashboard = Dashboard(**SMALL, learning_rate=0.5)
    dashboard.set_state({"learning_rate": "abc"})
    assert dashboard.learning_rate == 0.5
    assert dashboard.complaint == (
        "expected learning_rate to be a finite number of at least 0, got: str 'abc'"
    )
    dashboard.set_state({"learning_rate": 0.25})
    assert (dashboard.learning_rate, dashboard.complaint) == (0.25, "")


def test_a052_nan_is_refused_however_it_arrives():
    assert "learning_rate':NaN" in ROWS["A052"]["python"]
    dashboard = Dashboard(**SMALL, learning_rate=0.5)
    for nan in (math.nan, "nan", "NaN", None):
        dashboard.set_state({"learning_rate": nan})
        assert dashboard.learning_rate == 0.5
        assert "expected learning_rate to be a finite number" in dashboard.complaint


def test_a053_messages_of_unknown_kinds_are_ignored_and_logged(sent, caplog):
    dashboard = Dashboard(**SMALL)
    sent.clear()
    unknown = [{"kind": "explode"}, {"kind": ["beat"]}, {}, [1], "beat", None, {"kind": "beat"}]
    with caplog.at_level(logging.WARNING):
        for content in (*unknown, {"kind": "beat", "n": "1"}, {"kind": "beat", "n": 10**40}):
            dashboard._handle_custom_msg(content, [])
    assert sent == []
    assert caplog.text.count("ignored a message of unknown kind") == len(unknown) + 2


def test_a054_a_message_of_ten_megabytes_is_refused_by_its_size(sent, caplog):
    dashboard = Dashboard(**SMALL)
    sent.clear()
    large = 10 * 2**20
    with caplog.at_level(logging.WARNING):
        dashboard._handle_custom_msg({"kind": "beat", "n": 1, "more": "x" * large}, [])
        dashboard._handle_custom_msg({"kind": "beat", "n": 1, "more": [[0] * 9] * (large // 9)}, [])
        dashboard._handle_custom_msg({"kind": "beat", "n": 1}, [memoryview(bytes(large))])
    assert sent == []
    assert caplog.text.count("refused a message of more than 100,000 bytes") == 3


def test_a056_ten_thousand_messages_are_answered_one_by_one_and_leave_nothing(sent):
    dashboard = Dashboard(**SMALL)
    sent.clear()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for n in range(10_000):
        dashboard._handle_custom_msg({"kind": "beat", "n": n}, [])
        assert sent.pop() == {"kind": "beat", "n": n}
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 1_000_000


def test_a055_of_ten_thousand_slider_events_the_last_is_in_force(sent):
    dashboard = Dashboard(**SMALL)
    sent.clear()
    for n in range(10_000):
        dashboard.set_state({"alpha": n / 10_000})
    assert dashboard.alpha == 0.9999
    assert "alpha" not in sent  # nothing comes back that was not changed here
    assert len(dashboard._segments) == 1


def test_settings_that_do_not_go_together_are_all_refused(sent):
    dashboard = Dashboard(**SMALL, selected_point=None)
    dashboard.set_state({"selected_point": 9, "n_samples": 20, "alpha": 0.5})
    assert (dashboard.selected_point, dashboard.n_samples, dashboard.alpha) == (9, 20, 0.5)


# -- locked and hidden controls -------------------------------------------------------------------


@pytest.mark.parametrize("teacher", [{"locked": [*CONTROLS]}, {"controls": []}], ids=str)
def test_what_a_teacher_has_locked_or_hidden_a_page_cannot_move(teacher, sent):
    dashboard = Dashboard(**SMALL, **teacher)
    moves = {
        "dataset": "spiral", "n_samples": 12, "noise": 0.5, "data_seed": 1, "model_seed": 1,
        "batch_seed": 1, "train_share": 0.5, "hidden": [2], "activation": "tanh",
        "learning_rate": 0.5, "schedule": "constant", "alpha": 0.5, "batch_size": 5,
        "optimizer": "adam", "steps": 7, "target_loss": 0.1, "speed": "max", "_resets": 1,
        "points": pack_points(own(moons(12))),
    }  # fmt: skip
    before = {name: getattr(dashboard, name) for name in moves}
    assert {*CONTROLS} == {*moves, "reset"} - {"schedule", "_resets"}
    for name, value in moves.items():
        dashboard.set_state({name: value})
        assert dashboard.complaint.endswith(" to stay as it is, since it is locked")
    dashboard.set_state(moves)
    assert {name: getattr(dashboard, name) for name in moves} == before
    dashboard.set_state({"playing": True, "step": 4})
    assert (dashboard.playing, dashboard.step) == (True, 4)
    dashboard.alpha = 0.75  # the teacher's own code may
    assert dashboard.alpha == 0.75


def test_what_is_locked_may_be_repeated_by_a_page():
    dashboard = Dashboard(**SMALL, locked=["alpha", "hidden", "points"])
    dashboard.set_state({"alpha": 1e-4, "hidden": [3], "points": dashboard.points, "steps": 8})
    assert (dashboard.complaint, dashboard.steps) == ("", 8)


def test_points_are_locked_apart_from_the_settings_of_a_data_set():
    mine = pack_points(own(moons(12)))
    noisy = pack_points(made("moons", 10, 0.5, 1337))
    dashboard = Dashboard(**SMALL, locked=["points"])
    dashboard.set_state({"dataset": "own", "points": mine})
    assert dashboard.dataset == "moons"
    dashboard.set_state({"noise": 0.5, "points": noisy})
    assert (dashboard.noise, dashboard.points) == (0.5, noisy)
    other = Dashboard(**SMALL, locked=["dataset", "noise"])
    other.set_state({"noise": 0.5, "points": noisy})
    assert other.noise == 0.1
    assert other.points != noisy
    other.set_state({"dataset": "own", "points": mine})
    assert other.points == mine


def test_a_network_recorded_beforehand_is_not_taken_from_a_page(sent):
    dashboard = Dashboard(**SMALL, variants=[{"hidden": [2]}])
    variant = dashboard.variants[1]
    dashboard.set_state({**variant["settings"], "network": variant["network"]})
    assert (dashboard.hidden, dashboard.network) == ([2], variant["network"])
    assert dashboard.complaint == ""
    dashboard.set_state({"network": b"MGWNanything"})
    assert dashboard.network == variant["network"]
    assert sent[-1] == "network"


# -- as text --------------------------------------------------------------------------------------


def test_a_state_says_what_differs_from_the_demo():
    assert Dashboard().state == "mgw1;step=0"
    dashboard = Dashboard(hidden=[4, 2], learning_rate=0.05, data_seed=7, speed="0.5")
    dashboard.seek(3)
    assert dashboard.state == (
        "mgw1;step=3;data_seed=7;hidden=4,2;learning_rate=0.05;schedule=constant;speed=0.5"
    )


def test_a_dashboard_is_made_again_from_its_state():
    dashboard = Dashboard(
        dataset="spiral",
        n_samples=12,
        hidden=[],
        activation="tanh",
        target_loss=-0.5,
        train_share=0.5,
        batch_seed=2**53 - 1,
        selected_point=11,
        theme="dark",
    )
    dashboard.seek(5)
    again = Dashboard(state=dashboard.state)
    assert again.state == dashboard.state
    assert (again.hidden, again.selected_point, again.theme) == ([], 11, "dark")
    assert again.history == dashboard.history
    assert numbers_of(again.model) == numbers_of(dashboard.model)


def test_a_state_begins_anew():
    dashboard = Dashboard(**SMALL)
    text = dashboard.state
    dashboard.alpha = 0.5
    dashboard.seek(6)
    dashboard.state = text
    assert (dashboard.alpha, dashboard.step, dashboard.history) == (1e-4, 0, ())
    dashboard.restore("mgw1;step=4;alpha=0.25")
    assert dashboard.options["alpha"] == 0.25
    assert not isinstance(dashboard.options["model"], Step)
    assert dashboard._resets == 2


def test_what_a_text_cannot_say_is_given_beside_it():
    model, data = MLP(2, [2, 1], seed=3), moons(6)
    dashboard = Dashboard(data, model, alpha=0.5)
    text = dashboard.state
    assert text == "mgw1;step=0;dataset=own;hidden=2;alpha=0.5"
    again = Dashboard(data, model, state=text)
    assert numbers_of(again.model) == numbers_of(model)
    assert again.data.xs == data.xs
    again.state = "mgw1;step=1"
    assert numbers_of(again._initial) == numbers_of(model)
    assert again.data.xs == data.xs
    with pytest.raises(ValueError, match="expected the points that this state is of beside it"):
        Dashboard(state=text)


@pytest.mark.parametrize(
    "text",
    [
        "mgw1;noise=7",
        "mgw1;hidden=99",
        "mgw1;step=999999999",
        "mgw1;schedule=own",
        "mgw1;dataset=circles",
        "mgw1;alpha=0.5;selected_point=100",
    ],
)
def test_a_state_that_does_not_fit_changes_nothing(text):
    dashboard = Dashboard()
    with pytest.raises(ValueError, match=r"^expected a state of this dashboard, got: str 'mgw1;"):
        dashboard.restore(text)
    assert dashboard.state == "mgw1;step=0"
    count = len(registry._instances)
    with pytest.raises(ValueError, match="expected a state of this dashboard"):
        Dashboard(state=text)
    assert len(registry._instances) == count


# -- where nothing is live ------------------------------------------------------------------------


def test_the_module_is_public_and_its_widget_says_which_figure_it_is():
    dashboard = Dashboard(**SMALL)
    assert dashboard._figure == "dashboard"
    assert parameters(dashboard.model)[0].label == "layer 1 · neuron 1 · w1"


def test_script_rows_and_figure_are_those_of_the_run(tmp_path):
    dashboard = Dashboard(**SMALL, train_share=0.8)
    dashboard.seek(4)
    dashboard.learning_rate = 0.5
    dashboard.seek(6)
    assert dashboard.rows() == [*dashboard.history]
    scope = {}
    exec(dashboard.to_python().replace("print(", "(lambda *_: None)("), scope)
    last = [thing for thing in scope.values() if isinstance(thing, (Run, Step))][-1]
    model = last.final_model if isinstance(last, Run) else last.model_after
    assert numbers_of(model) == numbers_of(dashboard.model)
    dashboard.to_csv(tmp_path / "rows.csv")
    assert (tmp_path / "rows.csv").read_text("utf-8").count("\n") == 7


def test_the_still_picture_is_of_what_is_known_and_trains_nothing(monkeypatch):
    dashboard = Dashboard(**SMALL)
    page = ElementTree.fromstring(dashboard.still_html())
    assert page.findtext("figcaption").startswith("step 0, loss ")
    assert "no steps taken yet" in picture_of(page)
    dashboard.seek(6)
    at_step_six = [*dashboard.history, dashboard.model][-1]
    page = ElementTree.fromstring(dashboard.still_html())
    assert page.findtext("figcaption").endswith(", 13 parameters")
    assert page.findtext("figcaption").startswith("step 6, loss ")
    assert page.find("img").get("alt").endswith(page.findtext("figcaption"))
    assert ">step 5</text>" in picture_of(page)
    assert dashboard.model is at_step_six
    monkeypatch.setattr(course, "steps", None)  # which would be called
    dashboard.seek(40)
    assert "step 6, loss " in dashboard.still_html()


def picture_of(page):
    address = page.find("img").get("src")
    return base64.b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode("ascii")


@pytest.mark.parametrize(
    "options",
    [
        {"n_samples": 2000, "noise": 2.0},
        {"data": [(0, 0, 1), (0, 0, -1)]},
        {"data": [(1e16, 0, 1), (1e16, 1, -1)]},
        {"data": [(-1e308, 0, 1), (1e308, 1, -1)]},
        {"data": [(-1e200, 0, 1), (1e200, 1, -1)]},
        {"data": [(0, 0, 1), (1e-320, 1e-320, -1)]},
        {"model": MLP(2, [1], weights=[1e308, 1e308]), "n_samples": 6},
        {"hidden": [], "n_samples": 2},
    ],
    ids=lambda options: str(options)[:40],
)
def test_whatever_the_points_the_picture_is_small_and_whole(options):
    html = Dashboard(**options).still_html()
    assert len(html) < 60_000
    picture = picture_of(ElementTree.fromstring(html))
    assert "nan" not in picture
    assert "inf" not in picture
    ElementTree.fromstring(picture)


def test_a063_a_saved_notebook_shows_the_still_picture_without_a_kernel():
    dashboard = Dashboard(**SMALL)
    assert dashboard._repr_mimebundle_()[0]["text/html"] == dashboard.still_html()


def test_a_run_of_very_many_steps_has_a_short_curve():
    rows = [{"step": at, "loss": math.nan if at % 7 == 0 else 1 / (at + 1)} for at in range(5_000)]
    data = moons(4)
    html = still_training(Known(data, MLP(2, [1]), 9_999, rows))
    assert len(html) < 12_000
    assert "M" in picture_of(ElementTree.fromstring(html))
