"""Logarithm, sine and cosine, correctly rounded: the same double on every platform.

The C libraries under ``math`` differ from one another in the last place, now and then, so a data
set made with them would depend on the machine. Here the series are summed in whole numbers, of
which one stands for 2⁻¹⁹²; dividing once at the end rounds correctly. That takes a few
microseconds: right for making data, wrong for training.
"""

from __future__ import annotations

from functools import cache
from math import frexp, isfinite

_BITS = 192
_ONE = 1 << _BITS
_LARGEST_ANGLE = 1e6
_SINE_IS_ITS_ANGLE = 1e-9
"""Below this, x - sin x is less than half the gap between doubles."""


def log(x: float) -> float:
    """The natural logarithm of a positive, finite number.

    With ``x = m 2ᵉ`` and m near 1, ``ln x = 2 artanh((m - 1) / (m + 1)) + e ln 2``.

    >>> log(0.5)
    -0.6931471805599453
    """
    if not (isfinite(x) and x > 0.0):
        raise ValueError(f"expected a positive number, got: {x}")
    m, e = frexp(x)
    if m < 0.7:
        m, e = 2.0 * m, e - 1
    fixed = _fixed(m)
    ratio = (fixed - _ONE) * _ONE // (fixed + _ONE)
    return (2 * _inverse_tangent(ratio, 1) + e * _log_2()) / _ONE


def sin(angle: float) -> float:
    """The sine of an angle in radians.

    >>> sin(1.0)
    0.8414709848078965
    """
    if abs(angle) < _SINE_IS_ITS_ANGLE:
        return angle
    x = _within_half_a_turn(angle)
    return _circular(x, x, 1) / _ONE


def cos(angle: float) -> float:
    """The cosine of an angle in radians.

    >>> cos(1.0)
    0.5403023058681398
    """
    return _circular(_ONE, _within_half_a_turn(angle), 0) / _ONE


def _fixed(x: float) -> int:
    numerator, denominator = x.as_integer_ratio()
    return numerator * _ONE // denominator


def _within_half_a_turn(angle: float) -> int:
    if not (isfinite(angle) and abs(angle) <= _LARGEST_ANGLE):
        raise ValueError(f"expected an angle of at most {_LARGEST_ANGLE:g} radians, got: {angle}")
    half = _half_turn()
    return (_fixed(angle) + half) % (2 * half) - half


def _circular(term: int, x: int, power: int) -> int:
    """Taylor's series of sine or cosine, from its first term and that term's power of x on."""
    square = x * x >> _BITS
    total = 0
    while term:
        total += term
        power += 2
        term = -(term * square >> _BITS) // (power * (power - 1))
    return total


def _inverse_tangent(x: int, sign: int) -> int:
    """The series of artanh x for ``sign`` 1, of arctan x for ``sign`` -1."""
    square = sign * (x * x >> _BITS)
    total, power = 0, 1
    while abs(x) > 1:
        total += x // power
        power += 2
        x = x * square >> _BITS
    return total


@cache
def _log_2() -> int:
    return 2 * _inverse_tangent(_ONE // 3, 1)


@cache
def _half_turn() -> int:
    """Machin's formula: π / 4 = 4 arctan(1/5) - arctan(1/239)."""
    fifth, small = _inverse_tangent(_ONE // 5, -1), _inverse_tangent(_ONE // 239, -1)
    return 4 * (4 * fifth - small)
