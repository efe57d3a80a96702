"""What of a dashboard is taken away: rows, files, figures, and a script that trains the same."""

import csv
import io
import json
import math

import pytest

from microgradwidgets import MLP, Dashboard, steps
from tests.graphs import bits


@pytest.fixture
def dashboard():
    made = []

    def make(step=0, **settings):
        made.append(Dashboard(**{"hidden": [3], "n_samples": 20} | settings))
        made[-1].seek(step)
        return made[-1]

    yield make
    for one in made:
        one.close()


def diverged(dashboard):
    return dashboard(4, learning_rate=1e200)


def run_script(script):
    """What a script finds: its rows, the final model, and all else by name."""
    variables = {}
    exec(script, variables)
    if "run" in variables:
        variables["history"] = [*variables["run"].history]
        variables["final_model"] = variables["run"].final_model
    return variables


def assert_same(script, shown):
    """A script gives the rows and the final model of a dashboard, to the bit."""
    found, rows = run_script(script), shown.rows()
    measured = [{name: row[name] for name in found["history"][0]} for row in rows]
    assert found["history"] == measured
    models = (found["final_model"], shown.run.final_model)
    ours, theirs = ([p.data for p in model.parameters()] for model in models)
    assert bits(ours) == bits(theirs)


# -- rows -----------------------------------------------------------------------------------------


def test_rows_are_those_of_the_history_and_ones_own(dashboard):
    shown = dashboard(4)
    rows = shown.rows()
    assert rows == [*shown.history]
    rows[0]["loss"] = 0.0
    assert shown.rows()[0]["loss"] != 0.0


def test_csv_and_json_hold_every_digit(dashboard):
    shown = dashboard(4, train_share=0.5)
    from_csv = [*csv.DictReader(io.StringIO(shown.to_csv(), newline=""))]
    assert [{name: float(x) for name, x in row.items()} for row in from_csv] == shown.rows()
    assert json.loads(shown.to_json()) == shown.rows()


def test_json_of_a_run_that_diverged_is_valid_everywhere(dashboard):
    shown = diverged(dashboard)
    assert not math.isfinite(shown.rows()[-1]["loss"])
    read = json.loads(shown.to_json(), parse_constant=pytest.fail)
    assert read[-1]["loss"] in ("nan", "inf")


@pytest.mark.parametrize("method", ["to_csv", "to_json", "to_python"])
def test_a_file_has_the_text_and_is_not_overwritten_unasked(dashboard, tmp_path, method):
    take, path = getattr(dashboard(4), method), tmp_path / "file"
    assert take(path) is None
    assert path.read_bytes().decode() == take()
    with pytest.raises(FileExistsError, match="overwrite=True"):
        take(path)
    assert take(str(path), overwrite=True) is None


# -- the script -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"activation": "tanh", "dataset": "spiral", "noise": 0.0, "hidden": [2, 2]},
        {"train_share": 0.7, "batch_size": 5, "batch_seed": 2**53 - 1, "alpha": 0.0},
        {"optimizer": "adam", "learning_rate": 0.05, "model_seed": 7, "data_seed": 8},
        {"learning_rate": lambda step: 1.0 / (step + 3.0)},
        {"data": [[0.1, 0.2, 1], [-0.3, 1e-9, 0], [1.5, -2.0, 1]], "hidden": []},
        {"model": MLP(2, [2, 1], seed=3).with_parameters([0.1 * k for k in range(9)])},
    ],
    ids=lambda settings: ", ".join(settings) or "demo",
)
def test_the_script_trains_the_same_to_the_bit(dashboard, settings):
    shown = dashboard(6, **settings)
    assert_same(shown.to_python(), shown)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_what_is_changed_on_the_way_is_in_the_script(dashboard, optimizer):
    shown = dashboard(3, optimizer=optimizer, learning_rate=0.1)
    shown.batch_size = 5
    shown.seek(5)
    shown.optimizer = "momentum"
    shown.learning_rate = 0.02
    shown.seek(9)
    assert shown.to_python().count("for step in steps(") == 3
    assert_same(shown.to_python(), shown)


def test_a_step_behind_which_another_way_was_taken_is_not_in_the_script(dashboard):
    shown = dashboard(8)
    shown.seek(2)
    shown.alpha = 0.5
    shown.seek(4)
    assert len(shown.rows()) == 4
    assert_same(shown.to_python(), shown)


def test_before_the_first_step_it_is_the_run_to_come(dashboard):
    shown = dashboard(steps=3, learning_rate=lambda step: 0.5**step)
    found = run_script(shown.to_python())["history"]
    assert len(found) == 3
    assert found == dashboard(3, learning_rate=lambda step: 0.5**step).rows()


def test_a_run_that_diverged_does_so_again(dashboard):
    shown = diverged(dashboard)
    found = run_script(shown.to_python())
    assert found["run"].status == "diverged"
    assert len(found["history"]) == len(shown.rows())


def test_a_loop_of_ones_own_is_the_script_already(dashboard):
    shown = dashboard()
    shown.watch(steps(shown.model, shown.training_data, steps=3))
    with pytest.raises(ValueError, match="a loop of yours, which is the script already"):
        shown.to_python()


# -- the figure -----------------------------------------------------------------------------------


def test_the_figure_has_the_boundary_and_the_curves_of_the_rows(dashboard):
    shown = dashboard(6, train_share=0.75)
    shown.seek(3)
    plane, losses, accuracies = shown.plot().axes
    assert plane.get_title() == "step 3"
    labels = [text.get_text() for text in plane.get_legend().get_texts()]
    assert labels == ["class 1", "class −1", "class 1, test", "class −1, test"]
    *lines, mark = losses.get_lines()
    assert [line.get_label() for line in lines] == [
        "total loss",
        "data loss",
        "regularization loss",
        "test loss",
    ]
    assert [*lines[0].get_ydata()] == [row["loss"] for row in shown.rows()]
    assert [*lines[3].get_ydata()] == [row["test_loss"] for row in shown.rows()]
    assert {*mark.get_xdata()} == {3}
    percent = [100.0 * row["test_accuracy"] for row in shown.rows()]
    assert [*accuracies.get_lines()[1].get_ydata()] == percent


def test_the_boundary_is_that_of_the_step_on_screen(dashboard):
    shown = dashboard(6)
    at_six = shown.plot().axes[0].collections[0].get_array()
    shown.seek(0)
    assert (shown.plot().axes[0].collections[0].get_array() != at_six).any()


def test_the_figure_shows_itself_in_a_cell(dashboard):
    assert dashboard(2).plot()._repr_png_().startswith(b"\x89PNG")


def test_the_figure_says_what_there_is_not_yet_and_where_it_broke(dashboard):
    assert dashboard().plot().axes[1].texts[0].get_text() == "no steps yet"
    broken = diverged(dashboard)
    last = broken.rows()[-1]["step"]
    assert broken.plot().axes[1].get_title() == f"diverged at step {last}"


def test_rows_and_figure_of_a_loop_of_ones_own_are_its_own(dashboard):
    shown = dashboard()
    taken = [*steps(shown.model, shown.training_data, steps=3, learning_rate=0.25)]
    shown.watch(taken)
    assert shown.rows() == [step.row() for step in taken]
    assert [*shown.plot().axes[1].get_lines()[0].get_ydata()] == [step.loss for step in taken]
