"""The outputs of a notebook as a page can show them that has neither a kernel nor a network."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from nbconvert.preprocessors import Preprocessor

from ..stored import Stored, place_html
from .mathematics import latex_output
from .saved import VIEW, saved_widgets

WIDGETS = "microgradwidgets"
"""Where the resources of nbconvert have the widgets of a page, in the order of their numbers."""

_HTML, _TEXT, _LATEX, _SCRIPT = "text/html", "text/plain", "text/latex", "application/javascript"
_STILL = "mgw-still-"

NO_STATE = (
    "A still picture: the notebook was saved without the state of its widgets. "
    "Export it with --execute, and it is live."
)
_FOREIGN = "A widget that lives in a running notebook only. It says of itself:"
_SCRIPTED = "What was here needs a script of its own, and this page runs none but its own."


class LiveOutputs(Preprocessor):
    """Puts places for live figures where widgets were, and keeps every output within its bounds."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Rewrite the outputs of all cells that will be seen."""
        cells = [cell for cell in nb.cells if cell.cell_type == "code"]
        page = _Page(nb.metadata, cells)
        for cell in cells:
            if cell.metadata.get("slide_type") not in ("skip", "notes"):
                cell.outputs = [*page.rewritten(cell.outputs)]
        nb.metadata.pop("widgets", None)
        resources[WIDGETS] = page.widgets
        return nb, resources


class _Page:
    """The figures of a page: each widget is there once, wherever it is shown."""

    def __init__(self, metadata: Mapping[str, Any], cells: Collection[Any]) -> None:
        self._saved = saved_widgets(metadata)
        self._pictures = _pictures(cells, {one.still for one in self._saved.values()})
        self._numbers: dict[str, int] = {}
        self.widgets: list[Stored] = []

    def rewritten(self, outputs: Collection[Any]) -> Iterator[Any]:
        for output in outputs:
            data = output.get("data")
            if data and (new := self._data(data)) is not None:
                yield {**output, "data": new}
            elif not data:
                yield output

    def _data(self, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What is shown for an output; None where something else stands for it already."""
        if VIEW in data:
            return self._of_widget(data)
        if _HTML in data:
            html = _joined(data[_HTML])
            still = _still_of(html)
            if still in self._pictures:
                return None  # of a figure that is live
            note = _sentence(NO_STATE) if still else ""
            return {_HTML: contained(html) + note}
        if _SCRIPT in data:
            return {_HTML: _sentence(_SCRIPTED)}
        if _LATEX in data and not any(kind.startswith("image/") for kind in data):
            return {_HTML: latex_output(_joined(data[_LATEX]))}
        return data

    def _of_widget(self, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        view = data[VIEW]
        model_id = str(view.get("model_id")) if isinstance(view, Mapping) else ""
        if model_id in self._saved:
            number = self._number(model_id)
            return {_HTML: place_html(number, self.widgets[number].still)}
        text = _joined(data.get(_TEXT, ""))
        if text.startswith(("Diagram(", "Dashboard(", "Misconceptions(")):
            return None  # its picture follows, in an output of its own
        shown = contained(_joined(data[_HTML])) if _HTML in data else f"<pre>{escape(text)}</pre>"
        return {_HTML: _sentence(_FOREIGN) + shown}

    def _number(self, model_id: str) -> int:
        if model_id not in self._numbers:
            widget, still = self._saved[model_id]
            self._numbers[model_id] = len(self.widgets)
            self.widgets.append(widget._replace(still=self._pictures.get(still, "")))
        return self._numbers[model_id]


def contained(html: str) -> str:
    """HTML that opens and closes nothing outside itself, and has a sentence for what would not run.

    >>> contained("<b>bold</div></section>")
    '<b>bold</b>'
    """
    tree = BeautifulSoup(html, "html.parser")
    idle = tree.find_all(["script", "meta", "base"])
    for element in idle:
        element.decompose()
    is_scripted = any(element.name == "script" for element in idle)
    return str(tree) + (_sentence(_SCRIPTED) if is_scripted else "")


def _pictures(cells: Collection[Any], wanted: Collection[str]) -> dict[str, str]:
    """The still pictures in the outputs, by their classes, without what is said below them."""
    found = {}
    for cell in cells:
        for output in cell.outputs:
            html = _joined(output.get("data", {}).get(_HTML, ""))
            still = _still_of(html)
            if still in wanted:
                picture = BeautifulSoup(html, "html.parser").div
                assert picture is not None
                for note in picture.find_all("p", recursive=False):
                    note.decompose()
                found[still] = picture.decode_contents()
    return found


def _still_of(html: str) -> str:
    """The class of a still picture of ours, or nothing."""
    start = f'<div class="{_STILL}'
    return html[len('<div class="') :].partition('"')[0] if html.startswith(start) else ""


def _joined(text: Any) -> str:
    return text if isinstance(text, str) else "".join(map(str, text))


def _sentence(words: str) -> str:
    return f'<p class="mgw-lost"><small>{escape(words)}</small></p>'
