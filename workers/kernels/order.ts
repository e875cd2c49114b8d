/**
 * Owns order statistics of a square window: the plain truth in TypeScript, and the scratch their SIMD twin
 * (rank8.as.ts, rank16.as.ts) works in. Median and rank share it. Knows no filter.
 */
import { samplesOf, type TileJob, type TileShape } from '../filters/define.ts';
import type { Depth } from '../raster.ts';

/** Columns that rank8.as.ts does side by side, and what it keeps besides them and for each of them; bytes. */
const BLOCK = 256;
const WINDOW_BYTES = 880;
const COLUMN_BYTES = 17 * 16;
/** 65,536 counts of 16 bits and 256 of their upper halves (rank16.as.ts). */
const COUNTS_BYTES = 2 * 65_536 + 2 * 256;

/** The sample that has `rank` of the window's others before it, for each pixel and colour; alpha is handed through. */
export function rankScalar(job: TileJob, radius: number, rank: number): void {
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const colours = channels === 2 || channels === 4 ? channels - 1 : channels;
  const side = 2 * radius + 1;
  const window = job.depth === 8 ? new Uint8Array(side * side) : new Uint16Array(side * side);
  for (let y = 0; y < job.height; y++) {
    for (let x = 0; x < job.width; x++) {
      const to = output.start + y * output.stride + x * channels;
      for (let c = 0; c < channels; c++) {
        const from = input.start + y * input.stride + x * channels + c;
        output.data[to + c] = c < colours ? ranked(from) : (input.data[from] as number);
      }
    }
  }

  function ranked(middle: number): number {
    let filled = 0;
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        window[filled++] = input.data[middle + dy * input.stride + dx * channels] as number;
      }
    }
    return window.sort()[rank] as number;
  }
}

export function rankScratchBytes({ width, depth, halo }: TileShape): number {
  return depth === 16 ? COUNTS_BYTES : WINDOW_BYTES + COLUMN_BYTES * (Math.min(BLOCK, width) + 2 * halo);
}

/**
 * Work a sample takes, in taps of 0.03 ns. 8 bits: 9 ns at any radius; 16 bits: a line of the window in, one out:
 * 130 ns at radius 10 (4K grey).
 */
export function rankTaps(radius: number, depth: Depth): number {
  return depth === 8 ? 300 : 400 + 400 * radius;
}
