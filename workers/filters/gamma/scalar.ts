/** Gamma in plain TypeScript: the truth its fast twin is held to. out = x ^ (1 / gamma) of samples from 0 to 1. */
import { type Curves, lookupScalar, sampleOf, whiteOf } from '../../kernels/lut.ts';
import type { Depth } from '../../raster.ts';
import type { TileJob } from '../define.ts';

export type GammaParams = Readonly<{ gamma: number }>;

export function scalar(job: TileJob, params: GammaParams): void {
  lookupScalar(job, curvesOf(params, job.depth));
}

export function curvesOf({ gamma }: GammaParams, depth: Depth): Curves {
  const white = whiteOf(depth);
  return [(sample) => sampleOf((sample / white) ** (1 / gamma), white)];
}
