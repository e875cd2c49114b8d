/**
 * Owns the SIMD passes of the Gaussian: columns into a row of exact sums, that row into pixels. Two filters end in it.
 * Knows where scratch lies only through the pointers given (gaussian.ts lays it out and writes the weights).
 *
 * Columns first: a strip of rows then costs no row twice, whatever its halo. Sums are kept whole between the passes
 * (16 bits for 8, 32 bits for 16), so the one rounding is at the end, as in OpenCV's bit-exact path.
 */
import { alphaMask8, alphaMask16, held, packU16, signBits, zipHigh, zipLow } from './lanes.as';

/** 1.5 * 2^23: adding it to an f32 below 2^22 leaves the nearest integer (ties to even) in the low bits. */
const ROUND_F32: f32 = 12582912.0;
const ROUND_BITS: i32 = 0x4b400000;

// Scratch, as gaussian.ts lays it out: tap pairs and the excess (i32), for 8 bits the weights (u16), then rows.
// @ts-ignore: decorator
@inline
function aligned(bytes: usize): usize {
  return (bytes + 15) & ~15;
}

// @ts-ignore: decorator
@inline
function afterPairs(scratch: usize, radius: i32): usize {
  return scratch + aligned((radius + 2) << 2);
}

/** A row of 16-bit sums with the slack that kernels write past it. */
// @ts-ignore: decorator
@inline
function rowBytes(samples: i32): usize {
  return aligned((samples << 1) + 64);
}

/**
 * One row of column sums of 8-bit samples: 16-bit sums, 32,768 taken off. `row` is the first sample of the middle row.
 * Rows above and below share their weight: added first, one multiplication serves two taps.
 */
function columns8(row: usize, stride: usize, samples: i32, radius: i32, weights: usize, sums: usize): void {
  const sign = signBits();
  for (let i = 0; i < samples; i += 32) {
    const middle = row + i;
    let w = v128.load16_splat(weights);
    let a = i16x8.mul(v128.load8x8_u(middle), w);
    let b = i16x8.mul(v128.load8x8_u(middle, 8), w);
    let c = i16x8.mul(v128.load8x8_u(middle, 16), w);
    let d = i16x8.mul(v128.load8x8_u(middle, 24), w);
    let above = middle;
    let below = middle;
    let weight = weights;
    for (let k = 0; k < radius; k++) {
      above -= stride;
      below += stride;
      weight += 2;
      w = v128.load16_splat(weight);
      a = i16x8.add(a, i16x8.mul(i16x8.add(v128.load8x8_u(above), v128.load8x8_u(below)), w));
      b = i16x8.add(b, i16x8.mul(i16x8.add(v128.load8x8_u(above, 8), v128.load8x8_u(below, 8)), w));
      c = i16x8.add(c, i16x8.mul(i16x8.add(v128.load8x8_u(above, 16), v128.load8x8_u(below, 16)), w));
      d = i16x8.add(d, i16x8.mul(i16x8.add(v128.load8x8_u(above, 24), v128.load8x8_u(below, 24)), w));
    }
    const out = sums + (i << 1);
    v128.store(out, v128.xor(a, sign));
    v128.store(out, v128.xor(b, sign), 16);
    v128.store(out, v128.xor(c, sign), 32);
    v128.store(out, v128.xor(d, sign), 48);
  }
}

/** Beside every sum its neighbour of the same channel to the right, ready for dot products of two taps. */
function pair(sums: usize, samples: i32, channels: i32, pairs: usize): void {
  const step: usize = channels << 1;
  for (let i = 0; i < samples; i += 8) {
    const here = sums + (i << 1);
    const a = v128.load(here);
    const b = v128.load(here + step);
    const out = pairs + (i << 2);
    v128.store(out, zipLow(a, b));
    v128.store(out, zipHigh(a, b), 16);
  }
}

/** Sums as the integers above their lower 16 bits. */
// @ts-ignore: decorator
@inline
function levels(low: v128, high: v128): v128 {
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, 16), i32x4.shr_s(high, 16));
}

/** in + amount * (in - blurred) on 8 lanes of 16 bits, where the difference reaches the threshold. */
// @ts-ignore: decorator
@inline
function sharpened8(input: v128, blurred: v128, amount: v128, threshold: v128, round: v128, bits: v128): v128 {
  let d = i16x8.sub(input, blurred);
  d = v128.and(d, i16x8.ge_s(i16x8.abs(d), threshold));
  return i16x8.add(
    input,
    i16x8.narrow_i32x4_s(
      scaled(i32x4.extend_low_i16x8_s(d), amount, round, bits),
      scaled(i32x4.extend_high_i16x8_s(d), amount, round, bits),
    ),
  );
}

/** round(d * amount) in single precision: one multiplication, one rounding, in this order. */
// @ts-ignore: decorator
@inline
function scaled(d: v128, amount: v128, round: v128, bits: v128): v128 {
  return i32x4.sub(f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(d), amount), round), bits);
}

// @ts-ignore: decorator
@inline
export function blurTile8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, scratch: usize, sharpen: bool, amount: f32, threshold: i32,
): void {
  const samples = width * channels;
  const halo = radius * channels;
  const tapPairs = scratch;
  const weights = afterPairs(scratch, radius);
  const sums = weights + aligned((radius + 1) << 1);
  const pairs = sums + rowBytes(samples + 2 * halo);
  const alpha = alphaMask8(channels);
  const step: usize = channels << 3;
  const amounts = f32x4.splat(amount);
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  const thresholds = i16x8.splat(<i16>threshold);
  // 2^23 puts back what the sign bits took off, 2^15 rounds.
  const bias = held(i32x4.splat(0x808000));
  for (let y = 0; y < height; y++) {
    columns8(input - halo, inStride, samples + 2 * halo, radius, weights, sums);
    pair(sums, samples + 2 * halo, channels, pairs);
    // Eight sums a turn: a tenth faster than four, weights are fetched half as often.
    for (let i = 0; i < samples; i += 32) {
      let a = bias;
      let b = bias;
      let c = bias;
      let d = bias;
      let e = bias;
      let f = bias;
      let g = bias;
      let h = bias;
      let at = pairs + (i << 2);
      for (let k = 0; k <= radius; k++) {
        const w = v128.load32_splat(tapPairs + (k << 2));
        a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(at), w));
        b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(at, 16), w));
        c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load(at, 32), w));
        d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load(at, 48), w));
        e = i32x4.add(e, i32x4.dot_i16x8_s(v128.load(at, 64), w));
        f = i32x4.add(f, i32x4.dot_i16x8_s(v128.load(at, 80), w));
        g = i32x4.add(g, i32x4.dot_i16x8_s(v128.load(at, 96), w));
        h = i32x4.add(h, i32x4.dot_i16x8_s(v128.load(at, 112), w));
        at += step;
      }
      const left = v128.load(input + i);
      const right = v128.load(input + i, 16);
      let l0 = levels(a, b);
      let l1 = levels(c, d);
      let l2 = levels(e, f);
      let l3 = levels(g, h);
      if (sharpen) {
        l0 = sharpened8(i16x8.extend_low_i8x16_u(left), l0, amounts, thresholds, round, bits);
        l1 = sharpened8(i16x8.extend_high_i8x16_u(left), l1, amounts, thresholds, round, bits);
        l2 = sharpened8(i16x8.extend_low_i8x16_u(right), l2, amounts, thresholds, round, bits);
        l3 = sharpened8(i16x8.extend_high_i8x16_u(right), l3, amounts, thresholds, round, bits);
      }
      v128.store(output + i, v128.bitselect(left, i8x16.narrow_i16x8_u(l0, l1), alpha));
      v128.store(output + i, v128.bitselect(right, i8x16.narrow_i16x8_u(l2, l3), alpha), 16);
    }
    input += inStride;
    output += outStride;
  }
}

/**
 * One row of column sums of 16-bit samples: 32-bit sums split into their halves, each with 32,768 taken off.
 * Weights reach 65,030 and a dot product reads signed 16 bits: what is over 32,767 comes as `excess` of the middle.
 */
function columns16(row: usize, stride: usize, samples: i32, radius: i32, tapPairs: usize, high: usize, low: usize): void {
  const excess = v128.load32_splat(tapPairs + ((radius + 1) << 2));
  const lowHalf = held(i32x4.splat(0xffff));
  const sign = signBits();
  for (let i = 0; i < samples; i += 16) {
    const middle = row + (i << 1);
    let first = v128.xor(v128.load(middle), sign);
    let second = v128.xor(v128.load(middle, 16), sign);
    let a = i32x4.dot_i16x8_s(zipLow(first, first), excess);
    let b = i32x4.dot_i16x8_s(zipHigh(first, first), excess);
    let c = i32x4.dot_i16x8_s(zipLow(second, second), excess);
    let d = i32x4.dot_i16x8_s(zipHigh(second, second), excess);
    let at = middle - <usize>radius * stride;
    for (let k = 0; k <= radius; k++) {
      const w = v128.load32_splat(tapPairs + (k << 2));
      const next = at + stride;
      first = v128.xor(v128.load(at), sign);
      second = v128.xor(v128.load(next), sign);
      a = i32x4.add(a, i32x4.dot_i16x8_s(zipLow(first, second), w));
      b = i32x4.add(b, i32x4.dot_i16x8_s(zipHigh(first, second), w));
      first = v128.xor(v128.load(at, 16), sign);
      second = v128.xor(v128.load(next, 16), sign);
      c = i32x4.add(c, i32x4.dot_i16x8_s(zipLow(first, second), w));
      d = i32x4.add(d, i32x4.dot_i16x8_s(zipHigh(first, second), w));
      at = next + stride;
    }
    const out: usize = i << 1;
    v128.store(high + out, levels(a, b));
    v128.store(high + out, levels(c, d), 16);
    v128.store(low + out, v128.xor(packU16(v128.and(a, lowHalf), v128.and(b, lowHalf)), sign));
    v128.store(low + out, v128.xor(packU16(v128.and(c, lowHalf), v128.and(d, lowHalf)), sign), 16);
  }
}

// @ts-ignore: decorator
@inline
export function blurTile16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, scratch: usize, sharpen: bool, amount: f32, threshold: i32,
): void {
  const samples = width * channels;
  const halo = radius * channels;
  const row = rowBytes(samples + 2 * halo);
  const tapPairs = scratch;
  const high = afterPairs(scratch, radius);
  const low = high + row;
  const highPairs = low + row;
  const lowPairs = highPairs + (row << 1);
  const alpha = alphaMask16(channels);
  const step: usize = channels << 3;
  const amounts = f32x4.splat(amount);
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  const thresholds = i32x4.splat(threshold);
  const excess = v128.load32_splat(tapPairs + ((radius + 1) << 2));
  // 2^31 puts back what the sign bits took off; 2^15 rounds the sum of both halves.
  const highBias = held(i32x4.splat(<i32>0x80008000));
  const lowBias = held(i32x4.splat(<i32>0x80000000));
  for (let y = 0; y < height; y++) {
    columns16(input - (halo << 1), inStride, samples + 2 * halo, radius, tapPairs, high, low);
    pair(high, samples + 2 * halo, channels, highPairs);
    pair(low, samples + 2 * halo, channels, lowPairs);
    for (let i = 0; i < samples; i += 8) {
      const first: usize = i << 2;
      const middle: usize = (i + halo) << 2;
      let a = i32x4.add(highBias, i32x4.dot_i16x8_s(v128.load(highPairs + middle), excess));
      let b = i32x4.add(highBias, i32x4.dot_i16x8_s(v128.load(highPairs + middle, 16), excess));
      let c = i32x4.add(lowBias, i32x4.dot_i16x8_s(v128.load(lowPairs + middle), excess));
      let d = i32x4.add(lowBias, i32x4.dot_i16x8_s(v128.load(lowPairs + middle, 16), excess));
      let atHigh = highPairs + first;
      let atLow = lowPairs + first;
      for (let k = 0; k <= radius; k++) {
        const w = v128.load32_splat(tapPairs + (k << 2));
        a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(atHigh), w));
        b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(atHigh, 16), w));
        c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load(atLow), w));
        d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load(atLow, 16), w));
        atHigh += step;
        atLow += step;
      }
      a = i32x4.shr_u(i32x4.add(a, i32x4.shr_u(c, 16)), 16);
      b = i32x4.shr_u(i32x4.add(b, i32x4.shr_u(d, 16)), 16);
      const original = v128.load(input + (i << 1));
      if (sharpen) {
        a = sharpened16(i32x4.extend_low_i16x8_u(original), a, amounts, thresholds, round, bits);
        b = sharpened16(i32x4.extend_high_i16x8_u(original), b, amounts, thresholds, round, bits);
      }
      v128.store(output + (i << 1), v128.bitselect(original, packU16(a, b), alpha));
    }
    input += inStride;
    output += outStride;
  }
}

// @ts-ignore: decorator
@inline
function sharpened16(input: v128, blurred: v128, amount: v128, threshold: v128, round: v128, bits: v128): v128 {
  let d = i32x4.sub(input, blurred);
  d = v128.and(d, i32x4.ge_s(i32x4.abs(d), threshold));
  return i32x4.add(input, scaled(d, amount, round, bits));
}
