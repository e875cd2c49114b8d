/** Scharr's operator in plain TypeScript: the truth its SIMD twin is held to. */
import { type SlopeParams, slopeScalar } from '../../kernels/derivative.ts';
import type { TileJob } from '../define.ts';

export function scalar(job: TileJob, params: SlopeParams): void {
  slopeScalar(job, params, 3, 10);
}
