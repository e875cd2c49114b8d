/**
 * Auto levels in plain TypeScript: the truth its fast twin is held to. The darkest and the lightest few pixels are let go,
 * what lies between is stretched to black and white: out = (x - low) / (high - low).
 */
import { type Curve, type Curves, lookupScalar, sampleOf } from '../../kernels/lut.ts';
import type { Known, TileJob } from '../define.ts';

/** `clip` in percent of the pixels, at either end. */
export type AutoLevelsParams = Readonly<{ clip: number; colours: 'together' | 'apart' }>;

export function scalar(job: TileJob, _params: AutoLevelsParams, known: Known): void {
  lookupScalar(job, curvesOf(known));
}

/** Lowest and highest level that is kept, one pair a table; `count` as histogram.ts lays it out. */
export function limitsOf(count: Float64Array, levels: number, { clip }: AutoLevelsParams): Int32Array {
  const tables = Array.from({ length: count.length / levels }, (_, i) => count.subarray(i * levels, (i + 1) * levels));
  return Int32Array.from(
    tables.flatMap((table) => {
      const budget = (table.reduce((sum, n) => sum + n, 0) * clip) / 100;
      return [firstOver(table, budget), levels - 1 - firstOver(table.toReversed(), budget)];
    }),
  );
}

/** The first level with which more than `budget` pixels are counted. */
function firstOver(table: Float64Array, budget: number): number {
  let sum = 0;
  return table.findIndex((n) => {
    sum += n;
    return sum > budget;
  });
}

export function curvesOf({ limits, white }: Known): Curves {
  const pairs = limits as Int32Array;
  const curve = (i: number): Curve => {
    const low = pairs[2 * i] as number;
    const range = (pairs[2 * i + 1] as number) - low;
    // A flat picture has nothing to stretch.
    if (range <= 0) return (sample) => sample;
    return (sample) => sampleOf((sample - low) / range, white as number);
  };
  return pairs.length === 2 ? [curve(0)] : [curve(0), curve(1), curve(2)];
}
