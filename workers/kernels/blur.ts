/**
 * Owns the choice between two Gaussians: OpenCV's own weights where sigma is small (gaussian.ts), cells where it is large
 * (coarse-blur.ts). Filters that blur ask here. Knows no filter.
 */
import type { TileJob, TileShape } from '../filters/define.ts';
import type { Depth } from '../raster.ts';
import {
  coarseBlur,
  coarseBlurScalar,
  coarseHalo,
  coarseScratchBytes,
  coarseShift,
  writeCoarseTables,
} from './coarse-blur.ts';
import { exactScalar, exactScratchBytes, gaussianRadius, writeBlurTables } from './gaussian.ts';

/** What a blur's SIMD twin is told of it: `radius` in px, or in cells of 2^shift px where shift is not 0. */
interface BlurPlan {
  readonly shift: number;
  readonly radius: number;
}

/** px around a pixel that its blurred value reads. */
export function blurHalo(sigma: number, depth: Depth): number {
  const radius = gaussianRadius(sigma, depth);
  const shift = coarseShift(sigma, depth);
  return shift === 0 ? radius : coarseHalo(radius, shift);
}

/** Work a sample takes, in taps: cells cost about the same at any sigma; null where it is a plain blur's. */
export function blurTaps(sigma: number, depth: Depth): number | null {
  if (coarseShift(sigma, depth) === 0) return null;
  return depth === 8 ? 40 : 60;
}

/** Bytes of scratch for a tile. */
export function blurScratchBytes(shape: TileShape, sigma: number): number {
  const shift = coarseShift(sigma, shape.depth);
  if (shift === 0) return exactScratchBytes(shape);
  return coarseScratchBytes(shape, gaussianRadius(sigma, shape.depth) >> shift, shift);
}

/** Writes what the SIMD twin reads from scratch; it is to be told the plan. */
export function prepareBlur(job: TileJob, sigma: number): BlurPlan {
  const shift = coarseShift(sigma, job.depth);
  const radius = gaussianRadius(sigma, job.depth);
  if (shift === 0) {
    writeBlurTables(job, sigma);
    return { shift, radius };
  }
  writeCoarseTables(job, coarseBlur(sigma, radius, shift));
  return { shift, radius: radius >> shift };
}

/** The plain truth. `finish(original, blurred)` makes the output sample of the two; alpha is handed through. */
export function blurScalar(job: TileJob, sigma: number, finish: (original: number, blurred: number) => number): void {
  const shift = coarseShift(sigma, job.depth);
  if (shift === 0) exactScalar(job, sigma, finish);
  else coarseBlurScalar(job, coarseBlur(sigma, gaussianRadius(sigma, job.depth), shift), finish);
}
