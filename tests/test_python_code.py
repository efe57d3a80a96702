"""``to_python``: code that, run, gives the same graph, numbers and gradients."""

import ast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microgradwidgets import MLP, Tape, Value, backward, to_python
from microgradwidgets.python_code import LONGEST_LINE, float_code, identifier, quoted
from tests.graphs import any_leaves, bits, build, many_steps
from tests.hostile import label_of, rows
from tests.vectors import lecture_neuron, readme_expression

any_text = st.text(st.characters(exclude_categories=[]), max_size=60)


def made_by(code):
    """The value that the last line of some code binds, run in a module of its own."""
    variables = {}
    exec(compile(code, "<code>", "exec"), variables)
    return variables[ast.parse(code).body[-1].targets[0].id]


def assert_same(code, value):
    rebuilt = made_by(code)
    ours, theirs = Tape.record(rebuilt), Tape.record(value)
    assert (ours.ops, ours.left, ours.right) == (theirs.ops, theirs.left, theirs.right)
    assert ours.names == theirs.names
    assert bits(ours.exponents) == bits(theirs.exponents)
    graphs = (rebuilt.graph.values(), value.graph.values())
    assert bits(n.data for n in graphs[0]) == bits(n.data for n in graphs[1])
    tables = [(v.backward(), v.graph) for v in (rebuilt, value)]
    assert bits(tables[0][0][i] for i in tables[0][1]) == bits(
        tables[1][0][i] for i in tables[1][1]
    )


@given(any_leaves, many_steps)
def test_code_builds_the_same_graph_to_the_last_bit(leaves, steps):
    value = build(leaves, steps)
    assert_same(to_python(value), value)


@given(st.lists(st.floats(), min_size=1, max_size=4), many_steps, st.lists(any_text, min_size=1))
@example([1.0], [("tanh", 0, 0, 0.0)] * 5, ["x", "x", "x_2", "class", "Value"])
def test_constants_and_any_labels_come_back_too(numbers, steps, labels):
    """Leaves without a label are written as numbers; labels are given to every third operation."""
    made = [Value(x) for x in numbers]
    for place, (op, first, second, exponent) in enumerate(steps):
        a, b = made[-1 - first % len(made)], made[-1 - second % len(made)]
        value = a**exponent if op == "pow" else getattr(a, op)(*([b] if op in BINARY else []))
        made.append(value if place % 3 else value.with_label(labels[place % len(labels)]))
    assert_same(to_python(made[-1]), made[-1])


BINARY = ("add", "sub", "mul", "divide")


@pytest.mark.parametrize("make", [lecture_neuron, readme_expression, lambda: Value(-0.0)])
def test_known_expressions_come_back(make):
    value = make()
    assert_same(to_python(value), value)


def test_the_lecture_neuron_reads_as_one_would_write_it():
    assert to_python(lecture_neuron()).splitlines() == [
        "from microgradwidgets import Value",
        "",
        'x1 = Value(2.0, label="x1")',
        'w1 = Value(-3.0, label="w1")',
        'x2 = Value(0.0, label="x2")',
        'w2 = Value(1.0, label="w2")',
        'b = Value(6.881373587019543, label="b")',
        'o = (x1 * w1 + x2 * w2 + b).tanh(label="o")',
    ]


def test_a_quotient_is_written_as_one_where_nothing_else_uses_its_parts():
    a, b = Value(1.0, label="a"), Value(3.0, label="b")
    inverse = b**-1
    named = (b**-1).with_label("inverse")
    for value, line in [
        (a / b, "result = a / b"),
        (a / (b / 2), "result = a / (b / 2.0)"),
        (10 / b, "result = 10.0 / b"),
        (a * inverse + inverse, "result = a * v2 + v2"),
        (a * named, "result = a * inverse"),
        (b**-1 * a, "result = b**-1 * a"),
        (a + b**-1, "result = a + b**-1"),
    ]:
        assert to_python(value).splitlines()[-1] == line
        assert_same(to_python(value), value)


def test_an_inverse_of_an_inverse_is_written_as_a_power():
    x = Value(2.0, label="x")
    value = 1.0 / (x**-1) ** -1
    assert to_python(value).splitlines()[-1] == "result = 1.0 / (x**-1)**-1"
    assert_same(to_python(value), value)
    for _ in range(2000):
        value = value**-1
    assert_same(to_python(value), value)


def test_names_of_the_caller_serve_as_labels():
    a = Value(1.0)
    y = a * 2
    assert 'alpha = Value(1.0, label="alpha")' in to_python(y, names={a.id: "alpha"})


@pytest.mark.parametrize("row", rows("label"), ids=lambda row: row["id"])
def test_hostile_labels_are_quoted_and_do_nothing(row):
    value = Value(2.0, label=label_of(row)) * 3.0
    code = to_python(value)
    assert_same(code, value)
    calls = [node.func for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    assert [call.id for call in calls] == ["Value"]


def test_an_exponent_is_a_whole_number_where_that_says_all():
    lines = [to_python(Value(2.0) ** n).splitlines()[2] for n in (3, -2, 0.5, -0.0, 1e16)]
    assert [line.partition("**")[2] for line in lines] == ["3", "-2", "0.5", "-0.0", "1e+16"]


@pytest.mark.parametrize(
    "label, literal",
    [
        ("\x7f", r"\x7f"),
        ("\u00ad", r"\xad"),
        ("\u0300", r"\u0300"),
        ("\uffff", r"\uffff"),
        ("\U00010000", r"\U00010000"),
        ('"\\\n', r"\"\\\n"),
    ],
    ids=ascii,
)
def test_an_escape_has_as_many_digits_as_it_needs(label, literal):
    assert quoted(label) == f'"{literal}"'


@given(any_text)
@example('"\\\n\r\t\x00\x7f\x85\u2028\ud800\U0001f600')
def test_a_quoted_label_reads_back_and_hides_nothing(label):
    literal = quoted(label)
    assert ast.literal_eval(literal) == label
    assert literal.isprintable()


@given(any_text)
def test_an_identifier_is_one_that_python_keeps_as_it_is(label):
    name = identifier(label)
    assert name == "" or name.isidentifier()
    if name:
        assert ast.parse(f"{name}_").body[0].value.id == f"{name}_"  # no other spelling of another


def test_an_identifier_keeps_the_letters_of_its_label():
    assert identifier("_X of the_X_") == "X_of_the_X"


@given(st.floats(allow_nan=False))
def test_a_number_reads_back_to_the_bit(number):
    assert bits([eval(float_code(number))]) == bits([number])


def test_a_chain_of_ten_thousand_and_a_network_come_back():
    x = Value(0.5, label="x")
    y = x
    for _ in range(10_000):
        y = y * 0.999 + x
    code = to_python(y)
    assert_same(code, y)
    output = MLP(2, [16, 16, 1])([0.3, -0.2])
    assert_same(to_python(output), output)
    assert max(map(len, code.splitlines())) < LONGEST_LINE + 20


def test_deep_nesting_stays_within_what_python_can_read():
    x = Value(0.1, label="x")
    for value in (x.neg(), x**3, x.tanh(), x / 3):
        y = value
        for _ in range(500):
            y = -(1.0 - y)
        assert_same(to_python(y), y)


def test_the_gradients_of_a_network_come_back_by_name():
    model = MLP(2, [4, 1])
    output = model([0.3, -0.2])
    rebuilt = made_by(to_python(output))
    by_label = {node.label: key for key, node in rebuilt.graph.items() if node.label}
    ours, theirs = backward(rebuilt), backward(output)
    for parameter in model.parameters():
        assert ours[by_label[parameter.label]] == theirs[parameter]
