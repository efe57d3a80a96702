"""What a real page tells of its training is what Python works out by itself, bit for bit."""

import pytest

from microgradwidgets import Dashboard, Step, train
from microgradwidgets.views.packed import unpack
from microgradwidgets.views.result import MARK
from microgradwidgets.views.settings import RunSettings
from tests.browser.pages import until
from tests.told import numbers_of


class Watched:
    """A dashboard in a page, which tells Python as it would over a wire."""

    def __init__(self, plain, **settings):
        self.plain, self.dashboard = plain, Dashboard(**settings)
        plain.mount(self.dashboard)

    def train(self, step):
        self.plain.set("step", step)
        self.until("step", step)

    def until(self, name, value):
        until(self.plain.page, lambda: self.said(name) == value, f"{name} to be {value}")

    def said(self, name):
        packed = self.plain.page.evaluate(
            """() => {
              const { buffer, byteOffset, byteLength } = window.model.get("result");
              return byteLength === 0 ? null : [...new Uint8Array(buffer, byteOffset, byteLength)];
            }"""
        )
        return unpack(MARK, bytes(packed))[0][name] if packed else None

    def tell(self):
        names = ("step", *RunSettings._fields)
        self.dashboard.set_state({name: self.plain.get(name) for name in names})
        self.dashboard.set_state({"result": self.plain.get_bytes("result")})
        assert self.dashboard.complaint == ""
        return self.dashboard


def test_a_hundred_steps_of_the_demo_agree_to_the_last_bit(plain):
    shown = Watched(plain)
    shown.train(100)
    dashboard = shown.tell()
    again = train(**dashboard.options)
    assert again.options["steps"] == 100
    assert again.history == dashboard.history
    assert numbers_of(again.final_model) == numbers_of(dashboard.model)
    assert dashboard.run.final_loss == again.final_loss


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_settings_changed_on_the_way_agree_to_the_last_bit(plain, optimizer):
    shown = Watched(plain, hidden=[4], n_samples=20, train_share=0.8, batch_size=7)
    shown.train(6)
    plain.set("schedule", "constant")
    plain.set("learning_rate", 0.05)
    plain.set("optimizer", optimizer)
    shown.train(11)
    plain.set("alpha", 0.01)
    shown.train(15)
    shown.train(13)
    dashboard = shown.tell()
    assert [segment.first for segment in dashboard._course_now().segments] == [0, 6, 11]
    options = dashboard.options
    again = train(**options)
    assert isinstance(options["model"], Step)
    assert (options["model"].step, len(again.history)) == (10, 4)
    assert [row["loss"] for row in again.history] == [row["loss"] for row in dashboard.history[11:]]
    alone = Dashboard(hidden=[4], n_samples=20, train_share=0.8, batch_size=7)
    alone.seek(6)
    alone.learning_rate = 0.05
    alone.optimizer = optimizer
    alone.seek(11)
    alone.alpha = 0.01
    alone.seek(15)
    assert alone.history == dashboard.history
    assert numbers_of(alone.run.final_model) == numbers_of(dashboard.run.final_model)
    alone.seek(13)
    assert numbers_of(alone.model) == numbers_of(dashboard.model)


def test_with_tanh_they_agree_to_what_is_stated(plain):
    shown = Watched(plain, activation="tanh")
    shown.train(100)
    dashboard = shown.tell()
    again = train(**dashboard.options)
    losses = [(a["loss"], b["loss"]) for a, b in zip(again.history, dashboard.history, strict=True)]
    assert max(abs(a - b) for a, b in losses) < 1e-9


def test_a_run_that_diverges_in_the_page_is_found_in_python(plain):
    shown = Watched(plain, hidden=[4], n_samples=20, learning_rate=1e60)
    plain.set("step", 50)
    shown.until("status", "diverged")
    dashboard = shown.tell()
    again = train(**dashboard.options)
    assert dashboard.run.status == again.status == "diverged"
    assert dashboard.run.diverged_at.where == again.diverged_at.where
    assert len(dashboard.history) == len(again.history)
    assert dashboard.history[:-1] == again.history[:-1]
