/**
 * Levels in plain TypeScript: the truth its fast twin is held to.
 * out = outBlack + ((x - black) / (white - black)) ^ (1 / gamma) * (outWhite - outBlack), in double precision.
 */
import { type Curves, lookupScalar, sampleOf, whiteOf } from '../../kernels/lut.ts';
import type { Depth } from '../../raster.ts';
import type { TileJob } from '../define.ts';

/** Levels of 255, whatever the picture's depth. */
export type LevelsParams = Readonly<{
  black: number;
  white: number;
  gamma: number;
  outBlack: number;
  outWhite: number;
}>;

export function scalar(job: TileJob, params: LevelsParams): void {
  lookupScalar(job, curvesOf(params, job.depth));
}

/** A white point at or under the black one makes a threshold: all over the black point is white. */
export function curvesOf({ black, white, gamma, outBlack, outWhite }: LevelsParams, depth: Depth): Curves {
  const full = whiteOf(depth);
  const range = Math.max(white - black, 0);
  return [
    (sample) => {
      const over = (sample * 255) / full - black;
      const linear = over <= 0 ? 0 : over >= range ? 1 : over / range;
      return sampleOf((outBlack + linear ** (1 / gamma) * (outWhite - outBlack)) / 255, full);
    },
  ];
}
