"""Two states of one structure: what is refused, and which changes are listed first."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import MLP, Value, backward, moons, show
from microgradwidgets import steps as training
from microgradwidgets.losses import max_margin
from tests import comparison_vectors as vectors
from tests.graphs import any_leaves, bits, build, steps
from tests.grouped import loss


def labelled(rows, of="value"):
    return {row["label"]: (row["before"], row["now"]) for row in rows if row["of"] == of}


def test_the_shared_vectors_are_what_this_side_says():
    assert vectors.PATH.read_text("ascii") == vectors.document()


def expression(op="+", exponent=2.0, twice=False):
    x, y = Value(2.0, label="x"), Value(3.0, label="y")
    made = x + y if op == "+" else x * y
    made = (made.with_label("m") ** exponent).with_label("p")
    return made + (x if twice else y)


@pytest.mark.parametrize(
    "other, words",
    [
        (expression(op="*"), r"'\*' in place of '\+' at m"),
        (expression(exponent=3.0), r"'\*\*3' in place of '\*\*2' at p"),
        (expression(twice=True), r"other operands of '\+' at value 5 of 5"),
        (expression() + 1.0, "7 values in place of 5"),
    ],
)
def test_another_structure_is_refused_with_the_first_difference(other, words):
    message = f"^expected compare to have the structure of value, got: {words}$"
    with pytest.raises(ValueError, match=message):
        show(expression(), compare=other)


def test_anything_else_than_a_value_is_refused():
    with pytest.raises(TypeError, match=r"expected compare to be a Value, got: float 2\.0"):
        show(expression(), compare=2.0)
    with pytest.raises(ValueError, match="expected most to be at least 1, got: 0"):
        show(expression()).changes(most=0)


def squares(a, b):
    x, y = Value(a, label="a"), Value(b, label="b")
    return ((x * x).with_label("aa") + (y * y).with_label("bb")).with_label("s")


def test_values_then_gradients_are_listed_by_the_size_of_the_difference():
    rows = show(squares(-1.0, 2.0), compare=squares(1.0, 4.0)).changes()
    assert [(row["of"], row["label"], row["before"], row["now"]) for row in rows] == [
        ("value", "bb", 16.0, 4.0),
        ("value", "s", 17.0, 5.0),
        ("value", "a", 1.0, -1.0),
        ("value", "b", 4.0, 2.0),
        ("gradient", "a", 2.0, -2.0),
        ("gradient", "b", 8.0, 4.0),
    ]
    assert [row["difference"] for row in rows] == [-12.0, -12.0, -2.0, -2.0, -4.0, -4.0]
    assert [row["op"] for row in rows[:3]] == ["*", "+", "leaf"]


def test_what_is_not_finite_comes_first_and_a_nan_that_stays_is_no_change():
    rows = show(squares(nan, 1.0), compare=squares(nan, -inf)).changes()
    assert labelled(rows) == {"b": (-inf, 1.0), "bb": (inf, 1.0)}
    assert rows[0]["difference"] == inf


def test_after_an_edit_the_numbers_before_it_are_compared_with():
    diagram = show(squares(1.0, 2.0))
    assert diagram.changes() == []
    diagram.edits = {"a": 3.0}
    diagram.ghosts = {}
    assert labelled(diagram.changes()) == {"a": (1.0, 3.0), "aa": (1.0, 9.0), "s": (5.0, 13.0)}
    assert labelled(diagram.changes(), "gradient") == {"a": (2.0, 6.0)}
    diagram.ghosts = None
    assert diagram.changes() == []


def test_an_edit_comes_before_another_state_until_its_ghosts_are_gone():
    diagram = show(squares(1.0, 2.0), compare=squares(5.0, 2.0))
    diagram.edits, diagram.ghosts = {"a": 3.0}, {}
    assert labelled(diagram.changes())["a"] == (1.0, 3.0)
    diagram.ghosts = None
    assert labelled(diagram.changes())["a"] == (5.0, 3.0)


def test_a_table_that_was_given_is_compared_as_it_is_shown():
    value = squares(1.0, 2.0)
    b = next(edge.parent for edge in value.parents if edge.parent.label == "bb")
    rows = show(value, backward(b), compare=squares(1.0, 2.0)).changes()
    assert labelled(rows, "gradient") == {"a": (2.0, 0.0), "aa": (1.0, 0.0), "s": (1.0, 0.0)}


def test_two_steps_of_a_network():
    data = moons(10, seed=2)
    first, second = training(MLP(2, [4, 1], seed=1), data, steps=2)
    before, now = (
        max_margin(step.model_before, data.xs, data.ys).total_loss for step in (first, second)
    )
    rows = show(now, compare=before).changes(most=1000)
    known = {p.label: p.data for p in first.model_before.parameters()}
    changed = labelled(rows)
    assert {label: was for label, (was, _) in changed.items() if label in known}.items() <= (
        known.items()
    )
    assert any(label.startswith("layer 1") for label in changed)


def test_two_equal_losses_have_no_changes():
    rows = show(loss(), compare=loss()).changes()
    assert rows == []


@given(any_leaves, steps, st.data())
def test_the_rows_hold_all_that_differs_and_no_more(leaves, steps, data):
    others = data.draw(st.lists(st.floats(), min_size=len(leaves), max_size=len(leaves)))
    diagram = show(build(leaves, steps), compare=build(others, steps), names=False)
    tape = diagram.recorded
    before, now = (
        [v.data for v in build(numbers, steps).graph.values()] for numbers in (others, leaves)
    )
    differ = {i for i in range(len(tape)) if not same(before[i], now[i])}
    rows = [row for row in diagram.changes(most=1000) if row["of"] == "value"]
    place = {f"v{key}": index for key, index in tape.ids.items()}
    assert {place[row["id"]] for row in rows} == differ
    assert bits(row["now"] for row in rows) == bits(now[place[row["id"]]] for row in rows)


def same(a, b):
    return a == b or (a != a and b != b)
