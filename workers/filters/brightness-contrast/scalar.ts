/**
 * Brightness and contrast in plain TypeScript: the truth its fast twin is held to.
 * Source: GIMP 2.10, app/operations/gimpoperationbrightnesscontrast.c: brightness draws towards black or white by half of
 * what is given, contrast turns the line about middle grey, from flat (-100) to upright (100).
 */
import { type Curves, lookupScalar, sampleOf, whiteOf } from '../../kernels/lut.ts';
import type { Depth } from '../../raster.ts';
import type { TileJob } from '../define.ts';

export type BrightnessContrastParams = Readonly<{ brightness: number; contrast: number }>;

export function scalar(job: TileJob, params: BrightnessContrastParams): void {
  lookupScalar(job, curvesOf(params, job.depth));
}

export function curvesOf({ brightness, contrast }: BrightnessContrastParams, depth: Depth): Curves {
  const white = whiteOf(depth);
  const shift = brightness / 200;
  const slope = Math.tan(((contrast / 100 + 1) * Math.PI) / 4);
  return [
    (sample) => {
      const level = sample / white;
      const lit = shift < 0 ? level * (1 + shift) : level + (1 - level) * shift;
      return sampleOf((lit - 0.5) * slope + 0.5, white);
    },
  ];
}
