"""What goes wrong where there is little room, or letters are large: asked of the rendered page."""

from __future__ import annotations

from playwright.sync_api import Page

# WCAG 1.4.12: whoever needs more room between letters, words and lines sets it like this.
TEXT_SPACING = """* {
  line-height: 1.5 !important;
  letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }"""

TROUBLES = """(selector) => {
  const root = document.querySelector(selector);
  const style = (element) => getComputedStyle(element);
  const words = (element) =>
    (element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 60);
  const named = (what, element) =>
    `${what}: ${element.localName}.${element.className} ${words(element)}`;
  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest("svg, style, canvas, .mgw-live, .mgw-unseen, [hidden]");
  // What may be wider than the page, since it is moved by itself.
  const scrolls = (element) => {
    for (let e = element; e !== null && e !== root.parentElement; e = e.parentElement)
      if (/auto|scroll/.test(style(e).overflowX)) return true;
    return false;
  };
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
  const edge = Math.min(innerWidth, root.getBoundingClientRect().right) + 0.5;
  for (const element of root.querySelectorAll("*")) {
    if (!isSeen(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if (box.right > edge && !scrolls(element)) found.push(named("sticks out", element));
    const { overflowX, overflowY } = style(element);
    const isCut =
      (/hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (/hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1);
    if (isCut && box.width > 2 && !element.matches("input") && element.textContent.trim() !== "")
      found.push(named("cut off", element));
    if (element.matches("button, select, input, summary, [role=slider], [role=option], a[href]")) {
      const target = /checkbox|radio/.test(element.type) ? element.closest("label") : element;
      const { width, height } = (target ?? element).getBoundingClientRect();
      if (Math.min(width, height) < 23.99 && !element.matches("p a, li a"))
        found.push(named(`${width} x ${height} px`, element));
    }
  }
  // Words on two lines, and words on other words.
  const inks = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !isSeen(element) || element.closest("option")) continue;
    for (const match of node.data.matchAll(/[\\p{L}\\p{N}_]+/gu)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
      if (lines.length === 0) continue;
      const isName = element.closest("code, pre, bdi") !== null || match[0].length > 14;
      if (new Set(lines.map(({ top }) => Math.round(top))).size > 1 && !isName)
        found.push(`broken word: ${match[0]} in ${element.className} ${words(element)}`);
      for (const { left, right, top, bottom } of lines)
        inks.push({ word: match[0], element, left, right, top, bottom });
    }
  }
  inks.sort((a, b) => a.top - b.top);
  for (const [n, a] of inks.entries())
    for (let m = n + 1; m < inks.length && inks[m].top < a.bottom - 3; m++) {
      const b = inks[m];
      const isOver = Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5;
      const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (isOver && height > 3 && !scrolls(a.element) && !scrolls(b.element))
        found.push(`overlap: ${a.word} in ${words(a.element)} | ${b.word} in ${words(b.element)}`);
    }
  return [...new Set(found)];
}"""


def troubles(page: Page, selector: str = ".mgw") -> list[str]:
    """What is cut off, broken, covered, too small for a finger, or makes the page scroll."""
    found: list[str] = page.evaluate(TROUBLES, selector)
    return found
