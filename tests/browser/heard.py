"""What a screen reader is told of the element that has the focus, asked of Chromium itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, Page

from tests.browser.access import properties_of, role_of

# A region speaks when what it holds has changed, once for all changes of a task.
LISTEN = """function () {
  const said = () => {
    const words = this.innerText.replace(/\\s+/g, " ").trim();
    if (words !== "") window.saidUnasked.push(words);
  };
  new MutationObserver(said).observe(this, { childList: true, characterData: true, subtree: true });
}"""


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

    def listen(self) -> None:
        """From now on notes what is said unasked: what Chromium takes for a live region."""
        found = self._session.send("Accessibility.getFullAXTree")["nodes"]
        live = [
            node for node in found if properties_of(node).get("live") in ("polite", "assertive")
        ]
        self.page.evaluate("window.saidUnasked = []")
        for node in live:
            asked = {"backendNodeId": node["backendDOMNodeId"]}
            region = self._session.send("DOM.resolveNode", asked)["object"]["objectId"]
            told = {"objectId": region, "functionDeclaration": LISTEN}
            self._session.send("Runtime.callFunctionOn", told)

    def said(self) -> list[str]:
        """What was said since it was last asked for."""
        words: list[str] = self.page.evaluate("window.saidUnasked.splice(0)")
        return words

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
