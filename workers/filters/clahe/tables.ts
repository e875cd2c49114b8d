/**
 * Owns what CLAHE makes of its counts: a clipped, equalized table for each cell. 8 bits as OpenCV 4.6 has it, exactly;
 * 16 bits count the upper 10 only (64 tables of 65,536 would be half a picture) and run straight from count to count.
 */
import { roundHalfToEven } from '../../kernels/half-even.ts';
import { levelsOf } from '../../kernels/histogram.ts';
import { whiteOf } from '../../kernels/lut.ts';
import type { Depth } from '../../raster.ts';
import type { Known, PictureShape } from '../define.ts';
import { type ClaheParams, gridOf } from './grid.ts';

const { fround } = Math;

/** Bits of a sample that are not counted. */
export function shiftOf(depth: Depth): number {
  return depth === 8 ? 0 : 6;
}

export function binsOf(depth: Depth): number {
  return levelsOf(depth) >> shiftOf(depth);
}

/**
 * `tables`: one a cell, row by row; at 16 bits with a 0 before its bins. `quads` (8 bits): for each pair of pairs of cells
 * the four bytes a level is looked up to (left above, right above, left below, right below), so that one load fetches them.
 */
export function tablesOf(count: Float64Array, { limit, tiles }: ClaheParams, picture: PictureShape): Known {
  const { depth } = picture;
  const bins = binsOf(depth);
  const cell = gridOf(picture, tiles);
  const length = bins + (depth === 16 ? 1 : 0);
  const tables = new Uint16Array(tiles * tiles * length);
  for (let i = 0; i < tiles * tiles; i++) {
    const clipped = clip(Int32Array.from(count.subarray(i * bins, (i + 1) * bins)), limit, cell.width * cell.height);
    tables.set(cumulated(clipped, whiteOf(depth), cell.width * cell.height), (i + 1) * length - bins);
  }
  return depth === 8 ? { tables, quads: quadsOf(tables, tiles) } : { tables };
}

/** What is over the limit is spread over all bins, the rest of it over bins at equal distances. */
function clip(bins: Int32Array, limit: number, pixels: number): Int32Array {
  if (limit === 0) return bins;
  const most = Math.max(1, Math.trunc((limit * pixels) / bins.length));
  let over = 0;
  for (const [bin, n] of bins.entries()) {
    if (n <= most) continue;
    over += n - most;
    bins[bin] = most;
  }
  const each = Math.trunc(over / bins.length);
  let rest = over - each * bins.length;
  const step = rest === 0 ? 0 : Math.max(1, Math.trunc(bins.length / rest));
  for (let bin = 0; bin < bins.length; bin++) {
    const extra = rest > 0 && bin % step === 0 ? 1 : 0;
    rest -= extra;
    bins[bin] = (bins[bin] as number) + each + extra;
  }
  return bins;
}

function cumulated(bins: Int32Array, white: number, pixels: number): Uint16Array {
  const scale = fround(fround(white) / fround(pixels));
  let sum = 0;
  return Uint16Array.from(bins, (n) => {
    sum += n;
    return Math.min(white, roundHalfToEven(fround(fround(sum) * scale)));
  });
}

function quadsOf(tables: Uint16Array, tiles: number): Int32Array {
  const pairs = Array.from({ length: tiles + 1 }, (_, i) => [Math.max(i - 1, 0), Math.min(i, tiles - 1)] as const);
  const quads = new Int32Array(pairs.length * pairs.length * 256);
  let at = 0;
  for (const [above, below] of pairs) {
    for (const [left, right] of pairs) {
      const corners = [above * tiles + left, above * tiles + right, below * tiles + left, below * tiles + right];
      for (let level = 0; level < 256; level++) {
        const [a = 0, b = 0, c = 0, d = 0] = corners.map((cell) => tables[cell * 256 + level] as number);
        quads[at++] = a | (b << 8) | (c << 16) | (d << 24);
      }
    }
  }
  return quads;
}
