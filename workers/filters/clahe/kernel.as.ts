/**
 * CLAHE in WebAssembly, bit for bit scalar.ts. 8 bits: one load of four bytes brings a level's value in all four cells,
 * four pixels are mixed at once. 16 bits: sample by sample, their tables are too many to lie side by side.
 */
import { held } from '../../kernels/lanes.as';
import { lumaAt, moveColours } from '../../kernels/luma.as';

/** Adds the upper bits of a rectangle's levels to a table of 32-bit counts. */
export function claheCountU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  count<u8>(input, inStride, width, height, channels, table, 0);
}

export function claheCountU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  count<u16>(input, inStride, width, height, channels, table, 6);
}

// @ts-ignore: decorator
@inline
function count<T>(
  input: usize, inStride: usize, width: i32, height: i32, channels: i32, table: usize, shift: usize,
): void {
  const step = <usize>channels << alignof<T>();
  for (let y = 0; y < height; y++, input += inStride) {
    for (let x = 0, from = input; x < width; x++, from += step) {
      const at = table + ((levelAt<T>(from, channels) >> shift) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
  }
}

// @ts-ignore: decorator
@inline
function levelAt<T>(from: usize, channels: i32): usize {
  return channels < 3 ? <usize>load<T>(from) : lumaAt<T>(from);
}

/** What a pixel's level became. */
// @ts-ignore: decorator
@inline
function put<T>(from: usize, to: usize, channels: i32, was: usize, level: i32): void {
  if (channels < 3) store<T>(to, <T>level);
  else moveColours<T>(from, to, level - <i32>was);
  if ((channels & 1) == 0) {
    const alpha = <usize>(channels - 1) << alignof<T>();
    store<T>(to + alpha, load<T>(from + alpha));
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
  const low = held(i32x4.splat(0xff));
  const one = held(f32x4.splat(1));
  const step = <usize>channels;
  for (let y = 0; y < height; y++, rows += 8) {
    const row = quads + <usize>load<i32>(rows);
    const below = v128.load32_splat(rows, 4);
    const above = f32x4.sub(one, below);
    for (let x = 0, from = input, to = output, at = columns; x < width; x += 4, at += 32) {
      const l0 = levelAt<u8>(from, channels);
      const l1 = levelAt<u8>(from + step, channels);
      const l2 = levelAt<u8>(from + 2 * step, channels);
      const l3 = levelAt<u8>(from + 3 * step, channels);
      let four = v128.load32_zero(row + <usize>load<i32>(at) + (l0 << 2));
      four = v128.load_lane<u32>(row + <usize>load<i32>(at, 8) + (l1 << 2), four, 1);
      four = v128.load_lane<u32>(row + <usize>load<i32>(at, 16) + (l2 << 2), four, 2);
      four = v128.load_lane<u32>(row + <usize>load<i32>(at, 24) + (l3 << 2), four, 3);
      const right = v128.shuffle<f32>(v128.load(at), v128.load(at, 16), 1, 3, 5, 7);
      const left = f32x4.sub(one, right);
      const a = f32x4.mul(f32x4.convert_i32x4_s(v128.and(four, low)), left);
      const b = f32x4.mul(f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(four, 8), low)), right);
      const c = f32x4.mul(f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(four, 16), low)), left);
      const d = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(four, 24)), right);
      const mixed = f32x4.add(f32x4.mul(f32x4.add(a, b), above), f32x4.mul(f32x4.add(c, d), below));
      const made = i32x4.trunc_sat_f32x4_s(f32x4.nearest(mixed));
      put<u8>(from, to, channels, l0, i32x4.extract_lane(made, 0));
      put<u8>(from + step, to + step, channels, l1, i32x4.extract_lane(made, 1));
      put<u8>(from + 2 * step, to + 2 * step, channels, l2, i32x4.extract_lane(made, 2));
      put<u8>(from + 3 * step, to + 3 * step, channels, l3, i32x4.extract_lane(made, 3));
      from += step << 2;
      to += step << 2;
    }
    input += inStride;
    output += outStride;
  }
}

/** `columns` and `rows`: 12 bytes each, the offsets of both cells from `tables` (a row's, a column's) and the weight. */
export function claheU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  tables: usize, columns: usize, rows: usize,
): void {
  const step = <usize>channels << 1;
  for (let y = 0; y < height; y++, rows += 12) {
    const upper = tables + <usize>load<i32>(rows);
    const lower = tables + <usize>load<i32>(rows, 4);
    const below = load<f32>(rows, 8);
    for (let x = 0, from = input, to = output, at = columns; x < width; x++, from += step, to += step, at += 12) {
      const level = levelAt<u16>(from, channels);
      const left = <usize>load<i32>(at);
      const right = <usize>load<i32>(at, 4);
      const weight = load<f32>(at, 8);
      const a = between(upper + left, level) * (<f32>1 - weight) + between(upper + right, level) * weight;
      const b = between(lower + left, level) * (<f32>1 - weight) + between(lower + right, level) * weight;
      put<u16>(from, to, channels, level, <i32>nearest<f32>(a * (<f32>1 - below) + b * below));
    }
    input += inStride;
    output += outStride;
  }
}

/** From one count to the next in a straight line. */
// @ts-ignore: decorator
@inline
function between(table: usize, level: usize): f32 {
  const at = table + ((level >> 6) << 1);
  const part = <u32>level & 63;
  return <f32>(<u32>load<u16>(at) * (63 - part) + <u32>load<u16>(at, 2) * (part + 1)) * <f32>0.015625;
}
