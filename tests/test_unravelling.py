"""Letting go of long chains, when Ctrl-C comes while a value goes."""

import sys
import time
from types import SimpleNamespace

import pytest

from microgradwidgets import Value, unravelling
from microgradwidgets.engine import LINKS_PER_KNOT
from microgradwidgets.unravelling import WorkList, let_go


class Interrupted(WorkList):
    """A list that Ctrl-C finds while it is emptied."""

    def empty(self):
        raise KeyboardInterrupt


def and_wait(act, *arguments):
    """Do it, and go on until the interrupt comes."""
    act(*arguments)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        pass


def test_an_interrupt_while_a_value_goes_comes_again_in_a_moment():
    """``__del__`` would drop it, and the loop in which that happened would go on."""
    with pytest.raises(KeyboardInterrupt):
        and_wait(let_go, Value(1.0) + 1.0, Interrupted())


def test_an_interrupt_before_its_first_line_comes_again_too(monkeypatch):
    """Python looks for signals when a function is called, where no ``try`` of it can hear them."""
    monkeypatch.setattr(sys, "unraisablehook", unravelling._dropped)
    values = [Value(1.0)]
    for _ in range(2 * LINKS_PER_KNOT):
        values[0] = values[0] + 1.0
    before = sys.gettrace()

    def at_the_call(frame, event, _argument):
        if event == "call" and frame.f_code is let_go.__code__:
            raise KeyboardInterrupt  # and Python traces no more

    sys.settrace(at_the_call)
    try:
        with pytest.raises(KeyboardInterrupt):
            and_wait(values.clear)
    finally:
        sys.settrace(before)


def test_what_python_tells_of_such_an_interrupt_brings_it_again():
    told = SimpleNamespace(object=let_go, exc_type=KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        and_wait(unravelling._dropped, told)


def test_other_things_that_are_dropped_are_told_as_ever(monkeypatch):
    told = []
    monkeypatch.setattr(unravelling, "_told_before", told.append)
    monkeypatch.setattr(sys, "unraisablehook", unravelling._dropped)

    class Bad:
        def __del__(self):
            raise KeyboardInterrupt

    Bad()
    assert [one.exc_type for one in told] == [KeyboardInterrupt]


def test_what_comes_again_waits_until_the_value_has_gone():
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        and_wait(unravelling._interrupt)
    assert time.monotonic() - begun >= unravelling.A_MOMENT


def test_a_list_is_emptied_by_one_frame_however_much_comes_to_it():
    work, gone, depth = WorkList(), [], 0

    class Link:
        def __init__(self, left):
            self.left = left

        def __del__(self):
            nonlocal depth
            depth += 1
            gone.append((self.left, depth))
            if self.left:
                work.held.append(Link(self.left - 1))
            work.empty()
            depth -= 1

    work.held.append(Link(5000))
    work.empty()
    assert gone == [(left, 1) for left in range(5000, -1, -1)]
    assert (work.held, work.emptying) == ([], False)


def test_operands_go_to_the_list_and_not_from_within_their_result():
    class Kept(WorkList):
        def empty(self):
            pass

    work, a, b = Kept(), Value(1.0), Value(2.0)
    let_go(a + b, work)
    assert work.held == [(a, b)]


def test_where_there_are_no_threads_nothing_comes_again(monkeypatch):
    def none(*_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(unravelling._thread, "start_new_thread", none)
    let_go(Value(1.0) + 1.0, Interrupted())
