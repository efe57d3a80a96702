"""What makes a value a value before any arithmetic: its memory, and the guard around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, cast

from .arithmetic import described
from .records import UNANNOTATED, Annotation, Op

if TYPE_CHECKING:
    from .engine import Value


LONGEST_LABEL = 1_000_000


class Fields:
    """The memory of a value. Two operands stand in line: no tuple, no closure, no dict.

    ``_slope``, the local derivative, is kept by operations of one operand only. For a sum and a
    difference it is 1 or -1, for a product the other factor, which is in line already.
    """

    __slots__ = (
        "__weakref__",
        "_annotation",
        "_left",
        "_links",
        "_right",
        "_slope",
        "data",
        "id",
        "label",
        "op",
    )

    data: float
    id: int
    label: str | None
    op: Op
    _left: Value | None
    _right: Value | None
    _slope: float
    _links: int
    _annotation: Annotation | None


raw_left = Fields.__dict__["_left"].__get__
raw_right = Fields.__dict__["_right"].__get__
set_left = Fields.__dict__["_left"].__set__
set_right = Fields.__dict__["_right"].__set__
set_id = Fields.__dict__["id"].__set__
set_annotation = Fields.__dict__["_annotation"].__set__
"""The slots themselves, past properties of the same name and past the guard."""


class Draft(Fields):
    """A value being filled in; it becomes a :class:`Value` when its class is set.

    Setting a plain attribute is four times cheaper than getting past ``Immutable.__setattr__``.
    """

    __slots__ = ()


class Immutable(Fields):
    """The guard: no attribute changes, no copy differs, and no number is read off by accident."""

    __slots__ = ()

    def __repr__(self) -> str:
        gradient = (self._annotation or UNANNOTATED).grad
        grad = "" if gradient == 0.0 else f", grad={gradient!r}"
        label = "" if self.label is None else f", label={_short_repr(self.label)}"
        return f"Value(data={self.data!r}{grad}{label})"

    def __float__(self) -> float:
        return self.data

    def __int__(self) -> NoReturn:
        raise TypeError(f"expected a plain number, got: {self!r}; write int(value.data)")

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"expected a plain truth value, got: {self!r}; write value.data != 0, or 'is not None'"
        )

    def _no_order(self, other: object) -> NoReturn:
        raise TypeError(f"expected plain numbers to compare, got: {self!r}; compare value.data")

    __lt__ = __le__ = __gt__ = __ge__ = _no_order

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(
            f"values are immutable: expected no change of {name!r}; make a new Value instead"
        )

    def __delattr__(self, name: str) -> NoReturn:
        self.__setattr__(name, None)

    def __copy__(self) -> Immutable:
        return self

    def __deepcopy__(self, memo: object) -> Immutable:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        from .pickling import reduce_value

        return reduce_value(cast("Value", self))


def _short_repr(label: str) -> str:
    """The label in quotes, cut to about sixty characters, escapes counted as they print."""
    shown = repr(label[:60])
    if len(label) <= 60 and len(shown) <= 120:
        return shown
    return f"{shown[:61]}…{shown[0]}"


def checked_label(label: object) -> str | None:
    if label is None:
        return None
    if not isinstance(label, str):
        raise TypeError(f"expected label to be a str, got: {described(label)}")
    if len(label) > LONGEST_LABEL:
        raise ValueError(
            f"expected label to have at most {LONGEST_LABEL:,} characters, got: {len(label):,}"
        )
    return str(label)


def expect_value(value: object, argument: str) -> Value:
    if not isinstance(value, Immutable):
        hint = "; give its total_loss" if hasattr(value, "total_loss") else ""
        raise TypeError(f"expected {argument} to be a Value, got: {described(value)}{hint}")
    return cast("Value", value)
