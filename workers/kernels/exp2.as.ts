/** Owns the one exponential of filters that weigh, in SIMD: exp2.ts says how. Its constants are to be held by the caller. */

export const LEAST_EXPONENT: f32 = -120;
export const CUBIC: f32 = 0.05500854;
export const SQUARE: f32 = 0.24221028;
export const LINEAR: f32 = 0.6932829;

/** 2^t of four lanes; t from LEAST_EXPONENT to 0, `round` ROUND_F32 of blur-rows.as.ts, `one` 1. */
// @ts-ignore: decorator
@inline
export function exp2(t: v128, round: v128, cubic: v128, square: v128, linear: v128, one: v128): v128 {
  const rounded = f32x4.add(t, round);
  const f = f32x4.sub(t, f32x4.sub(rounded, round));
  let power = f32x4.mul(f32x4.add(f32x4.mul(cubic, f), square), f);
  power = f32x4.mul(f32x4.add(power, linear), f);
  return i32x4.add(f32x4.add(power, one), i32x4.shl(rounded, 23));
}
