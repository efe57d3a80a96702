"""``python -m tests.nightly.layoutpage``: a Chromium that lays out what it is told, line by line.

A process of its own, since no loop of Playwright's may run where other tests run. A line of its
input is a list of pictures as JSON, a line of its output what came of them; it ends with its input.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from functools import cache
from typing import Any

from playwright.sync_api import sync_playwright

from microgradwidgets.views.front_end import GRAPHVIZ, built_text
from tests.browser.launching import CHROMIUM_ARGUMENTS
from tests.conftest import required
from tests.processes import ROOT, environment

JS = ROOT / "js"
BUNDLE = ("--bundle", "--format=iife", "--global-name=layoutPage", "--log-level=warning")


def asked(pictures: list[dict[str, Any]]) -> dict[str, Any]:
    """What comes of some pictures: an answer for each, and what went wrong in the worker."""
    process = opened()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(pictures) + "\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    if answer == "":
        opened.cache_clear()
        raise RuntimeError(f"expected an answer of the page, got: its end, {process.wait()}")
    told: dict[str, Any] = json.loads(answer)
    return told


@cache
def opened() -> subprocess.Popen[str]:
    """The process, begun when it is first needed; it ends with this one."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.nightly.layoutpage"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
        text=True,
    )
    atexit.register(process.communicate)
    return process


def main() -> None:
    """Answer until the input ends."""
    script = subprocess.run(
        [JS / "node_modules" / ".bin" / "esbuild", "tests/layoutpage.ts", *BUNDLE],
        cwd=JS,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=required("chromium"), args=CHROMIUM_ARGUMENTS
        )
        page = browser.new_page()
        page.add_script_tag(content=script)
        page.evaluate(
            "(graphviz) => { window.layOut = layoutPage.begin(graphviz); }", built_text(GRAPHVIZ)
        )
        for line in sys.stdin:
            answer = page.evaluate("(pictures) => window.layOut(pictures)", json.loads(line))
            sys.stdout.write(json.dumps(answer) + "\n")
            sys.stdout.flush()
        browser.close()


if __name__ == "__main__":
    main()
