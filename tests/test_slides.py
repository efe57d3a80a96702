"""``make slides`` writes the lecture of the course as a deck: its cells decide what is where."""

import re
import subprocess

import pytest

pytest.importorskip("nbconvert")
pytest.importorskip("latex2mathml")

from tests.lessons import FOLDER, read
from tests.processes import ROOT
from tests.test_pages import Elements

pytestmark = pytest.mark.packaging

NOTEBOOK = read(FOLDER / "08_a_lecture.ipynb")


def cells(*kinds):
    return [cell for cell in NOTEBOOK.cells if cell.metadata.slideshow.slide_type in kinds]


@pytest.fixture(scope="module")
def deck():
    subprocess.run(["make", "--silent", "slides"], cwd=ROOT, check=True)
    return (ROOT / "dist" / "slides" / "08_a_lecture.slides.html").read_text("utf-8")


def test_every_cell_says_where_it_stands():
    assert len(cells("slide")) > 8
    for kind in ("subslide", "fragment", "notes", "skip"):
        assert cells(kind), kind


def test_slides_fragments_and_notes_are_those_of_the_notebook(deck):
    found = Elements(deck).found
    sections = len(cells("slide")) + len(cells("slide", "subslide"))  # a stack for each slide
    assert [tag for tag, _, _ in found].count("section") == sections
    fragments = [attributes for _, attributes, _ in found if attributes.get("class") == "fragment"]
    assert len(fragments) == len(cells("fragment"))
    assert len(re.findall(r'<aside class="notes">', deck)) == len(cells("notes"))


def test_what_is_for_the_teacher_alone_is_left_out(deck):
    assert "This cell is not in the deck" not in deck


def test_every_figure_of_the_lecture_lives_in_the_deck(deck):
    figures = [cell for cell in NOTEBOOK.cells if "presenter=True" in cell.source]
    assert deck.count('class="mgw-place"') == len(figures)
    assert len(deck) < 2_000_000
