/**
 * Owns changing a pixel by its luma alone: grey becomes another grey, red, green and blue all move by what their luma
 * does, which keeps the colour's own part (Cb and Cr) as it is. The fast twin is luma-lut.as.ts. Knows no filter.
 */
import { callKernel, samplesOf, type TileJob, type TileShape } from '../filters/define.ts';
import { levelsOf } from './histogram.ts';
import type { KernelExports } from './load.ts';
import { lumaOf } from './luma.ts';
import { whiteOf } from './lut.ts';

/** `move(level, x, y)` is what to add to a pixel of that luma; alpha is handed through. */
export function moveByLumaScalar(job: TileJob, move: (level: number, x: number, y: number) => number): void {
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const white = whiteOf(job.depth);
  const colours = channels < 3 ? 1 : 3;
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const from = input.start + y * input.stride + x * channels;
      const to = output.start + y * output.stride + x * channels;
      const at = (c: number) => input.data[from + c] as number;
      const by = move(colours === 1 ? at(0) : lumaOf(at(0), at(1), at(2)), x, y);
      for (let c = 0; c < channels; c++) {
        output.data[to + c] = c < colours ? Math.min(white, Math.max(0, at(c) + by)) : at(c);
      }
    }
  }
}

export function moveScratchBytes({ depth }: TileShape): number {
  return levelsOf(depth) * 4;
}

/** Calls kernel `name` (luma-lut.as.ts under a filter's name) with what to add to each level. */
export function moveByLuma(kernels: KernelExports, name: string, job: TileJob, moves: Int32Array): void {
  new Int32Array(job.memory.buffer, job.scratch, moves.length).set(moves);
  callKernel(kernels, name, job, job.scratch);
}
