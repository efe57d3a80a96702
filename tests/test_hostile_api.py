"""Objects and processes used in ways nobody planned: each row as promised.

Rows about one module are tested with it, under a name that begins with the row's id.
"""

import builtins
import copy
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import microgradwidgets
from microgradwidgets import MLP, Value, backward, max_margin, moons, show, train
from tests.hostile import ROWS
from tests.processes import run


def assigned():
    x = Value(1.0)
    backward(x * x)[x] = 1.0


def trained(**options):
    return train(MLP(2, [2, 1]), moons(4), **options)


REFUSED = {
    "A001": lambda: setattr(Value(1.0), "data", 2.0),
    "A002": lambda: setattr(Value(1.0), "foo", 2),
    "A003": lambda: delattr(Value(1.0), "data"),
    "A006": lambda: (Value(1.0) * 2).parents.append(1),
    "A007": assigned,
    "A009": lambda: backward(Value(1.0))["x"],
    "A010": lambda: bool(Value(0.0)),
    "A012": lambda: Value(1.0) < Value(2.0),
    "A014": lambda: int(Value(1.5)),
    "A021": lambda: Value(1.0, label=5),
    "A022": lambda: Value(1.0, label="x" * 10**7),
    "A023": lambda: Value(1.0) + None,
    "A024": lambda: Value(1.0) + "1",
    "A025": lambda: Value(1.0)(),
    "A026": lambda: MLP(0, [1]),
    "A027": lambda: MLP(2, []),
    "A028": lambda: MLP(2, [-1]),
    "A029": lambda: MLP(2, [2.5]),
    "A030": lambda: MLP(2, [1])([1.0]),
    "A031": lambda: MLP(2, [1])([1.0, 2.0, 3.0]),
    "A032": lambda: MLP(2, [1])("ab"),
    "A033": lambda: trained(learning_rate=float("nan")),
    "A034": lambda: trained(learning_rate=-1),
    "A035": lambda: trained(steps=0),
    "A037": lambda: train(MLP(2, [1]), ([], [])),
    "A038": lambda: max_margin(MLP(2, [1]), [[0.0, 1.0]], [0]),
    "A039": lambda: moons(1),
    "A040": lambda: moons(100, seed="x"),
    "A042": lambda: show(5),
}
ANSWERED = {
    "A004": lambda: Value(1.0).grad,
    "A008": lambda: backward(Value(2.0) * 3)[Value(1.0)],
    "A011": lambda: Value(1.0) == Value(1.0),
    "A013": lambda: float(Value(1.5)),
}


@pytest.mark.parametrize("row", REFUSED)
def test_what_makes_no_sense_is_an_error_that_says_so(row):
    promised = ROWS[row]["expect"]
    message = re.escape(promised["message_has"]) if "message_has" in promised else "."
    with pytest.raises(getattr(builtins, promised["raises"]), match=message):
        REFUSED[row]()


@pytest.mark.parametrize("row", ANSWERED)
def test_what_may_surprise_has_its_documented_answer(row):
    answer = ANSWERED[row]()
    assert repr(answer) == repr(ROWS[row]["expect"]["returns"])


def test_a005_going_past_the_guard_is_deliberate_and_touches_one_value():
    x = Value(1.0)
    y = x * 3
    object.__setattr__(x, "data", 2.0)
    assert (x.data, y.data) == (2.0, 3.0)


def test_a017_a_copy_is_the_value_itself():
    value = Value(1.0) * 2
    assert copy.copy(value) is copy.deepcopy(value) is value


def test_a020_the_library_opens_no_pickle_and_runs_no_text():
    loaders = re.compile(r"\b(pickle\.loads?|Unpickler|marshal|shelve|eval\(|exec\()")
    sources = list(Path(microgradwidgets.__file__).parent.rglob("*.py"))
    assert len(sources) > 15
    assert [path.name for path in sources if loaders.search(path.read_text("utf-8"))] == []


def test_a041_a_hundred_processes_with_random_hash_seeds_agree_to_the_bit():
    code = """
import hashlib, random
from microgradwidgets import Value, backward
source = random.Random(1337)
weights = [Value(source.uniform(-1, 1), label=str(n)) for n in range(50)]
for step in range(5):
    loss = Value.sum((w * w - w).tanh() * weights[3] for w in weights)
    gradients = backward(loss)
    weights = [Value(w.data - 0.1 * gradients[w], label=w.label) for w in weights]
numbers = [loss.data, *gradients.values(), *(w.data for w in weights)]
print(hashlib.sha256(repr(numbers).encode()).hexdigest())
"""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        hashes = set(pool.map(run, [code] * 100))
    assert len(hashes) == ROWS["A041"]["expect"]["distinct_sha256"]
