"""A worksheet printed by a real browser: upright, black on white, its key on a page of its own."""

from __future__ import annotations

import re

import pytest

from microgradwidgets import MLP, worksheet
from tests.browser.test_paper import A4, PAGE, is_black_on_white
from tests.vectors import lecture_neuron

MODEL = MLP(2, [3, 1])
CASES = {"neuron": lecture_neuron, "network": lambda: MODEL([1.0, -2.0])}


@pytest.fixture
def opened(visit, jupyter):
    """Opens a sheet as a page, which must neither complain nor ask for anything elsewhere."""

    def begin(sheet):
        page = visit().page
        address = jupyter.link("sheet.html")
        html = sheet.to_html()
        page.route(address, lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(address)
        return page

    return begin


def pages_of(page, form):
    pdf = page.pdf(**{**A4, "format": form})
    assert pdf.startswith(b"%PDF")
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("case", CASES)
def test_a_sheet_is_printed_whole_and_its_key_begins_a_page(opened, case):
    student = opened(worksheet(CASES[case](), seed=7, key=False))
    teacher = opened(worksheet(CASES[case](), seed=7))
    for form in ("A4", "Letter"):
        few, more = pages_of(student, form), pages_of(teacher, form)
        assert 1 <= few <= 2
        assert few < more <= few + 2
    for page, pictures in ((student, 1), (teacher, 2)):
        page.emulate_media(media="print")
        page.set_viewport_size(PAGE)
        is_black_on_white(page.locator(".mgw-sheet"))
        assert page.evaluate("document.documentElement.scrollWidth") <= PAGE["width"]
        drawn = page.locator("figure img").all()
        assert len(drawn) == pictures
        for picture in drawn:
            assert picture.evaluate("(image) => image.complete && image.naturalWidth > 0")
            box = picture.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PAGE["width"]
            assert box["height"] <= PAGE["height"]
    key = teacher.locator(".mgw-key")
    assert key.evaluate("(part) => getComputedStyle(part).breakBefore") == "page"
    assert student.locator(".mgw-key").count() == 0


def test_a_student_reads_questions_and_no_answer(opened):
    sheet = worksheet(lecture_neuron(), seed=7, key=False)
    page = opened(sheet)
    rows = page.get_by_role("row").all()[1:]
    assert len(rows) == len(sheet.questions)
    for row, question in zip(rows, sheet.questions, strict=True):
        said = row.inner_text()
        assert "".join(question.prompt) in said
        assert question.worked[0] not in said
    assert page.get_by_role("heading", name="Worksheet: o").count() == 1
    assert page.get_by_role("img", name="Graph with blanks").count() == 1
