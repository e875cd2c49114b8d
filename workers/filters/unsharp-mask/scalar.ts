/** Unsharp mask in plain TypeScript: the truth its SIMD twin is held to. */
import { blurScalar } from '../../kernels/blur.ts';
import type { TileJob } from '../define.ts';
import { amountOf, thresholdOf, type UnsharpParams } from './params.ts';

/** 1.5 * 2^23: an f32 below 2^22 plus this is rounded to an integer, ties to even, as the SIMD twin rounds. */
const ROUND_F32 = 12_582_912;

export function scalar(job: TileJob, params: UnsharpParams): void {
  const amount = amountOf(params);
  const threshold = thresholdOf(params, job.depth);
  const white = job.depth === 8 ? 255 : 65_535;
  blurScalar(job, params.sigma, (original, blurred) => {
    const difference = original - blurred;
    if (Math.abs(difference) < threshold) return original;
    const scaled = Math.fround(Math.fround(difference * amount) + ROUND_F32) - ROUND_F32;
    return Math.min(white, Math.max(0, original + scaled));
  });
}
