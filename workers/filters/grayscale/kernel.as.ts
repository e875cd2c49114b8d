/**
 * Luma in SIMD (kernels/luma.as.ts), bit for bit scalar.ts.
 * One swizzle spreads four RGB pixels to four bytes each; then masks and shifts, not shuffles, bring out the pairs that
 * the dot product multiplies. Constants are held in registers (see lanes.as.ts).
 */
import { copyRows, held, packU16, packU8, signBits } from '../../kernels/lanes.as';
import { BIAS_16, GREEN, HALF, luma16, luma8, RED_BLUE, weights16 } from '../../kernels/luma.as';

export function grayscaleU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
): void {
  if (channels < 3) return copyRows(input, inStride, output, outStride, width * channels, height);
  const spread = held(i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
  const low = held(i16x8.splat(0xff));
  const redBlue = held(i32x4.splat(RED_BLUE));
  const green = held(i32x4.splat(GREEN));
  const half = held(i32x4.splat(HALF));
  for (let y = 0; y < height; y++) {
    if (channels == 3) {
      for (let x = 0, at = input; x < width; x += 16, at += 48) {
        const a = luma8(i8x16.swizzle(v128.load(at), spread), low, redBlue, green, half);
        const b = luma8(i8x16.swizzle(v128.load(at, 12), spread), low, redBlue, green, half);
        const c = luma8(i8x16.swizzle(v128.load(at, 24), spread), low, redBlue, green, half);
        const d = luma8(i8x16.swizzle(v128.load(at, 36), spread), low, redBlue, green, half);
        v128.store(output + x, packU8(a, b, c, d));
      }
    } else {
      for (let x = 0; x < width; x += 8) {
        const first = v128.load(input + (x << 2));
        const second = v128.load(input + (x << 2), 16);
        v128.store(output + (x << 1), packU16(withAlpha8(first, low, redBlue, green, half), withAlpha8(second, low, redBlue, green, half)));
      }
    }
    input += inStride;
    output += outStride;
  }
}

// @ts-ignore: decorator
@inline
function withAlpha8(pixels: v128, low: v128, redBlue: v128, green: v128, half: v128): v128 {
  return v128.or(luma8(pixels, low, redBlue, green, half), i32x4.shl(i32x4.shr_u(pixels, 24), 8));
}

export function grayscaleU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
): void {
  if (channels < 3) return copyRows(input, inStride, output, outStride, (width * channels) << 1, height);
  const spread = held(i8x16(0, 1, 2, 3, 4, 5, -1, -1, 6, 7, 8, 9, 10, 11, -1, -1));
  const sign = signBits();
  const weights = held(weights16());
  const bias = held(i32x4.splat(BIAS_16));
  const alphaBits = held(i32x4.splat(-0x10000));
  for (let y = 0; y < height; y++) {
    if (channels == 3) {
      for (let x = 0, at = input; x < width; x += 8, at += 48) {
        const p = i8x16.swizzle(v128.load(at), spread);
        const q = i8x16.swizzle(v128.load(at, 12), spread);
        const r = i8x16.swizzle(v128.load(at, 24), spread);
        const s = i8x16.swizzle(v128.load(at, 36), spread);
        const a = luma16(p, q, sign, weights, bias);
        const b = luma16(r, s, sign, weights, bias);
        v128.store(output + (x << 1), packU16(a, b));
      }
    } else {
      for (let x = 0; x < width; x += 4) {
        const first = v128.load(input + (x << 3));
        const second = v128.load(input + (x << 3), 16);
        const alpha = v128.shuffle<u32>(first, second, 1, 3, 5, 7);
        const grey = luma16(first, second, sign, weights, bias);
        v128.store(output + (x << 2), v128.or(grey, v128.and(alpha, alphaBits)));
      }
    }
    input += inStride;
    output += outStride;
  }
}
