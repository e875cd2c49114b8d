/**
 * The bilateral filter in plain TypeScript: the truth its SIMD twin is held to.
 * Source: Tomasi and Manduchi, "Bilateral Filtering for Gray and Color Images", 1998, as OpenCV 4.6's bilateralFilter has
 * it: a disc, and colours differ by the sum of their channels' differences. At most one level from OpenCV at 8 bits.
 */
import { exp2, LEAST_EXPONENT } from '../../kernels/exp2.ts';
import { type Samples, samplesOf, type TileJob } from '../define.ts';
import { type BilateralParams, neighboursOf, toleranceFactor } from './weights.ts';

const fround = Math.fround;

export function scalar(job: TileJob, params: BilateralParams): void {
  const { channels } = job.in;
  const colours = channels % 2 === 0 ? channels - 1 : channels;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const factor = toleranceFactor(params, job.depth);
  const neighbours = neighboursOf(params).map(({ x, y, exponent }) => ({
    step: y * input.stride + x * channels,
    exponent,
  }));
  const sums = new Float32Array(colours);
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const middle = input.start + y * input.stride + x * channels;
      const to = output.start + y * output.stride + x * channels;
      sums.fill(0);
      let total = 0;
      for (const { step, exponent } of neighbours) {
        const difference = distance(input, middle, middle + step, colours);
        const squared = fround(difference * difference);
        const weight = exp2(Math.max(fround(fround(squared * factor) + exponent), LEAST_EXPONENT));
        total = fround(total + weight);
        for (let c = 0; c < colours; c++) {
          sums[c] = (sums[c] as number) + fround(weight * (input.data[middle + step + c] as number));
        }
      }
      for (let c = 0; c < colours; c++) output.data[to + c] = fround(fround((sums[c] as number) / total) + 0.5);
      if (colours < channels) output.data[to + colours] = input.data[middle + colours] as number;
    }
  }
}

/** Whole numbers below 2^24: exact in single precision. */
function distance({ data }: Samples, a: number, b: number, colours: number): number {
  let sum = 0;
  for (let c = 0; c < colours; c++) sum += Math.abs((data[a + c] as number) - (data[b + c] as number));
  return sum;
}
