"""What :meth:`freeze` gives: a picture that stays as it is, in the notebook and out of it."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass

_SVG = re.compile(r'src="data:image/svg\+xml;base64,([^"]+)"')


@dataclass(frozen=True, repr=False)
class Frozen:
    """A still picture. As the last line of a cell it is all that the cell shows.

    It is plain HTML, an ``<img>`` with the SVG in its address or a table, which needs no widget,
    no kernel and no script: notebooks that are not trusted, GitHub and nbviewer show it.

    Args:
        html: the picture.
        words: what it is of, for where nothing but text is shown.
    """

    html: str
    words: str

    @property
    def svg(self) -> str | None:
        """The picture as the text of an SVG file; None where it is a table."""
        found = _SVG.search(self.html)
        return None if found is None else b64decode(found[1]).decode("utf-8")

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"Frozen({self.words})"
