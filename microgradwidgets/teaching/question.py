"""A question about one value of a graph, with all there is to know of its answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ..engine import Value
from ..text import short_number
from .judging import judged_choice, judged_number, judged_sign
from .sentences import Sentence, plain
from .verdict import Verdict

Kind: TypeAlias = Literal["value", "sign", "gradient", "changes"]
KINDS: tuple[Kind, ...] = ("value", "sign", "gradient", "changes")

Answer: TypeAlias = float | str | tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Question:
    """One question; as the last line of a cell it shows its text and not the answer.

    Attributes:
        kind: ``"value"``, ``"sign"`` (of the gradient), ``"gradient"``, or ``"changes"``: which of
            some values change with a leaf.
        node: the value that it is about.
        name: what the question calls it.
        prompt: what is asked.
        given: what has to be known for it, where nothing is drawn. Both are words and, between
            them, names and formulas, which are of the type :class:`Term`.
        step: after how many steps of :func:`microgradwidgets.pass_steps` it is due: the answer
            comes with a later one. A figure with ``predict=True`` at this step shows no more.
        answer: a number; ``"positive"``, ``"negative"`` or ``"zero"``; the names that change.
        options: what there is to choose from, or nothing.
        worked: how the answer is found, a line for each thought.
        thoughts: wrong numbers that come of common thoughts, each with what to say of it.

    >>> from microgradwidgets import quiz
    >>> (question,) = quiz(Value(2.0, label="x") ** 2, n=1, kinds=["gradient"])
    >>> question
    What is the gradient of x, ∂x²/∂x? It goes into v1 = x², the output. Here x = 2.
    >>> question.kind, question.name, question.answer
    ('gradient', 'x', 4.0)
    """

    kind: Kind
    node: Value
    name: str
    prompt: Sentence
    given: Sentence
    step: int
    answer: Answer
    worked: tuple[str, ...]
    options: tuple[str, ...] = ()
    thoughts: tuple[tuple[float, str], ...] = field(default=())

    @property
    def text(self) -> str:
        """The whole question as plain text.

        >>> from microgradwidgets import quiz
        >>> quiz(-Value(2.0, label="x"), n=1, kinds=["value"])[0].text
        'What is the value of v1 = −x? Here x = 2.'
        """
        return plain(self.sentence)

    @property
    def sentence(self) -> Sentence:
        """The same with what is a name or formula marked as such.

        >>> from microgradwidgets import quiz
        >>> quiz(-Value(2.0, label="x"), n=1, kinds=["value"])[0].sentence[:2]
        ('What is the value of ', 'v1 = −x')
        """
        return (*self.prompt, " ", *self.given) if self.given else self.prompt

    @property
    def answer_text(self) -> str:
        """The answer as one would write it down.

        >>> from microgradwidgets import quiz
        >>> quiz(-Value(2.0, label="x"), n=1, kinds=["value"])[0].answer_text
        '−2'
        """
        if isinstance(self.answer, tuple):
            return ", ".join(self.answer) or "none"
        return self.answer if isinstance(self.answer, str) else short_number(self.answer)

    def check(self, answer: object) -> Verdict:
        """Whether an answer is right, and if not, what has most likely been thought.

        A number is right within 1 %, with its sign; it may be typed, also as ``"1/3"`` or
        ``"−2e-5"``. A sign is a word, a mark (``"+"``) or a number of that sign. What changes is
        a list of names, or a text with commas between them. No answer raises an error.

        >>> from microgradwidgets import quiz
        >>> (question,) = quiz(Value(2.0, label="x") ** 2, n=1, kinds=["gradient"])
        >>> question.check("8").correct, question.check("4")
        (False, Right: ∂x²/∂x = 2 · x = 1 · 4 = 4)
        """
        if isinstance(self.answer, tuple):
            wrong = judged_choice(answer, self.answer, self.options)
        elif isinstance(self.answer, str):
            wrong = judged_sign(answer, self.answer)
        else:
            wrong = judged_number(answer, self.answer, self.thoughts)
        if wrong:
            return Verdict(False, wrong)
        return Verdict(True, f"Right: {self.worked[0]}")

    def __repr__(self) -> str:
        return self.text


def numbered(lines: Iterable[str]) -> str:
    """Lines with their places, from 1 on."""
    return "\n".join(f"{place}. {line}" for place, line in enumerate(lines, start=1))
