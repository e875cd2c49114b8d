/**
 * Owns what a tile can know of joining its own map: weak pixels that strong ones reach become strong, those that nothing
 * could reach go, and only what touches the tile's seams stays weak for hysteresis.ts: the whole join took 40 ms there
 * (4K grey, strong noise, 8 % of edges), with this 14 ms here and 19 there, and next to nothing there without the noise.
 *
 * A byte a pixel: 0, 1 weak, 2 weak and of the seam, 255 strong. A margin of zeros saves every look at borders.
 */
import { aligned } from '../../kernels/blur-rows.as';
import { held } from '../../kernels/lanes.as';

/** Zeros to the left of a row; a whole vector, so that rows are written in aligned stores. */
export const MARGIN: usize = 16;

// @ts-ignore: decorator
@inline
export function mapStride(width: i32): usize {
  return MARGIN + aligned(width) + 16;
}

/** Weak ones among three bytes. */
// @ts-ignore: decorator
@inline
function weakOf(three: u32): u32 {
  return three & ~(three >> 7) & 0x010101;
}

/** Every weak pixel reached from `from` becomes `mark`. False where the stack had no room: some of it is weak still. */
function flood(from: usize, stride: usize, stack: usize, stackEnd: usize, mark: u32): bool {
  let done = true;
  let free = stack;
  let at = from;
  while (true) {
    let row = at - stride - 1;
    for (let j = 0; j < 3; j++, row += stride) {
      for (let weak = weakOf(load<u32>(row)); weak != 0; weak &= weak - 1) {
        if (free == stackEnd) {
          done = false;
          break;
        }
        const next = row + (ctz(weak) >> 3);
        store<u8>(next, <u8>mark);
        store<usize>(free, next);
        free += 4;
      }
    }
    if (free == stack) return done;
    free -= 4;
    at = load<usize>(free);
  }
}

/** Floods from every pixel of `mark` that has a weak neighbour; false where that must be done once more. */
function floodAll(map: usize, stride: usize, height: i32, stack: usize, stackEnd: usize, mark: u32): bool {
  const one = held(i8x16.splat(1));
  const marks = i8x16.splat(<i8>mark);
  let done = true;
  for (let row = map + stride, end = row + <usize>height * stride; row < end; row += stride) {
    for (let at = row + MARGIN; at < row + stride - 16; at += 16) {
      const marked = i8x16.eq(v128.load(at), marks);
      if (!v128.any_true(marked)) continue;
      let weak = v128.or(i8x16.eq(v128.load(at - 1), one), i8x16.eq(v128.load(at + 1), one));
      for (let j = 0, next = at - stride - 1; j < 2; j++, next += stride << 1) {
        weak = v128.or(weak, i8x16.eq(v128.load(next), one));
        weak = v128.or(weak, i8x16.eq(v128.load(next, 1), one));
        weak = v128.or(weak, i8x16.eq(v128.load(next, 2), one));
      }
      for (let bits = i8x16.bitmask(v128.and(marked, weak)); bits != 0; bits &= bits - 1) {
        if (!flood(at + ctz(bits), stride, stack, stackEnd, mark)) done = false;
      }
    }
  }
  return done;
}

/** Marks a weak pixel of the seam. */
// @ts-ignore: decorator
@inline
function markSeam(at: usize): i32 {
  if (load<u8>(at) != 1) return 0;
  store<u8>(at, 2);
  return 1;
}

/** Joins the map of a tile that stands at (left, top) of the picture. */
export function joinMap(
  map: usize, width: i32, height: i32, stack: usize, stackEnd: usize,
  left: i32, top: i32, pictureWidth: i32, pictureHeight: i32,
): void {
  const stride = mapStride(width);
  while (!floodAll(map, stride, height, stack, stackEnd, 255)) {}
  const first = map + stride + MARGIN;
  const last = first + <usize>(height - 1) * stride;
  let marked = 0;
  for (let x = 0; x < width; x++) {
    if (top > 0) marked += markSeam(first + x);
    if (top + height < pictureHeight) marked += markSeam(last + x);
  }
  for (let row = first; row <= last; row += stride) {
    if (left > 0) marked += markSeam(row);
    if (left + width < pictureWidth) marked += markSeam(row + width - 1);
  }
  if (marked > 0) while (!floodAll(map, stride, height, stack, stackEnd, 2)) {}
}

/** The joined map as pixels of T, with the input's alpha where there is one. */
export function putMap<T>(
  map: usize, input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
): void {
  const stride = mapStride(width);
  const alpha = input + (channels - 1) * sizeof<T>();
  const hasAlpha = (channels & 1) == 0;
  for (let y = 0; y < height; y++) {
    map += stride;
    const row = map + MARGIN;
    for (let x = 0; x < width; x += 16) {
      const pixels = v128.load(row + x);
      const edges = v128.or(i8x16.shr_s(pixels, 7), i8x16.shr_u(pixels, 1));
      if (hasAlpha) {
        v128.store(row + x, edges);
      } else if (sizeof<T>() == 1) {
        v128.store(output + x, edges);
      } else {
        v128.store(output + (<usize>x << 1), i16x8.extend_low_i8x16_s(edges));
        v128.store(output + (<usize>x << 1), i16x8.extend_high_i8x16_s(edges), 16);
      }
    }
    if (hasAlpha) {
      let from = alpha + <usize>y * inStride;
      for (let x = 0, to = output; x < width; x++, to += 2 * sizeof<T>(), from += channels * sizeof<T>()) {
        store<T>(to, <T>load<i8>(row + x));
        store<T>(to, load<T>(from), sizeof<T>());
      }
    }
    output += outStride;
  }
}
