/**
 * The guided filter in SIMD, bit for bit scalar.ts: one way down the tile, each colour on its own, with rings of
 * 2 * radius + 2 rows of what comes, a and b. 16-bit samples have a second ring: their guide is of 8 bits, they are not.
 * 4K RGB, radius 8, one thread, copies included (runChain, tiles `auto`, least of 9): 8 bits 62 ms on Node 24, 68 on
 * Electron 42; 16 bits 66 and 71; OpenCV and numpy in doubles 573 (test/fixtures/make-golden-haze.py, 2 threads).
 */
import { ROUND_BITS, ROUND_F32 } from '../../kernels/blur-rows.as';
import { pairRow, rounded, rowBytesOf, squareRow, windowSum } from '../../kernels/box-rows.as';
import { held } from '../../kernels/lanes.as';
import { PLANE_TABLE_BYTES, planeOf, planeTables, storePlanes } from '../../kernels/planes.as';

/** As smooth.ts has them. */
const A_UNITS: f32 = 16384;
const B_UNITS: f32 = 128;

/** One colour of a row as i16: its guide (levels of 8 bits less 128), and at 16 bits its value less 32,768. */
// @ts-ignore: decorator
@inline
function readPlane(input: usize, count: i32, channels: i32, wide: bool, mask: v128, mask2: v128, guide: usize, value: usize): void {
  const middle = held(i32x4.splat(wide ? 32768 : 128));
  const level = held(i32x4.splat(128));
  const white = held(i32x4.splat(255));
  const rounding = held(i32x4.splat(32895));
  const step: usize = channels << (wide ? 3 : 2);
  const second: usize = wide ? step >> 1 : 0;
  for (let x = 0; x < count; x += 4) {
    const one = v128.load(input);
    const plane = planeOf(one, wide ? v128.load(input + second) : one, mask, mask2, wide);
    const centred = i32x4.sub(plane, middle);
    v128.store64_lane(value + (x << 1), i16x8.narrow_i32x4_s(centred, centred), 0);
    if (wide) {
      const levels = i32x4.sub(i32x4.shr_u(i32x4.add(i32x4.mul(plane, white), rounding), 16), level);
      v128.store64_lane(guide + (x << 1), i16x8.narrow_i32x4_s(levels, levels), 0);
    }
    input += step;
  }
}

/** a = var / (var + eps), b = mean - a * mean. `means` are the sums of the value where the guide is not the value. */
// @ts-ignore: decorator
@inline
function smoothRow(
  squares: usize, means: usize, lineBytes: usize, side: i32, wide: bool, inverse: f32, eps: f32, aOut: usize, bOut: usize, count: i32,
): void {
  const reach: usize = side << 2;
  const second = squares + lineBytes;
  const share = f32x4.splat(inverse);
  const epsilon = f32x4.splat(eps);
  const aUnits = held(f32x4.splat(A_UNITS));
  const bUnits = held(f32x4.splat(wide ? <f32>1 : B_UNITS));
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  for (let x = 0; x < count; x += 4) {
    const at: usize = x << 2;
    const g = f32x4.mul(f32x4.convert_i32x4_s(windowSum(squares, at, reach)), share);
    const gg = f32x4.mul(f32x4.convert_i32x4_s(windowSum(second, at, reach)), share);
    const variance = f32x4.sub(gg, f32x4.mul(g, g));
    const a = f32x4.div(variance, f32x4.add(variance, epsilon));
    const v = wide ? f32x4.mul(f32x4.convert_i32x4_s(windowSum(means, at, reach)), share) : g;
    const b = f32x4.sub(v, f32x4.mul(a, v));
    const aWhole = rounded(f32x4.mul(a, aUnits), round, bits);
    const bWhole = rounded(f32x4.mul(b, bUnits), round, bits);
    v128.store64_lane(aOut + (x << 1), i16x8.narrow_i32x4_s(aWhole, aWhole), 0);
    v128.store64_lane(bOut + (x << 1), i16x8.narrow_i32x4_s(bWhole, bWhole), 0);
  }
}

/** mean(a) * value + mean(b), as i16 around the middle. */
// @ts-ignore: decorator
@inline
function resultRow(lines: usize, lineBytes: usize, side: i32, wide: bool, inverse: f32, value: usize, out: usize, count: i32): void {
  const reach: usize = side << 2;
  const second = lines + lineBytes;
  const aShare = f32x4.splat(inverse / A_UNITS);
  const bShare = f32x4.splat(wide ? inverse : inverse / B_UNITS);
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  for (let x = 0; x < count; x += 4) {
    const at: usize = x << 2;
    const a = f32x4.mul(f32x4.convert_i32x4_s(windowSum(lines, at, reach)), aShare);
    const b = f32x4.mul(f32x4.convert_i32x4_s(windowSum(second, at, reach)), bShare);
    const sample = f32x4.convert_i32x4_s(v128.load16x4_s(value + (x << 1)));
    const whole = rounded(f32x4.add(f32x4.mul(a, sample), b), round, bits);
    v128.store64_lane(out + (x << 1), i16x8.narrow_i32x4_s(whole, whole), 0);
  }
}

/** Colours from their planes, alpha from the input. */
// @ts-ignore: decorator
@inline
function joinRow(input: usize, output: usize, count: i32, channels: i32, wide: bool, tables: usize, planes: usize, planeStep: usize): void {
  const middle = held(i32x4.splat(wide ? 32768 : 128));
  const mask = v128.load(tables, 96);
  const mask2 = v128.load(tables, 112);
  const step: usize = channels << (wide ? 3 : 2);
  const second: usize = wide ? step >> 1 : 0;
  for (let x = 0; x < count; x += 4) {
    const one = v128.load(input);
    const alpha = planeOf(one, wide ? v128.load(input + second) : one, mask, mask2, wide);
    const at = planes + (x << 1);
    const r = i32x4.add(v128.load16x4_s(at), middle);
    const g = i32x4.add(v128.load16x4_s(at + planeStep), middle);
    const b = i32x4.add(v128.load16x4_s(at + (planeStep << 1)), middle);
    storePlanes(output, r, g, b, alpha, tables, wide);
    input += step;
    output += step;
  }
}

// @ts-ignore: decorator
@inline
function guided(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, wide: bool,
  radius: i32, scratch: usize, share: f32, eps: f32,
): void {
  const sampleBytes = wide ? 2 : 1;
  const side = 2 * radius + 1;
  const ring = 2 * radius + 2;
  const wideCount = width + 4 * radius;
  const lineCount = width + 2 * radius;
  const rowBytes = rowBytesOf(wideCount, 2);
  const lineBytes = rowBytesOf(wideCount, 4);
  const ringBytes = <usize>ring * rowBytes;
  const columnBytes = lineBytes * 6;
  const colours = channels < 3 ? 1 : 3;

  const tables = scratch;
  const nothing = tables + PLANE_TABLE_BYTES;
  const results = nothing + rowBytes;
  const lines = results + 3 * rowBytes;
  const means = lines + 2 * lineBytes;
  const first = means + 2 * lineBytes;
  const colourBytes: usize = 4 * ringBytes + columnBytes;
  planeTables(tables, channels, sampleBytes);
  memory.fill(nothing, 0, rowBytes);
  for (let c = 0; c < colours; c++) memory.fill(first + <usize>c * colourBytes + 4 * ringBytes, 0, columnBytes);

  let row = input - <usize>(2 * radius) * inStride - 2 * radius * channels * sampleBytes;
  for (let i = 0; i < height + 4 * radius; i++, row += inStride) {
    const here = <usize>(i % ring) * rowBytes;
    const k = i - 2 * radius;
    const o = k - 2 * radius;
    for (let c = 0; c < colours; c++) {
      const guides = first + <usize>c * colourBytes;
      const values = wide ? guides + ringBytes : guides;
      const as = guides + 2 * ringBytes;
      const bs = as + ringBytes;
      const squares = bs + ringBytes;
      const sums = squares + 2 * lineBytes;
      const pairs = sums + 2 * lineBytes;
      const mask = tables + (c << 5);
      readPlane(row, wideCount, channels, wide, v128.load(mask), v128.load(mask, 16), guides + here, values + here);
      const gone = <usize>((i + 1) % ring) * rowBytes;
      const guideGone = i >= side ? guides + gone : nothing;
      squareRow(guides + here, guideGone, squares, lines, lineBytes, wideCount);
      if (wide) {
        const valueGone = i >= side ? values + gone : nothing;
        pairRow(values + here, valueGone, nothing, nothing, sums, means, lineBytes, wideCount);
      }
      if (k < 0) continue;
      const a = as + <usize>(k % ring) * rowBytes;
      const b = bs + <usize>(k % ring) * rowBytes;
      smoothRow(lines, means, lineBytes, side, wide, share, eps, a, b, lineCount);
      const pairGone = <usize>((k + 1) % ring) * rowBytes;
      const aGone = k >= side ? as + pairGone : nothing;
      const bGone = k >= side ? bs + pairGone : nothing;
      pairRow(a, aGone, b, bGone, pairs, lines, lineBytes, lineCount);
      if (o < 0) continue;
      const value = values + <usize>(k % ring) * rowBytes + (radius << 2);
      resultRow(lines, lineBytes, side, wide, share, value, results + <usize>c * rowBytes, width);
    }
    if (o < 0) continue;
    const planeStep: usize = colours == 1 ? 0 : rowBytes;
    joinRow(input + <usize>o * inStride, output + <usize>o * outStride, width, channels, wide, tables, results, planeStep);
  }
}

export function guidedU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, scratch: usize, share: f32, eps: f32,
): void {
  guided(input, inStride, output, outStride, width, height, channels, false, radius, scratch, share, eps);
}

export function guidedU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, scratch: usize, share: f32, eps: f32,
): void {
  guided(input, inStride, output, outStride, width, height, channels, true, radius, scratch, share, eps);
}
