/**
 * Owns the small SIMD idioms every kernel shares. AssemblyScript, compiled into kernels.wasm by build.ts.
 * Kernels may read and write up to 64 bytes past a row's end (pipeline/layout.ts leaves that slack), so none has a tail loop.
 */

/**
 * A constant that stays in a register through a loop. Newer V8 (13.6, 14.8) builds a v128 constant anew at each use,
 * three or four instructions for what Node 20's 11.3 kept: hidden behind memory that is always zero (the arena starts
 * far behind it), it is computed once, before the loop. Grey of 4K RGB on Node 24: 3.5 ms without, 1.8 with.
 */
// @ts-ignore: decorator
@inline
export function held(constant: v128): v128 {
  return v128.xor(constant, v128.load(0));
}

/** Lanes from 0 to 65,535 of two i32 vectors as one vector of u16. */
// @ts-ignore: decorator
@inline
export function packU16(low: v128, high: v128): v128 {
  return i16x8.narrow_i32x4_u(low, high);
}

/** Four i32 vectors as 16 bytes; lanes below 0 or over 255 are clamped. */
// @ts-ignore: decorator
@inline
export function packU8(a: v128, b: v128, c: v128, d: v128): v128 {
  return i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
}

/** What xor takes off u16 lanes (32,768) so that the signed dot product can read them. */
// @ts-ignore: decorator
@inline
export function signBits(): v128 {
  return held(i16x8.splat(-0x8000));
}

/** a0 b0 a1 b1 a2 b2 a3 b3 of 16-bit lanes (one punpcklwd). */
// @ts-ignore: decorator
@inline
export function zipLow(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-ignore: decorator
@inline
export function zipHigh(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/** Which bits of a row's samples are alpha: the last channel of 2 or 4, none of 1 or 3. */
// @ts-ignore: decorator
@inline
export function alphaMask8(channels: i32): v128 {
  if (channels == 2) return i16x8.splat(-0x100);
  if (channels == 4) return i32x4.splat(-0x1000000);
  return i32x4.splat(0);
}

// @ts-ignore: decorator
@inline
export function alphaMask16(channels: i32): v128 {
  if (channels == 2) return i32x4.splat(-0x10000);
  if (channels == 4) return i64x2.splat(-0x1000000000000);
  return i32x4.splat(0);
}

/** Rows copied as they are. */
export function copyRows(input: usize, inStride: usize, output: usize, outStride: usize, rowBytes: usize, height: i32): void {
  for (let y = 0; y < height; y++) {
    memory.copy(output, input, rowBytes);
    input += inStride;
    output += outStride;
  }
}
