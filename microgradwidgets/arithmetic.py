"""Real numbers in, IEEE 754 doubles out: the scalar functions under every operation.

Each function of one variable returns a pair, ``(f(x), f'(x))``, because both are always needed
together: the number goes into the new value, the local derivative onto its edge. Nothing here
raises for a number: an overflow is ``inf``, a pole ``±inf``, an undefined result ``nan``, as in
PyTorch, JAX and NumPy. A result that is ``nan`` has the local derivative ``nan``.
"""

from __future__ import annotations

import reprlib
from math import copysign, exp, inf, isfinite, isnan, log, log10, nan, tanh
from math import pow as c_pow
from typing import SupportsFloat, SupportsIndex, TypeAlias

Real: TypeAlias = SupportsFloat | SupportsIndex
"""What may enter an expression: what ``float()`` takes, except text, booleans and arrays."""

SMALLEST_NORMAL = 2.2250738585072014e-308
WHOLE_EXPONENTS = 64.0
"""Whole exponents up to this size are computed by repeated squaring, on both sides alike."""


def as_float(number: object, argument: str) -> float:
    """Turn a real scalar into a plain ``float``, or say what came instead.

    >>> as_float(3, "data")
    3.0
    >>> as_float("3", "data")
    Traceback (most recent call last):
    TypeError: expected data to be a real scalar, got: str '3'
    """
    kind = type(number)
    if kind is float:
        return number  # type: ignore[return-value]
    if kind is int or _may_be_real(number):
        try:
            return float(number)  # type: ignore[arg-type]
        except OverflowError:
            raise OverflowError(
                f"expected {argument} to fit in a double, got: {described(number)}, "
                "which is too large"
            ) from None
        except Exception:
            pass  # its __float__ refuses, in whatever words
    raise TypeError(f"expected {argument} to be a real scalar, got: {described(number)}")


def _may_be_real(number: object) -> bool:
    if isinstance(number, (str, bytes, bytearray, bool)) or getattr(number, "ndim", 0) != 0:
        return False
    return getattr(getattr(number, "dtype", None), "kind", "f") in "iuf"


def described(thing: object) -> str:
    """The type of a wrong argument and a short look at it, for an error message.

    >>> described([1.0])
    'list [1.0]'
    """
    return f"{type(thing).__name__} {glimpse(thing)}"


def glimpse(thing: object) -> str:
    """A short look at anything, without its type.

    >>> glimpse([1.0]), glimpse(10**5000)
    ('[1.0]', '<about 5,000 digits>')
    """
    return _GLIMPSES.repr(thing)


class _Glimpses(reprlib.Repr):
    """Python refuses to write out an int of very many digits, which no message needs either."""

    def repr_int(self, x: int, level: int) -> str:
        digits = int(x.bit_length() * log10(2.0))
        if digits <= _MOST_DIGITS:
            return super().repr_int(x, level)
        return f"{'-' if x < 0 else ''}<about {digits:,} digits>"


_GLIMPSES = _Glimpses()
_MOST_DIGITS = 600
"""What Python writes out whatever limit is set."""


EVEN_FROM = 2.0**53
"""From here on every double is an even number."""


def as_exponent(number: object) -> float:
    """Check the exponent of a power: a plain, finite number."""
    exponent = as_float(number, "exponent")
    if not isfinite(exponent):
        raise ValueError(f"expected exponent to be finite, got: {exponent}")
    return exponent


def reciprocal(x: float) -> float:
    return 1.0 / x if x else copysign(inf, x)


def power(x: float, n: float) -> float:
    """``x ** n`` as IEEE 754 has it: never an exception, never a complex number.

    Whole exponents are multiplied out, so that Python and JavaScript, whose library powers differ
    in the last place, agree to the bit. A negative one is the reciprocal of the positive power.
    """
    if n == 2.0:
        return x * x
    if n == -1.0:
        return reciprocal(x)
    return _whole_power(x, int(n)) if _is_multiplied_out(n) else _library_power(x, n)


def _is_multiplied_out(n: float) -> bool:
    return -WHOLE_EXPONENTS <= n <= WHOLE_EXPONENTS and n.is_integer()


def _whole_power(x: float, n: int) -> float:
    product = _multiplied_out(x, abs(n))
    if n >= 0:
        return product
    if SMALLEST_NORMAL <= abs(product) < inf:
        return 1.0 / product
    return _reciprocal_far_out(x, -n)


def _multiplied_out(x: float, times: int) -> float:
    product, square = 1.0, x
    while times:
        if times & 1:
            product *= square
        times >>= 1
        if times:
            square *= square
    return product


def _reciprocal_far_out(x: float, times: int) -> float:
    """``x ** -times`` where ``x ** times`` is too large or too small to keep its digits.

    x is first moved near 1 by a power of two, which costs no digit, and the result moved back, in
    two halves because the whole way is farther than a double reaches.
    """
    scale = _multiplied_out(0.5 if abs(x) > 1.0 else 2.0, -(-1024 // times))
    near = reciprocal(_multiplied_out(x * scale, times))
    half = times // 2
    return near * _multiplied_out(scale, half) * _multiplied_out(scale, times - half)


def _library_power(x: float, n: float) -> float:
    odd = n.is_integer() and n % 2.0 == 1.0
    try:
        return c_pow(x, n)
    except OverflowError:
        return -inf if x < 0.0 and odd else inf
    except ValueError:  # a pole at zero, or a root of a negative number
        if x != 0.0:
            return nan
        return copysign(inf, x) if odd else inf


def powered(x: float, n: float) -> tuple[float, float]:
    """``x ** n`` and ``n * x ** (n - 1)``; a constant power, ``n = 0``, has derivative 0."""
    result = power(x, n)
    if isnan(result):
        return result, nan
    return result, _slope_of_power(x, n) if n else 0.0


def _slope_of_power(x: float, n: float) -> float:
    below = n - 1.0
    is_whole = _is_multiplied_out(n)
    factor = _whole_power(x, int(below)) if is_whole else power(x, below)
    if abs(n) >= EVEN_FROM:  # n - 1 is odd, which its double is not
        factor = copysign(factor, x)
    if x == 0.0 or not isfinite(x):
        return n * factor
    # Far from 1, what rounding took from n - 1 is up to hundreds of units in the last place.
    times = n if is_whole else n * power(abs(x), _rounded_off(n, below))
    if SMALLEST_NORMAL <= abs(factor) < inf:
        return times * factor
    # Where that is too much for a double, the power is 0 or infinite, whatever was rounded.
    times = times if isfinite(times) else n
    # n would bring it back into the range that it has left, without its digits.
    half = below // 2.0 if below.is_integer() else below / 2.0
    size = abs(times) * power(abs(x), half) * power(abs(x), below - half)
    return copysign(size, n * factor)


def _rounded_off(n: float, below: float) -> float:
    """What ``n - 1`` lost when it became a double, itself a double (Knuth's TwoSum)."""
    step = below - n
    return (n - (below - step)) - (1.0 + step)


def negated(x: float) -> tuple[float, float]:
    return -x, nan if isnan(x) else -1.0


def rectified(x: float) -> tuple[float, float]:
    """``max(0, x)``, whose derivative at 0 is taken as 0. A nan stays nan."""
    if x > 0.0:
        return x, 1.0
    return (x, nan) if isnan(x) else (0.0, 0.0)


def hyperbolic_tangent(x: float) -> tuple[float, float]:
    """``tanh x`` and ``sech² x``.

    The textbook form ``1 - tanh² x`` is 0 from x = 20 on, where the true derivative is 1.7e-17.
    With ``e = exp(-2|x|)``, ``sech² x = 4e / (1 + e)²`` keeps every digit and cannot overflow.
    """
    e = exp(-2.0 * abs(x))
    return tanh(x), 4.0 * e / ((1.0 + e) * (1.0 + e))


def exponential(x: float) -> tuple[float, float]:
    try:
        result = exp(x)
    except OverflowError:
        result = inf
    return result, result


def logarithm(x: float) -> tuple[float, float]:
    """``ln x`` and ``1 / x``: ``-inf`` at zero, ``nan`` below."""
    if x > 0.0:
        return log(x), 1.0 / x
    return (-inf, reciprocal(x)) if x == 0.0 else (nan, nan)


def logistic(x: float) -> tuple[float, float]:
    """``1 / (1 + exp(-x))`` without overflow, and ``s(1 - s)`` as ``e / (1 + e)²``, e = exp(-|x|).

    ``1 - s`` would lose every digit of the derivative from x = 37 on.
    """
    e = exp(-abs(x))
    return (1.0 if x >= 0.0 else e) / (1.0 + e), e / ((1.0 + e) * (1.0 + e))


UNARY = {
    "neg": negated,
    "relu": rectified,
    "tanh": hyperbolic_tangent,
    "exp": exponential,
    "log": logarithm,
    "sigmoid": logistic,
}
"""The operations of one operand, by the name they carry in ``Value.op``."""
