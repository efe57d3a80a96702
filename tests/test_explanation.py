"""Why this gradient? The same from Python, as rows."""

import pytest

from microgradwidgets import MLP, Value, backward, explain, max_margin, moons, nodes
from tests.vectors import lecture_neuron, readme_expression


def test_the_weight_of_the_lecture_neuron_has_one_path():
    o = lecture_neuron()
    path, rest = explain(o, "w1")
    assert list(path) == [
        "rank", "count", "sum", "product", "local_gradients", "path", "labels",
    ]  # fmt: skip
    assert path["labels"] == ["w1", "", "", "", "o"]
    assert path["local_gradients"] == [2.0, 1.0, 1.0, pytest.approx(0.5)]
    assert (path["rank"], path["count"], path["product"]) == (1, 1, path["sum"])
    assert path["product"] == pytest.approx(1.0)
    assert rest == {
        "rank": None, "count": 0, "sum": 0.0, "product": None,
        "local_gradients": [], "path": [], "labels": [],
    }  # fmt: skip


@pytest.mark.parametrize("label, gradient", [("a", 138.8338192419825), ("b", 645.5772594752187)])
def test_the_parts_add_up_to_the_gradients_of_the_readme(label, gradient):
    g = readme_expression()
    rows = explain(g, label, most=5)
    assert sum(row["sum"] for row in rows) == pytest.approx(gradient, rel=1e-12)
    assert len(rows) == 6
    sizes = [abs(row["product"]) for row in rows[:-1]]
    assert sizes == sorted(sizes, reverse=True)
    whole = explain(g, label, most=10_000)
    assert len(whole) - 1 == rows[-1]["count"] + 5
    assert sum(row["product"] for row in whole[:-1]) == pytest.approx(gradient, rel=1e-12)
    assert whole[-1]["count"] == 0


def test_a_path_names_the_values_as_the_rows_of_nodes_do():
    g = readme_expression()
    known = {row["id"]: row["label"] for row in nodes(g)}
    for row in explain(g, "a"):
        assert [known[key] for key in row["path"]] == row["labels"]
        assert len(row["local_gradients"]) == max(0, len(row["path"]) - 1)


def test_a_value_is_given_itself_by_label_or_by_id():
    x = Value(2.0, label="x")
    y = x * x
    assert explain(y, x) == explain(y, "x") == explain(y, x.id) == explain(y, x.with_label("z"))
    assert explain(y, y)[0]["product"] == 1.0


@pytest.mark.parametrize("stranger", [Value(1.0), "z", -1, None, 2.0], ids=repr)
def test_a_stranger_is_named(stranger):
    with pytest.raises(KeyError, match="expected leaf to be a value that leads to the output"):
        explain(Value(1.0) * 2.0, stranger)


def test_wrong_arguments_are_named():
    with pytest.raises(TypeError, match=r"expected value to be a Value, got: float 1\.0"):
        explain(1.0, "x")
    with pytest.raises(TypeError, match="expected most to be an int, got: float"):
        explain(Value(1.0, label="x"), "x", most=2.0)
    with pytest.raises(ValueError, match="expected most to be at least 1, got: 0"):
        explain(Value(1.0, label="x"), "x", most=0)


def test_a_weight_of_a_whole_loss_is_explained():
    data, model = moons(20), MLP(2, [8, 8, 1])
    loss = max_margin(model, data.xs, data.ys).total_loss
    weight = model.parameters()[0]
    rows = explain(loss, weight)
    assert sum(row["sum"] for row in rows) == pytest.approx(backward(loss)[weight], rel=1e-9)
    assert rows[0]["labels"][0] == weight.label
    # Two from the weight decay, and through the 8 neurons of layer 2 in each example.
    assert sum(row["count"] for row in rows) == 20 * 8 + 2
