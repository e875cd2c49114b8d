/** Owns what the conformance tests share: kernels, drawn pictures, every filter's cases (found, not listed), comparison. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import type { FilterCases, ParamValues } from '../../workers/filters/define.ts';
import { buildKernels, KERNELS_FILE } from '../../workers/kernels/build.ts';
import { type Kernels, loadKernels } from '../../workers/kernels/load.ts';
import { type PreparedStep, prepareChain } from '../../workers/pipeline/chain.ts';
import type { ChainOptions } from '../../workers/pipeline/run-tile.ts';
import { type Channels, type Depth, newSamples, type Raster } from '../../workers/raster.ts';

export const DEPTHS = [8, 16] as const satisfies readonly Depth[];
export const CHANNELS = [1, 2, 3, 4] as const satisfies readonly Channels[];

/** Built here if `npm run build` did not run, or the sources changed since. */
export async function kernelsForTests(): Promise<Kernels> {
  const { file } = await buildKernels(KERNELS_FILE);
  expect(existsSync(file)).toBe(true);
  return loadKernels(readFileSync(file));
}

/** cases.ts of every filter folder: a new filter is tested by being there. */
export async function allCases(): Promise<FilterCases[]> {
  const root = resolve(import.meta.dirname, '../../workers/filters');
  const files = globSync('*/cases.ts', { cwd: root }).sort();
  const modules = await Promise.all(
    files.map((file) => import(pathToFileURL(resolve(root, file)).href) as Promise<{ cases: FilterCases }>),
  );
  return modules.map((module) => module.cases);
}

export function chainOf(...steps: { readonly filter: string; readonly params?: ParamValues }[]): PreparedStep[] {
  return prepareChain(steps.map(({ filter, params }) => ({ filter, params: { ...params }, enabled: true })));
}

export function optionsFor(kernels: Kernels, tileSize: number, mode: ChainOptions['mode'] = 'simd'): ChainOptions {
  return { tileSize, kernels, mode, checkCancelled: () => {} };
}

/** Noise with flat black and white patches, where clamping and rounding go wrong first. */
export function drawn(width: number, height: number, channels: Channels, depth: Depth, seed = 1): Raster {
  const data = newSamples(depth, width * height * channels);
  const random = randomFrom(seed);
  const white = depth === 8 ? 255 : 65_535;
  for (let i = 0; i < data.length; i++) {
    const pixel = Math.floor(i / channels);
    const patch = ((pixel % width) >> 3) + (Math.floor(pixel / width) >> 3);
    data[i] = patch % 5 === 0 ? white : patch % 5 === 1 ? 0 : random() * (white + 1);
  }
  return { data, width, height, channels, depth };
}

/** mulberry32: the same numbers on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fisher and Yates. */
export function shuffled(seed: number): (count: number) => number[] {
  return (count) => {
    const random = randomFrom(seed);
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    return order;
  };
}

export function crop(raster: Raster, left: number, top: number, width: number, height: number): Raster {
  const data = newSamples(raster.depth, width * height * raster.channels);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * raster.width + left) * raster.channels;
    data.set(raster.data.subarray(from, from + width * raster.channels), y * width * raster.channels);
  }
  return { ...raster, data, width, height };
}

/** Bit for bit; says where the first difference is (vitest's own comparison takes seconds on large arrays). */
export function expectSame(actual: Raster, wanted: Raster, what: string): void {
  const shapeOf = ({ width, height, channels, depth }: Raster) => ({ width, height, channels, depth });
  expect(shapeOf(actual), what).toEqual(shapeOf(wanted));
  expect(firstDifference(actual, wanted), what).toBeNull();
}

function firstDifference(actual: Raster, wanted: Raster): string | null {
  if (actual.data.length !== wanted.data.length) return `${actual.data.length} samples, not ${wanted.data.length}`;
  const at = actual.data.findIndex((value, i) => value !== wanted.data[i]);
  if (at < 0) return null;
  const pixel = Math.floor(at / wanted.channels);
  const place = `(${pixel % wanted.width}, ${Math.floor(pixel / wanted.width)}, ${at % wanted.channels})`;
  return `sample ${place} is ${actual.data[at]}, not ${wanted.data[at]}`;
}
