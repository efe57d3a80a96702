"""``Dashboard``: the Python side of the training that a page drives."""

import math

import numpy as np
import pytest
import traitlets

from microgradwidgets import MLP, Dashboard, Dataset, moons, spiral, train
from microgradwidgets.arithmetic import described
from microgradwidgets.views.dashboard import NETWORK_MARK
from microgradwidgets.views.live_numbers import floats_of
from microgradwidgets.views.packed import unpack
from microgradwidgets.views.points import MARK, made, read_points
from tests.told import SMALL, numbers_of

pytestmark = pytest.mark.usefixtures("_no_widget_left")


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
        ("presenter", [True], ["yes", None]),
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
    with pytest.raises(
        TypeError, match=r"^expected settings of a dashboard, such as hidden, .*, got: str 'lr'$"
    ):
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


@pytest.mark.parametrize("variants", [5, {"hidden": [2]}])
def test_variants_are_a_list(variants):
    with pytest.raises(TypeError, match=r"^expected variants to be a list, got: "):
        Dashboard(**SMALL, variants=variants)


@pytest.mark.parametrize("name", ["steps", "hidden", "optimizer", "alpha"])
@pytest.mark.parametrize("value", [np.array([1.0, 2.0]), int, 10**5000], ids=described)
def test_no_array_class_or_endless_number_is_a_setting(name, value):
    with pytest.raises(traitlets.TraitError):
        Dashboard(**SMALL | {name: value})


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
