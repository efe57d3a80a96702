"""Chains as long as they come, on the smallest stack there is.

``python deep_chain.py 1000000`` takes each shape in turn and prints its name. It needs the
standard library alone, so that any CPython and Pyodide can run it. The cycle collector is off:
what is not freed by itself stays, and is found.
"""

import gc
import pickle
import sys
import threading
import time
import weakref

from microgradwidgets import Value, backward
from microgradwidgets.weighted_sum import weighted_sum

SMALLEST_STACK = 65_536


def left_operands(length):
    x = y = Value(0.0, label="x")
    one = Value(1.0)
    for _ in range(length):
        y = y + one
    return x, y, 1.0


def right_operands(length):
    x = y = Value(0.0)
    for _ in range(length):
        y = 1.0 - y
    return x, y, -1.0 if length % 2 else 1.0


def one_operand(length):
    x = y = Value(1.0)
    for _ in range(length):
        y = -y
    return x, y, -1.0 if length % 2 else 1.0


def doublings(length):
    """2ⁿ paths in n steps."""
    x = y = Value(1.0)
    for _ in range(length):
        y = y + y
    return x, y, 2.0**length if length < 1024 else float("inf")


def labelled_copies(length):
    x = y = Value(0.0)
    for step in range(length):
        y = (y + 1.0).with_label("y")
        if step % 3 == 0:
            y = y.with_group("step", y.id)
    return x, y, 1.0


def interleaved_chains(length):
    """64 chains that look at each other, advanced in turn."""
    x = Value(0.0)
    heads = [x] * 64
    for step in range(length):
        heads[step % 64] = heads[step % 64] + heads[step % 64 - 1]
    return x, Value.sum(heads), None


def held_in_places(length):
    """Every tenth value is held; the first half is let go first, the rest from the end."""
    x = y = Value(0.0)
    held = []
    for step in range(length):
        y = y + x
        if step % 10 == 0:
            held.append(y)
    del held[: len(held) // 2]
    while held:
        held.pop()
    return x, y, length + 1.0


def wide_fan_out(length):
    x = Value(1.0)
    return x, Value.sum([x * 2.0 for _ in range(length)]), 2.0 * length


def layers(length):
    """Neurons one behind the other, whose sums nobody looks at but every tenth."""
    x = y = Value(1.0)
    zero, half = Value(0.0), Value(0.5)
    for step in range(length):
        y = weighted_sum(zero, (half, half), (y, y))
        if step % 10 == 0:
            assert len(y.parents) == 2
    return x, y, 1.0


SHAPES = [right_operands, one_operand, doublings, labelled_copies, interleaved_chains]
SHAPES += [held_in_places, wide_fan_out, layers]


def check(shape, length):
    """Build, differentiate, hash, print and free."""
    x, y, slope = shape(length)
    gradients = backward(y)
    assert slope is None or gradients[x] == slope, gradients[x]
    assert hash(y) == object.__hash__(y)
    assert len(repr(y)) < 200
    gone = [weakref.ref(x), weakref.ref(y)]
    del x, y, gradients
    assert [ref() for ref in gone] == [None, None], "something dropped is still there"


def check_pickle(length):
    """Save, load, and free both."""
    saved = pickle.dumps(left_operands(length)[1])
    loaded = pickle.loads(saved)
    assert loaded.data == length
    gone = weakref.ref(loaded)
    del loaded
    assert gone() is None, "a loaded chain is still there"


def check_all(length):
    gc.disable()
    gc.collect()
    began = time.perf_counter()
    checks = [(left_operands, length), *((shape, length // 10) for shape in SHAPES)]
    for shape, steps in checks:
        check(shape, steps)
        tell(f"{shape.__name__} {steps} {time.perf_counter() - began:.1f}s")
    check_pickle(length)
    tell(f"pickle {length} {time.perf_counter() - began:.1f}s")
    assert gc.collect() == 0, "there were cycles"
    tell("done")


def tell(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def on_the_smallest_stack(function, *arguments):
    """Run in a thread of 64 KB where there are threads, and else as it is."""
    try:
        threading.stack_size(SMALLEST_STACK)
        thread = threading.Thread(target=function, args=arguments)
        thread.start()
    except (RuntimeError, ValueError):
        function(*arguments)
    else:
        thread.join()


if __name__ == "__main__":
    on_the_smallest_stack(check_all, int(sys.argv[1]))
