/**
 * Luma in SIMD, bit for bit scalar.ts. Weights are of 15 bits, so every sum is exact in 32.
 * One swizzle spreads four RGB pixels to four bytes each; then masks and shifts, not shuffles, bring out the pairs that
 * the dot product multiplies. The mask of the swizzle lives in a local: as an immediate of i8x16.shuffle V8 makes it
 * anew for every use.
 */
import { centred, copyRows, packU16 } from '../../kernels/lanes.as';

const RED: i32 = 9798;
const GREEN: i32 = 19235;
const BLUE: i32 = 3735;
const HALF: i32 = 1 << 14;

/** Four pixels of r, g, b, anything as bytes of an i32: their luma as i32. */
// @ts-ignore: decorator
@inline
function luma8(pixels: v128): v128 {
  const redBlue = v128.and(pixels, i16x8.splat(0xff));
  const greenOnly = i16x8.shr_u(pixels, 8);
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(redBlue, i32x4.splat((BLUE << 16) | RED)),
    i32x4.dot_i16x8_s(greenOnly, i32x4.splat(GREEN)),
  );
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat(HALF)), 15);
}

export function grayscaleU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
): void {
  if (channels < 3) return copyRows(input, inStride, output, outStride, width * channels, height);
  const spread = i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1);
  for (let y = 0; y < height; y++) {
    if (channels == 3) {
      for (let x = 0, at = input; x < width; x += 16, at += 48) {
        const a = luma8(i8x16.swizzle(v128.load(at), spread));
        const b = luma8(i8x16.swizzle(v128.load(at, 12), spread));
        const c = luma8(i8x16.swizzle(v128.load(at, 24), spread));
        const d = luma8(i8x16.swizzle(v128.load(at, 36), spread));
        v128.store(output + x, i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)));
      }
    } else {
      for (let x = 0; x < width; x += 8) {
        const first = v128.load(input + (x << 2));
        const second = v128.load(input + (x << 2), 16);
        v128.store(output + (x << 1), packU16(withAlpha8(first), withAlpha8(second)));
      }
    }
    input += inStride;
    output += outStride;
  }
}

// @ts-ignore: decorator
@inline
function withAlpha8(pixels: v128): v128 {
  return v128.or(luma8(pixels), i32x4.shl(i32x4.shr_u(pixels, 24), 8));
}

/** Two vectors of two pixels r, g, b, anything as u16: the luma of the four as i32. */
// @ts-ignore: decorator
@inline
function luma16(first: v128, second: v128): v128 {
  const weights = i16x8(<i16>RED, <i16>GREEN, <i16>BLUE, 0, <i16>RED, <i16>GREEN, <i16>BLUE, 0);
  const a = i32x4.dot_i16x8_s(centred(first), weights);
  const b = i32x4.dot_i16x8_s(centred(second), weights);
  const sum = i32x4.add(v128.shuffle<u32>(a, b, 0, 2, 4, 6), v128.shuffle<u32>(a, b, 1, 3, 5, 7));
  // 2^30 puts back the 32,768 that `centred` took off, times the weights' sum of 2^15.
  return i32x4.shr_u(i32x4.add(sum, i32x4.splat((1 << 30) + HALF)), 15);
}

export function grayscaleU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
): void {
  if (channels < 3) return copyRows(input, inStride, output, outStride, (width * channels) << 1, height);
  const spread = i8x16(0, 1, 2, 3, 4, 5, -1, -1, 6, 7, 8, 9, 10, 11, -1, -1);
  for (let y = 0; y < height; y++) {
    if (channels == 3) {
      for (let x = 0, at = input; x < width; x += 8, at += 48) {
        const a = luma16(i8x16.swizzle(v128.load(at), spread), i8x16.swizzle(v128.load(at, 12), spread));
        const b = luma16(i8x16.swizzle(v128.load(at, 24), spread), i8x16.swizzle(v128.load(at, 36), spread));
        v128.store(output + (x << 1), packU16(a, b));
      }
    } else {
      for (let x = 0; x < width; x += 4) {
        const first = v128.load(input + (x << 3));
        const second = v128.load(input + (x << 3), 16);
        const alpha = v128.shuffle<u32>(first, second, 1, 3, 5, 7);
        const grey = luma16(first, second);
        v128.store(output + (x << 2), v128.or(grey, v128.and(alpha, i32x4.splat(-0x10000))));
      }
    }
    input += inStride;
    output += outStride;
  }
}
