"""The pictures of the README are taken here, so that they cannot show what is not so.

``UPDATE_PICTURES=1`` writes them anew; otherwise what is drawn today is held against them.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from tests.browser.expressions import LECTURE
from tests.browser.jupyter import Notebook, write_notebook

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
LARGEST = 150_000
# Fonts differ from machine to machine, and with them the height of a line.
TOLERANCE = 0.1


def size(png: bytes) -> tuple[int, int]:
    """Width and height, from the header of a PNG."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


@pytest.fixture
def figures(visit, jupyter):
    cells = [f"{LECTURE}\nshow(o, theme={theme!r})" for theme in ("light", "dark")]
    path = write_notebook(jupyter.folder / "pictures.ipynb", *cells)
    window = {"viewport": {"width": 1280, "height": 1000}, "device_scale_factor": 2}
    notebook = Notebook.open(visit(**window), path)
    notebook.run_all()
    return {"light": notebook.figure(0), "dark": notebook.figure(1)}


def test_pictures_of_the_readme_show_what_is_drawn(figures):
    for theme, figure in figures.items():
        figure.page.mouse.move(0, 0)
        picture = figure.root.screenshot(animations="disabled")
        assert len(picture) < LARGEST
        path = IMAGES / f"diagram-{theme}.png"
        if os.environ.get("UPDATE_PICTURES") == "1":
            IMAGES.mkdir(parents=True, exist_ok=True)
            path.write_bytes(picture)
        assert path.exists(), f"UPDATE_PICTURES=1 writes {path}"
        assert size(picture) == pytest.approx(size(path.read_bytes()), rel=TOLERANCE)
