/**
 * Owns what the Gaussian's SIMD passes share at both depths: where scratch lies, pairs of taps, the sharpened difference.
 * Columns first, then rows: a strip of rows then costs no row twice, whatever its halo. Sums are kept whole between the
 * passes (16 bits for 8, 32 bits for 16), so the one rounding is at the end, as in OpenCV's bit-exact path.
 */
import { zipHigh, zipLow } from './lanes.as';

/** 1.5 * 2^23: adding it to an f32 below 2^22 leaves the nearest integer (ties to even) in the low bits. */
export const ROUND_F32: f32 = 12582912.0;
export const ROUND_BITS: i32 = 0x4b400000;

// Scratch, as gaussian.ts lays it out: tap pairs and the excess (i32), for 8 bits the weights (u16), then rows.
// @ts-ignore: decorator
@inline
export function aligned(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

// @ts-ignore: decorator
@inline
export function afterPairs(scratch: usize, radius: i32): usize {
  return scratch + aligned((radius + 2) << 2);
}

/** A row of 16-bit sums with the slack that kernels write past it. */
// @ts-ignore: decorator
@inline
export function rowBytes(samples: i32): usize {
  return aligned((samples << 1) + 64);
}

/** Beside every sum its neighbour of the same channel to the right, ready for dot products of two taps. */
export function pair(sums: usize, samples: i32, channels: i32, pairs: usize): void {
  const step: usize = channels << 1;
  for (let i = 0; i < samples; i += 8) {
    const here = sums + (i << 1);
    const a = v128.load(here);
    const b = v128.load(here + step);
    const out = pairs + (i << 2);
    v128.store(out, zipLow(a, b));
    v128.store(out, zipHigh(a, b), 16);
  }
}

/** Sums as the integers above their lower 16 bits. */
// @ts-ignore: decorator
@inline
export function levels(low: v128, high: v128): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, 16), i32x4.shr_s(high, 16));
}

/** round(d * amount) in single precision: one multiplication, one rounding, in this order. */
// @ts-ignore: decorator
@inline
export function scaled(d: v128, amount: v128, round: v128, bits: v128): v128 {
  return i32x4.sub(f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(d), amount), round), bits);
}
