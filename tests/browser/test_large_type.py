"""Large type for a hall: 18 pixels or more on a screen of 1080 lines, and nothing overlaps."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from microgradwidgets import Dashboard, misconceptions, show
from tests.vectors import lecture_neuron

# Texts that are seen, with their size on the screen.
SIZES = """(root) => {
  const scale = root.getBoundingClientRect().width / root.offsetWidth;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const sizes = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest("style, .mgw-live, .mgw-spoken, [role=tree]")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    const matrix = element.closest("svg") && element.getScreenCTM?.();
    sizes.push([node.data, size * (matrix ? matrix.a : scale)]);
  }
  return sizes;
}"""

# Controls and words that lie upon one another, or stand out of the figure.
CLASHES = """(root) => {
  const seen = [...root.querySelectorAll("button, select, input, label, p, dt, dd, h3, strong, td")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest(
      ".mgw-live, .mgw-spoken, [role=tree], .mgw-netview-area, .mgw-boundary-area"));
  const areas = seen.map((one) => one.getBoundingClientRect());
  const clashes = [];
  const edge = root.getBoundingClientRect();
  const name = (one) => one.className + " " + (one.textContent || one.ariaLabel);
  for (const [n, a] of areas.entries()) {
    if (a.width === 0) continue;
    if (a.left < edge.left - 1 || a.right > edge.right + 1) clashes.push([name(seen[n]), "out"]);
    for (const [m, b] of areas.entries()) {
      if (m <= n || seen[n].contains(seen[m]) || seen[m].contains(seen[n])) continue;
      const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (width > 2 && height > 2) clashes.push([name(seen[n]), name(seen[m])]);
    }
  }
  return clashes;
}"""

FIGURES = {
    "diagram": lambda: show(lecture_neuron(), presenter=True),
    "dashboard": lambda: Dashboard(hidden=[8, 8], presenter=True),
    "misconceptions": lambda: misconceptions(presenter=True),
}


def mounted(host, which, theme="light"):
    host.mount(FIGURES[which](), theme=theme)
    root = host.page.locator(".mgw")
    ready = ".mgw-transport-slider:enabled" if which == "dashboard" else ".mgw-box"
    expect(root.locator(ready).first).to_be_visible()
    host.page.keyboard.press("PageDown")
    return root


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("which", FIGURES)
def test_all_text_is_large_on_a_projector(plain_page, which, theme):
    host = plain_page(viewport={"width": 1920, "height": 1080})
    root = mounted(host, which, theme)
    if which == "diagram":
        host.page.mouse.move(*centre(root.locator("rect.mgw-frame").last))
        expect(root.locator(".mgw-tooltip")).to_be_visible()
        assert not too_small(root)
        select_last(root)
        root.get_by_role("button", name="Keys", exact=True).click()
    assert not too_small(root)


def too_small(root):
    return {text: size for text, size in root.evaluate(SIZES) if size < 18}


def select_last(root):
    root.get_by_role("treeitem").last.focus()
    root.page.keyboard.press("Enter")
    expect(root.locator(".mgw-panel")).to_be_visible()


def centre(element):
    area = element.bounding_box()
    return area["x"] + area["width"] / 2, area["y"] + area["height"] / 2


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)], ids=str)
@pytest.mark.parametrize("which", FIGURES)
def test_nothing_overlaps(plain_page, which, size):
    width, height = size
    host = plain_page(viewport={"width": width, "height": height})
    root = mounted(host, which)
    if which == "diagram":
        select_last(root)
    assert root.evaluate(CLASHES) == []
    # Targets are large as well.
    for target in root.locator(".mgw-buttons button, .mgw-stepper button").all():
        if target.is_visible():
            assert target.bounding_box()["height"] >= 30


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720), (1024, 768)], ids=str)
def test_a_diagram_fits_into_the_window_with_its_stepper(plain_page, size):
    width, height = size
    host = plain_page(viewport={"width": width, "height": height})
    root = mounted(host, "diagram")
    assert root.bounding_box()["height"] <= height
    expect(root.locator(".mgw-step-words")).to_be_in_viewport(ratio=0.9)


def test_type_follows_the_window(plain_page):
    host = plain_page(viewport={"width": 1920, "height": 1080})
    root = mounted(host, "diagram")
    assert root.evaluate("(root) => root.style.zoom") == "1.64"
    host.page.set_viewport_size({"width": 1024, "height": 768})
    host.page.wait_for_function("document.querySelector('.mgw').style.zoom === '1.3'")
    assert root.bounding_box()["height"] <= 768
