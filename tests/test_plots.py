"""The charts: what is drawn is what the rows say."""

import math

import pytest
from matplotlib.figure import Figure

from microgradwidgets import (
    MLP,
    Dataset,
    Neuron,
    accuracy_history,
    decision_boundary,
    moons,
    plot_accuracy,
    plot_boundary,
    plot_dataset,
    plot_loss,
    progress_bar,
    train,
)
from tests.processes import run

DATA = moons(20)
RUN = train(MLP(2, [4, 1]), DATA, steps=5)


def test_points_of_either_class_have_a_shape_of_their_own():
    figure = plot_dataset(DATA)
    ones, others = figure.axes[0].collections
    labels = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert labels == ["class 1", "class \N{MINUS SIGN}1"]
    drawn = [tuple(place) for place in ones.get_offsets()]
    assert drawn == [x for x, y in zip(DATA.xs, DATA.ys, strict=True) if y > 0]
    assert len(others.get_offsets()) == 10
    shapes = [points.get_paths()[0].vertices.shape for points in (ones, others)]
    assert shapes[0] != shapes[1]


def test_losses_are_three_lines_that_differ_in_style():
    lines = plot_loss(RUN).axes[0].get_lines()
    assert [line.get_label() for line in lines] == [
        "total loss",
        "data loss",
        "regularization loss",
    ]
    assert [*lines[0].get_ydata()] == [row["loss"] for row in RUN.history]
    assert [*lines[2].get_xdata()] == [0, 1, 2, 3, 4]
    assert len({line.get_linestyle() for line in lines}) == 3


def test_accuracy_is_a_line_in_percent():
    (line,) = plot_accuracy(RUN).axes[0].get_lines()
    assert [*line.get_ydata()] == [row["value"] for row in accuracy_history(RUN)]


def test_a_boundary_is_a_field_of_scores_with_its_zero_line():
    model = Neuron(2, weights=[2.0, 0.0], bias=-1.0, nonlin=False)  # zero at x = 0.5
    axes = plot_boundary(model, DATA, h=0.25, padding=0.5).axes[0]
    field, lines, *_ = axes.collections
    rows = decision_boundary(model, DATA, h=0.25, padding=0.5)
    scores = {(row["x"], row["y"]): row["score"] for row in rows}
    ys = sorted({y for _, y in scores})
    xs = sorted({x for x, _ in scores})
    assert field.get_array().tolist() == [[scores[x, y] for x in xs] for y in ys]
    assert field.norm.vmin == -field.norm.vmax
    assert field.norm(0.0) == pytest.approx(0.5)
    zero = lines.get_paths()[list(lines.levels).index(0.0)]
    assert zero.vertices[:, 0] == pytest.approx(0.5)


@pytest.mark.parametrize("bias", [0.0, math.nan, math.inf])
def test_a_flat_field_and_scores_that_are_no_numbers_are_drawn_too(bias):
    model = Neuron(2, weights=[0.0, 0.0], bias=bias, nonlin=False)
    plot_boundary(model, Dataset([[0.0, 0.0]], [1]), h=0.5)._repr_png_()


def test_a_chart_can_be_drawn_into_axes_of_ones_own():
    figure = Figure()
    left, right = figure.subplots(1, 2)
    assert plot_loss(RUN, ax=left) is figure
    assert plot_boundary(RUN.final_model, DATA, h=0.5, ax=right) is figure
    assert len(left.get_lines()) == 3
    assert right.collections


def test_a_chart_shows_itself_and_leaves_nothing_in_pyplots_registry():
    import matplotlib.pyplot as plt

    picture = plot_dataset(DATA)._repr_png_()
    assert picture.startswith(b"\x89PNG")
    assert plt.get_fignums() == []


def test_the_bar_shows_how_far_a_run_is(capsys):
    found = train(MLP(2, [2, 1]), DATA, steps=4, progress=progress_bar)
    shown = capsys.readouterr().err
    assert "4/4" in shown
    assert f"loss {found.final_loss:.4f}, accuracy {found.final_accuracy:.1%}" in shown


WITHOUT_MATPLOTLIB = """
import sys
sys.modules["matplotlib"] = None  # as if it were not installed
from microgradwidgets import MLP, Dashboard, moons, plot_dataset, sweep, train
data = moons(10)
assert train(MLP(2, [2, 1]), data, steps=1).final_loss > 0
found = sweep({"hidden": [[], [2]], "n_samples": [10], "steps": [1]}, progress=None)
assert found._repr_html_().count("<tr>") == 3
assert "<img" not in found._repr_html_()
for chart in (lambda: plot_dataset(data), found.plot, Dashboard().plot):
    try:
        chart()
    except ImportError as error:
        print(error)
"""


def test_without_matplotlib_a_chart_says_so_and_all_else_works():
    said = run(WITHOUT_MATPLOTLIB).splitlines()
    assert len(said) == 3
    assert all(line.startswith("expected matplotlib to draw this chart, got: ") for line in said)
