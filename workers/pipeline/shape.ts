/**
 * Owns the choice of a tile's shape: the user's tile size bounds memory, the chain decides how it is cut. Pure.
 * Never decides a pixel.
 */
import type { Depth } from '../raster.ts';
import type { Stage } from './chain.ts';
import { layOut } from './layout.ts';
import type { Size } from './regions.ts';

/**
 * Half of a core's L2 where this was measured (1 MB; AMD EPYC). 4K RGB, one thread, Node 24: grayscale takes 5.5 ms in
 * strips of 32 rows, 8.2 in tiles of 512; a blur of sigma 1.4 19 and 32 (test/perf/kernels.ts).
 */
const CACHE_BYTES = 512 * 1024;
/** What a tile outside of cache costs beside one within; from the same measurement. */
const OUT_OF_CACHE = 1.25;
/** Multiplications a tile may take, so that a cancel is heard within half a second or so. */
const WORK_LIMIT = 1e9;

/** The shape that computes least per pixel of output among those that take no more memory than the square. */
export function chooseTile(stages: readonly Stage[], depth: Depth, tileSize: number, area: Size, picture: Size): Size {
  const square = { width: Math.min(tileSize, area.width), height: Math.min(tileSize, area.height) };
  const limitBytes = layOut(stages, depth, square, picture).bytes;
  const bytesOf = (tile: Size) => layOut(stages, depth, tile, picture).bytes;

  let best = square;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const width of widthsFor(area.width, square.width)) {
    for (const bytes of [limitBytes, Math.min(limitBytes, CACHE_BYTES)]) {
      const height = tallest(area.height, (rows) => {
        const tile = { width, height: rows };
        return bytesOf(tile) <= bytes && workOf(stages, tile, picture) <= WORK_LIMIT;
      });
      if (height === 0) continue;
      const tile = { width, height };
      const fits = bytesOf(tile) <= CACHE_BYTES;
      const cost = (workOf(stages, tile, picture) * (fits ? 1 : OUT_OF_CACHE)) / (width * height);
      if (cost < bestCost) {
        best = tile;
        bestCost = cost;
      }
    }
  }
  return best;
}

/** Whole rows, their halves, thirds... down to the square's width. Wider ones first: they win ties. */
function widthsFor(areaWidth: number, squareWidth: number): number[] {
  const parts = Math.ceil(areaWidth / squareWidth);
  return Array.from({ length: parts }, (_, i) => Math.ceil(areaWidth / (i + 1)));
}

/** The largest count of rows up to `limit` that is allowed; 0 if none. What is allowed for many is for fewer. */
function tallest(limit: number, allowed: (rows: number) => boolean): number {
  let low = 0;
  let high = limit;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (allowed(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Samples a tile makes on its way, each weighed by its reach: copying counts 1, a tap of a row or column 1 as well. */
function workOf(stages: readonly Stage[], tile: Size, picture: Size): number {
  let { width, height } = tile;
  let work = width * height;
  for (const { halo, channelsIn } of stages.toReversed()) {
    const wide = width + 2 * halo;
    work += (wide * height * (2 * halo + 1) + width * height * (2 * halo + 1)) * channelsIn;
    width = Math.min(picture.width, wide);
    height = Math.min(picture.height, height + 2 * halo);
    work += width * height * channelsIn;
  }
  return work;
}
