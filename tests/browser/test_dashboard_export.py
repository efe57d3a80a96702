"""What is taken away from a dashboard in a page, with no Python behind it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.image import imread
from playwright.sync_api import expect

from microgradwidgets.views.dashboard import Dashboard
from tests.browser.access import focused_name, violations
from tests.browser.pages import until
from tests.browser.plain import PlainPage

SVG = "{http://www.w3.org/2000/svg}"
PERMISSIONS = ["clipboard-read", "clipboard-write"]


CHANGED_ON_THE_WAY = (
    ". Settings were changed on the way, and the state cannot say so: it trains from step 0 with "
    "the settings of now, so what it shows differs from what is seen here"
)


class Page:
    """A dashboard, and its export menu."""

    def __init__(
        self, plain: PlainPage, theme: str = "light", width: int | None = None, **settings
    ):
        self.plain, self.page = plain, plain.page
        self.page.context.grant_permissions(PERMISSIONS)
        plain.mount(Dashboard(**settings), theme=theme, width=width)
        self.root = self.page.locator(".mgw-dashboard")
        self.button = self.root.get_by_role("button", name="Export", exact=True)
        self.menu = self.root.get_by_role("menu", name="Export")
        expect(self.button).to_be_visible()

    def train(self, step: int) -> Page:
        self.plain.set("step", step)
        expect(self.root).to_have_attribute("aria-label", re.compile(rf": step {step}, "))
        return self

    def choose(self, name: str) -> None:
        self.button.click()
        self.root.get_by_role("menuitem", name=name, exact=True).click()

    def expect_said(self, words) -> None:
        """A sentence that is shown for a moment, and spoken."""
        expect(self.root.locator(".mgw-dashboard-hint")).to_have_text(words)
        expect(self.root.locator(".mgw-live").first).to_have_text(words)

    def copied(self, name: str, then: str = "") -> str:
        """What is in the clipboard; ``then`` is what is said after how much it is."""
        self.choose(name)
        self.expect_said(re.compile(rf" copied, [\d,]+ characters{re.escape(then)}$"))
        text: str = self.page.evaluate("navigator.clipboard.readText()")
        return text

    def saved(self, name: str) -> tuple[str, bytes]:
        with self.page.expect_download() as download:
            self.choose(name)
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()

    def rows(self) -> list[dict[str, float]]:
        _, content = self.saved("Save rows (JSON)")
        rows: list[dict[str, float]] = json.loads(content)
        return rows


def run_script(script):
    variables = {}
    exec(script, variables)
    return variables


# -- text -----------------------------------------------------------------------------------------


def test_the_script_that_is_copied_does_the_run_again_to_the_bit(plain):
    page = Page(plain).train(60)
    script = page.copied("Copy as Python")
    assert "moons(100, noise=0.1, seed=1337)" in script
    assert [*run_script(script)["run"].history] == page.rows()


def test_what_was_changed_on_the_way_is_in_the_script(plain):
    page = Page(plain, train_share=0.8, batch_size=16, optimizer="momentum").train(10)
    plain.set("learning_rate", 0.05)
    plain.set("schedule", "constant")
    page.train(25)
    found = run_script(page.copied("Copy as Python"))
    rows = page.rows()
    assert rows[0].keys() - found["history"][0].keys() == {"test_loss", "test_accuracy"}
    ours = [{key: row[key] for key in found["history"][0]} for row in rows]
    assert found["history"] == ours
    assert len(ours) == 25


def test_points_that_were_moved_by_hand_are_in_the_script(plain):
    page = Page(plain, n_samples=20)
    plain.set("selected_point", 3)
    page.root.get_by_role("region", name="Decision boundary").get_by_role(
        "button", name=re.compile("^Delete")
    ).click()
    until(page.page, lambda: b'"own"' in plain.get_bytes("points"), "own points")
    page.train(5)
    script = page.copied("Copy as Python")
    assert "points = Dataset(" in script
    assert [*run_script(script)["run"].history] == page.rows()
    assert len(run_script(script)["points"]) == 19


def test_before_the_first_step_the_script_is_that_of_the_run_to_come(plain):
    page = Page(plain, steps=7)
    assert "    steps=7,\n" in page.copied("Copy as Python")
    page.choose("Save rows (CSV)")
    page.expect_said("There are no rows yet: a step has to be taken first")


def test_rows_are_saved_as_csv_with_every_digit(plain):
    page = Page(plain, train_share=0.5).train(12)
    name, content = page.saved("Save rows (CSV)")
    page.expect_said("12 rows saved as CSV")
    assert name == "training.csv"
    read = [*csv.DictReader(io.StringIO(content.decode(), newline=""))]
    assert [{key: float(x) for key, x in row.items()} for row in read] == page.rows()
    assert content.count(b"\r\n") == content.count(b"\n") == 13


def test_rows_of_a_run_that_diverged_are_json_that_every_program_reads(plain):
    page = Page(plain, schedule="constant", learning_rate=1e200)
    plain.set("step", 9)
    until(page.page, lambda: plain.get_bytes("result").find(b'"diverged"') > 0, "the end")
    name, content = page.saved("Save rows (JSON)")
    assert name == "training.json"
    rows = json.loads(content, parse_constant=pytest.fail)
    assert rows[-1]["loss"] in ("nan", "inf")
    page.expect_said(f"{len(rows)} rows saved as JSON")
    script = page.copied("Copy as Python")
    found = run_script(script)["run"]
    assert found.status == "diverged"
    assert len(found.history) == len(rows)


def test_a_state_that_was_copied_is_the_state_in_python(plain):
    page = Page(plain, hidden=[3], noise=0.25).train(12)
    plain.set("learning_rate", 0.5)
    text = page.copied("Copy state", then=CHANGED_ON_THE_WAY)
    again = Dashboard(state=text)
    assert again.state == text
    assert (again.hidden, again.noise, again.step, again.learning_rate) == ([3], 0.25, 12, 0.5)
    again.close()


def test_the_script_of_the_page_is_that_of_python(plain):
    settings = {"train_share": 0.8, "optimizer": "adam", "batch_size": 10, "learning_rate": 0.1}
    page = Page(plain, **settings).train(7)
    ours = Dashboard(**settings)
    ours.seek(7)
    assert page.copied("Copy as Python") == ours.to_python()
    assert page.saved("Save rows (CSV)")[1].decode() == ours.to_csv()
    ours.close()


# -- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["boundary", "curves"])
def test_pictures_are_saved_as_svg_and_png_that_stand_alone(plain, theme, kind):
    page = Page(plain, theme).train(8)
    name, svg = page.saved(f"Save {kind} (SVG)")
    page.expect_said("SVG saved")
    assert name == f"{kind}-step-8.svg"
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text
    values = [value for element in root.iter() for value in element.attrib.values()]
    assert [value for value in values if "var(" in value or "url(" in value] == []
    name, png = page.saved(f"Save {kind} (PNG, 2×)")
    page.expect_said("PNG saved")
    assert name == f"{kind}-step-8.png"
    height, width, _ = imread(io.BytesIO(png)).shape
    assert (width, height) == (2 * float(root.get("width")), 2 * float(root.get("height")))
    paper = imread(io.BytesIO(png))[0, 0, :3].mean()
    assert paper > 0.9 if theme == "light" else paper < 0.2


# -- the menu -------------------------------------------------------------------------------------


def test_the_menu_is_worked_by_keys_alone_and_gives_the_focus_back(plain):
    page = Page(plain).train(3)
    page.button.focus()
    press = page.page.keyboard.press
    press("Enter")
    assert focused_name(page.page) == ("menuitem", "Copy as Python")
    press("End")
    assert focused_name(page.page) == ("menuitem", "Save page (HTML)")
    press("ArrowLeft")  # would go back a step elsewhere
    press("Escape")
    expect(page.menu).to_be_hidden()
    assert focused_name(page.page) == ("button", "Export")
    assert plain.get("step") == 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_open_menu_is_in_order_for_those_who_do_not_see_it(plain, theme):
    page = Page(plain, theme)
    page.button.click()
    expect(page.menu).to_be_visible()
    assert violations(page.page, ".mgw-exporting") == []


@pytest.mark.parametrize("width", [320, 640, 1100])
def test_the_open_menu_is_in_view(plain, width):
    page = Page(plain, width=width)
    page.button.click()
    room, area = page.root.bounding_box(), page.menu.bounding_box()
    assert room["x"] <= area["x"]
    assert area["x"] + area["width"] <= room["x"] + room["width"]


def test_while_it_plays_the_menu_stays_open_and_takes_what_is_on_screen(plain):
    page = Page(plain, steps=2000, speed="max")
    plain.set("playing", True)
    until(page.page, lambda: plain.get("step") > 20, "some steps")
    rows = page.rows()
    assert len(rows) > 20
    plain.set("playing", False)
