/** Gaussian blur in plain TypeScript: the truth its SIMD twin is held to. */
import { blurScalar } from '../../kernels/blur.ts';
import type { TileJob } from '../define.ts';

export function scalar(job: TileJob, { sigma }: { readonly sigma: number }): void {
  blurScalar(job, sigma, (_original, blurred) => blurred);
}
