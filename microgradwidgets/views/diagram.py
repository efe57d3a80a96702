"""``show(value)``: the expression behind a value, drawn live in the cell."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from math import inf
from typing import Any, Literal

import traitlets

from ..arithmetic import described
from ..caller import names_at, variable_names
from ..checks import STEP
from ..comparison import expect_same_structure
from ..engine import Value, expect_value
from ..gradients import Gradients, expect_gradients
from ..graph import Unknown, value_text
from ..prediction import known_at
from ..tape import Tape
from .export import Exports
from .live import Live
from .live_numbers import float_bytes, ordered
from .settings import Choice, Number, Positive
from .source import source_lines
from .state import Restorable
from .still import LIMIT, still_html

MOST_SOURCES = 100
FARTHEST = 1e9
"""Of a place of the picture, from its corner."""


def show(
    value: Value,
    gradients: Gradients | None = None,
    *,
    compare: Value | None = None,
    names: Mapping[str, Any] | bool = True,
    overlay: Literal["gradient", "value", "check", "none"] = "gradient",
    check_step: float = STEP,
    direction: Literal["LR", "TB"] = "LR",
    editable: bool | Sequence[Value | str] = True,
    theme: Literal["auto", "light", "dark"] = "auto",
    predict: bool = False,
    presenter: bool = False,
    state: str | None = None,
) -> Diagram:
    """Draw the expression that made ``value``: one box per value, one edge per operand.

    Each box shows the name, the number and the gradient, each edge the local derivative: by the
    chain rule a gradient is the sum, over the outgoing edges, of local derivative times the
    gradient at the far end. Click a box to see that sum written out.

    Args:
        value: the output.
        gradients: a table to show; if none is given, the derivatives of ``value`` itself.
        compare: another value of the same structure, such as the loss one training step earlier:
            its numbers stand beside those of ``value`` as the older ones, what has changed is
            marked, and the largest changes are listed, as :meth:`Diagram.changes` has them. A
            ``ValueError`` names the first difference in structure.
        names: values without a label are named after the variables of the calling cell. Give a
            mapping such as ``locals()`` to name them otherwise, ``False`` to leave them unnamed.
        overlay: what colours the boxes: ``"gradient"``, ``"value"`` or ``"none"``; ``"check"``
            puts the central difference beside each gradient, as :func:`check_gradients` has it.
        check_step: the step of those differences; too small, and rounding shows.
        direction: ``"LR"``, from left to right, or ``"TB"``, from top to bottom.
        editable: which leaves have a slider once they are selected: all, none, or those given by
            themselves or by name.
        theme: ``"auto"`` follows the page; ``"light"`` and ``"dark"`` do not.
        predict: hide every number until the learner has guessed it, step by step; how often that
            was right is in the widget's ``score``.
        presenter: for a lecture: large type, a picture as large as the window has room for, and
            PageDown and PageUp, as remotes send them, walk the steps and then hand on to the
            slides, whose own keys the figure leaves alone.
        state: a text that :attr:`Diagram.state` or the page's "Copy state" gave, of a diagram of
            the same expression; what it says comes before the arguments above.

    Returns:
        A widget. Its ``selected`` is the value the learner clicked, and may be set.

    >>> a, b = Value(2.0), Value(-3.0)
    >>> diagram = show(a * b + a)
    >>> diagram
    Diagram(-4.0000, 4 values)
    >>> diagram.selected = b
    >>> diagram.selected is b
    True
    """
    caller = sys._getframe(1)
    names_by_id = names_at(caller) if names is True else variable_names(names or {})
    sources = source_lines(caller, names_by_id) if names is True else {}
    diagram = Diagram(
        value,
        gradients,
        compare=compare,
        names=names_by_id,
        sources=sources,
        overlay=overlay,
        check_step=check_step,
        direction=direction,
        editable=editable,
        theme=theme,
        predict=predict,
        presenter=presenter,
    )
    if state is not None:
        try:
            diagram.restore(state)
        except ValueError:
            diagram.close()
            raise
    return diagram


def _index_of(selected: Value | None, diagram: Diagram) -> int | None:
    return None if selected is None else diagram.recorded.ids[selected.id]


def _value_at(index: object, diagram: Diagram) -> Value | None:
    if index is None:
        return None
    if type(index) is not int or not 0 <= index < len(diagram._order):
        raise traitlets.TraitError(
            f"expected selected to be an index of the tape, got: {described(index)}"
        )
    return diagram._order[index]


class Diagram(Exports, Restorable, Live):
    """The live diagram that :func:`show` makes.

    ``selected``, ``overlay``, ``check_step``, ``direction``, ``notation``, ``theme`` and
    ``presenter`` can be read, set and observed; most move with the learner's clicks. ``value``,
    ``gradients`` and ``recorded`` (the :class:`Tape`) are what is shown.

    >>> diagram = show(Value(2.0, label="x") ** 3, direction="TB")
    >>> diagram.direction, diagram.selected, diagram.recorded
    ('TB', None, Tape(2 values, 1 leaves))
    >>> diagram.selected = "x"
    >>> diagram.selected
    Value(data=2.0, label='x')
    """

    tape = traitlets.Bytes().tag(sync=True)
    gradient_table = traitlets.Bytes().tag(sync=True)
    selected = traitlets.Any(None).tag(sync=True, to_json=_index_of, from_json=_value_at)
    overlay = Choice(["gradient", "value", "check", "none"], "gradient").tag(sync=True)
    check_step = Positive(STEP).tag(sync=True)
    direction = Choice(["LR", "TB"], "LR").tag(sync=True)
    notation = Choice(["written", "primitives"], "written").tag(sync=True)
    sources: traitlets.List[Any] = traitlets.List().tag(sync=True)
    unfolded = traitlets.List(traitlets.Int(), None, allow_none=True).tag(sync=True)
    _view = traitlets.List(Number(0.0, -inf), None, allow_none=True).tag(sync=True)
    _figure = traitlets.Unicode("diagram").tag(sync=True)
    # Where a page has put the boxes, for the next one; nothing here reads it.
    _layout = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        value: Value,
        gradients: Gradients | None = None,
        *,
        compare: Value | None = None,
        names: Mapping[int, str] | None = None,
        sources: Mapping[int, str] | None = None,
        **options: Any,
    ) -> None:
        self._value = expect_value(value, "value")
        self.recorded = Tape.record(value, names)
        self._order = ordered(value)
        self._names = dict(names or {})
        self._given = None if gradients is None else expect_gradients(gradients)
        # The browser derives the output's own gradients from the tape.
        table = b"" if gradients is None else float_bytes(gradients[v] for v in self._order)
        super().__init__(
            tape=self.recorded.to_bytes(),
            gradient_table=table,
            compared=b"" if compare is None else self._leaves_of(compare),
            sources=self._places_of(sources or {}),
            **options,
        )

    def _leaves_of(self, compare: Value) -> bytes:
        other = Tape.record(expect_value(compare, "compare"))
        expect_same_structure(self.recorded, other)
        return float_bytes(other.leaves)

    def _places_of(self, sources: Mapping[int, str]) -> list[tuple[int, str]]:
        """Index and line of source of the latest values that have one."""
        places = self.recorded.ids
        lines = sorted((places[id_], line) for id_, line in sources.items() if id_ in places)
        return lines[-MOST_SOURCES:]

    @traitlets.validate("_view")
    def _known_view(self, proposal: Any) -> list[float] | None:
        """A place of the picture and a scale; further away there is nothing to be seen."""
        view: list[float] | None = proposal["value"]
        if view is None or (
            len(view) == 3 and all(abs(x) <= FARTHEST for x in view) and view[2] > 0.0
        ):
            return view
        raise traitlets.TraitError(
            "expected view to be a place and a scale, such as 12,-3.5,0.75, or None, "
            f"got: {described(view)}"
        )

    @traitlets.validate("selected")
    def _known(self, proposal: Any) -> Value | None:
        """A value of this diagram, also given by its label or id, or None."""
        wanted = proposal["value"]
        if wanted is None:
            return None
        try:
            return self._order[self._place(wanted)]
        except KeyError:
            raise traitlets.TraitError(
                "expected selected to be a value of this diagram, its name or id, or None, "
                f"got: {described(wanted)}"
            ) from None

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take over what a page has changed, and tell it of a change that it may not make."""
        if "edits" not in sync_data:
            super().set_state(sync_data)
            return
        edits = self._unlocked(sync_data["edits"])
        super().set_state(sync_data | {"edits": edits})
        if edits != sync_data["edits"]:
            self.send_state("edits")

    @property
    def _known_so_far(self) -> tuple[Gradients, Unknown]:
        """The gradients that are there at the step at hand, and what is still to come."""
        if self.step is None or self.predict:
            return self._seen
        gradients, unknown = known_at(self.value, self.step)
        return gradients, unknown._replace(local_gradients=unknown.values)

    def still_html(self, limit: int = LIMIT) -> str:
        """The picture, or a table where no Graphviz is installed; at a step, what is known then.

        >>> "<" in show(Value(2.0) ** 3).still_html()
        True
        """
        gradients, unknown = self._known_so_far
        return still_html(self.value, gradients, self._names, self.direction, unknown, limit)

    @property
    def title(self) -> str:
        """Name, number and size of the expression.

        >>> y = Value(2.0) ** 3
        >>> show(y).title
        'Expression graph: y = 8.0000, 2 values'
        """
        return f"Expression graph: {self._summary}"

    @property
    def _summary(self) -> str:
        label = self.recorded.names.get(len(self.recorded) - 1)
        name = "" if label is None else f"{label[:60]} = "
        _, unknown = self._seen
        return f"{name}{value_text(self.value, unknown)}, {len(self.recorded):,} values"

    def __repr__(self) -> str:
        return f"Diagram({self._summary})"
