/**
 * Owns the minimum over 15 x 15 pixels, a row at a time, at a cost that does not grow with the square: fours of columns,
 * fifteens of those, fours of rows, fifteens of those. Samples are u16. Nothing is carried along a row or forgotten.
 */

/** px: half of the square without its middle. */
export const ERODE_RADIUS: i32 = 7;
/** Rows of the same length that eroding works in. */
export const ERODE_ROWS: i32 = 1 + 4 + 12;

/**
 * Row number `index` (from 0, in order) of `count` + 14 samples comes; the minimum over it and the 14 rows before goes to
 * `out`, `count` samples, the first of them that of columns 0..14. Wrong before the 15th row: nobody should read that.
 */
export function erodeRow(row: usize, index: i32, out: usize, rows: usize, rowBytes: usize, count: i32): void {
  const fours = rows;
  for (let x = 0; x < count + 16; x += 8) {
    const at = row + (x << 1);
    const two = i16x8.min_u(v128.load(at), v128.load(at, 2));
    v128.store(fours + (x << 1), i16x8.min_u(two, i16x8.min_u(v128.load(at, 4), v128.load(at, 6))));
  }
  const across = rows + rowBytes;
  const here = across + <usize>(index & 3) * rowBytes;
  const before = across + <usize>((index + 3) & 3) * rowBytes;
  const before2 = across + <usize>((index + 2) & 3) * rowBytes;
  const before3 = across + <usize>((index + 1) & 3) * rowBytes;
  const down = across + (rowBytes << 2);
  const downHere = down + <usize>(index % 12) * rowBytes;
  const down4 = down + <usize>((index + 8) % 12) * rowBytes;
  const down8 = down + <usize>((index + 4) % 12) * rowBytes;
  const down11 = down + <usize>((index + 1) % 12) * rowBytes;
  for (let x = 0; x < count; x += 8) {
    const at: usize = x << 1;
    const four = fours + at;
    const left = i16x8.min_u(v128.load(four), v128.load(four, 8));
    const wide = i16x8.min_u(left, i16x8.min_u(v128.load(four, 16), v128.load(four, 22)));
    v128.store(here + at, wide);
    const two = i16x8.min_u(wide, v128.load(before + at));
    const tall = i16x8.min_u(two, i16x8.min_u(v128.load(before2 + at), v128.load(before3 + at)));
    v128.store(downHere + at, tall);
    const upper = i16x8.min_u(tall, v128.load(down4 + at));
    v128.store(out + at, i16x8.min_u(upper, i16x8.min_u(v128.load(down8 + at), v128.load(down11 + at))));
  }
}
