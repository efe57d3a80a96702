"""A mistake and the right way, carried out on one expression, side by side.

The right numbers are those of :func:`~microgradwidgets.backward`, to the last bit.

>>> recursion = simulate("recursion")
>>> [(row["what"], row["right"], row["mistake"]) for row in recursion.results]
[('x.grad', 39.0, 60.0)]
>>> first_wrong = recursion.mistake.steps[recursion.mistake.first_wrong]
>>> print(first_wrong.sentence)
u hands on 7 × 3 = 21, so x.grad is now 0 + 21 = 21. Wrong: u.grad is 7 here, and should be 13.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .arguments import checked_size
from .arithmetic import UNARY, Real, as_float, described
from .engine import Value, expect_value
from .graph import Row
from .mistakes import MISTAKES, Mistake, Training
from .mutable_engine import MutableEngine, Step, agree, owned
from .tape import Tape
from .tape_bytes import LEAF
from .text import bracketed, is_blank, isolated, short_number, visible_text

MOST_VALUES = 2_000
"""A larger expression has more steps than anybody would walk through."""

LONGEST_NAME = 24
"""Of a name made up from the names of operands."""


@dataclass(frozen=True)
class Walk:
    """What an engine did, step by step, and what it came to.

    Attributes:
        steps: the first of them, no more than can be walked through.
        count: how many there were in all.
        is_finished: whether it came to an end, or was stopped after very many visits.
        names: what the nodes are called.
        data, grad: the numbers of the nodes in the end.
        sizes: how much was added to each ``grad``, whatever the signs.
    """

    steps: Sequence[Step]
    count: int
    is_finished: bool
    names: Sequence[str]
    data: Sequence[float]
    grad: Sequence[float]
    sizes: Sequence[float]

    @cached_property
    def first_wrong(self) -> int | None:
        """The place of the first wrong step; None where there is none."""
        return next((at for at, step in enumerate(self.steps) if step.is_wrong), None)

    @property
    def rows(self) -> list[Row]:
        """One plain row for each step."""
        return [
            {
                "kind": step.kind,
                "visit": None if step.node is None else self.names[step.node],
                "upstream": step.upstream,
                "local": step.local,
                "contribution": step.contribution,
                "written_to": self.written_to(step),
                "before": step.before,
                "after": step.after,
                "is_wrong": step.is_wrong,
                "sentence": step.sentence,
            }
            for step in self.steps
        ]

    def written_to(self, step: Step) -> str | None:
        """What a step wrote to, as in ``x.grad``."""
        if step.target is None:
            return None
        return owned(self.names[step.target], "data" if step.kind == "update" else "grad")


@dataclass(frozen=True)
class Simulation:
    """One mistake on one expression: the right way, what the mistake does, and both results.

    ``results`` has a row for each number that one would look at, with ``what``, ``right``,
    ``mistake``, and ``is_wrong`` where they differ.
    """

    case: str
    tape: Tape
    right: Walk
    mistake: Walk
    results: Sequence[Row]


def simulate(
    case: str,
    value: Value | None = None,
    *,
    x: Real = 2.0,
    names: Mapping[int, str] | None = None,
    parameters: Iterable[Value] | None = None,
    rate: Real = 0.1,
) -> Simulation:
    """Make a mistake on an expression, and do it right beside that.

    Args:
        case: one of the :data:`~microgradwidgets.mistakes.MISTAKES`.
        value: the output; if none is given, the smallest expression that shows the mistake.
        x: the number at which that one is taken.
        names: id → name, for values without a label.
        parameters: the leaves that ``"no zero_grad"`` trains; if not given, all that have a name.
        rate: the learning rate there.
    """
    mistake = MISTAKES[checked_case(case)]
    size, at = checked_size(rate, "rate", positive=True), as_float(x, "x")
    if value is None:
        value, parameters = mistake.example(at)
    tape = Tape.record(expect_value(value, "value"), names)
    if len(tape) > MOST_VALUES:
        raise ValueError(
            f"expected value to be an expression of at most {MOST_VALUES:,} values, got: "
            f"{len(tape):,} values; the loss of one example shows the same"
        )
    called = names_of_nodes(tape)
    named = [i for i in tape.leaf_indices if _label(tape, i)] or [*tape.leaf_indices]
    trained = named if parameters is None else [_place_of_leaf(tape, p) for p in parameters]
    training = Training(trained, size)
    right = _walk(tape, called, mistake, training, is_right=True)
    wrong = _walk(tape, called, mistake, training, is_right=False)
    looked_at = [(i, "grad") for i in (trained if case == "no zero_grad" else named)]
    if case == "no zero_grad":
        looked_at += [(i, "data") for i in (*trained, len(tape) - 1)]
    results = [_result(i, what, right, wrong) for i, what in looked_at]
    return Simulation(case, tape, right, wrong, results)


def checked_case(case: object) -> str:
    """The name of a mistake.

    >>> checked_case("dropout")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: expected case to be one of 'backward twice', ..., got: str 'dropout'
    """
    if not isinstance(case, str) or case not in MISTAKES:
        names = ", ".join(map(repr, MISTAKES))
        raise ValueError(f"expected case to be one of {names}, got: {described(case)}")
    return case


def _walk(
    tape: Tape, names: Sequence[str], mistake: Mistake, training: Training, *, is_right: bool
) -> Walk:
    engine = MutableEngine(tape, names, assigns=mistake.assigns and not is_right)
    is_finished = mistake.act(engine, training, is_right)
    numbers = engine.data, engine.grad, engine.sizes
    return Walk(engine.steps, engine.count, is_finished, names, *numbers)


def _result(i: int, what: str, right: Walk, mistake: Walk) -> Row:
    """One number both ways; a walk that did not come to an end has none."""
    ought, got = getattr(right, what)[i], getattr(mistake, what)[i]
    size = mistake.sizes[i] if what == "grad" else 0.0
    return {
        "what": owned(mistake.names[i], what),
        "right": ought,
        "mistake": got if mistake.is_finished else None,
        "is_wrong": not (mistake.is_finished and agree(got, ought, size)),
    }


def _place_of_leaf(tape: Tape, parameter: Value) -> int:
    index = tape.index(expect_value(parameter, "a parameter"))
    if index not in tape.leaf_indices:
        raise ValueError(f"expected parameters to be leaves, got: {parameter!r}")
    return index


# -- names ----------------------------------------------------------------------------------------

_WORDS = {"+": "sum", "-": "difference", "*": "product", "neg": "negation"}
_SIGNS = {"+": "+", "-": "−", "*": "×"}


def names_of_nodes(tape: Tape) -> list[str]:
    """What to call each node: its label, else its number, else what it is made of.

    >>> names_of_nodes(Tape.record((Value(2.0, label="x") * 3 + 1).relu()))
    ['x', '3', 'x × 3', '1', '(x × 3) + 1', 'relu((x × 3) + 1)']
    """
    names: list[str] = []
    used: dict[str, int] = {}
    leaves = iter(tape.leaves)
    for i, code in enumerate(tape.ops):
        label = _label(tape, i)
        if code == LEAF:
            number = next(leaves)
            names.append(label or short_number(number))
            continue
        formula = label or _formula(tape, i, names)
        if not label and len(formula) > LONGEST_NAME:
            op = tape.op(i)
            word = _WORDS.get(op, op) if isinstance(op, str) else "power"
            used[word] = used.get(word, 0) + 1
            formula = f"{word} {used[word]}"
        names.append(formula)
    return names


def _label(tape: Tape, i: int) -> str:
    """A label in one line, with nothing in it that could disturb what stands beside it."""
    label = tape.names.get(i, "")
    return "" if is_blank(label) else isolated(visible_text(label).replace("\n", "↵"))


def _formula(tape: Tape, i: int, names: Sequence[str]) -> str:
    op, left, right = tape.op(i), tape.left[i], tape.right[i]
    if isinstance(op, str) and op in UNARY and op != "neg":
        return f"{op}({names[left]})"
    first = _operand(tape, left, names)
    if not isinstance(op, str):
        return f"{first} ^ {bracketed(short_number(op[1]))}"
    return f"−{first}" if op == "neg" else f"{first} {_SIGNS[op]} {_operand(tape, right, names)}"


def _operand(tape: Tape, i: int, names: Sequence[str]) -> str:
    """The name of an operand, in brackets where it needs them."""
    op = tape.op(i)
    is_whole = op == "leaf" or _label(tape, i) or (op in UNARY and op != "neg")
    return bracketed(names[i]) if is_whole else f"({names[i]})"
