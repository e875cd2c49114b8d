/**
 * Owns how a tile lies in kernel memory, and so how much of it a chain takes. Pure.
 * Two slots in turn: a stage reads one and writes the other, so a chain of any length needs the two largest only, and
 * what one stage wrote is still in cache for the next. Scratch follows.
 *
 * The bound: a chain's memory in a worker is at most that of a tile of tileSize x tileSize with all halos (shape.ts
 * keeps every other shape within it), whatever the picture's size.
 */
import type { PictureShape } from '../filters/define.ts';
import type { Channels, Depth } from '../raster.ts';
import type { Stage } from './chain.ts';
import type { Size } from './regions.ts';

/** What kernels may read and write behind a row (define.ts). */
const ROW_SLACK_BYTES = 64;

/** Where the input of a stage lies, or (the last one) the output of the chain. */
export interface Buffer {
  /** Bytes from the arena's base. */
  readonly offset: number;
  /** Bytes from row to row. */
  readonly stride: number;
}

export interface Layout {
  readonly buffers: readonly Buffer[];
  /** Bytes from the arena's base. */
  readonly scratch: number;
  readonly bytes: number;
}

/** Room for every tile of at most this size within the picture. */
export function layOut(stages: readonly Stage[], depth: Depth, tile: Size, picture: Size): Layout {
  const sampleBytes = depth / 8;
  const strides: number[] = [];
  const slotBytes: [number, number] = [0, 0];
  let scratchBytes = 0;
  const take = (index: number, width: number, height: number, channels: number) => {
    const stride = aligned(width * channels * sampleBytes + ROW_SLACK_BYTES);
    strides[index] = stride;
    // One more row: kernels may read it.
    const slot = index % 2 === 0 ? 0 : 1;
    slotBytes[slot] = Math.max(slotBytes[slot], stride * (height + 1));
  };

  const shapeOf = (channels: Channels): PictureShape => ({
    width: picture.width,
    height: picture.height,
    channels,
    depth,
  });
  let { width, height } = tile;
  take(stages.length, width, height, stages.at(-1)?.channelsOut ?? 1);
  for (let index = stages.length - 1; index >= 0; index--) {
    const { halo, channelsIn, filter, params } = stages[index] as Stage;
    const shape = { width, height, channels: channelsIn, depth, halo, picture: shapeOf(channelsIn) };
    scratchBytes = Math.max(scratchBytes, filter.scratchBytes?.(shape, params) ?? 0);
    take(index, width + 2 * halo, height + 2 * halo, channelsIn);
    width = Math.min(picture.width, width + 2 * halo);
    height = Math.min(picture.height, height + 2 * halo);
  }

  const scratch = slotBytes[0] + slotBytes[1];
  const buffers = strides.map((stride, index) => ({ stride, offset: index % 2 === 0 ? 0 : slotBytes[0] }));
  return { buffers, scratch, bytes: scratch + aligned(scratchBytes) };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}
