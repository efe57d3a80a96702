"""Of a dashboard that is closed nothing is left, however it was used."""

import gc
import weakref

from ipywidgets.widgets import widget as registry

from microgradwidgets import Dashboard

SMALL = {"hidden": [2], "n_samples": 10, "steps": 5}


def used():
    """Seen, trained and changed."""
    dashboard = Dashboard(**SMALL, selected_point=3)
    dashboard.seek(3)
    dashboard.observe(lambda _change: None, "step")
    assert dashboard.model.parameter_count() == 9
    dashboard.alpha = 0.5
    dashboard.hidden = [3]
    dashboard._repr_mimebundle_()
    return dashboard


def test_closing_a_hundred_dashboards_leaves_none_alive():
    before = set(registry._instances)
    dashboards = [used() for _ in range(100)]
    alive = [weakref.ref(dashboard) for dashboard in dashboards]
    for dashboard in dashboards:
        dashboard.close()
    del dashboard, dashboards
    gc.collect()
    assert [ref for ref in alive if ref() is not None] == []
    assert set(registry._instances) == before
