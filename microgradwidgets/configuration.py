"""One training, described by its settings: what data, what network, and how to train it.

>>> chosen = Configuration.of({"hidden": [4], "learning_rate": 0.5, "steps": 3})
>>> chosen.model()
MLP(2, [4, 1], relu, 17 parameters)
>>> chosen.train().run.final_accuracy
0.71
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import floor
from typing import Any, NamedTuple

from .arguments import checked_count, checked_size
from .arithmetic import Real, as_float, described, glimpse
from .datasets import DEFAULT_NOISE, Dataset, as_dataset, blobs, checked_samples, moons, spiral
from .losses import DEFAULT_ALPHA, accuracy
from .model_arguments import checked_activation, checked_sizes
from .nn import MLP
from .optimizers import checked_optimizer
from .plot_data import scores_at
from .randomness import DEFAULT_SEED, Seed, checked_seed
from .trainer import DEFAULT_STEPS, Rate, Run, official_micrograd_learning_rate, train

GENERATORS: Mapping[str, Callable[..., Dataset]] = {
    "moons": moons,
    "spiral": spiral,
    "blobs": blobs,
}


class Outcome(NamedTuple):
    """A run, and the share of the points kept apart that its final model has right."""

    run: Run
    test_accuracy: float | None


def _checked_dataset(name: object, argument: str) -> str:
    if not isinstance(name, str) or name not in GENERATORS:
        expected = ", ".join(map(repr, GENERATORS))
        raise ValueError(f"expected {argument} to be one of {expected}, got: {described(name)}")
    return name


def _checked_data(data: Any, argument: str) -> Dataset | None:
    return None if data is None else as_dataset(data)


def checked_share(share: Real, argument: str) -> float:
    """A part of the whole, above 0 and at most 1."""
    part = as_float(share, argument)
    if not 0.0 < part <= 1.0:
        raise ValueError(f"expected {argument} to be above 0 and at most 1, got: {part}")
    return part


def _checked_hidden(sizes: Any, argument: str) -> tuple[int, ...]:
    if isinstance(sizes, (list, tuple)) and not sizes:
        return ()
    return tuple(checked_sizes(sizes, argument))


def _checked_seed(seed: Any, argument: str) -> Seed:
    """As given, once it is known to be a seed; NumPy's integers as plain ones."""
    checked = checked_seed(seed)
    return checked[0] if checked is not None and not isinstance(seed, tuple) else checked


def _checked_rate(rate: Rate, argument: str) -> Rate:
    return rate if callable(rate) else checked_size(rate, argument)


def _checked_batch(size: object, argument: str) -> int | None:
    return None if size is None else checked_count(size, argument)


_CHECKED: Mapping[str, Callable[[Any, str], Any]] = {
    "dataset": _checked_dataset,
    "data": _checked_data,
    "n_samples": checked_samples,
    "noise": checked_size,
    "data_seed": _checked_seed,
    "train_share": checked_share,
    "hidden": _checked_hidden,
    "activation": lambda name, _: checked_activation(name),
    "model_seed": _checked_seed,
    "learning_rate": _checked_rate,
    "alpha": checked_size,
    "batch_size": _checked_batch,
    "optimizer": lambda name, _: checked_optimizer(name),
    "batch_seed": _checked_seed,
    "steps": checked_count,
}


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """The settings of one training, by the names that they have in a dashboard.

    Attributes:
        dataset, n_samples, noise, data_seed: the data, made by a formula.
        data: points of one's own instead: a data set, or a pair ``(xs, ys)``.
        train_share: the part of the points to train on, the first ones; the others test.
        hidden: the width of each hidden layer; one unit that gives the score follows.
        activation, model_seed: as for :class:`microgradwidgets.MLP`.
        learning_rate: a number, or a function of the step; the demo's schedule if not given.
        alpha, batch_size, optimizer, batch_seed, steps: as for :func:`microgradwidgets.train`.

    Raises:
        TypeError, ValueError: for a setting that cannot be trained with.
    """

    dataset: str = "moons"
    data: Dataset | None = None
    n_samples: int = 100
    noise: float = DEFAULT_NOISE
    data_seed: Seed = DEFAULT_SEED
    train_share: float = 1.0
    hidden: tuple[int, ...] = (16, 16)
    activation: str = "relu"
    model_seed: Seed = DEFAULT_SEED
    learning_rate: Rate = official_micrograd_learning_rate
    alpha: float = DEFAULT_ALPHA
    batch_size: int | None = None
    optimizer: str = "sgd"
    batch_seed: Seed = DEFAULT_SEED
    steps: int = DEFAULT_STEPS

    def __post_init__(self) -> None:
        for name, checked in _CHECKED.items():
            object.__setattr__(self, name, checked(getattr(self, name), name))

    @classmethod
    def of(cls, settings: Any) -> Configuration:
        """Settings by name as a configuration; what is not named stays as it is by default."""
        if not isinstance(settings, Mapping):
            raise TypeError(f"expected a dict of settings, got: {described(settings)}")
        for name in settings:
            if name not in _CHECKED:
                raise ValueError(
                    f"expected settings among {', '.join(_CHECKED)}, got: {glimpse(name)}"
                )
        made = [name for name in ("dataset", "n_samples", "noise", "data_seed") if name in settings]
        if settings.get("data") is not None and made:
            raise ValueError(f"expected data or {made[0]}, got: both")
        return cls(**settings)

    def points(self) -> Dataset:
        """All points, those to train on first."""
        if self.data is not None:
            return self.data
        make = GENERATORS[self.dataset]
        return make(self.n_samples, noise=self.noise, seed=self.data_seed)

    def model(self) -> MLP:
        """The network before its first step."""
        widths = [*self.hidden, 1]
        return MLP(2, widths, activation=self.activation, seed=self.model_seed)

    def options(self) -> dict[str, Any]:
        """What :func:`microgradwidgets.train` is to be told."""
        return {
            "steps": self.steps,
            "alpha": self.alpha,
            "batch_size": self.batch_size,
            "learning_rate": self.learning_rate,
            "optimizer": self.optimizer,
            "seed": self.batch_seed,
        }

    def train(self) -> Outcome:
        """Train, and try the final model on the points that were kept apart."""
        training, test = split(self.points(), self.train_share)
        run = train(self.model(), training, **self.options())
        if test is None:
            return Outcome(run, None)
        return Outcome(run, accuracy([*scores_at(run.final_model, test.xs)], test.ys))

    def row(self) -> dict[str, Any]:
        """The settings as plain values; functions and own points by their names."""
        rate = self.learning_rate
        told = {
            "dataset": self.dataset if self.data is None else "own",
            "n_samples": self.n_samples if self.data is None else len(self.data),
            "hidden": list(self.hidden),
            "learning_rate": getattr(rate, "__name__", "function") if callable(rate) else rate,
        }
        if self.data is not None:
            told |= {"noise": None, "data_seed": None}
        return {name: getattr(self, name) for name in _CHECKED if name != "data"} | told


def split(data: Dataset, share: float) -> tuple[Dataset, Dataset | None]:
    """The first points, to train on, and the others, if there are any, to test with.

    >>> [len(part) for part in split(moons(10), 0.75)]
    [8, 2]
    """
    count = max(1, floor(share * len(data) + 0.5))
    if count >= len(data):
        return data, None
    made = data.metadata
    return (
        Dataset(data.xs[:count], data.ys[:count], made),
        Dataset(data.xs[count:], data.ys[count:], made),
    )


def configurations(configs: Any) -> list[Configuration]:
    """Configurations as they are given one by one, or all combinations of lists of settings.

    Args:
        configs: dicts of settings; or one dict whose values are lists of alternatives, where
            whatever is no list holds for all.

    Raises:
        TypeError, ValueError: names the configuration by its place.

    >>> grid = configurations({"hidden": [[4], [8, 8]], "learning_rate": [0.1, 1.0], "steps": 10})
    >>> [(one.hidden, one.learning_rate) for one in grid]
    [((4,), 0.1), ((4,), 1.0), ((8, 8), 0.1), ((8, 8), 1.0)]
    """
    if isinstance(configs, Mapping):
        given: Iterable[Any] = _combinations(configs)
    elif isinstance(configs, Iterable) and not isinstance(configs, (str, bytes)):
        given = configs
    else:
        raise TypeError(
            "expected configs to be a list of dicts of settings, or a dict of lists, "
            f"got: {described(configs)}"
        )
    made = []
    for place, settings in enumerate(given):
        try:
            made.append(Configuration.of(settings))
        except (TypeError, ValueError) as error:
            raise type(error)(f"configuration {place}: {error}") from error
    if not made:
        raise ValueError("expected at least one configuration, got: none")
    return made


def _combinations(grid: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    alternatives = [value if isinstance(value, list) else [value] for value in grid.values()]
    for chosen in product(*alternatives):
        yield dict(zip(grid, chosen, strict=True))
