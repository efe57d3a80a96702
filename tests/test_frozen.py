"""``freeze()``: the picture alone, as it is now, for good."""

import base64
import re
from xml.etree import ElementTree

import pytest
from IPython.core.formatters import DisplayFormatter
from ipywidgets.widgets import widget as registry

from microgradwidgets import Dashboard, Value, misconceptions, show
from microgradwidgets.views import still
from tests.vectors import lecture_neuron

pytestmark = pytest.mark.usefixtures("_no_widget_left")


def leaves():
    a, b = Value(-4.0, label="a"), Value(2.0, label="b")
    return (a * b).with_label("c")


def shown(thing):
    """What a cell shows that ends with it."""
    data, metadata = DisplayFormatter().format(thing)
    assert metadata == {}
    return data


def test_a_cell_that_ends_with_it_shows_a_picture_and_text_and_no_widget():
    data = shown(show(leaves()).freeze())
    assert set(data) == {"text/html", "text/plain"}
    assert re.fullmatch(
        r'<img src="data:image/svg\+xml;base64,[A-Za-z0-9+/=]+" '
        r'alt="Expression graph: c = -8.0000, 3 values" style="max-width:100%">',
        data["text/html"],
    )
    assert data["text/plain"] == "Frozen(Diagram(c = -8.0000, 3 values))"


def test_nothing_of_a_widget_is_left_of_a_diagram_that_was_only_frozen():
    before = set(registry._instances)
    show(leaves()).freeze()
    assert set(registry._instances) == before


def test_it_stays_while_the_diagram_goes_on():
    diagram = show(leaves())
    name = diagram.model_id
    first = diagram.freeze()
    html = first.html
    diagram.edits = {"a": 3.0}
    assert "6.0000" in diagram.freeze().svg
    assert first.html == html
    assert "6.0000" not in first.svg
    assert diagram.model_id == name
    diagram.close()
    assert "-8.0000" in first.svg


def test_the_svg_is_the_picture_for_a_file():
    frozen = show(leaves()).freeze()
    page = ElementTree.fromstring(frozen.svg)
    words = [text.text for text in page.iter("{http://www.w3.org/2000/svg}text")]
    assert {"a", "b", "c", "data=-8.0000", "grad=-4.0000"} <= set(words)
    assert base64.b64encode(frozen.svg.encode()).decode() in frozen.html


def test_at_a_step_it_has_the_numbers_of_that_step():
    diagram = show(lecture_neuron())
    assert "?" not in diagram.freeze().svg
    diagram.step = 0
    svg = diagram.freeze().svg
    assert "data=?" in svg
    assert "0.7071" not in svg
    diagram.step = len(diagram.steps())
    assert diagram.freeze().svg == show(lecture_neuron()).freeze().svg


@pytest.mark.parametrize("has_graphviz", [True, False])
def test_what_is_to_be_guessed_is_not_in_it(monkeypatch, has_graphviz):
    if not has_graphviz:
        monkeypatch.setattr(still, "drawn", lambda dot, form: None)
    frozen = show(lecture_neuron(), predict=True).freeze()
    everything = frozen.html + frozen.words + (frozen.svg or "")
    assert "0.7071" not in everything
    assert "0.5000" not in everything, "a gradient that has not come"
    assert (frozen.svg is None) == (not has_graphviz)
    assert has_graphviz or frozen.html.startswith("<table>")


def test_a_dashboard_and_the_misconceptions_freeze_as_well():
    dashboard = Dashboard(hidden=[3], n_samples=10)
    dashboard.seek(2)
    _ = dashboard.model
    frozen = dashboard.freeze()
    assert "step 2, loss " in frozen.html
    assert frozen.svg.startswith("<svg ")
    assert repr(frozen) == "Frozen(Dashboard(moons, MLP(2, [3, 1], relu), step 2))"
    table = misconceptions().freeze()
    assert table.svg is None
    assert table.html.startswith("<table>")
