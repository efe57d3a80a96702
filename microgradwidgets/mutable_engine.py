"""An engine of the mutable kind, as micrograd is one, that writes down everything it does.

Its nodes carry ``data`` and ``grad``. Visiting a node adds upstream gradient × local derivative to
the ``grad`` of each operand: what a ``_backward`` closure does there. Here every write leaves a
:class:`Step`, so that one can go through what happened, and see which write was the wrong one.

Nothing of ours computes with it. :mod:`microgradwidgets.mistakes` shows by it what goes wrong where
numbers are written over.

>>> from microgradwidgets import Tape, Value
>>> x = Value(3.0, label="x")
>>> engine = MutableEngine(Tape.record(x.mul(x, label="y")), ["x", "y"])
>>> engine.seed()
>>> engine.visit(engine.output)
>>> [step.sentence for step in engine.steps][1:]  # doctest: +NORMALIZE_WHITESPACE
['y hands on 1 × 3 = 3, so x.grad is now 0 + 3 = 3.',
 'y hands on 1 × 3 = 3, so x.grad is now 3 + 3 = 6.']
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isclose, isfinite, isnan
from string import digits

from .tape import Tape
from .text import MINUS, bracketed, short_number

Numbers = tuple[float, ...]

MOST_STEPS = 300
"""So many can be walked through; after them an engine goes on, and merely counts."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that an engine did.

    Attributes:
        kind: ``"seed"`` (the output's own gradient), ``"pass"`` (a contribution), ``"clear"``,
            ``"keep"`` (nothing was cleared), ``"update"`` (of a parameter), ``"forward"``.
        sentence: all of it in words.
        visit: which visit of a node it belongs to, counted from 1; 0 where it belongs to none.
        node, slot, target: places of what was visited and written to; which operand that is.
        upstream, local, contribution, before, after: the numbers, where there are such.
        is_wrong: whether the chain rule has no such contribution.
        data, grad: all numbers afterwards, where more than the target has changed.
    """

    kind: str
    sentence: str
    visit: int = 0
    node: int | None = None
    slot: int | None = None
    target: int | None = None
    upstream: float | None = None
    local: float | None = None
    contribution: float | None = None
    before: float | None = None
    after: float | None = None
    is_wrong: bool = False
    data: Numbers | None = None
    grad: Numbers | None = None


class MutableEngine:
    """A recorded expression as nodes that are written to.

    Args:
        tape: the expression.
        names: what to call its nodes.
        assigns: write ``grad = …`` where ``grad += …`` belongs.
    """

    def __init__(self, tape: Tape, names: Sequence[str], *, assigns: bool = False) -> None:
        self.tape = tape
        self.names = names
        self.assigns = assigns
        self.grad = [0.0] * len(names)
        self.sizes = [0.0] * len(names)  # of all contributions together, whatever their signs
        self.steps: list[Step] = []
        self.count = 0  # of all steps, written down or not
        self._visits = 0
        self._work_out(tape.leaves)
        self._pass = _Pass(self)

    @property
    def output(self) -> int:
        return len(self.names) - 1

    def _work_out(self, leaves: Sequence[float]) -> None:
        """The numbers of all nodes, and what their gradients ought to become."""
        tape = self.tape
        self.data = tape.replay(leaves)
        self.right = tape.gradients(leaves, self.data)
        pairs = zip(tape.left, tape.right, strict=True)
        operands = ([operand for operand in pair if operand >= 0] for pair in pairs)
        self.edges = [
            [*zip(these, tape.local_gradients(node, self.data), strict=True)]
            for node, these in enumerate(operands)
        ]

    def operations_under(self, node: int) -> list[int]:
        """The operands that have operands themselves, one for each use."""
        return [operand for operand, _ in self.edges[node] if self.edges[operand]]

    # -- what it does -----------------------------------------------------------------------------

    def seed(self) -> None:
        """Begin a backward pass: the derivative of the output by itself is 1."""
        self._pass = _Pass(self)
        name, before = self.names[self.output], self.grad[self.output]
        self.grad[self.output] = 1.0
        sentence = f"{owned(name)} = 1: the derivative of {name} by itself."
        self._note(Step("seed", sentence, target=self.output, before=before, after=1.0))

    def visit(self, node: int) -> None:
        """Let a node hand on its gradient to its operands; a leaf has none."""
        self._visits += bool(self.edges[node])
        for slot, (target, local) in enumerate(self.edges[node]):
            contribution = self.grad[node] * local
            after = contribution if self.assigns else self.grad[target] + contribution
            if self._has_room:
                self._note(self._pass_step(node, slot, contribution, after))
            else:
                self.count += 1
            self.grad[target] = after
            self.sizes[target] += abs(contribution)

    def clear(self, sentence: str) -> None:
        """Set every ``grad`` to 0."""
        self.grad = [0.0] * len(self.grad)
        self._note(Step("clear", sentence, grad=tuple(self.grad)))

    def keep(self, sentence: str) -> None:
        """Do nothing where something should have been cleared."""
        self._note(Step("keep", sentence))

    def update(self, parameter: int, rate: float) -> None:
        """One step of gradient descent for one leaf."""
        name, before, gradient = self.names[parameter], self.data[parameter], self.grad[parameter]
        right = self.right[parameter]
        after = before - rate * gradient
        self.data[parameter] = after
        wrong = not agree(gradient, right, self.sizes[parameter])
        rest = f" Wrong: {owned(name)} should be {short_number(right)}." if wrong else ""
        sum_text = f"{short_number(before)} − {short_number(rate)} × {_inner(gradient)}"
        self._note(
            Step(
                "update",
                f"{owned(name, 'data')} is now {sum_text} = {short_number(after)}.{rest}",
                target=parameter,
                upstream=gradient,
                contribution=-rate * gradient,
                before=before,
                after=after,
                is_wrong=wrong,
            )
        )

    def forward(self, kept: Iterable[int]) -> None:
        """Work the expression out anew: new nodes with ``grad`` 0, but the ``kept`` leaves stay."""
        old = self.grad
        self._work_out([self.data[leaf] for leaf in self.tape.leaf_indices])
        self.grad = [0.0] * len(old)
        for index in kept:
            self.grad[index] = old[index]
        sentence = f"Forward: {self.names[self.output]} is now {short_number(self.data[-1])}."
        self._note(Step("forward", sentence, data=tuple(self.data), grad=tuple(self.grad)))

    @property
    def _has_room(self) -> bool:
        return len(self.steps) < MOST_STEPS

    def _note(self, step: Step) -> None:
        self.count += 1
        if self._has_room:
            self.steps.append(step)

    def _pass_step(self, node: int, slot: int, contribution: float, after: float) -> Step:
        """What is about to be written, in numbers and in words."""
        target, local = self.edges[node][slot]
        upstream, before = self.grad[node], self.grad[target]
        product = f"{short_number(upstream)} × {_inner(local)} = {short_number(contribution)}"
        result = short_number(after)
        if not self.assigns:
            result = f"{short_number(before)} + {_inner(contribution)} = {result}"
        written_to = owned(self.names[target])
        sentence = f"{self.names[node]} hands on {product}, so {written_to} is now {result}."
        wrongs = self._pass.wrongs(node, slot)
        return Step(
            "pass",
            f"{sentence} Wrong: {'; '.join(wrongs)}." if wrongs else sentence,
            visit=self._visits,
            node=node,
            slot=slot,
            target=target,
            upstream=upstream,
            local=local,
            contribution=contribution,
            before=before,
            after=after,
            is_wrong=bool(wrongs),
        )


class _Pass:
    """What one backward pass has done so far, to be held against the chain rule."""

    def __init__(self, engine: MutableEngine) -> None:
        self._engine = engine
        self._left_over = [*engine.grad]
        self._handed_on: set[tuple[int, int]] = set()
        self._arrived: set[int] = set()

    def wrongs(self, node: int, slot: int) -> list[str]:
        """Why the chain rule has no such contribution; empty where it has."""
        engine, names = self._engine, self._engine.names
        target, local = engine.edges[node][slot]
        upstream, before = engine.grad[node], engine.grad[target]
        right = engine.right[node]
        wrongs = []
        if (node, slot) in self._handed_on and upstream * local != 0.0:
            wrongs.append(f"{names[node]} has handed on before, and now hands on all once more")
        if local != 0.0 and not agree(upstream, right, engine.sizes[node]):
            ought = f"and should be {short_number(right)}"
            wrongs.append(f"{owned(names[node])} is {short_number(upstream)} here, {ought}")
        if engine.assigns and before != 0.0:
            wrongs.append(
                f"the {short_number(before)} that stood in {owned(names[target])} is lost"
            )
        left = self._left_over[target]
        if not engine.assigns and left != 0.0 and target not in self._arrived:
            wrongs.append(f"{short_number(left)} was left in {owned(names[target])} from before")
        self._handed_on.add((node, slot))
        self._arrived.add(target)
        return wrongs


def owned(name: str, what: str = "grad") -> str:
    """What belongs to a node, as one would write it.

    >>> owned("x"), owned("w × x", "data"), owned("3")
    ('x.grad', '(w × x).data', '(3).grad')
    """
    is_plain = " " not in name and not name.startswith((MINUS, *digits))
    return f"{name}.{what}" if is_plain else f"({name}).{what}"


def agree(a: float, b: float, size: float = 0.0) -> bool:
    """Equal, but for what the order of a sum may do to its last digits.

    Args:
        a: a sum.
        b: the same sum in another order.
        size: of its terms: where they cancel, that is what rounding depends on.
    """
    room = 1e-12 * size if isfinite(size) else 0.0
    return isclose(a, b, rel_tol=1e-9, abs_tol=room) or (isnan(a) and isnan(b))


def _inner(number: float) -> str:
    """A number inside a product or a sum."""
    return bracketed(short_number(number))
