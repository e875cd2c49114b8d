/** The guided filter in plain TypeScript: the truth its SIMD twin is held to. Box sums in exact integers, the rest in single precision. */
import { boxSums } from '../../kernels/box.ts';
import { nearest } from '../../kernels/nearest.ts';
import { samplesOf, type TileJob } from '../define.ts';
import { A_UNITS, bUnitsOf, type SmoothParams, smoothOf } from './smooth.ts';

const { fround } = Math;
const toI16 = (value: number) => Math.min(32_767, Math.max(-32_768, value));

export function scalar(job: TileJob, params: SmoothParams): void {
  const { channels } = job.in;
  const colours = channels < 3 ? 1 : 3;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  for (let c = 0; c < channels; c++) {
    const from = (x: number, y: number) => input.data[input.start + y * input.stride + x * channels + c] as number;
    const smooth = c < colours ? smoothPlane(job, params, from) : undefined;
    for (let y = 0; y < job.height; y++) {
      for (let x = 0; x < job.width; x++) {
        output.data[output.start + y * output.stride + x * channels + c] =
          smooth === undefined ? from(x, y) : (smooth[y * job.width + x] as number);
      }
    }
  }
}

function smoothPlane(job: TileJob, params: SmoothParams, from: (x: number, y: number) => number): Float64Array {
  const { radius } = params;
  const { depth } = job;
  const { share, eps } = smoothOf(params);
  const side = 2 * radius + 1;
  const middle = depth === 8 ? 128 : 32_768;
  const width = job.width + 4 * radius;
  const height = job.height + 4 * radius;
  const value = new Float64Array(width * height);
  for (let i = 0; i < value.length; i++) {
    value[i] = from((i % width) - 2 * radius, Math.floor(i / width) - 2 * radius) - middle;
  }
  const guide = depth === 8 ? value : value.map((v) => (((v + middle) * 255 + 32_895) >>> 16) - 128);
  const meansOf = (plane: Float64Array) =>
    boxSums(plane, width, height, side).map((sum) => fround(fround(sum) * share));
  const means = meansOf(guide);
  const squares = meansOf(guide.map((g) => g * g));
  const values = depth === 8 ? means : meansOf(value);
  const a = new Float64Array(means.length);
  const b = new Float64Array(means.length);
  for (const [i, mean] of means.entries()) {
    const variance = fround((squares[i] as number) - fround(mean * mean));
    const quotient = fround(variance / fround(variance + eps));
    const v = values[i] as number;
    a[i] = toI16(nearest(fround(quotient * A_UNITS)));
    b[i] = toI16(nearest(fround(fround(v - fround(quotient * v)) * bUnitsOf(depth))));
  }
  const sumA = boxSums(a, width - 2 * radius, height - 2 * radius, side);
  const sumB = boxSums(b, width - 2 * radius, height - 2 * radius, side);
  const aShare = fround(share / A_UNITS);
  const bShare = fround(share / bUnitsOf(depth));
  return sumA.map((sum, i) => {
    const y = Math.floor(i / job.width) + 2 * radius;
    const here = value[y * width + (i % job.width) + 2 * radius] as number;
    const slope = fround(fround(fround(sum) * aShare) * here);
    const result = toI16(nearest(fround(slope + fround(fround(sumB[i] as number) * bShare)))) + middle;
    return Math.min(depth === 8 ? 255 : 65_535, Math.max(0, result));
  });
}
