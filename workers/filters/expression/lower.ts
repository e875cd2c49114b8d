/**
 * Owns what a formula means: its tree in steps (program.ts). Knows the language, no pixels.
 * Every operator and function takes all of its operands; `?:` computes both sides and keeps one.
 */
import type {
  BinaryOperator,
  Expression,
  FunctionName,
  PlaceName,
  SampleName,
} from '../../../preload/expression/grammar.ts';
import { cos, exp, log, pow, sin, wholePower } from './functions.ts';
import type { Builder, Value } from './program.ts';

/** What names stand for in this picture: all numbers, samples from 0 to 1. */
export interface Names {
  sample(name: SampleName, dx: number, dy: number): Value;
  place(name: PlaceName): Value;
}

/** Exponents up to there are multiplied out: exact where exp and log are not, and of negative bases too. */
const LARGEST_WHOLE_POWER = 16;

/** A number (never a mask). */
export function lower(build: Builder, names: Names, tree: Expression): Value {
  return toNumber(build, lowered(build, names, tree));
}

function lowered(build: Builder, names: Names, tree: Expression): Value {
  const number = (of: Expression) => lower(build, names, of);
  const mask = (of: Expression) => toMask(build, lowered(build, names, of));
  switch (tree.kind) {
    case 'number':
      return build.constant(tree.value);
    case 'sample':
      return names.sample(tree.name, tree.dx, tree.dy);
    case 'place':
      return names.place(tree.name);
    case 'unary':
      return tree.operator === '!' ? build.step('not', mask(tree.of)) : build.step('neg', number(tree.of));
    case 'binary':
      if (tree.operator === '&&') return build.step('both', mask(tree.left), mask(tree.right));
      if (tree.operator === '||') return build.step('either', mask(tree.left), mask(tree.right));
      if (tree.operator === '^') return power(build, names, tree.left, tree.right);
      return binary(build, tree.operator, number(tree.left), number(tree.right));
    case 'choose':
      return build.step('select', number(tree.yes), number(tree.no), mask(tree.test));
    case 'call':
      if (tree.name === 'pow') return power(build, names, ...(tree.args as [Expression, Expression]));
      return call(build, tree.name, tree.args.map(number));
    default:
      return tree satisfies never;
  }
}

function toNumber(build: Builder, value: Value): Value {
  return build.isMask(value) ? build.step('select', build.constant(1), build.constant(0), value) : value;
}

/** Anything but 0 is true (NaN too). */
function toMask(build: Builder, value: Value): Value {
  return build.isMask(value) ? value : build.step('ne', value, build.constant(0));
}

function binary(build: Builder, operator: Exclude<BinaryOperator, '&&' | '||' | '^'>, a: Value, b: Value): Value {
  switch (operator) {
    case '+':
      return build.step('add', a, b);
    case '-':
      return build.step('sub', a, b);
    case '*':
      return build.step('mul', a, b);
    case '/':
      return build.step('div', a, b);
    case '%':
      // The remainder with the divisor's sign, as in GLSL: stripes go on evenly through 0.
      return build.step('sub', a, build.step('mul', b, build.step('floor', build.step('div', a, b))));
    case '<':
      return build.step('lt', a, b);
    case '<=':
      return build.step('le', a, b);
    case '>':
      return build.step('lt', b, a);
    case '>=':
      return build.step('le', b, a);
    case '==':
      return build.step('eq', a, b);
    case '!=':
      return build.step('ne', a, b);
    default:
      return operator satisfies never;
  }
}

function power(build: Builder, names: Names, left: Expression, right: Expression): Value {
  const base = lower(build, names, left);
  const exponent = literal(right);
  if (exponent === 0) return build.constant(1);
  if (exponent === 0.5) return build.step('sqrt', base);
  if (exponent !== null && Number.isInteger(exponent) && Math.abs(exponent) <= LARGEST_WHOLE_POWER) {
    return wholePower(build, base, exponent);
  }
  return pow(build, base, lower(build, names, right));
}

function literal(tree: Expression): number | null {
  if (tree.kind === 'number') return tree.value;
  if (tree.kind === 'unary' && tree.operator === '-' && tree.of.kind === 'number') return -tree.of.value;
  return null;
}

function call(build: Builder, name: Exclude<FunctionName, 'pow'>, args: readonly Value[]): Value {
  const [a, b, c] = args as [Value, Value, Value];
  switch (name) {
    case 'abs':
    case 'ceil':
    case 'floor':
    case 'sqrt':
      return build.step(name, a);
    case 'min':
    case 'max':
      return args.reduce((sofar, next) => build.step(name, sofar, next));
    case 'exp':
      return exp(build, a);
    case 'log':
      return log(build, a);
    case 'sin':
      return sin(build, a);
    case 'cos':
      return cos(build, a);
    case 'clamp':
      return clamp(build, a, b, c);
    case 'fract':
      return build.step('sub', a, build.step('floor', a));
    case 'mix':
      return build.step('add', a, build.step('mul', build.step('sub', b, a), c));
    case 'round':
      // Halves go up.
      return build.step('floor', build.step('add', a, build.constant(0.5)));
    case 'sign':
      return sign(build, a);
    case 'step':
      return toNumber(build, build.step('le', a, b));
    case 'smoothstep':
      return smoothstep(build, a, b, c);
    default:
      return name satisfies never;
  }
}

function clamp(build: Builder, value: Value, low: Value, high: Value): Value {
  return build.step('min', build.step('max', value, low), high);
}

function sign(build: Builder, of: Value): Value {
  const zero = build.constant(0);
  const positive = toNumber(build, build.step('lt', zero, of));
  return build.step('sub', positive, toNumber(build, build.step('lt', of, zero)));
}

/** Hermite's curve from 0 at `low` to 1 at `high`, as in GLSL. */
function smoothstep(build: Builder, low: Value, high: Value, at: Value): Value {
  const part = build.step('div', build.step('sub', at, low), build.step('sub', high, low));
  const bounded = clamp(build, part, build.constant(0), build.constant(1));
  const slope = build.step('sub', build.constant(3), build.step('mul', build.constant(2), bounded));
  return build.step('mul', build.step('mul', bounded, bounded), slope);
}
