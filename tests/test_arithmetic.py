"""The scalar functions against sixty digits, over all the range where doubles have digits."""

import math
from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from microgradwidgets import arithmetic
from microgradwidgets.arithmetic import SMALLEST_NORMAL, as_float, described, power, powered
from tests.graphs import bits

mp = mpmath.mp.clone()
mp.dps = 60

inf, nan = math.inf, math.nan


def ulps(got, exact):
    """How many units in the last place of the exact number lie between the two."""
    if mp.isinf(exact) or abs(exact) > mp.mpf(1.7976931348623157e308):
        return 0.0 if abs(got) >= 1.797e308 and (got > 0) == (exact > 0) else inf
    return float(abs(mp.mpf(got) - exact) / mp.mpf(math.ulp(float(exact))))


REFERENCES = {
    "tanh": (lambda x: mp.tanh(x), lambda x: mp.sech(x) ** 2),
    "exp": (lambda x: mp.exp(x), lambda x: mp.exp(x)),
    "sigmoid": (
        lambda x: 1 / (1 + mp.exp(-x)),
        lambda x: mp.exp(-abs(x)) / (1 + mp.exp(-abs(x))) ** 2,
    ),
    "log": (lambda x: mp.log(x), lambda x: 1 / x),
}
FAR_OUT = st.floats(-800.0, 800.0) | st.floats(-3.0, 3.0) | st.floats(-1e-6, 1e-6)
POSITIVE = st.floats(min_value=1e-300, max_value=1e300) | st.floats(0.5, 2.0)


@pytest.mark.parametrize("name", ["tanh", "exp", "sigmoid"])
@given(x=FAR_OUT)
@example(x=20.0)
@example(x=-37.5)
@example(x=353.9)
@example(x=-744.4)
@example(x=0.0)
def test_numbers_and_derivatives_keep_their_digits_far_out(name, x):
    got, slope = arithmetic.UNARY[name](x)
    value, derivative = REFERENCES[name]
    assert ulps(got, value(mp.mpf(x))) <= 4.0
    assert ulps(slope, derivative(mp.mpf(x))) <= 8.0


@given(x=POSITIVE)
def test_the_logarithm_keeps_its_digits(x):
    got, slope = arithmetic.UNARY["log"](x)
    assert ulps(got, mp.log(mp.mpf(x))) <= 2.0
    assert ulps(slope, 1 / mp.mpf(x)) <= 1.0


@pytest.mark.parametrize(
    "name, x, expected",
    [
        ("tanh", 20.0, (1.0, 1.6993417021166355e-17)),  # 1 - tanh² would be 0
        ("tanh", -400.0, (-1.0, 0.0)),
        ("tanh", inf, (1.0, 0.0)),
        ("sigmoid", 40.0, (1.0, 4.248354255291589e-18)),  # s (1 - s) would be 0
        ("sigmoid", -1000.0, (0.0, 0.0)),
        ("sigmoid", -inf, (0.0, 0.0)),
        ("sigmoid", 0.0, (0.5, 0.25)),
        ("exp", 1000.0, (inf, inf)),
        ("exp", -inf, (0.0, 0.0)),
        ("log", 0.0, (-inf, inf)),
        ("log", inf, (inf, 0.0)),
        ("relu", 5e-324, (5e-324, 1.0)),
        ("relu", 0.0, (0.0, 0.0)),
        ("relu", -inf, (0.0, 0.0)),
        ("neg", inf, (-inf, -1.0)),
    ],
)
def test_exact_numbers_at_the_ends(name, x, expected):
    assert arithmetic.UNARY[name](x) == expected


@pytest.mark.parametrize("name", arithmetic.UNARY)
def test_a_nan_stays_a_nan_and_so_does_its_derivative(name):
    assert all(map(math.isnan, arithmetic.UNARY[name](nan)))
    if name == "log":
        assert all(map(math.isnan, arithmetic.UNARY[name](-1.0)))


def test_signed_zeros():
    assert math.copysign(1.0, arithmetic.UNARY["neg"](0.0)[0]) == -1.0
    assert math.copysign(1.0, arithmetic.UNARY["relu"](-0.0)[0]) == 1.0
    assert math.copysign(1.0, arithmetic.UNARY["tanh"](-0.0)[0]) == -1.0
    assert arithmetic.UNARY["log"](-0.0) == (-inf, -inf)


# -- powers ---------------------------------------------------------------------------------------


@given(x=st.floats(-1e5, 1e5), n=st.integers(-64, 64))
def test_a_whole_power_is_off_by_at_most_one_roundoff_per_factor(x, n):
    got, slope = powered(x, float(n))
    for result, factor, m in ((got, 1, n), (slope, n, n - 1)):
        exact = factor * mp.mpf(x) ** m if x or m > 0 else None
        assume(exact is None or exact == 0 or SMALLEST_NORMAL < abs(exact) < 1e308)
        if exact is not None:
            # k products, each off by half a unit, compound to about k units of 2**-53.
            assert abs(mp.mpf(result) - exact) <= (abs(m) + 2) * mp.mpf(2) ** -53 * abs(exact)


@given(x=st.floats(1e-3, 1e3), n=st.floats(-90.0, 90.0))
def test_other_powers_are_off_by_a_few_units(x, n):
    got, slope = powered(x, n)
    assert ulps(got, mp.mpf(x) ** mp.mpf(n)) <= 2.0 or (abs(n) <= 64 and n == round(n))
    exact = mp.mpf(n) * mp.mpf(x) ** (mp.mpf(n) - 1)
    if abs(exact) > 1e-300 and n != round(n):
        assert ulps(slope, exact) <= 8.0


@given(log=st.floats(-700.0, 700.0), n=st.floats(-90.0, 90.0))
@example(log=-76.0, n=-0.3)
@example(log=10.0, n=-63.01)
def test_a_slope_keeps_its_digits_far_out_where_n_minus_1_is_rounded(log, n):
    assume(n != round(n))
    x = math.exp(log)
    exact = mp.mpf(n) * mp.mpf(x) ** (mp.mpf(n) - 1)
    assume(1e-300 < abs(exact) < 1e300)
    assert ulps(powered(x, n)[1], exact) <= 8.0


@given(exponent=st.floats(-1080.0, 1024.0), n=st.integers(-64, -1), sign=st.sampled_from((1, -1)))
@example(exponent=-1023.5, n=-2, sign=-1)
@example(exponent=1023.9, n=-64, sign=1)
def test_a_negative_whole_power_keeps_its_digits_to_the_ends_of_the_range(exponent, n, sign):
    x = sign * float(mp.mpf(2) ** (mp.mpf(exponent) / n))
    exact = mp.mpf(x) ** n
    assume(abs(exact) < mp.mpf(2) ** 1023.99)
    # A subnormal result is off by half a unit besides.
    bound = (abs(n) + 2) * mp.mpf(2) ** -53 * abs(exact) + mp.mpf(2) ** -1075
    assert abs(mp.mpf(power(x, float(n))) - exact) <= bound


@given(
    slope=st.floats(-1021.0, -1000.0) | st.floats(1000.0, 1023.0),
    n=st.floats(2.0, 1e4) | st.floats(-1e4, -0.01) | st.integers(-64, 64).map(float),
)
@example(slope=-1016.0, n=5275.313551753559)
@example(slope=1020.0, n=-0.01)
@example(slope=-1021.0, n=-64.0)
def test_a_slope_keeps_its_digits_where_the_power_in_it_leaves_the_range(slope, n):
    """``n * x ** (n - 1)``, where the power alone is subnormal or infinite."""
    assume(abs(n) > 1e-3 and n != 1.0)
    x = float((mp.mpf(2) ** slope / abs(mp.mpf(n))) ** (1 / (mp.mpf(n) - 1)))
    assume(SMALLEST_NORMAL <= x < inf)
    exact = mp.mpf(n) * mp.mpf(x) ** (mp.mpf(n) - 1)
    assume(2 * SMALLEST_NORMAL < abs(exact) < mp.mpf(2) ** 1023.9)
    whole = abs(n) if n.is_integer() and abs(n) <= 64.0 else 0.0
    bound = (mp.mpf(2) ** -50 + whole * mp.mpf(2) ** -53) * abs(exact)
    assert abs(mp.mpf(powered(x, n)[1]) - exact) <= bound


@pytest.mark.parametrize("n", [2.0**53, 2.0**53 + 2.0, 1e16, 1e20, 1e300, 1.7e308])
@pytest.mark.parametrize("size", [5e-324, 1e-300, 0.5, 1.0, 2.0, 1e300, 0.0, inf])
def test_the_slope_of_an_enormous_power_is_0_or_infinite_with_its_sign(n, size):
    """``n - 1`` is odd, though the double next to it is even, so the slope has the sign of x."""
    for x in (size, -size):
        for exponent in (n, -n):
            grows = (abs(x) > 1.0) == (exponent > 0.0)
            expected = n if size == 1.0 else inf if grows else 0.0
            slope = powered(x, exponent)[1]
            assert abs(slope) == expected
            assert math.copysign(1.0, slope) == math.copysign(1.0, x) * math.copysign(1.0, exponent)


def test_the_slope_of_a_power_near_one_has_the_sign_of_an_odd_power():
    x, n = -1.0 + 2.0**-53, 2.0**53 + 2.0
    exact = mp.mpf(n) * mp.mpf(x) ** (int(n) - 1)
    assert powered(x, n)[1] == pytest.approx(float(exact), rel=2.0**-50)
    assert exact < 0


@pytest.mark.parametrize("x, sign", [(1.1, -1.0), (-1.1, 1.0)])
def test_a_slope_that_comes_back_into_the_range_has_its_digits_and_its_sign(x, sign):
    """The power alone, ``1.1 ** -7491``, has lost the last eight bits."""
    expected = sign * 7490.0 * 1.1**-3745 / 1.1**3746
    assert powered(x, -7490.0)[1] == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    "x, n, expected",
    [
        (1e160, -2.0, 1e-320),  # the square overflows, its reciprocal would be 0
        (1e-160, -2.0, inf),
        (-1e-120, -3.0, -inf),
        (0.0, -1.0, inf),
        (-0.0, -1.0, -inf),
        (-0.0, -2.0, inf),
        (-0.0, -3.0, -inf),
        (-8.0, 1.0 / 3.0, nan),
        (-2.0, 1e300, inf),
        (-2.0, 65.0, -(2.0**65)),
        (-10.0, 401.0, -inf),
        (1e-10, -101.0, inf),
        (0.0, -65.0, inf),
        (-0.0, -65.0, -inf),
        (-0.0, -66.0, inf),
        (0.0, -0.5, inf),
        (0.0, 0.0, 1.0),
        (nan, 0.0, 1.0),
        (inf, -1.0, 0.0),
        (-inf, 3.0, -inf),
        (nan, 2.0, nan),
        (3.0, -1.0, 1.0 / 3.0),
    ],
)
def test_powers_at_the_ends(x, n, expected):
    got = power(x, n)
    assert got == expected or (math.isnan(got) and math.isnan(expected))
    assert math.isnan(got) or math.copysign(1.0, got) == math.copysign(1.0, expected)


@pytest.mark.parametrize("x, n", [(0.03, 3), (0.01, 63), (0.01, 64), (0.01, -63), (0.01, -64)])
def test_whole_powers_are_multiplied_out_to_the_bit_and_so_are_their_slopes(x, n):
    """Where the library's power has other bits."""

    def multiplied_out(times):
        squares = [x]
        while len(squares) < 7:
            squares.append(squares[-1] * squares[-1])
        bits = [square for place, square in enumerate(squares) if times >> place & 1]
        return math.prod(bits) if times > 0 else 1.0 / multiplied_out(-times)

    assert multiplied_out(n) != math.pow(x, n)
    assert powered(x, float(n)) == (multiplied_out(n), n * multiplied_out(n - 1))


def test_a_reciprocal_far_out_is_moved_by_powers_of_two_which_cost_no_digit():
    """The square is subnormal; of the result every bit is right."""
    for odd in (9.0, 11.0, 13.0, 15.0):
        assert power(odd * 2.0**-515, -2.0) == 1.0 / odd**2 * 2.0**515 * 2.0**515
    assert power(-3.0 * 2.0**-341, -3.0) == -1.0 / 27.0 * 2.0**512 * 2.0**511


@pytest.mark.parametrize(
    "x, n, expected",
    [
        (0.0, -0.3, -inf),
        (0.0, 0.3, inf),
        (0.0, 1.3, 0.0),
        (inf, -0.3, -0.0),
        (inf, 1.3, inf),
    ],
)
def test_slopes_at_zero_and_infinity_have_no_digits_to_be_mended(x, n, expected):
    assert bits([powered(x, n)[1]]) == bits([expected])


@given(x=st.floats(), n=st.floats(allow_nan=False, allow_infinity=False))
def test_no_number_raises_and_a_nan_has_a_nan_derivative(x, n):
    result, slope = powered(x, n)
    assert isinstance(result, float)
    assert isinstance(slope, float)
    assert not math.isnan(result) or math.isnan(slope)
    for function in arithmetic.UNARY.values():
        result, slope = function(x)
        assert (type(result), type(slope)) == (float, float)
        assert not math.isnan(result) or math.isnan(slope)


@given(x=st.floats())
def test_the_constant_power_has_derivative_0(x):
    assert powered(x, 0.0) == (1.0, 0.0)


# -- what may enter -------------------------------------------------------------------------------


def test_errors_name_the_argument_and_look_at_it_briefly():
    with pytest.raises(TypeError, match=r"^expected slope to be a real scalar, got: list \[1, 2\]"):
        as_float([1, 2], "slope")
    assert len(described("x" * 10_000)) < 60
    assert described(None) == "NoneType None"


def test_an_integer_too_large_stays_an_overflow_error():
    for number in (10**400, Fraction(10**400, 3)):
        with pytest.raises(OverflowError, match=r"^expected data to fit .* which is too large$"):
            as_float(number, "data")


class Unwilling:
    def __float__(self):
        raise ZeroDivisionError


class Row:
    """An array of one number, which some would take for the number."""

    ndim = 1

    def __float__(self):
        return 1.0


@pytest.mark.parametrize(
    "number", [Decimal("sNaN"), Unwilling(), float, np.array([1.0]), Row(), True]
)
def test_what_will_not_be_a_number_is_refused_in_our_words(number):
    with pytest.raises(TypeError, match=r"^expected data to be a real scalar, got: "):
        as_float(number, "data")


@pytest.mark.parametrize(
    "sign, shown", [(1, "<about 5,000 digits>"), (-1, "-<about 5,000 digits>")]
)
def test_errors_do_not_write_out_what_python_will_not(sign, shown):
    assert described([sign * 10**5000]) == f"list [{shown}]"
    assert described(sign * 10**30) == f"int {sign * 10**30}"
    assert "about" not in described(sign * 10**600)
