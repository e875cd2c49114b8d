/**
 * Owns the one WebAssembly instance of a thread: its memory, its exports, and the room for tiles in it (the arena).
 * The only user of WebAssembly. Knows nothing of filters and pictures.
 */

/** The exports of kernels.wasm: numbers in, numbers out. */
export type KernelExports = Readonly<Record<string, (...args: number[]) => number>>;
export type KernelMemory = WebAssembly.Memory;

const PAGE_BYTES = 65_536;
/** What an i32 address can reach. */
const MAX_PAGES = 65_536;

export interface Kernels {
  readonly memory: KernelMemory;
  readonly exports: KernelExports;
  readonly arena: Arena;
}

export interface Arena {
  /** Where tile buffers may stand: 16-aligned, behind the kernels' own static data. */
  readonly base: number;
  /**
   * Makes `bytes` usable from `base` on; views of `memory.buffer` made before are stale afterwards.
   * WebAssembly memory can't shrink: a thread keeps the largest it ever needed, which the tile size bounds (regions.ts).
   * Throws RangeError when the system has no such memory.
   */
  reserve(bytes: number): void;
}

/** Compiles and starts kernels.wasm. One for each worker thread: its memory is not shared. */
export function loadKernels(bytes: Uint8Array): Kernels {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES });
  const module = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  return { memory, exports: instance.exports as KernelExports, arena: createArena(memory) };
}

/** Compiles and starts a module made at run time, over the memory the kernels have. The bytes are our own emitter's. */
export function loadModule(bytes: Uint8Array, memory: KernelMemory): KernelExports {
  const module = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
  return new WebAssembly.Instance(module, { env: { memory } }).exports as KernelExports;
}

function createArena(memory: KernelMemory): Arena {
  return {
    // build.ts compiles for one page of initial memory and fails if static data outgrow it.
    base: PAGE_BYTES,
    reserve(bytes) {
      const missing = PAGE_BYTES + bytes - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    },
  };
}

/** (module (func (result v128) i32.const 0 i8x16.splat)): valid only where SIMD is. */
const SIMD_PROBE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b],
  ...[0x03, 0x02, 0x01, 0x00, 0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b],
);

/** Whether this runtime's WebAssembly has 128-bit SIMD. Very old processors (before SSE4.1) have it not. */
export function simdSupported(): boolean {
  return WebAssembly.validate(SIMD_PROBE);
}
