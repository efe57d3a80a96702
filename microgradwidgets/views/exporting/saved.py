"""Our widgets as a notebook has saved them."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from ..stored import Stored, of_a_page

VIEW = "application/vnd.jupyter.widget-view+json"
_STATE = "application/vnd.jupyter.widget-state+json"
_FIGURES = {"diagram", "dashboard", "lesson", "misconceptions"}


class Saved(NamedTuple):
    """A widget whose state is in the notebook.

    Args:
        widget: what a page has to know of it, still without its picture.
        still: the class of the output that has its picture.
    """

    widget: Stored
    still: str


def saved_widgets(metadata: Mapping[str, Any]) -> dict[str, Saved]:
    """Every widget of ours in the metadata of a notebook, by the id of its model."""
    return dict(_read(metadata))


def _read(metadata: Mapping[str, Any]) -> Iterator[tuple[str, Saved]]:
    try:
        models = dict(metadata["widgets"][_STATE]["state"])
    except (KeyError, TypeError, ValueError):
        return
    for model_id, model in models.items():
        try:
            state = _with_buffers(model["state"], model.get("buffers") or [])
            if state["_figure"] in _FIGURES:
                yield model_id, Saved(Stored(of_a_page(state), "", ""), str(state["_still"]))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            continue  # a foreign widget, or one that cannot be read: it keeps its picture


def _with_buffers(state: Any, buffers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A state with its bytes at the places that they were taken from."""
    whole = deepcopy(dict(state))
    for buffer in buffers:
        *way, last = buffer["path"]
        place: Any = whole
        for step in way:
            place = place[step]
        place[last] = b64decode(buffer["data"], validate=True)
    return whole
