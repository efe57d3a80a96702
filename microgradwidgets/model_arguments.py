"""What may be given to a model when it is made or called, checked and brought into one form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .arguments import checked_count, is_one_of, is_row
from .arithmetic import as_float, described
from .engine import Number, Value
from .randomness import Stream

ACTIVATIONS = ("relu", "tanh")

WIDEST = 1_000_000
"""The most inputs or neurons of a layer: the weights of more would take minutes to draw."""


def checked_width(number: object, argument: str) -> int:
    """How many inputs or neurons a layer has.

    >>> checked_width(10**7, "n_inputs")
    Traceback (most recent call last):
    ValueError: expected n_inputs to be at most 1000000, got: 10000000
    """
    return checked_count(number, argument, WIDEST)


def checked_name(name: object) -> str:
    """What the names of parameters begin with."""
    if not isinstance(name, str):
        raise TypeError(f"expected name to be a str, got: {described(name)}")
    return name


def checked_sizes(sizes: Any, argument: str) -> list[int]:
    """How many neurons each layer has."""
    if not is_row(sizes):
        raise TypeError(f"expected {argument} to be a list of ints, got: {described(sizes)}")
    checked = [checked_width(size, argument) for size in sizes]
    if not checked:
        raise ValueError(f"expected {argument} to have at least one layer, got: {described(sizes)}")
    return checked


def checked_activation(name: object) -> str:
    if not is_one_of(name, ACTIVATIONS):
        expected = " or ".join(map(repr, ACTIVATIONS))
        raise ValueError(f"expected activation to be {expected}, got: {described(name)}")
    return str(name)


def coerced_inputs(inputs: Number | Iterable[Number], expected: int) -> tuple[Value, ...]:
    """Inputs as values, each number a new leaf; a single input needs no list around it."""
    if is_row(inputs):
        row = tuple(inputs)  # type: ignore[arg-type]
    elif expected == 1 and isinstance(inputs, (Value, float, int)):
        row = (inputs,)
    else:
        raise TypeError(f"expected a list of {expected} inputs, got: {described(inputs)}")
    if len(row) != expected:
        raise ValueError(f"expected {expected} inputs, got: {len(row)}")
    return tuple(
        x if isinstance(x, Value) else Value(as_float(x, "an input"), label=f"x{place}")
        for place, x in enumerate(row, 1)
    )


def initial_weights(
    given: Sequence[Number] | None, count: int, prefix: str, stream: Stream
) -> tuple[Value, ...]:
    """The weights of one neuron: those given, or numbers drawn uniformly from [-1, 1)."""
    if given is None:
        given = [stream.uniform() * 2.0 - 1.0 for _ in range(count)]
    elif not is_row(given):
        raise TypeError(f"expected weights to be a list, got: {described(given)}")
    elif len(given) != count:
        raise ValueError(f"expected {count} weights, got: {len(given)}")
    return tuple(named(weight, f"{prefix}w{place}") for place, weight in enumerate(given, 1))


def named(number: Number, label: str) -> Value:
    """A number as a new leaf of this name; a value keeps the name it has."""
    if isinstance(number, Value):
        return number if number.label is not None else number.with_label(label)
    return Value(as_float(number, "a parameter"), label=label)


def spread(given: Any, count: int, depth: int, argument: str) -> Iterator[Any]:
    """One entry for each of ``count`` parts: as given, or what was given for all of them alike.

    ``depth`` is how deeply lists are nested where every part has an entry of its own.
    """
    if given is None or _nesting(given, depth) < depth:
        yield from [given] * count
    elif len(given) != count:
        raise ValueError(f"expected {argument} to have {count} entries, got: {len(given)}")
    else:
        yield from given


def _nesting(given: Any, most: int) -> int:
    """How deeply lists are nested, as far as that matters: a list may hold itself."""
    for level in range(most):
        if not (is_row(given) and len(given) > 0):
            return level
        given = given[0]
    return most
