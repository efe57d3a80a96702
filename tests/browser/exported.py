"""Pages that other tools make of a notebook, opened on a machine without a network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import marimo
from playwright.sync_api import Browser, Route

from tests.browser.pages import Visit
from tests.browser.servers import Server

MARIMO_ADDRESS = "https://cdn.jsdelivr.net/npm/@marimo-team/frontend@"
MARIMO_FILES = Path(marimo.__file__).parent / "_static"


def converted(kind: str, *notebooks: Path) -> list[Path]:
    """What nbconvert makes of notebooks that have run."""
    words = ["--to", kind, *map(str, notebooks)]
    subprocess.run([sys.executable, "-m", "nbconvert", *words], check=True, capture_output=True)
    return [next(notebook.parent.glob(f"{notebook.stem}*.html")) for notebook in notebooks]


def exported_by_marimo(notebook: Path) -> Path:
    page = notebook.with_suffix(".html")
    words = ["export", "html", str(notebook), "-o", str(page)]
    subprocess.run([sys.executable, "-m", "marimo", *words], check=True, capture_output=True)
    return page


@contextmanager
def opened(browser: Browser, page: Path, *, marimo_answers: bool = False) -> Iterator[Visit]:
    """The page from disk, with all its scripts run.

    A page of marimo fetches its front end from elsewhere. Where that is to answer, it gives the
    very same files, which marimo has installed.
    """
    with watched(browser, Server("file://", page.parent)) as visit:
        if marimo_answers:
            visit.context.route(lambda url: url.startswith(MARIMO_ADDRESS), give_file_of_marimo)
        visit.page.goto(page.as_uri(), wait_until="networkidle", timeout=60_000)
        yield visit


@contextmanager
def watched(browser: Browser, server: Server) -> Iterator[Visit]:
    """A page whose complaints are for the test to judge."""
    visit = Visit.begin(browser, server)
    try:
        yield visit
    finally:
        visit.close()


def give_file_of_marimo(route: Route) -> None:
    name = route.request.url.partition("/dist/")[2].partition("?")[0]
    route.fulfill(path=MARIMO_FILES / name, headers=headers_of(name))


def headers_of(name: str) -> dict[str, str]:
    kinds = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
    kind = kinds.get(Path(name).suffix, "application/octet-stream")
    return {"Access-Control-Allow-Origin": "*", "Content-Type": kind}
