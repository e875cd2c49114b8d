/**
 * Convolution in SIMD, bit for bit scalar.ts: samples become single precision once, in a ring of rows; then each weight
 * is a load, a multiplication and an addition for four samples, always in the order of the weights.
 *
 * Whole weights on 8 bits, whose sums stay below 2^24, come to the same in any order: there the ring holds each sample
 * beside its right neighbour as 16-bit integers, and one dot product does two weights.
 */
import { aligned } from '../../kernels/blur-rows.as';
import { alphaMask16, alphaMask8, zipHigh, zipLow } from '../../kernels/lanes.as';

// @ts-ignore: decorator
@inline
function toFloats<T>(from: usize, samples: i32, to: usize): void {
  for (const end = to + (<usize>samples << 2); to < end; to += 32, from += 8 * sizeof<T>()) {
    const eight = sizeof<T>() == 1 ? v128.load8x8_u(from) : v128.load(from);
    v128.store(to, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(eight)));
    v128.store(to, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(eight)), 16);
  }
}

function toPairs(from: usize, samples: i32, channels: i32, to: usize): void {
  for (const end = to + (<usize>samples << 2); to < end; to += 32, from += 8) {
    const here = v128.load8x8_u(from);
    const right = v128.load8x8_u(from + channels);
    v128.store(to, zipLow(here, right));
    v128.store(to, zipHigh(here, right), 16);
  }
}

/** `sum` and four samples more, times their weight (or two of each). */
// @ts-ignore: decorator
@inline
function plus(sum: v128, samples: v128, weight: v128, whole: bool): v128 {
  if (whole) return i32x4.add(sum, i32x4.dot_i16x8_s(samples, weight));
  return f32x4.add(sum, f32x4.mul(samples, weight));
}

// @ts-ignore: decorator
@inline
function level(sum: v128, divisor: v128, offset: v128, whole: bool, undivided: bool, levels: v128): v128 {
  if (whole) {
    if (undivided) return i32x4.add(sum, levels);
    sum = f32x4.convert_i32x4_s(sum);
  }
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.add(f32x4.div(sum, divisor), offset)));
}

// @ts-ignore: decorator
@inline
function convolveTile<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  count: i32, wide: i32, high: i32, divisor: f32, offset: f32, blockSamples: i32, taps: usize, whole: bool,
): void {
  const samples = width * channels;
  const overlap = (wide - 1) * channels;
  const row = aligned((<usize>(blockSamples + overlap) << 2) + 64);
  const places = taps + <usize>count * 12;
  const placesEnd = places + (<usize>count << 3);
  const ring = taps + aligned(<usize>count * 20);
  const alpha = sizeof<T>() == 1 ? alphaMask8(channels) : alphaMask16(channels);
  const divisors = f32x4.splat(divisor);
  const offsets = f32x4.splat(offset);
  const undivided = divisor == 1;
  const levels = i32x4.splat(<i32>offset);
  const first = input - <usize>(high >> 1) * inStride - <usize>((wide >> 1) * channels) * sizeof<T>();

  for (let left = 0; left < samples; left += blockSamples) {
    const some = min(blockSamples, samples - left);
    let from = first + <usize>left * sizeof<T>();
    for (let r = 0; r < height + high - 1; r++, from += inStride) {
      const fresh = ring + <usize>(r % high) * row;
      if (whole) toPairs(from, some + overlap, channels, fresh);
      else toFloats<T>(from, some + overlap, fresh);
      const y = r - high + 1;
      if (y < 0) continue;
      for (let at = places, tap = taps; at < placesEnd; at += 8, tap += 12) {
        const line = <usize>((y + load<i32>(tap, 4)) % high) * row;
        store<usize>(at, ring + line + (<usize>(load<i32>(tap) * channels) << 2));
        store<u32>(at, load<u32>(tap, 8), 4);
      }
      const original = input + <usize>y * inStride + <usize>left * sizeof<T>();
      const result = output + <usize>y * outStride + <usize>left * sizeof<T>();
      for (let i = 0; i < some; i += 16) {
        let a = f32x4.splat(0);
        let b = a;
        let c = a;
        let d = a;
        for (let place = places; place < placesEnd; place += 8) {
          const at = load<usize>(place) + (<usize>i << 2);
          const weight = v128.load32_splat(place, 4);
          a = plus(a, v128.load(at), weight, whole);
          b = plus(b, v128.load(at, 16), weight, whole);
          c = plus(c, v128.load(at, 32), weight, whole);
          d = plus(d, v128.load(at, 48), weight, whole);
        }
        a = level(a, divisors, offsets, whole, undivided, levels);
        b = level(b, divisors, offsets, whole, undivided, levels);
        c = level(c, divisors, offsets, whole, undivided, levels);
        d = level(d, divisors, offsets, whole, undivided, levels);
        const at = <usize>i * sizeof<T>();
        if (sizeof<T>() == 1) {
          const all = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
          v128.store(result + at, v128.bitselect(v128.load(original + at), all, alpha));
        } else {
          v128.store(result + at, v128.bitselect(v128.load(original + at), i16x8.narrow_i32x4_u(a, b), alpha));
          const half = i16x8.narrow_i32x4_u(c, d);
          v128.store(result + at, v128.bitselect(v128.load(original + at, 16), half, alpha), 16);
        }
      }
    }
  }
}

export function convolveU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  count: i32, wide: i32, high: i32, divisor: f32, offset: f32, blockSamples: i32, taps: usize, whole: bool,
): void {
  if (whole) {
    convolveTile<u8>(
      input, inStride, output, outStride, width, height, channels,
      count, wide, high, divisor, offset, blockSamples, taps, true,
    );
  } else {
    convolveTile<u8>(
      input, inStride, output, outStride, width, height, channels,
      count, wide, high, divisor, offset, blockSamples, taps, false,
    );
  }
}

export function convolveU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  count: i32, wide: i32, high: i32, divisor: f32, offset: f32, blockSamples: i32, taps: usize, _whole: bool,
): void {
  convolveTile<u16>(
    input, inStride, output, outStride, width, height, channels,
    count, wide, high, divisor, offset, blockSamples, taps, false,
  );
}
