/** Morphology is OpenCV 4.6's in every pixel (test/fixtures/make-golden-morphology.py). */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'vitest';
import type { ParamValues } from '../../workers/filters/define.ts';
import { runChain } from '../../workers/pipeline/tiles.ts';
import type { Raster } from '../../workers/raster.ts';
import { chainOf, DEPTHS, expectSame, kernelsForTests, optionsFor } from './harness.ts';
import { readNpy } from './npy.ts';

const GOLDEN = resolve(import.meta.dirname, '../fixtures/golden/morphology');
const entries = JSON.parse(readFileSync(resolve(GOLDEN, 'results.json'), 'utf8')) as {
  readonly filter: string;
  readonly params: ParamValues;
}[];
const kernels = await kernelsForTests();

describe.each(DEPTHS)('%i bits', (depth) => {
  const input = readNpy(readFileSync(resolve(GOLDEN, `input-${depth}.npy`)));
  const results = readNpy(readFileSync(resolve(GOLDEN, `${depth}.npy`)));
  const [height = 0, width = 0] = input.shape;
  const raster: Raster = { data: input.data, width, height, channels: 3, depth };

  it.each(entries.map((entry, index) => ({ ...entry, index })))('$filter $params', ({ filter, params, index }) => {
    const length = input.data.length;
    const wanted: Raster = { ...raster, data: results.data.subarray(index * length, (index + 1) * length) };
    for (const mode of ['simd', 'scalar'] as const) {
      const actual = runChain(raster, chainOf({ filter, params }), optionsFor(kernels, 512, mode));
      expectSame(actual, wanted, mode);
    }
  });
});
