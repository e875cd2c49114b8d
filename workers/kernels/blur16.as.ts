/**
 * Owns the Gaussian of 16-bit samples in SIMD: columns into a row of exact sums, that row into pixels. Two filters end in it.
 * 4K RGB, sigma 1.4, one thread, copies in and out included (node test/perf/kernels.ts, least of 9): Node 24 49.8 ms,
 * Electron 42 48.5; OpenCV 4.6 with one thread 58.2.
 */
import { afterPairs, levels, pair, ROUND_BITS, ROUND_F32, rowBytes, scaled } from './blur-rows.as';
import { alphaMask16, held, packU16, signBits, zipHigh, zipLow } from './lanes.as';

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
export function sharpened16(input: v128, blurred: v128, amount: v128, threshold: v128, round: v128, bits: v128): v128 {
  let d = i32x4.sub(input, blurred);
  d = v128.and(d, i32x4.ge_s(i32x4.abs(d), threshold));
  return i32x4.add(input, scaled(d, amount, round, bits));
}
