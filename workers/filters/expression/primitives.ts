/**
 * Owns the steps a compiled formula is made of: for each its SIMD instruction and what it does to one pixel, which is the
 * same bit for bit (f32 arithmetic rounds alike: a double of the exact result, rounded once more, is the f32 result for
 * + - * / and sqrt). What a formula's functions are made of is lower.ts and functions.ts.
 */

/** The same registers twice: writing a float rounds it to f32. */
export interface Registers {
  readonly f32: Float32Array;
  readonly i32: Int32Array;
}

export function createRegisters(count: number): Registers {
  const f32 = new Float32Array(count);
  return { f32, i32: new Int32Array(f32.buffer) };
}

type Run = (registers: Registers, to: number, a: number, b: number, c: number) => void;

interface Primitive {
  /** Behind the prefix 0xfd (WebAssembly's SIMD proposal, BinarySIMD.md). */
  readonly opcode: number;
  readonly operands: 1 | 2 | 3;
  /** All bits set for yes, none for no. */
  readonly mask: boolean;
  /** The second operand is a plain number of bits, known when the formula is compiled. */
  readonly shift: boolean;
  readonly run: Run;
}

const one = (opcode: number, run: (a: number) => number): Primitive => ({
  ...{ opcode, operands: 1, mask: false, shift: false },
  run: ({ f32 }, to, a) => {
    f32[to] = run(f32[a] as number);
  },
});
const two = (opcode: number, run: (a: number, b: number) => number): Primitive => ({
  ...{ opcode, operands: 2, mask: false, shift: false },
  run: ({ f32 }, to, a, b) => {
    f32[to] = run(f32[a] as number, f32[b] as number);
  },
});
const compare = (opcode: number, run: (a: number, b: number) => boolean): Primitive => ({
  ...{ opcode, operands: 2, mask: true, shift: false },
  run: ({ f32, i32 }, to, a, b) => {
    i32[to] = run(f32[a] as number, f32[b] as number) ? -1 : 0;
  },
});
const bits = (opcode: number, mask: boolean, run: (a: number, b: number) => number): Primitive => ({
  ...{ opcode, operands: 2, mask, shift: false },
  run: ({ i32 }, to, a, b) => {
    i32[to] = run(i32[a] as number, i32[b] as number);
  },
});
/** `b` is the number of bits itself, no register. */
const shift = (opcode: number, run: (a: number, by: number) => number): Primitive => ({
  ...{ opcode, operands: 1, mask: false, shift: true },
  run: ({ i32 }, to, a, by) => {
    i32[to] = run(i32[a] as number, by);
  },
});

/**
 * The first stays where either is NaN: pmin and pmax, which are one instruction on x86 where min and max are six.
 * (Math.min would give NaN.)
 */
function least(a: number, b: number): number {
  if (b < a) return b;
  return a;
}

function greatest(a: number, b: number): number {
  if (a < b) return b;
  return a;
}

export const PRIMITIVES = {
  add: two(0xe4, (a, b) => a + b),
  sub: two(0xe5, (a, b) => a - b),
  mul: two(0xe6, (a, b) => a * b),
  div: two(0xe7, (a, b) => a / b),
  min: two(0xea, least),
  max: two(0xeb, greatest),
  sqrt: one(0xe3, Math.sqrt),
  abs: one(0xe0, Math.abs),
  neg: one(0xe1, (a) => -a),
  floor: one(0x68, Math.floor),
  ceil: one(0x67, Math.ceil),
  lt: compare(0x43, (a, b) => a < b),
  le: compare(0x45, (a, b) => a <= b),
  eq: compare(0x41, (a, b) => a === b),
  ne: compare(0x42, (a, b) => a !== b),
  both: bits(0x4e, true, (a, b) => a & b),
  either: bits(0x50, true, (a, b) => a | b),
  not: {
    ...{ opcode: 0x4d, operands: 1, mask: true, shift: false },
    run: ({ i32 }, to, a) => {
      i32[to] = ~(i32[a] as number);
    },
  },
  flip: bits(0x51, false, (a, b) => a ^ b),
  addBits: bits(0xae, false, (a, b) => a + b),
  subBits: bits(0xb1, false, (a, b) => a - b),
  shiftLeft: shift(0xab, (a, by) => a << by),
  shiftRight: shift(0xac, (a, by) => a >> by),
  /** An i32 as the f32 next to it. */
  toFloat: {
    ...{ opcode: 0xfa, operands: 1, mask: false, shift: false },
    run: ({ f32, i32 }, to, a) => {
      f32[to] = i32[a] as number;
    },
  },
  /** The first where the third, a mask, says yes; else the second. */
  select: {
    ...{ opcode: 0x52, operands: 3, mask: false, shift: false },
    run: ({ i32 }, to, a, b, c) => {
      i32[to] = ((i32[a] as number) & (i32[c] as number)) | ((i32[b] as number) & ~(i32[c] as number));
    },
  },
} as const satisfies Readonly<Record<string, Primitive>>;
export type PrimitiveName = keyof typeof PRIMITIVES;

export function primitive(name: PrimitiveName): Primitive {
  return PRIMITIVES[name];
}
