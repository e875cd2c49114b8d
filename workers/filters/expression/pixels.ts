/**
 * Owns how four pixels come out of a row as i32 lanes of one channel each, and go back into one. Knows the layouts of
 * samples; no formula. Whole vectors are read and written: what stands behind a row is nobody's (define.ts).
 * Planes in scratch, filled and emptied by loops of their own, are what this replaced on paper: three more walks through
 * memory, while here a pixel is opened and closed in registers.
 */
import type { Channels, Depth } from '../../raster.ts';
import { type Code, type Local, SIMD } from './code.ts';

/** Pixels a round. */
export const LANES = 4;

const NONE = 0xff;
/** Three bytes of four: r g b r g b … to r g b 0 r g b 0 …, and back. */
const SPREAD_8 = [0, 1, 2, NONE, 3, 4, 5, NONE, 6, 7, 8, NONE, 9, 10, 11, NONE];
const CLOSE_8 = [0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, NONE, NONE, NONE, NONE];
/** The same of two pixels of 16 bits. */
const SPREAD_16 = [0, 1, 2, 3, 4, 5, NONE, NONE, 6, 7, 8, 9, 10, 11, NONE, NONE];
const CLOSE_16 = [0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, NONE, NONE, NONE, NONE];

/** Vectors from which channels can be had by masks and shifts: two channels of 16 bits each, or up to four of 8. */
type Opened = readonly Local[];

/** Four pixels from `address` + `offset`. */
export function open(code: Code, address: Local, offset: number, channels: Channels, depth: Depth): Opened {
  const load = (opcode: number, more = 0) => {
    code.get(address);
    code.memory(opcode, offset + more);
  };
  if (depth === 8) {
    load(channels === 1 ? SIMD.load32Zero : channels === 2 ? SIMD.load64Zero : SIMD.load);
    if (channels === 1) code.simd(SIMD.widenU8);
    if (channels < 3) code.simd(SIMD.widenU16);
    if (channels === 3) swizzle(code, SPREAD_8);
    return [kept(code)];
  }
  if (channels < 3) {
    load(channels === 1 ? SIMD.load16x4 : SIMD.load);
    return [kept(code)];
  }
  const halves = [0, 1].map((half) => {
    load(SIMD.load, half * 2 * channels * 2);
    if (channels === 3) swizzle(code, SPREAD_16);
    return kept(code);
  }) as [Local, Local];
  return [pair(code, halves, [0, 2, 4, 6]), pair(code, halves, [1, 3, 5, 7])];
}

/** One channel of opened pixels, on the stack. */
export function pick(code: Code, opened: Opened, channel: number, channels: Channels, depth: Depth): void {
  const perVector = 32 / depth;
  const place = channel % perVector;
  code.get(opened[Math.floor(channel / perVector)] as Local);
  if (place > 0) {
    code.i32(place * depth);
    code.simd(SIMD.shiftRightUnsigned);
  }
  // Nothing stands above the last channel.
  if (place < perVector - 1 && channel < channels - 1) lowBits(code, depth);
}

/** Writes four pixels; of each local the low 8 or 16 bits are the sample, and bits 16 to 23 are 0 (so 2^23 + sample is fine). */
export function close(code: Code, samples: readonly Local[], address: Local, depth: Depth): void {
  if (depth === 8) {
    code.get(address);
    joined(code, samples, 8);
    if (samples.length === 3) swizzle(code, CLOSE_8);
    if (samples.length < 3) narrow(code, SIMD.narrowToU16);
    if (samples.length === 1) narrow(code, SIMD.narrowToU8);
    if (samples.length >= 3) code.memory(SIMD.store, 0);
    else code.memory(samples.length === 1 ? SIMD.store32Lane : SIMD.store64Lane, 0, 0);
    return;
  }
  joined(code, samples.slice(0, 2), 16);
  if (samples.length < 3) {
    if (samples.length === 1) narrow(code, SIMD.narrowToU16);
    const vector = kept(code);
    code.get(address);
    code.get(vector);
    if (samples.length === 1) code.memory(SIMD.store64Lane, 0, 0);
    else code.memory(SIMD.store, 0);
    return;
  }
  const first = kept(code);
  joined(code, samples.slice(2), 16);
  const halves = [first, kept(code)] as const;
  (
    [
      [0, 4, 1, 5],
      [2, 6, 3, 7],
    ] as const
  ).forEach((lanes, half) => {
    const vector = pair(code, halves, lanes);
    code.get(address);
    code.get(vector);
    if (samples.length === 3) swizzle(code, CLOSE_16);
    code.memory(SIMD.store, half * 2 * samples.length * 2);
  });
}

/** Samples side by side in each lane, the first lowest; on the stack. What a shift pushes out above is the 2^23. */
function joined(code: Code, samples: readonly Local[], depth: Depth): void {
  samples.forEach((sample, place) => {
    code.get(sample);
    if (place === 0) {
      lowBits(code, depth);
      return;
    }
    code.i32(place * depth);
    code.simd(SIMD.shiftLeft);
    code.simd(SIMD.or);
  });
}

function lowBits(code: Code, depth: Depth): void {
  code.get(code.constant(Array.from({ length: 16 }, (_, byte) => (byte % 4 < depth / 8 ? 0xff : 0))));
  code.simd(SIMD.and);
}

function swizzle(code: Code, bytes: readonly number[]): void {
  code.get(code.constant(bytes));
  code.simd(SIMD.swizzle);
}

function narrow(code: Code, opcode: number): void {
  const vector = kept(code);
  code.get(vector);
  code.get(vector);
  code.simd(opcode);
}

function pair(code: Code, [a, b]: readonly [Local, Local], lanes: readonly [number, number, number, number]): Local {
  code.get(a);
  code.get(b);
  code.shuffle32(lanes);
  return kept(code);
}

/** What is on the stack, in a local of its own. */
function kept(code: Code): Local {
  const local = code.local('v128');
  code.set(local);
  return local;
}
