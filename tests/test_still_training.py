"""The picture of a training where nothing is live."""

import base64
import math
from xml.etree import ElementTree

import pytest

from microgradwidgets import MLP, Dashboard, Step, backward, moons, steps
from microgradwidgets.views import course
from microgradwidgets.views.still_training import Known, still_training
from microgradwidgets.views.trained import MOST_WORK
from tests.told import SMALL

pytestmark = pytest.mark.usefixtures("_no_widget_left")


def test_the_still_picture_is_of_the_step_on_screen_where_that_is_not_far(monkeypatch):
    dashboard = Dashboard(**SMALL)
    page = ElementTree.fromstring(dashboard.still_html())
    assert page.findtext("figcaption").startswith("step 0, loss ")
    assert "no steps taken yet" in picture_of(page)
    dashboard.seek(6)
    page = ElementTree.fromstring(dashboard.still_html())
    assert page.findtext("figcaption").endswith(", 13 parameters")
    assert page.findtext("figcaption").startswith("step 6, loss ")
    assert page.find("img").get("alt").endswith(page.findtext("figcaption"))
    assert ">step 5</text>" in picture_of(page)
    monkeypatch.setattr(course, "steps", None)  # which would be called
    far = MOST_WORK // (13 * len(dashboard.data))
    dashboard.seek(6 + far + 1)
    assert "step 6, loss " in dashboard.still_html()
    dashboard.seek(6 + far)
    with pytest.raises(TypeError):
        dashboard.still_html()


def picture_of(page):
    address = page.find("img").get("src")
    return base64.b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode("ascii")


@pytest.mark.parametrize(
    "options",
    [
        {"n_samples": 2000, "noise": 2.0},
        {"data": [(0, 0, 1), (0, 0, -1)]},
        {"data": [(1e16, 0, 1), (1e16, 1, -1)]},
        {"data": [(-1e308, 0, 1), (1e308, 1, -1)]},
        {"data": [(-1e200, 0, 1), (1e200, 1, -1)]},
        {"data": [(0, 0, 1), (1e-320, 1e-320, -1)]},
        {"model": MLP(2, [1], weights=[1e308, 1e308]), "n_samples": 6},
        {"hidden": [], "n_samples": 2},
    ],
    ids=lambda options: str(options)[:40],
)
def test_whatever_the_points_the_picture_is_small_and_whole(options):
    html = Dashboard(**options).still_html()
    assert len(html) < 60_000
    picture = picture_of(ElementTree.fromstring(html))
    assert "nan" not in picture
    assert "inf" not in picture
    ElementTree.fromstring(picture)


def test_a063_a_saved_notebook_shows_the_still_picture_without_a_kernel():
    dashboard = Dashboard(**SMALL)
    assert dashboard._repr_mimebundle_()[0]["text/html"] == dashboard.still_html()


def test_a_run_of_very_many_steps_has_a_short_curve():
    rows = [{"step": at, "loss": math.nan if at % 7 == 0 else 1 / (at + 1)} for at in range(5_000)]
    data = moons(4)
    html = still_training(Known(data, MLP(2, [1]), 9_999, rows))
    assert len(html) < 12_000
    assert "M" in picture_of(ElementTree.fromstring(html))


def test_a_loop_under_watch_is_pictured_where_that_can_be():
    dashboard = Dashboard(**SMALL)
    model = MLP(2, [4, 1])
    dashboard.watch(steps(model, moons(10), steps=9))
    assert "step 8, loss " in dashboard.still_html()
    assert ", 17 parameters" in dashboard.still_html()
    loss = model([1.0, 2.0]) ** 2
    dashboard.watch([Step.of(5, model, loss, backward(loss), model)])
    assert "step 5, loss " in dashboard.still_html()
    assert "accuracy" not in dashboard.still_html()
    line = MLP(1, [1])
    loss = line([1.0]) ** 2
    dashboard.watch([Step.of(0, line, loss, backward(loss), line)])
    assert ElementTree.fromstring(dashboard.still_html()).find("img") is not None
