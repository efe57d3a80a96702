"""Where did training break? The value in which the first number that is not finite began."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

from .anomaly import origin
from .engine import Value, backward
from .gradients import topological_order
from .losses import Example, max_margin
from .nn import Module
from .tape import Tape


@dataclass(frozen=True, eq=False)
class Divergence:
    """The end of a run whose loss or parameters ceased to be finite.

    Attributes:
        step: the step in which it happened.
        node: the value where it began; ``show(node)`` draws how it came about.
        where: the groups around it, the outermost first, as in
            ``("data loss", "example 3", "layer 2", "neuron 5")``.
        reason: one sentence.

    >>> from microgradwidgets import MLP, moons, train
    >>> broken = train(MLP(2, [4, 1]), moons(10), learning_rate=1e200).diverged_at
    >>> broken.step, broken.where
    (1, ('data loss', 'example 1', 'layer 2', 'neuron 1'))
    """

    step: int
    node: Value
    where: tuple[str, ...]
    reason: str

    @property
    def operands(self) -> tuple[Value, ...]:
        """What the operation of ``node`` was given.

        >>> x = Value(-1.0, label="x")
        >>> broken = Divergence(0, x.log(), (), "nan from the operation 'log' of x = -1.0")
        >>> broken.operands
        (Value(data=-1.0, label='x'),)
        """
        return tuple(edge.parent for edge in self.node.parents)

    def __str__(self) -> str:
        place = f", in {' › '.join(self.where)}" if self.where else ""
        return f"step {self.step}: {self.reason}{place}"


def find_divergence(
    step: int,
    model: Module,
    examples: Sequence[Example],
    alpha: float,
    updated: Iterable[float],
) -> Divergence:
    """Build the step's loss once more, as values, and look for the first that is not finite.

    Args:
        step: the number of the step.
        model: the model before the step.
        examples: those of the step.
        alpha: the weight decay.
        updated: the parameters after the step.
    """
    xs, ys = zip(*examples, strict=True)
    loss = max_margin(model, xs, ys, alpha=alpha).total_loss
    return divergence_of(step, model, loss, updated)


def divergence_of(step: int, model: Module, loss: Value, updated: Iterable[float]) -> Divergence:
    """The first number that is not finite, in this order: of the loss, of its gradients, of the
    updated parameters.
    """
    order = topological_order(loss)
    for value in order:
        if not isfinite(value.data):
            return Divergence(
                step, value, _groups(loss, value), f"{value.data} from {origin(value)}"
            )
    gradients = backward(loss)
    for value in reversed(order):
        if not isfinite(gradients[value]):
            reason = f"a gradient of {gradients[value]} arriving at {origin(value)}"
            return Divergence(step, value, _groups(loss, value), reason)
    for value, number in zip(model.parameters(), updated, strict=True):
        if not isfinite(number):
            reason = f"an update of {value.label} from {value.data} to {number}"
            return Divergence(step, value, (), reason)
    raise AssertionError(  # pragma: no cover - it is called because there was such a number
        "expected a number that is not finite, got: none"
    )


def _groups(loss: Value, value: Value) -> tuple[str, ...]:
    tape = Tape.record(loss)
    names: list[str] = []
    place: int | None = tape.group_of[tape.index(value)]
    while place is not None and place >= 0:
        names.insert(0, tape.groups[place].name)
        place = tape.groups[place].parent
    return tuple(names)
