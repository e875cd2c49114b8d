/**
 * Owns the domain transform in SIMD (domain.ts says what it is): pixels and distances laid out so that rows and columns
 * are alike, then windows along two lines at a time. Filters that paint share it.
 *
 * Pixels are four u16 (red, green, blue, nothing) in blocks of 8 columns, row under row, so that a pass down the columns
 * stays within a block of a few hundred KB. Pixel k of a line is at `base + (k >> 3) * outer + (k & 7) * inner`, and so is
 * its distance from the one before. Sums and positions are integers: where a tile starts can't matter.
 */

/** Bytes from a block of 8 columns to the next, pixels and distances of columns. */
// @ts-ignore: decorator
@inline
export function blockBytes(rows: i32): i32 {
  return ((rows + 7) & ~7) << 6;
}

/** Bytes that one line of `length` pixels works in: positions, then sums. */
// @ts-ignore: decorator
@inline
export function lineBytes(length: i32): i32 {
  return ((length + 7) & ~7) * 20 + 256;
}

/** Two pixels of 16 bytes of input as u16 with nothing in their fourth lanes; 8 bits become 16 by doubling the byte. */
// @ts-ignore: decorator
@inline
function spreading<T>(channels: i32): v128 {
  if (sizeof<T>() == 1) {
    if (channels == 1) return i8x16(0, 0, -1, -1, -1, -1, -1, -1, 1, 1, -1, -1, -1, -1, -1, -1);
    if (channels == 2) return i8x16(0, 0, -1, -1, -1, -1, -1, -1, 2, 2, -1, -1, -1, -1, -1, -1);
    if (channels == 3) return i8x16(0, 0, 1, 1, 2, 2, -1, -1, 3, 3, 4, 4, 5, 5, -1, -1);
    return i8x16(0, 0, 1, 1, 2, 2, -1, -1, 4, 4, 5, 5, 6, 6, -1, -1);
  }
  if (channels == 1) return i8x16(0, 1, -1, -1, -1, -1, -1, -1, 2, 3, -1, -1, -1, -1, -1, -1);
  if (channels == 2) return i8x16(0, 1, -1, -1, -1, -1, -1, -1, 4, 5, -1, -1, -1, -1, -1, -1);
  if (channels == 3) return i8x16(0, 1, 2, 3, 4, 5, -1, -1, 6, 7, 8, 9, 10, 11, -1, -1);
  return i8x16(0, 1, 2, 3, 4, 5, -1, -1, 8, 9, 10, 11, 12, 13, -1, -1);
}

/** `width` pixels of input as u16 fours. */
export function spreadRow<T>(from: usize, channels: i32, width: i32, to: usize): void {
  const spread = v128.xor(spreading<T>(channels), v128.load(0));
  const step: usize = (channels << 1) << alignof<T>();
  for (let x = 0; x < width; x += 2) {
    v128.store(to, i8x16.swizzle(v128.load(from), spread));
    from += step;
    to += 16;
  }
}

/** Adds `width` pixels to sums of four i32 (`sign` 1), or takes them off (-1). */
function addRow<T>(from: usize, channels: i32, width: i32, sums: usize, sign: i32): void {
  const spread = v128.xor(spreading<T>(channels), v128.load(0));
  const signs = i32x4.splat(sign);
  const step: usize = (channels << 1) << alignof<T>();
  for (let x = 0; x < width; x += 2) {
    const pair = i8x16.swizzle(v128.load(from), spread);
    v128.store(sums, i32x4.add(v128.load(sums), i32x4.mul(i32x4.extend_low_i16x8_u(pair), signs)));
    v128.store(sums, i32x4.add(v128.load(sums, 16), i32x4.mul(i32x4.extend_high_i16x8_u(pair), signs)), 16);
    from += step;
    sums += 32;
  }
}

/** Means of a row of column sums over `soft` pixels to either side, the edge repeated, as u16 fours. */
function meanRow(sums: usize, width: i32, soft: i32, to: usize): void {
  const side = 2 * soft + 1;
  const share = f32x4.splat(<f32>1 / <f32>(side * side));
  const half = f32x4.splat(0.5);
  const last = (width - 1) << 4;
  let sum = i32x4.splat(0);
  for (let x = -soft; x <= soft; x++) sum = i32x4.add(sum, v128.load(sums + max(0, min(last, x << 4))));
  for (let x = 0; x < width; x++) {
    const mean = i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sum), share), half));
    v128.store64_lane(to, i16x8.narrow_i32x4_u(mean, mean), 0);
    to += 8;
    const gone = v128.load(sums + max(0, (x - soft) << 4));
    sum = i32x4.add(sum, i32x4.sub(v128.load(sums + min(last, (x + soft + 1) << 4)), gone));
  }
}

/** Distances of four pixels (two vectors) from four others, in units: unit + min(ratio * |difference|, cap). */
// @ts-ignore: decorator
@inline
function distances(a: usize, b: usize, ratio: v128, cap: v128, unit: v128): v128 {
  let p = v128.load(a);
  let q = v128.load(b);
  const first = i32x4.extadd_pairwise_i16x8_u(v128.or(i16x8.sub_sat_u(p, q), i16x8.sub_sat_u(q, p)));
  p = v128.load(a, 16);
  q = v128.load(b, 16);
  const second = i32x4.extadd_pairwise_i16x8_u(v128.or(i16x8.sub_sat_u(p, q), i16x8.sub_sat_u(q, p)));
  const sum = i32x4.add(v128.shuffle<u32>(first, second, 0, 2, 4, 6), v128.shuffle<u32>(first, second, 1, 3, 5, 7));
  const far = f32x4.min(f32x4.mul(f32x4.convert_i32x4_s(sum), ratio), cap);
  return i32x4.trunc_sat_f32x4_s(f32x4.add(far, unit));
}

/**
 * Distances from the left neighbour (`across`, rows of width rounded up to 8, u16) and from the upper one (`down`, blocks
 * of 8 columns); with `pixels` not 0 the picture itself into its blocks. `lines`: room for two rows of fours and a row of
 * sums. `soft`: px around each one whose mean is measured instead.
 */
export function measure<T>(
  input: usize, inStride: i32, channels: i32, width: i32, height: i32, lines: usize,
  pixels: usize, across: usize, down: usize, ratio: f32, cap: f32, unit: f32, soft: i32,
): void {
  const wide = (width + 7) & ~7;
  const block: usize = blockBytes(height);
  const ratios = f32x4.splat(ratio);
  const caps = f32x4.splat(cap);
  const units = f32x4.splat(unit);
  // Room before a row for the left neighbour that its first pixel has not.
  let above = lines + 16;
  let row = above + (wide << 3) + 64;
  const sums = row + (wide << 3) + 64;
  if (soft > 0) {
    memory.fill(sums, 0, (wide << 4) + 32);
    for (let y = -soft; y <= soft; y++) addRow<T>(input + max(0, min(height - 1, y)) * inStride, channels, width, sums, 1);
    meanRow(sums, width, soft, above);
  } else {
    spreadRow<T>(input, channels, width, above);
  }
  for (let y = 0; y < height; y++) {
    if (soft > 0) {
      meanRow(sums, width, soft, row);
      addRow<T>(input + min(height - 1, y + soft + 1) * inStride, channels, width, sums, 1);
      addRow<T>(input + max(0, y - soft) * inStride, channels, width, sums, -1);
    } else {
      spreadRow<T>(input + y * inStride, channels, width, row);
    }
    let toDown = down + (y << 4);
    let toPixels = pixels + (y << 6);
    for (let x = 0; x < wide; x += 8) {
      const at = row + (x << 3);
      const up = above + (x << 3);
      v128.store(
        across + (x << 1),
        i16x8.narrow_i32x4_u(distances(at, at - 8, ratios, caps, units), distances(at + 32, at + 24, ratios, caps, units)),
      );
      v128.store(
        toDown,
        i16x8.narrow_i32x4_u(distances(at, up, ratios, caps, units), distances(at + 32, up + 32, ratios, caps, units)),
      );
      toDown += block >> 2;
      if (pixels != 0) {
        v128.store(toPixels, v128.load(at));
        v128.store(toPixels, v128.load(at, 16), 16);
        v128.store(toPixels, v128.load(at, 32), 32);
        v128.store(toPixels, v128.load(at, 48), 48);
        toPixels += block;
      }
    }
    across += wide << 1;
    const other = above;
    above = row;
    row = other;
  }
}

/** A position that no window reaches, behind the last one. */
const BEYOND: i32 = 1 << 28;

/** Positions of a line's pixels, and what ends every search behind them. */
// @ts-ignore: decorator
@inline
function place(steps: usize, inner: usize, outer: usize, length: i32, to: usize): void {
  let position = 0;
  let at = to;
  for (let k = 0; k < length; k += 8) {
    let step = steps;
    for (let i = 0; i < 8; i++) {
      position += load<u16>(step);
      store<i32>(at, position);
      step += inner;
      at += 4;
    }
    steps += outer;
  }
  const end = to + (length << 2);
  v128.store(end, i32x4.splat(load<i32>(end - 4) + BEYOND));
}

/** Sums of all pixels before each one. */
// @ts-ignore: decorator
@inline
function addUp(pixels: usize, inner: usize, outer: usize, length: i32, to: usize): void {
  let sum = i32x4.splat(0);
  for (let k = 0; k < length; k += 8) {
    let pixel = pixels;
    for (let i = 0; i < 8; i++) {
      v128.store(to, sum);
      sum = i32x4.add(sum, v128.load16x4_u(pixel));
      pixel += inner;
      to += 16;
    }
    pixels += outer;
  }
  v128.store(to, sum);
}

/** The first position over `bound` from `at` on; four are looked at in one instruction. */
// @ts-ignore: decorator
@inline
function seek(at: usize, bound: i32): usize {
  const bounds = i32x4.splat(bound);
  let over = i32x4.bitmask(i32x4.sub(bounds, v128.load(at)));
  while (over == 0) {
    at += 16;
    over = i32x4.bitmask(i32x4.sub(bounds, v128.load(at)));
  }
  return at + (ctz(over) << 2);
}

const ROUND_F32: f32 = 12582912.0;
const ROUND_BITS: i32 = 0x4b400000;

/** Mean of a window: from the sums at its ends (16 bytes a pixel) and the addresses of its positions (4 bytes a pixel). */
// @ts-ignore: decorator
@inline
function mean(sums: usize, positions: usize, from: usize, to: usize): v128 {
  const sum = i32x4.sub(v128.load(sums + ((to - positions) << 2)), v128.load(sums + ((from - positions) << 2)));
  const count = f32x4.splat(<f32>(<i32>(to - from) >> 2));
  const rounded = f32x4.add(f32x4.div(f32x4.convert_i32x4_s(sum), count), f32x4.splat(ROUND_F32));
  const levels = i32x4.sub(rounded, i32x4.splat(ROUND_BITS));
  return i16x8.narrow_i32x4_u(levels, levels);
}

/**
 * Means over the windows of two lines, in place. Side by side, because each search waits for the one before it on its
 * line: two lines fill the wait.
 */
export function smoothLines(
  a: usize, b: usize, inner: usize, outer: usize, stepsA: usize, stepsB: usize, stepInner: usize, stepOuter: usize,
  length: i32, radius: i32, lines: usize,
): void {
  const room: usize = lineBytes(length);
  const positionsA = lines;
  const positionsB = lines + room;
  const sumsA = positionsA + (((length + 7) & ~7) << 2) + 64;
  const sumsB = sumsA + room;
  place(stepsA, stepInner, stepOuter, length, positionsA);
  place(stepsB, stepInner, stepOuter, length, positionsB);
  addUp(a, inner, outer, length, sumsA);
  addUp(b, inner, outer, length, sumsB);
  let fromA = positionsA;
  let toA = positionsA;
  let fromB = positionsB;
  let toB = positionsB;
  let at: usize = 0;
  for (let k = 0; k < length; k += 8) {
    let pixel: usize = 0;
    for (let i = min(8, length - k); i > 0; i--) {
      const hereA = load<i32>(positionsA + at);
      const hereB = load<i32>(positionsB + at);
      fromA = seek(fromA, hereA - radius);
      fromB = seek(fromB, hereB - radius);
      toA = seek(toA, hereA + radius);
      toB = seek(toB, hereB + radius);
      v128.store64_lane(a + pixel, mean(sumsA, positionsA, fromA, toA), 0);
      v128.store64_lane(b + pixel, mean(sumsB, positionsB, fromB, toB), 0);
      at += 4;
      pixel += inner;
    }
    a += outer;
    b += outer;
  }
}

/** How many pixels the windows of two lines hold, as u16; `more`: added to what stands there. The lines may be one. */
export function countLines(
  a: usize, b: usize, inner: usize, outer: usize, stepsA: usize, stepsB: usize, stepInner: usize, stepOuter: usize,
  length: i32, radius: i32, lines: usize, more: bool,
): void {
  const positionsA = lines;
  const positionsB = lines + lineBytes(length);
  place(stepsA, stepInner, stepOuter, length, positionsA);
  place(stepsB, stepInner, stepOuter, length, positionsB);
  let fromA = positionsA;
  let toA = positionsA;
  let fromB = positionsB;
  let toB = positionsB;
  let at: usize = 0;
  for (let k = 0; k < length; k += 8) {
    let pixel: usize = 0;
    for (let i = min(8, length - k); i > 0; i--) {
      const hereA = load<i32>(positionsA + at);
      const hereB = load<i32>(positionsB + at);
      fromA = seek(fromA, hereA - radius);
      fromB = seek(fromB, hereB - radius);
      toA = seek(toA, hereA + radius);
      toB = seek(toB, hereB + radius);
      const inA = <i32>((toA - fromA) >> 2) + (more ? <i32>load<u16>(a + pixel) : 0);
      const inB = <i32>((toB - fromB) >> 2) + (more ? <i32>load<u16>(b + pixel) : 0);
      store<u16>(a + pixel, <u16>inA);
      store<u16>(b + pixel, <u16>inB);
      at += 4;
      pixel += inner;
    }
    a += outer;
    b += outer;
  }
}

/**
 * All passes, rows then columns, each over no more than what later ones read of it. (x0, y0) to (x1, y1) is what is wanted
 * of a region of `width` x `height`; `plan` has radius (units) and reach (px) of each pass, as i32.
 */
export function smooth(
  plan: usize, passes: i32, pixels: usize, across: usize, down: usize, width: i32, height: i32,
  x0: i32, y0: i32, x1: i32, y1: i32, lines: usize,
): void {
  const wide = (width + 7) & ~7;
  const block = blockBytes(height);
  let reach = 0;
  for (let pass = 0; pass < passes; pass++) reach += load<i32>(plan + (pass << 3), 4);
  for (let pass = 0; pass < passes; pass++) {
    const radius = load<i32>(plan + (pass << 3));
    const left = max(0, x0 - reach) & ~7;
    const right = min(width, x1 + reach);
    const top = max(0, y0 - reach);
    const bottom = min(height, y1 + reach);
    for (let y = top; y < bottom; y += 2) {
      // The last row of an odd number goes along with itself.
      const other = min(y + 1, bottom - 1);
      const start = pixels + (left >> 3) * block;
      const steps = across + (left << 1);
      smoothLines(
        start + (y << 6), start + (other << 6), 8, block, steps + ((y * wide) << 1), steps + ((other * wide) << 1), 2, 16,
        right - left, radius, lines,
      );
    }
    reach -= load<i32>(plan + (pass << 3), 4);
    const first = max(0, x0 - reach);
    const last = min(width, x1 + reach);
    const start = top & ~7;
    for (let x = first; x < last; x += 2) {
      const other = min(x + 1, last - 1);
      smoothLines(
        column(pixels + (start << 6), block, x, 3), column(pixels + (start << 6), block, other, 3), 64, 512,
        column(down + (start << 4), block >> 2, x, 1), column(down + (start << 4), block >> 2, other, 1), 16, 128,
        bottom - start, radius, lines,
      );
    }
  }
}

/** Where column x stands among blocks of 8. */
// @ts-ignore: decorator
@inline
function column(base: usize, block: i32, x: i32, shift: i32): usize {
  return base + (x >> 3) * block + ((x & 7) << shift);
}

/** Windows of rows and of columns in pixels, added up: u16 in blocks of 8 columns, of what is wanted only. */
export function count(
  radius: i32, counts: usize, across: usize, down: usize, width: i32, height: i32,
  x0: i32, y0: i32, x1: i32, y1: i32, lines: usize,
): void {
  const wide = (width + 7) & ~7;
  const block = blockBytes(height) >> 2;
  for (let y = y0; y < y1; y += 2) {
    const other = min(y + 1, y1 - 1);
    countLines(
      counts + (y << 4), counts + (other << 4), 2, block,
      across + ((y * wide) << 1), across + ((other * wide) << 1), 2, 16, width, radius, lines, false,
    );
  }
  for (let x = x0; x < x1; x += 2) {
    const other = min(x + 1, x1 - 1);
    countLines(
      column(counts, block, x, 1), column(counts, block, other, 1), 16, 128,
      column(down, block, x, 1), column(down, block, other, 1), 16, 128, height, radius, lines, true,
    );
  }
}
