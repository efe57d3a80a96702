"""What of a dashboard is taken away: rows, files, figures, and a script that trains the same."""

import csv
import io
import json
import math

import pytest

from microgradwidgets import MLP, train
from microgradwidgets.training_script import Segment
from microgradwidgets.views.dashboard_export import DashboardExport
from microgradwidgets.views.run_chart import run_chart
from tests.script_vectors import USUAL, recipe


class Shown(DashboardExport):
    """A run as a dashboard shows it, with nothing around."""

    def __init__(self, step=3, **changes):
        self.recipe = recipe(**changes)
        one = self.recipe
        data = (one.points.xs[: one.trained], one.points.ys[: one.trained])
        settings = one.segments[0].settings
        self.run = train(
            MLP(2, [*one.hidden, 1]),
            data,
            steps=one.steps,
            learning_rate=settings["learning_rate"],
        )
        self.history = list(self.run.history)
        self.step = step

    @property
    def model(self):
        return self.run.final_model

    def _recipe(self):
        return self.recipe


CONSTANT = [Segment(0, USUAL | {"schedule": "constant", "learning_rate": 0.5})]
DIVERGING = [Segment(0, USUAL | {"schedule": "constant", "learning_rate": 1e200})]


def test_rows_are_those_of_the_run_and_ones_own():
    shown = Shown(segments=CONSTANT)
    rows = shown.rows()
    assert rows == list(shown.run.history)
    rows[0]["loss"] = 0.0
    assert shown.rows()[0]["loss"] != 0.0


def test_csv_and_json_hold_every_digit():
    shown = Shown(segments=CONSTANT)
    from_csv = [*csv.DictReader(io.StringIO(shown.to_csv(), newline=""))]
    assert [float(row["loss"]) for row in from_csv] == [row["loss"] for row in shown.rows()]
    assert json.loads(shown.to_json()) == shown.rows()


def test_json_of_a_run_that_diverged_is_valid_everywhere():
    shown = Shown(segments=DIVERGING)
    assert not math.isfinite(shown.rows()[-1]["loss"])
    read = json.loads(shown.to_json(), parse_constant=pytest.fail)
    assert read[-1]["loss"] in ("nan", "inf")


@pytest.mark.parametrize("method", ["to_csv", "to_json", "to_python"])
def test_a_file_has_the_text_and_is_not_overwritten_unasked(tmp_path, method):
    take, path = getattr(Shown(segments=CONSTANT), method), tmp_path / "file"
    assert take(path) is None
    assert path.read_bytes().decode() == take()
    with pytest.raises(FileExistsError, match="overwrite=True"):
        take(path)
    assert take(str(path), overwrite=True) is None


def test_the_script_trains_the_same_to_the_bit():
    shown, variables = Shown(segments=CONSTANT), {}
    exec(shown.to_python(), variables)
    assert variables["run"].history == shown.run.history


def test_the_figure_has_the_boundary_and_the_curves_of_the_rows():
    shown = Shown(segments=CONSTANT, trained=15)
    shown.history = [row | {"test_loss": 0.5, "test_accuracy": 1.0} for row in shown.history]
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
    assert [*lines[0].get_ydata()] == [row["loss"] for row in shown.history]
    assert {*mark.get_xdata()} == {3}
    assert [line.get_label() for line in accuracies.get_lines()[:2]] == [
        "accuracy",
        "test accuracy",
    ]
    assert accuracies.get_lines()[1].get_ydata()[0] == 100.0


def test_the_figure_shows_itself_in_a_cell():
    assert Shown(segments=CONSTANT).plot()._repr_png_().startswith(b"\x89PNG")


def test_the_figure_says_what_there_is_not_yet_and_where_it_broke():
    one = recipe()
    none = run_chart(MLP(2, [1]), one.points, 20, [], 0)
    assert none.axes[1].texts[0].get_text() == "no steps yet"
    broken = Shown(segments=DIVERGING)
    assert broken.plot().axes[1].get_title() == "diverged at step 1"
