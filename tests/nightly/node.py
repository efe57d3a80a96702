"""A TypeScript module of the front end under Node, asked a line at a time by a campaign."""

from __future__ import annotations

import atexit
import json
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any, NamedTuple

JS = Path(__file__).parents[2] / "js"
PATIENCE = 30.0
"""Seconds; what takes longer has no end."""


class Answer(NamedTuple):
    """What was answered; how long that took, and the most memory so far, in megabytes."""

    answer: Any
    ms: float
    memory: float


class Node:
    """A process that is there from the first question on; one that has no end is ended."""

    def __init__(self, entry: str) -> None:
        self._script = _bundled(entry)
        self._process: subprocess.Popen[str] | None = None
        self._lines: Queue[str] = Queue()
        atexit.register(self.stop)

    def ask(self, **question: Any) -> Answer:
        """One answer; an ``AssertionError`` where there is none or where the code was surprised."""
        process = self._process or self._begin()
        assert process.stdin is not None
        process.stdin.write(json.dumps(question) + "\n")
        process.stdin.flush()
        try:
            line = self._lines.get(timeout=PATIENCE)
        except Empty:
            line = ""
        if not line:
            self.stop()
            raise AssertionError(f"no answer from JavaScript within {PATIENCE:.0f} s")
        judged = json.loads(line)
        if isinstance(judged["answer"], dict) and "crashed" in judged["answer"]:
            raise AssertionError(f"JavaScript did not foresee it: {judged['answer']['crashed']}")
        return Answer(**judged)

    def _begin(self) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        command = ["node", "--max-old-space-size=1024", str(self._script)]
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
        self._process, self._lines = process, Queue()
        Thread(target=_carry, args=(process, self._lines), daemon=True).start()
        return process

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _carry(process: subprocess.Popen[str], lines: Queue[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line)
    lines.put("")  # the end


@cache
def node(entry: str) -> Node:
    """The one process of a module, such as ``"judges/spoiled.ts"`` of the tests."""
    return Node(entry)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="mgw-judges-")


def _bundled(entry: str) -> Path:
    script = Path(_folder().name) / f"{Path(entry).stem}.mjs"
    esbuild = [str(JS / "node_modules/.bin/esbuild"), str(JS / "tests" / entry)]
    options = ["--bundle", "--platform=node", "--format=esm", "--log-level=error"]
    subprocess.run([*esbuild, *options, f"--outfile={script}"], check=True, cwd=JS)
    return script
