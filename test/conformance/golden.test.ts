/** Filters against what OpenCV 4.6 made of the same pictures (test/fixtures/make-golden.py): at most one level apart. */
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

const GOLDEN = resolve(import.meta.dirname, '../fixtures/golden');
const { entries } = JSON.parse(readFileSync(resolve(GOLDEN, 'manifest.json'), 'utf8')) as { entries: Entry[] };
const kernels = await kernelsForTests();

it.each(entries)('$filter $params at $depth bits is OpenCV to one level', ({ filter, params, input, result }) => {
  const wanted = load(result);
  for (const mode of ['simd', 'scalar'] as const) {
    const actual = runChain(load(input), chainOf({ filter, params }), optionsFor(kernels, 512, mode));
    expect(actual.channels).toBe(wanted.channels);
    expect(actual.data.length).toBe(wanted.data.length);
    let differences = 0;
    for (const [i, value] of actual.data.entries()) {
      differences = Math.max(differences, Math.abs(value - (wanted.data[i] as number)));
    }
    expect(differences, mode).toBeLessThanOrEqual(LEVELS[filter] ?? 1);
  }
});

/** Those whose arithmetic is OpenCV's own are held to it exactly. */
const LEVELS: Readonly<Record<string, number>> = { grayscale: 0, 'gaussian-blur': 0 };

function load(name: string): Raster {
  const { data, shape } = readNpy(readFileSync(resolve(GOLDEN, name)));
  const [height = 0, width = 0, channels = 1] = shape;
  return { data, width, height, channels: channels as Channels, depth: data.BYTES_PER_ELEMENT === 1 ? 8 : 16 };
}
