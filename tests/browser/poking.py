"""Presses, opens and points at everything on a page, and notes what the page is made of by then."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Page

# Kinds of elements with the names of their attributes, and where links lead. A link to a file of
# the page's own making is a download.
INVENTORY = """() => {
  const kinds = new Set();
  for (const element of document.querySelectorAll("*")) {
    kinds.add(element.localName);
    for (const { name, value } of element.attributes) {
      kinds.add(`${element.localName} ${name}`);
      const leads = /^(xlink:)?href$|^src$|^srcdoc$|^action$|^formaction$/.test(name);
      const isOwn = /^(blob:|data:|#)/.test(value);
      if (leads && !isOwn) kinds.add(`${element.localName} ${name}=${value}`);
    }
  }
  return [...kinds];
}"""

# Each thing that can be pressed once, in the order of the page; what appears is pressed as well.
PRESS_NEXT = """async (most) => {
  const PRESSABLE = "button, summary, select, input, [role=menuitem], [role=menuitemradio], "
    + "[role=menuitemcheckbox], [role=tab], [role=radio], [role=treeitem], .mgw-toggle, a[href]";
  window.pressed ??= new WeakSet();
  window.print = () => {};
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const waiting = [...document.querySelectorAll(PRESSABLE)].filter((element) =>
    !window.pressed.has(element)
    && !/^(Save|Full screen|Copy)/.test(element.textContent + (element.ariaLabel ?? "")));
  let count = 0;
  for (const next of waiting) {
    if (count === most) break;
    if (next.disabled || next.getClientRects().length === 0) continue;
    window.pressed.add(next);
    count++;
    if (next.localName === "select") {
      next.selectedIndex = (next.selectedIndex + 1) % next.options.length;
      next.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (next.type === "range" || next.type === "number") {
      next.value = "1";
      next.dispatchEvent(new Event("input", { bubbles: true }));
      next.dispatchEvent(new Event("change", { bubbles: true }));
    } else {
      next.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
      if (next.role === "treeitem") {
        next.focus();
        next.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true }));
      } else next.click();
    }
    await frame();
  }
  return count;
}"""

FEW = 12


@dataclass
class Poked:
    """What was on a page at any time."""

    pressed: int = 0
    kinds: set[str] = field(default_factory=set)
    dialogs: list[str] = field(default_factory=list)
    pages: int = 0


def poke(page: Page, most: int = 120) -> Poked:
    """Press all there is, at most so often; look at the page again and again in between."""
    poked = Poked()
    page.on("dialog", lambda dialog: (poked.dialogs.append(dialog.message), dialog.dismiss()))
    poked.kinds.update(page.evaluate(INVENTORY))
    while poked.pressed < most:
        pressed = page.evaluate(PRESS_NEXT, FEW)
        poked.pressed += pressed
        poked.kinds.update(page.evaluate(INVENTORY))
        if pressed == 0:
            break
    poked.pages = len(page.context.pages)
    return poked
