"""The local derivative of every operation by sympy, which derives the definitions by itself.

It knows neither our formulas nor those in :mod:`tests.high_precision`. For whole graphs a second
opinion is the complex step of :mod:`tests.nightly.complex_steps`.
"""

import math
from fractions import Fraction

import pytest
import sympy

from microgradwidgets import Value, backward

x, y = sympy.symbols("x y", real=True)
DIGITS = 50

BINARY = {
    "add": x + y,
    "sub": x - y,
    "mul": x * y,
    "divide": x / y,
}
UNARY = {
    "neg": -x,
    "relu": sympy.Max(0, x),
    "tanh": 1 - 2 / (sympy.exp(2 * x) + 1),
    "exp": sympy.exp(x),
    "log": sympy.log(x),
    "sigmoid": 1 / (1 + sympy.exp(-x)),
}
"""The definitions; in ``tanh`` sympy meets no hyperbolic function, as little as we do."""
POINTS = [-700.25, -20.0, -1.5, -0.1, -1e-9, 1e-9, 0.1, 0.75, 1.0, 2.5, 20.0, 300.0, 700.0]
EXPONENTS = [1.0, 2.0, 3.0, 7.0, 64.0, 65.0, -1.0, -2.0, -3.0, -64.0, -65.0, 0.5, -0.5, 1.5, 1 / 3]


def derivative_at(formula, by, point):
    """What sympy makes of a formula, to fifty digits, at the very doubles that were given."""
    exactly = {symbol: sympy.Rational(*a.as_integer_ratio()) for symbol, a in point.items()}
    return sympy.diff(formula, by).evalf(DIGITS, subs=exactly)


def slopes(value):
    return [edge.local_gradient for edge in value.parents]


def agrees(got, exact, units=8):
    """Within some units in the last place."""
    ratio = sympy.Rational(exact)
    off = abs(Fraction(got) - Fraction(int(ratio.p), int(ratio.q)))
    return off <= units * Fraction(math.ulp(got))


@pytest.mark.parametrize("at", POINTS)
@pytest.mark.parametrize("name", UNARY)
def test_the_formula_of_each_operation_is_the_derivative_of_its_definition(name, at):
    if name == "log" and at < 0.0:
        assert math.isnan(slopes(Value(at).log())[0])
        return
    exact = derivative_at(UNARY[name], x, {x: at})
    assert agrees(slopes(getattr(Value(at), name)())[0], exact)


@pytest.mark.parametrize("b", [-3.0, -0.1, 0.5, 2.0, 1e9])
@pytest.mark.parametrize("a", [-3.0, -0.1, 0.0, 0.5, 1e9])
@pytest.mark.parametrize("name", BINARY)
def test_the_formulas_of_two_operands_are_the_partial_derivatives(name, a, b):
    left, right = Value(a), Value(b)
    gradients = backward(getattr(left, name)(right))
    for leaf, by in ((left, x), (right, y)):
        assert agrees(gradients[leaf], derivative_at(BINARY[name], by, {x: a, y: b}))


@pytest.mark.parametrize("at", [-700.25, -3.0, -0.9, 0.1, 0.75, 1.0, 2.5, 700.0])
@pytest.mark.parametrize("n", EXPONENTS)
def test_the_formula_of_each_power_is_its_derivative(n, at):
    got = slopes(Value(at) ** n)[0]
    if at < 0.0 and not n.is_integer():
        assert math.isnan(got)
        return
    exact = derivative_at(x ** sympy.Rational(*n.as_integer_ratio()), x, {x: at})
    assert agrees(got, exact, units=8 + abs(n) if abs(n) < 66 else 8)


def test_a_constant_power_and_the_kink_of_relu_are_as_documented():
    assert sympy.diff(x**0, x) == 0
    assert slopes(Value(-2.5) ** 0) == slopes(Value(0.0) ** 0) == [0.0]
    # sympy leaves the slope at the kink open: a half of either side.
    assert sympy.diff(sympy.Max(0, x), x).subs(x, 0) == sympy.Rational(1, 2)
    assert slopes(Value(0.0).relu()) == slopes(Value(-0.0).relu()) == [0.0]


@pytest.mark.parametrize(
    "formula, ours",
    [
        (UNARY["tanh"], 4 * sympy.exp(-2 * x) / (1 + sympy.exp(-2 * x)) ** 2),
        (UNARY["tanh"], 4 * sympy.exp(2 * x) / (1 + sympy.exp(2 * x)) ** 2),
        (UNARY["sigmoid"], sympy.exp(-x) / (1 + sympy.exp(-x)) ** 2),
        (UNARY["sigmoid"], sympy.exp(x) / (1 + sympy.exp(x)) ** 2),
        (UNARY["exp"], sympy.exp(x)),
        (UNARY["log"], 1 / x),
        (x**y, y * x ** (y - 1)),
        (BINARY["divide"], 1 / y),
    ],
    ids=str,
)
def test_what_we_compute_is_that_derivative_for_every_x(formula, ours):
    """In either branch of |x| for ``tanh`` and the logistic function."""
    positive = {symbol: sympy.Symbol(symbol.name, positive=True) for symbol in (x, y)}
    difference = (sympy.diff(formula, x) - ours).subs(positive)
    assert sympy.simplify(difference) == 0
