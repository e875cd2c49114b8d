/**
 * Oil painting in SIMD, bit for bit scalar.ts. Two steps a pixel: the square's histogram slides by a column of counts, 16
 * tones an instruction, and finds the commonest tone on the way; then only that tone's colours are summed, 16 pixels
 * masked by one comparison (planes.as.ts). No sum is kept for tones that lose: xphoto keeps them all.
 * 4K RGB, radius 7, one thread, through runChain, least of 6: 256 tones Node 24 362 ms, Electron 42 401; detail 50 242.
 */
import { colourSums, splitRow } from './planes.as';

/** Columns of output at a time: their histograms (256 bytes each at most) stay in the second-level cache. */
const CHUNK: i32 = 256;
const ROUND_F32: f32 = 12582912.0;
const ROUND_BITS: i32 = 0x4b400000;
/** Counts of a square this wide fit 8 bits. */
const NARROW_SIDE: i32 = 15;
/** As params.ts has it: this share is the painting alone. */
const SHARES: i32 = 256;

/** Largest of eight u16 lanes. */
// @ts-ignore: decorator
@inline
function largest(v: v128): i32 {
  v = i16x8.max_u(v, v128.shuffle<u64>(v, v, 1, 0));
  v = i16x8.max_u(v, v128.shuffle<u32>(v, v, 1, 0, 3, 2));
  v = i16x8.max_u(v, i32x4.shr_u(v, 16));
  return i16x8.extract_lane_u(v, 0);
}

/**
 * Adds a column of counts to the square's and takes one off. Returns the winner as count << 8 | (255 - tone): tones count
 * down, so that the darkest of equals is the largest.
 */
// @ts-ignore: decorator
@inline
function slide8(square: usize, added: usize, gone: usize, bytes: usize): i32 {
  let mine = i8x16(-1, -2, -3, -4, -5, -6, -7, -8, -9, -10, -11, -12, -13, -14, -15, -16);
  const step = i8x16.splat(-16);
  let tones = mine;
  let best = i8x16.sub(i8x16.add(v128.load(square), v128.load(added)), v128.load(gone));
  v128.store(square, best);
  for (let at: usize = 16; at < bytes; at += 16) {
    const counts = i8x16.sub(i8x16.add(v128.load(square + at), v128.load(added + at)), v128.load(gone + at));
    v128.store(square + at, counts);
    mine = i8x16.add(mine, step);
    const now = i8x16.max_u(best, counts);
    tones = v128.bitselect(tones, mine, i8x16.eq(now, best));
    best = now;
  }
  const low = v128.or(i16x8.shl(i16x8.extend_low_i8x16_u(best), 8), i16x8.extend_low_i8x16_u(tones));
  const high = v128.or(i16x8.shl(i16x8.extend_high_i8x16_u(best), 8), i16x8.extend_high_i8x16_u(tones));
  return largest(i16x8.max_u(low, high));
}

/** The same with counts of 16 bits in the square. */
// @ts-ignore: decorator
@inline
function slide16(square: usize, added: usize, gone: usize, bytes: usize): i32 {
  let mine = i16x8(255, 254, 253, 252, 251, 250, 249, 248);
  const step = i16x8.splat(-8);
  let best = i32x4.splat(0);
  let tones = mine;
  for (let from: usize = 0; from < bytes; from += 8) {
    const at = square + (from << 1);
    const counts = i16x8.sub(i16x8.add(v128.load(at), v128.load8x8_u(added + from)), v128.load8x8_u(gone + from));
    v128.store(at, counts);
    const now = i16x8.max_u(best, counts);
    tones = v128.bitselect(tones, mine, i16x8.eq(now, best));
    best = now;
    mine = i16x8.add(mine, step);
  }
  const most = largest(best);
  return (most << 8) | largest(v128.and(tones, i16x8.eq(best, i16x8.splat(<i16>most))));
}

/** The square's counts before the first pixel of a row: all columns but the last. */
function startSquare(square: usize, columns: usize, bytes: usize, side: i32): void {
  memory.fill(square, 0, bytes << 1);
  const narrow = side <= NARROW_SIDE;
  for (let i = 1; i < side; i++) {
    const column = columns + <usize>i * bytes;
    for (let at: usize = 0; at < bytes; at += 8) {
      const to = square + (narrow ? at : at << 1);
      if (narrow) v128.store64_lane(to, i8x16.add(v128.load64_zero(to), v128.load64_zero(column + at)), 0);
      else v128.store(to, i16x8.add(v128.load(to), v128.load8x8_u(column + at)));
    }
  }
}

/** Counts a row of tones in (1) or out (-1) of its columns. */
function countRow(columns: usize, bytes: usize, tones: usize, count: i32, by: i32): void {
  for (let i = 0; i < count; i++) {
    const at = columns + <usize>load<u8>(tones + i);
    store<u8>(at, load<u8>(at) + by);
    columns += bytes;
  }
}

/** A painted pixel over the photo's (i32 lanes): scalar.ts' layOver. */
// @ts-ignore: decorator
@inline
function layOver<T>(painted: v128, from: usize, share: i32): v128 {
  const samples = sizeof<T>() == 1 ? i16x8.extend_low_i8x16_u(v128.load32_zero(from)) : v128.load64_zero(from);
  const photo = i32x4.extend_low_i16x8_u(samples);
  const shares = i32x4.mul(i32x4.sub(painted, photo), i32x4.splat(share));
  return i32x4.add(photo, i32x4.shr_s(i32x4.add(shares, i32x4.splat(SHARES >> 1)), 8));
}

// @ts-ignore: decorator
@inline
function oilPainting<T>(
  input: usize, inStride: i32, output: usize, outStride: i32, width: i32, height: i32, channels: i32,
  radius: i32, scratch: usize, groups: i32, share: i32, firstX: i32, firstY: i32, endX: i32, endY: i32,
): void {
  const side = 2 * radius + 1;
  const colours = channels < 3 ? 1 : 3;
  const bytes: usize = groups << 4;
  const square = scratch + 256;
  const columns = square + 512;
  // As filter.ts laid them out: pixel (-radius, -radius) is first; what lies beyond the picture is black and not counted.
  const stride = (width + 2 * radius + 47) & ~15;
  const plane: usize = stride * (height + 2 * radius);
  const tones = columns + (CHUNK + side) * 256;
  const reds = tones + plane;
  for (let y = firstY; y < endY; y++) {
    const row = input + y * inStride + ((firstX * channels) << alignof<T>());
    const at = (y + radius) * stride;
    const colours = reds + (at << alignof<T>());
    splitRow<T>(row, channels, scratch, tones + at, colours, plane << alignof<T>(), firstX + radius, endX - firstX, stride);
  }

  for (let x0 = 0; x0 < width; x0 += CHUNK) {
    const x1 = min(x0 + CHUNK, width);
    // Column 0 lies one before the first square's and is always empty: what the first slide takes off.
    memory.fill(columns, 0, bytes * (x1 - x0 + side));
    const from = max(x0 - radius, firstX);
    const counted = min(x1 + radius, endX) - from;
    const first = columns + <usize>(from - x0 + radius + 1) * bytes;
    const row = tones + radius + from;
    for (let y = firstY; y < radius; y++) if (y < endY) countRow(first, bytes, row + (y + radius) * stride, counted, 1);
    for (let y = 0; y < height; y++) {
      if (y + radius < endY) countRow(first, bytes, row + (y + 2 * radius) * stride, counted, 1);
      if (y - radius - 1 >= firstY) countRow(first, bytes, row + (y - 1) * stride, counted, -1);
      startSquare(square, columns, bytes, side);
      const top = max(y - radius, firstY);
      const rows = min(y + radius + 1, endY) - top;
      let gone = columns;
      let added = columns + <usize>side * bytes;
      for (let x = x0; x < x1; x++) {
        const winner = side <= NARROW_SIDE ? slide8(square, added, gone, bytes) : slide16(square, added, gone, bytes);
        gone += bytes;
        added += bytes;
        const at = (top + radius) * stride + x;
        const sums = colourSums<T>(tones + at, reds + (at << alignof<T>()), plane << alignof<T>(), stride, rows, side, colours, ~winner & 255);
        const means = f32x4.div(f32x4.convert_i32x4_s(sums), f32x4.splat(<f32>(winner >> 8)));
        const place: usize = (x * channels) << alignof<T>();
        const photo = input + y * inStride + place;
        const out = output + y * outStride + place;
        let pixel = i32x4.sub(f32x4.add(means, f32x4.splat(ROUND_F32)), i32x4.splat(ROUND_BITS));
        if (share != SHARES) pixel = layOver<T>(pixel, photo, share);
        store<T>(out, <T>i32x4.extract_lane(pixel, 0));
        if (colours == 3) {
          store<T>(out + sizeof<T>(), <T>i32x4.extract_lane(pixel, 1));
          store<T>(out + 2 * sizeof<T>(), <T>i32x4.extract_lane(pixel, 2));
        }
        if (channels != colours) {
          const alpha: usize = colours << alignof<T>();
          store<T>(out + alpha, load<T>(photo + alpha));
        }
      }
    }
  }
}

export function oilPaintingU8(
  input: usize, inStride: i32, output: usize, outStride: i32, width: i32, height: i32, channels: i32,
  radius: i32, scratch: usize, groups: i32, share: i32, firstX: i32, firstY: i32, endX: i32, endY: i32,
): void {
  oilPainting<u8>(input, inStride, output, outStride, width, height, channels, radius, scratch, groups, share, firstX, firstY, endX, endY);
}

export function oilPaintingU16(
  input: usize, inStride: i32, output: usize, outStride: i32, width: i32, height: i32, channels: i32,
  radius: i32, scratch: usize, groups: i32, share: i32, firstX: i32, firstY: i32, endX: i32, endY: i32,
): void {
  oilPainting<u16>(input, inStride, output, outStride, width, height, channels, radius, scratch, groups, share, firstX, firstY, endX, endY);
}
