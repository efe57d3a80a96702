"""Formulas: what is written means what the graph computes, and reads as one would write it."""

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from microgradwidgets import MLP, Tape, Value, backward, formulas, max_margin, moons, to_latex
from microgradwidgets.arithmetic import UNARY
from microgradwidgets.derivation import Numbers, derive
from microgradwidgets.formula import derivative, size
from microgradwidgets.latex import latex, tape_latex
from microgradwidgets.notation import MOST_SYMBOLS, Notation
from microgradwidgets.symbols import symbol
from microgradwidgets.tape_bytes import LEAF
from microgradwidgets.text import is_blank
from tests import formula_vectors
from tests.graphs import build
from tests.hostile import label_of, rows
from tests.vectors import lecture_neuron, readme_expression

EXACT_EXPONENTS = (2.0, 3.0, -1.0, 0.5, 0.0, 1.0, -2.0, 1.5)
exact_steps = st.lists(
    st.tuples(
        st.sampled_from(("add", "sub", "mul", "divide", *UNARY, "pow")),
        st.integers(0, 4),
        st.integers(0, 40),
        st.sampled_from(EXACT_EXPONENTS),
    ),
    min_size=1,
    max_size=20,
)
some_leaves = st.lists(st.sampled_from((0.5, -1.5, 2.0, -0.25, 3.0)), min_size=1, max_size=4)


def test_the_vectors_in_the_file_are_those_of_today():
    stored = json.loads(formula_vectors.PATH.read_text("ascii"))
    assert stored == json.loads(formula_vectors.document())


# -- what is written means what is computed ------------------------------------------------------


class UnreadableError(Exception):
    """A sum that is not written out, or a derivative that only has a name."""


class Reader:
    """Reads a formula as a person does: by its brackets and by which sign binds tighter."""

    def __init__(self, tape, *, written):
        self.tape, self.data, self.gradients = tape, tape.replay(), tape.gradients()
        self.notation = Notation(tape, lambda i: repr(self.data[i]), written=written)
        self.numbers = Numbers(tape, self.data, self.gradients)
        every = range(len(tape))
        self.called = {self.notation.own(i): i for i in every}
        self.target = self.notation.variable(len(tape) - 1)
        called = [self.notation.variable(i) for i in every]
        # What was written twice is called the same twice: no telling which is meant.
        alone = {i for i in every if called.count(called[i]) == 1}
        self.by = {derivative(self.target, called[i]): i for i in alone}
        self.by |= {derivative(self.target, self.notation.own(i)): i for i in every}

    @property
    def operations(self):
        return [i for i in range(len(self.tape)) if self.tape.ops[i] != LEAF]

    def about(self, i):
        return derive(self.notation, self.numbers, i)

    def number(self, formula):
        return eval(self.code(formula), FUNCTIONS)

    def code(self, formula):
        kind, *parts = formula
        if kind == "number":
            return parts[0]
        if kind == "name":
            return f"({self.data[self.called[formula]]!r})"
        if kind == "terms":
            return " ".join(f"{sign} {self.code(term)}" for sign, term in parts).removeprefix("+ ")
        if kind == "function":
            return f"{parts[0]}({self.code(parts[1])})"
        if kind == "derivative" and formula in self.by:
            return f"({self.gradients[self.by[formula]]!r})"
        if kind not in PATTERNS:
            raise UnreadableError
        return PATTERNS[kind].format(*map(self.code, parts))


PATTERNS = {
    "product": "{} * {}",
    "fraction": "(({}) / ({}))",
    "power": "{} ** ({})",
    "negative": "-{}",
    "brackets": "({})",
    "condition": "float({} > 0)",
}
FUNCTIONS = {name: lambda x, f=f: f(float(x))[0] for name, f in UNARY.items()}


def is_tame(value):
    return value.op == "leaf" or 1e-4 < abs(value.data) < 1e4


tame_values = st.builds(
    lambda leaves, steps: build(leaves, steps, is_tame), some_leaves, exact_steps
)


def assert_reads_as(reader, formula, number, **tolerance):
    try:
        read = reader.number(formula)
    except UnreadableError:
        return
    assert read == pytest.approx(number, **tolerance)


@given(tame_values, st.booleans())
def test_every_formula_gives_the_number_of_its_value(value, written):
    reader = Reader(Tape.record(value), written=written)
    for i in reader.operations:
        assert_reads_as(reader, reader.notation.expanded(i), reader.data[i], rel=1e-9, abs=1e-9)


@given(tame_values, st.booleans())
def test_every_rule_gives_the_local_derivative(value, written):
    """The number beside it is shown to four digits."""
    reader = Reader(Tape.record(value), written=written)
    for i in reader.operations:
        for _, _, *sides in reader.about(i).locals:
            _, shown = sides[-1]
            assert_reads_as(reader, sides[0], float(shown), rel=1e-3, abs=6e-5)


@given(tame_values, st.booleans())
def test_what_the_users_of_a_value_pass_on_is_its_gradient(value, written):
    reader = Reader(Tape.record(value), written=written)
    for i in range(len(reader.tape)):
        _, _, *sides = reader.about(i).total
        for side in sides:
            if "derivative" in str(side):  # in symbols; numbers are rounded
                gradient = reader.gradients[i]
                assert_reads_as(reader, side, gradient, rel=1e-6, abs=1e-6 * (1 + abs(gradient)))


# -- what is said of one value ---------------------------------------------------------------------


def said(output, value=None, **options):
    return [(row["kind"], row["latex"]) for row in formulas(output, value, **options)]


def test_the_lecture_neuron_in_formulas():
    o = lecture_neuron()
    n = o.parents[0].parent
    assert said(o) == [
        (
            "operation",
            r"o = \tanh\left(x_{1} \cdot w_{1} + x_{2} \cdot w_{2} + b\right)"
            r" = \tanh\left(0.8814\right) = 0.7071",
        ),
        (
            "local derivative",
            r"\frac{\partial o}{\partial v_{8}} = 1 - o^{2} = 1 - 0.7071^{2} = 0.5000",
        ),
        ("total derivative", r"\frac{\partial o}{\partial o} = 1"),
        ("where", r"v_{8} = x_{1} \cdot w_{1} + x_{2} \cdot w_{2} + b"),
    ]
    product = n.parents[0].parent.parents[0].parent
    assert said(o, product.parents[0].parent)[1] == (
        "total derivative",
        r"\frac{\partial o}{\partial x_{1}}"
        r" = \frac{\partial o}{\partial \left(x_{1} \cdot w_{1}\right)}"
        r" \cdot \frac{\partial \left(x_{1} \cdot w_{1}\right)}{\partial x_{1}}"
        r" = \frac{\partial o}{\partial \left(x_{1} \cdot w_{1}\right)} \cdot w_{1}"
        r" = 0.5000 \cdot \left(-3\right) = -1.5000",
    )


def test_powers_that_are_none_have_plain_slopes():
    x = Value(2.0, label="x")
    dy = r"\frac{\partial y}{\partial x}"
    for exponent in (0, 1):
        row = said((x**exponent).with_label("y"), x)[1]
        assert row == ("total derivative", rf"{dy} = {exponent} = 1 \cdot {exponent} = {exponent}")


def test_a_quotient_has_the_derivatives_of_a_quotient():
    a, b = Value(2.0, label="a"), Value(-4.0, label="b")
    q = Value.divide(a, b, label="q")
    assert said(q)[:3] == [
        ("operation", r"q = \frac{a}{b} = \frac{2}{-4} = -0.5"),
        (
            "local derivative",
            r"\frac{\partial q}{\partial a} = \frac{1}{b} = \frac{1}{-4} = -0.25",
        ),
        (
            "local derivative",
            r"\frac{\partial q}{\partial b} = -\frac{a}{b^{2}}"
            r" = -\frac{2}{\left(-4\right)^{2}} = -0.125",
        ),
    ]
    assert said(q, notation="primitives")[0] == (
        "operation",
        r"q = a \cdot b^{-1} = 2 \cdot \left(-0.25\right) = -0.5",
    )
    assert said(q, b)[1][1].endswith(r" = 1 \cdot \left(-0.125\right) = -0.125")


def test_a_value_used_twice_has_one_derivative():
    a = Value(3.0, label="a")
    y = Value.mul(a, a, label="y")
    assert said(y)[1] == (
        "local derivative",
        r"\frac{\partial y}{\partial a} = a + a = 3 + 3 = 6",
    )


def test_long_sums_are_told_by_their_first_and_last_terms():
    xs = [Value(float(i), label=f"x{i}") for i in range(1, 101)]
    total = Value.sum(xs[1:], xs[0], label="s")
    rows = said(total)
    assert rows[0] == (
        "operation",
        r"s = \sum_{\text{100 terms}} \left(x_{1},\ x_{2},\ \ldots,\ x_{100}\right)"
        r" = \sum_{\text{100 terms}} \left(1,\ 2,\ \ldots,\ 100\right) = 5050",
    )
    assert [row for row in rows if row[0] == "local derivative"] == [
        ("local derivative", rf"\frac{{\partial s}}{{\partial x_{{{i}}}}} = 1") for i in (1, 2, 100)
    ]


def test_gradients_of_another_output_are_those_of_a_letter():
    x = Value(3.0, label="x")
    y = Value.mul(x, x, label="y")
    loss = y * 10
    assert said(y, x, gradients=backward(loss))[1] == (
        "total derivative",
        r"\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y}"
        r" \cdot \frac{\partial y}{\partial x} = \frac{\partial L}{\partial y}"
        r" \cdot \left(x + x\right) = 10 \cdot 6 = 60",
    )
    assert said(y, gradients=backward(loss))[2] == (
        "total derivative",
        r"\frac{\partial L}{\partial y} = 10",
    )


def test_formulas_are_asked_of_values_that_lead_to_the_output():
    x = Value(1.0)
    with pytest.raises(KeyError, match="expected a value of this tape"):
        formulas(x * 2, Value(1.0))
    with pytest.raises(ValueError, match="expected notation to be 'written' or 'primitives', got"):
        formulas(x * 2, notation="short")
    with pytest.raises(ValueError, match="'written' or 'primitives', got: ndarray"):
        to_latex(x, notation=np.array(["written", "primitives"]))
    with pytest.raises(TypeError, match="expected value to be a Value, got: str 'x'"):
        formulas(x * 2, "x")


# -- whole expressions -----------------------------------------------------------------------------


def test_named_values_get_a_line_each_and_shared_ones_a_placeholder():
    assert to_latex(readme_expression()).splitlines()[1:3] == [
        r"v_{5} &= \left(a + b\right) + \left(\left(a + b\right) + 1\right) \\",
        r"v_{13} &= a \cdot b + b^{3} \\",
    ]
    x = Value(2.0, label="x")
    h = (x + 1).relu(label="h")
    assert to_latex((h * h - x).with_label("y")).splitlines()[1:-1] == [
        r"h &= \operatorname{relu}\left(x + 1\right) \\",
        r"y &= h \cdot h - x",
    ]
    names = {x.id: "alpha_1", h.id: "unused: a label comes first"}
    assert "h &=" in to_latex(h, names=names)
    assert r"\alpha_{1}" in to_latex(Value(1.0).add(x.with_label(None)), names=names)


def test_primitives_are_one_operation_a_line():
    a, b, c = (Value(2.0, label=name) for name in "abc")
    assert to_latex(a / b - c * a, notation="primitives").splitlines()[1:-1] == [
        r"v_{3} &= a \cdot b^{-1} \\",
        r"v_{6} &= v_{3} - c \cdot a",
    ]


def test_the_largest_expressions_have_formulas_of_bounded_size():
    x = Value(0.5, label="x")
    y = x
    for _ in range(3_000):
        y = (y * 1.01 + x).tanh() / (x - 3)
    data = moons(20)
    loss = max_margin(MLP(2, [8, 8, 1]), data.xs, data.ys).total_loss
    for value in (y, loss, Value.sum([x] * 100_000)):
        written = to_latex(value)
        assert len(written.splitlines()) <= 103
        assert max(map(len, written.splitlines())) < 60 * MOST_SYMBOLS
        assert max(len(row["latex"]) for row in formulas(value)) < 200 * MOST_SYMBOLS
    assert r"\vdots" in to_latex(y)


@given(st.integers(0, 60))
def test_a_formula_has_as_many_symbols_as_there_is_room_for(depth):
    value = formula_vectors.nested(depth)
    tape = Tape.record(value)
    notation = Notation(tape, lambda i: "1", written=True)
    for i in range(len(tape)):
        if tape.ops[i] != LEAF:
            assert size(notation.expanded(i)) <= MOST_SYMBOLS


def test_a_label_that_reads_like_a_formula_is_kept_together():
    x, y = Value(2.0, label="a + b"), Value(3.0, label="learning rate")
    assert to_latex(Value.mul(x, y, label="z")).splitlines()[1] == (
        r"z &= \left(\text{a + b}\right) \cdot \text{learning rate}"
    )
    assert r"\left(\text{learning rate}\right)^{2}" in to_latex(y**2)


def test_an_index_is_a_number_or_a_word():
    assert latex(("name", "w", "-1,X1,ab", "2")) == r"w_{-1,\text{X1},\mathrm{ab}}^{(2)}"


def test_a_tape_has_formulas_for_other_leaves_too():
    tape = Tape.record(Value(2.0, label="x").mul(3, label="y"))
    assert tape_latex(tape, leaves={"x": 5.0}).splitlines()[1:-1] == [r"y &= x \cdot 3"]
    nameless = Tape.record(Value(2.0).mul(3, label="y"))
    assert tape_latex(nameless, leaves=[5.0, 4.0]).splitlines()[1:-1] == [r"y &= 5 \cdot 4"]


def test_only_a_value_has_a_formula():
    with pytest.raises(TypeError, match=r"^expected value to be a Value, got: int 5$"):
        to_latex(5)


# -- names and text --------------------------------------------------------------------------------


def without_text(source):
    r"""LaTeX with its ``\text{…}`` taken out, which may hold nothing that LaTeX would act on."""
    texts = re.findall(r"\\text\{([^{}]*)\}", source)
    assert not any(set(text) & set("\\$&#_%^~") for text in texts)
    return re.sub(r"\\text\{[^{}]*\}", "", source)


COMMANDS = re.compile(
    r"\\(backslash|wedge|sim|mathrm|[a-zA-Z]+(?=[_}^ ]|$)|[{}$&#_%])|[A-Za-z0-9_{}^(),<>-]"
)


@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_any_label_is_text_to_latex(label):
    name = symbol(label)
    if name is None:
        assert is_blank(label)
        return
    source = latex(name)
    braces = re.sub(r"\\[{}]", "", source)
    assert braces.count("{") == braces.count("}")
    assert COMMANDS.sub("", without_text(source)) == ""
    assert not set(source) & set(
        "\n\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


@pytest.mark.parametrize("row", rows("label"), ids=lambda row: row["id"])
def test_hostile_labels_are_text_in_every_formula(row):
    x = Value(2.0, label=label_of(row))
    y = Value.mul(x, 3, label="y")
    for source in (to_latex(y), *(row["latex"] for row in formulas(y, x))):
        assert len(source) < 5000
        without_text(source)
