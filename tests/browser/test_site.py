"""The static site: all its links lead somewhere, and none of its pages asks anybody else."""

from __future__ import annotations

import subprocess
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.figure import FIGURE, Figure
from tests.browser.site_server import static_server
from tests.browser.steps import Stepper
from tests.processes import ROOT
from tests.public_names import public

SITE = ROOT / "dist" / "site"
# Where the generator of the reference is to be found; a link to follow, nothing that is loaded.
# Documents may lead elsewhere, too.
ELSEWHERE = {"https://pdoc.dev"}


class Links(HTMLParser):
    """The places of a page, and what it links to or loads."""

    def __init__(self, path):
        super().__init__()
        self.places, self.links, self.loaded = set(), [], []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.places.add(given.get("id"))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag in ("link", "img", "script", "source", "iframe"):
            found = (given.get(name) for name in ("href", "src", "srcset"))
            self.loaded += filter(None, found)


@pytest.fixture(scope="module")
def site():
    subprocess.run(["make", "--silent", "site"], cwd=ROOT, check=True)
    return SITE


@pytest.fixture(scope="module")
def pages(site):
    """Every page that is ours; JupyterLite's own are its affair."""
    found = [path for path in site.rglob("*.html") if "lite" not in path.relative_to(site).parts]
    assert len(found) > 8
    return {path: Links(path) for path in found}


def test_every_link_inside_leads_somewhere(pages):
    for path, page in pages.items():
        for link in page.links + page.loaded:
            parts = urlsplit(link)
            is_led_to = link in page.links and (link in ELSEWHERE or path.parent.name == "docs")
            if parts.scheme == "data" or (parts.scheme == "https" and is_led_to):
                continue
            assert not parts.scheme, f"{path.name}: {link}"
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.name}: {link}"
            assert SITE in target.parents
            if parts.fragment and target in pages:
                assert parts.fragment in pages[target].places, f"{path.name}: {link}"


def test_links_to_notebooks_name_files_of_the_course(pages, site):
    links = [link for link in pages[site / "index.html"].links if "?path=" in link]
    assert links
    for link in links:
        assert (site / "lite" / "files" / link.partition("?path=")[2]).is_file()


def test_every_document_is_there(pages, site):
    written = {path.stem for path in (ROOT / "docs").glob("*.md")}
    assert {path.stem for path in (site / "docs").glob("*.html")} == written
    links = pages[site / "index.html"].links
    assert {f"docs/{name}.html" for name in written} <= {*links}


def test_the_reference_has_every_public_name_and_its_parts(pages, site):
    places = pages[site / "api" / "index.html"].places
    assert [name for name in public() if name not in places] == []


def test_from_disk_every_page_opens_without_a_request_or_an_error(pages, browser):
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    for path in pages:
        page.goto(path.as_uri())
        expect(page.locator("h1").first).to_be_visible()
        if path.parent.name == "gallery":
            expect(page.locator(".mgw-place svg").first).to_be_visible()
    context.close()
    assert errors == []
    assert [url for url in asked if urlsplit(url).scheme not in ("file", "data", "blob")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_from_the_index_to_a_live_neuron(site, visit, scheme):
    with static_server(site) as server:
        page = visit(server, color_scheme=scheme, viewport={"width": 400, "height": 800}).page
        page.goto(server.link("index.html"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        page.get_by_role("link", name="A neuron, step by step").click()
        figure = Figure(page.locator(FIGURE)).drawn()
        assert figure.box("o").value == "0.7071"
        stepper = Stepper(figure)
        stepper.press("Home", "ArrowRight")
        assert stepper.place.lower().startswith("step 1 of")
        page.get_by_role("link", name="All pages").click()
        expect(page.get_by_role("heading", name="Gallery")).to_be_visible()
