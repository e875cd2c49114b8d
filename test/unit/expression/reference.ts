/**
 * A formula computed the plainest way, straight from its tree, in f32: what the program and its two twins are held to.
 * Without the functions that have no one f32 result (functions.test.ts holds those to Math's).
 */
import type { Expression, SampleName } from '../../../preload/expression/grammar.ts';

export interface Place {
  /** 0 to 1. */
  sample(name: SampleName, dx: number, dy: number): number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const f = Math.fround;

export function evaluate(tree: Expression, at: Place): number {
  const of = (part: Expression) => evaluate(part, at);
  switch (tree.kind) {
    case 'number':
      return f(tree.value);
    case 'sample':
      return at.sample(tree.name, tree.dx, tree.dy);
    case 'place':
      return at[tree.name];
    case 'unary':
      return tree.operator === '-' ? -of(tree.of) : Number(of(tree.of) === 0);
    case 'binary':
      return binary(tree.operator, of(tree.left), of(tree.right));
    case 'choose':
      return of(tree.test) !== 0 ? of(tree.yes) : of(tree.no);
    case 'call':
      return call(tree.name, tree.args.map(of));
  }
}

function binary(operator: string, a: number, b: number): number {
  const results: Record<string, () => number> = {
    '+': () => f(a + b),
    '-': () => f(a - b),
    '*': () => f(a * b),
    '/': () => f(a / b),
    '%': () => f(a - f(b * Math.floor(f(a / b)))),
    '<': () => Number(a < b),
    '<=': () => Number(a <= b),
    '>': () => Number(a > b),
    '>=': () => Number(a >= b),
    '==': () => Number(a === b),
    '!=': () => Number(a !== b),
    '&&': () => Number(a !== 0 && b !== 0),
    '||': () => Number(a !== 0 || b !== 0),
  };
  const result = results[operator];
  if (result === undefined) throw new Error(`no reference for ${operator}`);
  return result();
}

/** Where either is NaN, the first. */
function lower(a: number, b: number): number {
  if (b < a) return b;
  return a;
}

function higher(a: number, b: number): number {
  if (a < b) return b;
  return a;
}

function call(name: string, args: readonly number[]): number {
  const [a = 0, b = 0, c = 0] = args;
  const results: Record<string, () => number> = {
    abs: () => Math.abs(a),
    ceil: () => Math.ceil(a),
    floor: () => Math.floor(a),
    round: () => Math.floor(f(a + 0.5)),
    fract: () => f(a - Math.floor(a)),
    sqrt: () => f(Math.sqrt(a)),
    sign: () => Number(a > 0) - Number(a < 0),
    step: () => Number(b >= a),
    mix: () => f(a + f(f(b - a) * c)),
    clamp: () => lower(higher(a, b), c),
    min: () => args.reduce(lower),
    max: () => args.reduce(higher),
  };
  const result = results[name];
  if (result === undefined) throw new Error(`no reference for ${name}`);
  return result();
}
