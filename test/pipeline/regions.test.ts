/** Where a tile's pixels come from: halos, clipping, mirrors, and the cover of an area by tiles. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borderSource, regionsOf, tilesOf } from '../../workers/pipeline/regions.ts';

const picture = { width: 100, height: 50 };

describe('regionsOf', () => {
  it('grows a tile by each halo from the last stage to the first, within the picture', () => {
    const tile = { left: 10, top: 40, width: 20, height: 10 };
    expect(regionsOf(tile, [7, 3], picture)).toEqual([
      { left: 0, top: 30, width: 40, height: 20 },
      { left: 7, top: 37, width: 26, height: 13 },
      tile,
    ]);
  });

  it('is the tile alone for an empty chain', () => {
    const tile = { left: 1, top: 2, width: 3, height: 4 };
    expect(regionsOf(tile, [], picture)).toEqual([tile]);
  });
});

describe('tilesOf', () => {
  it('covers every pixel of an area once', () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), size, size, size, size, (left, top, width, height, tileWidth, tileHeight) => {
        const seen = new Uint8Array(width * height);
        for (const tile of tilesOf({ left, top, width, height }, { width: tileWidth, height: tileHeight })) {
          for (let y = tile.top; y < tile.top + tile.height; y++) {
            for (let x = tile.left; x < tile.left + tile.width; x++) {
              expect(x - left < width && y - top < height).toBe(true);
              const at = (y - top) * width + x - left;
              seen[at] = (seen[at] as number) + 1;
            }
          }
        }
        expect(seen.every((count) => count === 1)).toBe(true);
      }),
    );
  });
});

describe('borderSource', () => {
  const mirrored = (length: number, from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => borderSource(from + i, length, 'reflect-101'));

  it('mirrors without repeating the edge, as often as it must', () => {
    expect(mirrored(4, -3, 7)).toEqual([3, 2, 1, 0, 1, 2, 3, 2, 1, 0]);
    expect(mirrored(3, -6, 9)).toEqual([2, 1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1, 0]);
    expect(mirrored(2, -4, 5)).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0]);
    expect(mirrored(1, -3, 4)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('repeats the edge for replicate', () => {
    expect([-5, -1, 0, 2, 3, 9].map((x) => borderSource(x, 3, 'replicate'))).toEqual([0, 0, 0, 2, 2, 2]);
  });
});
