/** Owns how oil painting's parameters become the numbers of its arithmetic, for both twins alike. */
import { roundHalfToEven } from '../../kernels/half-even.ts';
import type { PictureShape } from '../define.ts';

export type OilParams = Readonly<{ radius: number; strength: number }>;

/** px: the longest side for which `radius` is in pixels. */
const REFERENCE_SIDE = 3840;

/**
 * px: beyond it the kernel's sums of 16-bit colours would outgrow 32 bits (181^2 * 65,535 is just below 2^31). Only the
 * largest brush on a picture over 8600 px meets it.
 */
const WIDEST = 90;

/** px that the brush reaches: the same share of every picture. */
export function brushRadius({ radius }: OilParams, { width, height }: Pick<PictureShape, 'width' | 'height'>): number {
  return Math.min(WIDEST, Math.max(1, Math.round((radius * Math.max(width, height)) / REFERENCE_SIDE)));
}

/** The tone that each level of 8-bit luma belongs to. `strength` levels make a tone; xphoto calls it dynRatio. */
export function toneTable({ strength }: OilParams): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, level) => roundHalfToEven(level * (1 / strength)));
}
