/** White balance in SIMD: sums of grey world here, four pixels a turn; the rest is tables (kernels/lut.as.ts). */
import { held } from '../../kernels/lanes.as';
import { blueAlpha, redGreen, spread16, spread8 } from '../../kernels/rgb.as';

export { lookupU16 as whiteBalanceU16, lookupU8 as whiteBalanceU8 } from '../../kernels/lut.as';

/**
 * Three sums of 64 bits, red, green, blue, to `sums`: of pixels whose (max - min) * white is not over threshold * max.
 * A row is 262,144 pixels wide at most: its sums are kept in four lanes of 32 bits.
 */
export function whiteBalanceCountU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  threshold: i32, sums: usize,
): void {
  const spread = held(spread8());
  const low = held(i32x4.splat(0xff));
  const thresholds = i32x4.splat(threshold);
  const whites = held(i32x4.splat(255));
  memory.fill(sums, 0, 24);
  for (let y = 0; y < height; y++, input += inStride) {
    let reds = i32x4.splat(0);
    let greens = i32x4.splat(0);
    let blues = i32x4.splat(0);
    let x = 4;
    let at = input;
    for (; x <= width; x += 4, at += channels << 2) {
      const pixels = channels == 3 ? i8x16.swizzle(v128.load(at), spread) : v128.load(at);
      const r = v128.and(pixels, low);
      const g = v128.and(i32x4.shr_u(pixels, 8), low);
      const b = v128.and(i32x4.shr_u(pixels, 16), low);
      const keep = counted(r, g, b, thresholds, whites);
      reds = i32x4.add(reds, v128.and(r, keep));
      greens = i32x4.add(greens, v128.and(g, keep));
      blues = i32x4.add(blues, v128.and(b, keep));
    }
    flush(sums, reds, greens, blues);
    for (x -= 4; x < width; x++, at += channels) addPixel<u8>(at, 255, threshold, sums);
  }
}

export function whiteBalanceCountU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  threshold: i32, sums: usize,
): void {
  const spread = held(spread16());
  const low = held(i32x4.splat(0xffff));
  const thresholds = i32x4.splat(threshold);
  const whites = held(i32x4.splat(65535));
  memory.fill(sums, 0, 24);
  for (let y = 0; y < height; y++, input += inStride) {
    let reds = i32x4.splat(0);
    let greens = i32x4.splat(0);
    let blues = i32x4.splat(0);
    let x = 4;
    let at = input;
    for (; x <= width; x += 4, at += channels << 3) {
      const first = channels == 3 ? i8x16.swizzle(v128.load(at), spread) : v128.load(at);
      const second = channels == 3 ? i8x16.swizzle(v128.load(at, 12), spread) : v128.load(at, 16);
      const rg = redGreen(first, second);
      const r = v128.and(rg, low);
      const g = i32x4.shr_u(rg, 16);
      const b = v128.and(blueAlpha(first, second), low);
      const keep = counted(r, g, b, thresholds, whites);
      reds = i32x4.add(reds, v128.and(r, keep));
      greens = i32x4.add(greens, v128.and(g, keep));
      blues = i32x4.add(blues, v128.and(b, keep));
    }
    flush(sums, reds, greens, blues);
    for (x -= 4; x < width; x++, at += channels << 1) addPixel<u16>(at, 65535, threshold, sums);
  }
}

/** All bits of a lane where its pixel is not strongly coloured. Products stay below 2^32, compared without sign. */
// @ts-ignore: decorator
@inline
function counted(red: v128, green: v128, blue: v128, threshold: v128, white: v128): v128 {
  const most = i32x4.max_s(red, i32x4.max_s(green, blue));
  const least = i32x4.min_s(red, i32x4.min_s(green, blue));
  return i32x4.le_u(i32x4.mul(i32x4.sub(most, least), white), i32x4.mul(threshold, most));
}

function flush(sums: usize, reds: v128, greens: v128, blues: v128): void {
  addTo(sums, total(reds));
  addTo(sums + 8, total(greens));
  addTo(sums + 16, total(blues));
}

// @ts-ignore: decorator
@inline
function total(lanes: v128): u64 {
  const pairs = i64x2.add(i64x2.extend_low_i32x4_u(lanes), i64x2.extend_high_i32x4_u(lanes));
  return i64x2.extract_lane(pairs, 0) + i64x2.extract_lane(pairs, 1);
}

// @ts-ignore: decorator
@inline
function addTo(sum: usize, by: u64): void {
  store<u64>(sum, load<u64>(sum) + by);
}

// @ts-ignore: decorator
@inline
function addPixel<T>(at: usize, white: u32, threshold: u32, sums: usize): void {
  const red = <u32>load<T>(at);
  const green = <u32>load<T>(at, sizeof<T>());
  const blue = <u32>load<T>(at, 2 * sizeof<T>());
  const most = max(max(red, green), blue);
  const least = min(min(red, green), blue);
  if ((most - least) * white > threshold * most) return;
  addTo(sums, red);
  addTo(sums + 8, green);
  addTo(sums + 16, blue);
}
