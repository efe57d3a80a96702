"""What the learner calls things: names of values, read from the variables of the calling cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import FrameType
from typing import Any

from .arguments import public_names
from .engine import Value

LONGEST_CONTAINER = 1000
LARGEST_PLACE = 10**30
"""Of a key in a dict: what cannot be read, or not be written out at all, is no name."""


def variable_names(variables: Mapping[str, Any]) -> dict[int, str]:
    """The names of values by id: of those bound to a variable, or in a list or dict that is.

    Names that begin with an underscore are left out (IPython keeps results in ``_`` and ``_3``).
    Where a value has several names the first one bound wins, and a plain name wins over a place
    in a container.

    >>> x, w = Value(1.0), [Value(2.0), Value(3.0)]
    >>> sorted(variable_names({"x": x, "w": w}).values())
    ['w[0]', 'w[1]', 'x']
    """
    names: dict[int, str] = {}
    public = public_names(variables)
    for name, thing in public.items():
        if isinstance(thing, Value):
            names.setdefault(thing.id, name)
    for name, thing in public.items():
        for place, value in _members(thing):
            names.setdefault(value.id, f"{name}[{place!r}]")
    return names


def names_at(frame: FrameType) -> dict[int, str]:
    """The names in force in a frame; its own variables come before the module's.

    What no one could have typed is no name: tools that rewrite code keep results in such.
    """
    variables = {**frame.f_locals, **_missing(frame.f_globals, frame.f_locals)}
    return variable_names({name: thing for name, thing in variables.items() if name.isidentifier()})


def _missing(outer: Mapping[str, Any], inner: Mapping[str, Any]) -> dict[str, Any]:
    return {name: thing for name, thing in outer.items() if name not in inner}


def _members(thing: Any) -> Iterator[tuple[object, Value]]:
    """The values in a list, tuple or dict, with their places; nothing in anything else."""
    pairs: Iterable[tuple[object, object]] = ()
    if type(thing) in (list, tuple) and len(thing) <= LONGEST_CONTAINER:
        pairs = enumerate(thing)
    elif type(thing) is dict and len(thing) <= LONGEST_CONTAINER:
        pairs = thing.items()
    for place, member in pairs:
        is_name = type(place) is str or (type(place) is int and abs(place) <= LARGEST_PLACE)
        if is_name and isinstance(member, Value):
            yield place, member
