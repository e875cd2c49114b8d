/**
 * Curves in plain TypeScript: the truth its fast twin is held to.
 * Black and white are held; five points between them, a sixth apart, move up or down by a quarter of the range at most.
 */
import { type Curves, lookupScalar, sampleOf, whiteOf } from '../../kernels/lut.ts';
import { monotoneCubic } from '../../kernels/monotone-cubic.ts';
import type { Depth } from '../../raster.ts';
import type { TileJob } from '../define.ts';

export type CurvesParams = Readonly<{
  shadows: number;
  darks: number;
  midtones: number;
  lights: number;
  highlights: number;
}>;

const REACH = 0.25;

export function scalar(job: TileJob, params: CurvesParams): void {
  lookupScalar(job, curvesOf(params, job.depth));
}

export function curvesOf({ shadows, darks, midtones, lights, highlights }: CurvesParams, depth: Depth): Curves {
  const white = whiteOf(depth);
  const moved = [shadows, darks, midtones, lights, highlights];
  const inner = moved.map((by, i) => {
    const x = (i + 1) / 6;
    return { x, y: Math.min(1, Math.max(0, x + (by / 100) * REACH)) };
  });
  const curve = monotoneCubic([{ x: 0, y: 0 }, ...inner, { x: 1, y: 1 }]);
  return [(sample) => sampleOf(curve(sample / white), white)];
}
