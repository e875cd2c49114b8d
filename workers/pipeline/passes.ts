/**
 * Owns how many times a chain goes over the picture. Pure; never decides a pixel.
 * Mostly once: a tile takes the whole chain while it is in cache. But halos add up (three blurs of sigma 100 make a tile
 * of 512 compute eleven times its area), and then two passes with a whole picture between them cost less.
 * And a filter that must know its whole input begins a pass, one that completes its whole output ends one.
 */
import type { TileSize } from '../../preload/contract.ts';
import type { Depth } from '../raster.ts';
import { mustCount, type Stage } from './chain.ts';
import { type Rect, regionsOf, type Size } from './regions.ts';
import { chooseTile } from './shape.ts';

/** A pass more holds a whole picture more and writes memory never touched before (0.4 ns a sample): it must save a third. */
const WORTH_A_PICTURE = 1.5;

export interface Pass {
  readonly stages: readonly Stage[];
  /** What this pass makes: all that the next one reads. */
  readonly area: Rect;
  readonly tile: Size;
}

/** Passes in order; the last one makes `area`. One without stages is a plain cut. */
export function planPasses(
  stages: readonly Stage[],
  depth: Depth,
  tileSize: TileSize,
  area: Rect,
  picture: Size,
): readonly Pass[] {
  const costOf = (some: readonly Stage[]) => chooseTile(some, depth, tileSize, area, picture).cost;
  const groups: Stage[][] = [[]];
  for (const stage of stages) {
    const group = groups.at(-1) as Stage[];
    const apart = () => costOf(group) + costOf([stage]);
    const worth = () => costOf([...group, stage]) <= apart() * WORTH_A_PICTURE;
    if (group.length === 0 || (!mustCount(stage) && !mustEnd(group.at(-1) as Stage) && worth())) group.push(stage);
    else groups.push([stage]);
  }
  // A part of a completed picture is cut out of the whole.
  if (mustEnd(stages.at(-1) as Stage) && !isWhole(area, picture)) groups.push([]);

  const passes: Pass[] = [];
  let wanted = area;
  for (const group of groups.toReversed()) {
    const last = group.at(-1);
    if (last !== undefined && mustEnd(last)) wanted = wholeOf(picture);
    const { tile } = chooseTile(group, depth, tileSize, wanted, picture);
    passes.unshift({ stages: group, area: wanted, tile });
    const [first] = group;
    const halos = group.map(({ halo }) => halo);
    wanted =
      first !== undefined && mustCount(first) ? wholeOf(picture) : (regionsOf(wanted, halos, picture)[0] as Rect);
  }
  return passes;
}

/** Its output is complete only after its last tile. */
function mustEnd({ filter }: Stage): boolean {
  return filter.complete !== undefined;
}

function wholeOf({ width, height }: Size): Rect {
  return { left: 0, top: 0, width, height };
}

function isWhole(area: Rect, picture: Size): boolean {
  return area.width === picture.width && area.height === picture.height;
}
