/**
 * Owns the bilateral filter's numbers, for both twins alike: which neighbours there are, what each weighs by its place.
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
