/**
 * Owns the choice of a tile's shape: the user's tile size bounds memory, the chain decides how it is cut. Pure.
 * Never decides a pixel.
 */
import type { TileSize } from '../../preload/contract.ts';
import type { Depth } from '../raster.ts';
import type { Stage } from './chain.ts';
import { layOut } from './layout.ts';
import type { Size } from './regions.ts';

/** A core's L2 where this was measured (AMD EPYC). Strips of 0.5 to 1.6 MB ran equally fast there; L3 is shared. */
const CACHE_BYTES = 1024 * 1024;
/** What a copied sample costs in taps of a blur: 0.2 ns against 0.03 (4K RGB, sigma 20: 6e9 taps in 200 ms). */
const COPY_TAPS = 5;
/** The same for a tile that outgrows its core's cache: each stage fetches from afar what the one before it left. */
const FAR_COPY_TAPS = 8;
/**
 * What it costs besides to begin a row, in or out: 200 ns, most of it waiting for memory that no prefetch saw coming.
 * 4K RGB, one thread, Node 24: a blur of sigma 1.4 takes 25 ms in tiles of 3840x32, 31 in 512x154 (TILE=... node
 * test/perf/kernels.ts). The kernels themselves run equally fast on both.
 */
const ROW_TAPS = 6000;
/** px: below that, beginning rows costs more than a cache gives back. */
const NARROWEST = 256;
/** Taps a tile may take, so that a cancel is heard: 0.2 s at 8 bits and 0.5 at 16 where this was measured. */
const TAP_LIMIT = 6e9;

/** px: what a tile may be at least where the size is `auto`. */
const AUTO_SIDE = 512;
/**
 * Kernel memory a thread may hold where the size is `auto`: a 4K picture whole at 8 bits with scratch, or strips of a
 * larger one high enough that a halo of 127 px (dehaze) costs a tenth and not the double of a 512 px tile.
 */
const AUTO_BYTES = 96 * 2 ** 20;

export interface Shape {
  readonly tile: Size;
  /** Taps a pixel of output takes; infinite where even one row is over the limit. */
  readonly cost: number;
}

/** The shape that costs least per pixel of output among those that take no more memory than the square. */
export function chooseTile(
  stages: readonly Stage[],
  depth: Depth,
  tileSize: TileSize,
  area: Size,
  picture: Size,
): Shape {
  const side = tileSize === 'auto' ? AUTO_SIDE : tileSize;
  const square = { width: Math.min(side, area.width), height: Math.min(side, area.height) };
  const bytesOf = (tile: Size) => layOut(stages, depth, tile, picture).bytes;
  const limitBytes = tileSize === 'auto' ? Math.max(AUTO_BYTES, bytesOf(square)) : bytesOf(square);

  let best: Shape = { tile: square, cost: Number.POSITIVE_INFINITY };
  for (const width of widthsFor(area.width, square.width)) {
    for (const bytes of [limitBytes, Math.min(limitBytes, CACHE_BYTES)]) {
      const copyTaps = bytes <= CACHE_BYTES ? COPY_TAPS : FAR_COPY_TAPS;
      const height = tallest(area.height, (rows) => {
        const tile = { width, height: rows };
        return bytesOf(tile) <= bytes && workOf(stages, tile, picture, copyTaps) <= TAP_LIMIT;
      });
      if (height === 0) continue;
      const tile = { width, height };
      const cost = workOf(stages, tile, picture, copyTaps) / (width * height);
      if (cost < best.cost) best = { tile, cost };
    }
  }
  return best;
}

/** Whole rows, then halves of halves; the square's own width too. Wider ones first: they win ties. */
function widthsFor(areaWidth: number, squareWidth: number): number[] {
  const widths = [];
  for (let width = areaWidth; width > NARROWEST; width = Math.ceil(width / 2)) widths.push(width);
  return [...widths, squareWidth];
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

/** Taps a tile takes on its way, with copies in and out and what a stage does besides counted in taps. */
function workOf(stages: readonly Stage[], tile: Size, picture: Size, copyTaps: number): number {
  let { width, height } = tile;
  let samples = width * height * (stages.at(-1)?.channelsOut ?? 1);
  let work = samples * copyTaps + height * ROW_TAPS;
  for (const { halo, taps, channelsIn } of stages.toReversed()) {
    const wide = width + 2 * halo;
    const tall = height + 2 * halo;
    // A blur goes over its halo in one direction only; what names its own work does it for every sample it reads.
    work +=
      (taps === null ? (wide + width) * height * (2 * halo + 1 + copyTaps) : wide * tall * (taps + copyTaps)) *
      channelsIn;
    width = Math.min(picture.width, wide);
    height = Math.min(picture.height, tall);
    samples = width * height * channelsIn;
  }
  return work + samples * copyTaps + height * ROW_TAPS;
}
