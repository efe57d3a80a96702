"""Training: one immutable step at a time.

>>> from microgradwidgets import MLP
>>> model = MLP(2, [4, 1])
>>> xs, ys = [[-1.0, 0.0], [1.0, 0.5]], [-1.0, 1.0]
>>> for step in steps(model, (xs, ys), steps=3):
...     print(step)
Step(0, loss 0.8552, accuracy 50.0%)
Step(1, loss 0.4990, accuracy 100.0%)
Step(2, loss 0.4257, accuracy 100.0%)
>>> train(model, (xs, ys), steps=3).final_accuracy
1.0
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import count
from math import isfinite, isnan, nan
from types import MappingProxyType
from typing import Any, TypeAlias

from .arguments import checked_count, checked_size, expect_function, xs_and_ys
from .arithmetic import Real, as_float
from .divergence import Divergence, divergence_of, find_divergence
from .engine import Value
from .gradients import Gradients, expect_gradients
from .immutable import expect_value
from .losses import DEFAULT_ALPHA, Example, Loss, Objective, batch, checked_examples
from .nn import Module, expect_module
from .optimizers import EMPTY, Memory, checked_optimizer, update
from .randomness import DEFAULT_SEED, Seed, checked_seed
from .recorded_loss import RecordedLoss
from .records import closed
from .text import loss_text

Rate: TypeAlias = Real | Callable[[int], Real]
"""A learning rate: a number, or a function of the step."""

Progress: TypeAlias = Callable[[Iterable["Step"], int], Iterable["Step"]]

DEFAULT_STEPS = 100


@closed
@dataclass(frozen=True, eq=False, repr=False, slots=True)
class Step:
    """One step of training: what was measured before the update, and the model after it.

    Attributes:
        step: its number, from 0.
        loss, data_loss, reg_loss: the loss of ``model_before``, and its two terms.
        accuracy: the share of examples it has right; nan where nobody has counted.
        learning_rate: the step size; nan where there is none.
        model_before, model_after: the models on either side of the update.
        gradients: the derivative of the loss by each parameter of ``model_before``.
        optimizer, memory: what made the update, and what it remembers after it; ``"own"`` and
            nothing where that is not one of ours.
        divergence: why training cannot go on from here; None if it can.

    >>> from microgradwidgets import MLP, moons
    >>> for step in steps(MLP(2, [4, 1]), moons(10), steps=2):
    ...     print(step.step, step.learning_rate, step.model_after is step.model_before)
    0 1.0 False
    1 0.991 False
    """

    step: int
    loss: float
    data_loss: float
    reg_loss: float
    accuracy: float
    learning_rate: float
    model_before: Module
    model_after: Module
    gradients: tuple[float, ...]
    optimizer: str
    memory: Memory
    divergence: Divergence | None = None

    @classmethod
    def of(
        cls,
        number: int,
        model: Module,
        loss: Loss | Objective | Value,
        gradients: Gradients,
        after: Module,
        *,
        learning_rate: Real = nan,
        accuracy: Real = nan,
    ) -> Step:
        """A step of a loop of one's own, from what such a loop has at hand.

        Args:
            number: the step's number, from 0.
            model, after: the models before and after the update, however it was made.
            loss, gradients: a value, and ``backward`` of it; or what :func:`max_margin` found.
            learning_rate, accuracy: nan where there is none.

        >>> from microgradwidgets import Neuron, backward
        >>> def fit(model, rate=0.1):  # y = 2x, by squared errors and the signs of gradients
        ...     for number in range(30):
        ...         loss = sum((model(x) - 2 * x) ** 2 for x in (-1.0, 0.5, 1.0))
        ...         gradients = backward(loss)
        ...         signs = [(gradients[p] > 0, p.data) for p in model.parameters()]
        ...         after = model.with_parameters([x - rate if up else x + rate for up, x in signs])
        ...         yield Step.of(number, model, loss, gradients, after, learning_rate=rate)
        ...         model = after
        >>> list(fit(Neuron(1, weights=[0.0], nonlin=False)))[20]
        Step(20, loss 0.0000)
        """
        before, changed = expect_module(model), expect_module(after)
        terms = loss if isinstance(loss, (Loss, Objective)) else (loss, loss, Value(0.0))
        total, data_loss, reg_loss = (expect_value(term, "loss") for term in terms[:3])
        table = expect_gradients(gradients)
        updated = [p.data for p in changed.parameters()]
        goes_on = all(map(isfinite, (total.data, *updated)))
        return cls(
            step=number,
            loss=total.data,
            data_loss=data_loss.data,
            reg_loss=reg_loss.data,
            accuracy=as_float(getattr(loss, "accuracy", accuracy), "accuracy"),
            learning_rate=as_float(learning_rate, "learning_rate"),
            model_before=before,
            model_after=changed,
            gradients=tuple([table[p] for p in before.parameters()]),
            optimizer="own",
            memory=EMPTY,
            divergence=None if goes_on else divergence_of(number, before, total, updated),
        )

    def row(self) -> dict[str, Any]:
        """The numbers as a row of a history, with MicrogradEx's keys.

        >>> from microgradwidgets import MLP, moons
        >>> list(next(steps(MLP(2, [4, 1]), moons(10))).row())
        ['step', 'loss', 'data_loss', 'reg_loss', 'accuracy', 'learning_rate']
        """
        return {
            "step": self.step,
            "loss": self.loss,
            "data_loss": self.data_loss,
            "reg_loss": self.reg_loss,
            "accuracy": self.accuracy,
            "learning_rate": self.learning_rate,
        }

    def __repr__(self) -> str:
        accuracy = "" if isnan(self.accuracy) else f", accuracy {self.accuracy:.1%}"
        return f"Step({self.step}, loss {loss_text(self.loss)}{accuracy})"


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """What :func:`train` did.

    Attributes:
        initial_model, final_model: the models at both ends; all between can be had from
            :func:`steps`.
        history: a row for every logged step: ``step``, ``loss``, ``data_loss``, ``reg_loss``,
            ``accuracy`` and ``learning_rate``.
        final_loss, final_accuracy: those of the last step, measured before its update.
        options: what ``train(model, data, **options)`` needs to do the same again.
        status: ``"completed"`` or ``"diverged"``.
        diverged_at: where it broke, or None.

    >>> from microgradwidgets import MLP, moons
    >>> run = train(MLP(2, [4, 1]), moons(10), steps=3)
    >>> run.status, len(run.history)
    ('completed', 3)
    >>> train(run.initial_model, moons(10), **run.options).final_loss == run.final_loss
    True
    """

    initial_model: Module
    final_model: Module
    history: tuple[dict[str, Any], ...]
    final_loss: float
    final_accuracy: float
    options: Mapping[str, Any]
    status: str = "completed"
    diverged_at: Divergence | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", MappingProxyType(dict(self.options)))

    def __reduce__(self) -> tuple[Any, ...]:
        state = {f.name: getattr(self, f.name) for f in fields(self)}
        return Run, tuple((state | {"options": dict(self.options)}).values())

    def __repr__(self) -> str:
        found = f"loss {loss_text(self.final_loss)}, accuracy {self.final_accuracy:.1%}"
        end = "" if self.diverged_at is None else f", diverged at {self.diverged_at}"
        return f"Run({self.history[-1]['step'] + 1} steps, {found}{end})"


def official_micrograd_learning_rate(step: int) -> float:
    """The schedule of the micrograd demo: from 1 down to 0.1 in a hundred steps, then 0.1.

    >>> official_micrograd_learning_rate(0), official_micrograd_learning_rate(50)
    (1.0, 0.55)
    """
    number = as_float(step, "step")
    return 1.0 - 0.9 * number / 100.0 if number <= 100.0 else 0.1


def steps(
    model: Module | Step,
    data: Any,
    *,
    steps: int | None = DEFAULT_STEPS,
    alpha: Real = DEFAULT_ALPHA,
    batch_size: int | None = None,
    learning_rate: Rate = official_micrograd_learning_rate,
    optimizer: str = "sgd",
    seed: Seed = DEFAULT_SEED,
) -> Iterator[Step]:
    """Train step by step: each turn of the loop computes one step, as long as you go on.

    Args:
        model: where to begin: a model, or an earlier :class:`Step` to go on behind. Options
            are not taken over from it; another optimizer begins with an empty memory.
        data: a data set, or a pair ``(xs, ys)``.
        steps: how many steps; None for no end.
        alpha: the weight decay.
        batch_size: the number of examples for each step; None for all.
        learning_rate: a number, or a function of the step's number.
        optimizer: ``"sgd"``, ``"momentum"`` or ``"adam"``.
        seed: fixes the batches; None draws them afresh.

    A step whose loss, gradients or new parameters are not finite is the last one: its
    ``divergence`` says where that began, and its ``model_after`` is its ``model_before``.

    >>> from microgradwidgets import MLP, moons
    >>> for step in steps(MLP(2, [4, 1]), moons(10), steps=None):
    ...     if step.accuracy >= 0.8:
    ...         break
    >>> step.step, step.accuracy
    (3, 0.8)
    """
    first, memory = 0, EMPTY
    if isinstance(model, Step):
        first, memory = model.step + 1, model.memory if model.optimizer == optimizer else EMPTY
        model = model.model_after
    expect_module(model)
    numbers = count(first) if steps is None else range(first, first + checked_count(steps, "steps"))
    examples = _examples(data)
    size = len(examples)
    if batch_size is not None:
        size = min(size, checked_count(batch_size, "batch_size"))
    decay, rule, fixed = (
        checked_size(alpha, "alpha"),
        checked_optimizer(optimizer),
        checked_seed(seed),
    )
    rate_of = _rate_function(learning_rate)
    recorded = RecordedLoss(model, len(examples[0][0]))

    # Everything above is checked when `steps` is called, not when the first step is taken.
    def walk(before: Module, memory: Memory) -> Iterator[Step]:
        parameters = [p.data for p in before.parameters()]
        for number in numbers:
            chosen = batch(examples, size, _step_seed(fixed, number))
            rate = checked_size(rate_of(number), "learning_rate")
            found = recorded(parameters, chosen, decay)
            updated, memory = update(rule, parameters, found.gradients, rate, memory)
            divergence = None
            if all(map(isfinite, (found.loss, *updated))):
                after, parameters = before.with_parameters(updated), updated
            else:
                after = before
                divergence = find_divergence(number, before, chosen, decay, updated)
            yield Step(
                step=number,
                loss=found.loss,
                data_loss=found.data_loss,
                reg_loss=found.reg_loss,
                accuracy=found.accuracy,
                learning_rate=rate,
                model_before=before,
                model_after=after,
                gradients=tuple(found.gradients),
                optimizer=rule,
                memory=memory,
                divergence=divergence,
            )
            if divergence is not None:
                return
            before = after

    return walk(model, memory)


def train(
    model: Module | Step,
    data: Any,
    *,
    steps: int = DEFAULT_STEPS,
    alpha: Real = DEFAULT_ALPHA,
    batch_size: int | None = None,
    learning_rate: Rate = official_micrograd_learning_rate,
    optimizer: str = "sgd",
    seed: Seed = DEFAULT_SEED,
    log_every: int = 1,
    progress: Progress | None = None,
) -> Run:
    """Take all steps, and say how it went.

    Args:
        model: where to begin: a model, or a step to go on behind.
        data: a data set, or a pair ``(xs, ys)``.
        steps: how many steps.
        alpha, batch_size, learning_rate, optimizer, seed: as for :func:`steps`.
        log_every: the history has a row for every so many steps, and for the last.
        progress: what the loop over the steps is passed through, with their number, such as
            ``microgradwidgets.progress_bar``.

    >>> from microgradwidgets import MLP, moons
    >>> train(MLP(2, [4, 1]), moons(10), steps=20)
    Run(20 steps, loss 0.4727, accuracy 80.0%)
    """
    options: dict[str, Any] = {
        "steps": steps,
        "alpha": alpha,
        "batch_size": batch_size,
        "learning_rate": learning_rate,
        "optimizer": optimizer,
        "seed": seed,
    }
    every = checked_count(log_every, "log_every")
    total = checked_count(steps, "steps")
    taken: Iterable[Step] = _steps(model, data, **options)
    if progress is not None:
        taken = expect_function(progress, "progress", "progress_bar")(taken, total)
    history, last = [], None
    for last in taken:
        if last.step % every == 0:
            history.append(last.row())
    if last is None:
        raise ValueError("expected progress to pass the steps on, got: none")
    if last.step % every:
        history.append(last.row())
    return Run(
        initial_model=model.model_after if isinstance(model, Step) else model,
        final_model=last.model_after,
        history=tuple(history),
        final_loss=last.loss,
        final_accuracy=last.accuracy,
        options=options | {"log_every": log_every},
        status="completed" if last.divergence is None else "diverged",
        diverged_at=last.divergence,
    )


_steps = steps  # `train` has an argument of that name


def _examples(data: Any) -> list[Example]:
    """The examples of a data set or a pair, as plain numbers."""
    return [(tuple(map(float, x)), y) for x, y in checked_examples(*xs_and_ys(data))]


def _rate_function(rate: Rate) -> Callable[[int], Real]:
    if callable(rate):
        return rate
    number = checked_size(rate, "learning_rate")
    return lambda step: number


def _step_seed(seed: tuple[int, int, int] | None, step: int) -> Seed:
    """Another seed for each step, as MicrogradEx has it."""
    if seed is None:
        return None
    a, b, c = seed
    return a + step, b + 31 * step, c + 131 * step
