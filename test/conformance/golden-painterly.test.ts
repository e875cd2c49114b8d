/**
 * Painterly filters against what OpenCV 4.6 made of the same picture (test/fixtures/make-golden-painterly.py).
 * The fixture is small and brushes follow the picture's size, so a case gives the reach itself instead of a share.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filterById } from '../../workers/filters/catalogue.ts';
import { toneTable } from '../../workers/filters/oil-painting/params.ts';
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
      const { halo = 1, dyn_ratio: dynRatio = 1 } = given;
      // Whole at powers of eight: xphoto's other ratios are between two details, where a rounding bit would tell.
      const chain = oil(halo, 100 - (50 * Math.log2(dynRatio)) / 3, 1);
      expectSame(runChain(load('input-8.npy'), chain, optionsFor(kernels, 512, mode)), wanted, mode);
    }
  });

  it.each([7, 8, 21])('twins and tiles agree with a brush of %i px', (halo) => {
    for (const depth of DEPTHS) {
      for (const channels of CHANNELS) {
        const raster = drawn(70, 33, channels, depth, halo);
        const chain = oil(halo, 75, 0.3);
        const scalar = runChain(raster, chain, optionsFor(kernels, 512, 'scalar'));
        const what = `${channels} channels of ${depth} bits`;
        expectSame(runChain(raster, chain, optionsFor(kernels, 512)), scalar, what);
        const exactTile = { width: 31, height: 16 };
        expectSame(runChain(raster, chain, { ...optionsFor(kernels, 512), exactTile }), scalar, `${what}, tiled`);
      }
    }
  });

  it.each(DEPTHS)('lies over the photo as much as its strength says: %i bits', (depth) => {
    for (const channels of CHANNELS) {
      const photo = drawn(40, 30, channels, depth);
      const [none, quarter, half, all] = [0, 0.25, 0.5, 1].map((strength) =>
        runChain(photo, oil(3, 50, strength), optionsFor(kernels, 512)),
      ) as [Raster, Raster, Raster, Raster];
      expectSame(none, photo, `${channels} channels, none`);
      expect(differencesOf(all, photo).some((difference) => difference > 2)).toBe(true);
      for (const [i, painted] of all.data.entries()) {
        const sample = photo.data[i] as number;
        expect(quarter.data[i]).toBe(Math.floor((3 * sample + painted + 2) / 4));
        expect(half.data[i]).toBe(Math.floor((sample + painted + 1) / 2));
      }
    }
  });

  it('tells no fewer tones apart with more detail', () => {
    const counts = Array.from({ length: 101 }, (_, detail) => {
      const table = toneTable({ radius: 1, detail, strength: 1 });
      return new Set(table).size;
    });
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect([counts[0], counts[50], counts[100]]).toEqual([5, 33, 256]);
  });

  /** Its kernel takes the halo for the brush's radius. */
  function oil(halo: number, detail: number, strength: number): PreparedStep[] {
    return [{ filter: { ...filterById('oil-painting'), halo: () => halo }, params: { radius: 1, detail, strength } }];
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
