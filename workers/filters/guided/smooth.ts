/**
 * Owns the numbers of the guided filter that both twins share.
 *
 * He, Sun, Tang, "Guided Image Filtering", TPAMI 2013, each channel its own guide, as their example of enhancement has
 * it. Guides are levels of 8 bits less 128 and a and b are rounded to i16, so that every box sum up to a radius of 100 is
 * an exact integer below 2^31. At 16 bits only the variance is measured in levels of 8; means and values keep all bits.
 */
import type { Depth } from '../../raster.ts';
import type { ParamValues } from '../define.ts';

export type SmoothParams = Readonly<{ radius: number; strength: number }> & ParamValues;

/** Parts of one that a and b are rounded to. */
export const A_UNITS = 16_384;

export function bUnitsOf(depth: Depth): number {
  return depth === 8 ? 128 : 1;
}

/** One over the pixels of a window, and eps in levels of 8 bits squared; in single precision. */
export function smoothOf({ radius, strength }: SmoothParams): { readonly share: number; readonly eps: number } {
  return { share: Math.fround(1 / (2 * radius + 1) ** 2), eps: Math.fround((strength * 255) ** 2) };
}
