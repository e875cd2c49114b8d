/** Rank in plain TypeScript: the truth its SIMD twin is held to. */
import { rankScalar } from '../../kernels/order.ts';
import type { TileJob } from '../define.ts';

export type RankParams = Readonly<{ radius: number; percentile: number }>;

export function scalar(job: TileJob, params: RankParams): void {
  rankScalar(job, params.radius, rankOf(params));
}

/** How many of the window's samples come before the answer: 0 at 0 %, all others at 100 %, the nearest between. */
export function rankOf({ radius, percentile }: RankParams): number {
  const others = (2 * radius + 1) ** 2 - 1;
  return Math.round((percentile / 100) * others);
}
