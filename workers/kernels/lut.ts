/**
 * Owns filters that change a sample by its own value alone: the plain truth calls the curve at every sample, the fast twin
 * (lut.as.ts) looks it up in a table made by calling the same curve once for each value there is. Knows no filter.
 */
import { callKernel, samplesOf, type TileJob, type TileShape } from '../filters/define.ts';
import type { Channels, Depth } from '../raster.ts';
import type { KernelExports } from './load.ts';

/** A whole number from 0 to white to another one. */
export type Curve = (sample: number) => number;

/** One curve for all colours, or one each for red, green, blue (never for grey). Alpha is handed through. */
export type Curves = readonly [Curve] | readonly [Curve, Curve, Curve];

export function whiteOf(depth: Depth): number {
  return depth === 8 ? 255 : 65_535;
}

/** A level between black (0) and white (1) as the nearest sample, halves upwards; what is beyond is clipped. */
export function sampleOf(level: number, white: number): number {
  return Math.floor(Math.min(1, Math.max(0, level)) * white + 0.5);
}

export function lookupScalar(job: TileJob, curves: Curves): void {
  const { channels } = job.in;
  const input = samplesOf(job, job.in);
  const output = samplesOf(job, job.out);
  const colours = channels === 2 || channels === 4 ? channels - 1 : channels;
  for (let y = 0; y < job.height; y++) {
    for (let i = 0; i < job.width * channels; i++) {
      const c = i % channels;
      const sample = input.data[input.start + y * input.stride + i] as number;
      const curve = curves[c] ?? curves[0];
      output.data[output.start + y * output.stride + i] = c < colours ? curve(sample) : sample;
    }
  }
}

/** Bytes of scratch for a tile: three tables at most. */
export function lookupScratchBytes({ channels, depth }: TileShape): number {
  return (channels < 3 ? 1 : 3) * (depth === 8 ? 256 : 131_072);
}

type Table = Uint8Array | Uint16Array;
interface Tables {
  readonly depth: Depth;
  readonly channels: Channels;
  readonly tables: readonly Table[];
}

/**
 * 65,536 calls of a curve take as long as a tile: made once for what they depend on, and gone with it. A chain outlives
 * the photo, so the next one's depth and channels may be others.
 */
const made = new WeakMap<object, Tables>();

/**
 * Calls kernel `name` (lut.as.ts under a filter's name) with the tables of `curves`.
 * `key` is what the curves depend on besides the samples: the step's params, or what was counted in the picture.
 */
export function lookup(kernels: KernelExports, name: string, job: TileJob, key: object, curves: () => Curves): void {
  const { depth } = job;
  const { channels } = job.in;
  let found = made.get(key);
  if (found?.depth !== depth || found.channels !== channels) {
    found = { depth, channels, tables: curves().map((curve) => tableOf(curve, depth)) };
    made.set(key, found);
  }
  const { tables } = found;
  const bytes = new Uint8Array(job.memory.buffer);
  let at = job.scratch;
  for (const { buffer } of tables) {
    bytes.set(new Uint8Array(buffer), at);
    at += buffer.byteLength;
  }
  callKernel(kernels, name, job, job.scratch, tables.length);
}

function tableOf(curve: Curve, depth: Depth): Table {
  const table = depth === 8 ? new Uint8Array(256) : new Uint16Array(65_536);
  for (let sample = 0; sample < table.length; sample++) table[sample] = curve(sample);
  return table;
}
