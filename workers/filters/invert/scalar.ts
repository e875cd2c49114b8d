/** Invert in plain TypeScript: the truth its SIMD twin is held to. Equal to OpenCV's bitwise_not on colours; alpha stays. */
import { lookupScalar, whiteOf } from '../../kernels/lut.ts';
import type { TileJob } from '../define.ts';

export function scalar(job: TileJob): void {
  const white = whiteOf(job.depth);
  lookupScalar(job, [(sample) => white - sample]);
}
