/**
 * CLAHE in WebAssembly, bit for bit scalar.ts. 8 bits: one load of four bytes brings a level's value in all four cells,
 * four pixels are mixed at once: 4K grey takes 21 ms of a core with counting and copies, OpenCV 17; RGB 44, OpenCV through
 * YCrCb 25. 16 bits mix one pixel after another: their tables are too many to lie side by side.
 */
import { ROUND_BITS, ROUND_F32 } from '../../kernels/blur-rows.as';
import { countGrey, countLuma8 } from '../../kernels/histogram.as';
import { held, packU16, packU8, signBits } from '../../kernels/lanes.as';
import { BIAS_16, GREEN, HALF, luma16, luma8, lumaAt, RED_BLUE, weights16 } from '../../kernels/luma.as';
import { storeMoved16, storeMoved8 } from '../../kernels/luma-lut.as';
import { spread16, spread8 } from '../../kernels/rgb.as';

/** Adds a rectangle's levels to a table of 32-bit counts. */
export function claheCountU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  for (let y = 0; y < height; y++, input += inStride) {
    if (channels < 3) countGrey<u8>(input, width, channels, table, 0);
    else countLuma8(input, width, channels, table, 0);
  }
}

/** Adds the upper ten bits of a rectangle's levels. */
export function claheCountU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  const step: usize = channels << 1;
  for (let y = 0; y < height; y++, input += inStride) {
    for (let x = 0, from = input; x < width; x++, from += step) {
      const level = channels < 3 ? <usize>load<u16>(from) : lumaAt<u16>(from);
      const at = table + ((level >> 6) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
  }
}

/**
 * `columns`: for each pixel 8 bytes, the offset of its pair of cells in a row of quads and its weight. `rows`: for each row
 * the same, the offset in bytes from `quads`. Columns go on to a multiple of four.
 */
export function claheU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  quads: usize, columns: usize, rows: usize,
): void {
  const spread = held(spread8());
  const low = held(i16x8.splat(0xff));
  const redBlue = held(i32x4.splat(RED_BLUE));
  const green = held(i32x4.splat(GREEN));
  const half = held(i32x4.splat(HALF));
  const step: usize = channels << 2;
  for (let y = 0; y < height; y++, rows += 8) {
    const row = quads + <usize>load<i32>(rows);
    const below = v128.load32_splat(rows, 4);
    for (let x = 0, from = input, to = output, at = columns; x < width; x += 4, from += step, to += step, at += 32) {
      if (channels == 1) {
        const made = mixed8(i32x4.extend_low_i16x8_u(v128.load8x8_u(from)), row, at, below);
        v128.store(to, packU8(made, made, made, made));
      } else if (channels == 2) {
        const pixels = v128.load16x4_u(from);
        const made = mixed8(v128.and(pixels, i32x4.splat(0xff)), row, at, below);
        const packed = v128.or(made, i32x4.shl(i32x4.shr_u(pixels, 8), 8));
        v128.store(to, packU16(packed, packed));
      } else {
        const pixels = channels == 3 ? i8x16.swizzle(v128.load(from), spread) : v128.load(from);
        const levels = luma8(pixels, low, redBlue, green, half);
        storeMoved8(to, pixels, i32x4.sub(mixed8(levels, row, at, below), levels), channels);
      }
    }
    input += inStride;
    output += outStride;
  }
}

/** What four levels became, as i32 lanes. */
// @ts-ignore: decorator
@inline
function mixed8(levels: v128, row: usize, at: usize, below: v128): v128 {
  const low = i32x4.splat(0xff);
  const one = f32x4.splat(1);
  let four = v128.load32_zero(row + <usize>load<i32>(at) + (<usize>i32x4.extract_lane(levels, 0) << 2));
  four = v128.load_lane<u32>(row + <usize>load<i32>(at, 8) + (<usize>i32x4.extract_lane(levels, 1) << 2), four, 1);
  four = v128.load_lane<u32>(row + <usize>load<i32>(at, 16) + (<usize>i32x4.extract_lane(levels, 2) << 2), four, 2);
  four = v128.load_lane<u32>(row + <usize>load<i32>(at, 24) + (<usize>i32x4.extract_lane(levels, 3) << 2), four, 3);
  const right = v128.shuffle<f32>(v128.load(at), v128.load(at, 16), 1, 3, 5, 7);
  const left = f32x4.sub(one, right);
  const a = f32x4.mul(f32x4.convert_i32x4_s(v128.and(four, low)), left);
  const b = f32x4.mul(f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(four, 8), low)), right);
  const c = f32x4.mul(f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(four, 16), low)), left);
  const d = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(four, 24)), right);
  const above = f32x4.sub(one, below);
  const mixed = f32x4.add(f32x4.mul(f32x4.add(a, b), above), f32x4.mul(f32x4.add(c, d), below));
  return i32x4.sub(f32x4.add(mixed, f32x4.splat(ROUND_F32)), i32x4.splat(ROUND_BITS));
}

/** `columns` and `rows`: 12 bytes each, the offsets of both cells from `tables` (a row's, a column's) and the weight. */
export function claheU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  tables: usize, columns: usize, rows: usize,
): void {
  const spread = held(spread16());
  const sign = signBits();
  const weights = held(weights16());
  const bias = held(i32x4.splat(BIAS_16));
  const low = held(i32x4.splat(0xffff));
  const step: usize = channels << 3;
  for (let y = 0; y < height; y++, rows += 12) {
    const upper = tables + <usize>load<i32>(rows);
    const lower = tables + <usize>load<i32>(rows, 4);
    const below = load<f32>(rows, 8);
    for (let x = 0, from = input, to = output, at = columns; x < width; x += 4, from += step, to += step, at += 48) {
      if (channels < 3) {
        const pixels = channels == 1 ? v128.load16x4_u(from) : v128.load(from);
        const made = four16(v128.and(pixels, low), upper, lower, below, at);
        if (channels == 1) v128.store(to, packU16(made, made));
        else v128.store(to, v128.bitselect(made, pixels, low));
      } else {
        const first = channels == 3 ? i8x16.swizzle(v128.load(from), spread) : v128.load(from);
        const second = channels == 3 ? i8x16.swizzle(v128.load(from, 12), spread) : v128.load(from, 16);
        const levels = luma16(first, second, sign, weights, bias);
        storeMoved16(to, first, second, i32x4.sub(four16(levels, upper, lower, below, at), levels), channels);
      }
    }
    input += inStride;
    output += outStride;
  }
}

// @ts-ignore: decorator
@inline
function four16(levels: v128, upper: usize, lower: usize, below: f32, at: usize): v128 {
  let made = i32x4.splat(mixed16(i32x4.extract_lane(levels, 0), upper, lower, below, at));
  made = i32x4.replace_lane(made, 1, mixed16(i32x4.extract_lane(levels, 1), upper, lower, below, at + 12));
  made = i32x4.replace_lane(made, 2, mixed16(i32x4.extract_lane(levels, 2), upper, lower, below, at + 24));
  return i32x4.replace_lane(made, 3, mixed16(i32x4.extract_lane(levels, 3), upper, lower, below, at + 36));
}

/** What a level became. */
// @ts-ignore: decorator
@inline
function mixed16(level: usize, upper: usize, lower: usize, below: f32, at: usize): i32 {
  const left = <usize>load<i32>(at);
  const right = <usize>load<i32>(at, 4);
  const weight = load<f32>(at, 8);
  const a = between(upper + left, level) * (<f32>1 - weight) + between(upper + right, level) * weight;
  const b = between(lower + left, level) * (<f32>1 - weight) + between(lower + right, level) * weight;
  return <i32>nearest<f32>(a * (<f32>1 - below) + b * below);
}

/** From one count to the next in a straight line. */
// @ts-ignore: decorator
@inline
function between(table: usize, level: usize): f32 {
  const at = table + ((level >> 6) << 1);
  const part = <u32>level & 63;
  return <f32>(<u32>load<u16>(at) * (63 - part) + <u32>load<u16>(at, 2) * (part + 1)) * <f32>0.015625;
}
