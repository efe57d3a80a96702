"""The table of hosts: a diagram and a dashboard in each, looked at and used.

Where a host's own pages ask other machines, or complain, they are held to what they do with a
stranger's widget in place of ours: nothing may come in addition.
"""

from __future__ import annotations

import json
import re
import shutil
from contextlib import ExitStack
from pathlib import Path
from textwrap import indent

import nbclient
import nbformat
import pytest

from microgradwidgets import Dashboard, Value, embed, page
from tests.browser.exported import converted, exported_by_marimo, opened, watched
from tests.browser.hosts import KINDS, asked, complaints, go_on, shown
from tests.browser.hosttable import HOSTS, TABLE, Row, expect_row, names_of
from tests.browser.jupyter import Notebook, write_notebook
from tests.browser.pages import Visit
from tests.browser.servers import file_server, marimo_server, voila_server

OURS = (
    "from microgradwidgets import Dashboard, Value, show\n"
    'x, y = Value(2.0, label="x"), Value(-3.0, label="y")\n'
    'show((x * y + x).with_label("o"))',
    "Dashboard(hidden=[4])",
)
STRANGE = (
    "import anywidget\n"
    "class Hello(anywidget.AnyWidget):\n"
    '    _esm = "export default { render({ el }) { el.textContent = `hello`; } };"\n'
    "Hello()",
)


def marimo_notebook(path: Path, cells: tuple[str, ...]) -> Path:
    """These cells, run as soon as the notebook is opened."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = re.findall(r"import (.*)|class (\w+)", cells[0])[0][0]
    heads = [("", f"return ({names},)"), (names, "return")]
    parts = [
        f"@app.cell\ndef _({takes}):\n{indent(source, '    ')}\n    {end}\n"
        for source, (takes, end) in zip(cells, heads, strict=False)
    ]
    path.write_text("import marimo\n\napp = marimo.App()\n\n\n" + "\n\n".join(parts), "utf-8")
    settings = "[tool.marimo.runtime]\nauto_instantiate = true\n"
    path.with_name("pyproject.toml").write_text(settings)
    return path


def row_of(host: str, seen: Visit, *, runs: bool = True, stranger: Visit | None = None) -> Row:
    """What is shown of ours; and nothing is asked or complained of that a stranger would not."""
    found = [shown(seen.page, kind, runs=runs) for kind in KINDS]
    theirs = (asked(stranger), complaints(stranger)) if stranger else (set(), set())
    assert asked(seen) <= theirs[0]
    assert complaints(seen) <= theirs[1]
    return Row(host, *found, asks=names_of(theirs[0]))


# What hosts say of a connection that is gone.
CUT_OFF = ("Cannot send", "CONNECTION_REFUSED", "Failed to fetch", "WebSocket", "NetworkError")


def expect_row_that_outlives_python(row: Row, seen: Visit) -> None:
    """Both figures go on, and nobody complains but the host, of its connection."""
    before = complaints(seen)
    expect_row(row._replace(without_python=go_on(seen.page)))
    added = complaints(seen) - before
    assert [words for words in added if not any(said in words for said in CUT_OFF)] == []


def test_the_table_names_these_hosts_and_no_others():
    assert [*TABLE.read()] == [*HOSTS]


# Notebooks with a kernel


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> dict[str, Path]:
    """Notebooks that have run, with the state of their widgets, by whose widgets they hold."""
    folder = tmp_path_factory.mktemp("saved")
    return {name: run(folder / name / "saved.ipynb", cells) for name, cells in WIDGETS.items()}


WIDGETS = {"ours": OURS, "strange": STRANGE}


def run(path: Path, cells: tuple[str, ...]) -> Path:
    path.parent.mkdir()
    notebook = nbformat.read(write_notebook(path, *cells), as_version=4)
    nbclient.NotebookClient(notebook, timeout=120).execute()
    nbformat.write(notebook, path)
    return path


JUPYTER = [("JupyterLab 4", "lab/tree"), ("Notebook 7", "notebooks")]


@pytest.mark.parametrize("host, place", JUPYTER)
def test_jupyter(browser, jupyter, host, place):
    path = write_notebook(jupyter.folder / f"hosts-{place[:3]}.ipynb", *OURS)
    with watched(browser, jupyter) as seen:
        notebook = Notebook.open(seen, path, place)
        notebook.run_all()
        row = row_of(host, seen)
        notebook.shut_down()
        expect_row_that_outlives_python(row, seen)


@pytest.mark.parametrize("host, place", JUPYTER)
def test_jupyter_that_opens_a_saved_notebook(visit, jupyter, saved, host, place):
    """As it comes by mail: not trusted, and its kernel has never heard of it."""
    path = jupyter.folder / f"saved-{place[:3]}.ipynb"
    path.write_bytes(saved["ours"].read_bytes())
    notebook = Notebook.open(visit(), path, place)
    notebook.page.locator(".jp-OutputArea-output").nth(3).wait_for()
    # The widget manager's own word about what its file does not hold.
    notebook.visit.forgive("model not found")
    expect_row(row_of(f"{host}, opened again and not run", notebook.visit, runs=False))


def test_voila(browser, tmp_path):
    for name, cells in WIDGETS.items():
        write_notebook(tmp_path / f"{name}.ipynb", *cells)
    with ExitStack() as stopped:
        server = stopped.enter_context(voila_server(tmp_path / "voila", tmp_path))
        with watched(browser, server) as strange, watched(browser, server) as ours:
            for name, seen in {"strange": strange, "ours": ours}.items():
                address = server.link(f"voila/render/{name}.ipynb")
                seen.page.goto(address, wait_until="commit", timeout=60_000)
            strange.page.get_by_text("hello").wait_for(timeout=60_000)
            row = row_of("Voila", ours, stranger=strange)
            stopped.close()
            expect_row_that_outlives_python(row, ours)


@pytest.mark.parametrize("command", ["run", "edit"])
def test_marimo(browser, tmp_path, command):
    notebook = marimo_notebook(tmp_path / "hosts.py", OURS)
    with ExitStack() as stopped:
        server = stopped.enter_context(marimo_server(tmp_path / "marimo", notebook, command))
        with watched(browser, server) as seen:
            seen.page.goto(server.link(""), wait_until="commit")
            row = row_of(f"marimo {command}", seen)
            stopped.close()
            expect_row_that_outlives_python(row, seen)


def test_jupyterlite(browser, lite):
    """The site of the course; its Python runs in the page, and starts when a notebook is opened."""
    with watched(browser, lite) as seen:
        notebook = Notebook.open_lite(seen, "00_quick_start.ipynb")
        for cell in OURS:
            notebook.run(cell)
        # The browser asks for a picture at the root before the page has named its own.
        seen.forgive("/favicon.ico")
        row = row_of("JupyterLite", seen)
        notebook.shut_down()
        expect_row_that_outlives_python(row, seen)


# Pages made of notebooks by other tools


@pytest.mark.parametrize("kind", ["html", "slides"])
def test_nbconvert(browser, saved, tmp_path, kind):
    pages = converted(kind, *copied(saved, tmp_path))
    with opened(browser, pages[0]) as ours, opened(browser, pages[1]) as strange:
        host = f"`nbconvert --to {kind}`, without a network"
        expect_row(row_of(host, ours, runs=False, stranger=strange))


@pytest.mark.parametrize("kind", ["microgradhtml", "microgradslides"])
def test_our_exporters(browser, saved, tmp_path, kind):
    (page,) = converted(kind, *copied(saved, tmp_path)[:1])
    with opened(browser, page) as seen:
        expect_row(row_of(f"`nbconvert --to {kind}`", seen))


def copied(saved: dict[str, Path], folder: Path) -> list[Path]:
    return [Path(shutil.copy(path, folder / f"{name}.ipynb")) for name, path in saved.items()]


@pytest.fixture(scope="module")
def exported(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("exported")
    notebooks = {name: folder / name / "page.py" for name in WIDGETS}
    return [exported_by_marimo(marimo_notebook(notebooks[n], WIDGETS[n])) for n in WIDGETS]


@pytest.mark.parametrize("network", ["with", "without"])
def test_pages_that_marimo_exports(browser, exported, network):
    answers = network == "with"
    with (
        opened(browser, exported[0], marimo_answers=answers) as ours,
        opened(browser, exported[1], marimo_answers=answers) as strange,
    ):
        host = f"`marimo export html`, {network} a network"
        expect_row(row_of(host, ours, runs=False, stranger=strange))


# Pages of ours


@pytest.fixture(scope="module")
def both() -> tuple[Value, Dashboard]:
    x, y = Value(2.0, label="x"), Value(-3.0, label="y")
    return (x * y + x).with_label("o"), Dashboard(hidden=[4])


@pytest.fixture(scope="module")
def one_file(both, tmp_path_factory) -> Path:
    return page(both, tmp_path_factory.mktemp("pages") / "both.html")


def test_a_page_from_disk(browser, one_file):
    with opened(browser, one_file) as seen:
        expect_row(row_of("a file of `page` or `to_html`, from disk", seen))


def test_a_page_from_a_web_server(visit, one_file):
    with file_server(one_file.parent) as server:
        seen = visit(server)
        seen.page.goto(server.link(one_file.name))
        expect_row(row_of("the same, from a web server", seen))


def test_frames(browser, both, tmp_path):
    """What stands where raw HTML is kept as it is: in Quarto, a blog, a course."""
    path = tmp_path / "frames.html"
    path.write_text(f"<!doctype html><title>A book</title>{''.join(map(embed, both))}", "utf-8")
    with opened(browser, path) as seen:
        found = []
        for kind, frame in zip(KINDS, seen.page.locator("iframe").all(), strict=True):
            frame.scroll_into_view_if_needed()  # it is loaded then
            found.append(shown(frame.element_handle().content_frame(), kind))
        seen.assert_clean()
    expect_row(Row("a frame of `embed` in a page", *found))


# Hosts that show what is in the file


def test_a_saved_notebook_holds_what_viewers_show(saved):
    """GitHub and nbviewer run nothing: of HTML they keep an image, of a widget its text.

    A style goes without a trace there, as that of every table of pandas does.
    """
    cells = json.loads(saved["ours"].read_text("utf-8"))["cells"]
    for cell, words in zip(cells, ("Diagram(", "Dashboard("), strict=True):
        live, still = (output["data"] for output in cell["outputs"])
        assert words in "".join(live["text/plain"])
        assert set(still) == {"text/html", "text/plain"}
        page = "".join(still["text/html"])
        assert set(re.findall(r"<(\w+)", page)) <= {
            "div",
            "figure",
            "figcaption",
            "img",
            "p",
            "small",
            "style",
        }
        assert re.search(r'<img src="data:image/svg\+xml;base64,[^"]{500,}" alt="[^"]{10,}"', page)
