/**
 * Owns the n-th smallest of a square window of 16-bit samples: exact, at a cost that grows with the radius, not its square.
 * Source: Huang, Yang and Tang, "A Fast Two-Dimensional Median Filtering Algorithm", 1979: one histogram, moved by one
 * column (or row) in and one out, and a value with the count of all below it, which follows the answer from pixel to
 * pixel. It walks left to right and back again, so the histogram is never made anew; 256 coarse counts let it leap.
 */
import { copyAlpha16 } from './alpha.as';

// Scratch, as order.ts lays it out: 65,536 counts of 16 bits, then 256.
const COARSE: usize = 131072;

/** The answer of the last pixel, and how many samples of the window are below it. */
let value: i32 = 0;
let less: i32 = 0;

/** `rank` counts from 0 for the smallest; the window is 2 * radius + 1 on each side. */
export function rankTile16(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, channels: i32,
  radius: i32, rank: i32, scratch: usize,
): void {
  const colours = channels - (~channels & 1);
  for (let c = 0; c < colours; c++) {
    rankChannel(input + (c << 1), inStride, output + (c << 1), outStride, width, height, channels << 1, radius, rank, scratch);
  }
  if (colours < channels) copyAlpha16(input, inStride, output, outStride, width, height, channels);
}

function rankChannel(
  input: usize, inStride: usize, output: usize, outStride: usize, width: i32, height: i32, step: usize,
  radius: i32, rank: i32, fine: usize,
): void {
  memory.fill(fine, 0, COARSE + 512);
  value = 0;
  less = 0;
  const side = 2 * radius + 1;
  const reach = <usize>radius * step;
  const rise = <usize>radius * inStride;
  for (let i = 0; i < side; i++) enter(input - rise - reach + <usize>i * inStride, step, side, fine);
  let forth = true;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width - 1; x++) {
      store<u16>(output, answer(rank, fine));
      if (forth) {
        exchange(input - rise + reach + step, input - rise - reach, inStride, side, fine);
        input += step;
        output += step;
      } else {
        exchange(input - rise - reach - step, input - rise + reach, inStride, side, fine);
        input -= step;
        output -= step;
      }
    }
    store<u16>(output, answer(rank, fine));
    // One row down where it stands, then back.
    if (y + 1 < height) exchange(input + rise + inStride - reach, input - rise - reach, step, side, fine);
    input += inStride;
    output += outStride;
    forth = !forth;
  }
}

function enter(at: usize, step: usize, count: i32, fine: usize): void {
  for (let i = 0; i < count; i++) {
    const sample = <i32>load<u16>(at);
    const place = fine + (sample << 1);
    store<u16>(place, load<u16>(place) + 1);
    const bucket = fine + ((sample >> 8) << 1);
    store<u16>(bucket, load<u16>(bucket, COARSE) + 1, COARSE);
    less += i32(sample < value);
    at += step;
  }
}

/** A line of samples comes into the window, another leaves it. */
function exchange(entering: usize, leaving: usize, step: usize, count: i32, fine: usize): void {
  let change = 0;
  const middle = value;
  for (let i = 0; i < count; i++) {
    const comes = <i32>load<u16>(entering);
    const goes = <i32>load<u16>(leaving);
    let at = fine + (comes << 1);
    store<u16>(at, load<u16>(at) + 1);
    at = fine + (goes << 1);
    store<u16>(at, load<u16>(at) - 1);
    at = fine + ((comes >> 8) << 1);
    store<u16>(at, load<u16>(at, COARSE) + 1, COARSE);
    at = fine + ((goes >> 8) << 1);
    store<u16>(at, load<u16>(at, COARSE) - 1, COARSE);
    change += i32(comes < middle) - i32(goes < middle);
    entering += step;
    leaving += step;
  }
  less += change;
}

/** Moves `value` to the sample that has exactly `rank` others before it: whole buckets where it can. */
function answer(rank: i32, fine: usize): u16 {
  let at = value;
  let below = less;
  while (below > rank) {
    if ((at & 255) == 0) {
      const bucket = <i32>load<u16>(fine + ((at >> 8) << 1), COARSE - 2);
      if (below - bucket > rank) {
        below -= bucket;
        at -= 256;
        continue;
      }
    }
    at--;
    below -= <i32>load<u16>(fine + (at << 1));
  }
  while (true) {
    if ((at & 255) == 0) {
      const bucket = <i32>load<u16>(fine + ((at >> 8) << 1), COARSE);
      if (below + bucket <= rank) {
        below += bucket;
        at += 256;
        continue;
      }
    }
    const here = <i32>load<u16>(fine + (at << 1));
    if (below + here > rank) break;
    below += here;
    at++;
  }
  value = at;
  less = below;
  return <u16>at;
}
