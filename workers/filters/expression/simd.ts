/** Owns the compiled twin: a plan's program as WebAssembly, started once in a thread, called row by row. */
import { type KernelExports, type KernelMemory, loadModule } from '../../kernels/load.ts';
import { callKernel, type TileJob, type TileShape } from '../define.ts';
import { type Emitted, emit, ROW } from './emit.ts';
import { type Formulas, type Plan, planFor } from './formulas.ts';

interface Compiled {
  readonly plan: Plan;
  readonly emitted: Emitted;
  /** One for each memory it was asked for: a thread has one. */
  readonly started: WeakMap<KernelMemory, KernelExports>;
}

const compiled = new WeakMap<Plan, Compiled>();

function compiledFor(formulas: Formulas, { channels, depth }: Pick<TileShape, 'channels' | 'depth'>): Compiled {
  const plan = planFor(formulas, channels, depth);
  const found = compiled.get(plan);
  if (found !== undefined) return found;
  const made = { plan, emitted: emit(plan.program, channels, depth), started: new WeakMap() };
  compiled.set(plan, made);
  return made;
}

const LEVELS = 256;
/** A row of every level, with what kernels may write behind a row. */
const rampBytes = (channels: number) => LEVELS * channels + 64;

export function scratchBytes(shape: TileShape, formulas: Formulas): number {
  const { emitted, plan } = compiledFor(formulas, shape);
  const { channels } = shape;
  return emitted.table.length + (plan.tabled ? 2 * rampBytes(channels) + LEVELS * channels : 0);
}

export function simd(job: TileJob, formulas: Formulas, kernels: KernelExports): void {
  const { memory, in: input, out, scratch } = job;
  const { emitted, plan, started } = compiledFor(formulas, { channels: input.channels, depth: job.depth });
  const exports = started.get(memory) ?? loadModule(emitted.module, memory);
  started.set(memory, exports);
  new Uint8Array(memory.buffer).set(emitted.table, scratch);
  const row = rowOf(exports, job);
  if (plan.tabled) {
    const tables = writeTables(job, row, scratch + emitted.table.length);
    callKernel(kernels, 'expression', job, tables, input.channels < 3 ? 1 : 3);
    return;
  }
  for (let y = 0; y < job.height; y++) {
    row(input.offset + y * input.stride, out.offset + y * out.stride, job.width, y);
  }
}

type Row = (input: number, output: number, width: number, y: number) => void;

function rowOf(exports: KernelExports, { in: input, scratch, left, top, picture }: TileJob): Row {
  const run = exports[ROW] as (...args: number[]) => number;
  return (from, to, width, y) => {
    run(from, to, width, input.stride, scratch, left, top + y, picture.width, picture.height);
  };
}

/** A row of every level through the formulas themselves, taken apart into a table a colour; where they stand. */
function writeTables({ memory, in: { channels } }: TileJob, row: Row, ramp: number): number {
  const results = ramp + rampBytes(channels);
  const tables = results + rampBytes(channels);
  const bytes = new Uint8Array(memory.buffer);
  for (let i = 0; i < LEVELS * channels; i++) bytes[ramp + i] = Math.floor(i / channels);
  row(ramp, results, LEVELS, 0);
  for (let level = 0; level < LEVELS; level++) {
    for (let c = 0; c < channels; c++) {
      bytes[tables + c * LEVELS + level] = bytes[results + level * channels + c] as number;
    }
  }
  return tables;
}
