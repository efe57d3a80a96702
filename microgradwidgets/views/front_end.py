"""The built front end: a thin module sent with every widget, an engine sent once per page."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"

FIGURES, DIAGRAM_ALONE, GRAPHVIZ = "figures.js.gz", "diagram.js.gz", "graphviz.js.gz"
"""All figures; the diagram without the others; what lays graphs out."""

_NOT_BUILT = """
const say = "The front end of microgradwidgets is not built: run `make front-end` in its folder.";
export default { render({ el }) { el.textContent = say; } };
"""


def widget_module() -> str | Path:
    """The module for anywidget's ``_esm``.

    It is read as text, because anywidget watches a path and its watcher would keep every closed
    widget alive; with ``ANYWIDGET_HMR=1`` watching is what one wants.
    """
    path = STATIC / "widget.js"
    if not path.exists():
        return _NOT_BUILT
    return path if os.environ.get("ANYWIDGET_HMR") == "1" else path.read_text(encoding="utf-8")


@cache
def built(name: str) -> bytes:
    """A file that the build has written."""
    return (STATIC / name).read_bytes()


@cache
def built_text(name: str) -> str:
    """The same as text, unpacked where it is packed."""
    content = built(name)
    return (gzip.decompress(content) if name.endswith(".gz") else content).decode("ascii")


def framed(name: str, **contents: str) -> str:
    """A page that the build has written the frame of, with what comes into its slots."""
    slots = re.compile(r"\{\{(" + "|".join(contents) + r")\}\}")
    return slots.sub(lambda found: contents[found[1]], built_text(name))


@cache
def engine() -> tuple[str, list[bytes]]:
    """A key that changes with the content; then the figures and Graphviz, each gzipped."""
    packed = [built(FIGURES), built(GRAPHVIZ)]
    return hashlib.sha256(b"".join(packed)).hexdigest()[:16], packed


def engine_key() -> str:
    """The key alone; empty when the front end is not built."""
    return engine()[0] if (STATIC / FIGURES).exists() else ""
