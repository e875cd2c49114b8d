/**
 * Owns the planes that oil painting works on: a picture's rows split into tones (bytes) and colours (samples), and the
 * colours of one tone summed over a square.
 */
import { held, packU8 } from '../../kernels/lanes.as';

// Rec. 601, as scalar.ts has it.
const RED: i32 = 9798;
const GREEN: i32 = 19235;
const BLUE: i32 = 3735;
const HALF: i32 = 1 << 14;

/**
 * A row's `count` pixels into the planes' rows at `tones` and `colours`, from sample `start` on; colours are black before
 * and behind. `plane`: bytes from a colour's plane to the next. `table` has the tone of each level of luma.
 */
// @ts-ignore: decorator
@inline
export function splitRow<T>(
  from: usize, channels: i32, table: usize, tones: usize, colours: usize, plane: usize, start: i32, count: i32, stride: usize,
): void {
  const many = channels < 3 ? 1 : 3;
  const before: usize = start << alignof<T>();
  const behind: usize = (start + count) << alignof<T>();
  tones += start;
  if (sizeof<T>() == 1 && many == 3) splitRgb8(from, channels, tones, colours + before, plane, count);
  else splitPlain<T>(from, channels, tones, colours + before, plane, count);
  for (let i = 0; i < count; i++) store<u8>(tones + i, load<u8>(table + <usize>load<u8>(tones + i)));
  for (let c = 0; c < many; c++) {
    memory.fill(colours, 0, before);
    memory.fill(colours + behind, 0, (stride << alignof<T>()) - behind);
    colours += plane;
  }
}

/** Lumas (in 8 bits) and colours of a row, one by one. */
function splitPlain<T>(from: usize, channels: i32, lumas: usize, colours: usize, plane: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const pixel = from + ((i * channels) << alignof<T>());
    const to = colours + (i << alignof<T>());
    const red = <u32>load<T>(pixel);
    let luma = red;
    store<T>(to, <T>red);
    if (channels > 2) {
      const green = <u32>load<T>(pixel + sizeof<T>());
      const blue = <u32>load<T>(pixel + 2 * sizeof<T>());
      store<T>(to + plane, <T>green);
      store<T>(to + 2 * plane, <T>blue);
      luma = (red * RED + green * GREEN + blue * BLUE + HALF) >> 15;
    }
    if (sizeof<T>() == 2) luma = (luma + 128) / 257;
    store<u8>(lumas + i, <u8>luma);
  }
}

/** Four pixels of r, g, b, anything as bytes of an i32: their luma as i32. */
// @ts-ignore: decorator
@inline
function luma8(pixels: v128, low: v128, redBlue: v128, green: v128, half: v128): v128 {
  const sum = i32x4.add(
    i32x4.dot_i16x8_s(v128.and(pixels, low), redBlue),
    i32x4.dot_i16x8_s(v128.and(i32x4.shr_u(pixels, 8), low), green),
  );
  return i32x4.shr_u(i32x4.add(sum, half), 15);
}

function splitRgb8(from: usize, channels: i32, lumas: usize, colours: usize, plane: usize, count: i32): void {
  const spread = held(
    channels == 3
      ? i8x16(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1)
      : i8x16(0, 1, 2, -1, 4, 5, 6, -1, 8, 9, 10, -1, 12, 13, 14, -1),
  );
  const low = held(i16x8.splat(0xff));
  const byte = held(i32x4.splat(0xff));
  const redBlue = held(i32x4.splat((BLUE << 16) | RED));
  const green = held(i32x4.splat(GREEN));
  const half = held(i32x4.splat(HALF));
  const step: usize = channels << 2;
  for (let i = 0; i < count; i += 16) {
    const a = i8x16.swizzle(v128.load(from), spread);
    const b = i8x16.swizzle(v128.load(from + step), spread);
    const c = i8x16.swizzle(v128.load(from + 2 * step), spread);
    const d = i8x16.swizzle(v128.load(from + 3 * step), spread);
    from += step << 2;
    v128.store(
      lumas + i,
      packU8(
        luma8(a, low, redBlue, green, half),
        luma8(b, low, redBlue, green, half),
        luma8(c, low, redBlue, green, half),
        luma8(d, low, redBlue, green, half),
      ),
    );
    const to = colours + i;
    v128.store(to, packU8(v128.and(a, byte), v128.and(b, byte), v128.and(c, byte), v128.and(d, byte)));
    v128.store(
      to + plane,
      packU8(
        v128.and(i32x4.shr_u(a, 8), byte),
        v128.and(i32x4.shr_u(b, 8), byte),
        v128.and(i32x4.shr_u(c, 8), byte),
        v128.and(i32x4.shr_u(d, 8), byte),
      ),
    );
    v128.store(to + 2 * plane, packU8(i32x4.shr_u(a, 16), i32x4.shr_u(b, 16), i32x4.shr_u(c, 16), i32x4.shr_u(d, 16)));
  }
}

/** Lanes of i32 summed. */
// @ts-ignore: decorator
@inline
function total(v: v128): i32 {
  v = i32x4.add(v, v128.shuffle<u64>(v, v, 1, 0));
  return i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1);
}

/** Sums of 16 bytes fit 16 bits for this many vectors: 2 * 255 * 128 = 65,280. */
const FLUSH: i32 = 128;

/** Red, green, blue of the square's pixels of that tone, summed: lanes 0 to 2. */
// @ts-ignore: decorator
@inline
export function colourSums<T>(
  tones: usize, colours: usize, plane: usize, stride: usize, rows: i32, side: i32, many: i32, tone: i32,
): v128 {
  const wanted = i8x16.splat(<i8>tone);
  const vectors = (side + 15) >> 4;
  const lanes = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const last = i8x16.lt_s(lanes, i8x16.splat(<i8>(side - ((vectors - 1) << 4))));
  let red = i32x4.splat(0);
  let green = red;
  let blue = red;
  if (sizeof<T>() == 1 && vectors == 1 && many == 3) {
    // What most pictures take: apart, it runs a third faster than the general loop below.
    for (let y = rows; y > 0; y--) {
      const mask = v128.and(i8x16.eq(v128.load(tones), wanted), last);
      red = i16x8.add(red, i16x8.extadd_pairwise_i8x16_u(v128.and(mask, v128.load(colours))));
      green = i16x8.add(green, i16x8.extadd_pairwise_i8x16_u(v128.and(mask, v128.load(colours + plane))));
      blue = i16x8.add(blue, i16x8.extadd_pairwise_i8x16_u(v128.and(mask, v128.load(colours + 2 * plane))));
      tones += stride;
      colours += stride;
    }
    red = i32x4.extadd_pairwise_i16x8_u(red);
    green = i32x4.extadd_pairwise_i16x8_u(green);
    blue = i32x4.extadd_pairwise_i16x8_u(blue);
  } else if (sizeof<T>() == 1 && vectors == 2 && many == 3) {
    // Brushes of 8 to 15 px: the same with two vectors a row; 31 rows of them stay within 16 bits.
    for (let y = rows; y > 0; y--) {
      const mask = i8x16.eq(v128.load(tones), wanted);
      const end = v128.and(i8x16.eq(v128.load(tones, 16), wanted), last);
      red = i16x8.add(red, bytes2(colours, mask, end));
      green = i16x8.add(green, bytes2(colours + plane, mask, end));
      blue = i16x8.add(blue, bytes2(colours + 2 * plane, mask, end));
      tones += stride;
      colours += stride;
    }
    red = i32x4.extadd_pairwise_i16x8_u(red);
    green = i32x4.extadd_pairwise_i16x8_u(green);
    blue = i32x4.extadd_pairwise_i16x8_u(blue);
  } else if (sizeof<T>() == 1) {
    const most = FLUSH / vectors;
    while (rows > 0) {
      let r = i32x4.splat(0);
      let g = r;
      let b = r;
      for (let y = min(rows, most); y > 0; y--) {
        for (let v = 1; v <= vectors; v++) {
          const at: usize = (v - 1) << 4;
          let mask = i8x16.eq(v128.load(tones + at), wanted);
          if (v == vectors) mask = v128.and(mask, last);
          r = i16x8.add(r, i16x8.extadd_pairwise_i8x16_u(v128.and(mask, v128.load(colours + at))));
          if (many == 1) continue;
          g = i16x8.add(g, i16x8.extadd_pairwise_i8x16_u(v128.and(mask, v128.load(colours + plane + at))));
          b = i16x8.add(b, i16x8.extadd_pairwise_i8x16_u(v128.and(mask, v128.load(colours + 2 * plane + at))));
        }
        tones += stride;
        colours += stride;
      }
      red = i32x4.add(red, i32x4.extadd_pairwise_i16x8_u(r));
      green = i32x4.add(green, i32x4.extadd_pairwise_i16x8_u(g));
      blue = i32x4.add(blue, i32x4.extadd_pairwise_i16x8_u(b));
      rows -= most;
    }
  } else {
    for (let y = rows; y > 0; y--) {
      for (let v = 1; v <= vectors; v++) {
        const at: usize = (v - 1) << 4;
        let mask = i8x16.eq(v128.load(tones + at), wanted);
        if (v == vectors) mask = v128.and(mask, last);
        const low = i16x8.extend_low_i8x16_s(mask);
        const high = i16x8.extend_high_i8x16_s(mask);
        const from = colours + (at << 1);
        red = i32x4.add(red, masked16(from, low, high));
        if (many == 1) continue;
        green = i32x4.add(green, masked16(from + plane, low, high));
        blue = i32x4.add(blue, masked16(from + 2 * plane, low, high));
      }
      tones += stride;
      colours += stride << 1;
    }
  }
  return i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(total(red)), 1, total(green)), 2, total(blue));
}

// @ts-ignore: decorator
@inline
function bytes2(from: usize, mask: v128, end: v128): v128 {
  const first = i16x8.extadd_pairwise_i8x16_u(v128.and(v128.load(from), mask));
  return i16x8.add(first, i16x8.extadd_pairwise_i8x16_u(v128.and(v128.load(from, 16), end)));
}

// @ts-ignore: decorator
@inline
function masked16(from: usize, low: v128, high: v128): v128 {
  const first = i32x4.extadd_pairwise_i16x8_u(v128.and(v128.load(from), low));
  return i32x4.add(first, i32x4.extadd_pairwise_i16x8_u(v128.and(v128.load(from, 16), high)));
}
