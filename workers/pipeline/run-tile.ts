/**
 * Owns one tile's way through the stages of a pass: in, from stage to stage while it is in cache, out.
 * Knows kernel memory and regions; nothing of how a picture is cut or a chain is split.
 */
import type { TileSize } from '../../preload/contract.ts';
import type { Known, TileJob } from '../filters/define.ts';
import type { Kernels } from '../kernels/load.ts';
import type { Channels, Raster } from '../raster.ts';
import type { Stage } from './chain.ts';
import type { Buffer, Layout } from './layout.ts';
import { addressIn, fillPatch, type Patch, padPatch } from './patch.ts';
import { type Rect, regionsOf, type Size } from './regions.ts';
import type { Spare } from './spare.ts';

export interface ChainOptions {
  /** px: a tile takes no more kernel memory than one of tileSize x tileSize would; `auto`: see shape.ts. */
  readonly tileSize: TileSize;
  readonly kernels: Kernels;
  readonly mode: 'simd' | 'scalar';
  /** Called before every tile; what it throws ends the run. */
  readonly checkCancelled: () => void;
  /** Where results come from, and what lies between passes goes back to; fresh memory without it. */
  readonly spare?: Spare;
  /** For tests: this shape of tile and no other, whatever memory it takes. */
  readonly exactTile?: Size;
  /** For tests: the order in which `count` tiles are done, instead of top to bottom. */
  readonly tileOrder?: (count: number) => readonly number[];
}

/** A raster that holds only `area` of the picture. */
export interface Held {
  readonly raster: Raster;
  readonly area: Rect;
}

export function channelsAfter(stages: readonly Stage[], channels: Channels): Channels {
  return stages.at(-1)?.channelsOut ?? channels;
}

/** One tile through a pass; the patch its result stands in. */
export function runTile(
  { raster, area }: Held,
  stages: readonly Stage[],
  tile: Rect,
  picture: Size,
  layout: Layout,
  { kernels, mode }: ChainOptions,
  known: Known,
): Patch {
  const { depth } = raster;
  const { memory, exports, arena } = kernels;
  const regions = regionsOf(
    tile,
    stages.map((stage) => stage.halo),
    picture,
  );

  let input = patchFor(0);
  fillPatch(input, raster, area);
  stages.forEach(({ filter, params, halo, channelsIn, channelsOut }, index) => {
    const out = regions[index + 1] as Rect;
    padPatch(input, spread(out, halo), picture, filter.border);
    const output = patchFor(index + 1);
    const job: TileJob = {
      memory,
      in: { offset: addressIn(input, out.left, out.top), stride: input.stride, channels: channelsIn },
      out: { offset: output.address, stride: output.stride, channels: channelsOut },
      width: out.width,
      height: out.height,
      halo,
      depth,
      left: out.left,
      top: out.top,
      picture,
      scratch: arena.base + layout.scratch,
    };
    // Only the first stage of a pass may ask for what is known of the whole.
    const mine = index === 0 ? known : {};
    if (mode === 'simd') filter.simd(job, params, exports, mine);
    else filter.scalar(job, params, mine);
    input = output;
  });
  return input;

  /** Its region with room around it for what the stage that reads it wants beyond the picture. */
  function patchFor(index: number): Patch {
    const region = regions[index] as Rect;
    const { offset, stride } = layout.buffers[index] as Buffer;
    const reader = stages[index];
    const channels = reader?.channelsIn ?? channelsAfter(stages, raster.channels);
    const whole = reader === undefined ? region : spread(regions[index + 1] as Rect, reader.halo);
    const bytes = (region.left - whole.left) * channels * (depth / 8);
    const address = arena.base + offset + (region.top - whole.top) * stride + bytes;
    return { memory, address, stride, region, channels, depth };
  }
}

function spread({ left, top, width, height }: Rect, by: number): Rect {
  return { left: left - by, top: top - by, width: width + 2 * by, height: height + 2 * by };
}
