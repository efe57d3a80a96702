"""Messages that no page of ours sends: refused in words, and nothing is changed by halves."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import traitlets

from microgradwidgets import Lesson, Scene, Value
from microgradwidgets.views.live import Live
from tests import link_vectors
from tests.nightly.campaign import Campaign, Outcome
from tests.nightly.limits import Limits
from tests.nightly.odd_labels import odd_label

SECONDS, MEGABYTES = 5.0, 60.0
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 7, 10**9, 10**400, 0.5, -0.0, 1e308, float("nan")),
    *(float("inf"), "", "x", "0", "nan", "gradient", "<b>", "\ud800", b"", b"MGWT", b"\x00" * 40),
    *([], [0], [[0, 1.5]], [[0, "nan"]], [[1, 2, 3]], [[]], [None], [["x", 1]], {}, {"a": 1}),
    *({"kind": "beat"}, [[[[[]]]]], [0] * 1000, "x" * 10_000, [-1], [1e400], [[10**30, 1.0]]),
)
KINDS = ("beat", "engine", "unseen", "points", "close", "", None, 1, [], {}, "__class__", "custom")


def widgets() -> dict[str, Live]:
    x = Value(2.0, label="x")
    scenes = [Scene("A {x}.", show=(x * 3.0).with_label("y")), Scene("B.", step=1)]
    return {
        "diagram": link_vectors.diagram(),
        "dashboard": link_vectors.dashboard(),
        "lesson": Lesson(scenes),
    }


def spoiled(draw: Random, widget: Live) -> dict[str, Any]:
    """Some traits of a widget, or names that are none, and odd things to set them to."""
    names = [*widget.keys, "no_such_trait", "close", "_esm", "__class__", "comm", "keys"]
    state = {}
    for _ in range(draw.choice((1, 1, 2, 4))):
        name = draw.choice(names)
        own = widget.get_state(name).get(name) if name in widget.keys else None
        state[name] = draw.choice((draw.choice(ODD), draw.choice(ODD), odd_label(draw), own))
    return state


def run(seed: int, cases: int) -> Outcome:
    draw, counts, failures = Random(seed), Counter[str](), []
    limits, shown = Limits(SECONDS, MEGABYTES), widgets()
    with complaints() as log:
        for number in range(cases):
            name = draw.choice((*shown,))
            widget, message = shown[name], None
            try:
                with limits.of_a_case():
                    if draw.randrange(4):
                        message = spoiled(draw, widget)
                        counts[arrived(widget, message)] += 1
                    else:
                        message = {"kind": draw.choice(KINDS), draw.choice("nxs"): draw.choice(ODD)}
                        content = draw.choice((message, message, draw.choice(ODD)))
                        widget._handle_custom_msg(content, [draw.randbytes(9)][: draw.randrange(2)])
                        counts["custom"] += 1
                assert all("expected" in words or "message" in words for words in log), log
            except Exception as error:
                failures.append(f"case {number}, {name}, {message!r:.800}: {error!r}"[:2000])
            if log:
                counts["said in the log"] += 1
                log.clear()
            if number % 50 == 49:
                for one in shown.values():
                    one.close()
                shown = widgets()
    for widget in shown.values():
        widget.close()
    worst = {"slowest message, ms": limits.slowest_ms, "memory for one message, MB": limits.grown}
    return Outcome(cases, failures, counts, worst)


def arrived(widget: Live, message: dict[str, Any]) -> str:
    """Whether a widget takes a message; if not, it says why and is what it was."""
    before = whole(widget)
    refusal: Exception | None = None
    try:
        widget.set_state(message)
    except (traitlets.TraitError, ValueError) as error:
        refusal = error
    if refusal is None:
        whole(widget)
        return "taken, or refused in the log"
    assert "expected" in str(refusal) or isinstance(refusal, traitlets.TraitError), repr(refusal)
    assert whole(widget) == before, f"refused, and yet changed: {refusal!r}"
    return "refused"


def whole(widget: Live) -> dict[str, Any]:
    """All that a page would be told; it can be told."""
    state: dict[str, Any] = widget.get_state()
    json.dumps(state, default=bytes.hex)
    return state


@contextmanager
def complaints() -> Iterator[list[str]]:
    """What is written to the log; nothing of it is shown."""
    found: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    log, handler = logging.getLogger("microgradwidgets"), Keep()
    log.addHandler(handler)
    propagates, log.propagate = log.propagate, False
    try:
        yield found
    finally:
        log.removeHandler(handler)
        log.propagate = propagates


SPOILED_MESSAGES = Campaign(
    name="spoiled messages",
    promise="A message that no page of ours sends is refused in words, or changes all it says.",
    goal=100_000,
    per_change=600,
    run=run,
    chunk=1_000,
)
