"""Letting go of long chains, when Ctrl-C comes while a value goes."""

import time

import pytest

from microgradwidgets import Value, unravelling
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


def test_what_comes_again_waits_until_the_value_has_gone():
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        and_wait(unravelling._interrupt)
    assert time.monotonic() - begun >= unravelling.A_MOMENT


def test_a_list_is_emptied_by_one_frame_however_much_comes_to_it():
    work, gone = WorkList(), []

    class Link:
        def __init__(self, left):
            self.left = left

        def __del__(self):
            gone.append(self.left)
            if self.left:
                work.held.append(Link(self.left - 1))
            work.empty()

    work.held.append(Link(5000))
    work.empty()
    assert gone == [*range(5000, -1, -1)]
    assert (work.held, work.emptying) == ([], False)
