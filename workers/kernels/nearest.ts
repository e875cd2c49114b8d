/** Owns rounding as kernels do it in single precision. */

/** 1.5 * 2^23: adding it to an f32 below 2^22 leaves no bits for a fraction. */
const ROUND_F32 = 12_582_912;

/** The nearest whole number of an f32 below 2^22, ties to even: blur-rows.as.ts and box-rows.as.ts round so. */
export function nearest(value: number): number {
  return Math.fround(value + ROUND_F32) - ROUND_F32;
}
