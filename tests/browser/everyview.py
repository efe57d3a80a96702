"""Every kind of figure on one page, each opened as far as it goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playwright.sync_api import expect

from microgradwidgets import Value, misconceptions, show
from tests.browser.expressions import LECTURE, made_names
from tests.browser.figure import FIGURE, Figure
from tests.browser.plain import PlainPage
from tests.browser.training import Training
from tests.grouped import score

OPEN_ALL = """(root) => {
  for (const closed of root.querySelectorAll("details:not([open]) > summary")) closed.click();
}"""


def neuron(plain: PlainPage, theme: str) -> None:
    """With everything open that can be: the list, the keys, a panel with the paths of its leaf."""
    names = made_names(LECTURE)
    figure = plain.show(show(names["o"], names=names), theme=theme)
    figure.press_button("List")
    figure.press_button("Keys")
    figure.named("x2").focus()
    plain.page.keyboard.press(" ")
    plain.page.keyboard.press("w")
    expect(figure.panel.get_by_role("list", name="Paths to the output")).to_be_visible()


def prediction(plain: PlainPage, theme: str) -> None:
    names = made_names(LECTURE)
    figure = plain.show(show(names["o"], names=names, predict=True), theme=theme)
    figure.rows.last.focus()
    plain.page.keyboard.press(".")
    expect(figure.root.get_by_role("group", name="Prediction")).to_be_visible()


def compared(plain: PlainPage, theme: str) -> None:
    other = score([3, 1], [0.5, 1.0])
    plain.show(show(score([3, 1]), names=False, compare=other), theme=theme)


def broken(plain: PlainPage, theme: str) -> None:
    zero, large = Value(0.0, label="zero"), Value(1e100, label="large")
    plain.show(show(zero**-1.0 - large**4, names=False), theme=theme)


def dashboard(plain: PlainPage, theme: str) -> None:
    training = Training(plain, hidden=[4, 3], n_samples=60, speed="max", theme=theme)
    training.go(30)
    plain.set("selected_parameter", 1)
    plain.set("selected_point", 0)
    Figure(plain.page.locator(FIGURE)).drawn()
    training.root.evaluate(OPEN_ALL)


def mistakes(plain: PlainPage, theme: str) -> None:
    plain.mount(misconceptions(case="recursion"), theme=theme)
    expect(plain.page.locator(".mgw-box").first).to_be_visible(timeout=15_000)


VIEWS: dict[str, Callable[[PlainPage, str], None]] = {
    "neuron": neuron,
    "prediction": prediction,
    "compared": compared,
    "broken": broken,
    "dashboard": dashboard,
    "mistakes": mistakes,
}


def each_view(plain: PlainPage, theme: str = "light") -> Iterator[tuple[str, str]]:
    """Puts up one after the other; gives its name and where on the page it is."""
    for name, put_up in VIEWS.items():
        put_up(plain, theme)
        yield name, "body > div"
