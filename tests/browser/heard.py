"""What a screen reader is told of the element that has the focus, asked of Chromium itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.browser.access import properties_of, role_of


@dataclass(frozen=True)
class Heard:
    """One element as Chromium computes it: a role, a name, and in which state it is."""

    element: int
    role: str
    name: str
    level: int | None
    selected: bool
    expanded: bool | None


class Ear:
    """Listens to one page, cheaply enough to be asked after every key."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._session: CDPSession = page.context.new_cdp_session(page)
        self._session.send("Accessibility.enable")

    def focused(self) -> Heard:
        """The element with the focus; the body of the page when there is none."""
        return self._heard("document.activeElement")

    def press(self, *keys: str) -> Heard:
        for key in keys:
            self.page.keyboard.press(key)
        return self.focused()

    def rows(self) -> list[Heard]:
        """The rows of all trees on the page, in reading order."""
        found = self._session.send("Accessibility.getFullAXTree")["nodes"]
        return [heard(node) for node in found if role_of(node) == "treeitem"]

    def _heard(self, expression: str) -> Heard:
        found = self._session.send("Runtime.evaluate", {"expression": expression})["result"]
        asked = {"objectId": found["objectId"], "fetchRelatives": False}
        node = self._session.send("Accessibility.getPartialAXTree", asked)["nodes"][0]
        return heard(node)


def heard(node: dict[str, Any]) -> Heard:
    properties = properties_of(node)
    return Heard(
        element=node["backendDOMNodeId"],
        role=role_of(node),
        name=node.get("name", {}).get("value", ""),
        level=properties.get("level"),
        selected=properties.get("selected", False),
        expanded=properties.get("expanded"),
    )
