/**
 * Canny's local part in SIMD, bit for bit scalar.ts: rows of 16-bit gradients in a ring of three, no branch a pixel.
 * Colours are parted into planes once a row, so that the channel that changes most is chosen lane by lane.
 */
import { aligned } from '../../kernels/blur-rows.as';
import { held, zipHigh, zipLow } from '../../kernels/lanes.as';
import { joinMap, mapStride, MARGIN, putMap } from './join.as';

export { cannyU16 } from './deep.as';

/** tan 22.5° in 15 bits beside -2^15: dot((|dx|, |dy|), this) > 0 where the edge is upright. */
const TANGENT: i32 = 0x80003505;

/** `count` pixels as 16-bit planes, `plane` bytes apart. */
function planes(from: usize, count: i32, channels: i32, to: usize, plane: usize): void {
  const low = held(i32x4.splat(0xff));
  const low16 = held(i16x8.splat(0xff));
  const spread = held(i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
  const end = to + (<usize>count << 1);
  if (channels == 1) {
    for (; to < end; to += 16, from += 8) v128.store(to, v128.load8x8_u(from));
  } else if (channels == 2) {
    for (; to < end; to += 16, from += 16) v128.store(to, v128.and(v128.load(from), low16));
  } else {
    const step: usize = channels << 3;
    for (; to < end; to += 16, from += step) {
      let a = v128.load(from);
      let b = v128.load(from + (step >> 1));
      if (channels == 3) {
        a = i8x16.swizzle(a, spread);
        b = i8x16.swizzle(b, spread);
      }
      v128.store(to, i16x8.narrow_i32x4_s(v128.and(a, low), v128.and(b, low)));
      a = i32x4.shr_u(a, 8);
      b = i32x4.shr_u(b, 8);
      v128.store(to + plane, i16x8.narrow_i32x4_s(v128.and(a, low), v128.and(b, low)));
      a = i32x4.shr_u(a, 8);
      b = i32x4.shr_u(b, 8);
      v128.store(to + 2 * plane, i16x8.narrow_i32x4_s(v128.and(a, low), v128.and(b, low)));
    }
  }
}

/** Sobel of three rows of planes: of each pixel the channel that changes most; the first of equals. */
function gradients(
  a: usize, b: usize, c: usize, count: i32, colours: i32, plane: usize, norms: usize, dxs: usize, dys: usize,
): void {
  for (let i: usize = 0, end = <usize>count << 1; i < end; i += 16) {
    let norm = i16x8.splat(0);
    let x = norm;
    let y = norm;
    for (let k: usize = i, last = i + <usize>colours * plane; k < last; k += plane) {
      const a0 = v128.load(a + k);
      const a2 = v128.load(a + k, 4);
      const c0 = v128.load(c + k);
      const c2 = v128.load(c + k, 4);
      const middle = i16x8.sub(v128.load(b + k, 4), v128.load(b + k));
      const dx = i16x8.add(i16x8.add(i16x8.sub(a2, a0), i16x8.sub(c2, c0)), i16x8.add(middle, middle));
      const upright = i16x8.sub(v128.load(c + k, 2), v128.load(a + k, 2));
      const dy = i16x8.add(i16x8.add(i16x8.sub(c0, a0), i16x8.sub(c2, a2)), i16x8.add(upright, upright));
      const sum = i16x8.add(i16x8.abs(dx), i16x8.abs(dy));
      const more = i16x8.gt_s(sum, norm);
      norm = i16x8.max_s(norm, sum);
      x = v128.bitselect(dx, x, more);
      y = v128.bitselect(dy, y, more);
    }
    v128.store(norms + i, norm);
    v128.store(dxs + i, x);
    v128.store(dys + i, y);
  }
}

/** Eight pixels: 0, 1 weak, -1 strong. Rows of norms begin one pixel to the left; `norm` is that of the middle row. */
// @ts-ignore: decorator
@inline
function crests(
  above: usize, row: usize, below: usize, dxs: usize, dys: usize, norm: v128, low: v128, high: v128, tangent: v128, one: v128,
): v128 {
  const dx = v128.load(dxs, 2);
  const dy = v128.load(dys, 2);
  const x = i16x8.abs(dx);
  const y = i16x8.abs(dy);
  const across = i16x8.gt_s(
    i16x8.narrow_i32x4_s(i32x4.dot_i16x8_s(zipLow(x, y), tangent), i32x4.dot_i16x8_s(zipHigh(x, y), tangent)),
    i16x8.splat(0),
  );
  // tan 67.5° is 2 more than tan 22.5°.
  const rest = i16x8.sub(y, i16x8.add(x, x));
  const down = i16x8.shr_s(
    i16x8.narrow_i32x4_s(i32x4.dot_i16x8_s(zipLow(x, rest), tangent), i32x4.dot_i16x8_s(zipHigh(x, rest), tangent)),
    15,
  );
  const mirrored = i16x8.shr_s(v128.xor(dx, dy), 15);
  // "At least as great" is "greater than one less".
  let before = v128.bitselect(v128.load(above, 4), v128.load(above), mirrored);
  let after = v128.bitselect(v128.load(below), v128.load(below, 4), mirrored);
  before = v128.bitselect(v128.load(above, 2), before, down);
  after = v128.bitselect(i16x8.sub(v128.load(below, 2), one), after, down);
  before = v128.bitselect(v128.load(row), before, across);
  after = v128.bitselect(i16x8.sub(v128.load(row, 4), one), after, across);
  const least = i16x8.max_s(i16x8.max_s(before, after), low);
  return v128.and(i16x8.gt_s(norm, least), v128.or(i16x8.gt_s(norm, high), one));
}

export function cannyU8(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  lowest: i32, highest: i32, stackBytes: usize, scratch: usize, left: i32, top: i32, pictureWidth: i32, pictureHeight: i32,
): void {
  const colours = channels < 3 ? 1 : 3;
  const row = aligned((<usize>width << 1) + 64);
  const lines = <usize>colours * row;
  let a = scratch;
  let b = a + lines;
  let c = b + lines;
  let above = c + lines;
  let here = above + row;
  let below = here + row;
  let dxs = below + row;
  let dys = dxs + row;
  let nextDxs = dys + row;
  let nextDys = nextDxs + row;
  const map = nextDys + row;
  const stride = mapStride(width);
  const stack = map + <usize>(height + 2) * stride;
  memory.fill(map, 0, stride);
  memory.fill(stack - stride, 0, stride);
  let line = map + stride;
  const low = i16x8.splat(<i16>lowest);
  const high = i16x8.splat(<i16>highest);
  const tangent = held(i32x4.splat(TANGENT));
  const one = held(i16x8.splat(1));
  const wide = width + 2;

  let from = input - 2 * (inStride + channels);
  planes(from, width + 4, channels, a, row);
  planes(from + inStride, width + 4, channels, b, row);
  from += inStride << 1;
  for (let y = -1; y <= height; y++, from += inStride) {
    planes(from, width + 4, channels, c, row);
    const inside = top + y >= 0 && top + y < pictureHeight;
    if (inside) gradients(a, b, c, wide, colours, row, below, nextDxs, nextDys);
    else memory.fill(below, 0, row);
    if (left == 0) store<i16>(below, 0);
    if (left + width == pictureWidth) store<i16>(below + (<usize>(width + 1) << 1), 0);
    if (y > 0) {
      memory.fill(line, 0, MARGIN);
      const to = line + MARGIN;
      for (let x = 0; x < width; x += 16) {
        const at: usize = x << 1;
        const first = v128.load(here + at, 2);
        const second = v128.load(here + at, 18);
        let result = i16x8.splat(0);
        // Skies and walls have no gradient worth a look.
        if (v128.any_true(v128.or(i16x8.gt_s(first, low), i16x8.gt_s(second, low)))) {
          result = i8x16.narrow_i16x8_s(
            crests(above + at, here + at, below + at, dxs + at, dys + at, first, low, high, tangent, one),
            crests(above + at + 16, here + at + 16, below + at + 16, dxs + at + 16, dys + at + 16, second, low, high, tangent, one),
          );
        }
        v128.store(to + x, result);
      }
      memory.fill(to + width, 0, stride - MARGIN - width);
      line += stride;
    }
    const oldest = a;
    a = b;
    b = c;
    c = oldest;
    const last = above;
    above = here;
    here = below;
    below = last;
    const x = dxs;
    dxs = nextDxs;
    nextDxs = x;
    const z = dys;
    dys = nextDys;
    nextDys = z;
  }
  joinMap(map, width, height, stack, stack + stackBytes, left, top, pictureWidth, pictureHeight);
  putMap<u8>(map, input, inStride, output, outStride, width, height, channels);
}
