"""Widgets written down in a page: where each stands, and the data that makes them live there."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode, b64encode, b85encode
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import anywidget

from ..arithmetic import described
from .diagram import Diagram
from .front_end import DIAGRAM_ALONE, FIGURES, GRAPHVIZ, built, built_text
from .live import Live

NOT_OF_A_PAGE = {"_engine_key", "_still", "_showings", "_leader", "_esm", "_css", "_anywidget_id"}
"""Traits that a notebook needs besides, where several pages may show one widget."""

SMALL_STILL = 20
"""So many values are in the picture of a page that does without Graphviz."""

BYTES = "$bytes"
"""The name under which bytes stand in JSON, in base64."""

_NOTE = "A still picture. In a browser of today, with scripts, it is live."


class Stored(NamedTuple):
    """What a page has to know of a widget.

    Args:
        traits: all that crosses to the browser; bytes are bytes.
        still: the picture, as HTML, for where nothing lives.
        title: what it is, in few words.
    """

    traits: Mapping[str, Any]
    still: str
    title: str

    @classmethod
    def of(cls, widget: Live, *, small: bool = False) -> Stored:
        """What a widget is now; later changes do not reach it.

        A page that is to be ``small`` has room for the end of the picture alone.
        """
        if small and isinstance(widget, Diagram):
            still = widget.still_html(SMALL_STILL)
        else:
            still = widget.still_html()
        names = {*widget.keys} - {"layout"}  # with which it would be shown
        return cls(of_a_page(widget.get_state(names)), still, widget.title)

    def changed(self, **traits: Any) -> Stored:
        """The same with other traits."""
        return self._replace(traits={**self.traits, **traits})

    @property
    def is_diagram(self) -> bool:
        """Whether it is an expression, for which less need be in the page."""
        return bool(self.traits["_figure"] == "diagram")


def of_a_page(state: Mapping[str, Any]) -> dict[str, Any]:
    """What a page needs of the state of a widget, as ``get_state`` or a notebook has it."""
    names = state.keys() - {*anywidget.AnyWidget.class_trait_names()} - NOT_OF_A_PAGE
    return {name: what for name, what in state.items() if name in names}


def place_html(number: int, still: str) -> str:
    """The element in which widget ``number`` of the page is to live; its picture until it does."""
    still = _IN_BASE64.sub(_as_text, still)
    return (
        f'<div class="mgw-place" data-mgw-widget="{number}">'
        f'<div class="{_still_class(number)}">{still}<p><small>{_NOTE}</small></p></div></div>'
    )


_IN_BASE64 = re.compile(r"(?<=data:image/svg\+xml);base64,([A-Za-z0-9+/=]+)")
_TAG = re.compile("<[^<>]*>")
_FREE = re.compile(r"""="([^"'&<>]*)\"""")
_NOT_IN_AN_ADDRESS: dict[str, int | str | None] = {
    "%": "%25",
    "#": "%23",
    '"': "%22",
    "&": "%26",
    "\n": " ",
    "\r": " ",
}


def _as_text(found: re.Match[str]) -> str:
    """A picture in its address as text, a quarter shorter; a notebook would take that away."""
    svg = b64decode(found[1]).decode("utf-8")
    svg = _TAG.sub(lambda tag: _FREE.sub(r"='\1'", tag[0]), svg)
    return "," + svg.translate(str.maketrans(_NOT_IN_AN_ADDRESS))


def data_html(widgets: Sequence[Stored], *, engine: bool = True) -> str:
    """The data that ``page.js`` reads: the widgets in their order, and one engine for all.

    Args:
        widgets: what stands in the page, at the numbers of their places.
        engine: whether Graphviz comes along; without it a small layout draws the pictures.
    """
    if not widgets:
        return ""
    figures = DIAGRAM_ALONE if all(one.is_diagram for one in widgets) else FIGURES
    blocks = [
        data_block("widgets", "application/json", _widgets_json(widgets)),
        data_block("figures", "text/plain", _packed_text(figures, small=not engine)),
    ]
    if engine:
        blocks.append(data_block("graphviz", "text/plain", built_text(GRAPHVIZ)))
    return "\n".join(blocks)


def data_block(name: str, kind: str, content: str) -> str:
    """A block of data that a script of the page finds by its name."""
    return f'<script type="{kind}" data-mgw="{name}">{content}</script>'


def _widgets_json(widgets: Sequence[Stored]) -> str:
    traits = [{**one.traits, "_still": _still_class(n)} for n, one in enumerate(widgets)]
    return packed_json(traits).replace("<", r"\u003c")  # what a label says ends no block


def packed_json(traits: Any) -> str:
    """Traits as JSON, bytes in base64."""
    return json.dumps(traits, allow_nan=False, default=_packed, separators=(",", ":"))


@cache
def _packed_text(name: str, *, small: bool = False) -> str:
    """A gzipped file as text; ``small`` takes a blink longer to unpack."""
    packed = built(name)
    return base85((in_lzma(gzip.decompress(packed)) or packed) if small else packed)


def base85(content: bytes) -> str:
    """Bytes as text, a quarter longer; the page's twin is ``js/src/page/base85.ts``.

    Three of the usual characters would have to be escaped in a page, and are others.
    """
    return b85encode(content).decode("ascii").translate(str.maketrans("<>&", ".:,"))


def in_lzma(content: bytes) -> bytes | None:
    """An eighth smaller than gzip; the page's own unpacker is ``js/src/page/lzma.ts``.

    None where Python comes without ``lzma``, as in the browser.
    """
    try:
        import lzma
    except ImportError:
        return None
    form = {"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "lc": 3, "lp": 0, "pb": 0}
    stream = lzma.compress(content, lzma.FORMAT_RAW, filters=[form])
    return b"LZMA" + len(content).to_bytes(4, "big") + stream


def _packed(thing: object) -> dict[str, str]:
    """Bytes, which JSON does not have, also deep inside a trait."""
    if isinstance(thing, (bytes, memoryview)):
        return {BYTES: b64encode(thing).decode("ascii")}
    raise TypeError(f"expected a trait that JSON or bytes can hold, got: {described(thing)}")


def _still_class(number: int) -> str:
    return f"mgw-still-{number:x}"
