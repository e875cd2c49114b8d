/** Owns where a picture lies in its pane and which part of it is in sight. Pure; CSS px for panes, pixels for pictures. */
import type { View } from '../../preload/contract.ts';
import type { Zoom } from './view.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Rect extends Size {
  readonly left: number;
  readonly top: number;
}
interface Point {
  readonly x: number;
  readonly y: number;
}

/** Bounds of the contract's view (viewSchema). */
const SMALLEST_FIT = 16;
const LARGEST_SIDE = 8192;

/** CSS px that a picture pixel takes. `fit` never enlarges: a stamp is shown as the stamp it is. */
function scaleOf(zoom: Zoom, source: Size, pane: Size, pixelRatio: number): number {
  if (zoom !== 'fit') return zoom / pixelRatio;
  return Math.min(pane.width / source.width, pane.height / source.height, 1 / pixelRatio);
}

/** The whole picture's rectangle in the pane. It never leaves a gap at one edge while it is cut at the other. */
export function placeOf(zoom: Zoom, source: Size, pane: Size, pixelRatio: number, centre: Point): Rect {
  const scale = scaleOf(zoom, source, pane, pixelRatio);
  const width = source.width * scale;
  const height = source.height * scale;
  return {
    left: along(width, pane.width, centre.x, pixelRatio),
    top: along(height, pane.height, centre.y, pixelRatio),
    width,
    height,
  };
}

/** On whole device pixels: half a pixel off would blur a 1:1 view, and one judges sharpness there. */
function along(picture: number, pane: number, centre: number, pixelRatio: number): number {
  const start = picture <= pane ? (pane - picture) / 2 : clamp(pane / 2 - centre * picture, pane - picture, 0);
  return Math.round(start * pixelRatio) / pixelRatio;
}

/** The centre after the picture was dragged by so many CSS px, held where placeOf holds it. */
export function dragged(place: Rect, pane: Size, byX: number, byY: number): Point {
  const axis = (start: number, picture: number, length: number) =>
    picture <= length ? 0.5 : (length / 2 - clamp(start, length - picture, 0)) / picture;
  return {
    x: axis(place.left + byX, place.width, pane.width),
    y: axis(place.top + byY, place.height, pane.height),
  };
}

/** The picture's fraction under a point of the pane. */
export function pointAt(place: Rect, x: number, y: number): Point {
  return {
    x: clamp((x - place.left) / place.width, 0, 1),
    y: clamp((y - place.top) / place.height, 0, 1),
  };
}

/** The part of `place` that lies inside the pane, in the pane's CSS px. */
export function inSight(place: Rect, pane: Size): Rect {
  const left = Math.max(0, place.left);
  const top = Math.max(0, place.top);
  return {
    left,
    top,
    width: Math.max(0, Math.min(pane.width, place.left + place.width) - left),
    height: Math.max(0, Math.min(pane.height, place.top + place.height) - top),
  };
}

/** What to ask the engine for: a box, or just the pixels in sight. Null while there is no room to show anything. */
export function viewOf(zoom: Zoom, source: Size | null, pane: Size, pixelRatio: number, centre: Point): View | null {
  if (pane.width < 1 || pane.height < 1) return null;
  if (zoom === 'fit') {
    const side = (length: number) => clamp(Math.round(length * pixelRatio), SMALLEST_FIT, LARGEST_SIDE);
    return { kind: 'fit', width: side(pane.width), height: side(pane.height) };
  }
  if (source === null) return null;
  const place = placeOf(zoom, source, pane, pixelRatio, centre);
  const seen = inSight(place, pane);
  const scale = scaleOf(zoom, source, pane, pixelRatio);
  const from = (at: number, end: number) => clamp(Math.floor(at / scale), 0, end - 1);
  const left = from(seen.left - place.left, source.width);
  const top = from(seen.top - place.top, source.height);
  const length = (px: number, start: number, end: number) =>
    clamp(Math.ceil(px / scale) + 1, 1, Math.min(LARGEST_SIDE, end - start));
  return {
    kind: 'region',
    left,
    top,
    width: length(seen.width, left, source.width),
    height: length(seen.height, top, source.height),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
