"""See backpropagation: immutable scalar autodiff, drawn live in the notebook.

>>> from microgradwidgets import Value, backward
>>> a, b = Value(-4.0, label="a"), Value(2.0, label="b")
>>> c = a * b + b**3 + a
>>> backward(c)[b]
8.0

``show(c)`` in a notebook cell draws it. Importing the package loads the standard library alone;
what draws is loaded when it is first asked for.
"""

from typing import TYPE_CHECKING, Any

from .anomaly import detect_anomaly
from .checks import check_gradients, numerical_gradients
from .engine import Edge, Node, Value, backward, grad, topological_ids
from .gradients import Gradients
from .graph import edges, nodes, to_dot
from .tape import Tape
from .tape_bytes import Group

if TYPE_CHECKING:
    from .views.diagram import Diagram, show
    from .views.still import to_graphviz

__version__ = "0.1.0"

__all__ = [
    "Diagram",
    "Edge",
    "Gradients",
    "Group",
    "Node",
    "Tape",
    "Value",
    "backward",
    "check_gradients",
    "detect_anomaly",
    "edges",
    "grad",
    "nodes",
    "numerical_gradients",
    "show",
    "to_dot",
    "to_graphviz",
    "topological_ids",
]

_VIEWS = {"Diagram": "diagram", "show": "diagram", "to_graphviz": "still"}


def __getattr__(name: str) -> Any:
    if name not in _VIEWS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".views.{_VIEWS[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
