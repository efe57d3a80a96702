"""A page under watch: what it complained of, what it asked of the network, what came in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    WebError,
    WebSocket,
)

from tests.browser.servers import Server

WINDOW = {"width": 1280, "height": 1000}

# Said by Notebook 7 itself, on a page without any widget too.
NOISE = (
    "Cannot read properties of undefined (reading 'schema')",
    "Command 'filebrowser:open-path' not registered",
)


@dataclass
class Visit:
    """A page, and everything that went wrong on it or out from it."""

    server: Server
    context: BrowserContext
    page: Page
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    engines: int = 0

    @classmethod
    def begin(cls, browser: Browser, server: Server, **options: Any) -> Visit:
        context = browser.new_context(**{"viewport": WINDOW, **options})
        context.set_default_timeout(10_000)
        visit = cls(server, context, context.new_page())
        context.on("console", visit._console)
        context.on("weberror", visit._weberror)
        context.on("request", visit._request)
        visit.page.on("websocket", visit._websocket)
        return visit

    def close(self) -> None:
        self.context.close()

    @property
    def is_clean(self) -> bool:
        self.page.evaluate("0")  # events that are under way arrive first
        return not self.errors and not self.outside

    def forgive(self, words: str) -> None:
        """Forget errors that the host is bound to report here."""
        self.page.evaluate("0")
        self.errors[:] = [error for error in self.errors if words not in error]

    def assert_clean(self) -> None:
        """No error on the console, no request to anybody but the notebook's own server."""
        assert self.is_clean, "\n".join([*self.errors, *self.outside])

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complain(f"{message.text} ({message.location.get('url', '')})")

    def _weberror(self, error: WebError) -> None:
        self._complain(error.error.stack or str(error.error))

    def _complain(self, words: str) -> None:
        if not any(noise in words for noise in NOISE):
            self.errors.append(words)

    def _request(self, request: Request) -> None:
        self._note(request.url)

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        own = urlsplit(self.server.url).netloc
        if parts.scheme not in ("data", "blob", "about") and parts.netloc != own:
            self.outside.append(url)

    def _websocket(self, socket: WebSocket) -> None:
        self._note(socket.url)
        socket.on("framereceived", self._frame)

    def _frame(self, payload: str | bytes) -> None:
        """Counts how often the engine comes down the wire; a tape is far smaller."""
        if len(payload) > 100_000:
            data = payload if isinstance(payload, bytes) else payload.encode()
            self.engines += b'"kind": "engine"' in data or b'"kind":"engine"' in data


def until(page: Page, condition: Callable[[], Any], what: str, seconds: float = 10.0) -> Any:
    """Ask again on every frame of the page until the answer is true."""
    end = page.evaluate("performance.now()") + 1000 * seconds
    while not (answer := condition()):
        now = page.evaluate("new Promise(r => requestAnimationFrame(() => r(performance.now())))")
        assert now < end, f"waited {seconds} s for {what}"
    return answer
