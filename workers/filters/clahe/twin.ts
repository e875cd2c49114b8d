/** Owns what CLAHE's kernel is handed: a rectangle a cell to count, tables and places in scratch to look up. */
import type { KernelExports } from '../../kernels/load.ts';
import { type CountJob, callKernel, type Known, type TileJob, type TileShape } from '../define.ts';
import { type ClaheParams, gridOf, type Place, placeOf } from './grid.ts';
import { countRange } from './scalar.ts';
import { binsOf } from './tables.ts';

export function countScratchBytes({ depth }: TileShape, { tiles }: ClaheParams): number {
  return tiles * tiles * binsOf(depth) * 4;
}

export function countSimd(job: CountJob, { tiles }: ClaheParams, count: Float64Array, kernels: KernelExports): void {
  const { picture, left, top } = job;
  const grid = gridOf(picture, tiles);
  const bins = binsOf(job.depth);
  new Uint32Array(job.memory.buffer, job.scratch, count.length).fill(0);
  for (let row = 0; row < tiles; row++) {
    const from = Math.max(top, row * grid.height);
    const height = Math.min(top + job.height, (row + 1) * grid.height) - from;
    for (let column = 0; column < tiles && height > 0; column++) {
      const start = Math.max(left, column * grid.width);
      const width = Math.min(left + job.width, (column + 1) * grid.width) - start;
      if (width <= 0) continue;
      const pixelBytes = job.in.channels * (job.depth / 8);
      const offset = job.in.offset + (from - top) * job.in.stride + (start - left) * pixelBytes;
      const part = { ...job, in: { ...job.in, offset }, width, height };
      callKernel(kernels, 'claheCount', part, job.scratch + (row * tiles + column) * bins * 4);
    }
  }
  count.set(new Uint32Array(job.memory.buffer, job.scratch, count.length));
  // What continues the picture: a few columns and rows.
  const [right, bottom] = [grid.width * tiles, grid.height * tiles];
  countRange(job, tiles, count, { left: picture.width, right, top: 0, bottom });
  countRange(job, tiles, count, { left: 0, right: picture.width, top: picture.height, bottom });
}

/** Tables, then places of columns and of rows; columns to a multiple of four. */
export function scratchBytes({ width, height, depth }: TileShape, { tiles }: ClaheParams): number {
  const tables = depth === 8 ? (tiles + 1) ** 2 * 1024 : tiles * tiles * (binsOf(depth) + 1) * 2;
  return aligned(tables) + aligned((width + 4) * 12) + aligned(height * 12);
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

export function simd(job: TileJob, { tiles }: ClaheParams, kernels: KernelExports, { tables, quads }: Known): void {
  const { picture, memory, scratch } = job;
  const grid = gridOf(picture, tiles);
  const columns = Array.from({ length: job.width }, (_, x) => placeOf(job.left + x, grid.width, tiles));
  const rows = Array.from({ length: job.height }, (_, y) => placeOf(job.top + y, grid.height, tiles));
  const table = (job.depth === 8 ? quads : tables) as Int32Array | Uint16Array;
  new Uint8Array(memory.buffer).set(new Uint8Array(table.buffer), scratch);
  const columnsAt = scratch + aligned(table.byteLength);
  const rowsAt = columnsAt + aligned((job.width + 4) * 12);
  // The last turn of four reads past the row, and must find offsets there: zeros.
  if (job.depth === 8) {
    writePairs(memory.buffer, columnsAt, columns, 1024);
    new Int32Array(memory.buffer, columnsAt + columns.length * 8, 8).fill(0);
    writePairs(memory.buffer, rowsAt, rows, (tiles + 1) * 1024);
  } else {
    const tableBytes = (binsOf(16) + 1) * 2;
    writePlaces(memory.buffer, columnsAt, columns, tableBytes);
    new Int32Array(memory.buffer, columnsAt + columns.length * 12, 12).fill(0);
    writePlaces(memory.buffer, rowsAt, rows, tiles * tableBytes);
  }
  callKernel(kernels, 'clahe', job, scratch, columnsAt, rowsAt);
}

function writePairs(buffer: ArrayBuffer, at: number, places: readonly Place[], bytes: number): void {
  const offsets = new Int32Array(buffer, at, places.length * 2);
  const weights = new Float32Array(buffer, at, places.length * 2);
  for (const [i, { pair, weight }] of places.entries()) {
    offsets[2 * i] = pair * bytes;
    weights[2 * i + 1] = weight;
  }
}

function writePlaces(buffer: ArrayBuffer, at: number, places: readonly Place[], bytes: number): void {
  const offsets = new Int32Array(buffer, at, places.length * 3);
  const weights = new Float32Array(buffer, at, places.length * 3);
  for (const [i, { from, to, weight }] of places.entries()) {
    offsets[3 * i] = from * bytes;
    offsets[3 * i + 1] = to * bytes;
    weights[3 * i + 2] = weight;
  }
}
