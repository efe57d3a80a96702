"""Many trainings, one for each configuration, by processes of our own or by any executor.

>>> from concurrent.futures import ThreadPoolExecutor
>>> grid = {"learning_rate": [0.1, 1.0], "hidden": [[4]], "steps": 5}
>>> with ThreadPoolExecutor() as executor:
...     for trial in train_all(grid, executor):
...         print(trial)
Trial(0, completed, loss 0.8953, accuracy 66.0%)
Trial(1, completed, loss 0.4004, accuracy 79.0%)
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, as_completed
from contextlib import closing
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, TypeAlias

from .arguments import expect_function
from .arithmetic import described
from .configuration import Configuration, Outcome, configurations
from .processes import NoProcessError, travels, work
from .text import loss_text
from .trainer import Run

TrialProgress: TypeAlias = Callable[[Iterable["Trial"], int], Iterable["Trial"]]


@dataclass(frozen=True, eq=False, repr=False)
class Trial:
    """What became of one configuration.

    Attributes:
        number: its place among the configurations, from 0.
        configuration: what was to be trained.
        status: ``"completed"``, ``"diverged"``, ``"failed"`` or ``"cancelled"``.
        error: why it failed or where it diverged; empty if all went well.
        run: as :func:`microgradwidgets.train` gives it; None if it failed or was cancelled.
        test_accuracy: the share of the points kept apart that the final model has right; None
            where none were.
        seconds: how long it took, wherever it was done.
    """

    number: int
    configuration: Configuration
    status: str
    error: str = ""
    run: Run | None = None
    test_accuracy: float | None = None
    seconds: float | None = None

    def row(self) -> dict[str, Any]:
        """Settings and results as plain values, the same keys for all."""
        run = self.run
        return {
            "configuration": self.number,
            **self.configuration.row(),
            "status": self.status,
            "steps_taken": 0 if run is None else run.history[-1]["step"] + 1,
            "loss": None if run is None else run.final_loss,
            "accuracy": None if run is None else run.final_accuracy,
            "test_accuracy": self.test_accuracy,
            "seconds": self.seconds,
            "error": self.error,
        }

    def __repr__(self) -> str:
        run = self.run
        if run is None:
            found = self.error or "not trained"
        else:
            found = f"loss {loss_text(run.final_loss)}, accuracy {run.final_accuracy:.1%}"
        return f"Trial({self.number}, {self.status}, {found})"


def train_all(
    configs: Any, executor: Executor | None = None, progress: TrialProgress | None = None
) -> tuple[Trial, ...]:
    """Train each configuration; what fails is told of in its place, and the rest goes on.

    Args:
        configs: see :func:`microgradwidgets.configuration.configurations`.
        executor: who does the work; it is not shut down. None for as many processes of our own as
            there are processors, or for this process where there can be no others.
        progress: what the trials are passed through as they are done, with their number.

    A ``KeyboardInterrupt`` cancels what has not been done; the rest is kept.
    """
    chosen = configurations(configs)
    if not (executor is None or isinstance(executor, Executor)):
        raise TypeError(f"expected executor to be an Executor, got: {described(executor)}")
    if progress is not None:
        expect_function(progress, "progress", "trial_bar")
    found: dict[int, Trial] = {}
    with closing(_walk(chosen, executor, found)) as walk:
        try:
            for _ in walk if progress is None else progress(walk, len(chosen)):
                pass
        except KeyboardInterrupt:
            warnings.warn(
                f"interrupted: {len(found)} of {len(chosen)} configurations are done, "
                "the rest is cancelled",
                RuntimeWarning,
                stacklevel=3,
            )
    return tuple(found.get(n) or Trial(n, one, "cancelled") for n, one in enumerate(chosen))


def _walk(
    chosen: list[Configuration], executor: Executor | None, found: dict[int, Trial]
) -> Generator[Trial, None, None]:
    """One trial after the other as they are done; they are written down whoever takes them."""
    portable: dict[int, Configuration] = {}
    for number, configuration in enumerate(chosen):
        try:
            portable[number] = _portable(configuration)
        except Exception as error:
            found[number] = _trial(number, configuration, error)
            yield found[number]
    for number, result in _results(portable, executor):
        found[number] = _trial(number, chosen[number], result)
        yield found[number]


def _results(
    tasks: dict[int, Configuration], executor: Executor | None
) -> Iterator[tuple[int, Any]]:
    if executor is not None:
        yield from _by_executor(tasks, executor)
        return
    left = dict(tasks)
    try:
        numbers = [*tasks]
        for place, result in work(trained, [*tasks.values()], _processors()):
            del left[numbers[place]]
            yield numbers[place], result
    except NoProcessError as reason:  # pragma: no cover - met where no process can be started
        warnings.warn(
            f"no processes can be started here ({reason}): "
            "the configurations are trained in this one, one after the other",
            RuntimeWarning,
            stacklevel=2,
        )
        for number, configuration in left.items():
            yield number, trained(configuration)


def _by_executor(tasks: dict[int, Configuration], executor: Executor) -> Iterator[tuple[int, Any]]:
    futures: dict[Future[Any], int] = {}
    try:
        for number, configuration in tasks.items():
            try:
                futures[executor.submit(trained, configuration)] = number
            except RuntimeError as error:  # it has been shut down, or has broken
                yield number, error
        for future in as_completed(futures):
            yield futures[future], _result(future)
    finally:
        for future in futures:
            future.cancel()


def _result(future: Future[Any]) -> Any:
    try:
        return future.result()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # also of a cancelled future, or a thread that was to exit
        return error


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # pragma: no cover - not on this system
        return os.cpu_count() or 1


def trained(configuration: Configuration) -> tuple[Outcome, float] | str:
    """What an executor does for one configuration; an exception comes back in words."""
    began = perf_counter()
    try:
        return configuration.train(), perf_counter() - began
    except Exception as error:
        return _words(error)


def _trial(number: int, configuration: Configuration, result: Any) -> Trial:
    if isinstance(result, BaseException):
        result = _words(result)
    if isinstance(result, str):
        return Trial(number, configuration, "failed", result)
    (run, test_accuracy), seconds = result
    run = replace(run, options=configuration.options() | {"log_every": run.options["log_every"]})
    broken = "" if run.diverged_at is None else str(run.diverged_at)
    return Trial(number, configuration, run.status, broken, run, test_accuracy, seconds)


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


@dataclass(frozen=True)
class _Table:
    """A function of the step written down, for where the function itself cannot go."""

    rates: tuple[Any, ...]

    def __call__(self, step: int) -> Any:
        return self.rates[step]


def _portable(configuration: Configuration) -> Configuration:
    """The same training, described so that another process understands it."""
    rate = configuration.learning_rate
    if not callable(rate) or travels(rate):
        return configuration
    table = _Table(tuple(rate(step) for step in range(configuration.steps)))
    return replace(configuration, learning_rate=table)
