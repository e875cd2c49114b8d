/** Owns the one exponential of filters that weigh, in the very steps of its SIMD twin (exp2.as.ts). Knows no filter. */

const fround = Math.fround;
/** 2^f for f from -1/2 to 1/2, 1e-4 off at most: from f^3 down to f; 1 exactly at 0. Fitted to the least largest error. */
const SERIES = [0.05500854, 0.24221028, 0.6932829].map(fround) as [number, number, number];
/** 1.5 * 2^23: what is added to it is rounded to whole numbers, which stand in its low bits. */
const ROUND = 12_582_912;
/** Below this a weight is as good as nothing, and 2^t would leave single precision. */
export const LEAST_EXPONENT = -120;

const bits = new Int32Array(1);
const single = new Float32Array(bits.buffer);

/** 2^t in single precision, t from -120 to 0. */
export function exp2(t: number): number {
  const rounded = fround(t + ROUND);
  const f = fround(t - fround(rounded - ROUND));
  let power = fround(SERIES[0] * f);
  power = fround(fround(power + SERIES[1]) * f);
  power = fround(fround(power + SERIES[2]) * f);
  single[0] = fround(power + 1);
  bits[0] = (bits[0] as number) + ((rounded - ROUND) << 23);
  return single[0];
}
