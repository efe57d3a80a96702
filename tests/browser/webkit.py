"""WebKit, as WebKitGTK's small browser has it, on a screen that nobody sees."""

from __future__ import annotations

import os
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from selenium.common.exceptions import NoSuchFrameException
from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.tabs import FRAME, WATCH, Tab

KEYS = {
    "ArrowDown": Keys.ARROW_DOWN,
    "ArrowLeft": Keys.ARROW_LEFT,
    "ArrowRight": Keys.ARROW_RIGHT,
    "ArrowUp": Keys.ARROW_UP,
    "End": Keys.END,
    "Enter": Keys.ENTER,
    "Escape": Keys.ESCAPE,
    "Home": Keys.HOME,
    "PageDown": Keys.PAGE_DOWN,
    "PageUp": Keys.PAGE_UP,
    "Tab": Keys.TAB,
}

# A frame begins as an empty document, which another takes the place of.
LOADED = "return location.href !== 'about:blank' && document.readyState === 'complete'"


class WebKitTab(Tab):
    """Its only tab. The driver tells of no errors, so a watched copy of each file is opened."""

    name = "webkit"

    def __init__(self, driver: WebKitGTK, folder: Path, outside: list[str]) -> None:
        self.driver = driver
        self.folder = folder
        self._outside = outside

    def open(self, path: Path) -> None:
        self.driver.switch_to.default_content()
        self.framed = None
        text = path.read_text("utf-8")
        assert "<head>" in text, "expected a page with <head>, before any policy"
        watch = f"<head><script>{WATCH}</script>"
        for written in (str, escape):  # the page, and pages inside its frames
            text = text.replace(written("<head>"), written(watch))
        copy = self.folder / path.name
        copy.write_text(text, encoding="utf-8")
        self.driver.get(copy.as_uri())

    def enter(self, css: str) -> None:
        self.evaluate(FRAME, css)  # lazy ones load when they come into view
        self.driver.switch_to.frame(self.driver.find_element(By.CSS_SELECTOR, css))
        wait = WebDriverWait(self.driver, 30, 0.05, [NoSuchFrameException])
        wait.until(lambda driver: driver.execute_script(LOADED))
        self.framed = css

    def evaluate(self, function: str, *given: Any) -> Any:
        return self.driver.execute_script(f"return ({function})(...arguments)", *given)

    def evaluate_on_top(self, function: str, *given: Any) -> Any:
        if self.framed is None:
            return self.evaluate(function, *given)
        self.driver.switch_to.default_content()
        try:
            return self.evaluate(function, *given)
        finally:
            self.driver.switch_to.frame(self.driver.find_element(By.CSS_SELECTOR, self.framed))

    def press(self, *keys: str) -> None:
        for key in keys:
            chain = ActionChains(self.driver, duration=0)
            *held, last = key.split("+") if len(key) > 1 else [key]
            for modifier in held:
                chain.key_down(getattr(Keys, modifier.upper()))
            chain.send_keys(KEYS.get(last, last))
            for modifier in held:
                chain.key_up(getattr(Keys, modifier.upper()))
            chain.perform()

    def _point(self, x: float, y: float, *, click: bool) -> None:
        chain = ActionChains(self.driver, duration=0)
        pointer = chain.w3c_actions.pointer_action
        pointer.move_to_location(round(x), round(y))
        if click:
            pointer.click()
        chain.perform()

    def screenshot(self, path: Path) -> None:
        path.write_bytes(self.driver.get_screenshot_as_png())

    @property
    def outside(self) -> list[str]:
        return self._outside


@contextmanager
def screen() -> Iterator[str]:
    """A display of its own."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1200x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def dead_end(asked: list[str]) -> Iterator[str]:
    """A proxy that leads nowhere, and writes down what it was asked for."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(repr(self.rfile.readline(300)))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@contextmanager
def webkit_driver(program: str, asked: list[str]) -> Iterator[WebKitGTK]:
    with screen() as display, dead_end(asked) as proxy:
        options = WebKitGTKOptions()
        options.add_argument("--automation")
        options.set_capability(
            "proxy", {"proxyType": "manual", "httpProxy": proxy, "sslProxy": proxy}
        )
        service = Service(program, env={**os.environ, "DISPLAY": display})
        driver = WebKitGTK(options=options, service=service)
        try:
            driver.set_window_size(1280, 1000)
            yield driver
        finally:
            driver.quit()
