/**
 * Owns changing a pixel by its luma alone: grey is looked up, red, green and blue all move by what their luma does, which
 * keeps the colour's own part (Cb and Cr) as it is. `table` holds that move for each level, 32 bits each. Alpha stays.
 * Four pixels a turn: luma and sums in vectors, only the four moves are fetched one by one.
 */
import { held, signBits } from './lanes.as';
import { BIAS_16, GREEN, HALF, luma16, luma8, RED_BLUE, weights16 } from './luma.as';
import { blueAlpha, redGreen, spread16, spread8, storeRgb16, storeRgb8 } from './rgb.as';

export function moveByLuma8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  if (channels < 3) return moveGrey<u8>(input, inStride, output, outStride, width, height, channels, table);
  const spread = held(spread8());
  const low = held(i16x8.splat(0xff));
  const redBlue = held(i32x4.splat(RED_BLUE));
  const green = held(i32x4.splat(GREEN));
  const half = held(i32x4.splat(HALF));
  const step: usize = channels << 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = input, to = output; x < width; x += 4, from += step, to += step) {
      const pixels = channels == 3 ? i8x16.swizzle(v128.load(from), spread) : v128.load(from);
      storeMoved8(to, pixels, moves(luma8(pixels, low, redBlue, green, half), table), channels);
    }
    input += inStride;
    output += outStride;
  }
}

export function moveByLuma16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  if (channels < 3) return moveGrey<u16>(input, inStride, output, outStride, width, height, channels, table);
  const spread = held(spread16());
  const sign = signBits();
  const weights = held(weights16());
  const bias = held(i32x4.splat(BIAS_16));
  const step: usize = channels << 3;
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = input, to = output; x < width; x += 4, from += step, to += step) {
      const first = channels == 3 ? i8x16.swizzle(v128.load(from), spread) : v128.load(from);
      const second = channels == 3 ? i8x16.swizzle(v128.load(from, 12), spread) : v128.load(from, 16);
      storeMoved16(to, first, second, moves(luma16(first, second, sign, weights, bias), table), channels);
    }
    input += inStride;
    output += outStride;
  }
}

/** Four pixels of r, g, b, a as bytes, their colours moved by i32 lanes and clipped. */
// @ts-ignore: decorator
@inline
export function storeMoved8(to: usize, pixels: v128, by: v128, channels: i32): void {
  const low = i32x4.splat(0xff);
  const red = i32x4.add(v128.and(pixels, low), by);
  const green = i32x4.add(v128.and(i32x4.shr_u(pixels, 8), low), by);
  const blue = i32x4.add(v128.and(i32x4.shr_u(pixels, 16), low), by);
  storeRgb8(to, red, green, blue, i32x4.shr_u(pixels, 24), channels);
}

/** The same of two vectors of two pixels of 16 bits. */
// @ts-ignore: decorator
@inline
export function storeMoved16(to: usize, first: v128, second: v128, by: v128, channels: i32): void {
  const low = i32x4.splat(0xffff);
  const rg = redGreen(first, second);
  const ba = blueAlpha(first, second);
  const red = i32x4.add(v128.and(rg, low), by);
  const green = i32x4.add(i32x4.shr_u(rg, 16), by);
  const blue = i32x4.add(v128.and(ba, low), by);
  storeRgb16(to, red, green, blue, i32x4.shr_u(ba, 16), channels);
}

// @ts-ignore: decorator
@inline
function moves(levels: v128, table: usize): v128 {
  let four = v128.load32_zero(table + (<usize>i32x4.extract_lane(levels, 0) << 2));
  four = v128.load_lane<u32>(table + (<usize>i32x4.extract_lane(levels, 1) << 2), four, 1);
  four = v128.load_lane<u32>(table + (<usize>i32x4.extract_lane(levels, 2) << 2), four, 2);
  return v128.load_lane<u32>(table + (<usize>i32x4.extract_lane(levels, 3) << 2), four, 3);
}

function moveGrey<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  const step = <usize>channels << alignof<T>();
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = input, to = output; x < width; x++, from += step, to += step) {
      const level = <usize>load<T>(from);
      store<T>(to, <T>(<i32>level + load<i32>(table + (level << 2))));
      if (channels == 2) store<T>(to, load<T>(from, sizeof<T>()), sizeof<T>());
    }
    input += inStride;
    output += outStride;
  }
}
