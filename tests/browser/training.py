"""The time of a training on a dashboard, as a person meets it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from microgradwidgets.views.dashboard import Dashboard
from tests.browser.plain import PlainPage

FIGURE_SPACE = "\u2007"


class Training:
    """A dashboard on a page without a kernel, and the parts that show and move its time."""

    def __init__(
        self,
        host: PlainPage,
        *,
        theme: str = "light",
        width: int | None = None,
        answers: bool = False,
        **settings: object,
    ) -> None:
        dashboard = Dashboard(**settings)  # type: ignore[arg-type]
        host.mount(dashboard, theme=theme, width=width, answers=answers)
        self.host = host
        self.page: Page = host.page
        self.root = self.page.locator(".mgw-dashboard")
        self.glance = self.root.locator(".mgw-glance")
        self.transport = self.root.get_by_role("group", name="Steps of the training")
        self.slider = self.transport.get_by_role("slider", name="Step on screen")
        self.field = self.transport.get_by_role("textbox", name="Step")
        self.status = self.root.locator(".mgw-messages [role=status]")
        self.alert = self.root.locator(".mgw-messages [role=alert]")
        self.curves = self.root.get_by_role("region", name="Loss and accuracy")
        self.chart = self.curves.get_by_role("slider", name="Loss and accuracy by step")
        self.runs = self.root.get_by_role("region", name="Runs")
        expect(self.slider).to_be_enabled()

    def figure(self, name: str) -> Locator:
        """One of the numbers that a glance tells."""
        entry = self.glance.locator("div").filter(
            has=self.page.locator("dt", has_text=re.compile(f"^{name}$"))
        )
        return entry.locator("dd")

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))

    def is_at(self, step: int, of: int) -> None:
        words = re.compile(f"^{step:,} of {of:,}{FIGURE_SPACE}*$")
        expect(self.figure("step")).to_have_text(words, timeout=20_000)

    def go(self, step: int) -> None:
        self.field.fill(str(step))
        self.field.press("Enter")
        expect(self.figure("step")).to_have_text(re.compile(f"^{step:,} of"), timeout=20_000)

    @property
    def loss(self) -> str:
        return self.figure("loss").inner_text()

    def read(self, name: str) -> Locator:
        """A number of the curves' read-out."""
        entry = self.curves.locator("dl > div").filter(
            has=self.page.locator("dt", has_text=re.compile(f"^{name}$"))
        )
        return entry.locator("dd")
