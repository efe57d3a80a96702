"""``worksheet(value)``: a graph with blanks on paper, and the key to it."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from ..arguments import checked_count, is_one_of
from ..arithmetic import described
from ..caller import names_at, variable_names
from ..engine import Value, backward, expect_value
from ..graph import nearest
from ..randomness import DEFAULT_SEED, Seed, Stream, checked_seed
from ..tape import Tape
from ..teaching.choosing import choose
from ..teaching.friendly import friendly_leaves
from ..teaching.ground import Ground
from ..teaching.question import KINDS, Kind
from ..teaching.quizzes import Quiz, checked_kinds, questions_of
from .files import PathLike, write_file
from .sheet_html import Sheet, page_html, sheet_html
from .sheet_picture import Paper, fitting

MOST = 20


def worksheet(
    value: Value,
    *,
    seed: Seed = DEFAULT_SEED,
    n: int = 8,
    key: bool = True,
    kinds: Sequence[Kind] = KINDS,
    new_numbers: bool = True,
    direction: Literal["LR", "TB"] | None = None,
    names: Mapping[str, Any] | bool = True,
    title: str | None = None,
) -> Worksheet:
    """A sheet to print: the graph behind ``value`` with blanks in it, questions, and their key.

    What is asked for is left blank in the drawing, with the number of its question. The leaves
    have new numbers, small ones to work with by hand, which depend on the seed: so each student
    has a sheet of their own. Leaves without a name are constants of the formula, and stay.

    Args:
        value: the output. Of a large expression as much is drawn as can be read on a page, from
            the output back, and only that is asked about.
        seed: the same seed gives the same sheet of the same expression; it stands on the sheet.
            None takes one by chance.
        n: how many questions, at most 20; fewer, where what is drawn offers fewer.
        key: whether the answers follow on a page of their own. A sheet for students has none.
        kinds: as for :func:`microgradwidgets.quiz`.
        new_numbers: False leaves the numbers of ``value`` as they are.
        direction: ``"LR"`` or ``"TB"``; None takes whichever leaves the boxes larger.
        names: as for :func:`microgradwidgets.show`.
        title: the heading.

    Returns:
        What shows itself in a notebook, and writes a page to print by :meth:`Worksheet.to_html`.

    >>> x, w = Value(2.0), Value(-3.0)
    >>> sheet = worksheet((x * w).tanh(label="o"), seed=7)
    >>> sheet
    Worksheet(o, seed 7, 6 questions, with key)
    >>> student = worksheet((x * w).tanh(label="o"), seed=7, key=False)
    >>> "Answers" in sheet.to_html(), "Answers" in student.to_html()
    (True, False)
    """
    caller = sys._getframe(1)
    names_by_id = names_at(caller) if names is True else variable_names(names or {})
    wanted = checked_count(n, "n")
    if wanted > MOST:
        raise ValueError(f"expected n to be at most {MOST}, got: {wanted}")
    if direction is not None and not is_one_of(direction, ("LR", "TB")):
        raise ValueError(f"expected direction to be 'LR' or 'TB', got: {described(direction)}")
    sown = secrets.randbelow(10**6) if checked_seed(seed) is None else seed
    stream = Stream(sown)
    tape = Tape.record(expect_value(value, "value"), names_by_id)
    leaves = friendly_leaves(tape, stream) if new_numbers else {}
    other, paper = _drawable(tape, leaves, direction)
    ground = Ground(other, written=False)
    drawn = {ground.tape.index(v) for v in nearest(other, paper.limit)}
    chosen = choose(ground, wanted, checked_kinds(kinds), stream, drawn)
    questions = Quiz(tuple(questions_of(ground, chosen)), wanted)
    formulas = tuple(ground.made(i) for i in sorted(drawn) if not ground.is_leaf(i))
    return Worksheet(other, questions, sown, key, title, paper, formulas)


def _drawable(
    tape: Tape, leaves: Mapping[int, float], direction: str | None
) -> tuple[Value, Paper]:
    """The expression with its new numbers, every box with a name of its own; and its size."""
    unnamed = tape.value(leaves)
    paper = fitting(unnamed, backward(unnamed), direction)
    ground = Ground(unnamed, written=False)
    labels = dict(ground.tape.names)
    for v in nearest(unnamed, paper.limit):
        i = ground.tape.index(v)
        if not ground.is_told(i):
            labels[i] = ground.name(i)
    return replace(tape, names=labels).value(leaves), paper


@dataclass(frozen=True, repr=False)
class Worksheet:
    """What :func:`worksheet` makes; it never changes.

    Attributes:
        value: the expression, with the numbers of this sheet.
        questions: a quiz about it.
        seed: what the numbers and the questions depend on.
        key: whether the answers follow.
        title: the heading, if it has one of its own.
        paper: how it is drawn.
        formulas: how all that is drawn is made.

    >>> x = Value(2.0, label="x")
    >>> sheet = worksheet((x * x).with_label("y"), seed=7, new_numbers=False)
    >>> sheet.value, sheet.seed, sheet.key
    (Value(data=4.0, label='y'), 7, True)
    >>> sheet.questions[0]
    What is the value of y = x · x? Here x = 2.
    """

    value: Value
    questions: Quiz
    seed: Seed
    key: bool
    title: str | None
    paper: Paper
    formulas: tuple[str, ...]

    def to_html(self, path: PathLike | None = None, *, overwrite: bool = False) -> str | Path:
        """The sheet as one HTML page to be printed, on A4 or Letter paper, upright.

        It holds everything itself, runs no script and asks for nothing elsewhere.

        Args:
            path: where to write it.
            overwrite: whether a file that is there already may be replaced.

        Returns:
            The page as text; with ``path``, where it was written.

        >>> x = Value(2.0, label="x")
        >>> worksheet((x * x).with_label("y"), seed=7).to_html()[:15]
        '<!doctype html>'
        """
        text = page_html(self._sheet)
        return text if path is None else write_file(path, text, overwrite=overwrite)

    @property
    def _sheet(self) -> Sheet:
        seed = "-".join(map(str, self.seed)) if isinstance(self.seed, tuple) else str(self.seed)
        return Sheet(
            self.value, self.questions, seed, self.key, self.title, self.paper, self.formulas
        )

    def _repr_html_(self) -> str:
        return sheet_html(self._sheet)

    def __repr__(self) -> str:
        sheet, size = self._sheet, len(self.questions)
        questions = f"{size} question{'' if size == 1 else 's'}"
        return (
            f"Worksheet({sheet.output}, seed {sheet.seed}, {questions}, "
            f"with{'' if self.key else 'out'} key)"
        )
