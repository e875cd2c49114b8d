/**
 * Box blur in plain TypeScript: the truth its SIMD twin is held to. The mean of a square window, rounded to the nearest
 * (there are no halves: windows have an odd count). Equal to OpenCV 4.6's blur at 8 bits; at 16 OpenCV works in single
 * precision and may be a level off (test/conformance/golden-blur.test.ts).
 */
import { samplesOf, type TileJob } from '../define.ts';

export function scalar(job: TileJob, { radius }: { readonly radius: number }): void {
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const part = partOf(radius);
  const alpha = channels % 2 === 0 ? channels - 1 : -1;
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      for (let c = 0; c < channels; c++) {
        const middle = input.start + y * input.stride + x * channels + c;
        output.data[output.start + y * output.stride + x * channels + c] =
          c === alpha ? (input.data[middle] as number) : Math.floor(sumAround(middle) * part + 0.5);
      }
    }
  }

  function sumAround(middle: number): number {
    let sum = 0;
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        sum += input.data[middle + dy * input.stride + dx * channels] as number;
      }
    }
    return sum;
  }
}

/** A pixel's share in its window. */
export function partOf(radius: number): number {
  return 1 / (2 * radius + 1) ** 2;
}
