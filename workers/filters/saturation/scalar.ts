/**
 * Saturation in plain TypeScript: the truth its SIMD twin is held to. out = y + (1 + amount / 100) * (c - y), y the Rec. 601
 * luma; single precision, in this order, rounded once (halves to even). Grey stays as it is.
 */
import { whiteOf } from '../../kernels/lut.ts';
import { samplesOf, type TileJob } from '../define.ts';

export type SaturationParams = Readonly<{ amount: number }>;

const { fround } = Math;
const RED = fround(0.299);
const GREEN = fround(0.587);
const BLUE = fround(0.114);
/** 1.5 * 2^23: an f32 below 2^22 plus this is rounded to an integer, ties to even, as the SIMD twin rounds. */
const ROUND_F32 = 12_582_912;

/** What the distance from grey is multiplied by, in single precision. */
export function factorOf({ amount }: SaturationParams): number {
  return fround(1 + amount / 100);
}

export function scalar(job: TileJob, params: SaturationParams): void {
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const white = whiteOf(job.depth);
  const factor = factorOf(params);
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const from = input.start + y * input.stride + x * channels;
      const to = output.start + y * output.stride + x * channels;
      const at = (c: number) => input.data[from + c] as number;
      const luma =
        channels < 3 ? 0 : fround(fround(fround(at(0) * RED) + fround(at(1) * GREEN)) + fround(at(2) * BLUE));
      for (let c = 0; c < channels; c++) {
        const moved = fround(luma + fround(factor * fround(at(c) - luma)));
        const rounded = fround(moved + ROUND_F32) - ROUND_F32;
        output.data[to + c] = channels < 3 || c === 3 ? at(c) : Math.min(white, Math.max(0, rounded));
      }
    }
  }
}
