/** Colour key in SIMD, four pixels a turn, bit for bit scalar.ts. Grey is a colour of three equal parts. */
import { ROUND_BITS, ROUND_F32 } from '../../kernels/blur-rows.as';
import { held, packU16 } from '../../kernels/lanes.as';
import { blueAlpha, redGreen, spread16, spread8, storeRgb16, storeRgb8 } from '../../kernels/rgb.as';

/** Opacity times alpha as i32 lanes; `key` is red, green, blue, tolerance. */
// @ts-ignore: decorator
@inline
function keyed(r: v128, g: v128, b: v128, alpha: v128, key: v128, slope: v128, round: v128, bits: v128): v128 {
  const red = i32x4.abs(i32x4.sub(r, v128.shuffle<u32>(key, key, 0, 0, 0, 0)));
  const green = i32x4.abs(i32x4.sub(g, v128.shuffle<u32>(key, key, 1, 1, 1, 1)));
  const blue = i32x4.abs(i32x4.sub(b, v128.shuffle<u32>(key, key, 2, 2, 2, 2)));
  const distance = i32x4.max_s(red, i32x4.max_s(green, blue));
  const over = i32x4.max_s(i32x4.sub(distance, v128.shuffle<u32>(key, key, 3, 3, 3, 3)), i32x4.splat(0));
  const opacity = f32x4.pmin(f32x4.mul(f32x4.convert_i32x4_s(over), slope), f32x4.splat(1));
  return i32x4.sub(f32x4.add(f32x4.mul(opacity, f32x4.convert_i32x4_s(alpha)), round), bits);
}

export function colorKeyU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  red: i32, green: i32, blue: i32, tolerance: i32, slope: f32,
): void {
  const spread = held(spread8());
  const low = held(i32x4.splat(0xff));
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  const key = keyVector(red, green, blue, tolerance);
  const slopes = f32x4.splat(slope);
  const inStep: usize = channels << 2;
  const outStep: usize = channels < 3 ? 8 : 16;
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = input, to = output; x < width; x += 4, from += inStep, to += outStep) {
      if (channels < 3) {
        // Grey and alpha as 16 bits a pixel: without alpha the upper half is none.
        const pixels = channels == 1 ? i32x4.extend_low_i16x8_u(v128.load8x8_u(from)) : v128.load16x4_u(from);
        const grey = v128.and(pixels, low);
        const alpha = channels == 1 ? low : i32x4.shr_u(pixels, 8);
        const made = keyed(grey, grey, grey, alpha, key, slopes, round, bits);
        const packed = v128.or(grey, i32x4.shl(made, 8));
        v128.store(to, packU16(packed, packed));
      } else {
        const pixels = channels == 3 ? i8x16.swizzle(v128.load(from), spread) : v128.load(from);
        const r = v128.and(pixels, low);
        const g = v128.and(i32x4.shr_u(pixels, 8), low);
        const b = v128.and(i32x4.shr_u(pixels, 16), low);
        const alpha = channels == 3 ? low : i32x4.shr_u(pixels, 24);
        storeRgb8(to, r, g, b, keyed(r, g, b, alpha, key, slopes, round, bits), 4);
      }
    }
    input += inStride;
    output += outStride;
  }
}

export function colorKeyU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  red: i32, green: i32, blue: i32, tolerance: i32, slope: f32,
): void {
  const spread = held(spread16());
  const low = held(i32x4.splat(0xffff));
  const round = held(f32x4.splat(ROUND_F32));
  const bits = held(i32x4.splat(ROUND_BITS));
  const key = keyVector(red, green, blue, tolerance);
  const slopes = f32x4.splat(slope);
  const inStep: usize = channels << 3;
  const outStep: usize = channels < 3 ? 16 : 32;
  for (let y = 0; y < height; y++) {
    for (let x = 0, from = input, to = output; x < width; x += 4, from += inStep, to += outStep) {
      if (channels < 3) {
        const pixels = channels == 1 ? v128.load16x4_u(from) : v128.load(from);
        const grey = v128.and(pixels, low);
        const alpha = channels == 1 ? low : i32x4.shr_u(pixels, 16);
        v128.store(to, v128.or(grey, i32x4.shl(keyed(grey, grey, grey, alpha, key, slopes, round, bits), 16)));
      } else {
        const first = channels == 3 ? i8x16.swizzle(v128.load(from), spread) : v128.load(from);
        const second = channels == 3 ? i8x16.swizzle(v128.load(from, 12), spread) : v128.load(from, 16);
        const rg = redGreen(first, second);
        const ba = blueAlpha(first, second);
        const r = v128.and(rg, low);
        const g = i32x4.shr_u(rg, 16);
        const b = v128.and(ba, low);
        const alpha = channels == 3 ? low : i32x4.shr_u(ba, 16);
        storeRgb16(to, r, g, b, keyed(r, g, b, alpha, key, slopes, round, bits), 4);
      }
    }
    input += inStride;
    output += outStride;
  }
}

// @ts-ignore: decorator
@inline
function keyVector(red: i32, green: i32, blue: i32, tolerance: i32): v128 {
  let key = i32x4.splat(red);
  key = i32x4.replace_lane(key, 1, green);
  key = i32x4.replace_lane(key, 2, blue);
  return i32x4.replace_lane(key, 3, tolerance);
}
