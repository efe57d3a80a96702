"""What axe-core finds wrong with a part of a page."""

from __future__ import annotations

from pathlib import Path

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
