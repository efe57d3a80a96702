"""The built front end: a thin module sent with every widget, an engine sent once per page."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"

_NOT_BUILT = """
const say = "The front end of microgradwidgets is not built: run `make build` in its folder.";
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
def engine() -> tuple[str, bytes]:
    """The engine module, gzipped, and a key that changes with its content."""
    packed = (STATIC / "engine.js.gz").read_bytes()
    return hashlib.sha256(packed).hexdigest()[:16], packed


def engine_key() -> str:
    """The key alone; empty when the front end is not built."""
    return engine()[0] if (STATIC / "engine.js.gz").exists() else ""
