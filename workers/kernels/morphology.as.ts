/**
 * Owns the least and the greatest under a structuring element in SIMD; element.ts writes the table it reads.
 * Beyond the picture nothing counts: replicated pixels are as good as none, for every one of them also stands inside
 * the element (all shapes shrink towards their anchor).
 *
 * Rectangles cost the same at every size: rows in a few steps that join four windows each, columns by van Herk, Gil and
 * Werman (rows in blocks of the element's height: the least from the block's end upwards, and from the next block's
 * start downwards). Ellipses and crosses: of every row the windows of 1, 2, 4… pixels, two of them for each row of the element.
 */
import { aligned } from './blur-rows.as';
import { alphaMask16, alphaMask8 } from './lanes.as';

const HEADER: usize = 24;

// @ts-ignore: decorator
@inline
function pick<T>(a: v128, b: v128, dilate: bool): v128 {
  return dilate ? v128.max<T>(a, b) : v128.min<T>(a, b);
}

// @ts-ignore: decorator
@inline
function alphaMask<T>(channels: i32): v128 {
  return sizeof<T>() == 1 ? alphaMask8(channels) : alphaMask16(channels);
}

/** `bytes` of windows of `wide` pixels each, the first beginning at `from`. */
// @ts-ignore: decorator
@inline
function windows<T>(from: usize, to: usize, bytes: usize, step: usize, wide: usize, dilate: bool): void {
  if (wide == 1) return memory.copy(to, from, bytes);
  let have: usize = 1;
  do {
    const last = have << 2 >= wide;
    const fourth = last ? wide - have : 3 * have;
    const second = min(have, fourth) * step;
    const third = min(have << 1, fourth) * step;
    have = last ? wide : have << 2;
    const end = from + bytes + (wide - have) * step;
    const shift = to - from;
    // In place after the first turn: all that is read lies ahead of what is written.
    for (let at = from; at < end; at += 32) {
      const a = pick<T>(v128.load(at), v128.load(at + second), dilate);
      const b = pick<T>(v128.load(at + third), v128.load(at + fourth * step), dilate);
      v128.store(at + shift, pick<T>(a, b, dilate));
      const c = pick<T>(v128.load(at, 16), v128.load(at + second, 16), dilate);
      const d = pick<T>(v128.load(at + third, 16), v128.load(at + fourth * step, 16), dilate);
      v128.store(at + shift, pick<T>(c, d, dilate), 16);
    }
    from = to;
  } while (have < wide);
}

// @ts-ignore: decorator
@inline
function rectangle<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  table: usize, dilate: bool,
): void {
  const wide: usize = load<i32>(table);
  const high = load<i32>(table, 4);
  const step: usize = channels * sizeof<T>();
  const bytes = <usize>width * step;
  const row = aligned(bytes + (wide - 1) * step + 80);
  const alpha = alphaMask<T>(channels);
  const prefix = table + aligned(HEADER + <usize>high * 20);
  let block = prefix + row;
  let next = block + <usize>high * row;
  let from = input - load<i32>(table, 12) * inStride - load<i32>(table, 8) * step;
  for (let j = 0; j < high; j++, from += inStride) windows<T>(from, block + j * row, bytes, step, wide, dilate);

  for (let y = 0; y < height; y += high) {
    for (let above = block + (high - 1) * row; above > block; ) {
      const below = above;
      above -= row;
      for (let i: usize = 0; i < bytes; i += 16) {
        v128.store(above + i, pick<T>(v128.load(above + i), v128.load(below + i), dilate));
      }
    }
    const rows = min(high, height - y);
    let suffix = block;
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(output + i, v128.bitselect(v128.load(input + i), v128.load(suffix + i), alpha));
    }
    let fresh = next;
    let before = fresh;
    for (let j = 1; j < rows; j++) {
      input += inStride;
      output += outStride;
      suffix += row;
      windows<T>(from, fresh, bytes, step, wide, dilate);
      for (let i: usize = 0; i < bytes; i += 16) {
        const down = pick<T>(v128.load(before + i), v128.load(fresh + i), dilate);
        v128.store(prefix + i, down);
        const both = pick<T>(down, v128.load(suffix + i), dilate);
        v128.store(output + i, v128.bitselect(v128.load(input + i), both, alpha));
      }
      from += inStride;
      fresh += row;
      before = prefix;
    }
    if (y + high >= height) return;
    input += inStride;
    output += outStride;
    windows<T>(from, fresh, bytes, step, wide, dilate);
    from += inStride;
    const done = block;
    block = next;
    next = done;
  }
}

// @ts-ignore: decorator
@inline
function spans<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  table: usize, dilate: bool,
): void {
  const wide: usize = load<i32>(table);
  const high = load<i32>(table, 4);
  const levels = load<i32>(table, 16);
  const step: usize = channels * sizeof<T>();
  const whole = <usize>width * step;
  const blockBytes = min(<usize>load<i32>(table, 20), whole);
  const row = aligned(blockBytes + (wide - 1) * step + 80);
  const slot = row * levels;
  const alpha = alphaMask<T>(channels);
  const rows = table + HEADER;
  const addresses = rows + <usize>high * 12;
  const ring = table + aligned(HEADER + <usize>high * 20);
  const first = input - load<i32>(table, 12) * inStride - load<i32>(table, 8) * step;

  // Blocks are multiples of 64 bytes, so what is written past one is written anew by the next.
  for (let left: usize = 0; left < whole; left += blockBytes) {
    const bytes = min(blockBytes, whole - left);
    let from = first + left;
    for (let r = 0; r < height + high - 1; r++, from += inStride) {
      let here = ring + <usize>(r % high) * slot;
      memory.copy(here, from, bytes + (wide - 1) * step);
      for (let level = 1, half: usize = 1; level < levels; level++, half <<= 1) {
        const reach = half * step;
        const end = here + bytes + (wide - 2 * half) * step;
        for (let at = here; at < end; at += 16) {
          v128.store(at + row, pick<T>(v128.load(at), v128.load(at + reach), dilate));
        }
        here += row;
      }
      const y = r - high + 1;
      if (y < 0) continue;
      for (let j = 0; j < high; j++) {
        const entry = rows + j * 12;
        const base = ring + <usize>((y + j) % high) * slot + <usize>load<i32>(entry) * row;
        store<usize>(addresses + (j << 3), base + <usize>load<i32>(entry, 4) * step);
        store<usize>(addresses + (j << 3), base + <usize>load<i32>(entry, 8) * step, 4);
      }
      const end = addresses + (<usize>high << 3);
      for (let i: usize = 0; i < bytes; i += 64) {
        let at = load<usize>(addresses) + i;
        let a = v128.load(at);
        let b = v128.load(at, 16);
        let c = v128.load(at, 32);
        let d = v128.load(at, 48);
        for (let pair = addresses; pair < end; pair += 4) {
          at = load<usize>(pair) + i;
          a = pick<T>(a, v128.load(at), dilate);
          b = pick<T>(b, v128.load(at, 16), dilate);
          c = pick<T>(c, v128.load(at, 32), dilate);
          d = pick<T>(d, v128.load(at, 48), dilate);
        }
        const original = input + <usize>y * inStride + left + i;
        const result = output + <usize>y * outStride + left + i;
        v128.store(result, v128.bitselect(v128.load(original), a, alpha));
        v128.store(result, v128.bitselect(v128.load(original, 16), b, alpha), 16);
        v128.store(result, v128.bitselect(v128.load(original, 32), c, alpha), 32);
        v128.store(result, v128.bitselect(v128.load(original, 48), d, alpha), 48);
      }
    }
  }
}

/** The least under the element at every pixel. */
export function erodeTile<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  if (load<i32>(table, 16) == 0) rectangle<T>(input, inStride, output, outStride, width, height, channels, table, false);
  else spans<T>(input, inStride, output, outStride, width, height, channels, table, false);
}

/** The greatest under the element at every pixel. */
export function dilateTile<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
): void {
  if (load<i32>(table, 16) == 0) rectangle<T>(input, inStride, output, outStride, width, height, channels, table, true);
  else spans<T>(input, inStride, output, outStride, width, height, channels, table, true);
}

// @ts-ignore: decorator
@inline
function blank(start: usize, stride: usize, bytes: usize, rows: i32, neutral: u8): void {
  for (let y = 0; y < rows; y++, start += stride) memory.fill(start, neutral, bytes);
}

/**
 * Two steps. The first is made `reach` pixels wider, into `middle`; what of that lies beyond the picture is then made
 * neutral, since the second step's border is its own and not what the first makes of a padded picture.
 */
// @ts-ignore: decorator
@inline
function twoSteps<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
  middle: usize, stride: usize, reach: i32, left: i32, top: i32, pictureWidth: i32, pictureHeight: i32, dilateFirst: bool,
): void {
  const step: usize = channels * sizeof<T>();
  const wide = width + 2 * reach;
  const high = height + 2 * reach;
  const start = input - <usize>reach * (inStride + step);
  if (dilateFirst) dilateTile<T>(start, inStride, middle, stride, wide, high, channels, table);
  else erodeTile<T>(start, inStride, middle, stride, wide, high, channels, table);

  const neutral: u8 = dilateFirst ? 255 : 0;
  const leftOut = max(0, reach - left);
  const rightIn = min(wide, pictureWidth - left + reach);
  const above = max(0, reach - top);
  const bottomIn = min(high, pictureHeight - top + reach);
  blank(middle, stride, wide * step, above, neutral);
  blank(middle + bottomIn * stride, stride, wide * step, high - bottomIn, neutral);
  if (leftOut > 0) blank(middle, stride, leftOut * step, high, neutral);
  if (rightIn < wide) blank(middle + rightIn * step, stride, (wide - rightIn) * step, high, neutral);

  const inner = middle + <usize>reach * (stride + step);
  if (dilateFirst) erodeTile<T>(inner, stride, output, outStride, width, height, channels, table);
  else dilateTile<T>(inner, stride, output, outStride, width, height, channels, table);
}

/** Erosion, then dilation: bright specks smaller than the element go. */
export function openTile<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
  middle: usize, stride: usize, reach: i32, left: i32, top: i32, pictureWidth: i32, pictureHeight: i32,
): void {
  twoSteps<T>(
    input, inStride, output, outStride, width, height, channels, table,
    middle, stride, reach, left, top, pictureWidth, pictureHeight, false,
  );
}

/** Dilation, then erosion: dark specks smaller than the element go. */
export function closeTile<T>(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32, table: usize,
  middle: usize, stride: usize, reach: i32, left: i32, top: i32, pictureWidth: i32, pictureHeight: i32,
): void {
  twoSteps<T>(
    input, inStride, output, outStride, width, height, channels, table,
    middle, stride, reach, left, top, pictureWidth, pictureHeight, true,
  );
}

/** output = first - second, nothing below 0, for colours; alpha of `first` and `second` is alike and stays. */
export function differenceRows<T>(
  first: usize, firstStride: usize, second: usize, secondStride: usize, output: usize, outStride: usize,
  width: i32, height: i32, channels: i32,
): void {
  const bytes = <usize>width * channels * sizeof<T>();
  const alpha = alphaMask<T>(channels);
  for (let y = 0; y < height; y++) {
    for (let i: usize = 0; i < bytes; i += 16) {
      const a = v128.load(first + i);
      v128.store(output + i, v128.bitselect(a, v128.sub_sat<T>(a, v128.load(second + i)), alpha));
    }
    first += firstStride;
    second += secondStride;
    output += outStride;
  }
}
