/** Median in plain TypeScript: the truth its SIMD twin is held to. */
import { rankScalar } from '../../kernels/order.ts';
import type { TileJob } from '../define.ts';

export function scalar(job: TileJob, { radius }: { readonly radius: number }): void {
  const side = 2 * radius + 1;
  rankScalar(job, radius, (side * side) >> 1);
}
