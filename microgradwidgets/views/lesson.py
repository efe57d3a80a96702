"""``Lesson([Scene(...), ...])``: a text that drives a figure step by step, and follows it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from html import escape
from typing import Any

import traitlets

from ..arguments import each, is_one_of
from ..arithmetic import described, glimpse
from ..caller import names_at
from ..engine import Value
from ..graph import UNKNOWN
from ..text import short_number, visible_text
from .dashboard import Dashboard
from .diagram import Diagram
from .live import Live
from .live_numbers import ordered
from .scene_text import read_number, read_text, spoken_text, text_html
from .scenes import PREDICT, Ask, Figure, Scene, first_setting, setting_of
from .state import Restorable
from .stored import of_a_page

MOST_SCENES = 100
MOST_PICTURES = 12
"""In a notebook that has been saved; further scenes have their text there."""


class Lesson(Restorable, Live):
    """Scenes that a learner goes through by Next and Back: a text, and a figure that moves with it.

    The text drives the figure: entering a scene brings it to the step, the selection and the
    numbers that the scene asks for. And the figure the text: numbers in it follow the figure, the
    names in it say which one is selected, and where the learner has moved on there is a way back
    to the scene. Scenes that show the same figure share one, so what changes between them moves.

    ``scene`` is the one shown, 0 for the first; it can be read, set and observed. ``answers`` has a
    row for every try at a question: ``scene``, ``answer`` (None where it was shown) and ``right``.
    A figure that was given stays as it is: the lesson has a copy of its own, which needs no Python.

    Args:
        scenes: the steps, in their order; the first one shows something.
        theme: ``"auto"`` follows the page; ``"light"`` and ``"dark"`` do not.
        presenter: for a lecture: large type, and PageDown and PageUp, as remotes send them, walk
            the scenes and then hand on to the slides.

    Raises:
        ValueError: where a scene asks for what its figure does not have; it says which scene.

    >>> a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    >>> lesson = Lesson(
    ...     [
    ...         Scene("A product: {a} times {b}.", show=a * b, step=0),
    ...         Scene("The slope by {a} is the *other factor*, {a.grad}.", step=None, select=a),
    ...     ]
    ... )
    >>> lesson
    Lesson(scene 1 of 2)
    >>> lesson.scene = 1
    """

    scene = traitlets.Int(0).tag(sync=True)
    answers: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _scenes: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _shown: traitlets.List[Any] = traitlets.List().tag(sync=True)
    _figure = traitlets.Unicode("lesson").tag(sync=True)
    _is_of = "this lesson"

    figures: tuple[Figure, ...]
    """What the scenes show, each once."""

    def __init__(self, scenes: Iterable[Scene], **options: Any) -> None:
        self.scenes = tuple(each(scenes, "scenes"))
        if not 1 <= len(self.scenes) <= MOST_SCENES:
            raise ValueError(f"expected 1 to {MOST_SCENES} scenes, got: {len(self.scenes)}")
        self.figures, written = _written(self.scenes, names_at(sys._getframe(1)))
        shown = [_as_shown(figure) for figure in self.figures]
        super().__init__(_scenes=written, _shown=shown, **options)

    @traitlets.validate("scene")
    def _there(self, proposal: Any) -> int:
        scene: int = proposal["value"]
        if not 0 <= scene < len(self.scenes):
            raise traitlets.TraitError(
                f"expected scene to be 0 to {len(self.scenes) - 1}, got: {glimpse(scene)}"
            )
        return scene

    def still_html(self) -> str:
        """All scenes one after the other, each with its picture unless that is there already.

        >>> x = Value(3.0, label="x")
        >>> lesson = Lesson([Scene("A square of {x}.", show=x * x, step=0), Scene("So it is.")])
        >>> lesson.still_html().count("Expression graph")
        1
        """
        parts: list[str] = []
        pictures: set[str] = set()
        for number, written in enumerate(self._scenes, 1):
            with _standing(self.figures[written["figure"]], written["setting"]) as figure:
                quoted = _numbers_of(figure)
                parts += [
                    f"<p><small>{number} of {len(self._scenes)}</small></p>",
                    text_html(written["text"], quoted),
                    _question_html(written["question"], quoted),
                ]
                picture = "" if len(pictures) == MOST_PICTURES else figure.still_html()
            if picture not in pictures:
                pictures.add(picture)
                parts.append(picture)
        return "".join(parts)

    @property
    def title(self) -> str:
        """The first words.

        >>> Lesson([Scene("Two and **three**.", show=Value(2.0) + 3)]).title
        'Lesson: Two and three.'
        """
        words = spoken_text(self._scenes[0]["text"])
        return f"Lesson: {words if len(words) <= 60 else words[:59] + '…'}"

    def __repr__(self) -> str:
        return f"Lesson(scene {self.scene + 1} of {len(self.scenes)})"


def _written(
    scenes: Iterable[Scene], names: Mapping[int, str]
) -> tuple[tuple[Figure, ...], list[dict[str, Any]]]:
    """The figures; and the scenes as they cross to the browser, with all that theirs is to be."""
    figures: dict[int, Figure] = {}
    settings: dict[int, dict[str, Any]] = {}
    written: list[dict[str, Any]] = []
    key: int | None = None
    for number, scene in enumerate(scenes, 1):
        if not isinstance(scene, Scene):
            raise TypeError(f"expected scenes, got: {described(scene)}")
        if scene.show is not None:
            key = scene.show.id if isinstance(scene.show, Value) else -id(scene.show)
            if key not in figures:
                figures[key] = _figure_of(scene.show, names)
        if key is None:
            raise ValueError("expected the first scene to show something, got: None")
        figure = figures[key]
        try:
            before = settings.get(key) or first_setting(figure)
            settings[key] = before | setting_of(figure, scene)
            text = read_text(scene.text, partial(_place_in, figure))
            question = _asked(scene, figure)
        except (TypeError, ValueError) as error:
            raise type(error)(f"scene {number}: {error}") from None
        place = [*figures].index(key)
        written.append(
            {"text": text, "figure": place, "setting": settings[key], "question": question}
        )
    return tuple(figures.values()), written


def _asked(scene: Scene, figure: Figure) -> dict[str, Any] | None:
    """A question as it crosses to the browser; None also where the figure itself asks."""
    question = scene.question
    if question is None or is_one_of(question, (PREDICT,)):
        return None
    if not isinstance(question, Ask):
        raise TypeError(
            f"expected question to be a Ask, 'predict' or None, got: {described(question)}"
        )
    place_of = partial(_place_in, figure)
    return {
        "text": read_text(question.text, place_of),
        "choices": [visible_text(choice) for choice in question.choices],
        "answer": question.choices.index(question.answer)
        if question.choices
        else read_number(question.answer, place_of),
        "because": read_text(question.because, place_of),
    }


def _figure_of(shown: object, names: Mapping[int, str]) -> Figure:
    if isinstance(shown, Value):
        return Diagram(shown, names=names)
    if isinstance(shown, (Diagram, Dashboard)):
        return shown
    raise TypeError(
        f"expected a scene to show a Value, a Diagram or a Dashboard, got: {described(shown)}"
    )


def _as_shown(figure: Figure) -> dict[str, Any]:
    """What the browser has to know of a figure; how it looks is the lesson's affair."""
    traits = of_a_page(figure.get_state({*figure.keys} - {"layout"}))
    return {name: trait for name, trait in traits.items() if name not in ("theme", "presenter")}


def _place_in(figure: Figure, name: str) -> int | None:
    try:
        return figure._place(name) if isinstance(figure, Diagram) else None
    except KeyError:
        return None


# -- what nothing lives in ------------------------------------------------------------------------


@contextmanager
def _standing(figure: Figure, setting: Mapping[str, Any]) -> Iterator[Figure]:
    """A figure as a scene wants it, for its picture; that of a dashboard is of its start."""
    if isinstance(figure, Dashboard):
        yield figure
        return
    copy = Diagram(figure._value, figure._given, names=figure._names)
    try:
        copy._take_over(setting, "a scene")
        yield copy
    finally:
        copy.close()


def _question_html(question: Mapping[str, Any] | None, number: Callable[[int, str], str]) -> str:
    """What is asked; not what the answer is."""
    if question is None:
        return ""
    choices = "".join(f"<li>{escape(choice)}</li>" for choice in question["choices"])
    return text_html(question["text"], number) + (choices and f"<ul>{choices}</ul>")


def _numbers_of(figure: Figure) -> Callable[[int, str], str]:
    if isinstance(figure, Dashboard):
        return lambda node, of: ""
    order = ordered(figure.value)
    gradients, unknown = figure._known_so_far

    def number(node: int, of: str) -> str:
        value = order[node]
        if value.id in (unknown.values if of == "data" else unknown.gradients):
            return UNKNOWN
        return short_number(value.data if of == "data" else gradients[value])

    return number
