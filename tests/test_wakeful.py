"""A widget is on the pages while something shows it, and in no file after that."""

import asyncio
import gc
import weakref

import ipywidgets
import pytest
from ipywidgets.embed import embed_data
from ipywidgets.widgets import widget as registry

from microgradwidgets import MLP, Dashboard, Value, misconceptions, moons, page, show, steps

MAKE = {
    "diagram": lambda: show(Value(2.0, label="x") * 3.0),
    "dashboard": lambda: Dashboard(hidden=[2], n_samples=6),
    "misconceptions": misconceptions,
}

pytestmark = pytest.mark.usefixtures("_no_widget_left", "_others")


@pytest.fixture(params=MAKE.values(), ids=MAKE)
def widget(request):
    widget = request.param()
    yield widget
    widget.close()


def let_go(widget):
    """What a page says whose last view is gone."""
    widget._answer({"kind": "unseen", "shown": widget._showings}, [])


@pytest.fixture
def _others():
    """What other tests have left, which is not counted here."""
    OTHERS.clear()
    OTHERS.update(registry._instances)


OTHERS = set()


def on_pages():
    """What a page that opens now would be told of."""
    return {type(one).__name__ for key, one in registry._instances.items() if key not in OTHERS}


def test_until_it_is_shown_the_pages_know_nothing_of_it(widget):
    assert on_pages() == set()
    widget._repr_mimebundle_()
    assert on_pages() == {type(widget).__name__, "Layout"}


def test_neither_a_page_nor_a_picture_of_it_shows_it(widget):
    page(widget, engine=False)
    widget.freeze()
    assert on_pages() == set()


def test_unseen_it_leaves_the_pages_and_shown_again_it_has_its_name(widget):
    name = widget.model_id
    assert on_pages() == {type(widget).__name__, "Layout"}
    let_go(widget)
    assert on_pages() == set()
    data, _ = widget._repr_mimebundle_()
    view = data["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == name, "under which another output may know it"
    assert on_pages() == {type(widget).__name__, "Layout"}


@pytest.mark.parametrize("stale", [None, "1", -1, 10**400, [1]])
def test_a_page_that_does_not_know_that_it_was_shown_again_does_not_count(widget, stale):
    _ = widget.model_id
    shown = widget._showings
    widget._repr_mimebundle_()
    for told in (shown, stale):
        widget._answer({"kind": "unseen", "shown": told}, [])
    assert on_pages() == {type(widget).__name__, "Layout"}


def test_asleep_it_changes_as_ever_and_wakes_as_it_is():
    diagram = MAKE["diagram"]()
    _ = diagram.model_id
    let_go(diagram)
    heard = []
    diagram.observe(heard.append, "edits")
    diagram.edits = {"x": 7.0}
    assert diagram.value.data == 21.0
    assert len(heard) == 1
    assert diagram.comm is None, "nobody shows it"
    assert diagram.get_state()["edits"] == [[0, 7.0]]
    assert diagram.comm is not None
    diagram.close()


def test_a_box_around_it_wakes_it(widget):
    _ = widget.model_id
    let_go(widget)
    box = ipywidgets.VBox([widget])
    assert box.get_state()["children"] == [f"IPY_MODEL_{widget.model_id}"]
    assert on_pages() == {type(widget).__name__, "Layout", "VBox"}
    box.layout.close()
    box.close()


def test_a_page_of_ipywidgets_has_it_whole_once_it_was_shown(widget):
    widget._repr_mimebundle_()
    data = embed_data(views=[widget], drop_defaults=False)
    state = data["manager_state"]["state"][widget.model_id]["state"]
    assert state["_figure"] == widget._figure
    assert state["layout"] == f"IPY_MODEL_{widget.layout.model_id}"


def test_a_layout_of_the_learners_own_stays():
    layout = ipywidgets.Layout()
    dashboard = Dashboard(hidden=[2], n_samples=6, layout=layout)
    _ = dashboard.model_id
    let_go(dashboard)
    assert layout.comm is not None
    dashboard.close()
    layout.close()


@pytest.mark.parametrize("make", MAKE.values(), ids=MAKE)
def test_what_nobody_holds_and_nobody_shows_is_gone(make):
    widget = make()
    ghost, name = weakref.ref(widget), widget.model_id
    let_go(widget)
    del widget
    gc.collect()
    assert ghost() is None
    assert name not in registry._instances


def test_closed_it_does_not_wake():
    diagram = MAKE["diagram"]()
    _ = diagram.model_id
    diagram.close()
    with pytest.raises(AttributeError):
        _ = diagram.model_id
    assert on_pages() == set()


def test_a_loop_under_watch_goes_on_while_nobody_looks():
    dashboard = MAKE["dashboard"]()

    async def work():
        dashboard.watch(steps(MLP(2, [2, 1]), moons(6), steps=100_000))
        await asyncio.sleep(0)
        _ = dashboard.model_id
        let_go(dashboard)
        assert dashboard.watching == "running"
        dashboard.close()

    asyncio.run(work())
