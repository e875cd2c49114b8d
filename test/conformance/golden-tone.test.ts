/** Tone and colour against what OpenCV 4.6 made of the same pictures (test/fixtures/make-golden-tone.py). */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ParamValues } from '../../workers/filters/define.ts';
import { monotoneCubic } from '../../workers/kernels/monotone-cubic.ts';
import { stagesOf } from '../../workers/pipeline/chain.ts';
import { planPasses } from '../../workers/pipeline/passes.ts';
import { runChain } from '../../workers/pipeline/tiles.ts';
import type { Channels, Raster } from '../../workers/raster.ts';
import { chainOf, drawn, expectSame, kernelsForTests, optionsFor } from './harness.ts';
import { readNpy } from './npy.ts';

interface Entry {
  readonly filter: string;
  readonly params: ParamValues;
  readonly input: string;
  readonly result: string;
  /** Most levels a sample may be apart. */
  readonly levels: number;
}

const SIZE = { width: 300, height: 200 };
const GOLDEN = resolve(import.meta.dirname, '../fixtures/golden/tone');
const { entries } = JSON.parse(readFileSync(resolve(GOLDEN, 'manifest.json'), 'utf8')) as { entries: Entry[] };
const kernels = await kernelsForTests();

it.each(entries)(
  '$filter $params of $input is OpenCV to $levels levels',
  ({ filter, params, input, result, levels }) => {
    const wanted = load(result);
    for (const mode of ['simd', 'scalar'] as const) {
      const actual = runChain(load(input), chainOf({ filter, params }), optionsFor(kernels, 512, mode));
      expect(actual.data.length).toBe(wanted.data.length);
      let differences = 0;
      for (const [i, value] of actual.data.entries()) {
        differences = Math.max(differences, Math.abs(value - (wanted.data[i] as number)));
      }
      expect(differences, mode).toBeLessThanOrEqual(levels);
    }
  },
);

it('asks for a count only where the params need one, so that a fixed threshold ends no pass', () => {
  const passesOf = (method: string) =>
    planPasses(
      stagesOf(chainOf({ filter: 'invert' }, { filter: 'threshold', params: { method } }), 3, 8, SIZE),
      ...([8, 64, { left: 0, top: 0, ...SIZE }, SIZE] as const),
    ).length;
  expect(passesOf('fixed')).toBe(1);
  expect(passesOf('otsu')).toBe(2);
});

describe('tables', () => {
  it('are made anew when one chain meets pictures of other channels and depths', () => {
    const chain = chainOf({ filter: 'arithmetic', params: { a: 2, b: 0, channel: 'red' } });
    for (const [channels, depth] of [
      [1, 8],
      [3, 8],
      [3, 16],
      [4, 8],
      [2, 16],
    ] as const) {
      const raster = drawn(19, 7, channels, depth);
      const fast = runChain(raster, chain, optionsFor(kernels, 512));
      expectSame(fast, runChain(raster, chain, optionsFor(kernels, 512, 'scalar')), `${channels} of ${depth}`);
    }
  });
});

describe('monotone cubic', () => {
  const points = [0, 0.1, 0.15, 0.8, 0.82, 1].map((y, i) => ({ x: i / 5, y }));

  it('goes through its points and never back', () => {
    const curve = monotoneCubic(points);
    for (const { x, y } of points) expect(curve(x)).toBeCloseTo(y, 12);
    const values = Array.from({ length: 1001 }, (_, i) => curve(i / 1000));
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  });

  it('is a line where its points are on one', () => {
    const line = monotoneCubic([0, 0.3, 0.5, 1].map((x) => ({ x, y: 2 * x })));
    for (const x of [0, 0.07, 0.31, 0.64, 0.99]) expect(line(x)).toBeCloseTo(2 * x, 12);
  });
});

function load(name: string): Raster {
  const { data, shape } = readNpy(readFileSync(resolve(GOLDEN, name)));
  const [height = 0, width = 0, channels = 1] = shape;
  return { data, width, height, channels: channels as Channels, depth: data.BYTES_PER_ELEMENT === 1 ? 8 : 16 };
}
