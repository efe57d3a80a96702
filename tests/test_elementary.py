"""Logarithm, sine and cosine against mpmath: the nearest double, always."""

import math

import mpmath
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microgradwidgets import elementary

MP = mpmath.mp.clone()
MP.dps = 100


def nearest(function, x):
    return float(getattr(MP, function)(MP.mpf(x)))


@given(st.floats(5e-324, 1.7976931348623157e308))
@example(1.0)
@example(math.nextafter(1.0, 0.0))
@example(math.nextafter(1.0, 2.0))
@example(0.7)
@example(5e-324)
def test_the_logarithm_is_correctly_rounded(x):
    assert elementary.log(x) == nearest("ln", x)


@given(st.floats(-1e6, 1e6))
@example(math.pi)
@example(math.pi / 2.0)
@example(-3.0 * math.pi / 2.0)
@example(1e-9)
@example(math.nextafter(1e-9, 0.0))
@example(-5e-324)
@example(710.0 / 2.0)  # very near to a multiple of π
def test_sine_and_cosine_are_correctly_rounded(angle):
    assert elementary.sin(angle) == nearest("sin", angle)
    assert elementary.cos(angle) == nearest("cos", angle)


@pytest.mark.parametrize("x", [0.0, -0.0, -1.0, math.inf, math.nan])
def test_the_logarithm_takes_positive_numbers(x):
    with pytest.raises(ValueError, match="expected a positive number, got: "):
        elementary.log(x)


@pytest.mark.parametrize("angle", [1e6 + 1.0, -1e300, math.inf, math.nan])
@pytest.mark.parametrize("function", [elementary.sin, elementary.cos])
def test_angles_end_where_pi_is_known_no_better(function, angle):
    with pytest.raises(ValueError, match=r"expected an angle of at most 1e\+06 radians, got: "):
        function(angle)
