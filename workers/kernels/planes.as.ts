/**
 * Owns the way from interleaved pixels to planes and back, four pixels a turn, for any channels and both depths: one
 * swizzle a plane, by tables that `planeTables` writes into scratch. Grey comes out as three equal planes, and only its
 * first goes back; alpha is the fourth plane, zeros where there is none.
 */
import { held, packU16 } from './lanes.as';

/** Bytes of scratch that the tables take: two masks for each of four planes, four masks for the way back. */
export const PLANE_TABLE_BYTES: usize = 12 * 16;

export function planeTables(tables: usize, channels: i32, sampleBytes: i32): void {
  memory.fill(tables, 0xff, PLANE_TABLE_BYTES);
  const alpha = (channels & 1) == 0 ? channels - 1 : -1;
  const pixelsALoad = sampleBytes == 1 ? 4 : 2;
  for (let pixel = 0; pixel < 4; pixel++) {
    const load = pixel / pixelsALoad;
    for (let plane = 0; plane < 4; plane++) {
      const channel = plane == 3 ? alpha : channels < 3 ? 0 : plane;
      if (channel < 0) continue;
      const mask = tables + (((plane << 1) + load) << 4) + (pixel << 2);
      for (let b = 0; b < sampleBytes; b++) {
        store<u8>(mask + b, <u8>((pixel - load * pixelsALoad) * channels * sampleBytes + channel * sampleBytes + b));
      }
    }
    for (let channel = 0; channel < channels; channel++) {
      const plane = channel == alpha ? 3 : channel;
      const sample = pixel * channels + channel;
      if (sampleBytes == 1) {
        store<u8>(tables + 128 + sample, <u8>((plane << 2) + pixel));
      } else {
        const mask = tables + 128 + (((sample >> 3) * 2 + (plane >> 1)) << 4) + ((sample & 7) << 1);
        const from = (((plane & 1) << 2) + pixel) << 1;
        store<u8>(mask, <u8>from);
        store<u8>(mask + 1, <u8>(from + 1));
      }
    }
  }
}

/** One plane of four pixels as i32 lanes. 16-bit pixels come in two loads of two. */
// @ts-ignore: decorator
@inline
export function planeOf(first: v128, second: v128, mask: v128, mask2: v128, wide: bool): v128 {
  const lanes = i8x16.swizzle(first, mask);
  return wide ? v128.or(lanes, i8x16.swizzle(second, mask2)) : lanes;
}

/**
 * Luma of planes as luma.ts has it. At 8 bits by dot products of red with green and blue with one half of 2^15, which
 * take half of what multiplying lanes does; 16 bits they can't read. `w0` to `w3` are lumaWeight's, held by the caller.
 */
// @ts-ignore: decorator
@inline
export function lumaOf(r: v128, g: v128, b: v128, w0: v128, w1: v128, w2: v128, w3: v128, wide: bool): v128 {
  if (wide) {
    const redGreen = i32x4.add(i32x4.mul(r, w0), i32x4.mul(g, w1));
    return i32x4.shr_u(i32x4.add(redGreen, i32x4.add(i32x4.mul(b, w2), w3)), 15);
  }
  const redGreen = i32x4.dot_i16x8_s(v128.or(r, i32x4.shl(g, 16)), w0);
  return i32x4.shr_u(i32x4.add(redGreen, i32x4.dot_i16x8_s(v128.or(b, w1), w2)), 15);
}

// @ts-ignore: decorator
@inline
export function lumaWeight(index: i32, wide: bool): v128 {
  if (index == 0) return held(i32x4.splat(wide ? 9798 : (19235 << 16) | 9798));
  if (index == 1) return held(i32x4.splat(wide ? 19235 : 1 << 16));
  if (index == 2) return held(i32x4.splat(wide ? 3735 : (16384 << 16) | 3735));
  return held(i32x4.splat(wide ? 16384 : 0));
}

/** Four planes (i32 lanes, clamped here) to four pixels; writes up to 32 bytes whatever the channels. */
// @ts-ignore: decorator
@inline
export function storePlanes(at: usize, r: v128, g: v128, b: v128, alpha: v128, tables: usize, wide: bool): void {
  if (wide) {
    const low = packU16(r, g);
    const high = packU16(b, alpha);
    const masks = tables + 128;
    v128.store(at, v128.or(i8x16.swizzle(low, v128.load(masks)), i8x16.swizzle(high, v128.load(masks, 16))));
    v128.store(at, v128.or(i8x16.swizzle(low, v128.load(masks, 32)), i8x16.swizzle(high, v128.load(masks, 48))), 16);
  } else {
    const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(r, g), i16x8.narrow_i32x4_s(b, alpha));
    v128.store(at, i8x16.swizzle(bytes, v128.load(tables, 128)));
  }
}
