/**
 * The scalar operations and their derivatives, as IEEE 754 doubles.
 *
 * Every function here has a twin in Python, written in the same order of steps, so that both
 * sides give the same bits wherever the platform's own `exp`, `log`, `tanh` and `pow` allow it.
 */

export const Op = {
  leaf: 0,
  add: 1,
  sub: 2,
  mul: 3,
  neg: 4,
  pow: 5,
  relu: 6,
  tanh: 7,
  exp: 8,
  log: 9,
  sigmoid: 10,
} as const;

export const OP_COUNT = 11;

export const isBinary = (op: number): boolean => op >= Op.add && op <= Op.mul;

/** Below this a double has lost digits, and so would its reciprocal. */
const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** Whole exponents up to this size are multiplied out: the same bits on every platform. */
const LARGEST_MULTIPLIED_EXPONENT = 64;

export function power(x: number, n: number): number {
  return isMultipliedOut(n) ? wholePower(x, n) : x ** n;
}

const isMultipliedOut = (n: number): boolean =>
  Number.isInteger(n) && Math.abs(n) <= LARGEST_MULTIPLIED_EXPONENT;

function wholePower(x: number, n: number): number {
  const product = multipliedOut(x, Math.abs(n));
  if (n >= 0) return product;
  return n === -1 || keepsItsDigits(product) ? 1 / product : reciprocalFarOut(x, -n);
}

const keepsItsDigits = (x: number): boolean => Number.isFinite(x) && Math.abs(x) >= SMALLEST_NORMAL;

function multipliedOut(x: number, exponent: number): number {
  let result = 1;
  let base = x;
  let rest = exponent;
  while (rest > 0) {
    if (rest & 1) result *= base;
    rest >>= 1;
    base *= base;
  }
  return result;
}

/**
 * `x ** -times` where `x ** times` is too large or too small to keep its digits. x is first moved
 * near 1 by a power of two, which costs no digit, and the result moved back, in two halves because
 * the whole way is farther than a double reaches.
 */
function reciprocalFarOut(x: number, times: number): number {
  const scale = multipliedOut(Math.abs(x) > 1 ? 0.5 : 2, Math.ceil(1024 / times));
  const near = 1 / multipliedOut(x * scale, times);
  const half = Math.floor(times / 2);
  return near * multipliedOut(scale, half) * multipliedOut(scale, times - half);
}

export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** `x <= 0` rather than `x > 0`, so that NaN passes through and −0 becomes +0. */
export const relu = (x: number): number => Math.max(x, 0);

/** sech²: `1 − tanh²` would lose every digit far from zero. */
function tanhDerivative(x: number): number {
  const e = Math.exp(-2 * Math.abs(x));
  return (4 * e) / ((1 + e) * (1 + e));
}

/** `s·(1 − s)` would lose every digit far from zero. */
function sigmoidDerivative(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return e / ((1 + e) * (1 + e));
}

/** Never asked of NaN, whose relu is NaN as well. */
const reluDerivative = (x: number): number => (x > 0 ? 1 : 0);

/** From here on every double is an even number. */
const EVEN_FROM = 2 ** 53;

function powerDerivative(x: number, n: number): number {
  if (n === 0) return 0;
  const below = n - 1;
  const isWhole = isMultipliedOut(n);
  let factor = isWhole ? wholePower(x, below) : power(x, below);
  // n - 1 is odd there, which its double is not.
  if (Math.abs(n) >= EVEN_FROM && (x < 0 || Object.is(x, -0))) factor = -Math.abs(factor);
  if (x === 0 || !Number.isFinite(x)) return n * factor;
  // Far from 1, what rounding took from n - 1 is up to hundreds of units in the last place.
  const exact = isWhole ? n : n * power(Math.abs(x), roundedOff(n, below));
  if (keepsItsDigits(factor)) return exact * factor;
  // Where that is too much for a double, the power is 0 or infinite, whatever was rounded.
  const times = Number.isFinite(exact) ? exact : n;
  // n would bring it back into the range that it has left, without its digits.
  const half = Number.isInteger(below) ? Math.floor(below / 2) : below / 2;
  const size = Math.abs(times) * power(Math.abs(x), half) * power(Math.abs(x), below - half);
  return n * factor < 0 || Object.is(n * factor, -0) ? -size : size;
}

/** What `n - 1` lost when it became a double, itself a double (Knuth's TwoSum). */
function roundedOff(n: number, below: number): number {
  const step = below - n;
  return n - (below - step) - (1 + step);
}

/** What an operation of one operand makes of `x`; `exponent` matters to powers only. */
export function applyUnary(op: number, x: number, exponent: number): number {
  switch (op) {
    case Op.neg:
      return -x;
    case Op.pow:
      return power(x, exponent);
    case Op.relu:
      return relu(x);
    case Op.tanh:
      return Math.tanh(x);
    case Op.exp:
      return Math.exp(x);
    case Op.log:
      return Math.log(x);
    default:
      return sigmoid(x);
  }
}

/** The local derivative of an operation of one operand, given its operand and its result. */
export function unaryDerivative(op: number, x: number, result: number, exponent: number): number {
  // A result that is not a number has no slope: a clean-looking gradient there would be a lie.
  if (Number.isNaN(result)) return Number.NaN;
  switch (op) {
    case Op.neg:
      return -1;
    case Op.pow:
      return powerDerivative(x, exponent);
    case Op.relu:
      return reluDerivative(x);
    case Op.tanh:
      return tanhDerivative(x);
    case Op.exp:
      return result;
    case Op.log:
      return 1 / x;
    default:
      return sigmoidDerivative(x);
  }
}
