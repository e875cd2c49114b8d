/**
 * Denoise in plain TypeScript: the truth its SIMD twin is held to.
 * Source: Buades, Coll and Morel, "Non-Local Means Denoising", Image Processing On Line 1, 2011 (pixelwise): a pixel
 * becomes the mean of those around it whose patches look like its own, colours together. What noise alone would make
 * patches differ is taken off first. Single precision, every operation rounded, offsets in one order, both ways at once.
 */
import { exp2, LEAST_EXPONENT } from '../../kernels/exp2.ts';
import { samplesOf, type TileJob } from '../define.ts';
import { DEEP_SHIFT, type DenoiseParams, PATCH, termsOf } from './weights.ts';

const fround = Math.fround;

export function scalar(job: TileJob, params: DenoiseParams): void {
  const { channels } = job.in;
  const colours = channels < 3 ? 1 : 3;
  const { data, start, stride } = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const { allowed, factor } = termsOf(params, colours, job.depth);
  const shift = job.depth === 8 ? 0 : DEEP_SHIFT;
  const offsets = halfOf(params.reach).map(({ x, y }) => y * stride + x * channels);
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const middle = start + y * stride + x * channels;
      const to = output.start + y * output.stride + x * channels;
      const sums = Array.from({ length: colours }, (_, c) => data[middle + c] as number);
      let total = 1;
      for (const offset of offsets) {
        const ahead = weightOf(middle, middle + offset);
        const back = weightOf(middle - offset, middle);
        total = fround(fround(total + ahead) + back);
        for (let c = 0; c < colours; c++) {
          const half = fround((sums[c] as number) + fround(ahead * (data[middle + offset + c] as number)));
          sums[c] = fround(half + fround(back * (data[middle - offset + c] as number)));
        }
      }
      for (let c = 0; c < colours; c++) output.data[to + c] = fround(fround((sums[c] as number) / total) + 0.5);
      if (colours < channels) output.data[to + colours] = data[middle + colours] as number;
    }
  }

  function weightOf(a: number, b: number): number {
    let sum = 0;
    for (let dy = -PATCH; dy <= PATCH; dy++) {
      for (let i = -PATCH * channels; i < (PATCH + 1) * channels; i++) {
        const at = dy * stride + i;
        const isColour = (i + PATCH * channels) % channels < colours;
        const difference = ((data[a + at] as number) >> shift) - ((data[b + at] as number) >> shift);
        if (isColour) sum += difference * difference;
      }
    }
    const exponent = fround(fround(allowed - fround(sum)) * factor);
    return exp2(Math.max(Math.min(exponent, 0), LEAST_EXPONENT));
  }
}

/** One of each two opposite offsets, row by row. */
function halfOf(reach: number): { readonly x: number; readonly y: number }[] {
  const offsets = [];
  for (let y = 0; y <= reach; y++) {
    for (let x = y === 0 ? 1 : -reach; x <= reach; x++) offsets.push({ x, y });
  }
  return offsets;
}
