/** Edges are OpenCV 4.6's in every pixel (test/fixtures/make-golden-edges.py); a convolution in floats to one level. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { ParamValues } from '../../workers/filters/define.ts';
import { runChain } from '../../workers/pipeline/tiles.ts';
import type { Channels, Raster } from '../../workers/raster.ts';
import { chainOf, expectSame, kernelsForTests, optionsFor } from './harness.ts';
import { readNpy } from './npy.ts';

const GOLDEN = resolve(import.meta.dirname, '../fixtures/golden/edges');
const entries = JSON.parse(readFileSync(resolve(GOLDEN, 'results.json'), 'utf8')) as {
  readonly filter: string;
  readonly params: ParamValues;
  readonly input: string;
  readonly result: string;
}[];
const kernels = await kernelsForTests();

it.each(entries)('$filter $params, $result', ({ filter, params, input, result }) => {
  const wanted = load(result);
  for (const mode of ['simd', 'scalar'] as const) {
    const actual = runChain(load(input), chainOf({ filter, params }), optionsFor(kernels, 512, mode));
    if (filter === 'convolve') expect(mostApart(actual, wanted), mode).toBeLessThanOrEqual(1);
    else expectSame(actual, wanted, mode);
  }
});

function mostApart(actual: Raster, wanted: Raster): number {
  let most = 0;
  for (const [i, value] of actual.data.entries()) most = Math.max(most, Math.abs(value - (wanted.data[i] as number)));
  return most;
}

function load(name: string): Raster {
  const { data, shape } = readNpy(readFileSync(resolve(GOLDEN, name)));
  const [height = 0, width = 0, channels = 1] = shape;
  return { data, width, height, channels: channels as Channels, depth: data.BYTES_PER_ELEMENT === 1 ? 8 : 16 };
}
