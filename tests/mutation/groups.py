"""What is mutated, and by which tests it is tried: fast ones, without a browser."""

from __future__ import annotations

from dataclasses import dataclass

# Killed mutants in a hundred, survivors without any effect counted as survivors.
PROMISED = 95.0
# Parts of the names of tests that take long, that run interpreters which have no mutmut, or that
# look at who called, where mutmut stands in between.
LEFT_OUT = (
    "million",
    "generator",
    "real_interrupt",
    "another_process",
    "hundred_thousand",
    "of_the_demo",
    "every_python",
)


@dataclass(frozen=True)
class Group:
    """Modules of one idea, and the tests that hold them; both are stems of files."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]


GROUPS = (
    Group("losses", ("losses",), ("losses",)),
    Group(
        "nn",
        ("nn", "model_arguments"),
        ("nn", "losses", "tiny", "weighted_sum", "grouping", "recorded_network"),
    ),
    Group(
        "escaping",
        ("text", "latex", "python_code", "graph", "views/scene_text"),
        ("text", "formula", "python_code", "graph", "hostile_labels", "lesson", "passes"),
    ),
    Group(
        "tape",
        ("tape", "tape_bytes", "batch", "recorded_groups", "recorded_loss", "recorded_network"),
        (
            "tape",
            "tape_bytes",
            "batch",
            "grouping",
            "recorded_loss",
            "recorded_network",
            "weighted_sum",
        ),
    ),
    Group(
        "engine",
        (
            "engine",
            "arithmetic",
            "immutable",
            "gradients",
            "backpropagation",
            "records",
            "weighted_sum",
            "folding",
            "ids",
            "anomaly",
            "unravelling",
        ),
        (
            "engine",
            "arithmetic",
            "gradients",
            "chain_rule",
            "weighted_sum",
            "anomaly",
            "pickling",
            "grouping",
            "ids",
            "records",
            "unravelling",
        ),
    ),
)
