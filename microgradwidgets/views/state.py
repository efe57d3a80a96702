"""How a widget is shown, as a short text for a link or a note: ``mgw1;step=4;edits=3:1.5``.

The mark names the version; then, after semicolons, comes what differs from the defaults. Every
character may stand in the fragment of a link. JavaScript's twin is ``js/src/state.ts``.

>>> state_text({"overlay": "value", "step": None, "edits": [[3, 1.5], [7, "nan"]]})
'mgw1;edits=3:1.5,7:nan;overlay=value'
>>> read_state("mgw1;step=4;overlay=value")
{'step': 4, 'overlay': 'value'}

A name that is unknown or there twice is an error: it is a slip, or what is left of a link that
was cut off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

import traitlets

from ..arithmetic import described
from ..checks import STEP
from ..losses import DEFAULT_ALPHA
from ..randomness import DEFAULT_SEED
from ..trainer import DEFAULT_STEPS

MARK = "mgw1"
NONE = "none"
"""What a link says where a page was made with something, and there is nothing now."""

MOST_WORDS = 500
"""Characters of the reason why a state, or what a page sends, is refused."""

MOST_EXACT = 2**53 - 1
"""Of whole numbers; JavaScript would round a larger one."""

_SPACES = "\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What JavaScript takes for space, so that a text is one here where it is one there."""

_WORDS = {"nan", "inf", "-inf"}
_FINITE = r"-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?"
_NUMBER = rf"(?:{_FINITE}|-?inf|nan)"
_WHOLE = "[0-9]{1,9}"
_WORD = "[A-Za-z][A-Za-z0-9_-]*"


class Kind(NamedTuple):
    """What a field may hold: how a person would say it, how it is written, how it is read."""

    expected: str
    pattern: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]


class Field(NamedTuple):
    """A trait in the text, under its name without an underscore; left out where it is default.

    ``or_none`` is for what may be nothing though that is not the default.
    """

    trait: str
    kind: Kind
    default: Any
    or_none: bool = False

    @property
    def key(self) -> str:
        return self.trait.lstrip("_")

    @property
    def may_be_none(self) -> bool:
        return self.default is None or self.or_none


def number_text(number: float) -> str:
    """The fewest digits that read back as the same double, written as JavaScript writes them.

    >>> [number_text(x) for x in (2.0, -0.0, 1e-05, 1e16, 1.5e22, float("inf"))]
    ['2', '-0', '0.00001', '10000000000000000', '1.5e22', 'inf']
    """
    if not isfinite(number):
        return str(number)
    if number == 0.0 or 1e-6 <= abs(number) < 1e21:
        return format(Decimal(repr(number)), "f").removesuffix(".0")
    digits, _, exponent = repr(number).partition("e")
    return f"{digits.removesuffix('.0')}e{int(exponent)}"


def _number(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)  # so many digits that a double has no room for them
    return number


def _exact(text: str) -> int:
    number = int(text)
    if number > MOST_EXACT:
        raise ValueError(text)
    return number


def _pairs(text: str) -> list[list[Any]]:
    pairs = (pair.split(":") for pair in _parts(text))
    return [[int(index), x if x in _WORDS else _number(x)] for index, x in pairs]


def _pairs_text(pairs: Any) -> str:
    return ",".join(f"{i}:{x if isinstance(x, str) else number_text(x)}" for i, x in pairs)


def _parts(text: str) -> list[str]:
    return text.split(",") if text else []


def _list(item: str) -> str:
    return f"(?:{item}(?:,{item})*)?"


WHOLE = Kind("a whole number", _WHOLE, int, str)
FLAG = Kind("yes or no", "yes|no", "yes".__eq__, lambda flag: "yes" if flag else "no")
WORD = Kind("a word", _WORD, str, str)
WORDS = Kind("words between commas", _list(_WORD), _parts, ",".join)
PLACES = Kind(
    "whole numbers between commas",
    _list(_WHOLE),
    lambda text: [int(part) for part in _parts(text)],
    lambda places: ",".join(map(str, places)),
)
SEED = Kind(f"a whole number up to {MOST_EXACT}", "[0-9]{1,16}", _exact, str)
NAME = Kind("a word or a number", "[A-Za-z0-9][A-Za-z0-9.]*", str, str)
EDITS = Kind(
    "pairs such as 3:1.5 between commas", _list(f"{_WHOLE}:{_NUMBER}"), _pairs, _pairs_text
)
NUMBER = Kind("a number", _FINITE, _number, number_text)
NUMBERS = Kind(
    "numbers between commas",
    _list(_FINITE),
    lambda text: [_number(part) for part in _parts(text)],
    lambda numbers: ",".join(map(number_text, numbers)),
)

FIELDS = (
    Field("step", WHOLE, None),
    Field("predict", FLAG, False),
    Field("edits", EDITS, []),
    Field("selected", WHOLE, None),
    Field("overlay", WORD, "gradient"),
    Field("check_step", NUMBER, STEP),
    Field("direction", WORD, "LR"),
    Field("notation", WORD, "written"),
    Field("theme", WORD, "auto"),
    Field("presenter", FLAG, False),
    Field("unfolded", PLACES, None),
    Field("_view", NUMBERS, None),
    Field("dataset", WORD, "moons"),
    Field("n_samples", WHOLE, 100),
    Field("noise", NUMBER, 0.1),
    Field("data_seed", SEED, DEFAULT_SEED),
    Field("train_share", NUMBER, 1.0),
    Field("hidden", PLACES, [16, 16]),
    Field("activation", WORD, "relu"),
    Field("model_seed", SEED, DEFAULT_SEED, or_none=True),
    Field("learning_rate", NUMBER, 1.0),
    Field("schedule", WORD, "demo"),
    Field("alpha", NUMBER, DEFAULT_ALPHA),
    Field("batch_size", WHOLE, None),
    Field("batch_seed", SEED, DEFAULT_SEED),
    Field("optimizer", WORD, "sgd"),
    Field("steps", WHOLE, DEFAULT_STEPS),
    Field("target_loss", NUMBER, None),
    Field("speed", NAME, "1"),
    Field("selected_point", WHOLE, None),
    Field("controls", WORDS, None),
    Field("locked", WORDS, []),
    Field("scene", WHOLE, 0),
)

_FIELD_OF = {field.key: field for field in FIELDS}


def state_text(traits: Mapping[str, Any]) -> str:
    """What differs from the defaults, as text.

    Args:
        traits: trait → what of it crosses to the browser; what is missing is left out.
    """
    parts = [MARK]
    for field in FIELDS:
        value = traits.get(field.trait, field.default)
        if value is not None and value != field.default:
            parts.append(f"{field.key}={field.kind.write(value)}")
    return ";".join(parts)


def read_state(text: str) -> dict[str, Any]:
    """The traits that a text speaks of; a ``ValueError`` says what is wrong with it."""
    if not isinstance(text, str):
        raise TypeError(f"expected state to be a text, got: {described(text)}")
    mark, *parts = text.strip(_SPACES).split(";")
    if mark != MARK:
        raise ValueError(f"expected a state such as '{MARK};step=4', got: {described(text)}")
    traits: dict[str, Any] = {}
    for part in parts:
        key, equals, written = part.partition("=")
        if not equals:
            raise ValueError(f"expected name=value in a state, got: {described(part)}")
        if key not in _FIELD_OF:
            names = ", ".join(_FIELD_OF)
            raise ValueError(f"expected one of {names} in a state, got: {described(key)}")
        field = _FIELD_OF[key]
        if field.trait in traits:
            raise ValueError(f"expected {key} once in a state, got: {described(part)}")
        traits[field.trait] = _read(field, written)
    return traits


def _read(field: Field, written: str) -> Any:
    try:
        if re.fullmatch(field.kind.pattern, written):
            return field.kind.read(written)
        if written == NONE and field.may_be_none:
            return None
    except ValueError:
        pass  # digits that are no double
    raise ValueError(
        f"expected {field.key} in a state to be {field.kind.expected}, got: {described(written)}"
    )


class Restorable(traitlets.HasTraits):
    """A widget whose traits can be written down as a text, and set by one."""

    _is_of = "this expression"

    @property
    def state(self) -> str:
        """How it is shown, as a short text: for a link, a note, or ``show(value, state=...)``.

        Setting it sets what it speaks of, and all else to the defaults.

        >>> from microgradwidgets import Value, show
        >>> diagram = show(Value(2.0, label="x") ** 3, overlay="value")
        >>> diagram.state
        'mgw1;overlay=value'
        >>> diagram.state = "mgw1;step=1"
        >>> diagram.step, diagram.overlay
        (1, 'gradient')
        """
        return state_text({field.trait: self._crossing(field.trait) for field in self._fields()})

    @state.setter
    def state(self, text: str) -> None:
        self._take_over(self._defaults() | read_state(text), text)

    def restore(self, text: str) -> None:
        """Set what a text speaks of, and leave all else as it is.

        Raises:
            ValueError: where the text is damaged, or does not fit; nothing has changed then.

        >>> from microgradwidgets import Value, show
        >>> diagram = show(Value(2.0, label="x") ** 3, overlay="value")
        >>> diagram.restore("mgw1;step=1")
        >>> diagram.step, diagram.overlay
        (1, 'value')
        """
        with self._telling_of(text):
            traits = self._joined(read_state(text))
        self._take_over(traits, text)

    def _joined(self, traits: dict[str, Any]) -> dict[str, Any]:
        """What a text asks for, beside what it may not take away."""
        return traits

    def _defaults(self) -> dict[str, Any]:
        """What holds where a text says nothing."""
        return {field.trait: field.default for field in self._fields()}

    def _fields(self) -> list[Field]:
        return [field for field in FIELDS if self.has_trait(field.trait)]

    def _crossing(self, trait: str) -> Any:
        """What of a trait crosses to the browser."""
        to_json = self.trait_metadata(trait, "to_json")
        value = getattr(self, trait)
        return value if to_json is None else to_json(value, self)

    def _take_over(self, traits: Mapping[str, Any], text: str) -> None:
        with (
            self._telling_of(text),
            self.hold_trait_notifications(),
        ):  # all or, on an error, nothing
            for trait, value in traits.items():
                if self.has_trait(trait):
                    from_json = self.trait_metadata(trait, "from_json")
                    self.set_trait(trait, from_json(value, self) if from_json else value)

    @contextmanager
    def _telling_of(self, text: str) -> Iterator[None]:
        """Let an error say of which text it is."""
        try:
            yield
        except traitlets.TraitError as error:
            why = str(error)[:MOST_WORDS]  # some of traitlets' own repeat all that was given
            raise ValueError(
                f"expected a state of {self._is_of}, got: {described(text)} ({why})"
            ) from None
