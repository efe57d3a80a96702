"""``show``: the Python side of the live diagram."""

import base64
import gc
import logging
import struct
import weakref
from xml.etree import ElementTree

import ipywidgets
import pytest
import traitlets
from ipywidgets.widgets import widget as registry

from microgradwidgets import Diagram, Tape, Value, backward, show
from microgradwidgets.views.front_end import engine
from tests.processes import run


@pytest.fixture(autouse=True)
def _closed():
    """No diagram outlives its test."""
    yield
    for diagram in [w for w in registry._instances.values() if isinstance(w, Diagram)]:
        diagram.close()


def names_of(diagram):
    return sorted(diagram.recorded.names.values())


# -- names ----------------------------------------------------------------------------------------

module_level = Value(5.0)


def test_values_are_named_after_the_callers_variables():
    a, b = Value(2.0), Value(3.0)
    c = a * b + module_level
    assert names_of(show(c)) == ["a", "b", "c", "module_level"]


def test_a_local_name_wins_over_a_global_one():
    mine = module_level
    module_level_twice = mine * 2
    assert "mine" in names_of(show(module_level_twice))


def test_values_in_lists_tuples_and_dicts_are_named_by_their_place():
    w = [Value(1.0), Value(2.0)]
    pair = (Value(3.0),)
    named = {"bias": Value(4.0), 7: Value(5.0)}
    total = Value.sum([*w, *pair, *named.values()], w[0])
    expected = ["named['bias']", "named[7]", "pair[0]", "total", "w[0]", "w[1]"]
    assert names_of(show(total)) == expected


def test_a_variable_wins_over_a_place_and_the_first_name_over_the_second():
    w = [Value(1.0)]
    first = w[0]
    second = first
    assert names_of(show(second * 2)) == ["first"]


def test_names_with_an_underscore_are_left_out():
    _private = Value(1.0)
    _ = public = _private.relu()
    assert names_of(show(public)) == ["public"]


def test_a_label_wins_over_a_variable():
    a = Value(2.0, label="learning rate")
    assert names_of(show(a * 1)) == ["learning rate"]


def test_names_may_be_given_or_left_out():
    a, b = Value(2.0), Value(3.0)
    assert names_of(show(a * b, names={"left": a, "right": b})) == ["left", "right"]
    assert names_of(show(a * b, names=False)) == []
    assert names_of(show(a * b, names={})) == []


def test_names_are_read_where_show_is_called_not_where_it_is_defined():
    def helper(value):
        inside = value
        return show(inside)

    outside = Value(1.0)
    assert names_of(helper(outside)) == ["value"]


def test_a_container_too_long_or_of_other_things_is_no_trouble():
    class Loud(dict):
        def items(self):
            raise AssertionError("a stranger's code was run")

    many = [Value(float(n)) for n in range(2000)]
    loud, nested = Loud(), [[Value(1.0)]]
    y = many[0] * nested[0][0]
    assert loud == {}
    assert names_of(show(y)) == ["y"]


# -- what is shown --------------------------------------------------------------------------------


def test_the_tape_is_what_crosses():
    x = Value(3.0, label="x")
    y = x * x
    diagram = show(y)
    assert Tape.from_bytes(diagram.tape).replay() == [3.0, 9.0]
    assert diagram.value is y
    assert diagram.gradient_table == b""  # the page differentiates by itself
    assert diagram.gradients == backward(y)


def test_a_table_of_another_output_is_shown_as_given():
    x = Value(3.0)
    y = x * x
    loss = y * 10
    diagram = show(y, backward(loss))
    assert struct.unpack("<2d", diagram.gradient_table) == (60.0, 10.0)
    assert diagram.gradients is not None
    assert diagram.gradients[x] == 60.0


def test_options_are_checked():
    x = Value(1.0)
    for options in ({"overlay": "heat"}, {"direction": "RL"}, {"theme": "blue"}, {"presenter": 2}):
        with pytest.raises(traitlets.TraitError):
            show(x, **options)
    diagram = show(x, overlay="value", direction="TB", theme="dark")
    assert (diagram.overlay, diagram.direction, diagram.theme) == ("value", "TB", "dark")
    diagram.overlay = "none"
    with pytest.raises(traitlets.TraitError):
        diagram.overlay = "heat"


def test_presenter_mode_is_asked_for_and_kept_in_the_state():
    x = Value(1.0)
    assert show(x).presenter is False
    diagram = show(x, presenter=True)
    assert diagram.state == "mgw1;presenter=yes"
    assert show(x, state=diagram.state).presenter is True


def test_the_step_of_the_numerical_check_is_positive_and_finite():
    diagram = show(Value(1.0), overlay="check", check_step=1e-3)
    assert (diagram.overlay, diagram.check_step) == ("check", 1e-3)
    for step in (0.0, -1.0, float("inf"), float("nan"), 10**400, True, "1"):
        with pytest.raises(traitlets.TraitError, match="expected check_step to be positive and"):
            diagram.check_step = step
        with pytest.raises(traitlets.TraitError, match="expected check_step to be positive and"):
            diagram.set_state({"check_step": step, "overlay": "none"})
    with pytest.raises(traitlets.TraitError):
        diagram.set_state({"_view": [0.0, 10**400, 1.0]})
    assert diagram.check_step == 1e-3
    assert diagram.state == "mgw1;overlay=check;check_step=0.001"


@pytest.mark.parametrize("thing", [5, "x", None, [Value(1.0)]], ids=repr)
def test_only_values_are_shown(thing):
    with pytest.raises(TypeError, match="expected value to be a Value, got: "):
        show(thing)


def test_gradients_are_a_table():
    x = Value(1.0)
    with pytest.raises(TypeError, match="expected gradients to be a Gradients table, got: dict"):
        show(x, {x.id: 1.0})


def test_the_repr_is_short():
    x = Value(2.5)
    assert repr(show(x)) == "Diagram(x = 2.5000, 1 values)"
    assert repr(show(x, names=False)) == "Diagram(2.5000, 1 values)"
    assert len(repr(show(Value(1.0, label="x" * 1_000_000)))) < 200


def test_a043_a_huge_value_is_recorded_whole_and_says_how_many_values_there_are():
    y = Value(0.0)
    for _ in range(50_000):
        y = y + 1.0
    diagram = show(y)
    assert repr(diagram) == "Diagram(y = 50000.0000, 100,001 values)"
    assert len(Tape.from_bytes(diagram.tape)) == 100_001
    assert "100,001 values" in saved(diagram)["text/html"]


# -- selection ------------------------------------------------------------------------------------


def test_the_selection_is_a_value_set_by_value_label_or_id():
    x, w = Value(2.0, label="x"), Value(3.0)
    y = x * w
    diagram = show(y)
    assert diagram.selected is None
    for key, value in ((x, x), ("w", w), (y.id, y), (w, w), ("x", x), (None, None)):
        diagram.selected = key
        assert diagram.selected is value
    assert show(y).selected is None


def test_the_output_selected_is_the_copy_that_was_shown():
    y = (Value(2.0) * 3).with_label("y")
    diagram = show(y)
    diagram.selected = "y"
    assert diagram.selected is y


def test_the_front_end_selects_by_place_on_the_tape():
    x, w = Value(2.0), Value(3.0)
    y = x * w
    diagram = show(y)
    seen = []
    diagram.observe(lambda change: seen.append(change.new), "selected")
    diagram.set_state({"selected": 1})
    diagram.set_state({"selected": 2})
    diagram.set_state({"selected": None})
    assert [value if value is None else value.id for value in seen] == [w.id, y.id, None]
    diagram.selected = w
    assert diagram.get_state("selected") == {"selected": 1}
    diagram.selected = None
    assert diagram.get_state("selected") == {"selected": None}


@pytest.mark.parametrize("place", [3, -1, 10**9, "x", 1.0, True, [0], {}], ids=repr)
def test_a_place_that_is_not_on_the_tape_is_refused_and_the_selection_kept(place):
    x = Value(2.0, label="x")
    diagram = show(x * 3)
    diagram.selected = x
    with pytest.raises(traitlets.TraitError, match="expected selected to be an index of the tape"):
        diagram.set_state({"selected": place})
    assert diagram.selected is x


@pytest.mark.parametrize("places", [[3], [-1], ["x"], "x", 5, True, [[0]], {"a": 1}], ids=repr)
def test_what_a_page_calls_free_and_is_no_leaf_is_refused_whole(places):
    diagram = show(Value(2.0, label="x") * 3)
    with pytest.raises(traitlets.TraitError, match="expected editable to be indices of leaves"):
        diagram.set_state({"overlay": "value", "editable": places})
    assert (diagram.overlay, diagram.editable) == ("gradient", True)


@pytest.mark.parametrize("thing", [Value(1.0), "nobody", 10**15, -1, 1.5, True, [1]], ids=str)
def test_what_is_not_shown_cannot_be_selected(thing):
    x = Value(2.0, label="x")
    diagram = show(x * 3)
    diagram.selected = x
    with pytest.raises(traitlets.TraitError, match="expected selected to be a value of this diag"):
        diagram.selected = thing
    assert diagram.selected is x


# -- the saved output -----------------------------------------------------------------------------


def saved(diagram):
    bundle = diagram._repr_mimebundle_()
    return bundle[0] if isinstance(bundle, tuple) else bundle


def test_the_saved_output_holds_a_picture_beside_the_widget():
    a, b = Value(2.0), Value(3.0)
    c = a * b
    data = saved(show(c))
    assert set(data) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    start = '<img src="data:image/svg+xml;base64,'
    assert data["text/html"].startswith(start)
    assert 'alt="Expression graph: c = 6.0000, 3 values"' in data["text/html"]
    picture = base64.b64decode(data["text/html"].removeprefix(start).split('"')[0])
    texts = {text.text for text in ElementTree.fromstring(picture).iter() if text.text}
    assert {"a", "b", "c", "grad=3.0000", "data=6.0000", "op=*"} <= texts


WITHOUT_GRAPHVIZ = """
import sys
sys.modules["pygraphviz"] = None  # as if it were not installed
from microgradwidgets import Value, show
a, b = Value(2.0), Value(-3.0, label="b < a")
c = a * b
bundle = show(c)._repr_mimebundle_()
print((bundle[0] if isinstance(bundle, tuple) else bundle)["text/html"])
"""


def test_without_any_graphviz_the_saved_output_is_a_table():
    page = ElementTree.fromstring(run(WITHOUT_GRAPHVIZ, PATH=""))
    assert page.tag == "table"
    assert "".join(page.find("caption").itertext()) == "c = -6.0000, 3 values"
    rows = [["".join(cell.itertext()) for cell in row] for row in page.iter("tr")]
    assert rows == [
        ["name", "operation", "value", "gradient"],
        ["c", "*", "-6.0000", "1.0000"],
        ["a", "leaf", "2.0000", "-3.0000"],
        ["b < a", "leaf", "-3.0000", "2.0000"],
    ]
    assert [cell.get("scope") for cell in page.iter("th")] == ["col"] * 4 + ["row"] * 3


def test_a_dot_program_that_fails_gives_way_to_the_table(tmp_path):
    broken = tmp_path / "dot"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    assert run(WITHOUT_GRAPHVIZ, PATH=str(tmp_path)).startswith("<table>")


def test_a_dot_program_serves_where_pygraphviz_is_missing(tmp_path):
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\necho '<svg>from the program</svg>'\n")
    program.chmod(0o755)
    page = run(WITHOUT_GRAPHVIZ, PATH=str(tmp_path))
    picture = page.removeprefix('<img src="data:image/svg+xml;base64,').split('"')[0]
    assert base64.b64decode(picture) == b"<svg>from the program</svg>\n"


# -- messages and life cycle ----------------------------------------------------------------------


def sent_by(diagram):
    messages = []
    diagram.send = lambda content, buffers=None: messages.append((content, buffers))
    return messages


def test_the_engine_is_sent_to_the_page_that_asks():
    diagram = show(Value(1.0))
    messages = sent_by(diagram)
    diagram._handle_custom_msg({"kind": "engine"}, [])
    key, packed = engine()
    assert messages == [({"kind": "engine", "key": key}, packed)]
    assert diagram._engine_key == key


@pytest.mark.parametrize(
    "content",
    [{"kind": "no such thing"}, {}, None, "engine", 5, [], {"kind": ["engine"]}],
    ids=repr,
)
def test_a053_a_message_of_unknown_kind_is_logged_and_ignored(content, caplog):
    diagram = show(Value(1.0))
    messages = sent_by(diagram)
    with caplog.at_level(logging.WARNING, "microgradwidgets"):
        diagram._handle_custom_msg(content, [b"x" * 1000])
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert caplog.messages[0].startswith("ignored a message of unknown kind: ")
    assert messages == []


def test_a044_closing_a_hundred_diagrams_leaves_none_alive():
    x = Value(1.0)
    diagrams = [show(x) for _ in range(100)]
    alive = [weakref.ref(diagram) for diagram in diagrams]
    for diagram in diagrams:
        diagram.close()
    del diagram, diagrams
    gc.collect()
    assert [ref for ref in alive if ref() is not None] == []
    assert not any(isinstance(thing, Diagram) for thing in registry._instances.values())


def test_closing_a_diagram_leaves_nothing_in_the_registry_of_widgets():
    before = set(registry._instances)
    diagram = show(Value(1.0) + 2.0)
    diagram.close()
    assert set(registry._instances) == before


def test_a_layout_that_was_given_outlives_the_diagram():
    layout = ipywidgets.Layout()
    Diagram(Value(1.0), layout=layout).close()
    assert layout.comm is not None
    layout.close()


def test_names_that_are_not_text_are_refused():
    x = Value(1.0)
    with pytest.raises(TypeError, match="expected names"):
        show(x, names={x.id: "x"})
