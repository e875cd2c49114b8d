/** Owns denoise's numbers, for both twins alike: how its words become the terms of a weight, and how scratch lies. */
import type { Depth } from '../../raster.ts';
import type { TileShape } from '../define.ts';

export type DenoiseParams = Readonly<{ strength: number; reach: number }>;

/** px from the middle of the patches that are compared: 5x5. */
export const PATCH = 2;
/** Patches are compared at 12 bits where samples have 16, so that their sums stay below 2^31. */
export const DEEP_SHIFT = 4;
/**
 * How fast weight falls, in deviations of the noise (Buades, Coll and Morel 2011 have 0.35 to 0.55 for larger patches and
 * reach). Three photos, each with noise of 8 and of 20 levels, strength as much, mean PSNR: reach 5 41.1 dB, reach 10
 * 43.1 (with 0.45 reach 5 lost 1.1). OpenCV 4.6, patches of 7, reach 10, the best of three strengths each:
 * fastNlMeansDenoising 42.3, its version for colours 39.5.
 */
const FALL = 0.7;

export interface Terms {
  /** What noise alone makes two equal patches differ: twice its variance, as a sum over the patch. */
  readonly allowed: number;
  /** What the rest is multiplied by to be log2 of a weight. */
  readonly factor: number;
}

export function termsOf({ strength }: DenoiseParams, colours: number, depth: Depth): Terms {
  const deviation = depth === 8 ? strength : (strength * 257) / (1 << DEEP_SHIFT);
  const samples = (2 * PATCH + 1) ** 2 * colours;
  return {
    allowed: Math.fround(2 * deviation * deviation * samples),
    factor: Math.fround(Math.LOG2E / (FALL * FALL * deviation * deviation * samples)),
  };
}

/** The block that kernel.as.ts does at a time; px. */
const BLOCK_WIDTH = 256;
const BLOCK_HEIGHT = 64;

/** Planes with the halo around: colours as f32 and as 16-bit integers, their sums, weights and their sum; rows of distances. */
export function denoiseScratchBytes({ width, height, channels }: TileShape, { reach }: DenoiseParams): number {
  const colours = channels < 3 ? 1 : 3;
  const halo = reach + PATCH;
  const row = (Math.min(BLOCK_WIDTH, width) + 2 * halo) * 4 + 80;
  const rows = Math.min(BLOCK_HEIGHT, height) + 2 * halo;
  return row * (rows * (3 * colours + 2) + 8);
}
