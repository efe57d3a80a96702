"""One browser of each kind, one JupyterLab and one open notebook for all browser tests of a run.

These fixtures live as long as this folder's tests and no longer: while Playwright's loop runs, no
other test of the process could start a loop of its own.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.jupyter import Notebook, write_notebook
from tests.browser.late import late
from tests.browser.launching import CHROMIUM_ARGUMENTS
from tests.browser.pages import Visit
from tests.browser.plain import BLANK, PlainPage, load_engine
from tests.browser.servers import Server, jupyter_server
from tests.browser.site_server import static_server
from tests.browser.tabs import PlaywrightTab, Tab
from tests.browser.webkit import WebKitTab, webkit_driver
from tests.processes import ROOT

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER.parents[1] / "test-results"

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    with playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS) as browser:
        yield late(browser)


@pytest.fixture(scope="package")
def firefox_browser(playwright: Playwright, firefox: str) -> Iterator[Browser]:
    with playwright.firefox.launch(
        executable_path=firefox,
        channel="moz-firefox",  # any Firefox, by WebDriver BiDi; else one that Playwright builds
        proxy={"server": "http://127.0.0.1:9"},  # nobody there: a machine without a network
    ) as browser:
        yield late(browser)


@pytest.fixture(scope="package")
def webkit_tab(webkit: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebKitTab]:
    asked: list[str] = []
    with webkit_driver(webkit, asked) as driver:
        yield WebKitTab(driver, tmp_path_factory.mktemp("watched"), asked)


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def tab(request: pytest.FixtureRequest) -> Iterator[Tab]:
    """A tab of each of three browsers, which must end without a complaint or a request."""
    if request.param == "webkit":
        tab = request.getfixturevalue("webkit_tab")
        tab.forget()
    else:
        fixture = {"chromium": "browser", "firefox": "firefox_browser"}[request.param]
        tab = PlaywrightTab(request.param, request.getfixturevalue(fixture))
    try:
        yield tab
        if request.node.stash.get(FAILED, False):
            tab.screenshot(result_path(request.node))
        else:
            assert [*tab.complaints, *tab.outside] == []
    finally:
        if request.param != "webkit":
            tab.close()


@pytest.fixture(scope="package")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with jupyter_server(tmp_path_factory.mktemp("jupyter")) as server:
        yield server


@pytest.fixture(scope="package")
def lite() -> Iterator[Server]:
    """The course in JupyterLite, built when it is not what its sources would give, and served."""
    subprocess.run(["make", "--silent", "lite"], cwd=ROOT, check=True)
    with static_server(ROOT / "dist" / "lite") as server:
        yield server


Visiting = Callable[..., Visit]


@pytest.fixture
def visit(browser: Browser, jupyter: Server, request: pytest.FixtureRequest) -> Iterator[Visiting]:
    """Opens a page with settings of its own, which must end without a complaint."""
    with ExitStack() as stack:

        def begin(server: Server = jupyter, **options: Any) -> Visit:
            visit = Visit.begin(browser, server, **options)
            stack.callback(end, visit, request.node)
            return visit

        yield begin


def end(visit: Visit, test: pytest.Item) -> None:
    try:
        finish(visit, test)
    finally:
        visit.close()


def finish(visit: Visit, test: pytest.Item) -> None:
    """After a failure a picture tells more than what the page complained of."""
    if test.stash.get(FAILED, False):
        visit.page.screenshot(path=result_path(test))
    else:
        visit.assert_clean()


def result_path(test: pytest.Item) -> Path:
    RESULTS.mkdir(exist_ok=True)
    name = re.sub(r"[^A-Za-z0-9]+", "-", test.nodeid.partition("browser/")[2]).strip("-")
    return RESULTS / f"{name[:120]}.png"


@pytest.fixture
def offline(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a file without a network; nothing may be asked for, and nothing go wrong."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def begin(path: Path, query: str = "", **options: Any) -> Page:
        context = browser.new_context(offline=True, **options)
        contexts.append(context)
        context.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        context.on("weberror", lambda e: wrong.append(str(e.error)))
        context.on("request", lambda r: wrong.append(r.url) if r.url.startswith("http") else None)
        page = context.new_page()
        page.goto(path.as_uri() + query)
        return page

    yield begin
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="package")
def kept() -> Iterator[list[Notebook]]:
    """The notebook that goes from test to test, as long as none has failed with it."""
    notebooks: list[Notebook] = []
    yield notebooks
    for notebook in notebooks:
        notebook.visit.close()


@pytest.fixture(scope="package")
def front(browser: Browser, jupyter: Server, kept: list[Notebook]) -> Callable[[], Notebook]:
    """Gives JupyterLab with an empty notebook in front; opens it when there is none."""

    def get() -> Notebook:
        if not kept:
            path = write_notebook(jupyter.folder / "lab.ipynb", "")
            kept.append(Notebook.open(Visit.begin(browser, jupyter), path))
        kept[0].clear()
        return kept[0]

    return get


@pytest.fixture
def lab(
    front: Callable[[], Notebook], kept: list[Notebook], request: pytest.FixtureRequest
) -> Iterator[Notebook]:
    """That notebook, with a kernel that knows the package and nothing of other tests."""
    notebook = front()
    notebook.run("%reset -f\nfrom microgradwidgets import Value, backward, show")
    yield notebook
    try:
        finish(notebook.visit, request.node)
    finally:
        if request.node.stash.get(FAILED, False) or not notebook.visit.is_clean:
            kept.clear()
            notebook.visit.close()


@pytest.fixture
def plain_page(visit: Visiting, jupyter: Server) -> Callable[..., PlainPage]:
    """Opens a page of our own with settings of its own: a touch screen, a small window."""

    def begin(**options: Any) -> PlainPage:
        page = visit(**options).page
        address = jupyter.link("plain.html")
        page.route(address, lambda route: route.fulfill(body=BLANK, content_type="text/html"))
        page.goto(address)
        load_engine(page)
        return PlainPage(page)

    return begin


@pytest.fixture
def plain(plain_page: Callable[..., PlainPage]) -> PlainPage:
    """A page of our own that shows diagrams, with no notebook and no kernel behind it."""
    return plain_page()
