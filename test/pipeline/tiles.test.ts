/** Whole chains: tiles, regions and orders never change a pixel; memory stays within its bound; cancel is heard. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PreparedStep, stagesOf } from '../../workers/pipeline/chain.ts';
import { layOut } from '../../workers/pipeline/layout.ts';
import { planPasses } from '../../workers/pipeline/passes.ts';
import { chooseTile } from '../../workers/pipeline/shape.ts';
import { estimateBytes, runChain, runRegion } from '../../workers/pipeline/tiles.ts';
import type { Channels, Depth, Raster } from '../../workers/raster.ts';
import { chainOf, crop, drawn, expectSame, kernelsForTests, optionsFor, shuffled } from '../conformance/harness.ts';

const kernels = await kernelsForTests();

const blur = (sigma: number) => ({ filter: 'gaussian-blur', params: { sigma } });
const sharpen = (sigma: number, amount = 1) => ({ filter: 'unsharp-mask', params: { sigma, amount } });
const grey = { filter: 'grayscale' };

/** Stage after stage over the whole picture: what a chain means, whatever its tiles. */
function oneByOne(raster: Raster, chain: readonly PreparedStep[]): Raster {
  return chain.reduce(
    (input, step) => runChain(input, [step], { ...optionsFor(kernels, 4096), exactTile: input }),
    raster,
  );
}

describe('runChain', () => {
  it('hands back the raster itself for an empty chain', () => {
    const raster = drawn(5, 4, 3, 8);
    expect(runChain(raster, [], optionsFor(kernels, 64))).toBe(raster);
  });

  it.each([1, 2, 3, 4] as const)('crops where the chain is empty: %i channels', (channels) => {
    const raster = drawn(31, 17, channels, 16);
    const area = { left: 5, top: 3, width: 20, height: 11 };
    expectSame(runRegion(raster, [], area, optionsFor(kernels, 64)), crop(raster, 5, 3, 20, 11), 'empty chain');
  });

  it('leaves its input alone', () => {
    const raster = drawn(80, 30, 3, 8);
    const before = raster.data.slice();
    runChain(raster, chainOf(blur(2), grey), optionsFor(kernels, 64));
    expect(raster.data).toEqual(before);
  });

  it('gives each stage its own border and halo: chains equal their stages one by one', () => {
    const step = fc.oneof(
      fc.constant(grey),
      fc.double({ min: 0.3, max: 6, noNaN: true }).map(blur),
      fc
        .tuple(fc.double({ min: 0.3, max: 6, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true }))
        .map(([sigma, amount]) => sharpen(sigma, amount)),
    );
    const picture = fc.record({
      width: fc.integer({ min: 1, max: 90 }),
      height: fc.integer({ min: 1, max: 70 }),
      channels: fc.constantFrom<Channels>(1, 2, 3, 4),
      depth: fc.constantFrom<Depth>(8, 16),
      seed: fc.nat(),
    });
    const tile = fc.record({ width: fc.integer({ min: 1, max: 70 }), height: fc.integer({ min: 5, max: 70 }) });
    fc.assert(
      fc.property(picture, fc.array(step, { minLength: 1, maxLength: 4 }), tile, (shape, steps, exactTile) => {
        const raster = drawn(shape.width, shape.height, shape.channels, shape.depth, shape.seed);
        const chain = chainOf(...steps);
        const wanted = oneByOne(raster, chain);
        const options = optionsFor(kernels, 64);
        expectSame(runChain(raster, chain, options), wanted, 'chosen tiles');
        const shuffledTiles = { ...options, exactTile, tileOrder: shuffled(shape.seed) };
        expectSame(runChain(raster, chain, shuffledTiles), wanted, 'any tile, any order');
      }),
      { numRuns: 60 },
    );
  });

  it('is the same when halos are so large that the chain takes several passes', () => {
    const raster = drawn(420, 400, 3, 8);
    const chain = chainOf(blur(20), grey, sharpen(25), blur(20));
    const whole = { left: 0, top: 0, width: 420, height: 400 };
    expect(planPasses(stagesOf(chain, 3, 8, raster), 8, 64, whole, raster).length).toBeGreaterThan(1);
    const wanted = oneByOne(raster, chain);
    expectSame(runChain(raster, chain, optionsFor(kernels, 64)), wanted, 'chain');
    const region = runRegion(raster, chain, { left: 90, top: 20, width: 70, height: 66 }, optionsFor(kernels, 64));
    expectSame(region, crop(wanted, 90, 20, 70, 66), 'region');
  });

  it('takes one pass where halos are small', () => {
    const picture = { left: 0, top: 0, width: 6000, height: 4000 };
    const stages = stagesOf(chainOf(blur(1.4), grey, sharpen(1), blur(3)), 3, 8, picture);
    expect(planPasses(stages, 8, 512, picture, picture)).toHaveLength(1);
  });

  it('is the same in both twins for random params', () => {
    const sigma = fc.double({ min: 0.3, max: 12, noNaN: true });
    const amount = fc.double({ min: 0, max: 5, noNaN: true });
    const depth = fc.constantFrom<Depth>(8, 16);
    fc.assert(
      fc.property(
        sigma,
        amount,
        depth,
        fc.constantFrom<Channels>(1, 2, 3, 4),
        fc.nat(),
        (s, a, bits, channels, seed) => {
          const raster = drawn(37, 23, channels, bits, seed);
          const chain = chainOf(sharpen(s, a));
          const scalar = runChain(raster, chain, optionsFor(kernels, 512, 'scalar'));
          expectSame(runChain(raster, chain, optionsFor(kernels, 512)), scalar, `${s}, ${a}`);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lets a cancel through between tiles and works on afterwards', () => {
    const raster = drawn(300, 200, 3, 8);
    const chain = chainOf(blur(3));
    let asked = 0;
    const checkCancelled = () => {
      asked++;
      if (asked === 3) throw new Error('stop');
    };
    expect(() => runChain(raster, chain, { ...optionsFor(kernels, 64), checkCancelled })).toThrow('stop');
    expect(asked).toBe(3);
    expectSame(runChain(raster, chain, optionsFor(kernels, 64)), oneByOne(raster, chain), 'after a cancel');
  });
});

describe('runRegion', () => {
  it('is the crop of the whole, at edges, corners and within', () => {
    const raster = drawn(120, 90, 4, 16);
    const chain = chainOf(blur(2), sharpen(1, 2), grey);
    const whole = runChain(raster, chain, optionsFor(kernels, 512));
    const place = fc.record({ left: fc.nat(119), top: fc.nat(89), width: fc.nat(119), height: fc.nat(89) });
    fc.assert(
      fc.property(place, ({ left, top, ...size }) => {
        const width = Math.min(120 - left, size.width + 1);
        const height = Math.min(90 - top, size.height + 1);
        const region = runRegion(raster, chain, { left, top, width, height }, optionsFor(kernels, 64));
        expectSame(region, crop(whole, left, top, width, height), `${width}x${height} at ${left}, ${top}`);
      }),
      { numRuns: 40 },
    );
  });

  it('is a plain crop for an empty chain', () => {
    const raster = drawn(20, 10, 3, 8);
    const region = runRegion(raster, [], { left: 3, top: 2, width: 9, height: 5 }, optionsFor(kernels, 64));
    expectSame(region, crop(raster, 3, 2, 9, 5), 'crop');
  });
});

describe('memory', () => {
  const chains = [chainOf(grey), chainOf(blur(1.4)), chainOf(blur(30), sharpen(2)), chainOf(blur(100))];
  const pictures = [
    { width: 6000, height: 4000 },
    { width: 100_000, height: 3000 },
    { width: 3000, height: 100_000 },
  ];

  it.each([64, 256, 512, 4096])(
    'stays that of a square tile of %i with its halos, however large the picture',
    (tileSize) => {
      for (const chain of chains) {
        for (const picture of pictures) {
          const stages = stagesOf(chain, 4, 16, picture);
          const { tile } = chooseTile(stages, 16, tileSize, picture, picture);
          const square = { width: Math.min(tileSize, picture.width), height: Math.min(tileSize, picture.height) };
          expect(layOut(stages, 16, tile, picture).bytes).toBeLessThanOrEqual(
            layOut(stages, 16, square, picture).bytes,
          );
        }
      }
    },
  );

  it('is what a run takes, as estimated', async () => {
    const own = await kernelsForTests();
    const raster = drawn(700, 500, 3, 8);
    const chain = chainOf(blur(20), grey);
    runChain(raster, chain, optionsFor(own, 256));
    const kernelBytes = own.memory.buffer.byteLength - own.arena.base;
    const estimate = estimateBytes(700, 500, 3, 8, chain, 256);
    const resultBytes = 700 * 500;
    expect(Math.abs(estimate - resultBytes - kernelBytes)).toBeLessThan(65_536);
  });

  it('is nothing for an empty chain', () => {
    expect(estimateBytes(700, 500, 3, 8, [], 256)).toBe(0);
  });
});
