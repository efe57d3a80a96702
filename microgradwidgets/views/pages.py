"""Pages that hold everything themselves: opened from disk, they live without Python."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from markdown_it import MarkdownIt

from ..arguments import is_one_of
from ..arithmetic import described
from ..caller import names_at
from ..engine import Value
from ..text import visible_text
from .diagram import Diagram
from .files import PathLike, write_file
from .front_end import framed
from .live import Live
from .stored import Stored, data_html, place_html

Theme: TypeAlias = Literal["auto", "light", "dark"]
Content: TypeAlias = Live | Value | str

HEIGHTS = {"diagram": 560, "dashboard": 1000, "lesson": 760, "misconceptions": 720}
"""Of a frame, in pixels of the page, by what stands in it."""

MOST_PIXELS = 1_000_000


def page(
    contents: Content | Sequence[Content],
    path: PathLike | None = None,
    *,
    title: str | None = None,
    theme: Theme = "auto",
    presenter: bool = False,
    overwrite: bool = False,
    engine: bool = True,
) -> str | Path:
    """One HTML file with widgets and text, opened from disk, that needs no Python and no network.

    Everything that needs no Python is live in it: stepping, editing, explaining, predicting,
    opening and closing groups, training, going back, taking away. All widgets of a page share one
    engine. Its content security policy lets it run its own script and ask for nothing elsewhere.

    Args:
        contents: widgets, values (drawn as :func:`show` does) and texts in Markdown, in their
            order.
        path: where to write it. A link that stands there is not followed.
        title: what the window and the page are called.
        theme: ``"auto"`` follows the reader's system; widgets with a theme of their own keep it.
        presenter: large type, and PageDown and PageUp walk the steps.
        overwrite: whether a file that is there already may be replaced.
        engine: whether Graphviz comes along, which lays graphs out. Without it a page with a
            diagram is a sixth as large and just as live: a small layout of its own draws the
            picture, with arrows that bend a little more.

    Returns:
        The page as text; with ``path``, where it was written.

    Raises:
        TypeError: where something is no widget of this package, no value and no text.
        FileExistsError: where something stands already that may not be replaced.

    >>> a, b = Value(2.0), Value(-3.0)
    >>> text = page(["# A product", a * b, "Its *local derivatives* are the other factor."])
    >>> "<em>local derivatives</em>" in text
    True
    """
    names = names_at(sys._getframe(1))
    listed = _listed(contents)
    look = _Look(_checked_title(title), theme, presenter, engine)
    return _given(look.page(listed, names), path, overwrite)


def to_html(
    widget_or_value: Live | Value,
    path: PathLike | None = None,
    *,
    title: str | None = None,
    theme: Theme = "auto",
    presenter: bool = False,
    overwrite: bool = False,
    engine: bool = True,
) -> str | Path:
    """A :func:`page` of one widget, or of one value as :func:`show` draws it.

    A widget is written down as it is now: its step, its edits, what is selected and open.

    >>> x = Value(3.0, label="x")
    >>> "default-src 'none'" in to_html(x * x, title="A square")
    True
    """
    names = names_at(sys._getframe(1))
    look = _Look(_checked_title(title), theme, presenter, engine)
    return _given(look.page([_expect_one(widget_or_value)], names), path, overwrite)


def embed(
    widget_or_value: Live | Value,
    *,
    title: str | None = None,
    width: float | str = "100%",
    height: float | str | None = None,
    theme: Theme = "auto",
    presenter: bool = False,
    engine: bool = True,
) -> str:
    """An ``<iframe>`` to paste into a slide, a book, a blog or a course, with the page inside.

    The frame is sandboxed: what runs in it reaches nothing of the page around, and may save files
    only when asked to. It is loaded when it is scrolled to, and asks for nothing elsewhere.

    Args:
        widget_or_value, theme, presenter, engine: as for :func:`to_html`.
        title: what a screen reader calls the frame.
        width, height: pixels, or a length of CSS such as ``"70vh"``.

    >>> frame = embed(Value(2.0) * 3, height=320)
    >>> frame.startswith('<iframe title="Expression graph: ')
    True
    """
    names = names_at(sys._getframe(1))
    one = _stored(_expect_one(widget_or_value), names, not engine)
    look = _Look(None, theme, presenter, engine)
    name = visible_text(_checked_title(title) or one.title)
    tall = HEIGHTS[one.traits["_figure"]] if height is None else height
    return (
        f'<iframe title="{escape(name)}" loading="lazy" '
        'sandbox="allow-scripts allow-downloads" allow="clipboard-write; fullscreen" '
        f'style="width: {_length(width)}; height: {_length(tall)}; border: 0" '
        f'srcdoc="{escape(look.page([one], {}))}"></iframe>'
    )


class _Look(NamedTuple):
    """How a page is to be, whatever stands in it."""

    title: str | None
    theme: Theme
    presenter: bool
    engine: bool

    def page(self, contents: Sequence[Content | Stored], names: Mapping[int, str]) -> str:
        if not is_one_of(self.theme, ("auto", "light", "dark")):
            raise ValueError(
                f"expected theme to be auto, light or dark, got: {described(self.theme)}"
            )
        parts = [f"<h1>{escape(visible_text(self.title))}</h1>"] if self.title else []
        widgets: list[Stored] = []
        for content in contents:
            if isinstance(content, str):
                parts.append(_text(content))
            else:
                widgets.append(self._dressed(_stored(content, names, not self.engine)))
                parts.append(place_html(len(widgets) - 1, widgets[-1].still))
        title = self.title or (widgets[0].title if widgets else "microgradwidgets")
        return framed(
            "page.html",
            theme=self.theme,
            title=escape(visible_text(title)),
            contents="\n".join(parts),
            data=data_html(widgets, engine=self.engine),
        )

    def _dressed(self, widget: Stored) -> Stored:
        if self.theme != "auto" and widget.traits["theme"] == "auto":
            widget = widget.changed(theme=self.theme)
        return widget.changed(presenter=True) if self.presenter else widget


def _given(text: str, path: PathLike | None, overwrite: bool) -> str | Path:
    return text if path is None else write_file(path, text, overwrite=overwrite)


def _listed(contents: Content | Sequence[Content]) -> list[Content]:
    if isinstance(contents, (Live, Value, str)):
        return [contents]
    if isinstance(contents, Iterable):
        return [*contents]
    raise TypeError(f"expected widgets, values and texts, got: {described(contents)}")


def _checked_title(title: str | None) -> str | None:
    """Nothing where there is nothing to read in it."""
    if title is not None and not isinstance(title, str):
        raise TypeError(f"expected title to be a text or None, got: {described(title)}")
    return title if title and title.strip() else None


def _expect_one(thing: object) -> Live | Value:
    if isinstance(thing, (Live, Value)):
        return thing
    raise TypeError(f"expected a widget of microgradwidgets or a Value, got: {described(thing)}")


def _stored(thing: object, names: Mapping[int, str], small: bool) -> Stored:
    if isinstance(thing, Stored):
        return thing
    one = _expect_one(thing)
    if isinstance(one, Live):
        return Stored.of(one, small=small)
    diagram = Diagram(one, names=names)
    try:
        return Stored.of(diagram, small=small)
    finally:
        diagram.close()


def _text(markdown: str) -> str:
    """Markdown as HTML; HTML inside is text, and so are addresses that are none of the web."""
    # What no file may hold, such as half of a pair of surrogates, becomes a mark.
    whole = markdown.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return str(MarkdownIt("js-default").render(whole))


def _length(length: float | str) -> str:
    if isinstance(length, (int, float)):
        if 0 < length <= MOST_PIXELS and not isinstance(length, bool):
            return f"{length:g}px"
    elif isinstance(length, str) and re.fullmatch(r"[0-9]+(\.[0-9]+)?(px|em|rem|vh|vw|%)", length):
        return length
    raise ValueError(
        f"expected pixels above 0, up to {MOST_PIXELS:,}, or a length such as '70vh', "
        f"got: {described(length)}"
    )
