/**
 * Convolution in plain TypeScript: the truth its SIMD twin is held to. In single precision and in one order for every
 * pixel (row by row, weights of 0 left out), so that no tile makes a difference.
 *
 * Source: OpenCV 4.6, filter2D (which is a correlation: weights lie as they are written); within one level of it, since
 * OpenCV adds in another order (test/conformance/golden-edges.test.ts).
 */

import { roundHalfToEven } from '../../kernels/half-even.ts';
import type { Depth } from '../../raster.ts';
import { samplesOf, type TileJob } from '../define.ts';
import { type ConvolveParams, weightsOf } from './weights.ts';

export function offsetOf({ offset }: ConvolveParams, depth: Depth): number {
  return Math.fround(depth === 8 ? offset : offset * 257);
}

export function scalar(job: TileJob, params: ConvolveParams): void {
  const { taps, divisor } = weightsOf(params);
  const offset = offsetOf(params, job.depth);
  const { data, start, stride } = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const { channels } = job.in;
  const white = job.depth === 8 ? 255 : 65_535;
  for (let y = 0; y < job.height; y++) {
    for (let i = 0; i < job.width * channels; i++) {
      const here = start + y * stride + i;
      const isAlpha = (channels === 2 || channels === 4) && i % channels === channels - 1;
      let sum = 0;
      for (const { dx, dy, weight } of taps) {
        const sample = data[here + dy * stride + dx * channels] as number;
        sum = Math.fround(sum + Math.fround(sample * weight));
      }
      const level = roundHalfToEven(Math.fround(Math.fround(sum / divisor) + offset));
      output.data[output.start + y * output.stride + i] = isAlpha
        ? (data[here] as number)
        : Math.min(white, Math.max(0, level));
    }
  }
}
