/** Owns how oil painting's parameters become the numbers of its arithmetic, for both twins alike. */
import { roundHalfToEven } from '../../kernels/half-even.ts';
import type { PictureShape } from '../define.ts';

export type OilParams = Readonly<{ radius: number; detail: number; strength: number }>;

/** px: the longest side for which `radius` is in pixels. */
const REFERENCE_SIDE = 3840;

/**
 * px: beyond it the kernel's sums of 16-bit colours would outgrow 32 bits (181^2 * 65,535 is just below 2^31). Only the
 * largest brush on a picture over 8600 px meets it.
 */
const WIDEST = 90;

/** `detail` by which the levels of luma in a tone grow eightfold: 100 is a tone a level, 50 tones of 8, 0 tones of 64. */
const DETAIL_EIGHTFOLD = 50;

/** Parts of one that `strength` is rounded to: a sample of 16 bits times this is exact in 32. */
export const SHARES = 256;

/** px that the brush reaches: the same share of every picture. */
export function brushRadius({ radius }: OilParams, { width, height }: Pick<PictureShape, 'width' | 'height'>): number {
  return Math.min(WIDEST, Math.max(1, Math.round((radius * Math.max(width, height)) / REFERENCE_SIDE)));
}

/** The tone that each level of 8-bit luma belongs to. So many levels make a tone; xphoto calls it dynRatio. */
export function toneTable({ detail }: OilParams): Uint8Array {
  const levels = 8 ** ((100 - detail) / DETAIL_EIGHTFOLD);
  return Uint8Array.from({ length: 256 }, (_, level) => roundHalfToEven(level * (1 / levels)));
}

/** How much of the painting lies over the photo, in 256ths: at all of them the painting alone, at none the photo. */
export function shareOf({ strength }: OilParams): number {
  return Math.round(strength * SHARES);
}
