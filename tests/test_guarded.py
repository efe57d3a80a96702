"""Pages that send what they may not."""

import logging
import math
import tracemalloc

import pytest

from microgradwidgets import Dashboard, moons
from microgradwidgets.views.points import made, own, pack_points
from microgradwidgets.views.settings import CONTROLS
from tests.hostile import ROWS
from tests.told import SMALL

pytestmark = pytest.mark.usefixtures("_no_widget_left")


# -- hostile pages --------------------------------------------------------------------------------

REFUSED = [
    *((name, "abc") for name in ("learning_rate", "alpha", "n_samples", "hidden", "step")),
    *((name, 10**400) for name in ("learning_rate", "alpha", "noise")),
    *(("learning_rate", x) for x in (math.nan, "nan", None, math.inf, [0.1], {"a": 1}, True)),
    *(("hidden", x) for x in ([10**6], [[1]], [1] * 1000, None, {})),
    *(("step", x) for x in (-1, 10**400, 1.5, None)),
    *(("result", x) for x in (b"x", b"MGWR", "text", None, 5)),
    *(("points", x) for x in (b"x", bytes(10**6), "text", None)),
    *(("selected_point", x) for x in (10, -1, "0")),
    *(("complaint", x) for x in ("<b>", 5)),
    ("rates", b"x"),
    ("variants", [1]),
    ("controls", []),
    ("locked", ["alpha"]),
    ("watched", b"x"),
    ("batch_size", 0),
    ("model_seed", None),
    ("schedule", "own"),
    ("no_such_trait", 1),
    ("close", 1),
]


@pytest.mark.parametrize("name, value", REFUSED, ids=lambda thing: repr(thing)[:30])
def test_what_a_page_may_not_set_stays_and_the_rest_is_taken(name, value, sent, caplog):
    dashboard = Dashboard(**SMALL)
    before = getattr(dashboard, name, None)
    with caplog.at_level(logging.WARNING):
        dashboard.set_state({"batch_seed": 3, name: value, "train_share": 0.5, "steps": 7})
    assert (dashboard.batch_seed, dashboard.train_share, dashboard.steps) == (3, 0.5, 7)
    assert dashboard.complaint.startswith(("expected ", "malformed "))
    assert len(dashboard.complaint) <= 500
    assert "refused what a page sent" in caplog.text
    assert ([name] in sent) == dashboard.has_trait(name)
    if name != "complaint":
        assert getattr(dashboard, name, None) == before


def test_a051_a_rate_that_is_no_number_is_not_taken_and_that_is_shown():
    assert "learning_rate':'abc'" in ROWS["A051"]["python"]
    dashboard = Dashboard(**SMALL, learning_rate=0.5)
    dashboard.set_state({"learning_rate": "abc"})
    assert dashboard.learning_rate == 0.5
    assert dashboard.complaint == (
        "expected learning_rate to be a finite number of at least 0, got: str 'abc'"
    )
    dashboard.set_state({"learning_rate": 0.25})
    assert (dashboard.learning_rate, dashboard.complaint) == (0.25, "")


def test_a052_nan_is_refused_however_it_arrives():
    assert "learning_rate':NaN" in ROWS["A052"]["python"]
    dashboard = Dashboard(**SMALL, learning_rate=0.5)
    for nan in (math.nan, "nan", "NaN", None):
        dashboard.set_state({"learning_rate": nan})
        assert dashboard.learning_rate == 0.5
        assert "expected learning_rate to be a finite number" in dashboard.complaint


def test_a053_messages_of_unknown_kinds_are_ignored_and_logged(sent, caplog):
    dashboard = Dashboard(**SMALL)
    sent.clear()
    unknown = [{"kind": "explode"}, {"kind": ["beat"]}, {}, [1], "beat", None, {"kind": "beat"}]
    with caplog.at_level(logging.WARNING):
        for content in (*unknown, {"kind": "beat", "n": "1"}, {"kind": "beat", "n": 10**40}):
            dashboard._handle_custom_msg(content, [])
    assert sent == []
    assert caplog.text.count("ignored a message of unknown kind") == len(unknown) + 2


def test_a054_a_message_of_ten_megabytes_is_refused_by_its_size(sent, caplog):
    dashboard = Dashboard(**SMALL)
    sent.clear()
    large = 10 * 2**20
    with caplog.at_level(logging.WARNING):
        dashboard._handle_custom_msg({"kind": "beat", "n": 1, "more": "x" * large}, [])
        dashboard._handle_custom_msg({"kind": "beat", "n": 1, "more": [[0] * 9] * (large // 9)}, [])
        dashboard._handle_custom_msg({"kind": "beat", "n": 1}, [memoryview(bytes(large))])
    assert sent == []
    assert caplog.text.count("refused a message of more than 100,000 bytes") == 3


def test_a056_ten_thousand_messages_are_answered_one_by_one_and_leave_nothing(sent):
    dashboard = Dashboard(**SMALL)
    sent.clear()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for n in range(10_000):
        dashboard._handle_custom_msg({"kind": "beat", "n": n}, [])
        assert sent.pop() == {"kind": "beat", "n": n}
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 1_000_000


def test_a055_of_ten_thousand_slider_events_the_last_is_in_force(sent):
    dashboard = Dashboard(**SMALL)
    sent.clear()
    for n in range(10_000):
        dashboard.set_state({"alpha": n / 10_000})
    assert dashboard.alpha == 0.9999
    assert "alpha" not in sent  # nothing comes back that was not changed here
    assert len(dashboard._segments) == 1


def test_settings_that_do_not_go_together_are_all_refused(sent):
    dashboard = Dashboard(**SMALL, selected_point=None)
    dashboard.set_state({"selected_point": 9, "n_samples": 20, "alpha": 0.5})
    assert (dashboard.selected_point, dashboard.n_samples, dashboard.alpha) == (9, 20, 0.5)


# -- locked and hidden controls -------------------------------------------------------------------


@pytest.mark.parametrize("teacher", [{"locked": [*CONTROLS]}, {"controls": []}], ids=str)
def test_what_a_teacher_has_locked_or_hidden_a_page_cannot_move(teacher, sent):
    dashboard = Dashboard(**SMALL, **teacher)
    moves = {
        "dataset": "spiral", "n_samples": 12, "noise": 0.5, "data_seed": 1, "model_seed": 1,
        "batch_seed": 1, "train_share": 0.5, "hidden": [2], "activation": "tanh",
        "learning_rate": 0.5, "schedule": "constant", "alpha": 0.5, "batch_size": 5,
        "optimizer": "adam", "steps": 7, "target_loss": 0.1, "speed": "max", "_resets": 1,
        "points": pack_points(own(moons(12))),
    }  # fmt: skip
    before = {name: getattr(dashboard, name) for name in moves}
    assert {*CONTROLS} == {*moves, "reset"} - {"schedule", "_resets"}
    for name, value in moves.items():
        dashboard.set_state({name: value})
        assert dashboard.complaint.endswith(" to stay as it is, since it is locked")
    dashboard.set_state(moves)
    assert {name: getattr(dashboard, name) for name in moves} == before
    dashboard.set_state({"playing": True, "step": 4})
    assert (dashboard.playing, dashboard.step) == (True, 4)
    dashboard.alpha = 0.75  # the teacher's own code may
    assert dashboard.alpha == 0.75


def test_what_is_locked_may_be_repeated_by_a_page():
    dashboard = Dashboard(**SMALL, locked=["alpha", "hidden", "points"])
    dashboard.set_state({"alpha": 1e-4, "hidden": [3], "points": dashboard.points, "steps": 8})
    assert (dashboard.complaint, dashboard.steps) == ("", 8)


def test_points_are_locked_apart_from_the_settings_of_a_data_set():
    mine = pack_points(own(moons(12)))
    noisy = pack_points(made("moons", 10, 0.5, 1337))
    dashboard = Dashboard(**SMALL, locked=["points"])
    dashboard.set_state({"dataset": "own", "points": mine})
    assert dashboard.dataset == "moons"
    dashboard.set_state({"noise": 0.5, "points": noisy})
    assert (dashboard.noise, dashboard.points) == (0.5, noisy)
    other = Dashboard(**SMALL, locked=["dataset", "noise"])
    other.set_state({"noise": 0.5, "points": noisy})
    assert other.noise == 0.1
    assert other.points != noisy
    other.set_state({"dataset": "own", "points": mine})
    assert other.points == mine


def test_a_network_recorded_beforehand_is_not_taken_from_a_page(sent):
    dashboard = Dashboard(**SMALL, variants=[{"hidden": [2]}])
    variant = dashboard.variants[1]
    dashboard.set_state({**variant["settings"], "network": variant["network"]})
    assert (dashboard.hidden, dashboard.network) == ([2], variant["network"])
    assert dashboard.complaint == ""
    dashboard.set_state({"network": b"MGWNanything"})
    assert dashboard.network == variant["network"]
    assert sent[-1] == "network"
