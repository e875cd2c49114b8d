/**
 * Owns how many times a chain goes over the picture. Pure; never decides a pixel.
 * Mostly once: a tile takes the whole chain while it is in cache. But halos add up (three blurs of sigma 100 make a tile
 * of 512 compute eleven times its area), and then two passes with a whole picture between them cost less.
 */
import type { Depth } from '../raster.ts';
import type { Stage } from './chain.ts';
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

/** Passes in order; the last one makes `area`. */
export function planPasses(
  stages: readonly Stage[],
  depth: Depth,
  tileSize: number,
  area: Rect,
  picture: Size,
): readonly Pass[] {
  const costOf = (some: readonly Stage[]) => chooseTile(some, depth, tileSize, area, picture).cost;
  const groups: Stage[][] = [[]];
  for (const stage of stages) {
    const group = groups.at(-1) as Stage[];
    const apart = () => costOf(group) + costOf([stage]);
    const together = group.length === 0 || costOf([...group, stage]) <= apart() * WORTH_A_PICTURE;
    if (together) group.push(stage);
    else groups.push([stage]);
  }

  const passes: Pass[] = [];
  let wanted = area;
  for (const group of groups.toReversed()) {
    const { tile } = chooseTile(group, depth, tileSize, wanted, picture);
    passes.unshift({ stages: group, area: wanted, tile });
    const halos = group.map(({ halo }) => halo);
    wanted = regionsOf(wanted, halos, picture)[0] as Rect;
  }
  return passes;
}
