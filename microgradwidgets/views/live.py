"""What all our widgets have in common: the engine on request, and something to see without it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from uuid import uuid4

import traitlets

from ..arithmetic import described
from .files import PathLike
from .front_end import engine, engine_key, widget_module
from .frozen import Frozen
from .settings import Choice
from .wakeful import Wakeful

LARGEST_MESSAGE = 100_000
"""Characters and bytes; what a page has to say is short."""

# A Jupyter that has not got a widget says so in text alone; a view that lives is an element. In a
# notebook that is not trusted the rule is taken out, and nothing to be hidden is there.
_NOTE = (
    "<p><small>A still picture. Run this cell to make it live.</small><style>"
    ".jp-OutputArea-child:has(+ .jp-OutputArea-child [class^=mgw-still-])"
    ":not(:has(> .jp-OutputArea-output *)) { display: none }</style></p>"
)

_log = logging.getLogger(__name__)


class Live(Wakeful):
    """A widget of ours, live in a notebook.

    A kind of widget says in ``_figure`` which figure of the front end it is, and in
    :meth:`still_html` what a page shows that has none, and what it is in :attr:`title`.
    """

    _esm = widget_module()
    _element: Any = None

    theme = Choice(["auto", "light", "dark"], "auto").tag(sync=True)
    presenter = traitlets.Bool(False).tag(sync=True)
    _figure = traitlets.Unicode().tag(sync=True)
    _engine_key = traitlets.Unicode().tag(sync=True)
    _still = traitlets.Unicode().tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(_engine_key=engine_key(), _still=f"mgw-still-{uuid4().hex}", **traits)
        self.on_msg(Live._answer)

    @property
    def title(self) -> str:
        """What is shown, in few words: the name of a page or a frame."""
        raise NotImplementedError

    def to_html(self, path: PathLike | None = None, **options: Any) -> str | Path:
        """The widget as a page that lives without Python; see :func:`microgradwidgets.to_html`.

        >>> from microgradwidgets import Value, show
        >>> show(Value(2.0) ** 3).to_html()[:15]
        '<!doctype html>'
        """
        from .pages import to_html  # which knows of all kinds of widgets

        return to_html(self, path, **options)

    def freeze(self) -> Frozen:
        """A still picture with the numbers as they are now, which stays as it is.

        As the last line of a cell, ``show(value).freeze()`` leaves a picture alone: no widget, no
        kernel, no script is needed for it, and nothing of a widget is saved with it. The widget
        goes on as before. Its ``svg`` is the picture for a file.

        >>> from microgradwidgets import Value, show
        >>> diagram = show(Value(3.0, label="x") * 2.0)
        >>> diagram.edits = {"x": 5.0}
        >>> diagram.freeze()
        Frozen(Diagram(10.0000, 3 values))
        """
        return Frozen(self.still_html(), repr(self))

    def still_html(self) -> str:
        """What a saved notebook shows in its place, on a page where nothing lives."""
        raise NotImplementedError

    def _answer(self, content: Any, buffers: list[bytes]) -> None:
        if is_larger(content, LARGEST_MESSAGE) or sum(map(len, buffers)) > LARGEST_MESSAGE:
            _log.warning("refused a message of more than %s bytes", f"{LARGEST_MESSAGE:,}")
        elif not isinstance(content, dict) or not self._heard(content.get("kind"), content):
            _log.warning("ignored a message of unknown kind: %s", described(content))

    def _heard(self, kind: object, content: dict[str, Any]) -> bool:
        """Answer a message of a page; False where its kind is unknown."""
        if kind == "engine":  # a page asks once for it: it is too large to go with every widget
            key, packed = engine()
            self.send({"kind": "engine", "key": key}, packed)
        elif kind == "unseen":
            self._unseen(content.get("shown"))
        else:
            return False
        return True

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)  # type: ignore[misc]
        data["text/html"] = self.still_html()
        return data, metadata

    def _ipython_display_(self, **kwargs: Any) -> None:
        """Leave two outputs: the live view, and the still one that it hides while it lives.

        A Jupyter that reopens the notebook without its kernel shows a complaint in place of a
        widget, whatever else that output holds; an output of its own it shows.
        """
        from IPython.display import display  # there, since it is IPython that calls this

        data, metadata = self._repr_mimebundle_(**kwargs)
        picture = self._beside(data.pop("text/html"))
        display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]
        display({"text/html": picture, "text/plain": ""}, raw=True)  # type: ignore[no-untyped-call]

    def _display_(self) -> object:
        """The same for marimo, as one output: a page that it exports has no Python to ask."""
        import marimo  # there, since only marimo calls this

        if self._element is None:  # marimo finds it as long as somebody holds it
            self._element = marimo.ui.anywidget(self)
        return marimo.Html(self._element.text + self._beside(self.still_html()))

    def _beside(self, picture: str) -> str:
        """The still picture in an element that the live view finds."""
        return f'<div class="{self._still}">{picture}{_NOTE}</div>'


def is_larger(content: Any, limit: int) -> bool:
    """Whether a message, read from JSON, is longer than that; no more of it is looked at.

    >>> is_larger({"kind": "beat", "n": 1}, 100), is_larger(["x" * 200], 100)
    (False, True)
    """
    size, todo = 0, [content]
    while todo and size <= limit:
        thing = todo.pop()
        size += len(thing) if isinstance(thing, (str, bytes)) else 8
        if isinstance(thing, dict):
            size += 8 * len(thing)
            todo.extend((*thing.keys(), *thing.values()) if size <= limit else ())
        elif isinstance(thing, (list, tuple)):
            size += 8 * len(thing)
            todo.extend(thing if size <= limit else ())
    return size > limit
