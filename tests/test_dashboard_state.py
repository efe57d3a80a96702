"""A dashboard as a text, and taken away."""

import pytest
from ipywidgets.widgets import widget as registry

from microgradwidgets import MLP, Dashboard, Run, Step, moons, parameters
from tests.told import SMALL, numbers_of

pytestmark = pytest.mark.usefixtures("_no_widget_left")


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


def test_a_state_may_hide_and_lock_more_and_never_less():
    locked = Dashboard(locked=["hidden"], controls=["hidden", "alpha", "noise"])
    assert locked.state == "mgw1;step=0;controls=hidden,alpha,noise;locked=hidden"
    locked.restore("mgw1;locked=alpha;controls=noise,alpha,speed")
    assert (locked.locked, locked.controls) == (["hidden", "alpha"], ["alpha", "noise"])
    locked.restore("mgw1;locked=;alpha=0.5")
    assert (locked.locked, locked.controls) == (["hidden", "alpha"], ["alpha", "noise"])
    with pytest.raises(ValueError, match=r"expected controls to be a list out of .*'reset'"):
        locked.restore("mgw1;controls=weather")
    again = Dashboard(state=locked.state)
    assert (again.locked, again.controls) == (["hidden", "alpha"], ["alpha", "noise"])
    again.state = "mgw1"  # sets all else to the defaults: this is no link, but Python
    assert (again.locked, again.controls) == ([], None)


def test_a_point_may_be_one_of_those_that_come_with_the_state():
    assert Dashboard(state="mgw1;n_samples=120;selected_point=119").selected_point == 119


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


def test_a_refusal_does_not_repeat_all_of_a_long_state():
    with pytest.raises(ValueError, match="expected a state of this dashboard") as refused:
        Dashboard(state="mgw1;theme=" + "q" * 20_000)
    assert len(str(refused.value)) < 600


@pytest.mark.parametrize(
    "text",
    [
        "mgw1;noise=7",
        "mgw1;hidden=99",
        "mgw1;step=999999999",
        "mgw1;schedule=own",
        "mgw1;dataset=circles",
        "mgw1;alpha=0.5;selected_point=100",
        "mgw1;n_samples=4;selected_point=4",
        "mgw1;alpha=0.5;step=9999999",
        "mgw1;alpha=0.5;step=none",
        "mgw1;alpha=0.5;model_seed=none",
        "mgw1;alpha=0.5;locked=weather",
        "mgw1;alpha=0.5;controls=none",
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
