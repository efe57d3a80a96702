"""The stepper of a figure, and what it has written on the picture."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator

from tests.browser.figure import Figure

SLIPS = """(root, kind) => [...root.querySelectorAll(`.mgw-slip.${kind}`)].map((slip) => ({
  to: Number(slip.dataset.to ?? slip.dataset.from),
  text: slip.textContent,
}))"""

# What lies over what, in pixels: slips over slips, and slips over the numbers of boxes.
OVERLAPS = """(root) => {
  const area = (element) => element.getBoundingClientRect();
  const shared = (a, b) =>
    Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
    Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));
  const slips = [...root.querySelectorAll(".mgw-slip rect")].map(area);
  const numbers = [...root.querySelectorAll(".mgw-box .mgw-number")].map(area);
  const most = (pairs) => Math.max(0, ...pairs.map(([a, b]) => shared(a, b)));
  return {
    slips: most(slips.flatMap((a, n) => slips.slice(n + 1).map((b) => [a, b]))),
    numbers: most(slips.flatMap((a) => numbers.map((b) => [a, b]))),
  };
}"""


class Stepper:
    """The controls below the picture."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.page = figure.page
        self.root = figure.root.get_by_role("group", name="Stepper")

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name)

    @property
    def slider(self) -> Locator:
        return self.root.get_by_role("slider", name="Step")

    @property
    def place(self) -> str:
        return self.slider.get_attribute("aria-valuetext") or ""

    @property
    def sentence(self) -> str:
        return self.root.locator(".mgw-step-words").inner_text()

    @property
    def spoken(self) -> str:
        return self.figure.root.locator(".mgw-live").inner_text().strip()

    def press(self, *keys: str) -> None:
        self.slider.focus()
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def cards(self) -> list[tuple[int, str]]:
        """On the arrows: the operand that an arrow comes from, and the product."""
        return [(slip["to"], slip["text"]) for slip in self._slips("mgw-card")]

    @property
    def sums(self) -> dict[int, str]:
        """At the boxes: what their gradients have become."""
        return {slip["to"]: slip["text"] for slip in self._slips("mgw-sum")}

    def _slips(self, kind: str) -> list[dict[str, Any]]:
        slips: list[dict[str, Any]] = self.figure.root.evaluate(SLIPS, kind)
        return slips

    @property
    def overlaps(self) -> dict[str, float]:
        answer: dict[str, float] = self.figure.root.evaluate(OVERLAPS)
        return answer

    @property
    def lit(self) -> list[str]:
        """The boxes at work."""
        indices = self.figure.root.locator(".mgw-box.mgw-now").evaluate_all(
            "(boxes) => boxes.map((box) => box.dataset.index)"
        )
        rows = [self.figure.rows.and_(self.page.locator(f'[data-index="{i}"]')) for i in indices]
        return [(row.get_attribute("aria-label") or "").split(" = ")[0] for row in rows]

    @property
    def seen(self) -> dict[str, Any]:
        """All that can be seen of the step, and of the numbers at that moment."""
        return {
            "boxes": [(box.texts, box.fill, box.spoken) for box in self.figure.boxes],
            "arrows": [(arrow.texts, arrow.dashed) for arrow in self.figure.arrows],
            "cards": self.cards,
            "sums": self.sums,
            "lit": self.lit,
            "sentence": self.sentence,
            "place": self.place,
            "summary": self.figure.summary,
        }


class Quiz:
    """The questions below the stepper."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.page = figure.page
        self.root = figure.root.get_by_role("group", name="Prediction")

    @property
    def prompt(self) -> str:
        return self.root.locator(".mgw-question > legend").inner_text()

    @property
    def verdict(self) -> str:
        said = self.root.locator(".mgw-verdict-words")
        return said.inner_text() if said.is_visible() else ""

    @property
    def score(self) -> str:
        return self.root.locator(".mgw-score").inner_text()

    @property
    def fields(self) -> Locator:
        return self.root.get_by_role("textbox")

    def button(self, name: str) -> Locator:
        return self.root.get_by_role("button", name=name, exact=True)

    def ask_for(self, kind: str) -> None:
        self.root.get_by_label("Ask for").select_option(label=kind)

    def answer(self, *numbers: str) -> str:
        """Type them, answer, and give the verdict."""
        for field, number in zip(self.fields.all(), numbers, strict=True):
            field.fill(number)
        self.button("Answer").click()
        return self.verdict

    def go_on(self) -> None:
        self.button("Next").click()
