/**
 * Owns counting a whole picture for a filter that must know it before its first tile: tile by tile, joined exactly.
 * Knows nothing of what is counted.
 */
import type { FilterDefinition, Known, ParamValues, PictureShape, Statistics } from '../filters/define.ts';
import type { Depth } from '../raster.ts';
import { mustCount, type Stage } from './chain.ts';
import { layOut } from './layout.ts';
import { type Rect, type Size, tilesOf } from './regions.ts';
import { type ChainOptions, type Held, runTile } from './run-tile.ts';
import { chooseTile } from './shape.ts';

/** What the first stage of a pass must know of its whole input, counted tile by tile; nothing for most. */
export function knowOf(input: Held, stage: Stage, picture: Size, options: ChainOptions): Known {
  const { statistics } = stage.filter;
  if (statistics === undefined || !mustCount(stage)) return {};
  const { params, channelsIn: channels } = stage;
  const { depth } = input.raster;
  const shape: PictureShape = { width: picture.width, height: picture.height, channels, depth };
  const count = new Float64Array(statistics.length(shape, params));
  const counting = countingStage(stage, statistics, depth, count);
  const whole = { left: 0, top: 0, width: picture.width, height: picture.height };
  const tile = options.exactTile ?? chooseTile([counting], depth, options.tileSize, whole, picture).tile;
  const layout = layOut([counting], depth, tile, picture);
  options.kernels.arena.reserve(layout.bytes);
  const tiles = tilesOf(whole, tile);
  for (const index of options.tileOrder?.(tiles.length) ?? tiles.keys()) {
    options.checkCancelled();
    runTile(input, [counting], tiles[index] as Rect, picture, layout, options, {});
  }
  return statistics.know(count, params, shape);
}

/** Counting looks like a stage whose output nobody reads; each tile's count is joined as any other's would be. */
function countingStage(stage: Stage, statistics: Statistics<ParamValues>, depth: Depth, count: Float64Array): Stage {
  const { scratchBytes } = statistics;
  const joined = (run: (tile: Float64Array) => void) => {
    const tile = new Float64Array(count.length);
    run(tile);
    if (statistics.merge !== undefined) statistics.merge(count, tile);
    else for (let i = 0; i < count.length; i++) count[i] = (count[i] as number) + (tile[i] as number);
  };
  const { scratchBytes: _, ...plain } = stage.filter;
  const filter: FilterDefinition = {
    ...plain,
    ...(scratchBytes === undefined ? {} : { scratchBytes: scratchBytes.bind(statistics) }),
    scalar: (job, params) => joined((tile) => statistics.scalar(job, params, tile)),
    simd: (job, params, kernels) => joined((tile) => statistics.simd(job, params, tile, kernels)),
  };
  return { ...stage, filter, halo: statistics.halo(stage.params, depth), channelsOut: stage.channelsIn };
}
