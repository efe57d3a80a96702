"""A worksheet as HTML: for paper first, and for the cell of a notebook. No script, no request."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import NamedTuple

from ..engine import Value, backward
from ..gradients import topological_order
from ..graph import NOTHING, Unknown, nearest
from ..teaching.question import Question
from ..teaching.quizzes import Quiz
from ..teaching.sentences import Sentence, Term
from ..text import short_number, visible_text
from .sheet_picture import Paper, blanks, picture
from .still import still_table, svg_address


class Sheet(NamedTuple):
    """What stands on a sheet.

    Attributes:
        value: the expression, with a name for every box.
        questions: what is asked about it.
        seed: what it was made from, as text.
        key: whether the answers follow.
        title: the heading, if it has one of its own.
        paper: how the graph is drawn.
        formulas: how all that is drawn is made.
    """

    value: Value
    questions: Quiz
    seed: str
    key: bool
    title: str | None
    paper: Paper
    formulas: tuple[str, ...]

    @property
    def heading(self) -> str:
        return visible_text(self.title or f"Worksheet: {self.output}").replace("\n", " ")

    @property
    def output(self) -> str:
        return self.value.label or "v"


def page_html(sheet: Sheet) -> str:
    """The whole page."""
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
    policy = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(sheet.heading)}, sheet {sheet.seed}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n{_article(sheet, 'main')}\n</body>\n</html>\n"
    )


def sheet_html(sheet: Sheet) -> str:
    """The same for the cell of a notebook, which has a page around it."""
    return f"<style>{_style()}</style>\n{_article(sheet, 'article')}"


@cache
def _style() -> str:
    return (Path(__file__).parent / "sheet.css").read_text(encoding="utf-8")


def _article(sheet: Sheet, tag: str) -> str:
    parts = [_questions(sheet)] + ([_key(sheet)] if sheet.key else [])
    return f'<{tag} class="mgw-sheet" lang="en">\n' + "\n".join(parts) + f"\n</{tag}>"


# -- the sheet itself -----------------------------------------------------------------------------


def _questions(sheet: Sheet) -> str:
    unknown = blanks(sheet.questions, topological_order(sheet.value))
    rows = "\n".join(
        f'<tr><th scope="row">{place}</th><td>{_html(question.prompt)}<span class="mgw-line">'
        f'</span></td><td class="mgw-answer"><span class="mgw-line"></span></td></tr>'
        for place, question in enumerate(sheet.questions, start=1)
    )
    note = f"<p>{escape(sheet.questions.note)}</p>" if sheet.questions.note else ""
    return (
        f'<section class="mgw-questions">\n<header><h1>{_bdi(sheet.heading)}</h1>\n'
        f'<p class="mgw-who"><span>Name</span><span>Date</span><span>Sheet {sheet.seed}</span></p>'
        f"</header>\n<p>Each box is a value of the graph: <b>data</b> is its number, <b>grad</b> "
        f"the gradient of {_term(sheet.output)} by it. A blank in the drawing has the number of "
        f"its question below.</p>\n{_figure(sheet, unknown, 'with blanks')}\n"
        "<h2>Questions</h2>\n<table>\n<thead><tr>"
        '<th scope="col">No.</th><th scope="col">Question, with room to work</th>'
        f'<th scope="col">Answer</th></tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n{note}'
        "</section>"
    )


def _figure(sheet: Sheet, unknown: Unknown, state: str) -> str:
    value, paper = sheet.value, sheet.paper
    gradients = backward(value)
    total = len(topological_order(value))
    drawn = len(nearest(value, paper.limit))
    size = f"{total:,} values" if drawn == total else f"the last {drawn} of {total:,} values"
    formulas = "; ".join(sheet.formulas)
    svg = picture(value, gradients, paper, unknown)
    if svg is None:
        words = f"The graph, {size}"
        table = still_table(value, gradients, {}, words, unknown, paper.limit, short_number)
        return f"<figure>{table}<figcaption>{_term(formulas)}</figcaption></figure>"
    alt = f"Graph {state}, {size}: {formulas}."
    return f'<figure><img src="{svg_address(svg)}" alt="{escape(alt)}"></figure>'


# -- the key --------------------------------------------------------------------------------------


def _key(sheet: Sheet) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{place}</th><td>{_term(question.answer_text)}</td>'
        f"<td>{_worked(question)}</td></tr>"
        for place, question in enumerate(sheet.questions, start=1)
    )
    return (
        f'<section class="mgw-key">\n<h2>Answers to sheet {sheet.seed}</h2>\n'
        "<p>All numbers; an arrow carries the local derivative of what it leads to.</p>\n"
        f"{_figure(sheet, NOTHING, 'with all numbers')}\n<table>\n<thead><tr>"
        '<th scope="col">No.</th><th scope="col">Answer</th>'
        '<th scope="col">How it is found</th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</section>"
    )


def _worked(question: Question) -> str:
    return "".join(f"<div>{_term(line)}</div>" for line in question.worked)


# -- text -----------------------------------------------------------------------------------------


def _html(sentence: Sentence) -> str:
    return "".join(_parts(sentence))


def _parts(sentence: Sentence) -> Iterable[str]:
    for part in sentence:
        yield _term(part) if isinstance(part, Term) else escape(part)


def _term(text: str) -> str:
    """As code, so that nobody who typesets formulas takes a name for one."""
    return f"<code>{_bdi(text)}</code>"


def _bdi(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"
