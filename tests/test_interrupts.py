"""Ctrl-C anywhere: nothing is half-written, and what is asked next is answered as ever."""

from __future__ import annotations

import time
from contextlib import closing
from multiprocessing import active_children

import pytest

from microgradwidgets import (
    MLP,
    Dashboard,
    Tape,
    Value,
    backward,
    detect_anomaly,
    group,
    grouping,
    moons,
    processes,
    show,
    steps,
    train,
    watching,
)
from microgradwidgets.processes import work
from microgradwidgets.unravelling import work_list
from tests.interrupts import OF_DEL, everywhere, interrupted, lines_run
from tests.vectors import lecture_neuron

A, B = Value(2.0, label="a"), Value(-3.0, label="b")
MODEL, DATA = MLP(2, [3, 1]), moons(6)
QUICK = 30
"""Lines that are tried of each by day; by night all are."""

SMALL = {"hidden": [2], "n_samples": 4}


def numbers(value):
    """An expression from end to end: operations, numbers and derivatives, without ids."""
    tape = Tape.record(value)
    return tape.to_bytes(), [*backward(value).to_map().values()]


def operators():
    c = (A * B + 2.0 - B / A) ** 3
    return (-c).tanh().sigmoid().exp() + (A - B).log().relu() + Value.sum([A, B, 1.0])


def in_blocks():
    with group("outer"), detect_anomaly(), group("inner"):
        return operators() * A


def network():
    return MODEL([A, B])


def trained():
    run = train(MODEL, DATA, steps=3, batch_size=4, optimizer="adam")
    return [run.history, [p.data for p in run.final_model.parameters()]]


def three_steps():
    return [repr(step.row()) for step in steps(MODEL, DATA, steps=3)]


def replayed():
    recorded = Tape.record(operators())
    again = recorded.replay({"a": 0.5})
    return [again.to_bytes() if hasattr(again, "to_bytes") else repr(again)]


def shown():
    diagram = show(lecture_neuron())
    try:
        return [diagram.tape, diagram.gradient_table, diagram.state]
    finally:
        diagram.close()


def dashboard():
    one = Dashboard(**SMALL)
    try:
        one.seek(2)
        return [repr(one), one.history, [p.data for p in one.model.parameters()]]
    finally:
        one.close()


ACTS = {
    "operators": lambda: numbers(operators()),
    "in blocks": lambda: numbers(in_blocks()),
    "network": lambda: numbers(network()),
    "replay": replayed,
    "steps": three_steps,
    "train": trained,
    "show": shown,
    "Dashboard": dashboard,
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.usefixtures("_no_widget_left")
def test_an_interrupt_at_any_line_leaves_nothing_half_written(name, night):
    act = ACTS[name]
    expected, inputs = act(), [repr(one) for one in (A, B, *MODEL.parameters())]
    tried = 0
    most = QUICK // 2 if name == "Dashboard" else QUICK  # which is slow
    for line in everywhere(act, None if night else most):
        assert not watching.active, line
        assert grouping._innermost.get() is None, line
        assert act() == expected, line
        tried += 1
    assert tried > 15
    assert [repr(one) for one in (A, B, *MODEL.parameters())] == inputs


# -- processes ------------------------------------------------------------------------------------


def two_processes():
    """One that is done at once, and one that would work for a minute."""
    with closing(work(time.sleep, [0, 60, 60], 2)) as done:
        return next(done)


def test_processes_end_wherever_the_interrupt_comes(night):
    assert two_processes() == (0, None)
    for line in everywhere(two_processes, None if night else QUICK // 2, (processes.__file__,)):
        for child in active_children():  # told to end, if not yet waited for
            child.join(30)
            assert not child.is_alive(), line
    assert two_processes() == (0, None)


# -- while values are let go of -------------------------------------------------------------------


def chain():
    value = Value(1.0)
    for _ in range(500):
        value = value * 0.5
    return value


def let_go_and_wait(line):
    """Let go of a chain, with an interrupt at that line, and go on until it comes."""
    held = [chain()]
    assert interrupted(held.clear, line, 1, OF_DEL)
    end = time.monotonic() + 60
    while time.monotonic() < end:
        pass


def test_an_interrupt_while_values_are_let_go_of_comes_a_moment_later():
    """Python drops what is raised there, and a loop that is to stop would go on."""
    for line in lines_run(chain, OF_DEL):
        with pytest.raises(KeyboardInterrupt):
            let_go_and_wait(line)
        assert not work_list.emptying, line
        chain()
        assert work_list.held == [], line
