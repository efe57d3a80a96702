"""The table of hosts in the documentation, read and written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.browser.doctable import DOCS, DocTable

HEADINGS = ("host", "diagram", "dashboard", "when Python is gone", "its own pages ask")
HOSTS = (
    "JupyterLab 4",
    "JupyterLab 4, opened again and not run",
    "Notebook 7",
    "Notebook 7, opened again and not run",
    "Voila",
    "marimo run",
    "marimo edit",
    "JupyterLite",
    "`nbconvert --to microgradslides`",
    "`nbconvert --to microgradhtml`",
    "a file of `page` or `to_html`, from disk",
    "the same, from a web server",
    "a frame of `embed` in a page",
    "`nbconvert --to html`, without a network",
    "`nbconvert --to slides`, without a network",
    "`marimo export html`, with a network",
    "`marimo export html`, without a network",
)
NOBODY, NONE = "nobody", "–"


class Row(NamedTuple):
    """A host, what it shows, and whom its own pages ask for scripts and styles."""

    host: str
    diagram: str
    dashboard: str
    without_python: str = NONE
    asks: str = NOBODY


def names_of(addresses: Iterable[str]) -> str:
    """The machines behind addresses."""
    return ", ".join(sorted({urlsplit(address).netloc for address in addresses})) or NOBODY


TABLE = DocTable(DOCS / "hosts.md", Row, HEADINGS, HOSTS, "UPDATE_HOSTS")
expect_row = TABLE.expect
