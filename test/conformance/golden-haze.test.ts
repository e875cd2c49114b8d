/**
 * Dehaze and the guided filter against OpenCV 4.6 and numpy in doubles (test/fixtures/make-golden-haze.py), on small
 * pictures that are here and on a real photo where the corpus and /usr/bin/python3 with OpenCV are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { ParamValues } from '../../workers/filters/define.ts';
import { runChain } from '../../workers/pipeline/tiles.ts';
import { type Channels, newSamples, type Raster } from '../../workers/raster.ts';
import { chainOf, expectSame, kernelsForTests, optionsFor } from './harness.ts';
import { readNpy } from './npy.ts';

interface Entry {
  readonly filter: string;
  readonly params: ParamValues;
  readonly input: string;
  readonly result: string;
}

const FIXTURES = resolve(import.meta.dirname, '../fixtures');
const GOLDEN = join(FIXTURES, 'golden');
const PHOTO = resolve(import.meta.dirname, '../../../shared/corpus/photos/Kleiber_by_Lukas_Baubkus.jpg');
const { entries } = JSON.parse(readFileSync(join(GOLDEN, 'haze.json'), 'utf8')) as { entries: Entry[] };
const kernels = await kernelsForTests();

it.each(entries)('$filter $params on $input is OpenCV to one level', (entry) => {
  const { filter, params, input, result } = entry;
  const wanted = load(join(GOLDEN, result));
  const actual = runChain(load(join(GOLDEN, input)), chainOf({ filter, params }), optionsFor(kernels, 512));
  const { mean, most } = apart(actual, wanted);
  expect(mean).toBeLessThan(MEAN);
  expect(most).toBeLessThanOrEqual(1);
});

it('dehaze of a photo is OpenCV and numpy to one level', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'photomill-haze-'));
  try {
    const params = { strength: 0.95, sky: 0, radius: 60 };
    const script = join(FIXTURES, 'make-golden-haze.py');
    const made = existsSync(PHOTO)
      ? spawnSync('/usr/bin/python3', [script, PHOTO, folder, JSON.stringify(params)], { timeout: 60_000 })
      : undefined;
    if (made?.status !== 0) context.skip('SKIP: no corpus photo, or no /usr/bin/python3 with OpenCV');
    const chain = chainOf({ filter: 'dehaze', params });
    const actual = runChain(load(join(folder, 'input.npy')), chain, optionsFor(kernels, 1024));
    const { mean, most } = apart(actual, load(join(folder, 'result.npy')));
    expect(mean).toBeLessThan(MEAN);
    expect(most).toBeLessThanOrEqual(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);

it('dehaze of strength 0 changes nothing', () => {
  for (const depth of [8, 16]) {
    const picture = load(join(GOLDEN, `haze-input-${depth}.npy`));
    const same = runChain(picture, chainOf({ filter: 'dehaze', params: { strength: 0 } }), optionsFor(kernels, 64));
    expectSame(same, picture, `${depth} bits`);
  }
});

it('dehaze of a grey picture is that of the same picture in three equal colours', () => {
  for (const depth of [8, 16]) {
    const options = optionsFor(kernels, 512);
    const grey = runChain(load(join(GOLDEN, `haze-input-${depth}.npy`)), chainOf({ filter: 'grayscale' }), options);
    const data = newSamples(grey.depth, grey.data.length * 3).map((_, i) => grey.data[Math.floor(i / 3)] as number);
    const chain = chainOf({ filter: 'dehaze', params: { radius: 9 } });
    const clear = runChain(grey, chain, options);
    const coloured = runChain({ ...grey, data, channels: 3 }, chain, options);
    expectSame({ ...clear, data: coloured.data.filter((_, i) => i % 3 === 1) }, clear, `${depth} bits`);
    expect(apart(clear, grey).most, 'haze is gone').toBeGreaterThan(40);
  }
});

/** Levels of 8 bits. */
const MEAN = 0.02;

/** Levels of 8 bits. */
function apart(actual: Raster, wanted: Raster): { mean: number; most: number } {
  expect(actual.channels).toBe(wanted.channels);
  expect(actual.data.length).toBe(wanted.data.length);
  const level = wanted.depth === 8 ? 1 : 257;
  let sum = 0;
  let most = 0;
  for (const [i, value] of actual.data.entries()) {
    const difference = Math.abs(value - (wanted.data[i] as number)) / level;
    sum += difference;
    most = Math.max(most, difference);
  }
  return { mean: sum / actual.data.length, most };
}

function load(path: string): Raster {
  const { data, shape } = readNpy(readFileSync(path));
  const [height = 0, width = 0, channels = 1] = shape;
  return { data, width, height, channels: channels as Channels, depth: data.BYTES_PER_ELEMENT === 1 ? 8 : 16 };
}
