/**
 * The bilateral filter in SIMD, bit for bit scalar.ts: four pixels side by side, the weight's exponential computed, not
 * looked up (kernels/exp2.ts says how; vectors have no table of 256 entries).
 * 4K, radius 4, one thread, in a chain, Node 24, ms of processor time, least of 8: RGB 455, grey 265; OpenCV 4.6 (AVX2,
 * and that table) 251 for RGB. Constants not held in registers cost a sixth more.
 */
import { copyAlpha16, copyAlpha8 } from '../../kernels/alpha.as';
import { ROUND_F32 } from '../../kernels/blur-rows.as';
import { CUBIC, exp2, LEAST_EXPONENT, LINEAR, SQUARE } from '../../kernels/exp2.as';
import { held } from '../../kernels/lanes.as';

export function bilateralU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, factor: f32, count: i32, scratch: usize,
): void {
  bilateralTile<u8>(input, inStride, output, outStride, width, height, channels, radius, factor, count, scratch);
  if ((channels & 1) == 0) copyAlpha8(input, inStride, output, outStride, width, height, channels);
}

export function bilateralU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, factor: f32, count: i32, scratch: usize,
): void {
  bilateralTile<u16>(input, inStride, output, outStride, width, height, channels, radius, factor, count, scratch);
  if ((channels & 1) == 0) copyAlpha16(input, inStride, output, outStride, width, height, channels);
}

function bilateralTile<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, factor: f32, count: i32, scratch: usize,
): void {
  const row = (((width + 2 * radius) << 2) + 64 + 15) & ~15;
  const rows = height + 2 * radius;
  const plane = <usize>(row * rows);
  const planes = scratch + ((<usize>(count << 3) + 15) & ~15);
  const step = <usize>channels * sizeof<T>();
  const corner = input - <usize>radius * inStride - <usize>radius * step;
  const colours = channels < 3 ? 1 : 3;
  for (let y = 0; y < rows; y++) {
    for (let c = 0; c < colours; c++) {
      split<T>(corner + <usize>y * inStride + <usize>c * sizeof<T>(), step, width + 2 * radius, planes + <usize>c * plane + <usize>(y * row));
    }
  }
  const first = planes + <usize>(radius * row + (radius << 2));
  for (let y = 0; y < height; y++) {
    const middle = first + <usize>(y * row);
    if (colours == 3) colourRow<T>(middle, plane, width, scratch, count, factor, output, step);
    else greyRow<T>(middle, width, scratch, count, factor, output, step);
    output += outStride;
  }
}

/** One colour of a row as f32. */
function split<T>(from: usize, step: usize, count: i32, to: usize): void {
  for (let x = 0; x < count; x++) {
    store<f32>(to, <f32>load<T>(from));
    from += step;
    to += 4;
  }
}

/** How much a neighbour at this difference of colour weighs; `entry` is its place in the table. */
// @ts-ignore: decorator
@inline
function weightOf(difference: v128, entry: usize, factor: v128, least: v128, round: v128, cubic: v128, square: v128, linear: v128, one: v128): v128 {
  const squared = f32x4.mul(difference, difference);
  return exp2(f32x4.pmax(least, f32x4.add(f32x4.mul(squared, factor), v128.load32_splat(entry, 4))), round, cubic, square, linear, one);
}

function greyRow<T>(middle: usize, width: i32, table: usize, count: i32, factor: f32, output: usize, step: usize): void {
  const factors = f32x4.splat(factor);
  const least = held(f32x4.splat(LEAST_EXPONENT));
  const round = held(f32x4.splat(ROUND_F32));
  const cubic = held(f32x4.splat(CUBIC));
  const square = held(f32x4.splat(SQUARE));
  const linear = held(f32x4.splat(LINEAR));
  const one = held(f32x4.splat(1));
  const end = table + (count << 3);
  for (let x = 0; x < width; x += 4) {
    const centre = v128.load(middle);
    let total = f32x4.splat(0);
    let sum = total;
    for (let entry = table; entry < end; entry += 8) {
      const value = v128.load(middle + load<i32>(entry));
      const weight = weightOf(f32x4.abs(f32x4.sub(centre, value)), entry, factors, least, round, cubic, square, linear, one);
      total = f32x4.add(total, weight);
      sum = f32x4.add(sum, f32x4.mul(weight, value));
    }
    put<T>(sum, total, output, step, min(4, width - x));
    middle += 16;
    output += step << 2;
  }
}

function colourRow<T>(
  middle: usize, plane: usize, width: i32, table: usize, count: i32, factor: f32, output: usize, step: usize,
): void {
  const factors = f32x4.splat(factor);
  const least = held(f32x4.splat(LEAST_EXPONENT));
  const round = held(f32x4.splat(ROUND_F32));
  const cubic = held(f32x4.splat(CUBIC));
  const square = held(f32x4.splat(SQUARE));
  const linear = held(f32x4.splat(LINEAR));
  const one = held(f32x4.splat(1));
  const end = table + (count << 3);
  for (let x = 0; x < width; x += 4) {
    const red = v128.load(middle);
    const green = v128.load(middle + plane);
    const blue = v128.load(middle + 2 * plane);
    let total = f32x4.splat(0);
    let reds = total;
    let greens = total;
    let blues = total;
    for (let entry = table; entry < end; entry += 8) {
      const at = middle + load<i32>(entry);
      const r = v128.load(at);
      const g = v128.load(at + plane);
      const b = v128.load(at + 2 * plane);
      const two = f32x4.add(f32x4.abs(f32x4.sub(red, r)), f32x4.abs(f32x4.sub(green, g)));
      const weight = weightOf(f32x4.add(two, f32x4.abs(f32x4.sub(blue, b))), entry, factors, least, round, cubic, square, linear, one);
      total = f32x4.add(total, weight);
      reds = f32x4.add(reds, f32x4.mul(weight, r));
      greens = f32x4.add(greens, f32x4.mul(weight, g));
      blues = f32x4.add(blues, f32x4.mul(weight, b));
    }
    const left = min(4, width - x);
    put<T>(reds, total, output, step, left);
    put<T>(greens, total, output + sizeof<T>(), step, left);
    put<T>(blues, total, output + 2 * sizeof<T>(), step, left);
    middle += 16;
    output += step << 2;
  }
}

/** Up to four means into pixels `step` bytes apart. */
// @ts-ignore: decorator
@inline
function put<T>(sum: v128, total: v128, output: usize, step: usize, count: i32): void {
  const means = i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.div(sum, total), f32x4.splat(0.5)));
  store<T>(output, <T>i32x4.extract_lane(means, 0));
  if (count > 1) store<T>(output + step, <T>i32x4.extract_lane(means, 1));
  if (count > 2) store<T>(output + 2 * step, <T>i32x4.extract_lane(means, 2));
  if (count > 3) store<T>(output + 3 * step, <T>i32x4.extract_lane(means, 3));
}
