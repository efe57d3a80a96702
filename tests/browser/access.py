"""What a page is to people who do not see it: axe-core's verdict, the accessibility tree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

# npm brings it with the rest of what the front end is built with.
AXE = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"

RUN = """async (selector) => {
  const { violations } = await window.axe.run(selector, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => [id, help, html, failureSummary].join("\\n")),
  );
}"""


def violations(page: Page, selector: str = ".mgw") -> list[str]:
    """Every rule that is broken in what the selector finds, with the element that breaks it."""
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(RUN, selector)
    return found


@dataclass(frozen=True)
class Row:
    """One row of a tree, as Chromium hands it to a screen reader."""

    name: str
    level: int
    selected: bool
    focused: bool
    expanded: bool | None


def tree_rows(page: Page) -> list[Row]:
    """All rows of the trees on a page, in reading order."""
    return [row_of(node) for node in spoken_nodes(page) if role_of(node) == "treeitem"]


def focused_name(page: Page) -> tuple[str, str]:
    """Role and name of what has the focus, as they are read out; the page itself is not it."""
    for node in spoken_nodes(page):
        if properties_of(node).get("focused") and role_of(node) != "RootWebArea":
            return role_of(node), node["name"]["value"]
    return "", ""


def spoken_nodes(page: Page) -> list[dict[str, Any]]:
    session = page.context.new_cdp_session(page)
    try:
        nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    finally:
        session.detach()
    return nodes


def role_of(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def properties_of(node: dict[str, Any]) -> dict[str, Any]:
    return {given["name"]: given["value"].get("value") for given in node.get("properties", [])}


def row_of(node: dict[str, Any]) -> Row:
    properties = properties_of(node)
    return Row(
        name=node["name"]["value"],
        level=properties["level"],
        selected=properties.get("selected", False),
        focused=properties.get("focused", False),
        expanded=properties.get("expanded"),
    )
