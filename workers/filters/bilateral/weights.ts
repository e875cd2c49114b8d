/**
 * Owns the bilateral filter's numbers, for both twins alike: which neighbours there are, what each weighs by its place,
 * and the one exponential. Everything is in single precision, every operation rounded, in one order.
 */
import type { Depth } from '../../raster.ts';

export type BilateralParams = Readonly<{ radius: number; tolerance: number; spread: number }>;

export interface Neighbour {
  readonly x: number;
  readonly y: number;
  /** log2 of its weight by distance: 0 in the middle, below 0 elsewhere. */
  readonly exponent: number;
}

const fround = Math.fround;

/** A disc, row by row, as OpenCV takes them. */
export function neighboursOf({ radius, spread }: BilateralParams): Neighbour[] {
  const neighbours: Neighbour[] = [];
  for (let y = -radius; y <= radius; y++) {
    for (let x = -radius; x <= radius; x++) {
      const squared = x * x + y * y;
      if (squared > radius * radius) continue;
      neighbours.push({ x, y, exponent: fround((-squared * Math.LOG2E) / (2 * spread * spread)) });
    }
  }
  return neighbours;
}

/** What a squared difference is multiplied by to be log2 of a weight. */
export function toleranceFactor({ tolerance }: BilateralParams, depth: Depth): number {
  const levels = depth === 8 ? tolerance : tolerance * 257;
  return fround(-Math.LOG2E / (2 * levels * levels));
}

/** 2^f for f from -1/2 to 1/2, 1e-4 off at most: from f^3 down to f; 1 exactly at 0. Fitted to the least largest error. */
const EXP2 = [0.05500854, 0.24221028, 0.6932829] as const;
/** 1.5 * 2^23: what is added to it is rounded to whole numbers, which stand in its low bits. */
const ROUND = 12_582_912;
/** Below this a weight is as good as nothing, and 2^n would leave single precision. */
export const LEAST_EXPONENT = -120;

const bits = new Int32Array(1);
const single = new Float32Array(bits.buffer);

/** 2^t in the very steps of the SIMD twin. */
export function exp2(t: number): number {
  const rounded = fround(t + ROUND);
  const f = fround(t - fround(rounded - ROUND));
  let power = fround(fround(EXP2[0]) * f);
  power = fround(fround(power + fround(EXP2[1])) * f);
  power = fround(fround(power + fround(EXP2[2])) * f);
  single[0] = fround(power + 1);
  bits[0] = (bits[0] as number) + ((rounded - ROUND) << 23);
  return single[0];
}
