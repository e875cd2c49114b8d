/**
 * Arithmetic in plain TypeScript: the truth its fast twin is held to. out = a * x + b, rounded to the nearest (halves
 * upwards) and clipped; OpenCV's convertTo to one level, which rounds halves to even.
 */
import { type Curve, type Curves, lookupScalar, sampleOf, whiteOf } from '../../kernels/lut.ts';
import type { Channels, Depth } from '../../raster.ts';
import type { TileJob } from '../define.ts';

/** `b` in levels of 255, whatever the picture's depth. */
export type ArithmeticParams = Readonly<{ a: number; b: number; channel: 'all' | 'red' | 'green' | 'blue' }>;

export function scalar(job: TileJob, params: ArithmeticParams): void {
  lookupScalar(job, curvesOf(params, job.depth, job.in.channels));
}

export function curvesOf({ a, b, channel }: ArithmeticParams, depth: Depth, channels: Channels): Curves {
  const white = whiteOf(depth);
  const change: Curve = (sample) => sampleOf((a * sample + (b * white) / 255) / white, white);
  const keep: Curve = (sample) => sample;
  if (channel === 'all') return [change];
  if (channels < 3) return [keep];
  return [channel === 'red' ? change : keep, channel === 'green' ? change : keep, channel === 'blue' ? change : keep];
}
