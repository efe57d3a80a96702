"""The numbers of a live diagram: what the learner changed, which step the passes stand at."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping
from typing import Any

import traitlets

from ..arguments import checked_count
from ..arithmetic import as_float, described, glimpse
from ..comparison import change_rows
from ..engine import Value, backward
from ..gradients import Gradients, topological_order
from ..graph import NOTHING, Row, Unknown
from ..passes import PassSteps
from ..prediction import known_at
from ..tape import Tape
from .edits import Edits, as_pairs, from_pairs


def _places(leaves: bool | tuple[Value, ...], live: LiveNumbers) -> list[int] | None:
    """Leaf indices; null for all."""
    if isinstance(leaves, bool):
        return None if leaves else []
    return [live.recorded.ids[leaf.id] for leaf in leaves]


def _leaves(places: Any, live: LiveNumbers) -> bool | tuple[Value, ...]:
    if places is None:
        return True
    try:
        return tuple(live._leaf(place) for place in places)
    except (TypeError, KeyError):
        raise traitlets.TraitError(
            f"expected editable to be indices of leaves or null, got: {described(places)}"
        ) from None


class LiveNumbers(traitlets.HasTraits):
    """What moves the numbers of a diagram, for all its views and in both directions.

    ``editable`` says which leaves the learner may change: True for all, False for none, or some of
    them. ``edits`` holds those that have other numbers now, ``ghosts`` the edits that the older
    numbers belong to which still stand beside the new ones, ``step`` how many steps of the
    two passes are done (None when everything is shown), ``predict`` whether what comes next is
    hidden until it has been guessed. ``score`` says how well that went: ``asked``, ``right`` (at
    the first try), ``skipped`` (shown without an answer), and every try in ``answers``, with
    ``step``, ``kind``, ``answer`` and ``right``.
    """

    recorded: Tape
    _order: list[Value]
    _value: Value
    _given: Gradients | None

    # Not `Any`, which takes None without asking whether it may be.
    editable: traitlets.TraitType[Any, Any] = traitlets.TraitType(True).tag(
        sync=True, to_json=_places, from_json=_leaves
    )
    edits: traitlets.TraitType[Any, Any] = traitlets.TraitType(Edits({})).tag(
        sync=True, to_json=as_pairs, from_json=from_pairs
    )
    ghosts = traitlets.Any(None).tag(sync=True, to_json=as_pairs, from_json=from_pairs)
    compared = traitlets.Bytes().tag(sync=True)
    step = traitlets.Int(None, allow_none=True).tag(sync=True)
    predict = traitlets.Bool(False).tag(sync=True)
    score = traitlets.Dict().tag(sync=True)

    @traitlets.default("score")
    def _nothing_asked(self) -> dict[str, Any]:
        return {"asked": 0, "right": 0, "skipped": 0, "answers": []}

    @traitlets.validate("compared")
    def _a_number_for_each_leaf(self, proposal: Any) -> bytes:
        packed: bytes = proposal["value"]
        room = 8 * len(self.recorded.leaves)
        if packed and len(packed) != room:
            raise traitlets.TraitError(
                f"expected compared to be empty or {room} bytes, got: {len(packed)}"
            )
        return packed

    @property
    def value(self) -> Value:
        """What is shown: the value given, or a new one with the learner's numbers.

        The value that was given stays as it was.

        >>> from microgradwidgets import Value, show
        >>> x = Value(2.0, label="x")
        >>> diagram = show(x**3)
        >>> diagram.edits = {"x": 3.0}
        >>> diagram.value.data, x.data
        (27.0, 2.0)
        """
        if not self.edits:
            return self._value
        if self._edited is None:
            self._edited = self.recorded.value(self._changed_leaves)
        return self._edited

    @property
    def _changed_leaves(self) -> dict[int, float]:
        return {self.recorded.ids[leaf.id]: x for leaf, x in self.edits.items()}

    @property
    def gradients(self) -> Gradients:
        """The table shown: the one given, or the derivatives of :attr:`value`.

        >>> from microgradwidgets import Value, show
        >>> x = Value(2.0, label="x")
        >>> show(x**3).gradients[x]
        12.0
        """
        if self.edits:
            return backward(self.value)
        if self._given is None:
            self._given = backward(self._value)
        return self._given

    @property
    def _seen(self) -> tuple[Gradients, Unknown]:
        """The gradients to show, and what is to be guessed and so may be read nowhere."""
        if not self.predict:
            return self.gradients, NOTHING
        return known_at(self.value, self.step or 0)

    def steps(self) -> PassSteps:
        """The steps that the stepper takes, as the rows of :func:`microgradwidgets.pass_steps`.

        ``diagram.step = 4`` shows what is known when the first four of them are done. After an
        edit the numbers are the learner's, the ids those of the values that were given.

        >>> from microgradwidgets import show
        >>> a = Value(3.0, label="a")
        >>> [row["phase"] for row in show(a * a).steps()]
        ['forward', 'seed', 'backward']
        """
        return PassSteps(self.recorded, self._changed_leaves)

    def changes(self, most: int = 10) -> list[Row]:
        """What differs most from the older numbers: from those that were there before an edit,
        as long as they are shown, else from those of the value given as ``compare``.

        Args:
            most: how many values to list, and how many gradients.

        Returns:
            Rows with ``of`` (``"value"`` or ``"gradient"``), ``id``, ``label``, ``op``,
            ``before``, ``now`` and ``difference``: first values, then gradients, each the largest
            difference in size first. None where there is nothing to compare with.

        >>> from microgradwidgets import show
        >>> def square(number):
        ...     x = Value(number, label="x")
        ...     return x * x
        >>> for row in show(square(3.0), compare=square(2.0)).changes():
        ...     print(row["of"], row["label"] or row["op"], row["before"], row["now"])
        value * 4.0 9.0
        value x 2.0 3.0
        gradient x 4.0 6.0
        """
        checked_count(most, "most")
        leaves = self._older_leaves
        if leaves is None:
            return []
        tape = self.recorded
        before, now = tape.replay(leaves), tape.replay(self._changed_leaves)
        table = self.gradients
        older = tape.gradients(data=before)
        newer = [table[value] for value in ordered(self.value)]
        return [
            *change_rows(tape, "value", before, now, most),
            *change_rows(tape, "gradient", older, newer, most),
        ]

    @property
    def _older_leaves(self) -> Mapping[int, float] | list[float] | None:
        if self.ghosts is not None:
            return {self.recorded.ids[leaf.id]: x for leaf, x in self.ghosts.items()}
        return floats_of(self.compared) if self.compared else None

    _edited: Value | None = None

    @traitlets.observe("edits")
    def _forget_edited(self, _change: Any) -> None:
        self._edited = None

    @traitlets.validate("editable")
    def _known_editable(self, proposal: Any) -> bool | tuple[Value, ...]:
        """True, False, or leaves by value, by label or by id."""
        wanted = proposal["value"]
        if isinstance(wanted, bool):
            return wanted
        if isinstance(wanted, (str, Value)) or not isinstance(wanted, Iterable):
            raise traitlets.TraitError(
                f"expected editable to be True, False or leaves, got: {described(wanted)}"
            )
        try:
            return tuple(self._leaf(self._place(leaf)) for leaf in wanted)
        except (KeyError, TypeError) as error:
            raise traitlets.TraitError(str(error.args[0])) from None

    def _unlocked(self, pairs: Any) -> list[list[Any]] | None:
        """Of the edits that a page sends those it may make; locked leaves stay as they are."""
        sent = from_pairs(pairs, self) or Edits({})
        if self.editable is True:
            return as_pairs(sent, self)
        free = set(self.editable or ())
        locked = {leaf: x for leaf, x in self.edits.items() if leaf not in free}
        return as_pairs(locked | {leaf: x for leaf, x in sent.items() if leaf in free}, self)

    @traitlets.validate("edits", "ghosts")
    def _known_leaves(self, proposal: Any) -> Edits | None:
        """Numbers for leaves, which may be given by value, by label or by id."""
        wanted = proposal["value"]
        if wanted is None and proposal["trait"].name == "ghosts":
            return None
        if not isinstance(wanted, Mapping):
            raise traitlets.TraitError(
                f"expected a mapping of leaves to numbers, got: {described(wanted)}"
            )
        try:
            places = [(self._place(leaf), as_float(x, "leaf")) for leaf, x in wanted.items()]
            return Edits({self._leaf(place): x for place, x in places})
        except (KeyError, TypeError) as error:
            raise traitlets.TraitError(str(error.args[0])) from None

    @traitlets.validate("step")
    def _known_step(self, proposal: Any) -> int | None:
        step, last = proposal["value"], 2 * len(self.recorded.steps) + 1
        if step is not None and not 0 <= step <= last:
            raise traitlets.TraitError(
                f"expected step to be in 0…{last} or None, got: {glimpse(step)}"
            )
        return step if step is None else int(step)

    def _place(self, value: Any) -> int:
        """Where a value stands on the tape, given itself, by its label or by its id."""
        try:
            return self.recorded.ids[value] if type(value) is int else self.recorded.index(value)
        except (KeyError, TypeError):
            raise KeyError(
                f"expected a value of this diagram, its name or id, got: {described(value)}"
            ) from None

    def _leaf(self, index: int) -> Value:
        if type(index) is not int or not 0 <= index < len(self._order):
            raise KeyError(f"expected an index of the tape, got: {described(index)}")
        value = self._order[index]
        if value.op != "leaf":
            raise KeyError(f"expected a leaf, got: {described(value)}")
        return value


def float_bytes(numbers: Any) -> bytes:
    """Doubles, little end first."""
    packed = array("d", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def floats_of(packed: bytes) -> list[float]:
    numbers = array("d", packed)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tolist()


def ordered(value: Value) -> list[Value]:
    """All that leads to a value, in the order of its tape, the copy at hand last."""
    return [*topological_order(value)[:-1], value]
