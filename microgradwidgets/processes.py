"""Work done by processes of our own, each of which may die without taking more than its task along.

Processes are spawned: they begin with nothing but what is imported, also where the program around
has threads. A ``concurrent.futures.ProcessPoolExecutor`` would do, but for this: when one of its
workers dies, every task that it has not finished is lost, and nobody knows which one was to blame.
"""

from __future__ import annotations

import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import ModuleType
from typing import Any, TypeVar

Task = TypeVar("Task")


NOT_HERE = (ImportError, NotImplementedError, OSError)
"""What is raised where there is no starting of processes."""


class DeadWorkerError(Exception):
    """What comes of a task whose process ended before it was done."""


class NoProcessError(Exception):
    """No process can be started here, as in a browser or inside a daemon process."""


def work(
    function: Callable[[Task], Any], tasks: Sequence[Task], count: int
) -> Iterator[tuple[int, Any]]:
    """Have ``count`` processes apply a function; gives each task's place and what came of it.

    What comes of a task is a result, or the exception that stood in the way. They come in the order
    in which they are done. Function, tasks and results are pickled, the function by its name.
    Closing the iterator ends all processes at once.

    Raises:
        NoProcessError: before anything else, where none can be started.
    """
    waiting = deque(enumerate(tasks))
    busy: dict[_Worker, int] = {}
    idle: list[_Worker] = []
    try:
        for _ in range(min(count, len(tasks))):  # never more than are needed
            idle.append(_Worker(function))
        while waiting or busy:
            while waiting and len(busy) < count:
                worker = idle.pop() if idle else _Worker(function)
                place, task = waiting.popleft()
                busy[worker] = place
                worker.give(task)
            for worker in _answering([*busy]):
                place, found = busy.pop(worker), worker.answer()
                if not isinstance(found, DeadWorkerError):
                    idle.append(worker)
                yield place, found
    finally:
        try:
            _end([*busy, *idle])
        finally:
            _end([*busy, *idle])  # to the end, where Ctrl-C came in between


class _Worker:
    """A process that waits for tasks at the other end of a pipe."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        try:
            from multiprocessing import current_process, get_context

            if current_process().daemon:  # pragma: no cover - met in such a process alone
                raise NoProcessError("a daemon process may start no others")
            context = get_context("spawn")
            self.connection, other_end = context.Pipe()
            self._process = context.Process(target=_serve, args=(other_end, function), daemon=True)
            with _main_aside():
                self._process.start()
            other_end.close()  # so that the pipe ends with the process
        except NOT_HERE as error:  # pragma: no cover - in a browser, or a closed container
            raise NoProcessError(str(error)) from error

    def give(self, task: Any) -> None:
        # It may have died while it was idle; the answer will say so.
        with suppress(OSError):
            self.connection.send(task)

    def answer(self) -> Any:
        try:
            return self.connection.recv()
        except (EOFError, OSError):
            self._process.join()
            self.connection.close()
            code = self._process.exitcode
            return DeadWorkerError(f"the worker process ended in the middle, with exit code {code}")

    def tell_to_end(self) -> None:
        self._process.terminate()

    def wait_for_end(self) -> None:
        self._process.join()
        self.connection.close()


def _end(workers: list[_Worker]) -> None:
    """End them, also those that have ended; all are told before any is waited for."""
    for worker in workers:
        worker.tell_to_end()
    for worker in workers:
        worker.wait_for_end()


def _answering(workers: list[_Worker]) -> list[_Worker]:
    """Those that have an answer, or have died; waits for the first."""
    from multiprocessing.connection import wait

    ready = wait([worker.connection for worker in workers])
    return [worker for worker in workers if worker.connection in ready]


def _serve(  # pragma: no cover - runs in a process of its own, where no line is counted
    connection: Any, function: Callable[[Any], Any]
) -> None:
    """What a worker does all its life."""
    # Ctrl+C reaches every process of a terminal; the one that began decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            found = function(connection.recv())
        except EOFError:
            return
        except Exception as error:
            # Of an exception itself nobody knows whether it can be pickled.
            found = RuntimeError(f"{type(error).__name__}: {error}")
        try:
            connection.send(found)
        except OSError:  # nobody is there any more
            return


@contextmanager
def _main_aside() -> Iterator[None]:
    """Start processes without the script that is running: each would run it from its beginning.

    They have no need of it, so that no ``if __name__ == "__main__"`` must stand around the call.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def travels(function: Callable[..., Any]) -> bool:
    """Whether another process can import this function by its name."""
    if getattr(function, "__module__", "__main__") == "__main__":
        return False
    try:
        pickle.dumps(function)
    except Exception:
        return False
    return True
