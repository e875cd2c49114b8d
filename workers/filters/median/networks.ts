/** Owns when the median's window is sorted instead of counted, and what that takes. */
import type { Depth } from '../../raster.ts';
import type { TileShape } from '../define.ts';

/** px: up to 5x5. 7x7 would take over 300 exchanges. */
export const SORTED_RADIUS = 2;

/** A row of sorted columns for each row of the window, as networks.as.ts lays them out. */
export function networkScratchBytes({ width, channels, depth, halo }: TileShape): number {
  const row = ((width + 2 * halo) * channels * (depth / 8) + 64 + 15) & ~15;
  return (2 * halo + 1) * row;
}

/** 0.3 and 1.4 ns a sample of 8 bits, twice that of 16 (4K grey), in taps of 0.03 ns. */
export function networkTaps(radius: number, depth: Depth): number {
  return (radius === 1 ? 10 : 50) * (depth / 8);
}
