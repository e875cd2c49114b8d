/**
 * Owns the Gaussian of large sigma in SIMD: averages of cells, blurred across and down, interpolated to pixels again.
 * What it does and why is said in coarse-blur.ts, whose scalar twin it equals bit for bit. Two filters end in it.
 */
import { sharpened16 } from './blur16.as';
import { sharpened8 } from './blur8.as';
import { aligned, ROUND_BITS, ROUND_F32 } from './blur-rows.as';
import { alphaMask16, alphaMask8, held, packU16 } from './lanes.as';

/** A row of f32 or i32 with the slack that loops run over. */
// @ts-ignore: decorator
@inline
function floatRow(samples: i32): usize {
  return aligned((<usize>samples << 2) + 128);
}

/** `left`, `top`: where the tile stands in the picture; cells are counted from the picture's corner. */
// @ts-ignore: decorator
@inline
export function coarseTile(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, shift: i32, left: i32, top: i32, scratch: usize, wide: bool, sharpen: bool, amount: f32, threshold: i32,
): void {
  const side = 1 << shift;
  const firstX = (left >> shift) - 1;
  const firstY = (top >> shift) - 1;
  const across = ((left + width - 1) >> shift) + 2 - firstX;
  const down = ((top + height - 1) >> shift) + 2 - firstY;
  const cellsAcross = across + 2 * radius;
  const cellRow = floatRow(cellsAcross * channels);
  const pixelRow = floatRow((cellsAcross << shift) * channels);

  const weights = scratch;
  const spline = weights + aligned((radius + 1) << 2);
  const sums = spline + aligned(12 << shift);
  const spread = sums + pixelRow;
  const before = spread + pixelRow;
  const here = before + pixelRow;
  const behind = here + pixelRow;
  const averages = behind + pixelRow;
  const line = averages + cellRow;
  const rows = line + cellRow;
  const cells = rows + <usize>(down + 2 * radius) * cellRow;

  const sampleShift = wide ? 1 : 0;
  const x0 = ((firstX - radius) << shift) - left;
  const y0 = ((firstY - radius) << shift) - top;
  let from = input + <usize>(y0 * <i32>inStride) + <usize>((x0 * channels) << sampleShift);
  for (let j = 0; j < down + 2 * radius; j++) {
    columnSums(from, inStride, (cellsAcross << shift) * channels, side, sums, wide);
    average(sums, cellsAcross, channels, shift, averages);
    weigh(averages + <usize>((radius * channels) << 2), channels << 2, rows + <usize>j * cellRow, across * channels, weights, radius);
    from += inStride << shift;
  }
  for (let j = 0; j < down; j++) {
    weigh(rows + <usize>(j + radius) * cellRow, cellRow, cells + <usize>j * cellRow, across * channels, weights, radius);
  }

  for (let x = 0, at: usize = 0; x < across << shift; x++) {
    const place = spline + <usize>((x & (side - 1)) * 12);
    for (let c = 0; c < channels; c++, at += 4) {
      store<f32>(before + at, load<f32>(place));
      store<f32>(here + at, load<f32>(place, 4));
      store<f32>(behind + at, load<f32>(place, 8));
    }
  }
  const start = <usize>(((left - (firstX << shift)) * channels) << 2);
  const reach = <usize>((channels << shift) << 2);
  for (let y = 0; y < height; y++) {
    const place = spline + <usize>(((top + y) & (side - 1)) * 12);
    const row = cells + <usize>(((top + y) >> shift) - firstY) * cellRow;
    blend(row, cellRow, place, line, across * channels);
    repeat(line, across, channels, side, spread);
    if (wide) {
      pixels16(input, output, width * channels, spread + start, reach, before + start, here + start, behind + start, alphaMask16(channels), sharpen, amount, threshold);
    } else {
      pixels8(input, output, width * channels, spread + start, reach, before + start, here + start, behind + start, alphaMask8(channels), sharpen, amount, threshold);
    }
    input += inStride;
    output += outStride;
  }
}

/** The sum of `rows` rows below each other, for each sample. */
// @ts-ignore: decorator
@inline
function columnSums(from: usize, stride: usize, samples: i32, rows: i32, sums: usize, wide: bool): void {
  for (let i = 0; i < samples; i += 8) {
    let at = from + (i << (wide ? 1 : 0));
    let low = i32x4.splat(0);
    let high = i32x4.splat(0);
    if (wide) {
      for (let k = 0; k < rows; k++) {
        const row = v128.load(at);
        low = i32x4.add(low, i32x4.extend_low_i16x8_u(row));
        high = i32x4.add(high, i32x4.extend_high_i16x8_u(row));
        at += stride;
      }
    } else {
      let sum = v128.load8x8_u(at);
      for (let k = 1; k < rows; k++) {
        at += stride;
        sum = i16x8.add(sum, v128.load8x8_u(at));
      }
      low = i32x4.extend_low_i16x8_u(sum);
      high = i32x4.extend_high_i16x8_u(sum);
    }
    v128.store(sums + (i << 2), low);
    v128.store(sums + (i << 2), high, 16);
  }
}

/** Cells' averages: a pixel is one vector, whatever stands in its upper lanes is overwritten by the next cell. */
function average(sums: usize, cells: i32, channels: i32, shift: i32, out: usize): void {
  const step: usize = channels << 2;
  const part = f32x4.splat(1 / <f32>(1 << (2 * shift)));
  for (let i = 0; i < cells; i++) {
    let sum = v128.load(sums);
    sums += step;
    for (let k = 1; k < 1 << shift; k++) {
      sum = i32x4.add(sum, v128.load(sums));
      sums += step;
    }
    v128.store(out, f32x4.mul(f32x4.convert_i32x4_s(sum), part));
    out += step;
  }
}

/** A symmetric kernel along a line whose neighbours lie `step` bytes apart. */
function weigh(middle: usize, step: usize, out: usize, samples: i32, weights: usize, radius: i32): void {
  for (let i = 0; i < samples; i += 16) {
    let w = v128.load32_splat(weights);
    let a = f32x4.mul(w, v128.load(middle));
    let b = f32x4.mul(w, v128.load(middle, 16));
    let c = f32x4.mul(w, v128.load(middle, 32));
    let d = f32x4.mul(w, v128.load(middle, 48));
    let above = middle;
    let below = middle;
    let weight = weights;
    for (let k = 0; k < radius; k++) {
      above -= step;
      below += step;
      weight += 4;
      w = v128.load32_splat(weight);
      a = f32x4.add(a, f32x4.mul(w, f32x4.add(v128.load(above), v128.load(below))));
      b = f32x4.add(b, f32x4.mul(w, f32x4.add(v128.load(above, 16), v128.load(below, 16))));
      c = f32x4.add(c, f32x4.mul(w, f32x4.add(v128.load(above, 32), v128.load(below, 32))));
      d = f32x4.add(d, f32x4.mul(w, f32x4.add(v128.load(above, 48), v128.load(below, 48))));
    }
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
    middle += 64;
    out += 64;
  }
}

/** Three rows of cells into the one between them. */
function blend(row: usize, stride: usize, place: usize, out: usize, samples: i32): void {
  const a = v128.load32_splat(place);
  const b = v128.load32_splat(place, 4);
  const c = v128.load32_splat(place, 8);
  for (let i = 0; i < samples; i += 4) {
    const at = row + (i << 2);
    const two = f32x4.add(f32x4.mul(a, v128.load(at - stride)), f32x4.mul(b, v128.load(at)));
    v128.store(out + (i << 2), f32x4.add(two, f32x4.mul(c, v128.load(at + stride))));
  }
}

/** Every cell's samples once for each of its pixels. */
function repeat(line: usize, cells: i32, channels: i32, side: i32, out: usize): void {
  const step: usize = channels << 2;
  if (channels == 1) {
    for (let i = 0; i < cells; i++) {
      const cell = v128.load32_splat(line);
      for (let k = 0; k < side; k += 4) v128.store(out + (k << 2), cell);
      out += side << 2;
      line += 4;
    }
    return;
  }
  for (let i = 0; i < cells; i++) {
    const cell = v128.load(line);
    for (let k = 0; k < side; k++) {
      v128.store(out, cell);
      out += step;
    }
    line += step;
  }
}

/** Four samples between their cells, rounded. */
// @ts-ignore: decorator
@inline
function between(spread: usize, reach: usize, before: usize, here: usize, behind: usize, half: v128): v128 {
  const two = f32x4.add(f32x4.mul(v128.load(before), v128.load(spread - reach)), f32x4.mul(v128.load(here), v128.load(spread)));
  return i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.add(two, f32x4.mul(v128.load(behind), v128.load(spread + reach))), half));
}

// @ts-ignore: decorator
@inline
function pixels8(
  input: usize, output: usize, samples: i32, spread: usize, reach: usize, before: usize, here: usize, behind: usize,
  alpha: v128, sharpen: bool, amount: f32, threshold: i32,
): void {
  const amounts = f32x4.splat(amount);
  const thresholds = i16x8.splat(<i16>threshold);
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  const half = held(f32x4.splat(0.5));
  for (let i = 0; i < samples; i += 8) {
    const at: usize = i << 2;
    const a = between(spread + at, reach, before + at, here + at, behind + at, half);
    const b = between(spread + at + 16, reach, before + at + 16, here + at + 16, behind + at + 16, half);
    const original = v128.load64_zero(input + i);
    let blurred = i16x8.narrow_i32x4_s(a, b);
    if (sharpen) blurred = sharpened8(i16x8.extend_low_i8x16_u(original), blurred, amounts, thresholds, round, bits);
    v128.store64_lane(output + i, v128.bitselect(original, i8x16.narrow_i16x8_u(blurred, blurred), alpha), 0);
  }
}

// @ts-ignore: decorator
@inline
function pixels16(
  input: usize, output: usize, samples: i32, spread: usize, reach: usize, before: usize, here: usize, behind: usize,
  alpha: v128, sharpen: bool, amount: f32, threshold: i32,
): void {
  const amounts = f32x4.splat(amount);
  const thresholds = i32x4.splat(threshold);
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  const half = held(f32x4.splat(0.5));
  for (let i = 0; i < samples; i += 8) {
    const at: usize = i << 2;
    let a = between(spread + at, reach, before + at, here + at, behind + at, half);
    let b = between(spread + at + 16, reach, before + at + 16, here + at + 16, behind + at + 16, half);
    const original = v128.load(input + (i << 1));
    if (sharpen) {
      a = sharpened16(i32x4.extend_low_i16x8_u(original), a, amounts, thresholds, round, bits);
      b = sharpened16(i32x4.extend_high_i16x8_u(original), b, amounts, thresholds, round, bits);
    }
    v128.store(output + (i << 1), v128.bitselect(original, packU16(a, b), alpha));
  }
}
