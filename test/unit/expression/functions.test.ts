/** The transcendental functions of formulas against Math's, over their ranges and at their edges. */
import { describe, expect, it } from 'vitest';
import { cos, exp, log, pow, sin, wholePower } from '../../../workers/filters/expression/functions.ts';
import { type Builder, createBuilder, type Value } from '../../../workers/filters/expression/program.ts';

/** Constants are computed while a program is built, by the very steps it would run. */
function computed(make: (build: Builder, ...args: Value[]) => Value, ...args: number[]): number {
  const build = createBuilder();
  const [node] = build.finish([make(build, ...args.map(build.constant))]).nodes;
  if (node?.kind !== 'constant') throw new Error('expected a constant');
  return new Float32Array(Int32Array.of(node.bits).buffer)[0] as number;
}

function* between(low: number, high: number, steps: number): Generator<number> {
  for (let i = 0; i <= steps; i++) yield Math.fround(low + ((high - low) * i) / steps);
}

/** Largest difference from Math's, as a part of its value or of `least`, whichever is more. */
function worst(ours: (v: number) => number, theirs: (v: number) => number, values: Iterable<number>, least: number) {
  let most = 0;
  for (const v of values) most = Math.max(most, Math.abs(ours(v) - theirs(v)) / Math.max(Math.abs(theirs(v)), least));
  return most;
}

describe('functions are f32 good', () => {
  it('exp', () => {
    expect(worst((v) => computed(exp, v), Math.exp, between(-5, 5, 4000), 0)).toBeLessThan(6e-7);
    expect(worst((v) => computed(exp, v), Math.exp, between(-80, 80, 4000), 0)).toBeLessThan(6e-6);
  });

  it('log', () => {
    expect(worst((v) => computed(log, v), Math.log, between(1 / 65_535, 4, 4000), 1)).toBeLessThan(2e-7);
    expect(worst((v) => computed(log, v), Math.log, between(1, 1e9, 4000), 1)).toBeLessThan(2e-7);
    expect(worst((v) => computed(log, v), Math.log, between(0.9, 1.1, 4000), 1e-3)).toBeLessThan(3e-7);
  });

  it('sin and cos', () => {
    expect(worst((v) => computed(sin, v), Math.sin, between(-7, 7, 4000), 1)).toBeLessThan(2e-7);
    expect(worst((v) => computed(cos, v), Math.cos, between(-7, 7, 4000), 1)).toBeLessThan(2e-7);
    expect(worst((v) => computed(sin, v), Math.sin, between(-8000, 8000, 4000), 1)).toBeLessThan(1e-6);
    expect(worst((v) => computed(cos, v), Math.cos, between(-8000, 8000, 4000), 1)).toBeLessThan(1e-6);
  });

  it.each([1 / 2.4, 2.2, 2.4, -0.7, 12.3])('pow(v, %f)', (exponent) => {
    const exact = Math.fround(exponent);
    const values = between(1 / 65_535, 1, 4000);
    expect(
      worst(
        (v) => computed(pow, v, exact),
        (v) => v ** exact,
        values,
        1e-6,
      ),
    ).toBeLessThan(3e-6);
  });

  it.each([1, 2, 3, 7, 16, -1, -4])('whole power %i, of negative bases too', (exponent) => {
    const ours = (v: number) => computed((build, base) => wholePower(build, base, exponent), v);
    expect(worst(ours, (v) => v ** exponent, between(0.1, 2, 500), 0)).toBeLessThan(2e-6);
    expect(worst(ours, (v) => v ** exponent, between(-2, -0.1, 500), 0)).toBeLessThan(2e-6);
  });
});

describe('edges', () => {
  const { POSITIVE_INFINITY: inf, NaN: nan } = Number;
  it.each<[string, (build: Builder, ...args: Value[]) => Value, number[], number]>([
    ['exp(0)', exp, [0], 1],
    ['exp(100)', exp, [100], inf],
    ['exp(-100)', exp, [-100], 0],
    ['exp(inf)', exp, [inf], inf],
    ['exp(-inf)', exp, [-inf], 0],
    ['exp(NaN)', exp, [nan], nan],
    ['log(0)', log, [0], -inf],
    ['log(-0)', log, [-0], -inf],
    ['log(1)', log, [1], 0],
    ['log(-1)', log, [-1], nan],
    ['log(-1e-40)', log, [-1e-40], nan],
    ['log(inf)', log, [inf], inf],
    ['log(-inf)', log, [-inf], nan],
    ['log(NaN)', log, [nan], nan],
    ['sin(0)', sin, [0], 0],
    ['sin(inf)', sin, [inf], nan],
    ['cos(NaN)', cos, [nan], nan],
    ['pow(0, 2.5)', pow, [0, 2.5], 0],
    ['pow(0, 0)', pow, [0, 0], 1],
    ['pow(0, -1.5)', pow, [0, -1.5], inf],
    ['pow(1, 99.5)', pow, [1, 99.5], 1],
    ['pow(9, 387420489)', pow, [9, 387_420_489], inf],
    ['pow(-1, 0.3)', pow, [-1, 0.3], nan],
  ])('%s', (_, make, args, wanted) => {
    // -0 is 0 to whoever looks at pixels.
    expect(computed(make, ...args) + 0).toBe(wanted);
  });

  it('sin and cos of anything stay within -1 to 1', () => {
    for (const v of [1e5, 1e8, 3e38, -1e10]) {
      expect(Math.abs(computed(sin, v))).toBeLessThanOrEqual(1);
      expect(Math.abs(computed(cos, v))).toBeLessThanOrEqual(1);
    }
  });
});
