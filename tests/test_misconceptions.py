"""``misconceptions``: the Python side of the figure that shows what goes wrong."""

import json
from xml.etree import ElementTree

import numpy as np
import pytest
import traitlets
from ipywidgets.widgets import widget as registry

from microgradwidgets import Misconceptions, Tape, Value, misconceptions
from microgradwidgets.mistakes import MISTAKES
from tests import simulation_vectors
from tests.simulation_vectors import unpacked, without_tapes


@pytest.fixture(autouse=True)
def _closed():
    """No widget outlives its test."""
    yield
    for widget in [w for w in registry._instances.values() if isinstance(w, Misconceptions)]:
        widget.close()


def test_the_known_numbers_are_at_hand_as_rows():
    demo = misconceptions()
    assert demo.cases == tuple(MISTAKES)
    (row,) = demo.results("recursion")
    assert row == {"what": "x.grad", "right": 39.0, "mistake": 60.0, "is_wrong": True}
    assert demo.results("recursion, right first")[0]["mistake"] == 78.0
    assert demo.rows("recursion")[-2]["after"] == 60.0
    assert demo.rows("recursion", right=True)[-2]["after"] == 39.0
    assert list(demo.rows("= for +=")[0]) == [
        "kind",
        "visit",
        "upstream",
        "local",
        "contribution",
        "written_to",
        "before",
        "after",
        "is_wrong",
        "sentence",
    ]


def test_rows_are_of_the_case_shown_unless_another_is_named():
    demo = misconceptions(case="= for +=")
    assert demo.results() == demo.results("= for +=")
    demo.case = "recursion"
    assert demo.rows() == demo.rows("recursion")


def test_a_learners_own_expression_has_the_names_of_its_variables():
    a = Value(3.0)
    b = a * 2
    c = b + b
    demo = misconceptions(c, case="recursion")
    assert demo.results()[0] == {"what": "a.grad", "right": 4.0, "mistake": 8.0, "is_wrong": True}
    assert [row["visit"] for row in demo.rows()][1] == "c"
    assert "b" in {row["visit"] for row in demo.rows()}
    assert misconceptions(c, names={"left": a}).results()[0]["what"] == "left.grad"
    assert misconceptions(c, names=False).results()[0]["what"] == "(3).grad"


def test_options_reach_the_simulation():
    w, x = Value(1.0), Value(2.0)
    loss = (w * x) ** 2
    demo = misconceptions(loss, "no zero_grad", parameters=(p for p in [w]), rate=0.25)
    assert [row["what"] for row in demo.results()] == ["w.grad", "w.data", "loss.data"]
    updates = [row["after"] for row in demo.rows(right=True) if row["kind"] == "update"]
    assert updates == [1.0 - 0.25 * 8.0, -1.0 - 0.25 * -8.0]
    assert misconceptions(x=1).results("recursion")[0]["right"] == 21.0


def test_step_and_case_can_be_set_and_a_new_case_is_shown_as_it_ends():
    demo = misconceptions(case="recursion")
    assert demo.step is None
    demo.step = 9
    with pytest.raises(traitlets.TraitError, match="expected step to be 0 to 9, or None, got: 10"):
        demo.step = 10
    with pytest.raises(traitlets.TraitError, match="expected step to be 0 to 9, or None, got: -1"):
        demo.step = -1
    demo.case = "= for +="
    assert demo.step is None
    with pytest.raises(traitlets.TraitError):
        demo.case = "recursive"
    demo.set_state({"step": 2})
    assert demo.step == 2


def test_what_is_asked_for_is_checked():
    with pytest.raises(ValueError, match="expected case to be one of 'backward twice', "):
        misconceptions(case="recursive")
    with pytest.raises(TypeError, match="expected value to be a Value, got: float"):
        misconceptions(2.0)
    with pytest.raises(traitlets.TraitError):
        misconceptions(theme="blue")
    with pytest.raises(traitlets.TraitError):
        misconceptions(presenter="yes")
    assert misconceptions(presenter=True).presenter is True


def test_the_repr_says_what_goes_wrong():
    assert repr(misconceptions(case="recursion")).endswith(
        "'recursion': x.grad is 60, and should be 39)"
    )
    x = Value(2.0)
    assert repr(misconceptions(x.tanh(), case="recursion")) == (
        "Misconceptions('recursion': does no harm here)"
    )


def test_the_saved_output_holds_the_results_as_a_table():
    demo = misconceptions(Value(2.0, label="x < y") * 3)
    page = ElementTree.fromstring(demo._repr_mimebundle_()[0]["text/html"])
    rows = [["".join(cell.itertext()) for cell in row] for row in page.iter("tr")]
    assert rows[0] == ["mistake", "of", "right", "mistaken"]
    assert rows[1] == ["Backward twice", "(x < y).grad", "3", "6"]
    assert demo._figure == "misconceptions"


def test_what_crosses_to_the_browser_is_what_the_browser_is_tested_with():
    written = json.loads(simulation_vectors.PATH.read_text("ascii"))
    assert without_tapes(unpacked(misconceptions().simulations)) == without_tapes(written)


def test_numbers_that_are_not_finite_cross_as_words():
    x = Value(0.0, label="x")
    (case, *_) = unpacked(misconceptions(x**-1 + float("nan")).simulations)
    assert case["results"] == [
        {"what": "x.grad", "right": "-inf", "mistake": "-inf", "is_wrong": False}
    ]
    assert "-inf" in [step.get("contribution") for step in case["right"]["steps"]]


def test_operations_cross_with_names_and_numbers_without():
    x = Value(2.0, label="x")
    (case, *_) = unpacked(
        misconceptions((x * 3).relu().with_group("g", 0), names=False).simulations
    )
    tape = Tape.from_bytes(simulation_vectors.b64decode(case["tape"]))
    assert dict(tape.names) == {0: "x", 2: "x × 3", 3: "relu(x × 3)"}
    assert not tape.groups


def test_a_whole_expression_stays_small():
    a, b = Value(-4.0, label="a"), Value(2.0, label="b")
    y = a * b + b**3
    for _ in range(30):
        y = y * a + y
    assert len(misconceptions(y).simulations) < 100_000


def test_parameters_are_several_and_no_step_is_as_far_as_python_counts():
    with pytest.raises(TypeError, match=r"^expected parameters to be a list, got: bool True$"):
        misconceptions(Value(1.0), parameters=True)
    with pytest.raises(traitlets.TraitError, match="got: <about 5,000 digits>"):
        misconceptions(case="backward twice").step = 10**5000
    with pytest.raises(traitlets.TraitError, match=r"^expected case to be one of .*, got: nd"):
        misconceptions().case = np.array(["recursion", "= for +="])
