"""The engine that a learner writes in *Build it yourself*, held against ours."""

from dataclasses import FrozenInstanceError
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microgradwidgets import Value, backward
from tests.lessons import FOLDER, read

NOTEBOOK = read(FOLDER / "07_build_it_yourself.ipynb")
ENGINE = [c.source for c in NOTEBOOK.cells if "engine" in c.metadata.get("tags", [])]
FUNCTIONS = ("tanh", "exp", "relu")

operations = st.lists(
    st.tuples(
        st.sampled_from(["+", "-", "*", "/", "**", "neg", *FUNCTIONS]),
        st.integers(0, 20),
        st.integers(0, 20),
    ),
    min_size=1,
    max_size=20,
)
exact = st.lists(
    st.tuples(st.sampled_from(["+", "*", "relu"]), st.integers(0, 20), st.integers(0, 20)),
    min_size=1,
    max_size=20,
)
leaves = st.lists(st.floats(0.25, 2.0) | st.floats(-2.0, -0.25), min_size=1, max_size=4)


def engine():
    """What the cells define."""
    names = {"__name__": "engine"}
    exec("\n".join(ENGINE), names)
    return names


NAMES = engine()
THEIRS = SimpleNamespace(**NAMES)


def built(pool, steps, functions):
    """The same expression of whatever the leaves are."""
    pool = [*pool]
    for op, i, j in steps:
        a, b = pool[-1 - i % len(pool)], pool[-1 - j % len(pool)]
        made = {
            "+": lambda a=a, b=b: a + b,
            "-": lambda a=a, b=b: 1 - a - b,
            "*": lambda a=a, b=b: a * b,
            "/": lambda a=a, b=b: a / (b * b + 1) + 2 / (a * a + 1),
            "**": lambda a=a: a**3,
            "neg": lambda a=a: -a,
        }
        value = made[op]() if op in made else functions[op](a)
        if abs(value.data) < 4.0:  # where 1 - t² has digits left
            pool.append(value)
    return pool[-1]


def both(numbers, steps):
    """Ours and theirs: the output, and the gradients of the leaves."""
    values, own = [Value(x) for x in numbers], [THEIRS.Number(x) for x in numbers]
    value = built(values, steps, {name: getattr(Value, name) for name in FUNCTIONS})
    number = built(own, steps, NAMES)
    ours, theirs = backward(value), THEIRS.backward(number)
    return (
        (value.data, [ours[x] for x in values]),
        (number.data, [theirs.get(x, 0.0) for x in own]),
    )


def test_it_has_at_most_60_lines():
    assert len([line for cell in ENGINE for line in cell.splitlines() if line.strip()]) <= 60


def test_a_number_never_changes():
    a = THEIRS.Number(2.0)
    with pytest.raises(FrozenInstanceError):
        a.data = 3.0
    b = a * a
    assert THEIRS.backward(b)[a] == THEIRS.backward(b)[a] == 4.0
    assert [(operand is a, local) for operand, local in b.edges] == [(True, 2.0), (True, 2.0)]


@given(leaves, exact)
def test_sums_and_products_have_the_same_bits(numbers, steps):
    ours, theirs = both(numbers, steps)
    assert theirs == ours


@settings(max_examples=300)
@given(leaves, operations)
def test_its_gradients_are_ours(numbers, steps):
    (data, ours), (other, theirs) = both(numbers, steps)
    assert other == pytest.approx(data, rel=1e-9, abs=1e-9)
    assert theirs == pytest.approx(ours, rel=1e-9, abs=1e-9 * max(map(abs, ours)))


def test_its_vectors_have_the_gradients_of_its_numbers():
    names = dict(NAMES)
    for cell in NOTEBOOK.cells:
        if cell.id in ("build-vector", "build-vector-backward"):
            exec(cell.source, names)
    rows, numbers = [[0.5, -1.0, 0.25], [2.0, -0.75, 1.5]], [0.3, -0.2, 0.7]
    x = names["Vector"](numbers)
    scores = names["layer"](rows, names["tanh_each"](x))
    out = names["total"](names["tanh_each"](scores))
    own = [THEIRS.Number(number) for number in numbers]
    squashed = [THEIRS.tanh(a) for a in own]
    same = sum(THEIRS.tanh(sum(w * a for w, a in zip(row, squashed, strict=True))) for row in rows)
    theirs = THEIRS.backward(same)
    assert out.data[0] == pytest.approx(same.data)
    assert names["backward_vectors"](out)[x] == pytest.approx([theirs[a] for a in own])


def test_the_expression_of_three_engines_is_that_of_pytorch():
    torch = pytest.importorskip("torch")
    (cell,) = [cell for cell in NOTEBOOK.cells if cell.id == "build-three-engines"]
    names = dict(NAMES)
    exec(cell.source.partition("\na, b")[0], names)
    own = [THEIRS.Number(x) for x in (-4.0, 2.0)]
    tensors = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in (-4.0, 2.0)]
    number = names["front_page"](*own, THEIRS.relu)
    tensor = names["front_page"](*tensors, torch.relu)
    tensor.backward()
    theirs = THEIRS.backward(number)
    assert number.data == tensor.item()
    assert [theirs[a] for a in own] == pytest.approx([t.grad.item() for t in tensors], rel=1e-14)
