"""A page without a notebook: one diagram and a host of a few lines, for what needs no kernel."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from microgradwidgets import Diagram
from microgradwidgets.views.front_end import FIGURES, GRAPHVIZ, built, built_text
from microgradwidgets.views.live import Live
from tests.browser.figure import FIGURE, Figure

BLANK = "<!doctype html><html lang='en'><title>A page</title><body></body></html>"

# Traits that are bytes arrive as bytes, as they do in a notebook.
HOST = """
({ state, bytes, theme, width, beside, answers }) => {
  if (!beside) {
    for (const { end } of window.views ?? []) end();
    document.body.replaceChildren();
  }
  document.documentElement.dataset.theme = theme;
  document.body.style.background = theme === "dark" ? "#111" : "#fff";
  const decoded = (text) => {
    const letters = atob(text);
    const bytes = new Uint8Array(letters.length);
    for (let n = 0; n < letters.length; n++) bytes[n] = letters.charCodeAt(n);
    return bytes;
  };
  for (const name of bytes) state[name] = decoded(state[name]);
  const callbacks = new Map();
  const model = {
    state,
    get: (name) => state[name],
    set(name, value) {
      state[name] = value;
      for (const callback of [...(callbacks.get(`change:${name}`) ?? [])]) callback();
    },
    on: (event, callback) =>
      callbacks.set(event, (callbacks.get(event) ?? new Set()).add(callback)),
    off: (event, callback) => callbacks.get(event)?.delete(callback),
    saves: 0,
    save_changes: () => model.saves++,
    send: (message) => answers && message.kind === "beat" && model.tell(message),
    tell(message) {
      for (const callback of [...(callbacks.get("msg:custom") ?? [])]) callback(message, []);
    },
  };
  window.model = model;
  window.views = [];
  window.addView = () => {
    const el = document.createElement("div");
    if (width) el.style.width = `${width}px`;
    document.body.append(el);
    window.views.push({ el, end: window.engine.mount({ model, el }) });
  };
  window.addView();
}
"""


@dataclass
class PlainPage:
    """Shows diagrams on an otherwise empty page; ``figure`` is the first view of the last one."""

    page: Page

    def show(self, diagram: Diagram, *, theme: str = "light", width: int | None = None) -> Figure:
        return self.mount(diagram, theme=theme, width=width).drawn()

    def mount(
        self,
        diagram: Live,
        *,
        theme: str = "light",
        width: int | None = None,
        beside: bool = False,
        answers: bool = False,
    ) -> Figure:
        """Does not wait for a picture: there may never be one.

        ``beside`` leaves the last one. ``answers``: as with a Python that answers each beat at
        once; without it, a dashboard says after some seconds that there is none.
        """
        state = {name: plain(value) for name, value in diagram.get_state().items()}
        bytes_ = [name for name, value in diagram.get_state().items() if isinstance(value, bytes)]
        settings = {"state": state, "bytes": bytes_, "theme": theme, "width": width}
        self.page.evaluate(HOST, {**settings, "beside": beside, "answers": answers})
        return self.figure

    @property
    def figure(self) -> Figure:
        return Figure(self.page.locator(FIGURE).first)

    def get(self, trait: str) -> Any:
        """What the model holds now."""
        return self.page.evaluate("(name) => window.model.get(name)", trait)

    def set(self, trait: str, value: Any) -> None:
        """As if Python had set it."""
        self.page.evaluate("([name, value]) => window.model.set(name, value)", [trait, value])

    def set_bytes(self, trait: str, value: bytes) -> None:
        """The same for bytes."""
        self.page.evaluate(
            """([name, text]) => {
              window.model.set(name, Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
            }""",
            [trait, b64encode(value).decode("ascii")],
        )

    def get_bytes(self, trait: str) -> bytes:
        """What the model holds now, where that is bytes."""
        numbers: list[int] = self.page.evaluate(
            """(name) => {
              const { buffer, byteOffset, byteLength } = window.model.get(name);
              return [...new Uint8Array(buffer, byteOffset, byteLength)];
            }""",
            trait,
        )
        return bytes(numbers)

    def add_view(self) -> Figure:
        """Another view of the same diagram."""
        self.page.evaluate("() => window.addView()")
        return Figure(self.page.locator(FIGURE).last).drawn()


def plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    return value if isinstance(value, (str, int, float, bool, list, dict)) else None


def load_engine(page: Page) -> None:
    """The module that a notebook gets over the wire once per page."""
    page.evaluate(
        """async ([source, packed, graphviz]) => {
          const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
          const figures = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
          window.engine = (await import(url)).createEngine({ figures, graphviz });
          URL.revokeObjectURL(url);
        }""",
        [
            built_text(FIGURES),
            b64encode(built(FIGURES)).decode("ascii"),
            built_text(GRAPHVIZ),
        ],
    )
