/**
 * Threshold in SIMD: of grey or of the luma, one limit, the result grey. A channel at a time it is tables (lut.as.ts);
 * Otsu's counts are histogram.as.ts.
 */
import { alphaMask16, alphaMask8, held, packU16, packU8 } from '../../kernels/lanes.as';
import { blueAlpha, redGreen, spread16, spread8 } from '../../kernels/rgb.as';

export { histogramU16 as thresholdCountU16, histogramU8 as thresholdCountU8 } from '../../kernels/histogram.as';
export { lookupU16 as thresholdChannelsU16, lookupU8 as thresholdChannelsU8 } from '../../kernels/lut.as';

export function thresholdU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, limit: i32,
): void {
  if (channels > 2) return luma8(input, inStride, output, outStride, width, height, channels, limit);
  const alpha = alphaMask8(channels);
  const limits = i8x16.splat(<i8>limit);
  const samples: usize = width * channels;
  for (let y = 0; y < height; y++) {
    for (let i: usize = 0; i < samples; i += 16) {
      const v = v128.load(input + i);
      v128.store(output + i, v128.bitselect(v, i8x16.gt_u(v, limits), alpha));
    }
    input += inStride;
    output += outStride;
  }
}

export function thresholdU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, limit: i32,
): void {
  if (channels > 2) return luma16(input, inStride, output, outStride, width, height, channels, limit);
  const alpha = alphaMask16(channels);
  const limits = i16x8.splat(<i16>limit);
  const bytes: usize = (width * channels) << 1;
  for (let y = 0; y < height; y++) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const v = v128.load(input + i);
      v128.store(output + i, v128.bitselect(v, i16x8.gt_u(v, limits), alpha));
    }
    input += inStride;
    output += outStride;
  }
}

/** All bits of a lane where its luma is over the limit; weights of kernels/luma.ts. */
// @ts-ignore: decorator
@inline
function isOver(red: v128, green: v128, blue: v128, limits: v128): v128 {
  const sum = i32x4.add(
    i32x4.add(i32x4.mul(red, i32x4.splat(9798)), i32x4.mul(green, i32x4.splat(19235))),
    i32x4.add(i32x4.mul(blue, i32x4.splat(3735)), i32x4.splat(16384)),
  );
  return i32x4.gt_s(i32x4.shr_u(sum, 15), limits);
}

// @ts-ignore: decorator
@inline
function over8(pixels: v128, low: v128, limits: v128): v128 {
  const green = v128.and(i32x4.shr_u(pixels, 8), low);
  return isOver(v128.and(pixels, low), green, v128.and(i32x4.shr_u(pixels, 16), low), limits);
}

function luma8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, limit: i32,
): void {
  const spread = held(spread8());
  const low = held(i32x4.splat(0xff));
  const limits = i32x4.splat(limit);
  for (let y = 0; y < height; y++) {
    if (channels == 3) {
      for (let x = 0, from = input; x < width; x += 16, from += 48) {
        const a = v128.and(over8(i8x16.swizzle(v128.load(from), spread), low, limits), low);
        const b = v128.and(over8(i8x16.swizzle(v128.load(from, 12), spread), low, limits), low);
        const c = v128.and(over8(i8x16.swizzle(v128.load(from, 24), spread), low, limits), low);
        const d = v128.and(over8(i8x16.swizzle(v128.load(from, 36), spread), low, limits), low);
        v128.store(output + x, packU8(a, b, c, d));
      }
    } else {
      for (let x = 0, from = input, to = output; x < width; x += 8, from += 32, to += 16) {
        const first = v128.load(from);
        const second = v128.load(from, 16);
        const a = v128.or(v128.and(over8(first, low, limits), low), i32x4.shl(i32x4.shr_u(first, 24), 8));
        const b = v128.or(v128.and(over8(second, low, limits), low), i32x4.shl(i32x4.shr_u(second, 24), 8));
        v128.store(to, packU16(a, b));
      }
    }
    input += inStride;
    output += outStride;
  }
}

function luma16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, limit: i32,
): void {
  const spread = held(spread16());
  const low = held(i32x4.splat(0xffff));
  const limits = i32x4.splat(limit);
  const step: usize = channels << 3;
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = input; x < width; x += 4, from += step) {
      const first = channels == 3 ? i8x16.swizzle(v128.load(from), spread) : v128.load(from);
      const second = channels == 3 ? i8x16.swizzle(v128.load(from, 12), spread) : v128.load(from, 16);
      const rg = redGreen(first, second);
      const ba = blueAlpha(first, second);
      const over = v128.and(isOver(v128.and(rg, low), i32x4.shr_u(rg, 16), v128.and(ba, low), limits), low);
      if (channels == 3) v128.store(output + (x << 1), packU16(over, over));
      else v128.store(output + (x << 2), v128.or(over, i32x4.shl(i32x4.shr_u(ba, 16), 16)));
    }
    input += inStride;
    output += outStride;
  }
}
