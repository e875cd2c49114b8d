/**
 * Colour key in plain TypeScript: the truth its SIMD twin is held to. A pixel is as far from the key as its farthest
 * channel (Chebyshev's distance, as magic wands measure). Opacity = (distance - tolerance) * slope, from 0 to 1, in single
 * precision; alpha that was there is multiplied by it and rounded once, halves to even. Colours stay as they are.
 */
import { whiteOf } from '../../kernels/lut.ts';
import { samplesOf, type TileJob } from '../define.ts';
import { type ColorKeyParams, keyOf } from './params.ts';

const { fround } = Math;
/** 1.5 * 2^23: an f32 below 2^22 plus this is rounded to an integer, ties to even, as the SIMD twin rounds. */
const ROUND_F32 = 12_582_912;

export function scalar(job: TileJob, params: ColorKeyParams): void {
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const white = whiteOf(job.depth);
  const { colour, tolerance, slope } = keyOf(params, job.depth);
  const colours = channels < 3 ? 1 : 3;
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const from = input.start + y * input.stride + x * channels;
      const to = output.start + y * output.stride + x * job.out.channels;
      const at = (c: number) => input.data[from + c] as number;
      const distance = Math.max(...colour.map((key, c) => Math.abs(at(colours === 1 ? 0 : c) - key)));
      const opacity = Math.min(1, fround(Math.max(0, distance - tolerance) * slope));
      const alpha = channels > colours ? at(colours) : white;
      for (let c = 0; c < colours; c++) output.data[to + c] = at(c);
      output.data[to + colours] = fround(fround(opacity * alpha) + ROUND_F32) - ROUND_F32;
    }
  }
}
