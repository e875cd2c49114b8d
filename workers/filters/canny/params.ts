/** Owns how Canny's parameters become the numbers of its arithmetic, for both twins alike. */
import type { Depth } from '../../raster.ts';

export type CannyParams = Readonly<{ low: number; high: number }>;

/** In the samples' own depth; the lower first, whichever way they were given (as OpenCV does). */
export function thresholdsOf(
  { low, high }: CannyParams,
  depth: Depth,
): { readonly low: number; readonly high: number } {
  const scale = depth === 8 ? 1 : 257;
  return { low: Math.floor(Math.min(low, high) * scale), high: Math.floor(Math.max(low, high) * scale) };
}
