"""Contrast as it is rendered: inks over the very pixels that they stand on, as WCAG counts it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from playwright.sync_api import Page

# Everything but the words, so that a picture of it shows what the words stand on.
WORDLESS = """*, *::placeholder {
  color: transparent !important;
  -webkit-text-fill-color: transparent !important;
  caret-color: transparent !important;
  text-shadow: none !important;
}
svg text { fill: transparent !important; }
.mgw-strike { stroke: transparent !important; }"""

# Of every text that can be seen: its words, colour, opacity, size, and where it stands.
INKS = """(root) => {
  const style = (element) => getComputedStyle(element);
  const found = [];
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const seenOf = (element, { left, right, top, bottom }) => {
    for (let e = element; e !== null && e !== document.documentElement; e = e.parentElement) {
      const { overflowX, overflowY, clipPath } = style(e);
      if (clipPath !== "none") return null;
      if (overflowX === "visible" && overflowY === "visible") continue;
      const port = e.getBoundingClientRect();
      [left, right] = [Math.max(left, port.left), Math.min(right, port.right)];
      [top, bottom] = [Math.max(top, port.top), Math.min(bottom, port.bottom)];
    }
    return right - left > 2 && bottom - top > 2 ? { left, right, top, bottom } : null;
  };
  const opacityOf = (element) => {
    let opacity = 1;
    for (let e = element; e !== null; e = e.parentElement) opacity *= Number(style(e).opacity);
    return opacity;
  };
  const isOff = (element) =>
    element.closest(`:disabled, [aria-disabled=true], [hidden], .mgw-dim, option, .mgw-live`) !==
    null;
  const add = (words, element, box, colour) => {
    if (isOff(element) || !element.checkVisibility({ visibilityProperty: true })) return;
    const area = seenOf(element, box);
    if (area === null) return;
    const { fontSize, fontWeight } = style(element);
    const isLarge = parseFloat(fontSize) >= (Number(fontWeight) >= 700 ? 18.66 : 24);
    const [x, y] = [area.left + scrollX, area.top + scrollY];
    const [width, height] = [area.right - area.left, area.bottom - area.top];
    const ink = rgba(colour);
    ink[3] *= opacityOf(element);
    if (ink[3] === 0) return;
    found.push({ words: words.trim().slice(0, 50), ink, isLarge, x, y, width, height });
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("style, title")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const colour = element.closest("text") ? style(element).fill : style(element).color;
    for (const box of range.getClientRects()) add(node.data, element, box, colour);
  }
  for (const field of root.querySelectorAll("input:not([type=range]):not([type=checkbox])")) {
    if (field.value === "" || /radio|file/.test(field.type)) continue;
    const { left, right, top, bottom } = field.getBoundingClientRect();
    const inner = { left: left + 4, right: right - 4, top: top + 4, bottom: bottom - 4 };
    add(field.value, field, inner, style(field).color);
  }
  return found;
}"""

# Luminances of WCAG 2, and the worst that an ink meets where its letters are: where the page is
# another with words than without. A twentieth of these pixels may be worse, which are those of a
# line that happens to end under a letter.
WORST = """async ({ written, wordless, inks }) => {
  const opened = async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return context;
  };
  const [words, papers] = [await opened(written), await opened(wordless)];
  const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = (r, g, b) =>
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return inks.map(({ ink: [r, g, b, a], x, y, width, height }) => {
    const area = [x, y, Math.max(1, width), Math.max(1, height)].map(Math.round);
    const { data: letters } = words.getImageData(...area);
    const { data } = papers.getImageData(...area);
    const found = [];
    for (let n = 0; n < data.length; n += 4) {
      const change = [0, 1, 2].map((k) => Math.abs(letters[n + k] - data[n + k]));
      if (Math.max(...change) < 24) continue;
      const under = [data[n], data[n + 1], data[n + 2]];
      const over = [r, g, b].map((c, k) => a * c + (1 - a) * under[k]);
      const [light, dark] = [luminance(...over), luminance(...under)].sort((p, q) => q - p);
      found.push((light + 0.05) / (dark + 0.05));
    }
    found.sort((p, q) => p - q);
    if (found.length > 0) return found[Math.floor(found.length / 20)];
    // No letter to be seen: it is covered, or it has the colour of its paper.
    const under = [data[0], data[1], data[2]];
    const [light, dark] = [luminance(r, g, b), luminance(...under)].sort((p, q) => q - p);
    return (light + 0.05) / (dark + 0.05) > 2 ? null : 1;
  });
}"""


@dataclass(frozen=True)
class Contrast:
    """One text, or one mark, and how it stands out from what is under or around it."""

    words: str
    ratio: float
    wanted: float

    @property
    def is_enough(self) -> bool:
        return self.ratio >= self.wanted - 0.005


def screenshot(page: Page, style: str = "") -> str:
    taken = page.screenshot(full_page=True, animations="disabled", style=style)
    return b64encode(taken).decode("ascii")


def text_contrasts(page: Page, selector: str = ".mgw") -> list[Contrast]:
    """Every text that can be seen, with its contrast to the pixels that it stands on."""
    root = page.locator(selector).first
    for _ in range(20):
        inks = root.evaluate(INKS)
        pictures = {"written": screenshot(page), "wordless": screenshot(page, WORDLESS)}
        if root.evaluate(INKS) == inks:
            break
    else:
        raise AssertionError("the page does not come to rest")
    ratios = page.evaluate(WORST, {**pictures, "inks": inks})
    return [
        Contrast(ink["words"], round(ratio, 2), 3.0 if ink["isLarge"] else 4.5)
        for ink, ratio in zip(inks, ratios, strict=True)
        if ratio is not None
    ]


# What a control or a mark looks like where it ends: along a line across each of its edges the
# strongest contrast to the pixel outside.
EDGES = """async ({ picture, marks }) => {
  const bytes = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(image, 0, 0);
  const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const at = (x, y) => {
    const [r, g, b] = context.getImageData(Math.round(x), Math.round(y), 1, 1).data;
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  return marks.map(({ x, y, width, height, out, inward }) => {
    const [cx, cy] = [x + width / 2, y + height / 2];
    const [right, bottom] = [x + width - 1, y + height - 1];
    const lines = [[x, cy, 1, 0], [right, cy, -1, 0], [cx, y, 0, 1], [cx, bottom, 0, -1]];
    return Math.min(...lines.map(([ex, ey, dx, dy]) => {
      const outside = at(ex - out * dx, ey - out * dy);
      let most = 1;
      for (let n = 1 - out; n <= inward; n++)
        most = Math.max(most, ratio(outside, at(ex + n * dx, ey + n * dy)));
      return most;
    }));
  });
}"""

MARKS = """([selector, controls]) =>
  [...document.querySelectorAll(selector)]
    .flatMap((root) => [...root.querySelectorAll(controls)])
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .filter((e) => !e.closest(":disabled, [aria-disabled=true], .mgw-dim, .mgw-unseen"))
    .map((e) => {
      const { left, top, right, bottom, width, height } = e.getBoundingClientRect();
      let inside = true;
      for (let p = e.parentElement; p !== null && p !== document.body; p = p.parentElement) {
        const port = p.getBoundingClientRect();
        const clips = getComputedStyle(p).overflow !== "visible";
        // An edge that a scrolled part ends with is half cut off.
        const isIn = left > port.left + 1 && right < port.right - 1;
        if (clips && !(isIn && top > port.top + 1 && bottom < port.bottom - 1)) inside = false;
      }
      const words = `${e.localName}.${e.className} ${e.getAttribute("aria-label") ?? ""}`;
      return { words, inside, x: left + scrollX, y: top + scrollY, width, height };
    })
    .filter(({ inside, width, height }) => inside && width > 6 && height > 6)"""


def edge_contrasts(
    page: Page, controls: str, selector: str = ".mgw", *, out: int = 3, inward: int = 4
) -> list[Contrast]:
    """Controls or marks of one kind, with the contrast of their edges to what is around them."""
    marks = page.evaluate(MARKS, [selector, controls])
    for mark in marks:
        mark.update(out=out, inward=inward)
    ratios = page.evaluate(EDGES, {"picture": screenshot(page), "marks": marks})
    return [
        Contrast(mark["words"], round(ratio, 2), 3.0)
        for mark, ratio in zip(marks, ratios, strict=True)
    ]


# Lines of a picture against the paper of its figure, by their computed colours.
STROKES = """([selector, shapes]) => {
  const style = (element) => getComputedStyle(element);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return [...document.querySelectorAll(selector)]
    .flatMap((root) => [...root.querySelectorAll(shapes)])
    .filter((shape) => shape.checkVisibility({ visibilityProperty: true }))
    .filter((shape) => !shape.closest(".mgw-dim"))
    .map((shape) => {
      const paper = rgba(style(shape.closest(".mgw")).backgroundColor);
      const { stroke, fill, strokeOpacity } = style(shape);
      const ink = rgba(stroke === "none" ? fill : stroke);
      let alpha = ink[3] * (stroke === "none" ? 1 : Number(strokeOpacity));
      for (let e = shape; e !== null; e = e.parentElement) alpha *= Number(style(e).opacity);
      const over = ink.slice(0, 3).map((c, k) => alpha * c + (1 - alpha) * paper[k]);
      const [light, dark] = [luminance(over), luminance(paper)].sort((p, q) => q - p);
      if (alpha === 0) return null;
      const owner = shape.closest("[class]")?.getAttribute("class") ?? "";
      return [`${shape.localName} ${owner}`, (light + 0.05) / (dark + 0.05)];
    })
    .filter((line) => line !== null);
}"""


def line_contrasts(page: Page, shapes: str, selector: str = ".mgw") -> list[Contrast]:
    """The lines of shapes in a picture, or their areas where they have none."""
    found = page.evaluate(STROKES, [selector, shapes])
    return [Contrast(words, round(ratio, 2), 3.0) for words, ratio in found]


def faint(found: list[Contrast]) -> list[Contrast]:
    """What is not seen well enough, the worst first."""
    return sorted({c for c in found if not c.is_enough}, key=lambda c: c.ratio)
