/** Owns how the bilateral filter's scratch lies, as kernel.as.ts reads it. */
import type { TileJob } from '../define.ts';
import type { Neighbour } from './weights.ts';

/** A row of one colour as f32, with slack. */
export function planeRowBytes(width: number, halo: number): number {
  return ((width + 2 * halo) * 4 + 64 + 15) & ~15;
}

/** Pairs: how many bytes away a neighbour stands in its plane, log2 of its weight by distance. */
export function writeTables(job: TileJob, neighbours: readonly Neighbour[]): void {
  const row = planeRowBytes(job.width, job.halo);
  const table = new DataView(job.memory.buffer, job.scratch, 8 * neighbours.length);
  neighbours.forEach(({ x, y, exponent }, i) => {
    table.setInt32(8 * i, y * row + 4 * x, true);
    table.setFloat32(8 * i + 4, exponent, true);
  });
}
