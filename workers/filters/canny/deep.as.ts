/**
 * Canny of 16-bit samples: the same rows as kernel.as.ts with lanes of 32 bits. The direction is told with 12 bits of
 * tan 22.5°, so that its products stay below 2^32.
 */
import { aligned } from '../../kernels/blur-rows.as';
import { held } from '../../kernels/lanes.as';
import { joinMap, mapStride, MARGIN, putMap } from './join.as';

const TANGENT: i32 = 1697;

function planes(from: usize, count: i32, channels: i32, to: usize, plane: usize): void {
  const step: usize = channels << 1;
  for (const end = to + (<usize>count << 2); to < end; to += 4, from += step) {
    store<u32>(to, load<u16>(from));
    if (channels < 3) continue;
    store<u32>(to + plane, load<u16>(from, 2));
    store<u32>(to + 2 * plane, load<u16>(from, 4));
  }
}

function gradients(
  a: usize, b: usize, c: usize, count: i32, colours: i32, plane: usize, norms: usize, dxs: usize, dys: usize,
): void {
  for (let i: usize = 0, end = <usize>count << 2; i < end; i += 16) {
    let norm = i32x4.splat(0);
    let x = norm;
    let y = norm;
    for (let k: usize = i, last = i + <usize>colours * plane; k < last; k += plane) {
      const a0 = v128.load(a + k);
      const a2 = v128.load(a + k, 8);
      const c0 = v128.load(c + k);
      const c2 = v128.load(c + k, 8);
      const middle = i32x4.sub(v128.load(b + k, 8), v128.load(b + k));
      const dx = i32x4.add(i32x4.add(i32x4.sub(a2, a0), i32x4.sub(c2, c0)), i32x4.add(middle, middle));
      const upright = i32x4.sub(v128.load(c + k, 4), v128.load(a + k, 4));
      const dy = i32x4.add(i32x4.add(i32x4.sub(c0, a0), i32x4.sub(c2, a2)), i32x4.add(upright, upright));
      const sum = i32x4.add(i32x4.abs(dx), i32x4.abs(dy));
      const more = i32x4.gt_s(sum, norm);
      norm = i32x4.max_s(norm, sum);
      x = v128.bitselect(dx, x, more);
      y = v128.bitselect(dy, y, more);
    }
    v128.store(norms + i, norm);
    v128.store(dxs + i, x);
    v128.store(dys + i, y);
  }
}

// @ts-ignore: decorator
@inline
function crests(above: usize, row: usize, below: usize, dxs: usize, dys: usize, low: v128, high: v128, tangent: v128): v128 {
  const norm = v128.load(row, 4);
  const dx = v128.load(dxs, 4);
  const dy = v128.load(dys, 4);
  const x = i32x4.abs(dx);
  const y = i32x4.shl(i32x4.abs(dy), 12);
  const flat = i32x4.mul(x, tangent);
  const across = i32x4.lt_u(y, flat);
  const down = i32x4.gt_u(y, i32x4.add(flat, i32x4.shl(x, 13)));
  const mirrored = i32x4.shr_s(v128.xor(dx, dy), 31);
  const one = i32x4.splat(1);
  let before = v128.bitselect(v128.load(above, 8), v128.load(above), mirrored);
  let after = v128.bitselect(v128.load(below), v128.load(below, 8), mirrored);
  before = v128.bitselect(v128.load(above, 4), before, down);
  after = v128.bitselect(i32x4.sub(v128.load(below, 4), one), after, down);
  before = v128.bitselect(v128.load(row), before, across);
  after = v128.bitselect(i32x4.sub(v128.load(row, 8), one), after, across);
  const least = i32x4.max_s(i32x4.max_s(before, after), low);
  return v128.and(i32x4.gt_s(norm, least), v128.or(i32x4.gt_s(norm, high), one));
}

export function cannyU16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  lowest: i32, highest: i32, stackBytes: usize, scratch: usize, left: i32, top: i32, pictureWidth: i32, pictureHeight: i32,
): void {
  const colours = channels < 3 ? 1 : 3;
  const row = aligned((<usize>width << 2) + 64);
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
  const low = i32x4.splat(lowest);
  const high = i32x4.splat(highest);
  const tangent = held(i32x4.splat(TANGENT));

  let from = input - 2 * (inStride + (<usize>channels << 1));
  planes(from, width + 4, channels, a, row);
  planes(from + inStride, width + 4, channels, b, row);
  from += inStride << 1;
  for (let y = -1; y <= height; y++, from += inStride) {
    planes(from, width + 4, channels, c, row);
    const inside = top + y >= 0 && top + y < pictureHeight;
    if (inside) gradients(a, b, c, width + 2, colours, row, below, nextDxs, nextDys);
    else memory.fill(below, 0, row);
    if (left == 0) store<i32>(below, 0);
    if (left + width == pictureWidth) store<i32>(below + (<usize>(width + 1) << 2), 0);
    if (y > 0) {
      memory.fill(line, 0, MARGIN);
      const to = line + MARGIN;
      for (let x = 0; x < width; x += 8) {
        const at: usize = x << 2;
        const first = crests(above + at, here + at, below + at, dxs + at, dys + at, low, high, tangent);
        const next = at + 16;
        const second = crests(above + next, here + next, below + next, dxs + next, dys + next, low, high, tangent);
        const both = i16x8.narrow_i32x4_s(first, second);
        v128.store64_lane(to + x, i8x16.narrow_i16x8_s(both, both), 0);
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
  putMap<u16>(map, input, inStride, output, outStride, width, height, channels);
}
