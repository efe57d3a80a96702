"""The table of hosts in the documentation, read and written."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

PAGE = Path(__file__).resolve().parents[2] / "docs" / "hosts.md"
BEGIN, END = "<!-- begin: written by the tests -->", "<!-- end -->"
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

    def __str__(self) -> str:
        return f"| {' | '.join(self)} |"


def names_of(addresses: Iterable[str]) -> str:
    """The machines behind addresses."""
    return ", ".join(sorted({urlsplit(address).netloc for address in addresses})) or NOBODY


def expect_row(row: Row) -> None:
    """The documentation says just this; with UPDATE_HOSTS=1 it is made to."""
    text = PAGE.read_text("utf-8")
    rows = read_rows(text)
    if os.environ.get("UPDATE_HOSTS"):
        rows[row.host] = row
        known = (rows[host] for host in HOSTS if host in rows)
        PAGE.write_text(with_rows(text, known), "utf-8")
    said = rows.get(row.host, f"no row for {row.host}")
    assert said == row, f"{PAGE.name} says\n{said}\nwhere it should say\n{row}"


def read_rows(text: str) -> dict[str, Row]:
    """By host.

    >>> read_rows(with_rows(f"{BEGIN}{END}", [Row("x", "live", "text")]))
    {'x': Row(host='x', diagram='live', dashboard='text', without_python='–', asks='nobody')}
    """
    lines = text.partition(BEGIN)[2].partition(END)[0].strip().splitlines()[2:]
    rows = (Row(*(cell.strip() for cell in line.strip("|").split("|"))) for line in lines)
    return {row.host: row for row in rows}


def with_rows(text: str, rows: Iterable[Row]) -> str:
    """The page with these rows in its table."""
    before, _, rest = text.partition(BEGIN)
    head = [f"| {' | '.join(HEADINGS)} |", f"|{' --- |' * len(HEADINGS)}"]
    table = "\n".join([*head, *map(str, rows)])
    return f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}"
