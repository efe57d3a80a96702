"""Ids are unique: across threads, after a fork, and they always grow."""

import os
import threading

import pytest

from microgradwidgets import Value, ids
from microgradwidgets.engine import fresh_id
from tests.processes import run


def test_a058_a_million_values_in_eight_threads_have_a_million_ids():
    drawn = [[] for _ in range(8)]
    together = threading.Barrier(8)

    def make(ids):
        together.wait()
        ids.extend([Value(0.0).id for _ in range(125_000)])

    threads = [threading.Thread(target=make, args=(ids,)) for ids in drawn]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set().union(*drawn)) == 1_000_000
    assert all(ids == sorted(ids) for ids in drawn)


def test_an_id_drawn_before_some_work_is_smaller_than_all_that_is_made():
    before = fresh_id()
    x = Value(1.0)
    assert before < x.id < (x + 1).id < fresh_id()


FORK = """
import os, pickle, warnings
from microgradwidgets import Value, backward
from microgradwidgets.engine import fresh_id

def sent_by_child(work):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump(work(), pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        received = pickle.load(pipe)
    assert os.waitpid(child, 0)[1] == 0
    return received

shared = Value(3.0, label="shared")
last = fresh_id()

def child():
    mine = [Value(float(n)) for n in range(1000)]
    grandchild = sent_by_child(lambda: [Value(1.0).id for _ in range(1000)])
    ids = [value.id for value in mine]
    assert all(n > last for n in ids + grandchild)
    return ids, grandchild, (shared * mine[5]).tanh(), backward(shared * mine[5]).to_map()

first, grandchild, theirs, _ = sent_by_child(child)
second, *_ = sent_by_child(child)
ours = [Value(float(n)) for n in range(1000)]
raw = first + grandchild + second + [value.id for value in ours]
assert len(set(raw)) == 4000, "raw ids collide"
assert not set(theirs.graph) & set(raw), "loaded ids collide"
both = theirs * ours[2] + shared
gradients = backward(both)
assert gradients[shared] == 1.0
assert len(both.graph) == len(theirs.graph) + 4
print("unique")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a059_parent_child_and_grandchild_never_share_an_id():
    assert run(FORK) == "unique\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_pool_of_forked_workers_sends_back_values_that_combine():
    printed = run(
        """
import multiprocessing
from microgradwidgets import Value, backward

def square(n):
    return Value(float(n), label=str(n)) ** 2

context = multiprocessing.get_context("fork")
with context.Pool(4) as pool:
    squares = pool.map(square, range(40))
total = Value.sum(squares)
assert len(total.graph) == 121
gradients = backward(total)
leaves = [value.parents[0].parent for value in squares]
print([gradients[leaf] for leaf in leaves] == [2.0 * n for n in range(40)], total.data)
"""
    )
    assert printed == "True 20540.0\n"


def test_a_forked_process_leaves_the_ids_of_its_parent_by_a_random_leap(monkeypatch):
    asked = []

    def random_bytes(count):
        asked.append(count)
        return bytes([0] * (count - 1) + [5])

    monkeypatch.setattr(ids, "draw", ids.draw)
    monkeypatch.setattr(os, "urandom", random_bytes)
    last = fresh_id()
    ids._leave_the_ids_of_the_parent_process()
    assert fresh_id() == last + 1 + (6 << 40)
    assert asked == [7], "so many that two children hardly ever leap equally far"
