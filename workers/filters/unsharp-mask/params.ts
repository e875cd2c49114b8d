/** Owns how unsharp mask's parameters become the numbers of its arithmetic, for both twins alike. */
import type { Depth } from '../../raster.ts';

export type UnsharpParams = Readonly<{ sigma: number; amount: number; threshold: number }>;

/** Single precision, which is what the SIMD twin multiplies in. */
export function amountOf({ amount }: UnsharpParams): number {
  return Math.fround(amount);
}

/** Levels of 8 bits in the samples' own depth. */
export function thresholdOf({ threshold }: UnsharpParams, depth: Depth): number {
  return Math.round(depth === 8 ? threshold : threshold * 257);
}
