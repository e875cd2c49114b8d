/**
 * The mean of a square window in SIMD, bit for bit scalar.ts: sums of columns move down by one row in and one out, the
 * window's sum moves right by one column in and one out, a pixel's channels side by side in one vector.
 * 4K RGB, one thread, in a chain, Node 24, ms, least of 6: 8 bits radius 2 and 10 17, 60 27; 16 bits 30. OpenCV 4.6 at 8
 * bits: 15, on one thread or two.
 */
import { alphaMask16, alphaMask8, held, packU16 } from '../../kernels/lanes.as';

export function boxBlurU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, part: f64, scratch: usize,
): void {
  boxTile(input, inStride, output, outStride, width, height, channels, radius, part, scratch, false);
}

export function boxBlurU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, part: f64, scratch: usize,
): void {
  boxTile(input, inStride, output, outStride, width, height, channels, radius, part, scratch, true);
}

/** Sums of columns take 16 bits for samples of 8 (201 rows of 255 fit) and 32 for 16; those of windows 32. */
// @ts-ignore: decorator
@inline
function boxTile(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, part: f64, scratch: usize, wide: bool,
): void {
  const samples = (width + 2 * radius) * channels;
  const columns = scratch;
  const windows = columns + ((<usize>(samples << 2) + 128 + 15) & ~15);
  memory.fill(columns, 0, windows - columns);
  const before = <usize>((radius * channels) << (wide ? 1 : 0));
  let entering = input - <usize>radius * inStride - before;
  let leaving = entering;
  for (let y = -2 * radius; y < 0; y++) {
    addRow(entering, samples, columns, wide);
    entering += inStride;
  }
  for (let y = 0; y < height; y++) {
    addRow(entering, samples, columns, wide);
    slide(columns, width, channels, radius, windows, wide);
    subtractRow(leaving, samples, columns, wide);
    if (wide) means16(input, windows, width * channels, part, output, alphaMask16(channels));
    else if (radius <= 50) shortMeans8(input, windows, width * channels, part, output, alphaMask8(channels));
    else means8(input, windows, width * channels, part, output, alphaMask8(channels));
    entering += inStride;
    leaving += inStride;
    input += inStride;
    output += outStride;
  }
}

// @ts-ignore: decorator
@inline
function addRow(row: usize, samples: i32, columns: usize, wide: bool): void {
  for (let i = 0; i < samples; i += 8) {
    if (wide) {
      const at = columns + (i << 2);
      v128.store(at, i32x4.add(v128.load(at), v128.load16x4_u(row + (i << 1))));
      v128.store(at, i32x4.add(v128.load(at, 16), v128.load16x4_u(row + (i << 1), 8)), 16);
    } else {
      const at = columns + (i << 1);
      v128.store(at, i16x8.add(v128.load(at), v128.load8x8_u(row + i)));
    }
  }
}

// @ts-ignore: decorator
@inline
function subtractRow(row: usize, samples: i32, columns: usize, wide: bool): void {
  for (let i = 0; i < samples; i += 8) {
    if (wide) {
      const at = columns + (i << 2);
      v128.store(at, i32x4.sub(v128.load(at), v128.load16x4_u(row + (i << 1))));
      v128.store(at, i32x4.sub(v128.load(at, 16), v128.load16x4_u(row + (i << 1), 8)), 16);
    } else {
      const at = columns + (i << 1);
      v128.store(at, i16x8.sub(v128.load(at), v128.load8x8_u(row + i)));
    }
  }
}

/** Lanes behind a pixel's channels hold the next pixel's; the next store overwrites them. */
// @ts-ignore: decorator
@inline
function slide(columns: usize, width: i32, channels: i32, radius: i32, windows: usize, wide: bool): void {
  const step = <usize>(channels << (wide ? 2 : 1));
  const reach = <usize>(2 * radius + 1) * step;
  let sum = i32x4.splat(0);
  const first = columns + reach;
  for (let at = columns; at < first; at += step) sum = i32x4.add(sum, pixel(at, wide));
  for (let x = 0; x < width; x++) {
    v128.store(windows, sum);
    sum = i32x4.add(sum, i32x4.sub(pixel(columns + reach, wide), pixel(columns, wide)));
    columns += step;
    windows += channels << 2;
  }
}

// @ts-ignore: decorator
@inline
function pixel(at: usize, wide: bool): v128 {
  return wide ? v128.load(at) : v128.load16x4_u(at);
}

/** Four sums as means; in double precision, since a sum of 16-bit samples takes 32 bits. */
// @ts-ignore: decorator
@inline
function mean(windows: usize, part: v128, half: v128): v128 {
  const sums = v128.load(windows);
  const low = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(sums), part), half);
  const high = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(v128.shuffle<u64>(sums, sums, 1, 0)), part), half);
  return v128.shuffle<u64>(i32x4.trunc_sat_f64x2_u_zero(low), i32x4.trunc_sat_f64x2_u_zero(high), 0, 2);
}

/**
 * The same in single precision, for windows of up to 101 x 101 bytes: a sum is below 2^24, and a mean lies at least
 * 0.5 / 10,201 from a half, more than the 3.8e-5 that three roundings below 256 can add up to. (All sums at all radii were tried once.)
 */
// @ts-ignore: decorator
@inline
function shortMean(windows: usize, part: v128, half: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(v128.load(windows)), part), half));
}

function shortMeans8(input: usize, windows: usize, samples: i32, part: f64, output: usize, alpha: v128): void {
  const parts = f32x4.splat(<f32>part);
  const half = held(f32x4.splat(0.5));
  for (let i = 0; i < samples; i += 16) {
    const at = windows + (i << 2);
    const low = packU16(shortMean(at, parts, half), shortMean(at + 16, parts, half));
    const high = packU16(shortMean(at + 32, parts, half), shortMean(at + 48, parts, half));
    v128.store(output + i, v128.bitselect(v128.load(input + i), i8x16.narrow_i16x8_u(low, high), alpha));
  }
}

function means8(input: usize, windows: usize, samples: i32, part: f64, output: usize, alpha: v128): void {
  const parts = f64x2.splat(part);
  const half = held(f64x2.splat(0.5));
  for (let i = 0; i < samples; i += 8) {
    const at = windows + (i << 2);
    const means = packU16(mean(at, parts, half), mean(at + 16, parts, half));
    v128.store64_lane(output + i, v128.bitselect(v128.load64_zero(input + i), i8x16.narrow_i16x8_u(means, means), alpha), 0);
  }
}

function means16(input: usize, windows: usize, samples: i32, part: f64, output: usize, alpha: v128): void {
  const parts = f64x2.splat(part);
  const half = held(f64x2.splat(0.5));
  for (let i = 0; i < samples; i += 8) {
    const at = windows + (i << 2);
    const means = packU16(mean(at, parts, half), mean(at + 16, parts, half));
    v128.store(output + (i << 1), v128.bitselect(v128.load(input + (i << 1)), means, alpha));
  }
}
