/** Owns the compiled twin: a plan's program as WebAssembly, started once in a thread, called row by row. */
import { type KernelExports, type KernelMemory, loadModule } from '../../kernels/load.ts';
import type { Depth } from '../../raster.ts';
import type { TileJob, TileShape } from '../define.ts';
import { type Emitted, emit, ROW } from './emit.ts';
import { type Formulas, type Plan, planFor } from './formulas.ts';

interface Compiled {
  readonly emitted: Emitted;
  /** One for each memory it was asked for: a thread has one. */
  readonly started: WeakMap<KernelMemory, KernelExports>;
}

const compiled = new WeakMap<Plan, Compiled>();

function compiledOf(plan: Plan, { channels, depth }: Pick<TileShape, 'channels' | 'depth'>): Compiled {
  const found = compiled.get(plan);
  if (found !== undefined) return found;
  const made = { emitted: emit(plan.program, channels, depth), started: new WeakMap() };
  compiled.set(plan, made);
  return made;
}

export function tableBytes({ channels, depth }: TileShape, formulas: Formulas): number {
  return compiledOf(planFor(formulas, channels, depth), { channels, depth }).emitted.table.length;
}

export function simd(job: TileJob, formulas: Formulas): void {
  const { memory, in: input, out, depth, picture, scratch } = job;
  const shape: { channels: TileShape['channels']; depth: Depth } = { channels: input.channels, depth };
  const { emitted, started } = compiledOf(planFor(formulas, input.channels, depth), shape);
  const exports = started.get(memory) ?? loadModule(emitted.module, memory);
  started.set(memory, exports);
  const row = exports[ROW] as (...args: number[]) => number;
  new Uint8Array(memory.buffer).set(emitted.table, scratch);
  for (let y = 0; y < job.height; y++) {
    const [from, to] = [input.offset + y * input.stride, out.offset + y * out.stride];
    row(from, to, job.width, input.stride, scratch, job.left, job.top + y, picture.width, picture.height);
  }
}
