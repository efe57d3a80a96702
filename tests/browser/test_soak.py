"""A loop of a hundred thousand steps under a live page: neither side grows with them."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import expect

from tests.browser.pages import until

SETTING = """
import gc, os

from microgradwidgets import MLP, Dashboard, moons, steps

def resident():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

dashboard = Dashboard(hidden=[2], n_samples=4)
own = steps(MLP(2, [2, 1]), moons(2), steps=None)
dashboard.watch(own, most_steps=200_000, most_seconds=6000.0)
dashboard
"""

KERNEL_MB, PAGE_MB = 20, 10


@pytest.mark.measured
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_hundred_thousand_steps_take_no_more_memory(lab, measured, night):
    warm, steps = (5_000, 100_000) if night else (500, 2_000)
    output = lab.run(SETTING).output
    session = lab.visit.context.new_cdp_session(lab.page)

    def sizes(step):
        """Of the kernel and of the page, in MB, once so many steps have been seen on the page."""
        seen = output.locator(".mgw-transport-field")
        until(lab.page, lambda: int(seen.input_value() or 0) >= step, f"step {step:,}", 3000)
        kernel = float(lab.run("print(resident())").text)
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        usage = session.send("Runtime.getHeapUsage")
        return kernel, (usage["usedSize"] + usage["backingStorageSize"]) / 2**20

    expect(output.locator(".mgw-glance")).to_be_visible()
    kernel, page = sizes(warm)
    kernel_after, page_after = sizes(warm + steps)
    lab.run("dashboard.close()")
    session.detach()
    what = f"{steps:,} steps of a loop under watch"
    measured(f"{what}: the kernel grows by, MB", round(kernel_after - kernel, 1), "20")
    measured(f"{what}: the page grows by, MB", round(page_after - page, 1), "10")
    assert kernel_after - kernel < KERNEL_MB
    assert page_after - page < PAGE_MB
