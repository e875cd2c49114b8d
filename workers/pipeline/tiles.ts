/**
 * Owns the run of a chain over a picture, tile by tile: a tile goes through the whole chain while it is in cache.
 * Knows pixels, regions and kernel memory; no filter by name, no file. Tiles change speed and memory, never a pixel.
 */
import type { TileSize } from '../../preload/contract.ts';
import { type Channels, type Depth, newSamples, type Raster } from '../raster.ts';
import { type PreparedStep, type Stage, stagesOf } from './chain.ts';
import { layOut } from './layout.ts';
import { type Pass, planPasses } from './passes.ts';
import { emptyPatch } from './patch.ts';
import { type Rect, type Size, tilesOf } from './regions.ts';
import { type ChainOptions, channelsAfter, type Held, runTile } from './run-tile.ts';
import { knowOf } from './statistics.ts';

/** The whole picture through the chain; the raster itself where the chain is empty. */
export function runChain(raster: Raster, chain: readonly PreparedStep[], options: ChainOptions): Raster {
  if (chain.length === 0) return raster;
  return runRegion(raster, chain, { left: 0, top: 0, width: raster.width, height: raster.height }, options);
}

/** The same pixels as that rectangle of runChain's result, at the cost of the rectangle and its halo. */
export function runRegion(raster: Raster, chain: readonly PreparedStep[], area: Rect, options: ChainOptions): Raster {
  if (chain.length === 0) return cropped(raster, area);
  const stages = stagesOf(chain, raster.channels, raster.depth, raster);
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
  tileSize: TileSize,
): number {
  if (chain.length === 0) return 0;
  const picture = { left: 0, top: 0, width, height };
  const stages = stagesOf(chain, channels, depth, picture);
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

function runPass(input: Held, { stages, area, tile }: Pass, picture: Size, options: ChainOptions): Raster {
  if (stages.length === 0) return cropped(input.raster, area);
  const { arena } = options.kernels;
  const { depth } = input.raster;
  const known = knowOf(input, stages[0] as Stage, picture, options);
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
    const patch = runTile(input, stages, tiles[index] as Rect, picture, layout, options, known);
    emptyPatch(patch, result, area);
  }
  const { filter, params } = stages.at(-1) as Stage;
  filter.complete?.(result, params);
  return result;
}
