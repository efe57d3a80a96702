"""The scenes of a lesson: what each is to show, and how a figure stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import EllipsisType, MappingProxyType
from typing import Any, Literal, TypeAlias

import traitlets

from ..arguments import each, is_one_of
from ..arithmetic import described
from ..engine import Value
from .dashboard import Dashboard
from .diagram import Diagram

Figure: TypeAlias = Diagram | Dashboard

_SET_BY_SCENES = {
    Diagram: (
        *("step", "predict", "selected", "edits", "overlay", "check_step", "direction"),
        *("notation", "unfolded", "editable"),
    ),
    Dashboard: (
        *("step", "selected_point", "selected_parameter", "learning_rate", "schedule", "alpha"),
        *("batch_size", "batch_seed", "optimizer", "steps", "target_loss", "speed", "controls"),
        *("locked",),
    ),
}
"""What can change between two scenes of one figure; the rest makes another figure."""


PREDICT = "predict"
"""The question of a scene in which the figure asks about its next step."""


@dataclass(frozen=True)
class Ask:
    """What a scene asks. The learner can go on once it is answered, or has been shown.

    Args:
        text: the question, written like the text of a :class:`Scene`.
        answer: a number of the figure, such as ``"b.grad"`` or ``"b.data"``, which the page works
            out from the numbers that the figure has then; or, with ``choices``, one of them. A
            number is right within 1 %. Choose a step at which the picture does not show it yet.
        choices: what there is to choose from; none where a number is to be typed.
        because: what there is to say once it is answered.

    >>> Ask("What is the slope by {b}?", "b.grad").choices
    ()
    """

    text: str
    answer: str
    choices: Sequence[str] = ()
    because: str = ""

    def __post_init__(self) -> None:
        choices = tuple(each(self.choices, "choices", "texts"))
        if isinstance(self.choices, str) or not all(isinstance(one, str) for one in choices):
            raise TypeError(f"expected choices to be texts, got: {described(self.choices)}")
        object.__setattr__(self, "choices", choices)
        if choices and not is_one_of(self.answer, choices):
            raise ValueError(
                f"expected the answer to be one of the choices, got: {described(self.answer)}"
            )


@dataclass(frozen=True)
class Scene:
    """One step of a :class:`~microgradwidgets.Lesson`: a text, and how the figure stands with it.

    What a scene does not speak of stays as it was in the scene before, as long as the figure is
    the same.

    Args:
        text: paragraphs between empty lines, with ``**bold**``, ``*italic*``, ```code``` and lists
            of ``-``. ``{b}`` and ``[the second factor](b)`` name a value of the diagram: a button
            that selects it. ``{b.grad}`` and ``{b.data}`` are numbers that follow the diagram.
        show: a value, a :class:`Diagram` or a :class:`Dashboard`; None for the figure of the scene
            before.
        select: the value to select, by itself or by name, or None for none; in a dashboard the
            number of a point.
        step: how many steps of the passes, or of the training, are done; None for all.
        lock: what the learner may not change: all, none, or some of the leaves by name (in a
            dashboard: of the controls).
        question: an :class:`Ask`, or ``"predict"``: the diagram then hides what comes next and
            asks about it, as ``show(value, predict=True)`` does.
        settings: other traits of the figure by name, such as ``{"edits": {"b": 3.0}}``.

    >>> Scene("A product of {a} and {b}.", select="a").select
    'a'
    """

    text: str
    show: Value | Figure | None = None
    select: Value | str | int | EllipsisType | None = ...
    step: int | EllipsisType | None = ...
    lock: bool | Sequence[Value | str] | EllipsisType = ...
    question: Ask | Literal["predict"] | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.settings, Mapping):
            raise TypeError(
                f"expected settings to map traits to values, got: {described(self.settings)}"
            )
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))
        if not isinstance(self.lock, (bool, str, Value, EllipsisType)):
            parts = each(self.lock, "lock", "True, False or a list")
            object.__setattr__(self, "lock", tuple(parts))


def setting_of(figure: Figure, scene: Scene) -> dict[str, Any]:
    """What a scene sets of its figure, as it crosses to the browser; the figure stays as it is.

    Raises:
        ValueError: where the figure has no such thing, or it cannot be like that.
    """
    wished = dict(scene.settings)
    if scene.select is not ...:
        wished["selected" if isinstance(figure, Diagram) else "selected_point"] = scene.select
    if scene.step is not ...:
        wished["step"] = scene.step
    if scene.lock is not ...:
        wished |= _locked(figure, scene.lock)
    predicts = is_one_of(scene.question, (PREDICT,))
    if isinstance(figure, Diagram):
        wished.setdefault("predict", predicts)
        if predicts and wished.get("step") == 2 * len(figure.recorded.steps) + 1:
            raise ValueError(f"expected a step with one to come, got: {wished['step']}")
    elif predicts:
        raise ValueError("expected a diagram to predict in, got: a dashboard")
    return {name: _crossing(figure, name, value) for name, value in wished.items()}


def first_setting(figure: Figure) -> dict[str, Any]:
    """How a figure stands before a scene says anything."""
    return {name: figure._crossing(name) for name in _names_of(figure)}


def _names_of(figure: Figure) -> tuple[str, ...]:
    return next(names for kind, names in _SET_BY_SCENES.items() if isinstance(figure, kind))


def _crossing(figure: Figure, name: str, value: Any) -> Any:
    names = _names_of(figure)
    if name not in names:
        raise ValueError(
            f"expected a scene to set one of {', '.join(names)}, got: {described(name)}"
        )
    try:
        checked = figure.traits()[name]._validate(figure, value)
    except traitlets.TraitError as error:
        raise ValueError(str(error)) from None
    to_json = figure.trait_metadata(name, "to_json")
    return checked if to_json is None else to_json(checked, figure)


def _locked(figure: Figure, lock: Any) -> dict[str, Any]:
    if isinstance(figure, Dashboard):
        if isinstance(lock, bool):
            return {"controls": [] if lock else None}
        return {"locked": [lock] if isinstance(lock, str) else [*lock]}
    if isinstance(lock, bool):
        return {"editable": not lock}
    try:
        locked = {
            figure._place(one) for one in ([lock] if isinstance(lock, (str, Value)) else lock)
        }
    except KeyError as error:
        raise ValueError(str(error.args[0])) from None
    leaves = [value for value in figure._order if value.op == "leaf"]
    return {"editable": [leaf for leaf in leaves if figure._place(leaf) not in locked]}
