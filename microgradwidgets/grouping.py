"""A learner's own groups: ``with group("attention"):`` makes one part of the graph with a name.

A value that is made while a group is open is born with the group's entry in it, so that nothing
is marked afterwards, nothing is kept in a register, and the group lives as long as its values.
Which group is open is a matter of the thread or asyncio task, so none gets the values of another.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from inspect import (
    CO_ASYNC_GENERATOR,
    CO_GENERATOR,
    isasyncgenfunction,
    iscoroutinefunction,
    isgeneratorfunction,
)
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from . import watching
from .arithmetic import described
from .ids import fresh_id
from .immutable import checked_label, set_annotation
from .records import Annotation, Entry

if TYPE_CHECKING:
    from .engine import Value

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


class _Block:
    """A group that is open, and the frame of the ``with``."""

    def __init__(self, entry: Entry, outer: _Block | None, frame: FrameType) -> None:
        self.entry = entry
        self.annotation = Annotation(within=entry)
        self.outer = outer
        self.frame: FrameType | None = frame
        self.may_sleep = bool(frame.f_code.co_flags & (CO_GENERATOR | CO_ASYNC_GENERATOR))

    @property
    def is_open(self) -> bool:
        return self.frame is not None

    @property
    def is_running(self) -> bool:
        """Whether what is done now may be done inside.

        A generator that has yielded leaves its ``with`` open while its caller goes on. Nobody
        called it then, so its frame has no frame behind it.
        """
        return self.frame is not None and not (self.may_sleep and self.frame.f_back is None)


_innermost: ContextVar[_Block | None] = ContextVar("group", default=None)


class group:  # noqa: N801
    """What is made in this block is one part of the graph, drawn as one box that opens.

    Args:
        name: what the box is called. Where a name comes several times in one place, as in a loop,
            the diagram numbers them: "head 1", "head 2".

    Groups nest. It is also a decorator: every call of the function is a group of its own, for a
    generator or a coroutine too, from its first step to its last. A group changes no number and
    no derivative; :class:`Tape` and ``pickle`` keep it.

    >>> from microgradwidgets import Tape, Value
    >>> x = Value(2.0, label="x")
    >>> with group("square"):
    ...     y = x * x
    >>> @group("cube")
    ... def cube(v):
    ...     return v * v * v
    >>> [part.name for part in Tape.record(cube(y) + cube(x)).groups]
    ['square', 'cube 1', 'cube 2']
    """

    __slots__ = ("_block", "_name")

    def __init__(self, name: str) -> None:
        if not isinstance(name, str):
            raise TypeError(f"expected name to be a str, got: {described(name)}")
        self._name = cast("str", checked_label(name))
        self._block: _Block | None = None

    def __enter__(self) -> group:
        if self._block is not None:
            raise RuntimeError(
                f"expected a group that is not open yet, got: {self!r} once more; "
                "write group(...) in each with"
            )
        outer = _innermost.get()
        around = _running(outer)
        entry = Entry(self._name, fresh_id(), None if around is None else around.entry)
        self._block = _Block(entry, outer, sys._getframe(1))
        try:
            watching.active.add(self._block)
            _innermost.set(self._block)
            return self
        except BaseException:  # Ctrl-C: what was not entered is never left
            self._close()
            raise

    def __exit__(self, *error: object) -> None:
        try:
            if self._block is None:
                raise RuntimeError(f"expected a group that is open, got: {self!r}")
            self._close()
        finally:
            self._close()  # to the end, where Ctrl-C came in between

    def _close(self) -> None:
        """Take the block out; done before, it changes nothing."""
        block = self._block
        if block is None:
            return
        watching.active.discard(block)
        block.frame = None
        # Not simply the one before: a generator may end while its caller is in another group.
        innermost = _innermost.get()
        while innermost is not None and not innermost.is_open:
            innermost = innermost.outer
        _innermost.set(innermost)
        self._block = None

    def __call__(self, function: AnyFunction) -> AnyFunction:
        if not callable(function) or isinstance(function, type) or isasyncgenfunction(function):
            raise TypeError(
                f"expected a function, coroutine or generator to group, got: {described(function)}"
            )
        name = self._name

        @wraps(function)
        def call(*args: Any, **options: Any) -> Any:
            with group(name):
                return function(*args, **options)

        @wraps(function)
        async def run(*args: Any, **options: Any) -> Any:
            with group(name):
                return await function(*args, **options)

        @wraps(function)
        def generate(*args: Any, **options: Any) -> Any:
            with group(name):
                return (yield from function(*args, **options))

        if iscoroutinefunction(function):
            return cast("AnyFunction", run)
        return cast("AnyFunction", generate if isgeneratorfunction(function) else call)

    def __repr__(self) -> str:
        return f"group({self._name!r})"


def _running(innermost: _Block | None) -> _Block | None:
    """The innermost block that what is done now is done in."""
    while innermost is not None and not innermost.is_running:
        innermost = innermost.outer
    other = innermost
    while other is not None:
        other = other.outer
        if other is not None and other.may_sleep and other.is_running:
            return _nearest(innermost) or innermost
    return innermost


def _nearest(block: _Block | None) -> _Block | None:
    """The block nearest on the stack: a generator's own, also where it was resumed in another."""
    blocks: dict[FrameType | None, _Block] = {}
    while block is not None:
        if block.is_running:
            blocks.setdefault(block.frame, block)
        block = block.outer
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame not in blocks:
        frame = frame.f_back
    return blocks.get(frame)


def mark(value: Value) -> None:
    """Called for every new value while a group is open anywhere: puts it into the one here."""
    block = _running(_innermost.get())
    if block is None:
        return
    known = value._annotation
    set_annotation(value, block.annotation if known is None else known._replace(within=block.entry))
