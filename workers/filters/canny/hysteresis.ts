/**
 * Owns the end of Canny: weak lines that touch strong ones, however far along, become strong; the others go.
 * Needs the whole picture, since a line may wander over it from edge to edge. The SIMD twin has joined what lies within
 * a tile (join.as.ts), so that here mostly the seams are left; the result is the same whatever was joined before.
 */
import type { Raster } from '../../raster.ts';

/** What a pixel of the map may be besides 0. */
export const WEAK = 1;
const STRONG = 255;

/** In place: the map of weak (1) and strong (white) pixels becomes black and white; alpha stays. */
export function joinEdges(raster: Raster): void {
  const { data, width, height, channels, depth } = raster;
  if (depth === 8 && channels === 1 && data.byteOffset % 4 === 0) {
    join(new Uint8Array(data.buffer, data.byteOffset, data.length), width, height);
    return;
  }
  const map = new Uint8Array(width * height);
  // 65,535 becomes 255: the lower byte is kept.
  for (let i = 0; i < map.length; i++) map[i] = data[i * channels] as number;
  if (!join(map, width, height)) return;
  const white = depth === 8 ? 1 : 257;
  for (let i = 0; i < map.length; i++) data[i * channels] = (map[i] as number) * white;
}

/** False where nothing was weak. `map` begins at a multiple of 4 bytes: four pixels are looked at as one. */
function join(map: Uint8Array, width: number, height: number): boolean {
  const words = new Uint32Array(map.buffer, map.byteOffset, map.length >> 2);
  const visit = visitorOf(map, width, height);
  let found = false;
  for (let word = 0; word < words.length; word++) {
    const four = words[word] as number;
    // The lowest bit of a byte whose top bit is not set.
    if ((four & ~(four >>> 7) & 0x01010101) === 0) continue;
    found = true;
    for (let i = 4 * word; i < 4 * word + 4; i++) visit(i);
  }
  for (let i = 4 * words.length; i < map.length; i++) {
    found ||= map[i] === WEAK;
    visit(i);
  }
  if (!found) return false;

  // The top bit of each byte, times 255: strong stays, weak goes.
  for (let word = 0; word < words.length; word++) {
    const four = words[word] as number;
    if (four !== 0) words[word] = ((four >>> 7) & 0x01010101) * STRONG;
  }
  for (let i = 4 * words.length; i < map.length; i++) if (map[i] === WEAK) map[i] = 0;
  return true;
}

/** Makes a weak pixel beside a strong one strong, and whatever weak is reached from there. */
function visitorOf(map: Uint8Array, width: number, height: number): (i: number) => void {
  const stack: number[] = [];
  const steps = stepsBySides(width);
  const lastRow = (height - 1) * width;
  const stepsFrom = (i: number) => {
    const x = i % width;
    const sides = (x > 0 ? 1 : 0) + (x < width - 1 ? 2 : 0) + (i >= width ? 4 : 0) + (i < lastRow ? 8 : 0);
    return steps[sides] as readonly number[];
  };
  return (start) => {
    if (map[start] !== WEAK) return;
    let touches = false;
    for (const step of stepsFrom(start)) touches ||= map[start + step] === STRONG;
    if (!touches) return;
    map[start] = STRONG;
    for (let i: number | undefined = start; i !== undefined; i = stack.pop()) {
      for (const step of stepsFrom(i)) {
        if (map[i + step] !== WEAK) continue;
        map[i + step] = STRONG;
        stack.push(i + step);
      }
    }
  };
}

/** Steps to all neighbours there are, by the sides that have some: 1 left, 2 right, 4 above, 8 below. */
function stepsBySides(width: number): number[][] {
  return Array.from({ length: 16 }, (_, sides) => {
    const across = [0, ...(sides & 1 ? [-1] : []), ...(sides & 2 ? [1] : [])];
    const down = [0, ...(sides & 4 ? [-width] : []), ...(sides & 8 ? [width] : [])];
    return down.flatMap((y) => across.map((x) => y + x)).slice(1);
  });
}
