/**
 * Owns where the pixels of a tile come from: rectangles, their way back through a chain, the border's mirror. Pure.
 * A stage reads its output region grown by its own halo and clipped to the picture; what lies beyond the picture is made
 * anew for each stage from that stage's own input. (Padding the source once and filtering the padding would give other
 * pixels near the edges: the mirror of a blur is not the blur of a mirror once two stages differ.)
 */
import type { Border } from '../filters/define.ts';

/** px */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** px */
export interface Rect extends Size {
  readonly left: number;
  readonly top: number;
}

/** Region by region from the chain's input to `tile` itself: `halos.length + 1` of them. */
export function regionsOf(tile: Rect, halos: readonly number[], picture: Size): Rect[] {
  const regions = [tile];
  for (const halo of halos.toReversed()) regions.unshift(grown(regions[0] as Rect, halo, picture));
  return regions;
}

function grown(rect: Rect, by: number, picture: Size): Rect {
  const left = Math.max(0, rect.left - by);
  const top = Math.max(0, rect.top - by);
  const right = Math.min(picture.width, rect.left + rect.width + by);
  const bottom = Math.min(picture.height, rect.top + rect.height + by);
  return { left, top, width: right - left, height: bottom - top };
}

/** The tiles of an area, row by row; those at its right and bottom ends may be smaller. */
export function tilesOf(area: Rect, tile: Size): Rect[] {
  const tiles: Rect[] = [];
  for (let y = 0; y < area.height; y += tile.height) {
    for (let x = 0; x < area.width; x += tile.width) {
      tiles.push({
        left: area.left + x,
        top: area.top + y,
        width: Math.min(tile.width, area.width - x),
        height: Math.min(tile.height, area.height - y),
      });
    }
  }
  return tiles;
}

/** The pixel inside 0..length-1 that stands for `position` outside of it. Mirrors fold as often as they must. */
export function borderSource(position: number, length: number, border: Border): number {
  switch (border) {
    case 'replicate':
      return Math.min(length - 1, Math.max(0, position));
    case 'reflect-101': {
      if (length === 1) return 0;
      const period = 2 * (length - 1);
      const place = ((position % period) + period) % period;
      return place < length ? place : period - place;
    }
    default:
      return border satisfies never;
  }
}
