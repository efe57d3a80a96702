"""See backpropagation: immutable scalar autodiff, drawn live in the notebook.

>>> from microgradwidgets import Value, backward
>>> a, b = Value(-4.0, label="a"), Value(2.0, label="b")
>>> c = a * b + b**3 + a
>>> backward(c)[b]
8.0

``show(c)`` in a notebook cell draws it. Importing the package loads the engine and what it needs
of the standard library; networks, training and what draws are loaded when first asked for.
"""

from typing import TYPE_CHECKING, Any

from .anomaly import detect_anomaly
from .checks import check_gradients, numerical_gradients
from .engine import Edge, Node, Value, backward, grad, topological_ids
from .gradients import Gradients
from .graph import edges, nodes, to_dot
from .grouping import group
from .tape import Tape
from .tape_bytes import Group

if TYPE_CHECKING:
    from .datasets import Dataset, blobs, moons, spiral
    from .derivation import formulas
    from .diagnosis import first_bad
    from .divergence import Divergence
    from .explanation import explain
    from .foreign import ForeignNode, from_graph
    from .foreign_gradients import compare_gradients
    from .latex import to_latex
    from .losses import Loss, max_margin
    from .micrograd_graph import from_micrograd
    from .nn import (
        MLP,
        Layer,
        Module,
        Neuron,
        apply_gradients,
        forward,
        forward_many,
        parameter_count,
        parameters,
        with_parameters,
    )
    from .passes import pass_steps
    from .plot_data import (
        accuracy_history,
        dataset_points,
        decision_boundary,
        loss_history,
        training_history,
    )
    from .python_code import to_python
    from .teaching.checking import check
    from .teaching.question import Question
    from .teaching.quizzes import Quiz, quiz
    from .teaching.verdict import Verdict
    from .torch_graph import from_torch
    from .trainer import Run, Step, official_micrograd_learning_rate, steps, train
    from .views.dashboard import Dashboard
    from .views.diagram import Diagram, show
    from .views.lesson import Lesson
    from .views.misconceptions import Misconceptions, misconceptions
    from .views.pages import embed, page, to_html
    from .views.plots import plot_accuracy, plot_boundary, plot_dataset, plot_loss
    from .views.progress import progress_bar
    from .views.scenes import Ask, Scene
    from .views.still import to_graphviz
    from .views.sweeps import Sweep, sweep
    from .views.worksheets import Worksheet, worksheet

__version__ = "0.1.0"

__all__ = [
    "MLP",
    "Ask",
    "Dashboard",
    "Dataset",
    "Diagram",
    "Divergence",
    "Edge",
    "ForeignNode",
    "Gradients",
    "Group",
    "Layer",
    "Lesson",
    "Loss",
    "Misconceptions",
    "Module",
    "Neuron",
    "Node",
    "Question",
    "Quiz",
    "Run",
    "Scene",
    "Step",
    "Sweep",
    "Tape",
    "Value",
    "Verdict",
    "Worksheet",
    "accuracy_history",
    "apply_gradients",
    "backward",
    "blobs",
    "check",
    "check_gradients",
    "compare_gradients",
    "dataset_points",
    "decision_boundary",
    "detect_anomaly",
    "edges",
    "embed",
    "explain",
    "first_bad",
    "formulas",
    "forward",
    "forward_many",
    "from_graph",
    "from_micrograd",
    "from_torch",
    "grad",
    "group",
    "loss_history",
    "max_margin",
    "misconceptions",
    "moons",
    "nodes",
    "numerical_gradients",
    "official_micrograd_learning_rate",
    "page",
    "parameter_count",
    "parameters",
    "pass_steps",
    "plot_accuracy",
    "plot_boundary",
    "plot_dataset",
    "plot_loss",
    "progress_bar",
    "quiz",
    "show",
    "spiral",
    "steps",
    "sweep",
    "to_dot",
    "to_graphviz",
    "to_html",
    "to_latex",
    "to_python",
    "topological_ids",
    "train",
    "training_history",
    "with_parameters",
    "worksheet",
]

_LATER = {
    "datasets": ("Dataset", "blobs", "moons", "spiral"),
    "derivation": ("formulas",),
    "diagnosis": ("first_bad",),
    "divergence": ("Divergence",),
    "explanation": ("explain",),
    "foreign": ("ForeignNode", "from_graph"),
    "foreign_gradients": ("compare_gradients",),
    "latex": ("to_latex",),
    "losses": ("Loss", "max_margin"),
    "micrograd_graph": ("from_micrograd",),
    "nn": (
        "MLP",
        "Layer",
        "Module",
        "Neuron",
        "apply_gradients",
        "forward",
        "forward_many",
        "parameter_count",
        "parameters",
        "with_parameters",
    ),
    "passes": ("pass_steps",),
    "plot_data": (
        "accuracy_history",
        "dataset_points",
        "decision_boundary",
        "loss_history",
        "training_history",
    ),
    "python_code": ("to_python",),
    "teaching.checking": ("check",),
    "teaching.verdict": ("Verdict",),
    "teaching.question": ("Question",),
    "teaching.quizzes": ("Quiz", "quiz"),
    "torch_graph": ("from_torch",),
    "trainer": ("Run", "Step", "official_micrograd_learning_rate", "steps", "train"),
    "views.dashboard": ("Dashboard",),
    "views.diagram": ("Diagram", "show"),
    "views.lesson": ("Lesson",),
    "views.misconceptions": ("Misconceptions", "misconceptions"),
    "views.pages": ("embed", "page", "to_html"),
    "views.plots": ("plot_accuracy", "plot_boundary", "plot_dataset", "plot_loss"),
    "views.progress": ("progress_bar",),
    "views.scenes": ("Ask", "Scene"),
    "views.still": ("to_graphviz",),
    "views.sweeps": ("Sweep", "sweep"),
    "views.worksheets": ("Worksheet", "worksheet"),
}
"""What is loaded when it is first asked for: module → names."""

_MODULE_OF = {name: module for module, names in _LATER.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f".{_MODULE_OF[name]}", __name__), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
