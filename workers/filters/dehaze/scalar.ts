/**
 * Dehaze in plain TypeScript: the truth its SIMD twin is held to. Darkness and guide of the whole tile, then the guided
 * filter as its paper has it, box sums in exact integers, everything else in single precision.
 */
import { boxMinimum, boxSums } from '../../kernels/box.ts';
import { lumaOf } from '../../kernels/luma.ts';
import { nearest } from '../../kernels/nearest.ts';
import { type CountJob, type Known, samplesOf, type TileJob } from '../define.ts';
import * as haze from './haze.ts';

const { fround } = Math;

export function scalar(job: TileJob, params: haze.HazeParams, known: Known): void {
  const { radius } = params;
  const side = 2 * radius + 1;
  const { share, eps, slope, clear, least, protect, air, parts } = haze.hazeOf(params, job.depth, known);
  const border = haze.PATCH_RADIUS + 2 * radius;
  const [red, green, blue] = planesOf(job, border);
  const width = job.width + 2 * border;
  const height = job.height + 2 * border;
  const at = (plane: Float64Array, i: number) => plane[i] as number;

  const luma = red.map((r, i) => lumaOf(r, at(green, i), at(blue, i)));
  const darkness = red.map((r, i) => {
    const dark = Math.min(fround(r * parts[0]), fround(at(green, i) * parts[1]), fround(at(blue, i) * parts[2]));
    return nearest(Math.min(dark, haze.DARKEST));
  });
  const innerWidth = job.width + 4 * radius;
  const innerHeight = job.height + 4 * radius;
  const v = boxMinimum(darkness, width, height, haze.PATCH_SIDE).map((dark) => dark - haze.MIDDLE);
  const g = cut(luma, width, haze.PATCH_RADIUS, innerWidth, innerHeight).map(
    (level) => (job.depth === 8 ? level : (level * 255 + 32_895) >>> 16) - 128,
  );
  const means = [g, v, g.map((value) => value * value), g.map((value, i) => value * at(v, i))].map((plane) =>
    boxSums(plane, innerWidth, innerHeight, side).map((sum) => fround(fround(sum) * share)),
  );
  const [meanG, meanV, meanGG, meanGV] = means as [Float64Array, Float64Array, Float64Array, Float64Array];
  const a = new Float64Array(meanG.length);
  const b = new Float64Array(meanG.length);
  for (let i = 0; i < a.length; i++) {
    const mean = at(meanG, i);
    const variance = fround(at(meanGG, i) - fround(mean * mean));
    const covariance = fround(at(meanGV, i) - fround(mean * at(meanV, i)));
    const quotient = fround(covariance / fround(variance + eps));
    a[i] = nearest(fround(quotient * haze.A_UNITS));
    b[i] = nearest(fround(fround(at(meanV, i) - fround(quotient * mean)) * haze.B_UNITS));
  }
  const sumA = boxSums(a, innerWidth - 2 * radius, innerHeight - 2 * radius, side);
  const sumB = boxSums(b, innerWidth - 2 * radius, innerHeight - 2 * radius, side);

  const { in: input, out, depth } = job;
  const { data, start, stride } = samplesOf(job, out);
  const original = samplesOf(job, input);
  const white = depth === 8 ? 255 : 65_535;
  const aShare = fround(share / haze.A_UNITS);
  const bShare = fround(share / haze.B_UNITS);
  const level = fround(1 / 257);
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const here = (y + border) * width + x + border;
      const i = y * job.width + x;
      const guide = fround((depth === 8 ? at(luma, here) : fround(fround(at(luma, here)) * level)) - 128);
      const slopes = fround(fround(fround(at(sumA, i)) * aShare) * guide);
      const dark = fround(slopes + fround(fround(at(sumB, i)) * bShare));
      const transmission = Math.min(1, Math.max(least, fround(clear - fround(dark * slope))));
      const from = [at(red, here) - air[0], at(green, here) - air[1], at(blue, here) - air[2]] as const;
      const far = Math.max(...from.map(Math.abs));
      const gain = Math.max(1, fround(fround(1 / transmission) * Math.min(1, fround(far * protect))));
      for (let c = 0; c < input.channels; c++) {
        const alpha = input.channels % 2 === 0 && c === input.channels - 1;
        const light = air[c] as number;
        const value = nearest(fround(light + fround((from[c] as number) * gain)));
        data[start + y * stride + x * input.channels + c] = alpha
          ? (original.data[original.start + y * original.stride + x * input.channels + c] as number)
          : Math.min(white, Math.max(0, value));
      }
    }
  }
}

export function countScalar(job: CountJob, _params: haze.HazeParams, count: Float64Array): void {
  const border = haze.PATCH_RADIUS;
  const [red, green, blue] = planesOf(job, border);
  const width = job.width + 2 * border;
  const least = red.map((r, i) => Math.min(r, green[i] as number, blue[i] as number));
  const dark = boxMinimum(least, width, job.height + 2 * border, haze.PATCH_SIDE);
  for (const [i, value] of dark.entries()) {
    const here = (Math.floor(i / job.width) + border) * width + (i % job.width) + border;
    const bin = 2 * haze.binOf(value, job.depth);
    const key = haze.pixelKey(red[here] as number, green[here] as number, blue[here] as number);
    count[bin] = (count[bin] as number) + 1;
    count[bin + 1] = Math.max(count[bin + 1] as number, key);
  }
}

/** Red, green and blue of the tile with `border` pixels around it; three times the same where it is grey. */
function planesOf(job: TileJob, border: number): [Float64Array, Float64Array, Float64Array] {
  const { data, start, stride } = samplesOf(job, job.in);
  const { channels } = job.in;
  const width = job.width + 2 * border;
  const planeOf = (channel: number) => {
    const plane = new Float64Array(width * (job.height + 2 * border));
    for (let i = 0; i < plane.length; i++) {
      const y = Math.floor(i / width) - border;
      plane[i] = data[start + y * stride + ((i % width) - border) * channels + channel] as number;
    }
    return plane;
  };
  const first = planeOf(0);
  return channels < 3 ? [first, first, first] : [first, planeOf(1), planeOf(2)];
}

/** The part of a plane that begins `border` columns and rows inside it. */
function cut(plane: Float64Array, across: number, border: number, width: number, height: number): Float64Array {
  const part = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y + border) * across + border;
    part.set(plane.subarray(from, from + width), y * width);
  }
  return part;
}
