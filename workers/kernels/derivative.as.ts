/**
 * Owns differences of a pixel's neighbours in SIMD: Sobel and Scharr (one arithmetic, two weights) and the Laplacian.
 * Every channel by itself, whole sums; then once through a strength in single precision, which costs nothing at 1.
 */
import { alphaMask16, alphaMask8 } from './lanes.as';

// What comes out, as derivative.ts numbers it; signed ones lie around middle grey.
const ACROSS: i32 = 1;
const DOWN: i32 = 2;
const ACROSS_SIGNED: i32 = 3;

// @ts-ignore: decorator
@inline
function strong(values: v128, strength: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(f32x4.convert_i32x4_s(values), strength)));
}

/** Eight sums of 8-bit samples, made stronger and set upon `grey`. */
// @ts-ignore: decorator
@inline
function finish8(values: v128, strength: f32, grey: v128): v128 {
  if (strength != 1) {
    const s = f32x4.splat(strength);
    values = i16x8.narrow_i32x4_s(strong(i32x4.extend_low_i16x8_s(values), s), strong(i32x4.extend_high_i16x8_s(values), s));
  }
  return i16x8.add_sat_s(values, grey);
}

// @ts-ignore: decorator
@inline
function finish16(values: v128, strength: f32, grey: v128): v128 {
  if (strength != 1) values = strong(values, f32x4.splat(strength));
  return i32x4.add(values, grey);
}

// @ts-ignore: decorator
@inline
function slopes8(at: usize, stride: usize, step: usize, side: v128, middle: v128, output: i32): v128 {
  const up = at - stride;
  const down = at + stride;
  const a0 = v128.load8x8_u(up - step);
  const a2 = v128.load8x8_u(up + step);
  const c0 = v128.load8x8_u(down - step);
  const c2 = v128.load8x8_u(down + step);
  const b = i16x8.sub(v128.load8x8_u(at + step), v128.load8x8_u(at - step));
  const dx = i16x8.add(i16x8.mul(i16x8.add(i16x8.sub(a2, a0), i16x8.sub(c2, c0)), side), i16x8.mul(b, middle));
  if (output == ACROSS_SIGNED) return dx;
  if (output == ACROSS) return i16x8.abs(dx);
  const d = i16x8.sub(v128.load8x8_u(down), v128.load8x8_u(up));
  const dy = i16x8.add(i16x8.mul(i16x8.add(i16x8.sub(c0, a0), i16x8.sub(c2, a2)), side), i16x8.mul(d, middle));
  if (output > ACROSS_SIGNED) return dy;
  if (output == DOWN) return i16x8.abs(dy);
  return i16x8.add(i16x8.abs(dx), i16x8.abs(dy));
}

// @ts-ignore: decorator
@inline
function slopes16(at: usize, stride: usize, step: usize, side: v128, middle: v128, output: i32): v128 {
  const up = at - stride;
  const down = at + stride;
  const a0 = v128.load16x4_u(up - step);
  const a2 = v128.load16x4_u(up + step);
  const c0 = v128.load16x4_u(down - step);
  const c2 = v128.load16x4_u(down + step);
  const b = i32x4.sub(v128.load16x4_u(at + step), v128.load16x4_u(at - step));
  const dx = i32x4.add(i32x4.mul(i32x4.add(i32x4.sub(a2, a0), i32x4.sub(c2, c0)), side), i32x4.mul(b, middle));
  if (output == ACROSS_SIGNED) return dx;
  if (output == ACROSS) return i32x4.abs(dx);
  const d = i32x4.sub(v128.load16x4_u(down), v128.load16x4_u(up));
  const dy = i32x4.add(i32x4.mul(i32x4.add(i32x4.sub(c0, a0), i32x4.sub(c2, a2)), side), i32x4.mul(d, middle));
  if (output > ACROSS_SIGNED) return dy;
  if (output == DOWN) return i32x4.abs(dy);
  return i32x4.add(i32x4.abs(dx), i32x4.abs(dy));
}

/** `side` and `middle`: 1, 2 for Sobel; 3, 10 for Scharr. */
export function slopeTile8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  side: i32, middle: i32, what: i32, strength: f32,
): void {
  const samples = width * channels;
  const alpha = alphaMask8(channels);
  const sides = i16x8.splat(<i16>side);
  const middles = i16x8.splat(<i16>middle);
  const grey = i16x8.splat(what >= ACROSS_SIGNED ? 128 : 0);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < samples; i += 16) {
      const at = input + i;
      const a = finish8(slopes8(at, inStride, channels, sides, middles, what), strength, grey);
      const b = finish8(slopes8(at + 8, inStride, channels, sides, middles, what), strength, grey);
      v128.store(output + i, v128.bitselect(v128.load(at), i8x16.narrow_i16x8_u(a, b), alpha));
    }
    input += inStride;
    output += outStride;
  }
}

export function slopeTile16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  side: i32, middle: i32, what: i32, strength: f32,
): void {
  const bytes = <usize>(width * channels) << 1;
  const alpha = alphaMask16(channels);
  const step = <usize>channels << 1;
  const sides = i32x4.splat(side);
  const middles = i32x4.splat(middle);
  const grey = i32x4.splat(what >= ACROSS_SIGNED ? 32768 : 0);
  for (let y = 0; y < height; y++) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const at = input + i;
      const a = finish16(slopes16(at, inStride, step, sides, middles, what), strength, grey);
      const b = finish16(slopes16(at + 8, inStride, step, sides, middles, what), strength, grey);
      v128.store(output + i, v128.bitselect(v128.load(at), i16x8.narrow_i32x4_u(a, b), alpha));
    }
    input += inStride;
    output += outStride;
  }
}

/** The neighbours less as many times the pixel itself: 4 beside it, or all 8. */
// @ts-ignore: decorator
@inline
function bends8(at: usize, stride: usize, step: usize, all: bool): v128 {
  const up = at - stride;
  const down = at + stride;
  let sum = i16x8.add(v128.load8x8_u(up), v128.load8x8_u(down));
  sum = i16x8.add(sum, i16x8.add(v128.load8x8_u(at - step), v128.load8x8_u(at + step)));
  if (all) {
    sum = i16x8.add(sum, i16x8.add(v128.load8x8_u(up - step), v128.load8x8_u(up + step)));
    sum = i16x8.add(sum, i16x8.add(v128.load8x8_u(down - step), v128.load8x8_u(down + step)));
  }
  return i16x8.sub(sum, i16x8.shl(v128.load8x8_u(at), all ? 3 : 2));
}

// @ts-ignore: decorator
@inline
function bends16(at: usize, stride: usize, step: usize, all: bool): v128 {
  const up = at - stride;
  const down = at + stride;
  let sum = i32x4.add(v128.load16x4_u(up), v128.load16x4_u(down));
  sum = i32x4.add(sum, i32x4.add(v128.load16x4_u(at - step), v128.load16x4_u(at + step)));
  if (all) {
    sum = i32x4.add(sum, i32x4.add(v128.load16x4_u(up - step), v128.load16x4_u(up + step)));
    sum = i32x4.add(sum, i32x4.add(v128.load16x4_u(down - step), v128.load16x4_u(down + step)));
  }
  return i32x4.sub(sum, i32x4.shl(v128.load16x4_u(at), all ? 3 : 2));
}

export function bendTile8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  all: bool, signed: bool, strength: f32,
): void {
  const samples = width * channels;
  const alpha = alphaMask8(channels);
  const grey = i16x8.splat(signed ? 128 : 0);
  for (let y = 0; y < height; y++) {
    for (let i = 0; i < samples; i += 16) {
      const at = input + i;
      let a = bends8(at, inStride, channels, all);
      let b = bends8(at + 8, inStride, channels, all);
      if (!signed) {
        a = i16x8.abs(a);
        b = i16x8.abs(b);
      }
      const both = i8x16.narrow_i16x8_u(finish8(a, strength, grey), finish8(b, strength, grey));
      v128.store(output + i, v128.bitselect(v128.load(at), both, alpha));
    }
    input += inStride;
    output += outStride;
  }
}

export function bendTile16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  all: bool, signed: bool, strength: f32,
): void {
  const bytes = <usize>(width * channels) << 1;
  const alpha = alphaMask16(channels);
  const step = <usize>channels << 1;
  const grey = i32x4.splat(signed ? 32768 : 0);
  for (let y = 0; y < height; y++) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const at = input + i;
      let a = bends16(at, inStride, step, all);
      let b = bends16(at + 8, inStride, step, all);
      if (!signed) {
        a = i32x4.abs(a);
        b = i32x4.abs(b);
      }
      const both = i16x8.narrow_i32x4_u(finish16(a, strength, grey), finish16(b, strength, grey));
      v128.store(output + i, v128.bitselect(v128.load(at), both, alpha));
    }
    input += inStride;
    output += outStride;
  }
}
