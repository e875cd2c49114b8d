/**
 * Owns the run of a chain over a picture, tile by tile: a tile goes through the whole chain while it is in cache.
 * Knows pixels, regions and kernel memory; no filter by name, no file. Tiles change speed and memory, never a pixel.
 */
import type { TileJob } from '../filters/define.ts';
import type { Kernels } from '../kernels/load.ts';
import { type Channels, type Depth, newSamples, type Raster } from '../raster.ts';
import { type PreparedStep, type Stage, stagesOf } from './chain.ts';
import { type Buffer, type Layout, layOut } from './layout.ts';
import { type Pass, planPasses } from './passes.ts';
import { addressIn, emptyPatch, fillPatch, type Patch, padPatch } from './patch.ts';
import { type Rect, regionsOf, type Size, tilesOf } from './regions.ts';
import type { Spare } from './spare.ts';

export interface ChainOptions {
  /** px: a tile takes no more kernel memory than one of tileSize x tileSize would. */
  readonly tileSize: number;
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

/** The whole picture through the chain; the raster itself where the chain is empty. */
export function runChain(raster: Raster, chain: readonly PreparedStep[], options: ChainOptions): Raster {
  if (chain.length === 0) return raster;
  return runRegion(raster, chain, { left: 0, top: 0, width: raster.width, height: raster.height }, options);
}

/** The same pixels as that rectangle of runChain's result, at the cost of the rectangle and its halo. */
export function runRegion(raster: Raster, chain: readonly PreparedStep[], area: Rect, options: ChainOptions): Raster {
  if (chain.length === 0) return cropped(raster, area);
  const stages = stagesOf(chain, raster.channels, raster.depth);
  let held: Held = { raster, area: { left: 0, top: 0, width: raster.width, height: raster.height } };
  for (const pass of planPasses(stages, raster.depth, options.tileSize, area, raster)) {
    const result = runPass(held, pass, raster, options);
    if (held.raster !== raster) options.spare?.give(held.raster.data);
    held = { raster: result, area: pass.area };
  }
  return held.raster;
}

/** An unfiltered part of the picture: what a preview shows as Before. */
function cropped(raster: Raster, area: Rect): Raster {
  const { depth, channels } = raster;
  const { left, top, width, height } = area;
  const data = newSamples(depth, width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * raster.width + left) * channels;
    data.set(raster.data.subarray(from, from + width * channels), y * width * channels);
  }
  return { data, width, height, channels, depth };
}

/** Most bytes runChain takes at a time besides its input: results of passes and the worker's kernel memory. */
export function estimateBytes(
  width: number,
  height: number,
  channels: Channels,
  depth: Depth,
  chain: readonly PreparedStep[],
  tileSize: number,
): number {
  if (chain.length === 0) return 0;
  const stages = stagesOf(chain, channels, depth);
  const picture = { left: 0, top: 0, width, height };
  let kernelBytes = 0;
  let rasterBytes = 0;
  let inputBytes = 0;
  for (const pass of planPasses(stages, depth, tileSize, picture, picture)) {
    kernelBytes = Math.max(kernelBytes, layOut(pass.stages, depth, pass.tile, picture).bytes);
    const resultBytes = width * height * (channelsAfter(pass.stages, channels) * (depth / 8));
    rasterBytes = Math.max(rasterBytes, inputBytes + resultBytes);
    // The next pass reads it; the first one's input is the caller's.
    inputBytes = resultBytes;
  }
  return rasterBytes + kernelBytes;
}

/** A raster that holds only `area` of the picture. */
interface Held {
  readonly raster: Raster;
  readonly area: Rect;
}

function runPass(input: Held, { stages, area, tile }: Pass, picture: Size, options: ChainOptions): Raster {
  const { arena } = options.kernels;
  const { depth } = input.raster;
  const shape = options.exactTile ?? tile;
  const layout = layOut(stages, depth, shape, picture);
  arena.reserve(layout.bytes);

  const { width, height } = area;
  const channels = channelsAfter(stages, input.raster.channels);
  const length = width * height * channels;
  const data = options.spare?.take(depth, length) ?? newSamples(depth, length);
  const result: Raster = { data, width, height, channels, depth };
  const tiles = tilesOf(area, shape);
  for (const index of options.tileOrder?.(tiles.length) ?? tiles.keys()) {
    options.checkCancelled();
    const patch = runTile(input, stages, tiles[index] as Rect, picture, layout, options);
    emptyPatch(patch, result, area);
  }
  return result;
}

function channelsAfter(stages: readonly Stage[], channels: Channels): Channels {
  return stages.at(-1)?.channelsOut ?? channels;
}

/** One tile through a pass; the patch its result stands in. */
function runTile(
  { raster, area }: Held,
  stages: readonly Stage[],
  tile: Rect,
  picture: Size,
  layout: Layout,
  { kernels, mode }: ChainOptions,
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
      scratch: arena.base + layout.scratch,
    };
    if (mode === 'simd') filter.simd(job, params, exports);
    else filter.scalar(job, params);
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
