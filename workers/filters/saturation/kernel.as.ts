/** Saturation in SIMD, four pixels a turn, bit for bit scalar.ts: the same additions in the same order. */
import { ROUND_BITS, ROUND_F32 } from '../../kernels/blur-rows.as';
import { copyRows, held } from '../../kernels/lanes.as';
import { blueAlpha, redGreen, spread16, spread8, storeRgb16, storeRgb8 } from '../../kernels/rgb.as';

// @ts-ignore: decorator
@inline
function luma(red: v128, green: v128, blue: v128, weights: v128): v128 {
  const sum = f32x4.add(
    f32x4.mul(red, v128.shuffle<f32>(weights, weights, 0, 0, 0, 0)),
    f32x4.mul(green, v128.shuffle<f32>(weights, weights, 1, 1, 1, 1)),
  );
  return f32x4.add(sum, f32x4.mul(blue, v128.shuffle<f32>(weights, weights, 2, 2, 2, 2)));
}

/** y + factor * (c - y), rounded: i32 lanes. */
// @ts-ignore: decorator
@inline
function moved(colour: v128, y: v128, factor: v128, round: v128, bits: v128): v128 {
  const value = f32x4.add(y, f32x4.mul(factor, f32x4.sub(colour, y)));
  return i32x4.sub(f32x4.add(value, round), bits);
}

export function saturationU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, factor: f32,
): void {
  if (channels < 3) return copyRows(input, inStride, output, outStride, width * channels, height);
  const spread = held(spread8());
  const low = held(i32x4.splat(0xff));
  const weights = held(f32x4(0.299, 0.587, 0.114, 0));
  const factors = f32x4.splat(factor);
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  const step: usize = channels << 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = input, to = output; x < width; x += 4, from += step, to += step) {
      const pixels = channels == 3 ? i8x16.swizzle(v128.load(from), spread) : v128.load(from);
      const r = f32x4.convert_i32x4_s(v128.and(pixels, low));
      const g = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(pixels, 8), low));
      const b = f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(pixels, 16), low));
      const l = luma(r, g, b, weights);
      storeRgb8(
        to,
        moved(r, l, factors, round, bits),
        moved(g, l, factors, round, bits),
        moved(b, l, factors, round, bits),
        i32x4.shr_u(pixels, 24),
        channels,
      );
    }
    input += inStride;
    output += outStride;
  }
}

export function saturationU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, factor: f32,
): void {
  if (channels < 3) return copyRows(input, inStride, output, outStride, (width * channels) << 1, height);
  const spread = held(spread16());
  const low = held(i32x4.splat(0xffff));
  const weights = held(f32x4(0.299, 0.587, 0.114, 0));
  const factors = f32x4.splat(factor);
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  const step: usize = channels << 3;
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = input, to = output; x < width; x += 4, from += step, to += step) {
      const first = channels == 3 ? i8x16.swizzle(v128.load(from), spread) : v128.load(from);
      const second = channels == 3 ? i8x16.swizzle(v128.load(from, 12), spread) : v128.load(from, 16);
      const rg = redGreen(first, second);
      const ba = blueAlpha(first, second);
      const r = f32x4.convert_i32x4_s(v128.and(rg, low));
      const g = f32x4.convert_i32x4_s(i32x4.shr_u(rg, 16));
      const b = f32x4.convert_i32x4_s(v128.and(ba, low));
      const l = luma(r, g, b, weights);
      storeRgb16(
        to,
        moved(r, l, factors, round, bits),
        moved(g, l, factors, round, bits),
        moved(b, l, factors, round, bits),
        i32x4.shr_u(ba, 16),
        channels,
      );
    }
    input += inStride;
    output += outStride;
  }
}
