"""Graphs of the real PyTorch, where it is installed: it is too large to ask of everybody."""

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import Tape, backward, compare_gradients, from_torch, nodes, to_python

torch = pytest.importorskip("torch", reason="PyTorch is not installed (pip install torch)")


def leaf(number, dtype=torch.float64):
    return torch.tensor(number, requires_grad=True, dtype=dtype)


def code(tensor, **names):
    """The expression as one line of Python."""
    return to_python(from_torch(tensor, names=names)).splitlines()[-1].partition(" = ")[2]


def gradient(value, label):
    gradients = backward(value)
    return next(gradients[key] for key, node in value.graph.items() if node.label == label)


@pytest.mark.parametrize(
    "expression",
    [
        "a + b", "a - b", "a * b", "a / b", "a**3", "a**0.5", "-a", "a.relu()", "a.tanh()",
        "a.exp()", "a.log()", "a.sigmoid()", "a * a", "a + a", "2.5 * a", "a / 4.0",
    ],
)  # fmt: skip
def test_an_operation_is_shown_as_it_was_written(expression):
    names = {"a": leaf(0.5), "b": leaf(3.0)}
    written = eval(expression, {**names})
    assert code(written, **names) == expression.replace("2.5 * a", "a * 2.5")
    assert from_torch(written).data == pytest.approx(written.item(), rel=1e-15)


@pytest.mark.parametrize(
    "expression, shown",
    [
        ("torch.add(a, b, alpha=2)", "a + b * 2.0"),
        ("torch.sub(a, b, alpha=3)", "a - b * 3.0"),
        ("torch.rsub(a, b, alpha=3)", "b - a * 3.0"),
        ("torch.rsub(a, b)", "b - a"),
        ("a.square()", "a**2"),
        ("a.sqrt()", "a**0.5"),
        ("a.rsqrt()", "a**-0.5"),
        ("a.reciprocal()", "a**-1"),
        ("1 / a", "a**-1 * 1.0"),
        ("torch.relu(a)", "a.relu()"),
        ("torch.nn.functional.relu(a)", "a.relu()"),
        ("a**torch.tensor(2.0)", "a**2"),
        ("a**b", "(b * a.log()).exp()"),
        ("2.0**a", "(a * 0.6931471805599453).exp()"),
        ("c / a", "5.0 / a"),
        ("a.detach() * b", "0.5 * b"),
        ("a.view(1).squeeze().unsqueeze(0).clone() * b", "a * b"),
        ("(a * b).to(torch.float32) * 2", "a * b * 2.0"),
    ],
)
def test_others_are_made_of_those_that_are_here(expression, shown):
    names = {"a": leaf(0.5), "b": leaf(3.0)}
    written = eval(expression, {"torch": torch, "c": torch.tensor(5.0), **names})
    assert code(written, **names) == shown
    written.backward(retain_graph=True)
    rows = compare_gradients(written, names=names)
    assert [row["label"] for row in rows if row["ok"]] == [row["label"] for row in rows] != []


def test_what_is_used_twice_is_one_node():
    a, c = leaf(2.0), torch.tensor(5.0)
    h = a * c
    value = from_torch((h * h + a) * c, names=locals())
    assert [row["label"] for row in nodes(value)] == ["a", "c", "h", "", "", ""]
    value = from_torch((h * h) * c, names=locals())
    assert [row["label"] for row in nodes(value)] == ["a", "c", "h", "", ""]


def test_a_leaf_alone():
    a = leaf(2.0)
    assert repr(from_torch(a, names={"a": a})) == "Value(data=2.0, label='a')"


# -- numbers that were added and not kept ----------------------------------------------------------


@pytest.mark.parametrize(
    "expression, shown",
    [
        ("a + 1", "a + 1.0"),
        ("1 - a", "1.0 - a"),
        ("a - 0.1", "a - 0.1"),
        ("torch.rsub(a, 0.7, alpha=2)", "0.7 - a * 2.0"),
        ("c + a", "a + 5.0"),  # there a plain number goes behind
        ("(a * b + 0.3).relu()", "(a * b + 0.3).relu()"),
        ("(a * b - 0.3).tanh()", "(a * b - 0.3).tanh()"),
        ("(a + 1e-3).exp() * 2", "(a + 0.001).exp() * 2.0"),
        ("((a + 2).sigmoid() - 0.5) ** 2", "((a + 2.0).sigmoid() - 0.5)**2"),
        ("-(a + 1)", "-(a + 1.0)"),
        ("(a + 2) * (b + 3)", "(a + 2.0) * (b + 3.0)"),
        ("(a * b + 4) / 3 + b", "(a * b + 4.0) / 3.0 + b"),
        ("(a + 0.2).view(1).clone().tanh()", "(a + 0.2).tanh()"),
        ("sum([a * a, b, a])", "a * a + 0.0 + b + a"),
        ("sum([a * a, b, a]) / 3", "(a * a + 0.0 + b + a) / 3.0"),
        ("((a + 1) ** 2 + 3) ** 2", "((a + 1.0)**2 + 3.0)**2"),
    ],
)
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_a_plain_number_is_found_out_from_the_result(expression, shown, dtype):
    a, b, c = leaf(0.75, dtype), leaf(0.5, dtype), 5.0
    found = code(eval(expression, {"torch": torch, "a": a, "b": b, "c": c}), a=a, b=b)
    assert found == shown


@pytest.mark.parametrize(
    "expression",
    [
        "a + 1 + 2",  # only their sum is known
        "(a + 1) + (b + 2)",
        "(a - 7).relu()",  # 0 comes of all below zero
        "(a + 90).tanh()",  # 1, to all digits
        "(a + 15).tanh()",  # known to a few digits alone
    ],
)
def test_a_number_that_cannot_be_found_out_is_an_error(expression):
    written = eval(expression, {"a": leaf(0.75), "b": leaf(0.5)})
    with pytest.raises(ValueError, match=r"got: one of (Add|Sub)Backward0 that was not kept"):
        from_torch(written)


def test_as_a_leaf_it_can_be_shown():
    a, one, two = leaf(0.75), leaf(1.0), leaf(2.0)
    assert code(a + one + two, a=a) == "a + 1.0 + 2.0"


# -- the whole -------------------------------------------------------------------------------------

FUNCTIONS = ("neg", "relu", "tanh", "exp", "log", "sigmoid", "sqrt")
_step = st.tuples(
    st.sampled_from(["+", "-", "*", "/", "**", "constant", *FUNCTIONS]),
    st.integers(0, 9),
    st.integers(0, 9),
)


@given(st.lists(st.floats(0.1, 2.0), min_size=1, max_size=4), st.lists(_step, max_size=15))
def test_every_expression_has_its_number_and_gradients(numbers, steps):
    leaves = [leaf(number) for number in numbers]
    made = [*leaves]
    for op, first, second in steps:
        a, b = made[-1 - first % len(made)], made[-1 - second % len(made)]
        if op in ("+", "-", "*"):
            new = {"+": a + b, "-": a - b, "*": a * b}[op]
        elif op == "constant":
            new = (a * 0.5, a / 4)[second % 2]
        elif op == "/":
            new = a / b if abs(b.item()) > 0.01 else a
        elif op == "**":
            new = a**second
        elif op in ("log", "sqrt"):
            new = getattr(a, op)() if a.item() > 0.01 else a
        else:
            new = getattr(a, op)()
        if abs(new.item()) < 1e4:
            made.append(new)
    output = made[-1]
    output.backward(retain_graph=True)
    value = from_torch(output)
    assert value.data == pytest.approx(output.item(), rel=1e-9, abs=1e-9)
    rows = compare_gradients(output, names={f"x{i}": x for i, x in enumerate(leaves)})
    assert all(row["ok"] for row in rows), rows
    assert all(row["label"] for row in rows)


def test_a_training_step_in_single_precision():
    torch.manual_seed(0)
    w, b = (torch.nn.Parameter(torch.tensor(x)) for x in (0.3, -0.1))
    data = [(0.1, 1.0), (0.7, -1.0), (-0.4, 1.0)]
    loss = sum((torch.tanh(w * x + b) - y) ** 2 for x, y in data) / 3
    loss.backward(retain_graph=True)
    names = {"w": w, "b": b, "loss": loss}
    value = from_torch(loss, names=names)
    assert value.label == "loss"
    assert value.data == pytest.approx(loss.item(), rel=1e-6)
    assert len(value.graph) == 30
    rows = compare_gradients(loss, names=names)
    assert [(row["label"], row["ok"]) for row in rows] == [("w", True), ("b", True)]
    loss.backward()  # twice: adds to what is there
    loss = sum((torch.tanh(w * x + b) - y) ** 2 for x, y in data) / 3
    rows = compare_gradients(loss, names=names)
    assert [row["ok"] for row in rows] == [False, False]
    assert [row["theirs"] / row["grad"] for row in rows] == pytest.approx([2.0, 2.0], rel=1e-5)


def test_a_deep_graph_is_no_matter():
    a = y = leaf(1.0)
    for _ in range(20_000):
        y = y + a
    value = from_torch(y, names={"a": a})
    assert value.data == gradient(value, "a") == 20_001.0
    assert len(Tape.record(value)) == 20_001
    del y
    gc.collect()


# -- refusals --------------------------------------------------------------------------------------


def test_what_is_no_tensor_is_refused():
    with pytest.raises(TypeError, match=r"expected a tensor of PyTorch, got: float 3\.0"):
        from_torch(3.0)


def test_more_than_one_number_is_refused():
    v = torch.ones(3, requires_grad=True)
    with pytest.raises(ValueError, match=r"the tensor to be one number.* of shape \(3,\)"):
        from_torch(v * 2)
    with pytest.raises(ValueError, match="this engine has, got: 'SumBackward0'; there are Add, Su"):
        from_torch((v * 2).sum())
    with pytest.raises(ValueError, match="got: 'SelectBackward0'"):
        from_torch(v[0] * 2)


def test_another_operation_is_named():
    with pytest.raises(ValueError, match="got: 'SinBackward0'"):
        from_torch(leaf(1.0).sin())


def test_a_power_of_what_has_no_logarithm_is_refused():
    with pytest.raises(ValueError, match=r"expected a base above 0 .* got: -2\.0"):
        from_torch((-2.0) ** leaf(2.0))
    with pytest.raises(ValueError, match=r"'PowBackward1' \(4\.0\) to be nan"):
        from_torch(leaf(-2.0) ** leaf(2.0))


def test_a_kind_of_number_that_cannot_be_shown_is_named():
    with pytest.raises(
        ValueError, match=r"expected a tensor of torch\.float64, .* got: torch\.int"
    ):
        from_torch(torch.tensor(3))
    with pytest.raises(TypeError, match="real scalar, got: complex"):
        from_torch(torch.tensor(1j, requires_grad=True) * 2)


def test_a_graph_that_was_freed_says_so():
    a = leaf(2.0)
    y = a * a
    y.backward()
    with pytest.raises(ValueError, match=r"MulBackward0 .* freed them, .*retain_graph=True"):
        from_torch(y)


def test_a_tensor_that_was_changed_in_place_is_noticed():
    a, b = leaf(2.0), leaf(3.0)
    product, total = a * b, a + b
    with torch.no_grad():
        a += 1
    with pytest.raises(ValueError, match="a tensor was changed in place"):
        from_torch(product)
    with pytest.raises(ValueError, match=r"'AddBackward0' \(5\.0\) to be 6\.0, .* were numbers ch"):
        from_torch(total)
