"""What a host shows of a widget: a figure that answers, a picture, words, or nothing."""

from __future__ import annotations

import re
from contextlib import suppress

from playwright.sync_api import Frame, Locator, Page, expect
from playwright.sync_api import TimeoutError as Missing

from tests.browser.figure import FIGURE
from tests.browser.pages import Visit

# In every host stand `show(o)`, with o = x · y + x, x = 2, y = −3, and `Dashboard(hidden=[4])`.
KINDS = ("diagram", "dashboard")
LIVE = {"diagram": FIGURE, "dashboard": ".mgw-dashboard"}
PICTURE = {
    "diagram": 'img[alt^="Expression graph"]',
    "dashboard": 'img[alt^="Decision boundary"]',
}
WORDS = {
    "diagram": re.compile(r"-4\.0000, 4 values"),
    "dashboard": re.compile(r"Dashboard\(moons|step 0, loss"),
}
PATIENCE = 45_000

Root = Page | Frame


def shown(root: Root, kind: str, *, runs: bool = True) -> str:
    """``live``, ``picture``, ``text`` or ``nothing``: what a person has of it.

    A host that ``runs`` widgets is waited for, since the picture may be there first; of others
    only what is there when all has been loaded counts.
    """
    live = root.locator(LIVE[kind]).first
    if runs:
        with suppress(Missing):  # what is there instead is named below
            live.wait_for(timeout=PATIENCE)
    if live.is_visible():
        (diagram_answers if kind == "diagram" else dashboard_trains)(live)
        expect(root.locator(PICTURE[kind]).locator("visible=true")).to_have_count(0)
        return "live"
    picture = root.locator(PICTURE[kind]).first
    if picture.is_visible() and picture.evaluate("(img) => img.complete && img.naturalWidth > 0"):
        return "picture"
    words = root.get_by_text(WORDS[kind]).locator("visible=true")
    return "text" if words.count() > 0 else "nothing"


def diagram_answers(root: Locator) -> None:
    """It changes a leaf, says why a gradient is what it is, and steps."""
    expect(root.locator(".mgw-box").first).to_be_visible(timeout=PATIENCE)
    root.get_by_role("button", name="Show the whole picture").click()
    row = root.locator('[role="treeitem"][aria-label^="x = "]').first
    box = root.locator(f'.mgw-box[data-index="{row.get_attribute("data-index")}"]')
    box.locator("rect.mgw-frame").click()
    field = root.get_by_label("x, as a number")
    field.fill("5")
    field.press("Enter")
    result = root.locator('[role="treeitem"][aria-label^="o = −10"]')
    expect(result.first).to_be_attached()  # 5 · −3 + 5
    root.get_by_text("Why this gradient?").click()
    paths = root.get_by_role("list", name="Paths to the output").get_by_role("button")
    expect(paths).to_have_count(2)
    root.get_by_role("button", name="Step through", exact=True).click()
    step_on(root, 1)


def step_on(root: Locator, step: int) -> None:
    root.get_by_role("button", name="Next step (right arrow)").click()
    expect(root.locator(".mgw-deck")).to_contain_text(f"Forward {step} of")


def dashboard_trains(root: Locator) -> None:
    """It draws the boundary and takes a step of the training."""
    boundary = root.locator(".mgw-boundary canvas, .mgw-boundary svg")
    expect(boundary.first).to_be_visible(timeout=PATIENCE)
    train_on(root, 1)


def train_on(root: Locator, step: int) -> None:
    root.get_by_role("button", name="One step on (right arrow)").click()
    expect(root.locator(".mgw-glance")).to_contain_text(re.compile(rf"^step\s*{step} of 100"))


def go_on(root: Root) -> str:
    """``live`` where both, that have been shown to live before, take one more step."""
    step_on(root.locator(LIVE["diagram"]).first, 2)
    train_on(root.locator(LIVE["dashboard"]).first, 2)
    return "live"


def complaints(visit: Visit) -> set[str]:
    """What the console said, without the places in files, which differ from page to page."""
    visit.page.evaluate("0")  # what is under way arrives first
    return {re.sub(r":\d+:\d+|file:\S*", "", error.splitlines()[0]) for error in visit.errors}


def asked(visit: Visit) -> set[str]:
    visit.page.evaluate("0")
    return set(visit.outside)
