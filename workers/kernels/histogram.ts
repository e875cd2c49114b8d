/**
 * Owns counting how often each level occurs in a picture, a colour at a time or by luma (luma.ts): what a filter's
 * `statistics` are made of. Its fast twin is histogram.as.ts. Alpha is not counted. Knows no filter.
 */
import { type CountJob, callKernel, samplesOf, type TileShape } from '../filters/define.ts';
import type { Channels, Depth } from '../raster.ts';
import type { KernelExports } from './load.ts';
import { lumaOf } from './luma.ts';

/** `colours`: a table for each of red, green, blue. `luma`, and `together` for all their samples: one. Grey has one anyway. */
export type Counted = 'colours' | 'luma' | 'together';

export function levelsOf(depth: Depth): number {
  return depth === 8 ? 256 : 65_536;
}

function tablesOf(channels: Channels, counted: Counted): number {
  return channels < 3 || counted !== 'colours' ? 1 : 3;
}

/** Numbers of a count: the tables one behind another. */
export function histogramLength(picture: { readonly channels: Channels; readonly depth: Depth }, counted: Counted) {
  return tablesOf(picture.channels, counted) * levelsOf(picture.depth);
}

/** 32-bit counts; twice at 8 bits, for even and odd pixels. */
export function histogramScratchBytes(shape: TileShape, counted: Counted): number {
  return histogramLength(shape, counted) * 4 * (shape.depth === 8 ? 2 : 1);
}

export function histogramScalar(job: CountJob, counted: Counted, count: Float64Array): void {
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const levels = levelsOf(job.depth);
  const samples = channels < 3 || counted === 'luma' ? 1 : 3;
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const from = input.start + y * input.stride + x * channels;
      const at = (c: number) => input.data[from + c] as number;
      for (let c = 0; c < samples; c++) {
        const level = channels < 3 || counted !== 'luma' ? at(c) : lumaOf(at(0), at(1), at(2));
        const index = counted === 'colours' ? c * levels + level : level;
        count[index] = (count[index] as number) + 1;
      }
    }
  }
}

/** How histogram.as.ts is told. */
const CODES: Readonly<Record<Counted, number>> = { colours: 0, luma: 1, together: 2 };

/** Calls kernel `name` (histogram.as.ts under a filter's name) on a tile of fewer than 2^32 samples. */
export function histogram(kernels: KernelExports, name: string, job: CountJob, counted: Counted, count: Float64Array) {
  callKernel(kernels, name, job, job.scratch, CODES[counted]);
  count.set(new Uint32Array(job.memory.buffer, job.scratch, count.length));
}
