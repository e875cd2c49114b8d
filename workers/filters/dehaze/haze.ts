/**
 * Owns the numbers of dehaze that both twins share: its units, how parameters become them, what the air's light is.
 *
 * He, Sun, Tang, "Single Image Haze Removal Using Dark Channel Prior", CVPR 2009; refinement by their "Guided Image
 * Filtering", TPAMI 2013. Darkness is kept with 1536 units for the air's own light and 2047 at most, so that a sum of
 * (darkness - 1024) * (guide - 128) over 121 x 121 pixels stays below 2^31: all box sums are exact integers.
 */

import type { Depth } from '../../raster.ts';
import type { Known, ParamValues, PictureShape } from '../define.ts';

export type HazeParams = Readonly<{ strength: number; sky: number; radius: number }> & ParamValues;

/** px: half of the paper's patch of 15 x 15. */
export const PATCH_RADIUS = 7;
export const PATCH_SIDE = 2 * PATCH_RADIUS + 1;
/** Units of darkness: the light of the air, the most that is told apart, what is taken off for sums. */
const AIR_UNITS = 1536;
export const DARKEST = 2047;
export const MIDDLE = 1024;
/** Parts of a unit that the coefficients of the guided filter are rounded to. */
export const A_UNITS = 256;
export const B_UNITS = 2;
/** The paper's: no part of the picture is thought to be more hidden than this. */
const LEAST_TRANSMISSION = 0.1;
/** 1e-3 of white squared, as levels of 8 bits. */
const EPS = 1e-3 * 255 * 255;
/** Levels of 8 bits from the air's light within which full sky protection holds back. */
const SKY_LEVELS = 128;

const BINS = 256;
/** A count of each bin of the dark channel and its brightest pixel: see pixelKey. */
export const COUNT_LENGTH = 2 * BINS;

export interface Haze {
  readonly share: number;
  readonly eps: number;
  /** Transmission = clear - darkness (less MIDDLE) * slope, at least `least`. */
  readonly slope: number;
  readonly clear: number;
  readonly least: number;
  /** One over the distance from the air's light, in samples, below which a pixel is protected. */
  readonly protect: number;
  readonly air: readonly [number, number, number];
  /** Units of darkness a sample of each channel is worth. */
  readonly parts: readonly [number, number, number];
}

/** Every number in single precision, as the SIMD twin takes it. */
export function hazeOf({ strength, sky, radius }: HazeParams, depth: Depth, known: Known): Haze {
  const [red = 1, green = 1, blue = 1] = known.air as Float64Array;
  const part = (light: number) => Math.fround(AIR_UNITS / light);
  const reach = sky * SKY_LEVELS * (depth === 8 ? 1 : 257);
  return {
    share: Math.fround(1 / (2 * radius + 1) ** 2),
    eps: Math.fround(EPS),
    slope: Math.fround(strength / AIR_UNITS),
    clear: Math.fround(1 - (strength * MIDDLE) / AIR_UNITS),
    least: Math.fround(LEAST_TRANSMISSION),
    // Without protection: any distance but none at all is far.
    protect: Math.fround(reach === 0 ? 1e9 : 1 / reach),
    air: [red, green, blue],
    parts: [part(red), part(green), part(blue)],
  };
}

export function binOf(dark: number, depth: Depth): number {
  return depth === 8 ? dark : dark >> 8;
}

/** Brightness first, then red, then green (blue follows): exact below 2^50, and the largest of any order is the same. */
export function pixelKey(red: number, green: number, blue: number): number {
  return (red + green + blue) * 2 ** 32 + red * 65_536 + green;
}

/** A thousandth of the picture: the paper's choice of pixels that may be the light of the air. */
export function enoughOf({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.max(1, Math.floor((width * height) / 1000));
}

export function mergeCounts(into: Float64Array, from: Float64Array): void {
  for (let i = 0; i < into.length; i += 2) {
    into[i] = (into[i] as number) + (from[i] as number);
    into[i + 1] = Math.max(into[i + 1] as number, from[i + 1] as number);
  }
}

/** The brightest pixel among the thousandth with the brightest dark channel; the last bin is taken whole. */
export function airOf(count: Float64Array, _params: ParamValues, picture: PictureShape): Known {
  const enough = enoughOf(picture);
  let found = 0;
  let key = 0;
  for (let bin = BINS - 1; bin >= 0 && found < enough; bin--) {
    found += count[2 * bin] as number;
    key = Math.max(key, count[2 * bin + 1] as number);
  }
  const sum = Math.floor(key / 2 ** 32);
  const rest = key % 2 ** 32;
  const red = Math.floor(rest / 65_536);
  const green = rest % 65_536;
  // A black picture has black air: one level keeps the division sound.
  return { air: Float64Array.of(red, green, sum - red - green).map((light) => Math.max(1, light)) };
}
