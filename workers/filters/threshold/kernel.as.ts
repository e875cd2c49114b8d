/**
 * Threshold in SIMD: of grey or of the luma, one limit, the result grey. A channel at a time it is tables (lut.as.ts);
 * Otsu's counts are histogram.as.ts.
 */
import { alphaMask16, alphaMask8, held, packU16, packU8, signBits } from '../../kernels/lanes.as';
import { BIAS_16, GREEN, HALF, luma16, luma8, RED_BLUE, weights16 } from '../../kernels/luma.as';
import { blueAlpha, spread16, spread8 } from '../../kernels/rgb.as';

export { histogramU16 as thresholdCountU16, histogramU8 as thresholdCountU8 } from '../../kernels/histogram.as';
export { lookupU16 as thresholdChannelsU16, lookupU8 as thresholdChannelsU8 } from '../../kernels/lut.as';

export function thresholdU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, limit: i32,
): void {
  if (channels > 2) return ofLuma8(input, inStride, output, outStride, width, height, channels, limit);
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
  if (channels > 2) return ofLuma16(input, inStride, output, outStride, width, height, channels, limit);
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

/** 0xff where the luma of a pixel is over the limit. */
// @ts-ignore: decorator
@inline
function over8(pixels: v128, low: v128, redBlue: v128, green: v128, half: v128, limits: v128): v128 {
  return i32x4.shr_u(i32x4.gt_s(luma8(pixels, low, redBlue, green, half), limits), 24);
}

function ofLuma8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, limit: i32,
): void {
  const spread = held(spread8());
  const low = held(i16x8.splat(0xff));
  const redBlue = held(i32x4.splat(RED_BLUE));
  const green = held(i32x4.splat(GREEN));
  const half = held(i32x4.splat(HALF));
  const limits = i32x4.splat(limit);
  for (let y = 0; y < height; y++) {
    if (channels == 3) {
      for (let x = 0, from = input; x < width; x += 16, from += 48) {
        const a = over8(i8x16.swizzle(v128.load(from), spread), low, redBlue, green, half, limits);
        const b = over8(i8x16.swizzle(v128.load(from, 12), spread), low, redBlue, green, half, limits);
        const c = over8(i8x16.swizzle(v128.load(from, 24), spread), low, redBlue, green, half, limits);
        const d = over8(i8x16.swizzle(v128.load(from, 36), spread), low, redBlue, green, half, limits);
        v128.store(output + x, packU8(a, b, c, d));
      }
    } else {
      for (let x = 0, from = input, to = output; x < width; x += 8, from += 32, to += 16) {
        const first = v128.load(from);
        const second = v128.load(from, 16);
        const a = v128.or(over8(first, low, redBlue, green, half, limits), i32x4.shl(i32x4.shr_u(first, 24), 8));
        const b = v128.or(over8(second, low, redBlue, green, half, limits), i32x4.shl(i32x4.shr_u(second, 24), 8));
        v128.store(to, packU16(a, b));
      }
    }
    input += inStride;
    output += outStride;
  }
}

function ofLuma16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, limit: i32,
): void {
  const spread = held(spread16());
  const sign = signBits();
  const weights = held(weights16());
  const bias = held(i32x4.splat(BIAS_16));
  const limits = i32x4.splat(limit);
  const step: usize = channels << 3;
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = input; x < width; x += 4, from += step) {
      const first = channels == 3 ? i8x16.swizzle(v128.load(from), spread) : v128.load(from);
      const second = channels == 3 ? i8x16.swizzle(v128.load(from, 12), spread) : v128.load(from, 16);
      const over = i32x4.shr_u(i32x4.gt_s(luma16(first, second, sign, weights, bias), limits), 16);
      if (channels == 3) v128.store(output + (x << 1), packU16(over, over));
      else v128.store(output + (x << 2), v128.or(over, i32x4.shl(i32x4.shr_u(blueAlpha(first, second), 16), 16)));
    }
    input += inStride;
    output += outStride;
  }
}
