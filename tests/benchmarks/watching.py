"""A kernel that watches a training: how long a slider waits for it, and how soon it stops."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Any

from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from .timing import RUNS, Line

PINGS = 200

SETTING = """
from microgradwidgets import MLP, Dashboard, moons, steps
dashboard = Dashboard()
def begin():
    dashboard.watch(steps(MLP(2, [16, 16, 1]), moons(100), steps=None, learning_rate=0.1))
"""


@contextmanager
def kernel() -> Iterator[BlockingKernelClient]:
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        client.execute_interactive(SETTING)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def evaluated(client: BlockingKernelClient, expression: str) -> str:
    wanted = {"wanted": expression}
    reply = client.execute_interactive("", user_expressions=wanted, store_history=False)
    text: str = reply["content"]["user_expressions"]["wanted"]["data"]["text/plain"]
    return text


def set_trait(client: BlockingKernelClient, widget: str, **state: Any) -> str:
    """What a page sends when a slider moves; the message's id."""
    data = {"method": "update", "state": state, "buffer_paths": []}
    message = client.session.msg("comm_msg", {"comm_id": widget, "data": data})
    client.shell_channel.send(message)
    return str(message["header"]["msg_id"])


def until_done(client: BlockingKernelClient, message: str) -> None:
    """Wait until the kernel has dealt with a message."""
    while True:
        answer = client.get_iopub_msg(timeout=30)
        is_its = answer["parent_header"].get("msg_id") == message
        if is_its and answer["content"].get("execution_state") == "idle":
            return


def until_told(client: BlockingKernelClient, status: str) -> None:
    """Wait for the frame that says so."""
    while True:
        state = client.get_iopub_msg(timeout=30)["content"].get("data", {}).get("state", {})
        if state.get("watching") == status:
            return


def waits(client: BlockingKernelClient, widget: str) -> list[float]:
    """Milliseconds from a slider's message to its effect, at moments nobody could foresee."""
    source, found = random.Random(3), []
    for n in range(PINGS):
        sleep(source.uniform(0.005, 0.04))
        start = perf_counter()
        until_done(client, set_trait(client, widget, alpha=1e-4 * (n + 1)))
        found.append(1e3 * (perf_counter() - start))
    return found


def responsiveness() -> Iterator[Line]:
    with kernel() as client:
        widget = evaluated(client, "dashboard.model_id").strip("'")
        idle = median(waits(client, widget))
        client.execute_interactive("begin()")
        started = perf_counter()
        busy = waits(client, widget)
        taken = int(evaluated(client, "len(dashboard.history)")) / (perf_counter() - started)
        middle, late = median(busy), quantiles(busy, n=20)[-1]
        yield Line(
            f"slider to effect while a training is watched ({taken:.0f} steps a second): "
            f"95 % within {late:.0f} ms, idle {idle:.1f} ms",
            f"{middle:.1f} ms",
            "under 25 ms",
            middle < 25,
        )
        stops = []
        for _ in range(RUNS):
            client.execute_interactive("begin()")
            sleep(0.3)
            start = perf_counter()
            set_trait(client, widget, watching="stopped")
            until_told(client, "stopped")
            stops.append(1e3 * (perf_counter() - start))
        yield Line(
            "… from stop to the last frame, the slowest of nine",
            f"{max(stops):.1f} ms",
            "under 50 ms",
            max(stops) < 50,
        )
