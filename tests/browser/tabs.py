"""What a test asks of any browser: a page from the disk, its keys, its mouse, its complaints.

Chromium and Firefox are driven by Playwright, Firefox over WebDriver BiDi; WebKit is driven by
WebDriver (``webkit.py``), which knows no locators. So a test that is to hold in all three finds
its way about by JavaScript, and what it does, it does with real keys and a real mouse.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Frame, Request, WebError

# Runs before everything else on a page: what no console or no driver would tell.
WATCH = """
window.complaints = [];
addEventListener("securitypolicyviolation", (event) =>
  complaints.push(`the policy forbids ${event.violatedDirective} ${event.blockedURI}`));
addEventListener("error", (event) => complaints.push(event.error?.stack ?? event.message ??
  `${event.target.localName} failed: ${event.target.src ?? event.target.href}`), true);
addEventListener("unhandledrejection", (event) => complaints.push(`rejected: ${event.reason}`));
console.error = (...words) => complaints.push(words.join(" "));
"""

# The middle of an element, brought into view; nothing while there is none.
PLACE = """(css, text) => {
  const seen = (element) => element.getClientRects().length > 0;
  const name = ({ ariaLabel, labels, textContent }) =>
    (ariaLabel ?? labels?.[0]?.textContent ?? textContent).trim();
  const found = [...document.querySelectorAll(css)].find(
    (element) => seen(element) && name(element).startsWith(text));
  if (!found) return null;
  const { top, bottom } = found.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) found.scrollIntoView({ block: "center" });
  const { x, y, width, height } = found.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}"""


FRAME = """(css) => {
  const frame = document.querySelector(css);
  const { top, bottom } = frame.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) frame.scrollIntoView({ block: "center" });
  const { x, y } = frame.getBoundingClientRect();
  return [x + frame.clientLeft, y + frame.clientTop];
}"""

COMPLAINTS = "() => window.complaints ?? ['it was not watched']"


class Tab(ABC):
    """One page in one browser. Coordinates and scripts are those of the frame it is in."""

    name: str
    framed: str | None = None
    """The iframe it is in, as a selector."""

    @abstractmethod
    def open(self, path: Path) -> None:
        """Load a file, as from a USB stick on a machine without a network."""

    @abstractmethod
    def enter(self, css: str) -> None:
        """Go into an iframe of the page; ``open`` leads out again."""

    @abstractmethod
    def evaluate(self, function: str, *given: Any) -> Any:
        """What a function of JavaScript answers, which may be a promise."""

    @abstractmethod
    def evaluate_on_top(self, function: str, *given: Any) -> Any:
        """The same in the page itself, from within an iframe too."""

    @abstractmethod
    def press(self, *keys: str) -> None:
        """Press keys one after the other, named as ``KeyboardEvent.key`` has them."""

    @abstractmethod
    def _point(self, x: float, y: float, *, click: bool) -> None:
        """Bring the mouse to a place of the window."""

    @abstractmethod
    def screenshot(self, path: Path) -> None: ...

    @property
    @abstractmethod
    def outside(self) -> list[str]:
        """What it has asked of other machines."""

    def forget(self) -> None:
        """Drop all that it has complained of and asked for."""
        self.outside.clear()
        self.evaluate_on_top("() => void (window.complaints = [])")

    @property
    def complaints(self) -> list[str]:
        """Errors of all kinds, and what the policy of the page has forbidden."""
        inside = self.evaluate(COMPLAINTS) if self.framed else []
        return [*inside, *self.evaluate_on_top(COMPLAINTS)]

    def until(self, condition: str, *given: Any, seconds: float = 30.0) -> Any:
        """Ask again on every frame of the page until the answer is true."""
        end = time.monotonic() + seconds
        while not (answer := self.evaluate(condition, *given)):
            assert time.monotonic() < end, (
                f"{self.name}: waited {seconds} s for {condition} {given}; {self.complaints}"
            )
            self.evaluate("() => new Promise((done) => requestAnimationFrame(() => done(0)))")
        return answer

    def move(self, x: float, y: float, *, click: bool = False) -> None:
        """Bring the mouse to a place of the frame."""
        left, top = self.evaluate_on_top(FRAME, self.framed) if self.framed else (0, 0)
        self._point(left + x, top + y, click=click)

    def click(self, x: float, y: float) -> None:
        self.move(x, y, click=True)

    def place(self, css: str, text: str = "") -> tuple[float, float]:
        """Where an element is that can be seen, once there is one whose name begins like that."""
        x, y = self.until(PLACE, css, text)
        return x, y

    def click_on(self, css: str, text: str = "") -> None:
        self.click(*self.place(css, text))

    def move_to(self, css: str, text: str = "") -> None:
        self.move(*self.place(css, text))

    def type(self, text: str) -> None:
        """Replace what stands in the field that has the focus."""
        self.evaluate("() => document.activeElement.select()")
        self.press(*text)


class PlaywrightTab(Tab):
    """A tab of Chromium or Firefox."""

    def __init__(self, name: str, browser: Browser) -> None:
        self.name = name
        self.context = browser.new_context(viewport={"width": 1280, "height": 960})
        self.context.add_init_script(WATCH)
        self.context.on("console", self._console)
        self.context.on("weberror", self._weberror)
        self.context.on("request", self._request)
        self.page = self.context.new_page()
        self.frame: Frame = self.page.main_frame
        self._complaints: list[str] = []
        self._outside: list[str] = []

    def close(self) -> None:
        self.context.close()

    def open(self, path: Path) -> None:
        self.frame, self.framed = self.page.main_frame, None
        self.page.goto(path.as_uri())

    def enter(self, css: str) -> None:
        self.evaluate_on_top(FRAME, css)  # lazy ones load when they come into view
        element = self.page.wait_for_selector(css)
        frame = element and element.content_frame()
        assert frame
        frame.wait_for_load_state()
        self.frame, self.framed = frame, css

    def evaluate(self, function: str, *given: Any) -> Any:
        return self.frame.evaluate(f"(given) => ({function})(...given)", [*given])

    def evaluate_on_top(self, function: str, *given: Any) -> Any:
        return self.page.evaluate(f"(given) => ({function})(...given)", [*given])

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def _point(self, x: float, y: float, *, click: bool) -> None:
        self.page.mouse.move(x, y)
        if click:
            self.page.mouse.click(x, y)

    def screenshot(self, path: Path) -> None:
        self.page.screenshot(path=path)

    @property
    def outside(self) -> list[str]:
        self.evaluate("() => 0")  # events that are under way arrive first
        return self._outside

    def forget(self) -> None:
        super().forget()
        self._complaints.clear()

    @property
    def complaints(self) -> list[str]:
        return [*super().complaints, *self._complaints]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(message.text)

    def _weberror(self, error: WebError) -> None:
        self._complaints.append(error.error.stack or str(error.error))

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in ("file", "data", "blob", "about"):
            self._outside.append(request.url)
