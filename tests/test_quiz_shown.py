"""A quiz in a cell: questions as text and as Markdown, whatever a label holds; answers apart."""

from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from microgradwidgets import Value, quiz
from microgradwidgets.formula_text import formula_text, plain_name
from microgradwidgets.teaching.sentences import Term, code, listed, markdown, plain
from tests.hostile import label_of, rows
from tests.vectors import lecture_neuron

LABELS = [pytest.param(row, id=row["id"]) for row in rows("label")]


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.elements, self.codes, self.is_code = [], [], False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, *attributes))
        self.is_code = tag == "code"
        if self.is_code:
            self.codes.append("")

    def handle_endtag(self, tag):
        self.is_code = False

    def handle_data(self, data):
        if self.is_code:
            self.codes[-1] += data

    def handle_comment(self, data):
        self.elements.append(("comment", data))

    handle_decl = handle_pi = unknown_decl = handle_comment


def shown(markdown_text):
    # As hosts read it: with HTML let through, and tables.
    return Reader(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown_text))


def labelled(label):
    x, w = Value(2.0, label=label), Value(-3.0, label="w")
    return quiz((x * w).with_label("n").tanh(label="o"), 9, names=False)


@pytest.mark.parametrize("row", LABELS)
def test_a_label_is_shown_as_text_and_nothing_else(row):
    label = label_of(row)
    questions, plain_ones = labelled(label), labelled(plain_name(label) and "x")
    for form in (lambda q: q, lambda q: q.answers()):
        read, usual = (shown(form(q)._repr_markdown_()) for q in (questions, plain_ones))
        assert read.elements == usual.elements
        assert {tag for tag, *_ in usual.elements} <= {"ol", "ul", "li", "p", "code", "strong"}
    name = plain_name(label)
    if name is not None:
        assert any(
            formula_text(name).strip() in found.replace("\u2069", "").replace("\u2068", "")
            for found in shown(questions._repr_markdown_()).codes
        )
    assert len(repr(questions).splitlines()) >= len(questions)


@pytest.mark.parametrize("row", LABELS)
def test_a_label_does_not_change_what_is_right(row):
    assert all(q.check(q.answer).correct for q in labelled(label_of(row)))


def test_questions_and_answers_are_shown_apart():
    questions = quiz(lecture_neuron(), 6)
    assert repr(questions).count("\n") == 5
    assert "Right" not in repr(questions)
    assert repr(questions[0]) == questions[0].text
    for question in questions:
        for line in question.worked:
            assert line not in repr(questions)
            assert line in repr(questions.answers())


def test_code_holds_backticks_and_line_breaks():
    assert code("a") == "`a`"
    assert code("a`b``c") == "``` a`b``c ```"
    assert code("a\nb") == "`a↵b`"
    assert code(" a ") == "`  a  `"


def test_words_are_escaped_and_terms_are_code():
    assert markdown(("2 * 3 ", Term("<b>"))) == r"2 \* 3 `<b>`"
    assert plain(listed([(Term("a"),)])) == "a"
    assert plain(listed([("a",), ("b",)])) == "a and b"
