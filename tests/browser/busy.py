"""How long a page was at one thing, by its thread's own clock: a busy machine adds nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page

CATEGORIES = ["toplevel", "disabled-by-default-devtools.timeline", "__metadata"]
TASKS = ("RunTask", "ThreadControllerImpl::RunTask")


@dataclass
class Busy:
    """Filled when the watch ends."""

    longest: float = 0.0
    """Milliseconds; the longest for which the page could do nothing else."""


@contextmanager
def watched(page: Page) -> Iterator[Busy]:
    """Watch a page of Chromium."""
    browser = page.context.browser
    assert browser is not None
    busy = Busy()
    browser.start_tracing(page=page, categories=CATEGORIES)
    try:
        yield busy
    finally:
        events = json.loads(browser.stop_tracing())["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        event.get("tdur", 0) / 1000
        for event in events
        if event["name"] in TASKS and (event["pid"], event["tid"]) in mains
    ]
    assert tasks, "expected tasks in the trace, got: none"
    busy.longest = max(tasks)
