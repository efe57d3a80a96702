"""The tests marked ``measured``, each by itself, with their full numbers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from time import monotonic

from tests.benchmarks.report import Report
from tests.processes import ROOT

# Where such a test writes what it measured; that it is set tells the test that this is a night.
KEPT_IN = "MICROGRADWIDGETS_NIGHT"


def measured_tests(where: str = "tests") -> list[str]:
    """Their names, as pytest has them."""
    _, printed = pytest("--collect-only", "-q", "-m", "measured", where)
    return [line for line in printed.splitlines() if "::" in line]


def pytest(*arguments: str, timeout: float | None = None) -> tuple[int, str]:
    """Run pytest; its exit code, and what it printed. In time, or nothing of it stays."""
    command = [sys.executable, "-m", "pytest", *arguments]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate(timeout=timeout)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return process.returncode, printed


def run_measured(report: Report, end: float) -> list[str]:
    """Run as many as end in time, and keep what they measured; a text for each that failed."""
    known = report.data.setdefault("tests", {})
    names = measured_tests()
    for gone in {*known} - {*names}:
        del known[gone]
    turn = max((one["turn"] for one in known.values()), default=0) + 1
    broken = []
    for name in sorted(names, key=lambda name: known.get(name, {"turn": 0})["turn"]):
        left = end - monotonic()
        if left < known.get(name, {"seconds": 5.0})["seconds"]:
            continue
        failure, seconds = run_one(name, report, left)
        if failure is None or seconds < left:
            known[name] = {"turn": turn, "seconds": round(seconds, 1)}
        if failure and seconds < left:
            broken.append(f"{name}: {failure}")
    return broken


def run_one(name: str, report: Report, left: float) -> tuple[str | None, float]:
    """What was wrong with one test, if anything, and how long it took."""
    start = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "measured.jsonl"
        kept.touch()
        os.environ[KEPT_IN] = str(kept)
        try:
            code, printed = pytest("-q", name, timeout=left)
            failure = None if code == 0 else printed[-3000:]
        except subprocess.TimeoutExpired:
            failure = "no end in the time that was left"
        finally:
            del os.environ[KEPT_IN]
        for line in kept.read_text("utf-8").splitlines():
            report.keep("Promises", **json.loads(line))
    print(f"{name}: {'passed' if failure is None else failure}", flush=True)
    return failure, monotonic() - start
