"""What a reader of the reference finds: every public name, and the public parts of classes."""

from __future__ import annotations

import inspect
from functools import cached_property

import anywidget

import microgradwidgets

PACKAGE = microgradwidgets.__name__
DOCUMENTED_ELSEWHERE = {*dir(anywidget.AnyWidget)}
"""What hosts ask of every widget: ipywidgets says what ``get_state`` and ``comm`` are."""


def functions(kind: type) -> dict[str, object]:
    """The public methods and properties of a class that are ours, by name."""
    found: dict[str, object] = {}
    for name in dir(kind):
        if name.startswith("_") or name in DOCUMENTED_ELSEWHERE:
            continue
        (what, *_) = (c.__dict__[name] for c in kind.__mro__ if name in c.__dict__)
        what = getattr(what, "__func__", what)  # of a class method
        what = what.fget if isinstance(what, property) else what
        what = what.func if isinstance(what, cached_property) else what
        if inspect.isfunction(what) and what.__module__.startswith(PACKAGE):
            found[name] = what
    return found


def with_words(kind: type, name: str) -> object:
    """The method whose docstring holds: its own, or that of the class it is inherited from."""
    homes = (functions(base).get(name) for base in kind.__mro__)
    return next((method for method in homes if getattr(method, "__doc__", None)), None)


def public() -> dict[str, object]:
    """All that a reader of the reference finds, by the name it has there."""
    found: dict[str, object] = {}
    for name in microgradwidgets.__all__:
        thing = found[name] = getattr(microgradwidgets, name)
        if inspect.isclass(thing):
            found |= {f"{name}.{part}": with_words(thing, part) for part in functions(thing)}
    return found
