"""The pictures of the README are taken here, so that they cannot show what is not so.

``UPDATE_PICTURES=1`` writes them anew; otherwise what is drawn today is held against them.
"""

from __future__ import annotations

import os
import struct
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.expressions import LECTURE
from tests.browser.jupyter import Notebook, write_notebook
from tests.browser.training import Training

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
LARGEST = 200_000
# Fonts differ from machine to machine, and with them the height of a line.
TOLERANCE = 0.1


def size(png: bytes) -> tuple[int, int]:
    """Width and height, from the header of a PNG."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


NETWORK = "from microgradwidgets import MLP\nscore = MLP(2, [16, 16, 1])([0.3, -0.2])"
SHOWN = {"diagram": (LECTURE, "o"), "network": (NETWORK, "score")}


@pytest.fixture
def figures(visit, jupyter):
    names = [(name, theme) for name in SHOWN for theme in ("light", "dark")]
    cells = [
        f"from microgradwidgets import show\n{source}\nshow({value}, theme={theme!r})"
        for name, theme in names
        for source, value in [SHOWN[name]]
    ]
    path = write_notebook(jupyter.folder / "pictures.ipynb", *cells)
    window = {"viewport": {"width": 1280, "height": 4000}, "device_scale_factor": 2}
    notebook = Notebook.open(visit(**window), path)
    notebook.run_all()
    return {"-".join(names[nth]): notebook.figure(nth) for nth in range(len(names))}


def hold(name, picture):
    assert len(picture) < LARGEST
    path = IMAGES / f"{name}.png"
    if os.environ.get("UPDATE_PICTURES") == "1":
        IMAGES.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture)
    assert path.exists(), f"UPDATE_PICTURES=1 writes {path}"
    assert size(picture) == pytest.approx(size(path.read_bytes()), rel=TOLERANCE)


def test_pictures_of_the_readme_show_what_is_drawn(figures):
    for name, figure in figures.items():
        figure.page.mouse.move(0, 0)
        hold(name, figure.root.screenshot(animations="disabled"))


def in_few_colours(png):
    """A field of colours that run into one another takes three times as much room else."""
    picture = BytesIO()
    few = Image.open(BytesIO(png)).convert("RGB").quantize(160, dither=Image.Dither.NONE)
    few.save(picture, "png", optimize=True)
    return picture.getvalue()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_of_the_dashboard_shows_what_is_drawn(plain_page, theme):
    host = plain_page(viewport={"width": 1180, "height": 2000})
    training = Training(host, theme=theme)
    training.go(37)
    host.page.mouse.move(0, 0)
    hold(f"dashboard-{theme}", in_few_colours(training.root.screenshot(animations="disabled")))
