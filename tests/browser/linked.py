"""A page on the disk that is opened by a link, and what it shows and tells."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect

from microgradwidgets.views.result import read_result
from tests.browser.figure import FIGURE, Figure
from tests.browser.pages import until
from tests.test_pages import block

PERMISSIONS = ["clipboard-read", "clipboard-write"]


class Opened:
    """A page on the disk, in a window without a network."""

    def __init__(self, window, folder: Path) -> None:
        self.window, self.folder = window, folder

    def write(self, text: str) -> str:
        path = self.folder / "page.html"
        path.write_text(text, "utf-8")
        return path.as_uri()

    def open(self, text: str, fragment: str = "") -> Opened:
        return self.go(self.write(text) + fragment)

    def go(self, address: str) -> Opened:
        self.window.goto("about:blank")
        self.window.goto(address)
        return self

    @property
    def figures(self) -> list[Figure]:
        places = self.window.locator(FIGURE)
        expect(places.first).to_be_visible()
        return [Figure(place).drawn() for place in places.all()]

    @property
    def figure(self) -> Figure:
        return self.figures[0]

    @property
    def texts(self) -> list[list[str]]:
        return [box.texts for box in self.figure.boxes]

    @property
    def notes(self):
        return self.window.locator(".mgw-page-note")

    @property
    def dashboard(self):
        return self.window.locator(".mgw-dashboard")

    def is_at(self, step: int) -> None:
        expect(self.dashboard.locator(".mgw-glance dd").first).to_have_text(
            re.compile(f"^{step:,} of "), timeout=20_000
        )

    def export(self, entry: str) -> None:
        self.window.get_by_role("button", name="Export", exact=True).click()
        self.window.get_by_role("menuitem", name=entry, exact=True).click()

    def copied_link(self) -> str:
        self.export("Copy link")
        said = re.compile(r"^Link copied, [\d,]+ characters")
        expect(self.window.locator(".mgw-live").first).to_have_text(said)
        link: str = self.window.evaluate("navigator.clipboard.readText()")
        return link

    def saved_traits(self) -> dict:
        with self.window.expect_download() as download:
            self.export("Save page (HTML)")
        (traits,) = json.loads(block(Path(download.value.path()).read_text("utf-8"), "widgets"))
        return traits

    def trained(self):
        """What the page has to tell of its training, every number in full."""

        def told():
            packed = self.saved_traits()["result"]
            return read_result(b64decode(packed["$bytes"])) if packed["$bytes"] else None

        until(self.window, lambda: told() is not None, "a result of the training")
        return told()


@contextmanager
def opening(browser: Browser, folder: Path) -> Iterator[Opened]:
    """A window that may use the clipboard; nothing in it may go wrong."""
    with closing(browser.new_context(offline=True, permissions=PERMISSIONS)) as context:
        window = context.new_page()
        wrong = []
        window.on("pageerror", lambda error: wrong.append(str(error)))
        window.on("console", lambda said: said.type == "error" and wrong.append(said.text))
        window.on("dialog", lambda dialog: wrong.append(dialog.message))
        yield Opened(window, folder)
        assert wrong == []
