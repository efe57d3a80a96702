"""``quiz(value)``: questions about any expression, with worked answers."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from ..arguments import checked_count, each, is_one_of
from ..arithmetic import described
from ..caller import names_at, variable_names
from ..engine import Value, expect_value
from ..randomness import DEFAULT_SEED, Seed, Stream
from .asking import Asked, changes_question, gradient_question, sign_question, value_question
from .choosing import Choice, choose
from .ground import Ground
from .question import KINDS, Kind, Question, numbered
from .sentences import code, markdown

MOST = 100


def quiz(
    value: Value,
    n: int = 8,
    seed: Seed = DEFAULT_SEED,
    *,
    kinds: Sequence[Kind] = KINDS,
    names: Mapping[str, Any] | bool = True,
) -> Quiz:
    """Questions about the expression behind ``value``, each with its worked answer.

    They ask for a value, for a gradient, for the sign of one, and for what changes when a leaf
    grows by 1. Each says what has to be known for it; what is the answer to another question it
    only refers to. The kinds take turns, and nothing is asked twice: who is asked for a gradient
    is not asked for its sign. Numbers that can be worked with by hand come first, and of a large
    expression the 2,000 values nearest to the output are asked about.

    Args:
        value: the output.
        n: how many questions, at most 100. Where the expression offers fewer, there are as many
            as it offers, and the quiz says so; of gradients there is always at least one.
        seed: the same seed gives the same questions of the same expression, on every machine.
        kinds: which kinds, of ``"value"``, ``"sign"``, ``"gradient"`` and ``"changes"``.
        names: values without a label are named after the variables of the calling cell, as
            :func:`microgradwidgets.show` does; those that stay nameless are taken for constants.

    Returns:
        A sequence of :class:`Question`. It shows the questions alone; its ``answers()`` shows the
        key, and each question's ``check(answer)`` says whether an answer is right.

    >>> x, w = Value(2.0, label="x"), Value(-3.0, label="w")
    >>> questions = quiz((x * w).with_label("n"), n=2, kinds=["value", "gradient"])
    >>> questions
    1. What is the value of n = x · w? Here x = 2 and w = −3.
    2. What is the gradient of w, ∂n/∂w? It goes into n = x · w, the output. Here x = 2.
    >>> questions[0].check("6")
    Right size, wrong sign.
    >>> questions[0].check(-6)
    Right: n = x · w = 2 · (−3) = −6
    """
    names_by_id = names_at(sys._getframe(1)) if names is True else variable_names(names or {})
    ground = Ground(expect_value(value, "value"), names_by_id)
    wanted = checked_count(n, "n")
    if wanted > MOST:
        raise ValueError(f"expected n to be at most {MOST}, got: {wanted}")
    chosen = choose(ground, wanted, checked_kinds(kinds), Stream(seed))
    return Quiz(tuple(questions_of(ground, chosen)), wanted)


def checked_kinds(kinds: Sequence[Kind]) -> list[Kind]:
    """Some of the kinds of questions, at least one."""
    wanted = [kinds] if isinstance(kinds, str) else [*each(kinds, "kinds")]
    if not wanted or not all(is_one_of(kind, KINDS) for kind in wanted):
        raise ValueError(
            f"expected kinds to be some of {', '.join(KINDS)}, got: {described(kinds)}"
        )
    return [kind for kind in KINDS if kind in wanted]


def questions_of(ground: Ground, chosen: Sequence[Choice]) -> list[Question]:
    """What was chosen, in words; each knows what the others ask for."""
    asked: Asked = {choice.fact: place for place, choice in enumerate(chosen, start=1)}
    questions = []
    for choice in chosen:
        others = {fact: place for fact, place in asked.items() if fact != choice.fact}
        if choice.kind == "value":
            questions.append(value_question(ground, choice.at, others))
        elif choice.kind == "sign":
            questions.append(sign_question(ground, choice.at, others))
        elif choice.kind == "gradient":
            questions.append(gradient_question(ground, choice.at, others))
        elif choice.nudge is not None:
            questions.append(changes_question(ground, choice.nudge, choice.options))
    return questions


@dataclass(frozen=True, repr=False)
class Quiz(Sequence[Question]):
    """The questions that :func:`quiz` makes; shown, it is the questions without their answers.

    Attributes:
        questions: in the order in which the passes answer them.
        wanted: how many were asked for.

    >>> questions = quiz(Value(2.0, label="x") * Value(-3.0, label="w"), n=3)
    >>> len(questions), [question.kind for question in questions]
    (3, ['value', 'sign', 'gradient'])
    """

    questions: tuple[Question, ...]
    wanted: int

    def answers(self) -> AnswerKey:
        """The key: each answer, and how it is found.

        >>> quiz(Value(2.0, label="x") + 1, n=1, kinds=["value"]).answers()
        1. 3: v2 = x + 1 = 2 + 1 = 3
        """
        return AnswerKey(self.questions)

    def __len__(self) -> int:
        return len(self.questions)

    @overload
    def __getitem__(self, place: int) -> Question: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Question]: ...
    def __getitem__(self, place: int | slice) -> Question | Sequence[Question]:
        return self.questions[place]

    @property
    def note(self) -> str:
        """What is to be said where there are fewer questions than were asked for.

        >>> quiz(-Value(2.0, label="x"), n=9, kinds=["value"]).note
        '9 questions were asked for; the expression offers 1.'
        """
        if len(self) == self.wanted:
            return ""
        return f"{self.wanted} questions were asked for; the expression offers {len(self)}."

    def __repr__(self) -> str:
        listed = numbered(question.text for question in self)
        return "\n".join(filter(None, [listed, self.note]))

    def _repr_markdown_(self) -> str:
        listed = numbered(markdown(question.sentence) for question in self)
        return "\n\n".join(filter(None, [listed, self.note]))


@dataclass(frozen=True, repr=False)
class AnswerKey:
    """The answers of a quiz, with how each is found."""

    questions: tuple[Question, ...]

    def __repr__(self) -> str:
        return numbered(f"{q.answer_text}: {'; '.join(q.worked)}" for q in self.questions)

    def _repr_markdown_(self) -> str:
        return numbered(
            f"**{code(q.answer_text)}**" + "".join(f"\n   - {code(line)}" for line in q.worked)
            for q in self.questions
        )
