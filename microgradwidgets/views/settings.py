"""What a training is made with, as traits that a page and Python may both set.

Each is checked, wherever the new value comes from; a ``TraitError`` says what was expected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf, isfinite
from typing import Any, NamedTuple, NoReturn

import traitlets

from ..arguments import as_int, is_row
from ..arithmetic import Real, as_float, described
from ..losses import DEFAULT_ALPHA
from ..model_arguments import ACTIVATIONS
from ..optimizers import OPTIMIZERS
from ..randomness import DEFAULT_SEED
from ..trainer import DEFAULT_STEPS
from .points import DATASETS, FEWEST, MOST, MOST_NOISE, OWN

LARGEST_SEED = 2**53 - 1
"""The largest whole number that JavaScript is sure of."""

MOST_STEPS = 100_000
FURTHEST_STEP = 1_000_000
MOST_LAYERS, MOST_UNITS = 4, 32

CONTROLS = (
    "dataset",
    "n_samples",
    "noise",
    "data_seed",
    "model_seed",
    "batch_seed",
    "train_share",
    "hidden",
    "activation",
    "learning_rate",
    "alpha",
    "batch_size",
    "optimizer",
    "steps",
    "target_loss",
    "speed",
    "points",
    "reset",
)
"""What a teacher may hide or lock: settings, changing the points, and starting anew."""


class Checked(traitlets.TraitType[Any, Any]):
    """A trait that says in our words what it expects."""

    expected = "something else"

    def refuse(self, value: object) -> NoReturn:
        others = " or None" if self.allow_none else ""
        raise traitlets.TraitError(
            f"expected {self.name} to be {self.expected}{others}, got: {described(value)}"
        )


class Whole(Checked):
    """A whole number in a range."""

    def __init__(self, default: int | None, low: int, high: int, **options: Any) -> None:
        super().__init__(default, **options)
        self.low, self.high = low, high
        self.expected = f"a whole number from {low} to {high}"

    def validate(self, obj: Any, value: Any) -> int:
        number = as_int(value)
        if number is None or not self.low <= number <= self.high:
            self.refuse(value)
        return number


class ModelSeed(Whole):
    """None where the model was brought along."""

    def validate(self, obj: Any, value: Any) -> Any:
        if value is None and getattr(obj, "_own_model", None) is not None:
            return None
        return super().validate(obj, value)


class Number(Checked):
    """A finite number in a range."""

    def __init__(
        self, default: float | None, low: float = 0.0, high: float = inf, **options: Any
    ) -> None:
        super().__init__(default, **options)
        self.low, self.high = low, high
        limits = f" of at least {low:g}" if high == inf else f" from {low:g} to {high:g}"
        self.expected = f"a finite number{'' if low == -inf else limits}"

    def validate(self, obj: Any, value: Any) -> float:
        try:
            number = as_float(value, "")
        except (TypeError, OverflowError):
            self.refuse(value)
        is_inside = self.low <= number <= self.high and isfinite(number)
        return number if is_inside else self.refuse(value)


class Positive(Checked):
    """A finite number above zero."""

    expected = "positive and finite"

    def validate(self, obj: Any, value: Any) -> float:
        try:
            number = as_float(value, "")
        except (TypeError, OverflowError):
            self.refuse(value)
        return number if 0.0 < number < inf else self.refuse(value)


class Rate(Number):
    """A learning rate. Who sets it by hand, to a number or a function, wants it to hold."""

    def __set__(self, obj: Any, value: Any) -> None:
        if callable(value):
            obj._follow_rate(value)
        else:
            super().__set__(obj, value)
            obj.set_trait("schedule", "constant")


class Choice(Checked):
    """One of some words, or of True and False."""

    def __init__(self, options: Sequence[Any], default: Any, **more: Any) -> None:
        super().__init__(default, **more)
        self.options = options
        self.expected = f"one of {', '.join(map(repr, options))}"

    def validate(self, obj: Any, value: Any) -> Any:
        for option in self.options:
            if type(value) is type(option) and value == option:
                return option
        return self.refuse(value)


class Widths(Checked):
    """How many units each hidden layer has."""

    expected = f"a list of at most {MOST_LAYERS} whole numbers from 1 to {MOST_UNITS}"

    def validate(self, obj: Any, value: Any) -> list[int]:
        if not is_row(value) or len(value) > MOST_LAYERS:
            self.refuse(value)
        widths = [n for n in map(as_int, value) if n is not None and 1 <= n <= MOST_UNITS]
        return widths if len(widths) == len(value) else self.refuse(value)


class Names(Checked):
    """Some of the :data:`CONTROLS`."""

    expected = f"a list out of {', '.join(map(repr, CONTROLS))}"

    def validate(self, obj: Any, value: Any) -> list[str]:
        if not is_row(value) or not all(isinstance(x, str) and x in CONTROLS for x in value):
            self.refuse(value)
        return [*value]


class Octets(Checked):
    """Bytes; what comes from a page is a view of some."""

    expected = "bytes"

    def validate(self, obj: Any, value: Any) -> bytes:
        return (
            bytes(value)
            if isinstance(value, (bytes, bytearray, memoryview))
            else self.refuse(value)
        )


class Text(Checked):
    """A short text."""

    expected = "a text of at most 1000 characters"

    def validate(self, obj: Any, value: Any) -> str:
        return value if isinstance(value, str) and len(value) <= 1000 else self.refuse(value)


class RunSettings(NamedTuple):
    """What a run is made with, as long as it is not changed on the way."""

    learning_rate: float
    schedule: str
    alpha: float
    batch_size: int | None
    optimizer: str
    batch_seed: int


class Segment(NamedTuple):
    """What holds from a step on."""

    first: int
    settings: RunSettings


def _seed(kind: type[Whole] = Whole) -> Whole:
    return kind(DEFAULT_SEED, 0, LARGEST_SEED).tag(sync=True)


class Settings(traitlets.HasTraits):
    """All that a learner may turn; each of these traits can be read, set and observed."""

    dataset = Choice([*DATASETS, OWN], "moons").tag(sync=True)
    n_samples = Whole(100, FEWEST, MOST).tag(sync=True)
    noise = Number(0.1, high=MOST_NOISE).tag(sync=True)
    data_seed = _seed()
    model_seed = _seed(ModelSeed)
    batch_seed = _seed()
    train_share = Number(1.0, low=0.1, high=1.0).tag(sync=True)
    hidden = Widths().tag(sync=True)
    activation = Choice(ACTIVATIONS, "relu").tag(sync=True)
    learning_rate = Rate(1.0).tag(sync=True)
    schedule = Choice(["demo", "constant", "own"], "demo").tag(sync=True)
    alpha = Number(DEFAULT_ALPHA).tag(sync=True)
    batch_size = Whole(None, 1, MOST, allow_none=True).tag(sync=True)
    optimizer = Choice([*OPTIMIZERS], "sgd").tag(sync=True)
    steps = Whole(DEFAULT_STEPS, 1, MOST_STEPS).tag(sync=True)
    target_loss = Number(None, low=-inf, allow_none=True).tag(sync=True)
    speed = Choice(["0.5", "1", "2", "4", "max"], "1").tag(sync=True)

    @traitlets.default("hidden")
    def _demo_layers(self) -> list[int]:
        return [16, 16]

    def _follow_rate(self, function: Callable[[int], Real]) -> None:
        """Let a function of the step say the learning rate."""
        raise NotImplementedError

    @property
    def run_settings(self) -> RunSettings:
        """Those that one run has, as they are now.

        >>> from microgradwidgets import Dashboard
        >>> Dashboard(learning_rate=0.3).run_settings.learning_rate
        0.3
        """
        return RunSettings(*(getattr(self, name) for name in RunSettings._fields))
