"""The table of content security policies in the documentation: its rows, and how one is found."""

from __future__ import annotations

import re
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

from tests.browser.doctable import DOCS, DocTable
from tests.browser.hosts import KINDS, LIVE, shown
from tests.browser.pages import Visit
from tests.browser.policies import FOR_JUPYTERLAB, FOR_PAGES, spelled, without_one_word

HUB = "frame-ancestors 'none'; report-uri /hub/security/csp-report"
IN_JUPYTERLAB = {
    "JupyterLab, its own policy": "",
    "JupyterLab, that of JupyterHub": HUB,
    "JupyterLab, the one below": spelled(FOR_JUPYTERLAB),
    **{f"that without {word}": policy for word, policy in without_one_word(FOR_JUPYTERLAB).items()},
}
ON_PAGES = {
    "a page, none, as on GitHub Pages": "",
    "a page, the one below": spelled(FOR_PAGES),
    **{
        f"a page, that without {word}": policy
        for word, policy in without_one_word(FOR_PAGES).items()
    },
    "a page, `script-src 'self'`": "script-src 'self'",
    "a page, `default-src 'self'`": "default-src 'self'",
    "a page, `default-src 'none'`": "default-src 'none'",
    "a page, `sandbox`": "sandbox",
    "a page, `sandbox allow-scripts allow-downloads`": "sandbox allow-scripts allow-downloads",
}
# Graphviz is left out of these: `engine=False`.
ON_SMALL_PAGES = {
    "a page without Graphviz, the one below without `'wasm-unsafe-eval'`": spelled(
        {**FOR_PAGES, "script-src": "'unsafe-inline' blob:"}
    ),
}
IN_FRAMES = {
    "a frame of `embed`, in a page with the one below": spelled(FOR_PAGES),
    "a frame of `embed`, in a page with `script-src 'self'`": "script-src 'self'",
}
ALL = (*IN_JUPYTERLAB, *ON_PAGES, *ON_SMALL_PAGES, *IN_FRAMES)


class Row(NamedTuple):
    """A policy, what is shown under it and can be taken away, and what it keeps from happening."""

    policy: str
    diagram: str
    dashboard: str
    saves: str
    refused: str
    said: str


TABLE = DocTable(
    DOCS / "policies.md",
    Row,
    ("policy", "diagram", "dashboard", "saves", "what is refused", "what is said"),
    ALL,
    "UPDATE_POLICIES",
)
NOTHING = "\u2013"

# As Chromium says it, and in a word.
REFUSALS = {
    "Executing inline script": "inline scripts",
    "Blocked script execution": "all scripts",
    "Loading the script 'http": "scripts",
    "Loading the script 'blob:": "scripts from `blob:`",
    "Evaluating a string": "`eval`",
    "WebAssembly": "WebAssembly",
    "Applying inline style": "inline styles",
    "Loading the stylesheet": "style sheets",
    "Loading the font": "fonts",
    "Loading the image 'http": "pictures",
    "Loading the image 'data:": "pictures from `data:`",
    "Creating a worker": "workers",
    "Connecting to": "connections",
}


def refused(visit: Visit) -> list[str]:
    """What the policy kept from happening, as the console has it."""
    words = "\n".join(visit.errors)
    return [name for said, name in REFUSALS.items() if said in words]


SENTENCES = (
    "The page around does not let the script of the live figure run.",
    "The page around does not let the live figure bring its style.",
    "A still picture. In a browser of today, with scripts, it is live.",
    "A still picture. Run this cell to make it live.",
)


def row_of(policy: str, visit: Visit, root: Page, *roots: Page, runs: bool) -> Row:
    """What a person has of both figures, each in a frame of its own or all in one."""
    places = (root, *(roots or (root,)))[-2:]
    found = [what(place, kind, runs) for place, kind in zip(places, KINDS, strict=True)]
    saves = saved(visit.page, places[0]) if found[0] == "live" else NOTHING
    visible = [words for words in SENTENCES if is_seen(places[0], words)]
    said = visible[0] if visible and found[0] != "live" else NOTHING
    return Row(policy, *found, saves, ", ".join(refused(visit)) or NOTHING, said)


def what(root: Page, kind: str, runs: bool) -> str:
    """As for hosts; a picture that may not be painted has its words in its place."""
    found = shown(root, kind, runs=runs)
    if found == "nothing" and root.locator("img[alt]").locator("visible=true").count() > 0:
        return "text"
    return found


def is_seen(root: Page, words: str) -> bool:
    return root.get_by_text(words).locator("visible=true").count() > 0


def saved(page: Page, root: Page) -> str:
    """Copies, and saves what can be saved."""
    figure = root.locator(LIVE["diagram"]).first
    choose(figure, "Copy LaTeX")
    expect(figure.locator(".mgw-notice")).to_contain_text("LaTeX copied")
    with page.expect_download():
        choose(figure, "Save SVG")
    choose(figure, "Save PNG (2\u00d7)")
    notice = figure.locator(".mgw-notice")
    expect(notice).to_contain_text(re.compile("PNG saved|lets no picture be painted"))
    return "text, SVG, PNG" if "PNG saved" in notice.inner_text() else "text, SVG"


def choose(figure: Locator, name: str) -> None:
    figure.get_by_role("button", name="Export", exact=True).click()
    figure.get_by_role("menuitem", name=name, exact=True).click()
