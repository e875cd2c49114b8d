/** Blurs and order statistics against what OpenCV 4.6 made of the same pictures (test/fixtures/make-golden-blur.py). */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { ParamValues } from '../../workers/filters/define.ts';
import { runChain } from '../../workers/pipeline/tiles.ts';
import type { Channels, Depth, Raster } from '../../workers/raster.ts';
import { chainOf, kernelsForTests, optionsFor } from './harness.ts';
import { readNpy } from './npy.ts';

interface Entry {
  readonly filter: string;
  readonly params: ParamValues;
  readonly depth: Depth;
  readonly input: string;
  readonly result: string;
}

/** Levels that a result may be off, by filter and depth. */
const LEVELS: Readonly<Record<string, number>> = {
  'bilateral 8': 1,
  'box-blur 8': 0,
  'box-blur 16': 1,
  // At sigma 100 OpenCV's own weights, ones and zeros by then, are 2.2 levels from the Gaussian on this small picture.
  'gaussian-blur 8': 2,
  'gaussian-blur 16': 60,
  'median 8': 0,
  'median 16': 0,
  'rank 8': 0,
  'rank 16': 0,
};

const GOLDEN = resolve(import.meta.dirname, '../fixtures/golden');
const manifest = readFileSync(resolve(GOLDEN, 'blur/manifest.json'), 'utf8');
const { entries } = JSON.parse(manifest) as { entries: Entry[] };
const kernels = await kernelsForTests();

it.each(entries)('$filter $params at $depth bits is what OpenCV makes', ({ filter, params, depth, input, result }) => {
  const wanted = load(result);
  const actual = runChain(load(input), chainOf({ filter, params }), optionsFor(kernels, 512));
  expect(actual.data.length).toBe(wanted.data.length);
  let furthest = 0;
  for (const [i, value] of actual.data.entries()) {
    furthest = Math.max(furthest, Math.abs(value - (wanted.data[i] as number)));
  }
  expect(furthest).toBeLessThanOrEqual(LEVELS[`${filter} ${depth}`] as number);
});

function load(name: string): Raster {
  const { data, shape } = readNpy(readFileSync(resolve(GOLDEN, name)));
  const [height = 0, width = 0, channels = 1] = shape;
  return { data, width, height, channels: channels as Channels, depth: data.BYTES_PER_ELEMENT === 1 ? 8 : 16 };
}
