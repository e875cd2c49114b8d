/**
 * Dehaze in SIMD, bit for bit scalar.ts: one way down the tile, every step as many rows behind as the one before it reaches,
 * so that all that is kept are rings of 2 * radius + 2 rows. A pixel is read twice (how dark, then itself), written once.
 *
 * 4K RGB, radius 60, one thread, counting and copies included (runChain, tiles `auto`, least of 9): 8 bits 57 ms on Node 24,
 * 62 on Electron 42; 16 bits 83 and 96; OpenCV and numpy in doubles 1133 (test/fixtures/make-golden-haze.py, 2 threads).
 * What bounds it (node --cpu-prof, ms of 65): reading pixels into planes and the last formula 25, counting 9, a and b 8, their
 * columns 5 and those of the guide 7, minima 6.5, copies into kernel memory, its mirrored border and out again 12. Arithmetic
 * mostly: tiles of 960 columns, whose rings take 1.2 MB and not 4.5, compute a fifth more pixels in the same time.
 */
import { ROUND_BITS, ROUND_F32 } from '../../kernels/blur-rows.as';
import { coefficientRow, momentRow, pairRow, rounded, rowBytesOf, windowSum } from '../../kernels/box-rows.as';
import { ERODE_RADIUS, ERODE_ROWS, erodeRow } from '../../kernels/erode-rows.as';
import { held, packU16 } from '../../kernels/lanes.as';
import { lumaOf, lumaWeight, PLANE_TABLE_BYTES, planeOf, planeTables, storePlanes } from '../../kernels/planes.as';

/** As haze.ts has them. */
const DARKEST: f32 = 2047;
const MIDDLE: i32 = 1024;
const A_UNITS: f32 = 256;
const B_UNITS: f32 = 2;

/** Four pixels' guide: luma in levels of 8 bits, 128 taken off. */
// @ts-ignore: decorator
@inline
function guideOf(luma: v128, wide: bool, white: v128, rounding: v128, middle: v128): v128 {
  const level = wide ? i32x4.shr_u(i32x4.add(i32x4.mul(luma, white), rounding), 16) : luma;
  return i32x4.sub(level, middle);
}

/** Four pixels' darkness: the least of what each channel is of the air's light, in units of haze.ts. */
// @ts-ignore: decorator
@inline
function darkOf(r: v128, g: v128, b: v128, red: v128, green: v128, blue: v128, most: v128, round: v128, bits: v128): v128 {
  const pair = f32x4.pmin(f32x4.mul(f32x4.convert_i32x4_s(r), red), f32x4.mul(f32x4.convert_i32x4_s(g), green));
  const least = f32x4.pmin(f32x4.pmin(pair, f32x4.mul(f32x4.convert_i32x4_s(b), blue)), most);
  return rounded(least, round, bits);
}

// @ts-ignore: decorator
@inline
function readRow(
  input: usize, count: i32, channels: i32, wide: bool, tables: usize, guide: usize, dark: usize,
  redPart: f32, greenPart: f32, bluePart: f32,
): void {
  const maskR = v128.load(tables);
  const maskR2 = v128.load(tables, 16);
  const maskG = v128.load(tables, 32);
  const maskG2 = v128.load(tables, 48);
  const maskB = v128.load(tables, 64);
  const maskB2 = v128.load(tables, 80);
  const w0 = lumaWeight(0, wide);
  const w1 = lumaWeight(1, wide);
  const w2 = lumaWeight(2, wide);
  const w3 = lumaWeight(3, wide);
  const white = held(i32x4.splat(255));
  const rounding = held(i32x4.splat(32895));
  const middle = held(i32x4.splat(128));
  const partR = f32x4.splat(redPart);
  const partG = f32x4.splat(greenPart);
  const partB = f32x4.splat(bluePart);
  const most = held(f32x4.splat(DARKEST));
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  const step: usize = channels << (wide ? 3 : 2);
  const second: usize = wide ? step >> 1 : 0;
  let at = input;
  for (let x = 0; x < count; x += 8) {
    let one = v128.load(at);
    let two = wide ? v128.load(at + second) : one;
    let r = planeOf(one, two, maskR, maskR2, wide);
    let g = planeOf(one, two, maskG, maskG2, wide);
    let b = planeOf(one, two, maskB, maskB2, wide);
    const guideLow = guideOf(lumaOf(r, g, b, w0, w1, w2, w3, wide), wide, white, rounding, middle);
    const darkLow = darkOf(r, g, b, partR, partG, partB, most, round, bits);
    at += step;
    one = v128.load(at);
    two = wide ? v128.load(at + second) : one;
    r = planeOf(one, two, maskR, maskR2, wide);
    g = planeOf(one, two, maskG, maskG2, wide);
    b = planeOf(one, two, maskB, maskB2, wide);
    const guideHigh = guideOf(lumaOf(r, g, b, w0, w1, w2, w3, wide), wide, white, rounding, middle);
    const darkHigh = darkOf(r, g, b, partR, partG, partB, most, round, bits);
    at += step;
    v128.store(guide + (x << 1), i16x8.narrow_i32x4_s(guideLow, guideHigh));
    v128.store(dark + (x << 1), packU16(darkLow, darkHigh));
  }
}

/** The transmission of four pixels from the sums of a and b around them, and the haze taken off. */
// @ts-ignore: decorator
@inline
function clearRow(
  input: usize, output: usize, count: i32, channels: i32, wide: bool, tables: usize, guides: usize, lines: usize,
  lineBytes: usize, side: i32, share: f32, slope: f32, clear: f32, least: f32, protect: f32, airR: f32, airG: f32, airB: f32,
): void {
  const maskR = v128.load(tables);
  const maskR2 = v128.load(tables, 16);
  const maskG = v128.load(tables, 32);
  const maskG2 = v128.load(tables, 48);
  const maskB = v128.load(tables, 64);
  const maskB2 = v128.load(tables, 80);
  const w0 = lumaWeight(0, wide);
  const w1 = lumaWeight(1, wide);
  const w2 = lumaWeight(2, wide);
  const w3 = lumaWeight(3, wide);
  const airsR = f32x4.splat(airR);
  const airsG = f32x4.splat(airG);
  const airsB = f32x4.splat(airB);
  const one = held(f32x4.splat(1));
  const level = held(f32x4.splat(<f32>(1.0 / 257.0)));
  const middle = held(f32x4.splat(128));
  const aShare = f32x4.splat(share / A_UNITS);
  const bShare = f32x4.splat(share / B_UNITS);
  const slopes = f32x4.splat(slope);
  const clears = f32x4.splat(clear);
  const lowest = f32x4.splat(least);
  const protects = f32x4.splat(protect);
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  const second = lines + lineBytes;
  const reach: usize = side << 2;
  const step: usize = channels << (wide ? 3 : 2);
  const next: usize = wide ? step >> 1 : 0;
  for (let x = 0; x < count; x += 4) {
    const pixels = v128.load(input);
    const more = wide ? v128.load(input + next) : pixels;
    const r = planeOf(pixels, more, maskR, maskR2, wide);
    const g = planeOf(pixels, more, maskG, maskG2, wide);
    const b = planeOf(pixels, more, maskB, maskB2, wide);
    const at: usize = x << 2;
    // At 8 bits the guide that was summed is the luma itself; at 16 it had 8 bits only, and its steps would be seen.
    const guide = wide
      ? f32x4.sub(f32x4.mul(f32x4.convert_i32x4_s(lumaOf(r, g, b, w0, w1, w2, w3, wide)), level), middle)
      : f32x4.convert_i32x4_s(v128.load16x4_s(guides + (x << 1)));
    const a = f32x4.mul(f32x4.convert_i32x4_s(windowSum(lines, at, reach)), aShare);
    const offset = f32x4.mul(f32x4.convert_i32x4_s(windowSum(second, at, reach)), bShare);
    const dark = f32x4.add(f32x4.mul(a, guide), offset);
    const transmission = f32x4.pmin(one, f32x4.pmax(lowest, f32x4.sub(clears, f32x4.mul(dark, slopes))));
    const fromR = f32x4.sub(f32x4.convert_i32x4_s(r), airsR);
    const fromG = f32x4.sub(f32x4.convert_i32x4_s(g), airsG);
    const fromB = f32x4.sub(f32x4.convert_i32x4_s(b), airsB);
    const far = f32x4.pmax(f32x4.pmax(f32x4.abs(fromR), f32x4.abs(fromG)), f32x4.abs(fromB));
    const wished = f32x4.mul(f32x4.div(one, transmission), f32x4.pmin(one, f32x4.mul(far, protects)));
    const gain = f32x4.pmax(one, wished);
    const outR = rounded(f32x4.add(airsR, f32x4.mul(fromR, gain)), round, bits);
    const outG = rounded(f32x4.add(airsG, f32x4.mul(fromG, gain)), round, bits);
    const outB = rounded(f32x4.add(airsB, f32x4.mul(fromB, gain)), round, bits);
    const alpha = planeOf(pixels, more, v128.load(tables, 96), v128.load(tables, 112), wide);
    storePlanes(output, outR, outG, outB, alpha, tables, wide);
    input += step;
    output += step;
  }
}

// @ts-ignore: decorator
@inline
function dehaze(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, wide: bool,
  radius: i32, scratch: usize, share: f32, eps: f32, slope: f32, clear: f32, least: f32, protect: f32,
  airR: f32, airG: f32, airB: f32, partR: f32, partG: f32, partB: f32,
): void {
  const sampleBytes = wide ? 2 : 1;
  const side = 2 * radius + 1;
  const ring = 2 * radius + 2;
  const guideRing = ring + ERODE_RADIUS;
  const border = ERODE_RADIUS + 2 * radius;
  const wideCount = width + 2 * border;
  const darkCount = width + 4 * radius;
  const lineCount = width + 2 * radius;
  const rowBytes = rowBytesOf(wideCount, 2);
  const lineBytes = rowBytesOf(darkCount, 4);

  const tables = scratch;
  const nothing = tables + PLANE_TABLE_BYTES;
  const darkRow = nothing + rowBytes;
  const erodeRows = darkRow + rowBytes;
  const guides = erodeRows + <usize>ERODE_ROWS * rowBytes;
  const darks = guides + <usize>guideRing * rowBytes;
  const as = darks + <usize>ring * rowBytes;
  const bs = as + <usize>ring * rowBytes;
  const moments = bs + <usize>ring * rowBytes;
  const momentLines = moments + (lineBytes << 2);
  const pairs = momentLines + (lineBytes << 2);
  const pairLines = pairs + (lineBytes << 1);
  planeTables(tables, channels, sampleBytes);
  memory.fill(nothing, 0, rowBytes);
  memory.fill(moments, 0, lineBytes << 2);
  memory.fill(pairs, 0, lineBytes << 1);

  let row = input - <usize>border * inStride - border * channels * sampleBytes;
  for (let j = 0; j < height + 2 * border; j++, row += inStride) {
    readRow(row, wideCount, channels, wide, tables, guides + <usize>(j % guideRing) * rowBytes, darkRow, partR, partG, partB);
    const i = j - 2 * ERODE_RADIUS;
    const dark = darks + <usize>(j % ring) * rowBytes;
    erodeRow(darkRow, j, dark, erodeRows, rowBytes, darkCount);
    if (i < 0) continue;
    centre(dark, darkCount);
    // The guide of a row of darkness came with the middle of its 15 rows, and begins as many columns to the right.
    const guide = guides + <usize>((j - ERODE_RADIUS) % guideRing) * rowBytes + (ERODE_RADIUS << 1);
    const gone = i >= side;
    const guideGone = gone ? guides + <usize>((j - ERODE_RADIUS - side) % guideRing) * rowBytes + (ERODE_RADIUS << 1) : nothing;
    const darkGone = gone ? darks + <usize>((j - side) % ring) * rowBytes : nothing;
    momentRow(guide, guideGone, dark, darkGone, moments, momentLines, lineBytes, darkCount);
    const k = i - 2 * radius;
    if (k < 0) continue;
    const a = as + <usize>(k % ring) * rowBytes;
    const b = bs + <usize>(k % ring) * rowBytes;
    coefficientRow(momentLines, lineBytes, side, share, eps, A_UNITS, B_UNITS, a, b, lineCount);
    const aGone = k >= side ? as + <usize>((k - side) % ring) * rowBytes : nothing;
    const bGone = k >= side ? bs + <usize>((k - side) % ring) * rowBytes : nothing;
    pairRow(a, aGone, b, bGone, pairs, pairLines, lineBytes, lineCount);
    const o = k - 2 * radius;
    if (o < 0) continue;
    const guideHere = guides + <usize>((o + border) % guideRing) * rowBytes + (border << 1);
    clearRow(
      input + <usize>o * inStride, output + <usize>o * outStride, width, channels, wide, tables, guideHere, pairLines, lineBytes,
      side, share, slope, clear, least, protect, airR, airG, airB,
    );
  }
}

/** So that products of guide and darkness sum up to less than 2^31. */
// @ts-ignore: decorator
@inline
function centre(row: usize, count: i32): void {
  const middle = held(i16x8.splat(<i16>MIDDLE));
  for (let x = 0; x < count; x += 8) v128.store(row + (x << 1), i16x8.sub(v128.load(row + (x << 1)), middle));
}

export function dehazeU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, scratch: usize, share: f32, eps: f32, slope: f32, clear: f32, least: f32, protect: f32,
  airR: f32, airG: f32, airB: f32, partR: f32, partG: f32, partB: f32,
): void {
  dehaze(
    input, inStride, output, outStride, width, height, channels, false, radius, scratch, share, eps, slope, clear, least,
    protect, airR, airG, airB, partR, partG, partB,
  );
}

export function dehazeU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, scratch: usize, share: f32, eps: f32, slope: f32, clear: f32, least: f32, protect: f32,
  airR: f32, airG: f32, airB: f32, partR: f32, partG: f32, partB: f32,
): void {
  dehaze(
    input, inStride, output, outStride, width, height, channels, true, radius, scratch, share, eps, slope, clear, least,
    protect, airR, airG, airB, partR, partG, partB,
  );
}

// ---------------------------------------------------------------- the air's light

const BINS: i32 = 256;

/** The least channel of each pixel as u16. Neighbouring samples first, then only the places where a pixel begins. */
// @ts-ignore: decorator
@inline
function leastRow(input: usize, count: i32, channels: i32, wide: bool, tables: usize, out: usize): void {
  const mask = v128.load(tables);
  const mask2 = v128.load(tables, 16);
  const green: usize = channels < 3 ? 0 : wide ? 2 : 1;
  const blue: usize = green << 1;
  const step: usize = channels << (wide ? 3 : 2);
  const next: usize = wide ? step >> 1 : 0;
  for (let x = 0; x < count; x += 4) {
    const low = planeOf(leastAt(input, green, blue, wide), wide ? leastAt(input + next, green, blue, wide) : mask, mask, mask2, wide);
    v128.store64_lane(out + (x << 1), packU16(low, low), 0);
    input += step;
  }
}

// @ts-ignore: decorator
@inline
function leastAt(at: usize, green: usize, blue: usize, wide: bool): v128 {
  const red = v128.load(at);
  if (wide) return i16x8.min_u(i16x8.min_u(red, v128.load(at + green)), v128.load(at + blue));
  return i8x16.min_u(i8x16.min_u(red, v128.load(at + green)), v128.load(at + blue));
}

/**
 * Bins of the dark channel at `bins`: f64 pairs of a count and the largest pixel (haze.ts says how it is packed).
 * Once `enough` pixels are in the bins from some one on, what lies below can't be asked for any more and is not counted:
 * the sky is, the land is not.
 */
// @ts-ignore: decorator
@inline
function count(
  input: usize, inStride: usize, width: i32, height: i32, channels: i32, wide: bool, scratch: usize, bins: usize, enough: f64,
): void {
  const sampleBytes = wide ? 2 : 1;
  const shift = wide ? 8 : 0;
  const wideCount = width + 2 * ERODE_RADIUS;
  const rowBytes = rowBytesOf(wideCount, 2);
  const tables = scratch;
  const leastOfRow = tables + PLANE_TABLE_BYTES;
  const dark = leastOfRow + rowBytes;
  const erodeRows = dark + rowBytes;
  planeTables(tables, channels, sampleBytes);
  memory.fill(bins, 0, BINS << 4);
  const pixelBytes = channels * sampleBytes;
  const green = channels < 3 ? 0 : sampleBytes;
  let floor = 0;
  let row = input - <usize>ERODE_RADIUS * inStride - ERODE_RADIUS * pixelBytes;
  for (let j = 0; j < height + 2 * ERODE_RADIUS; j++, row += inStride) {
    leastRow(row, wideCount, channels, wide, tables, leastOfRow);
    erodeRow(leastOfRow, j, dark, erodeRows, rowBytes, width);
    const o = j - 2 * ERODE_RADIUS;
    if (o < 0) continue;
    const pixels = input + <usize>o * inStride;
    const lowest = i16x8.splat(<i16>(floor << shift));
    for (let first = 0; first < width; first += 8) {
      if (!v128.any_true(i16x8.ge_u(v128.load(dark + (first << 1)), lowest))) continue;
      const end = min(first + 8, width);
      for (let x = first; x < end; x++) {
        const bin = <i32>load<u16>(dark + (x << 1)) >> shift;
        if (bin < floor) continue;
        const at = pixels + x * pixelBytes;
        const r: u32 = wide ? load<u16>(at) : load<u8>(at);
        const g: u32 = wide ? load<u16>(at + green) : load<u8>(at + green);
        const b: u32 = wide ? load<u16>(at + (green << 1)) : load<u8>(at + (green << 1));
        const pixel = <f64>(((<u64>(r + g + b)) << 32) | (<u64>((r << 16) | g)));
        const into = bins + (bin << 4);
        store<f64>(into, load<f64>(into) + 1);
        if (pixel > load<f64>(into, 8)) store<f64>(into, pixel, 8);
      }
    }
    let found: f64 = 0;
    for (let bin = BINS - 1; bin >= floor; bin--) {
      found += load<f64>(bins + (bin << 4));
      if (found >= enough) {
        floor = bin;
        break;
      }
    }
  }
}

export function dehazeCountU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  scratch: usize, bins: usize, enough: f64,
): void {
  count(input, inStride, width, height, channels, false, scratch, bins, enough);
}

export function dehazeCountU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  scratch: usize, bins: usize, enough: f64,
): void {
  count(input, inStride, width, height, channels, true, scratch, bins, enough);
}
