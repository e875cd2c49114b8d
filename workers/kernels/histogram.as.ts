/**
 * Owns counting how often each level occurs: a colour at a time (`counted` 0), by luma (1) or in all samples (2). Counts are
 * of 32 bits, a table of 256 or 65,536 a colour, red first; cleared here. A filter's kernel.as.ts exports it under its own
 * name. 8 bits count even and odd pixels apart (the odd ones' tables stand behind all even ones) and join them at the end: in
 * a flat sky each addition would wait for the one before it.
 */
import { held, signBits } from './lanes.as';
import { BIAS_16, GREEN, HALF, luma16, luma8, lumaAt, RED_BLUE, weights16 } from './luma.as';
import { spread16, spread8 } from './rgb.as';

export function histogramU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  tables: usize, counted: i32,
): void {
  const bytes: usize = (channels < 3 || counted ? 1 : 3) << 10;
  memory.fill(tables, 0, bytes << 1);
  count<u8>(input, inStride, width, height, channels, counted == 1, tables, bytes, counted ? 0 : 1024);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(tables + at, i32x4.add(v128.load(tables + at), v128.load(tables + bytes + at)));
  }
}

export function histogramU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  tables: usize, counted: i32,
): void {
  memory.fill(tables, 0, <usize>(channels < 3 || counted ? 1 : 3) << 18);
  count<u16>(input, inStride, width, height, channels, counted == 1, tables, 0, counted ? 0 : 1 << 18);
}

// @ts-ignore: decorator
@inline
function count<T>(
  input: usize, inStride: usize, width: i32, height: i32, channels: i32, luma: bool, tables: usize, odd: usize, table: usize,
): void {
  for (let y = 0; y < height; y++, input += inStride) {
    if (channels < 3) countGrey<T>(input, width, channels, tables, odd);
    else if (luma && sizeof<T>() == 1) countLuma8(input, width, channels, tables, odd);
    else if (luma) countLuma16(input, width, channels, tables);
    else countColours<T>(input, width, channels, tables, odd, table);
  }
}

// @ts-ignore: decorator
@inline
function add(table: usize, level: usize): void {
  const at = table + (level << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** A row of grey into two tables in turn, `odd` bytes apart. */
export function countGrey<T>(at: usize, width: i32, channels: i32, tables: usize, odd: usize): void {
  const step = <usize>channels << alignof<T>();
  for (let x = 1; x < width; x += 2, at += step << 1) {
    add(tables, <usize>load<T>(at));
    add(tables + odd, <usize>load<T>(at + step));
  }
  if (width & 1) add(tables, <usize>load<T>(at));
}

/** A row of colours by their luma. */
export function countLuma8(at: usize, width: i32, channels: i32, tables: usize, odd: usize): void {
  const spread = held(spread8());
  const low = held(i16x8.splat(0xff));
  const redBlue = held(i32x4.splat(RED_BLUE));
  const green = held(i32x4.splat(GREEN));
  const half = held(i32x4.splat(HALF));
  let x = 4;
  for (; x <= width; x += 4, at += channels << 2) {
    const pixels = channels == 3 ? i8x16.swizzle(v128.load(at), spread) : v128.load(at);
    addFour(luma8(pixels, low, redBlue, green, half), tables, odd);
  }
  for (x -= 4; x < width; x++, at += channels) add(tables, lumaAt<u8>(at));
}

function countLuma16(at: usize, width: i32, channels: i32, tables: usize): void {
  const spread = held(spread16());
  const sign = signBits();
  const weights = held(weights16());
  const bias = held(i32x4.splat(BIAS_16));
  let x = 4;
  for (; x <= width; x += 4, at += channels << 3) {
    const first = channels == 3 ? i8x16.swizzle(v128.load(at), spread) : v128.load(at);
    const second = channels == 3 ? i8x16.swizzle(v128.load(at, 12), spread) : v128.load(at, 16);
    addFour(luma16(first, second, sign, weights, bias), tables, 0);
  }
  for (x -= 4; x < width; x++, at += channels << 1) add(tables, lumaAt<u16>(at));
}

// @ts-ignore: decorator
@inline
function addFour(levels: v128, tables: usize, odd: usize): void {
  add(tables, i32x4.extract_lane(levels, 0));
  add(tables + odd, i32x4.extract_lane(levels, 1));
  add(tables, i32x4.extract_lane(levels, 2));
  add(tables + odd, i32x4.extract_lane(levels, 3));
}

// @ts-ignore: decorator
@inline
function addColours<T>(at: usize, red: usize, table: usize): void {
  add(red, <usize>load<T>(at));
  add(red + table, <usize>load<T>(at, sizeof<T>()));
  add(red + 2 * table, <usize>load<T>(at, 2 * sizeof<T>()));
}

function countColours<T>(at: usize, width: i32, channels: i32, tables: usize, odd: usize, table: usize): void {
  const step = <usize>channels << alignof<T>();
  for (let x = 1; x < width; x += 2, at += step << 1) {
    addColours<T>(at, tables, table);
    addColours<T>(at + step, tables + odd, table);
  }
  if (width & 1) addColours<T>(at, tables, table);
}
