/** Owns a function's code while it is written: its locals, its constants, its instructions. Knows no formula and no pixel. */
import { type FunctionBody, signed, unsigned, type ValueType } from './wasm.ts';

/** The number of a local. */
export type Local = number;

/** Behind the prefix 0xfd; what primitives.ts does not have. */
export const SIMD = {
  load: 0x00,
  load16x4: 0x04,
  load32Zero: 0x5c,
  load64Zero: 0x5d,
  store: 0x0b,
  store32Lane: 0x5a,
  store64Lane: 0x5b,
  shuffle: 0x0d,
  swizzle: 0x0e,
  splatI32: 0x11,
  splatF32: 0x13,
  and: 0x4e,
  or: 0x50,
  narrowToU8: 0x66,
  narrowToU16: 0x86,
  widenU8: 0x89,
  widenU16: 0xa9,
  shiftLeft: 0xab,
  shiftRightUnsigned: 0xad,
  addI32: 0xae,
  toF32: 0xfa,
} as const;

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const I32_CONST = 0x41;
const I32_ADD = 0x6a;
const I32_MUL = 0x6c;
const I32_GT_S = 0x4a;
const LOOP = [0x03, 0x40];
const BRANCH_IF_TO_LOOP = [0x0d, 0x00];
const END = 0x0b;

export interface Code {
  local(type: ValueType): Local;
  get(local: Local): void;
  set(local: Local): void;
  i32(value: number): void;
  /** Adds a number known now to a local. */
  advance(local: Local, by: number): void;
  /** `to` = `from` + `factor` * `times` + `more`. */
  address(to: Local, from: Local, factor: Local, times: number, more: number): void;
  /** An instruction of SIMD.* or a primitive's; `immediates` follow it. */
  simd(opcode: number, ...immediates: number[]): void;
  /** A load or store at the address on the stack plus `offset`; alignment is not promised. */
  memory(opcode: number, offset: number, lane?: number): void;
  /** 32-bit lanes 0–3 of the first operand and 4–7 of the second. */
  shuffle32(lanes: readonly [number, number, number, number]): void;
  /** While `local`, counted down by `step` behind each round, is above 0; at least once. */
  repeat(local: Local, step: number, body: () => void): void;
  /**
   * 16 bytes of the table of constants, in a local from before the loop on. Newer V8 builds a constant anew at each use
   * (lanes.as.ts); what came from memory it has to keep.
   */
  constant(bytes: readonly number[]): Local;
  /** The body, which reads its constants where local `table` points; and the table. */
  finish(params: readonly ValueType[], table: Local): { readonly body: FunctionBody; readonly table: Uint8Array };
}

export function createCode(paramCount: number): Code {
  const code: number[] = [];
  const locals: ValueType[] = [];
  const constants = new Map<string, { readonly local: Local; readonly bytes: readonly number[] }>();

  const write: Code = {
    local: (type) => paramCount + locals.push(type) - 1,
    get: (local) => emit(LOCAL_GET, ...unsigned(local)),
    set: (local) => emit(LOCAL_SET, ...unsigned(local)),
    i32: (value) => emit(I32_CONST, ...signed(value)),
    advance(local, by) {
      write.get(local);
      write.i32(by);
      emit(I32_ADD);
      write.set(local);
    },
    address(to, from, factor, times, more) {
      write.get(factor);
      write.i32(times);
      emit(I32_MUL);
      write.get(from);
      emit(I32_ADD);
      write.set(to);
      write.advance(to, more);
    },
    simd: (opcode, ...immediates) => emit(0xfd, ...unsigned(opcode), ...immediates),
    memory: (opcode, offset, lane) => emit(...memoryAccess(opcode, offset), ...(lane === undefined ? [] : [lane])),
    shuffle32: (lanes) => write.simd(SIMD.shuffle, ...lanes.flatMap((lane) => [0, 1, 2, 3].map((b) => 4 * lane + b))),
    repeat(local, step, body) {
      emit(...LOOP);
      body();
      write.advance(local, -step);
      write.get(local);
      write.i32(0);
      emit(I32_GT_S, ...BRANCH_IF_TO_LOOP, END);
    },
    constant(bytes) {
      const key = bytes.join();
      const { local } = constants.get(key) ?? { local: write.local('v128') };
      constants.set(key, { local, bytes });
      return local;
    },
    finish(params, table) {
      const all = [...constants.values()];
      const loads = all.flatMap(({ local }, index) => [
        ...[LOCAL_GET, ...unsigned(table)],
        ...memoryAccess(SIMD.load, index * 16),
        ...[LOCAL_SET, ...unsigned(local)],
      ]);
      return {
        body: { params, locals, code: [...loads, ...code] },
        table: Uint8Array.from(all.flatMap(({ bytes }) => bytes)),
      };
    },
  };
  return write;

  function emit(...bytes: number[]): void {
    code.push(...bytes);
  }
}

function memoryAccess(opcode: number, offset: number): number[] {
  return [0xfd, ...unsigned(opcode), 0, ...unsigned(offset)];
}
