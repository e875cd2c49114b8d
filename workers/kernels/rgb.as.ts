/**
 * Owns the way from four interleaved pixels of RGB or RGBA to vectors of 32-bit lanes a colour, and back.
 * 8 bits: one vector of four bytes a pixel. 16 bits: one of red and green, one of blue and alpha. From there masks and
 * shifts; only pixels of three channels need a shuffle.
 */
import { packU16, packU8 } from './lanes.as';

/** Where the bytes of four RGB pixels go to stand four apart. */
// @ts-ignore: decorator
@inline
export function spread8(): v128 {
  return i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1);
}

/** The same for two pixels of 16 bits. */
// @ts-ignore: decorator
@inline
export function spread16(): v128 {
  return i8x16(0, 1, 2, 3, 4, 5, -1, -1, 6, 7, 8, 9, 10, 11, -1, -1);
}

/** Red and green of two vectors of two pixels each. */
// @ts-ignore: decorator
@inline
export function redGreen(first: v128, second: v128): v128 {
  return v128.shuffle<u32>(first, second, 0, 2, 4, 6);
}

/** Blue and alpha of two vectors of two pixels each. */
// @ts-ignore: decorator
@inline
export function blueAlpha(first: v128, second: v128): v128 {
  return v128.shuffle<u32>(first, second, 1, 3, 5, 7);
}

/** Four pixels of 8 bits, lanes clipped. Writes 16 bytes, of which three channels own 12. */
// @ts-ignore: decorator
@inline
export function storeRgb8(at: usize, red: v128, green: v128, blue: v128, alpha: v128, channels: i32): void {
  const planes = packU8(red, green, blue, alpha);
  if (channels == 3) v128.store(at, v128.shuffle<u8>(planes, planes, 0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11, 0, 0, 0, 0));
  else v128.store(at, v128.shuffle<u8>(planes, planes, 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15));
}

/** Four pixels of 16 bits, lanes clipped. Writes 32 bytes, of which three channels own 24. */
// @ts-ignore: decorator
@inline
export function storeRgb16(at: usize, red: v128, green: v128, blue: v128, alpha: v128, channels: i32): void {
  const rg = packU16(red, green);
  const ba = packU16(blue, alpha);
  if (channels == 3) {
    v128.store(at, v128.shuffle<u16>(rg, ba, 0, 4, 8, 1, 5, 9, 2, 6));
    v128.store(at, v128.shuffle<u16>(rg, ba, 10, 3, 7, 11, 0, 0, 0, 0), 16);
  } else {
    v128.store(at, v128.shuffle<u16>(rg, ba, 0, 4, 8, 12, 1, 5, 9, 13));
    v128.store(at, v128.shuffle<u16>(rg, ba, 2, 6, 10, 14, 3, 7, 11, 15), 16);
  }
}
