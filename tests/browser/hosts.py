"""What a host shows of a widget: a figure that answers, a picture, or words."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Frame, Page, expect
from playwright.sync_api import TimeoutError as Missing

from tests.browser.figure import FIGURE

TABLE = Path(__file__).resolve().parents[2] / "docs" / "hosts.md"
BEGIN, END = "<!-- begin: written by the tests -->", "<!-- end -->"
COLUMNS = ("host", "diagram", "dashboard", "asks elsewhere")

PICTURE_OF = {"diagram": "Expression graph", "dashboard": "Decision boundary"}
LIVE = {"diagram": FIGURE, "dashboard": ".mgw-dashboard"}


def shown(root: Page | Frame, kind: str, patience: float = 30.0) -> str:
    """What is shown of a diagram or a dashboard: ``live``, ``picture`` or ``text``.

    The picture may be there first, and goes when the live one is there.
    """
    live = root.locator(LIVE[kind]).first
    picture = root.locator(f'img[alt^="{PICTURE_OF[kind]}"]').first
    try:
        live.wait_for(timeout=1000 * patience)
    except Missing:
        return "picture" if picture.is_visible() else "text"
    (steps if kind == "diagram" else trains)(root)
    expect(picture).to_be_hidden()
    return "live"


def steps(root: Page | Frame) -> None:
    """The figure draws, and goes through its passes when told to."""
    figure = root.locator(FIGURE).first
    expect(figure.locator(".mgw-box").first).to_be_visible(timeout=30_000)
    figure.get_by_role("button", name="Step through", exact=True).click()
    figure.get_by_role("button", name="Next step (right arrow)").click()
    expect(figure.locator(".mgw-deck")).to_contain_text("Forward 1 of")


def trains(root: Page | Frame) -> None:
    """The dashboard takes a step when told to."""
    dashboard = root.locator(".mgw-dashboard").first
    expect(dashboard.locator(".mgw-boundary canvas, .mgw-boundary svg").first).to_be_visible(
        timeout=30_000
    )
    dashboard.get_by_role("button", name="One step on (right arrow)").click()
    expect(dashboard.locator(".mgw-glance")).to_contain_text(re.compile("1 of"))


def expect_row(row: tuple[str, ...]) -> None:
    """The table in the documentation says so; with UPDATE_HOSTS=1 it is made to."""
    text = TABLE.read_text("utf-8")
    rows = read_rows(text)
    if os.environ.get("UPDATE_HOSTS"):
        rows = {**rows, row[0]: row}
        TABLE.write_text(with_rows(text, [*rows.values()]), "utf-8")
    assert rows.get(row[0]) == row, f"expected a row {row} in {TABLE.name}, got: {rows.get(row[0])}"


def read_rows(text: str) -> dict[str, tuple[str, ...]]:
    table = text.partition(BEGIN)[2].partition(END)[0].strip().splitlines()
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table[2:]]
    return {row[0]: row for row in cells}


def with_rows(text: str, rows: list[tuple[str, ...]]) -> str:
    before, _, rest = text.partition(BEGIN)
    lines = [COLUMNS, ("---",) * len(COLUMNS), *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{before}{BEGIN}\n{table}\n{END}{rest.partition(END)[2]}"
