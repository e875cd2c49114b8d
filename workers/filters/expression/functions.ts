/**
 * Owns exp, log, sin, cos and powers of f32 in steps both twins run alike: written once, so there is nothing to keep equal.
 * Good to about 2e-7 of the value (sin and cos: of 1, for arguments up to some thousands); test/unit/expression holds them
 * to that. Range reductions as in Cephes (Moshier, 1989: expf, logf, sinf); the polynomials are the plain series.
 */
import type { Builder, Value } from './program.ts';

/** 1.5 * 2^23: adding it rounds to a whole number, which then stands in the low bits. */
const WHOLE = 12_582_912;
const ONE_BITS = 0x3f800000;
/** Of sqrt(1/2): mantissas from there on belong to the next exponent. */
const HALF_ROOT_BITS = 0x3f3504f3;
const SMALLEST_NORMAL = 2 ** -126;

/** Pi in three parts of which the first two leave room for a factor without rounding. */
const PI_PARTS = [3.140625, 9.675025939941406e-4, 1.509957990978376e-7] as const;

/** A constant by its bits, for sums of bits. */
function bitConstant(build: Builder, bits: number): Value {
  return build.constant(new Float32Array(Int32Array.of(bits).buffer)[0] as number);
}

/** Horner's rule, the highest power first. */
function polynomial(build: Builder, at: Value, coefficients: readonly number[]): Value {
  const [first = 0, ...others] = coefficients;
  return others.reduce(
    (sum, coefficient) => build.step('add', build.step('mul', sum, at), build.constant(coefficient)),
    build.constant(first),
  );
}

/** NaN stays NaN: whatever bits its way through shifts made are put aside. */
function unlessNaN(build: Builder, of: Value, result: Value): Value {
  return build.step('select', result, of, build.step('eq', of, of));
}

/** 2 to the power of `of`; 0 below 2^-126, infinite above 2^127.5. */
export function exp2(build: Builder, of: Value): Value {
  const bounded = build.step('min', build.step('max', of, build.constant(-127)), build.constant(128));
  const shifted = build.step('add', bounded, build.constant(WHOLE));
  const whole = build.step('sub', shifted, build.constant(WHOLE));
  const part = build.step('sub', bounded, whole);
  // ln(2)^n / n!, on -0.5 to 0.5.
  const series = Array.from({ length: 8 }, (_, n) => Math.LN2 ** n / factorial(n)).toReversed();
  const scale = build.step('addBits', build.step('shiftLeft', shifted, 23), bitConstant(build, ONE_BITS));
  return unlessNaN(build, of, build.step('mul', polynomial(build, part, series), scale));
}

export function exp(build: Builder, of: Value): Value {
  return exp2(build, build.step('mul', of, build.constant(Math.LOG2E)));
}

interface Logarithm {
  /** A whole number: what the exponent gives to the logarithm of base 2. */
  readonly exponent: Value;
  /** The natural logarithm of the rest, which is from sqrt(1/2) to sqrt(2). */
  readonly rest: Value;
}

function logParts(build: Builder, of: Value): Logarithm {
  const exponent = build.step('shiftRight', build.step('subBits', of, bitConstant(build, HALF_ROOT_BITS)), 23);
  const rest = build.step('subBits', of, build.step('shiftLeft', exponent, 23));
  const one = build.constant(1);
  // ln(m) = 2 (s + s^3/3 + s^5/5 …) of s = (m - 1) / (m + 1), at most 0.172.
  const s = build.step('div', build.step('sub', rest, one), build.step('add', rest, one));
  const square = build.step('mul', s, s);
  const series = polynomial(build, square, [2 / 11, 2 / 9, 2 / 7, 2 / 5, 2 / 3, 2]);
  return { exponent: build.step('toFloat', exponent), rest: build.step('mul', series, s) };
}

/** What a logarithm is outside of the numbers it has: -infinity at 0, NaN below, itself at infinity. */
function logEdges(build: Builder, of: Value, result: Value): Value {
  const infinity = build.constant(Number.POSITIVE_INFINITY);
  const small = build.step('lt', of, build.constant(SMALLEST_NORMAL));
  const negative = build.step('lt', of, build.constant(0));
  const low = build.step('select', build.constant(Number.NaN), build.step('neg', infinity), negative);
  const high = build.step('select', infinity, result, build.step('eq', of, infinity));
  return unlessNaN(build, of, build.step('select', low, high, small));
}

export function log(build: Builder, of: Value): Value {
  const { exponent, rest } = logParts(build, of);
  return logEdges(build, of, build.step('add', build.step('mul', exponent, build.constant(Math.LN2)), rest));
}

function log2(build: Builder, of: Value): Value {
  const { exponent, rest } = logParts(build, of);
  return logEdges(build, of, build.step('add', exponent, build.step('mul', rest, build.constant(Math.LOG2E))));
}

/** A base below 0 has no power (NaN); anything to the power of 0 is 1. */
export function pow(build: Builder, base: Value, exponent: Value): Value {
  const power = exp2(build, build.step('mul', exponent, log2(build, base)));
  return build.step('select', build.constant(1), power, build.step('eq', exponent, build.constant(0)));
}

/** By squaring: of any base. `exponent`: whole, not 0. */
export function wholePower(build: Builder, base: Value, exponent: number): Value {
  if (exponent < 0) return build.step('div', build.constant(1), wholePower(build, base, -exponent));
  if (exponent === 1) return base;
  const half = wholePower(build, base, Math.floor(exponent / 2));
  const square = build.step('mul', half, half);
  return exponent % 2 === 0 ? square : build.step('mul', square, base);
}

/** Of the nearest multiple of pi (or, for cosines, odd multiple of pi/2) only whether it is odd matters. */
function wave(build: Builder, of: Value, half: 0 | 0.5): Value {
  const turns = build.step('sub', build.step('mul', of, build.constant(1 / Math.PI)), build.constant(half));
  const shifted = build.step('add', turns, build.constant(WHOLE));
  const whole = build.step('sub', shifted, build.constant(WHOLE));
  const multiple = build.step('add', whole, build.constant(half));
  const part = PI_PARTS.reduce<Value>(
    (rest, pi) => build.step('sub', rest, build.step('mul', multiple, build.constant(pi))),
    of,
  );
  const square = build.step('mul', part, part);
  // (-1)^n / (2n + 1)!, on -pi/2 to pi/2.
  const series = Array.from({ length: 7 }, (_, n) => (-1) ** n / factorial(2 * n + 1)).toReversed();
  const sine = build.step('mul', polynomial(build, square, series), part);
  const signed = build.step('flip', sine, build.step('shiftLeft', shifted, 31));
  const bounded = build.step('min', build.step('max', signed, build.constant(-1)), build.constant(1));
  return unlessNaN(build, part, half === 0 ? bounded : build.step('neg', bounded));
}

export function sin(build: Builder, of: Value): Value {
  return wave(build, of, 0);
}

/** cos(x) = -sin(x - pi/2). */
export function cos(build: Builder, of: Value): Value {
  return wave(build, of, 0.5);
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}
