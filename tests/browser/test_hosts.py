"""The table of hosts: a diagram and a dashboard in each, looked at, and one step taken in both."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import indent

import nbclient
import nbformat
import pytest
from playwright.sync_api import Browser

from microgradwidgets import Dashboard, Value, embed, page
from tests.browser.hosts import expect_row, shown
from tests.browser.jupyter import Notebook, write_notebook
from tests.browser.pages import Visit
from tests.browser.servers import Server, file_server, marimo_server, voila_server

DIAGRAM = """\
from microgradwidgets import Dashboard, Value, show

x, y = Value(2.0, label="x"), Value(-3.0, label="y")
"""
CELLS = (f"{DIAGRAM}show(x * y + x)", "Dashboard(hidden=[4])")
MARIMO = f"""\
import marimo

app = marimo.App()


@app.cell
def _():
{indent(DIAGRAM, "    ")}
    show(x * y + x)
    return Dashboard,


@app.cell
def _(Dashboard):
    Dashboard(hidden=[4])
    return


if __name__ == "__main__":
    app.run()
"""


FONTS = "//cdn.jsdelivr.net/npm/@fortawesome/"


def check(
    host: str, root, visit: Visit, *, asked_by_host: str = "", patience: float = 30.0
) -> None:
    """Both figures are as the table says, and nothing of ours asks elsewhere.

    Where the host itself does, it asks at this address alone, and complains where there is none.
    """
    found = tuple(shown(root, kind, patience) for kind in ("diagram", "dashboard"))
    visit.page.evaluate("0")  # what is under way arrives first
    asked = [*visit.outside]
    visit.outside[:] = [url for url in asked if not (asked_by_host and asked_by_host in url)]
    if asked_by_host:
        visit.errors.clear()
    visit.assert_clean()
    expect_row((host, *found, "yes" if asked else "no"))


# -- notebooks with a kernel ----------------------------------------------------------------------


@pytest.mark.parametrize("host, place", [("JupyterLab 4", "lab/tree"), ("Notebook 7", "notebooks")])
def test_jupyter(visit, jupyter, host, place):
    path = write_notebook(jupyter.folder / f"hosts-{place[:3]}.ipynb", *CELLS)
    notebook = Notebook.open(visit(), path, place)
    notebook.run_all()
    check(host, notebook.page, notebook.visit)


@contextmanager
def visiting(browser: Browser, server: Server, path: str = "") -> Iterator[Visit]:
    """A page that is left before its server ends."""
    visit = Visit.begin(browser, server)
    try:
        visit.page.goto(server.link(path), timeout=60_000)
        yield visit
    finally:
        visit.close()


def test_voila(browser, tmp_path):
    notebook = write_notebook(tmp_path / "hosts.ipynb", *CELLS)
    with voila_server(tmp_path / "voila", notebook) as server, visiting(browser, server) as seen:
        check("Voila", seen.page, seen, asked_by_host=FONTS)


@pytest.mark.parametrize("command", ["run", "edit"])
def test_marimo(browser, tmp_path, command):
    notebook = tmp_path / "hosts.py"
    notebook.write_text(MARIMO, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.marimo.runtime]\nauto_instantiate = true\n")
    server = marimo_server(tmp_path / "marimo", notebook, command)
    with server as running, visiting(browser, running) as seen:
        check(f"marimo {command}", seen.page, seen)


# -- files ----------------------------------------------------------------------------------------


@contextmanager
def opened(browser: Browser, path: Path) -> Iterator[Visit]:
    """A file from disk, on a machine without a network."""
    visit = Visit.begin(browser, Server("file://", path.parent), offline=True)
    try:
        visit.page.goto(path.as_uri())
        yield visit
    finally:
        visit.close()


@pytest.fixture(scope="module")
def one_file(tmp_path_factory) -> Path:
    x, y = Value(2.0, label="x"), Value(-3.0, label="y")
    path = tmp_path_factory.mktemp("pages") / "both.html"
    return page([x * y + x, Dashboard(hidden=[4])], path)


def test_a_page_from_disk(browser, one_file):
    with opened(browser, one_file) as seen:
        check("a page of `page` or `to_html`, from disk", seen.page, seen)


def test_a_page_from_a_web_server(browser, one_file):
    server = file_server(one_file.parent)
    with server as running, visiting(browser, running, one_file.name) as seen:
        check("the same, from a web server", seen.page, seen)


def test_frames(browser, tmp_path):
    """What MyST, Quarto, a blog or a course makes of raw HTML."""
    x = Value(2.0, label="x")
    frames = [embed(x * x), embed(Dashboard(hidden=[4]))]
    path = tmp_path / "frames.html"
    path.write_text(f"<!doctype html><title>A book</title>{''.join(frames)}", "utf-8")
    with opened(browser, path) as seen:
        for frame in seen.page.locator("iframe").all():
            frame.scroll_into_view_if_needed()
        diagram, dashboard = (
            handle.content_frame() for handle in seen.page.locator("iframe").element_handles()
        )
        found = shown(diagram, "diagram"), shown(dashboard, "dashboard")
        seen.assert_clean()
        expect_row(("a frame of `embed`: MyST, Quarto, blogs, courses", *found, "no"))


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> Path:
    """A notebook that has run, with its widgets' state, as nbconvert finds it."""
    path = write_notebook(tmp_path_factory.mktemp("saved") / "saved.ipynb", *CELLS)
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(notebook, timeout=120).execute()
    nbformat.write(notebook, path)
    return path


@pytest.mark.parametrize("kind", ["html", "slides"])
def test_nbconvert(browser, saved, tmp_path, kind):
    """Its own pages fetch scripts from elsewhere; without a network there is the picture."""
    command = [sys.executable, "-m", "nbconvert", "--to", kind, str(saved), "--output-dir"]
    subprocess.run([*command, str(tmp_path)], check=True, capture_output=True)
    (path,) = tmp_path.glob("*.html")
    with opened(browser, path) as seen:
        check(
            f"`nbconvert --to {kind}`, without a network",
            seen.page,
            seen,
            asked_by_host="//",
            patience=3.0,
        )


@pytest.mark.parametrize("kind", ["html", "slides"])
def test_our_exporters(browser, saved, tmp_path, kind):
    """Through the command line, from the same notebook."""
    path = tmp_path / f"{kind}.html"
    command = [sys.executable, "-m", "microgradwidgets", "export", str(saved), "--to", kind]
    subprocess.run([*command, "--output", str(path)], check=True, capture_output=True)
    with opened(browser, path) as seen:
        check(f"`microgradwidgets export --to {kind}`, from disk", seen.page, seen)
