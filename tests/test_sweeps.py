"""A sweep to look at: its rows, its pictures, and how it shows itself in a cell."""

import csv
import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from microgradwidgets import Dataset, Sweep, sweep
from microgradwidgets.configuration import Configuration
from microgradwidgets.sweeping import Trial
from microgradwidgets.views.small_multiples import small_multiples
from microgradwidgets.views.sweeps import MOST_PICTURES, trial_bar
from tests import failing_rates

GRID = {"hidden": [[], [3]], "learning_rate": [0.5, failing_rates.raising], "steps": 4}


@pytest.fixture(scope="module")
def found():
    with ThreadPoolExecutor(2) as executor:
        return sweep(GRID | {"n_samples": 20, "train_share": 0.5}, executor, progress=None)


def test_rows_have_settings_and_results_under_the_same_keys(found):
    rows = found.rows()
    assert [row["hidden"] for row in rows] == [[], [], [3], [3]]
    assert [row["status"] for row in rows] == ["completed", "failed", "completed", "failed"]
    assert len({tuple(row) for row in rows}) == 1
    assert [row["loss"] for row in rows] == [
        trial.run.final_loss if trial.run else None for trial in found
    ]
    assert rows[0]["steps_taken"] == 4
    assert rows[0]["test_accuracy"] is not None


def test_it_is_a_sequence_of_trials(found):
    assert len(found) == 4
    assert found[2].configuration.hidden == (3,)
    assert isinstance(found[1:], Sweep)
    assert [trial.number for trial in found[1:]] == [1, 2, 3]
    assert repr(found) == "Sweep(4 configurations: 2 completed, 2 failed)"


def test_titles_say_what_is_particular(found):
    assert found.varied == ("hidden", "learning_rate")
    assert found.title(found[0]) == "hidden none, learning rate 0.5"
    assert found[:1].title(found[0]) == "configuration 0"


def test_each_configuration_has_a_picture_and_losses_share_a_scale(found):
    axes = found.plot().axes
    titles = [a.get_title() for a in axes]
    assert titles[0] == "hidden none, learning rate 0.5"
    assert titles[1].startswith(f"loss {found[0].run.final_loss:.4g}, accuracy ")
    assert len(axes) == 6  # those that failed have no curve
    assert "ArithmeticError: no rate for" in axes[2].texts[0].get_text()
    curves = [axes[1], axes[4]]
    assert len({a.get_ylim() for a in curves}) == 1
    assert [*curves[0].get_lines()[0].get_ydata()] == [r["loss"] for r in found[0].run.history]


def test_in_a_cell_it_shows_pictures_and_rows(found):
    shown = found._repr_html_()
    assert shown.count("<img ") == 1
    assert "data:image/png;base64,iVBOR" in shown
    assert shown.count("<tr>") == 5
    assert "ArithmeticError: no rate for step 2" in shown


def test_rows_go_into_files_in_which_no_error_is_a_formula(tmp_path, found):
    read = [*csv.DictReader(io.StringIO(found.to_csv(), newline=""))]
    assert float(read[0]["loss"]) == found[0].run.final_loss
    assert [row["hidden"] for row in read] == ["[]", "[]", "[3]", "[3]"]
    assert json.loads(found.to_json()) == found.rows()
    found.to_csv(tmp_path / "rows.csv")
    assert (tmp_path / "rows.csv").read_bytes().decode() == found.to_csv()
    formula = Sweep([Trial(0, Configuration(), "failed", "=1+1")])
    assert "'=1+1" in formula.to_csv()


def test_what_is_not_ours_is_shown_as_text():
    hostile = "<script>window.__pwn=1</script> $\\frac$"
    trial = Trial(0, Configuration(), "failed", hostile)
    shown = Sweep([trial])._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_a_run_that_diverged_says_so_in_place_of_a_loss():
    with ThreadPoolExecutor() as executor:
        found = sweep([{"learning_rate": 1e200, "steps": 3}], executor, progress=None)
    titles = [axes.get_title() for axes in found.plot().axes]
    assert titles == ["configuration 0", "diverged at step 1"]


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_own_points_of_any_extent_are_drawn(scale):
    data = Dataset([[0.0, scale], [scale, 0.0]], [-1, 1])
    with ThreadPoolExecutor() as executor:
        found = sweep([{"data": data, "hidden": [], "steps": 2}], executor, progress=None)
    assert found.plot()._repr_png_().startswith(b"\x89PNG")


def test_more_than_can_be_seen_is_cut_and_said():
    trials = [Trial(n, Configuration(), "cancelled") for n in range(250)]
    found = Sweep(trials)
    assert len(found.plot().axes) == MOST_PICTURES
    shown = found._repr_html_()
    assert "Pictures of the first 24 of 250 configurations." in shown
    assert "Rows of the first 200 of 250 configurations." in shown


def test_small_multiples_are_drawn_where_nothing_was_trained():
    small_multiples([("one", Trial(0, Configuration(), "cancelled"))])._repr_png_()


def test_the_bar_shows_how_far_it_is(capsys, found):
    assert [*trial_bar(iter(found), 4)] == [*found]
    shown = capsys.readouterr().err
    assert "4/4" in shown
    assert f"lowest loss {min(t.run.final_loss for t in found if t.run):.4f}, 2 failed" in shown


def test_in_a_notebook_it_is_done_by_processes_and_shown(tmp_path):
    cells = [
        "from microgradwidgets import sweep",
        "sweep({'learning_rate': [0.1, lambda step: 0.5**step], 'hidden': [[3]], 'steps': 3})",
    ]
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = notebook.cells[1].outputs
    (shown,) = [output.data for output in outputs if output.output_type == "execute_result"]
    assert shown["text/plain"] == "Sweep(2 configurations: 2 completed)"
    assert "data:image/png;base64,iVBOR" in shown["text/html"]
    assert not [output for output in outputs if "Warning" in output.get("text", "")]


def test_a_sweep_has_trials():
    with pytest.raises(TypeError, match=r"^expected trials to be a list, got: int 5$"):
        Sweep(5)
