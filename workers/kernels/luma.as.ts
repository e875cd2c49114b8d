/**
 * Owns the luma of luma.ts in kernels: of four pixels at once, or of one whose place is known. Weights are of 15 bits, so
 * every sum is exact in 32. Constants are handed in, so that callers hold them in registers (see lanes.as.ts).
 */

export const RED: i32 = 9798;
export const GREEN: i32 = 19235;
export const BLUE: i32 = 3735;
export const HALF: i32 = 1 << 14;

/** Red and blue of luma8's dot product. */
export const RED_BLUE: i32 = (BLUE << 16) | RED;

/**
 * Four pixels of r, g, b, anything as bytes of an i32: their luma as i32. `low` is 0xff in 16-bit lanes, `redBlue` RED_BLUE,
 * `green` GREEN and `half` HALF in 32-bit lanes.
 */
// @ts-ignore: decorator
@inline
export function luma8(pixels: v128, low: v128, redBlue: v128, green: v128, half: v128): v128 {
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(v128.and(pixels, low), redBlue),
    i32x4.dot_i16x8_s(i16x8.shr_u(pixels, 8), green),
  );
  return i32x4.shr_u(i32x4.add(sum, half), 15);
}

/**
 * Two vectors of two pixels r, g, b, anything as u16: the luma of the four as i32. `sign` as in lanes.as.ts, `weights`
 * RED, GREEN, BLUE, 0 twice; `bias` is HALF with the 2^30 that puts back the 32,768 the sign took off, times 2^15.
 */
// @ts-ignore: decorator
@inline
export function luma16(first: v128, second: v128, sign: v128, weights: v128, bias: v128): v128 {
  const a = i32x4.dot_i16x8_s(v128.xor(first, sign), weights);
  const b = i32x4.dot_i16x8_s(v128.xor(second, sign), weights);
  const sum = i32x4.add(v128.shuffle<u32>(a, b, 0, 2, 4, 6), v128.shuffle<u32>(a, b, 1, 3, 5, 7));
  return i32x4.shr_u(i32x4.add(sum, bias), 15);
}

export const BIAS_16: i32 = (1 << 30) + HALF;

// @ts-ignore: decorator
@inline
export function weights16(): v128 {
  return i16x8(<i16>RED, <i16>GREEN, <i16>BLUE, 0, <i16>RED, <i16>GREEN, <i16>BLUE, 0);
}

/** Of the pixel whose red stands at `at`. */
// @ts-ignore: decorator
@inline
export function lumaAt<T>(at: usize): usize {
  const red = <i32>load<T>(at);
  const green = <i32>load<T>(at, sizeof<T>());
  const blue = <i32>load<T>(at, 2 * sizeof<T>());
  return <usize>((<u32>(red * RED + green * GREEN + blue * BLUE + HALF)) >>> 15);
}

/** Red, green and blue moved alike, so that the luma moves and the colour's own part stays; clipped. */
// @ts-ignore: decorator
@inline
export function moveColours<T>(from: usize, to: usize, by: i32): void {
  store<T>(to, clipped<T>(<i32>load<T>(from) + by));
  store<T>(to, clipped<T>(<i32>load<T>(from, sizeof<T>()) + by), sizeof<T>());
  store<T>(to, clipped<T>(<i32>load<T>(from, 2 * sizeof<T>()) + by), 2 * sizeof<T>());
}

// @ts-ignore: decorator
@inline
function clipped<T>(value: i32): T {
  const white: i32 = sizeof<T>() == 1 ? 255 : 65535;
  return <T>(value < 0 ? 0 : value > white ? white : value);
}
