/**
 * Painterly filters against what OpenCV 4.6 made of the same picture (test/fixtures/make-golden-painterly.py).
 * The fixture is small and brushes follow the picture's size, so a case gives the reach itself instead of a share.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filterById } from '../../workers/filters/catalogue.ts';
import type { PreparedStep } from '../../workers/pipeline/chain.ts';
import { runChain } from '../../workers/pipeline/tiles.ts';
import type { Raster } from '../../workers/raster.ts';
import { CHANNELS, DEPTHS, drawn, expectSame, kernelsForTests, optionsFor } from './harness.ts';
import { readNpy } from './npy.ts';

interface Entry {
  readonly filter: string;
  readonly given: Readonly<Record<string, number>>;
  readonly result: string;
}

const GOLDEN = resolve(import.meta.dirname, '../fixtures/golden');
const { entries } = JSON.parse(readFileSync(resolve(GOLDEN, 'painterly.json'), 'utf8')) as { entries: Entry[] };
const kernels = await kernelsForTests();
const casesOf = (filter: string) => entries.filter((entry) => entry.filter === filter);

describe('oil-painting', () => {
  it.each(casesOf('oil-painting'))('$given is xphoto.oilPainting in every pixel', ({ given, result }) => {
    const wanted = load(result);
    for (const mode of ['simd', 'scalar'] as const) {
      const { halo = 1, strength = 1 } = given;
      expectSame(runChain(load('input-8.npy'), oil(halo, strength), optionsFor(kernels, 512, mode)), wanted, mode);
    }
  });

  it.each([7, 8, 21])('twins and tiles agree with a brush of %i px', (halo) => {
    for (const depth of DEPTHS) {
      for (const channels of CHANNELS) {
        const raster = drawn(70, 33, channels, depth, halo);
        const chain = oil(halo, 3);
        const scalar = runChain(raster, chain, optionsFor(kernels, 512, 'scalar'));
        const what = `${channels} channels of ${depth} bits`;
        expectSame(runChain(raster, chain, optionsFor(kernels, 512)), scalar, what);
        const exactTile = { width: 31, height: 16 };
        expectSame(runChain(raster, chain, { ...optionsFor(kernels, 512), exactTile }), scalar, `${what}, tiled`);
      }
    }
  });

  /** Its kernel takes the halo for the brush's radius. */
  function oil(halo: number, strength: number): PreparedStep[] {
    return [{ filter: { ...filterById('oil-painting'), halo: () => halo }, params: { radius: 1, strength } }];
  }
});

describe('watercolor', () => {
  it.each(casesOf('watercolor'))('$given is edgePreservingFilter to less than a level', ({ given, result }) => {
    const wanted = load(result);
    for (const mode of ['simd', 'scalar'] as const) {
      const params = { ...scaled(given, 0.45), strength: 0 };
      const chain = [{ filter: filterById('watercolor'), params }];
      expect(meanDifference(runChain(load('input-8.npy'), chain, optionsFor(kernels, 512, mode)), wanted)).toBeLessThan(
        1,
      );
    }
  });

  it('is the same in both twins and all tiles where washes reach far', () => {
    for (const depth of DEPTHS) {
      for (const channels of CHANNELS) {
        const raster = drawn(70, 33, channels, depth);
        const chain = [{ filter: filterById('watercolor'), params: { radius: 1000, detail: 30, strength: 2 } }];
        const scalar = runChain(raster, chain, optionsFor(kernels, 512, 'scalar'));
        const what = `${channels} channels of ${depth} bits`;
        expectSame(runChain(raster, chain, optionsFor(kernels, 512)), scalar, what);
        const exactTile = { width: 31, height: 16 };
        expectSame(runChain(raster, chain, { ...optionsFor(kernels, 512), exactTile }), scalar, `${what}, tiled`);
      }
    }
  });
});

describe.each(['pencil-sketch', 'color-pencil'])('%s', (id) => {
  it.each(casesOf(id))('$given is pencilSketch: of 100 samples, 99 to a level', ({ given, result }) => {
    const wanted = load(result);
    const { sigma_s: sigmaS = 1, shade = 1 } = given;
    const params = { ...scaled(given, 0.07), strength: 1.2 / (sigmaS * shade) };
    for (const mode of ['simd', 'scalar'] as const) {
      const drawing = runChain(
        load('input-8.npy'),
        [{ filter: filterById(id), params }],
        optionsFor(kernels, 512, mode),
      );
      expect(drawing.channels).toBe(wanted.channels);
      // A pixel more or less in a window, where OpenCV's f32 positions round the other way, is a step of shade.
      expect(meanDifference(drawing, wanted)).toBeLessThan(0.5);
      const apart = differencesOf(drawing, wanted).filter((difference) => difference > 1);
      expect(apart.length).toBeLessThan(wanted.data.length / 100);
    }
  });

  it('is the same in both twins and all tiles where windows reach far', () => {
    for (const depth of DEPTHS) {
      for (const channels of CHANNELS) {
        const raster = drawn(70, 33, channels, depth);
        const chain = [{ filter: filterById(id), params: { radius: 1500, detail: 0, strength: 0.4 } }];
        const scalar = runChain(raster, chain, optionsFor(kernels, 512, 'scalar'));
        const what = `${channels} channels of ${depth} bits`;
        expectSame(runChain(raster, chain, optionsFor(kernels, 512)), scalar, what);
        const exactTile = { width: 31, height: 16 };
        expectSame(runChain(raster, chain, { ...optionsFor(kernels, 512), exactTile }), scalar, `${what}, tiled`);
      }
    }
  });
});

describe('a picture so large that noise is averaged away first', () => {
  it.each([
    [2600, 7],
    [7, 5100],
  ])('is the same in both twins and all tiles: %i x %i', (width, height) => {
    const chain = [{ filter: filterById('color-pencil'), params: { radius: 20, detail: 20, strength: 0.4 } }];
    for (const channels of [2, 3] as const) {
      const raster = drawn(width, height, channels, 8);
      const scalar = runChain(raster, chain, optionsFor(kernels, 512, 'scalar'));
      expectSame(runChain(raster, chain, optionsFor(kernels, 512)), scalar, `${channels} channels`);
      const exactTile = { width: 301, height: 203 };
      expectSame(runChain(raster, chain, { ...optionsFor(kernels, 512), exactTile }), scalar, `${channels}, tiled`);
    }
  });
});

/** Of the fixture, 64 px wide: the params whose sigmas are these. `middle`: sigmaR at the middle of `detail`. */
function scaled({ sigma_s: sigmaS = 0, sigma_r: sigmaR = 1 }: Entry['given'], middle: number) {
  return { radius: (sigmaS * 3840) / 64, detail: 50 - 25 * Math.log2(sigmaR / middle) };
}

function meanDifference(actual: Raster, wanted: Raster): number {
  return differencesOf(actual, wanted).reduce((sum, difference) => sum + difference, 0) / wanted.data.length;
}

function differencesOf(actual: Raster, wanted: Raster): number[] {
  expect(actual.data.length).toBe(wanted.data.length);
  return Array.from(actual.data, (value, i) => Math.abs(value - (wanted.data[i] as number)));
}

function load(name: string): Raster {
  const { data, shape } = readNpy(readFileSync(resolve(GOLDEN, name)));
  const [height = 0, width = 0, channels = 1] = shape;
  return { data, width, height, channels: channels as Raster['channels'], depth: 8 };
}
