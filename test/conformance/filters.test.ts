/** Every filter, whatever it is: SIMD equals scalar, tiled equals whole, a region equals its crop, any order of tiles. */
import { describe, expect, it } from 'vitest';
import { FILTERS, filterById } from '../../workers/filters/catalogue.ts';
import type { FilterCases, ParamValues } from '../../workers/filters/define.ts';
import { runChain, runRegion } from '../../workers/pipeline/tiles.ts';
import { hasAlpha, type Raster } from '../../workers/raster.ts';
import {
  allCases,
  CHANNELS,
  chainOf,
  crop,
  DEPTHS,
  drawn,
  expectSame,
  kernelsForTests,
  optionsFor,
  shuffled,
} from './harness.ts';

const TILE_SIZES = [64, 100, 256, 512, 4096];
const SMALL = [
  [1, 1],
  [1, 9],
  [9, 1],
  [3, 5],
  [17, 16],
  [97, 61],
] as const;
const LARGE = [257, 130] as const;

const kernels = await kernelsForTests();
const everyCase = await allCases();

it('has cases for every filter of the catalogue', () => {
  expect(everyCase.map((cases) => cases.id).sort()).toEqual(FILTERS.map((filter) => filter.id).sort());
});

describe.each(everyCase)('$id', ({ id, params: manyParams, slow = [], makesAlpha }: FilterCases) => {
  const filter = filterById(id);
  const depths = DEPTHS.filter((depth) => filter.depth.includes(depth));

  for (const depth of depths) {
    it.each(CHANNELS)(`SIMD equals scalar: ${depth} bits, %i channels`, (channels) => {
      for (const params of manyParams) {
        for (const [width, height] of SMALL) compareTwins(params, drawn(width, height, channels, depth));
      }
    });

    it.each(CHANNELS)(`tiled equals whole: ${depth} bits, %i channels`, (channels) => {
      for (const params of manyParams) compareTilings(params, drawn(...LARGE, channels, depth));
    });

    it.each(slow)(`${depth} bits with %o: twins and tiles agree`, (params) => {
      compareTwins(params, drawn(3, 5, 3, depth));
      compareTwins(params, drawn(70, 40, 4, depth));
      compareTilings(params, drawn(...LARGE, 3, depth));
    });

    it.each(makesAlpha ? [] : ([2, 4] as const))(`hands alpha through: ${depth} bits, %i channels`, (channels) => {
      const raster = drawn(33, 21, channels, depth);
      for (const params of manyParams) {
        const result = runChain(raster, chainOf({ filter: id, params }), optionsFor(kernels, 64));
        expect(hasAlpha(result)).toBe(true);
        expect(alphaOf(result)).toEqual(alphaOf(raster));
      }
    });

    it(`takes the whole range of each number: ${depth} bits`, () => {
      for (const params of rangeEnds(id)) {
        compareTwins(params, drawn(19, 11, 3, depth));
      }
    });
  }

  function compareTwins(params: ParamValues, raster: Raster): void {
    const chain = chainOf({ filter: id, params });
    const simd = runChain(raster, chain, optionsFor(kernels, 4096));
    const scalar = runChain(raster, chain, optionsFor(kernels, 4096, 'scalar'));
    expectSame(simd, scalar, describeCase(params, raster));
  }

  function compareTilings(params: ParamValues, raster: Raster): void {
    const chain = chainOf({ filter: id, params });
    const whole = runChain(raster, chain, { ...optionsFor(kernels, 4096), exactTile: raster });
    for (const tileSize of TILE_SIZES) {
      const options = optionsFor(kernels, tileSize);
      expectSame(runChain(raster, chain, options), whole, `${describeCase(params, raster)}, tile ${tileSize}`);
      const square = { width: tileSize, height: tileSize };
      const order = { ...options, exactTile: square, tileOrder: shuffled(tileSize) };
      expectSame(runChain(raster, chain, order), whole, `${describeCase(params, raster)}, square ${tileSize}`);
    }
    for (const [left, top, width, height] of [
      [0, 0, 40, 30],
      [101, 57, 64, 64],
      [raster.width - 9, raster.height - 70, 9, 70],
    ] as const) {
      const region = runRegion(raster, chain, { left, top, width, height }, optionsFor(kernels, 64));
      expectSame(
        region,
        crop(whole, left, top, width, height),
        `${describeCase(params, raster)}, region ${left} ${top}`,
      );
    }
  }
});

function describeCase(params: ParamValues, { width, height, channels, depth }: Raster): string {
  return `${JSON.stringify(params)} on ${width}x${height}, ${channels} channels of ${depth} bits`;
}

function alphaOf({ data, channels }: Raster): number[] {
  return [...data].filter((_, i) => i % channels === channels - 1);
}

/** Each number at both ends of its range, the others at their defaults. */
function rangeEnds(id: string): ParamValues[] {
  const { params } = filterById(id);
  return params.flatMap((param) =>
    param.type === 'number' ? [{ [param.name]: param.min }, { [param.name]: param.max }] : [],
  );
}
