"""Spoiled states: refused in words by both languages, or read and taken alike."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from random import Random

from microgradwidgets.views.state import FIELDS, Restorable, read_state, state_text
from tests import link_vectors, state_vectors
from tests.nightly.campaign import Campaign, Outcome
from tests.nightly.limits import Limits
from tests.nightly.node import node
from tests.nightly.refusals import or_refused

SECONDS, MEGABYTES = 5.0, 60.0
LONGEST = 1200
"""Of the words of a refusal, which may list all names there are and repeat the text twice."""
NUMBERS = (
    *(
        "0",
        "-0",
        "1",
        "2",
        "7",
        "-1",
        "0.5",
        "00007",
        "1e400",
        "-1e400",
        "1e-400",
        "5e-324",
        "0.1e1",
    ),
    *(
        "9" * 9,
        "9" * 16,
        "9" * 17,
        "9" * 400,
        "9007199254740991",
        "9007199254740993",
        "1e5",
        "1e16",
    ),
    *("123456789.123456789", "2e-7", "1e21", "1" + "0" * 21, "0." + "0" * 400 + "1", "-0.0", "3.0"),
)
PIECES = (
    *(
        ";",
        "=",
        ",",
        ":",
        "-",
        ".",
        "e",
        "_",
        "+",
        "&",
        "#",
        "/",
        "?",
        "%3B",
        "%25",
        "%00",
        "%u0031",
    ),
    *("NaN", "nan", "inf", "-inf", "Infinity", "none", "null", "yes", "true", "0x1"),
    *("1_0", "\u0663", "\uff11", "\U0001d7d9", "\u2212", "\u00b2", "\u0130", "\u017f", "\u212a"),
    *(" ", "\n", "\t", "\r", "\x00", "\x0b", "\x1c", "\x1f", "\x85", "\xa0", "\u2028", "\ufeff"),
    *("\u200b", "\u202e", "\ud800", "\ud83d\ude00", "</script>", "javascript:alert(1)", "${1}"),
    *("__proto__=1", "constructor=1", "toString=", "mgw1", "mgw1;", "MGW1", "mgw2"),
)


@cache
def sound_texts() -> tuple[str, ...]:
    """States of every kind of widget."""
    outcomes = json.loads(link_vectors.PATH.read_text("ascii"))
    of_widgets = (*outcomes["diagram"]["outcomes"], *outcomes["dashboard"]["outcomes"])
    return (
        *(state_text(traits) for traits in state_vectors.STATES),
        *state_vectors.READABLE,
        *(one["text"] for one in of_widgets if "refused" not in one),
    )


@cache
def unsound_texts() -> tuple[str, ...]:
    """Those that are refused for one slip, or by some widgets."""
    return (
        *state_vectors.DAMAGED,
        *link_vectors.OF_DIAGRAM,
        *link_vectors.OF_DASHBOARD,
        *(f"mgw1;{field.key}={text}" for field in FIELDS for text in ("0", "1", "x", "none", "")),
    )


def spoiled(draw: Random) -> str:
    """A text that was a state, or two of them."""
    sound, unsound = sound_texts(), unsound_texts()
    text = draw.choice(unsound if draw.randrange(6) == 0 else sound)
    for _ in range(draw.choice((0, 0, 0, 1, 2))):
        text += ";" + draw.choice(draw.choice((sound, sound, unsound))).partition(";")[2]
    if draw.randrange(3) == 0:  # a number that is another
        numbers = [*re.finditer(r"-?[0-9.]+(?:e-?[0-9]+)?", text)]
        start, end = draw.choice(numbers).span() if numbers else (0, 0)
        text = text[:start] + draw.choice(NUMBERS) + text[end:]
    for _ in range(draw.choice((0, 0, 1, 1, 2))):
        at = draw.randrange(len(text) + 1)
        end = at + draw.choice((0, 0, 1, 2, 5))
        own = text[draw.randrange(len(text) + 1) :][: draw.randrange(9)]
        piece = draw.choice(
            (draw.choice(PIECES), draw.choice(PIECES), own, "", chr(draw.randrange(0x250)))
        )
        text = text[:at] + piece + text[end:]
    if draw.randrange(200) == 0:
        text += draw.choice(("9", ";", "0:1,", ";step=1", "\ud800")) * 20_000
    if draw.randrange(10) == 0:
        text = draw.choice((" ", "\n", "\xa0", "\ufeff", "\x1c", "\u2003", "\x85")) + text
    return text


def run(seed: int, cases: int) -> Outcome:
    draw, counts, failures, worst = Random(seed), Counter[str](), [], Counter[str]()
    limits = Limits(SECONDS, MEGABYTES)
    judge = node("judges/spoiled.ts")
    widgets: dict[str, Restorable] = {
        "diagram": link_vectors.diagram(),
        "dashboard": link_vectors.dashboard(),
    }
    made = {name: widget.state for name, widget in widgets.items()}
    pages = {name: link_vectors.stored(widget) for name, widget in widgets.items()}
    judge.ask(about="restoring", pages=json.dumps(pages))
    for number in range(cases):
        text = spoiled(draw)
        try:
            with limits.of_a_case():
                written = read(text)
            theirs, ms, memory = judge.ask(about="state", text=text)
            worst["slowest state in JavaScript, ms"] = max(
                worst["slowest state in JavaScript, ms"], ms
            )
            worst["memory of JavaScript, MB"] = max(worst["memory of JavaScript, MB"], memory)
            if written is None:
                assert "refused" in theirs, f"only Python refuses it; JavaScript: {theirs}"
            else:
                assert "refused" not in theirs, f"only JavaScript refuses it: {theirs['refused']}"
                assert theirs == {"written": written, "isSame": True}, f"{written} and {theirs}"
            counts["read" if written is not None else "refused"] += 1
            name = draw.choice((*widgets,))
            with limits.of_a_case():
                widgets[name].state = made[name]
                now = taken(widgets[name], text)
            answer = judge.ask(about="restoring", figure=name, text=text).answer
            counts["taken" if now is not None else "not taken"] += 1
            if now is None:
                assert "refused" in answer, f"{name}: only Python refuses it; JavaScript: {answer}"
            elif "refused" not in answer and not answer["kept"]:
                counts["taken by a page"] += 1
                assert answer["written"] == now, f"{name}: {now} and {answer}"
        except Exception as error:
            failures.append(f"case {number}, {text[:500]!r}: {error!r}"[:4000])
    for widget in widgets.values():
        widget.close()
    worst["slowest state in Python, ms"] = limits.slowest_ms
    worst["memory that one state took in Python, MB"] = limits.grown
    return Outcome(cases, failures, counts, worst)


def read(text: str) -> str | None:
    """What a text says, written anew; nothing where it is refused in words."""
    traits = or_refused(lambda: read_state(text), "expected ", LONGEST)
    if traits is None:
        return None
    written = state_text(traits)
    assert state_text(read_state(written)) == written, "it reads back as another"
    return written


def taken(widget: Restorable, text: str) -> str | None:
    """The state of a widget after a text was set; nothing where it was refused, and unmoved."""

    def restored() -> str:
        widget.restore(text)
        return widget.state

    before = whole(widget)
    now = or_refused(restored, "expected ", LONGEST)
    if now is None:
        assert whole(widget) == before, "refused, and yet changed"
        return None
    widget.state = now
    assert widget.state == now, "its own state is another afterwards"
    return now


def whole(widget: Restorable) -> str:
    return json.dumps(widget.get_state(), default=str)


SPOILED_STATES = Campaign(
    name="spoiled states",
    promise="A spoiled state is refused in words, or read and taken alike in both languages.",
    goal=100_000,
    per_change=800,
    run=run,
    chunk=2_000,
)
