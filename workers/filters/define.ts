/**
 * Owns what a filter is. One folder a filter: filter.ts (this definition), scalar.ts (the plain TypeScript truth),
 * kernel.as.ts (its AssemblyScript SIMD twin, equal bit for bit), cases.ts (what conformance tests try it with).
 * A filter knows its own pixels and nothing of files, tiles' places or other filters.
 */
import type { FilterInfo, ParamInfo } from '../../preload/contract.ts';
import type { PlanOperation } from '../../preload/geometry.ts';
import type { KernelExports, KernelMemory } from '../kernels/load.ts';
import type { Channels, Depth, Raster } from '../raster.ts';

export type ParamValues = Readonly<Record<string, number | string | boolean>>;

/** How pixels beyond the picture's edge are made. OpenCV's names: `gfedcb|abcdefgh|gfedcba` and `aaaaaa|abcdefgh|hhhhhhh`. */
export type Border = 'reflect-101' | 'replicate';

/**
 * A rectangle of samples inside the worker's kernel memory.
 * Sample (x, y, c) stands at `offset + y * stride + (x * channels + c) * depth / 8` bytes.
 */
export interface TileView {
  /** Bytes from the start of kernel memory to sample (0, 0, 0). Multiple of the sample's size only. */
  readonly offset: number;
  /** Bytes from a row to the next. Multiple of 16. */
  readonly stride: number;
  readonly channels: Channels;
}

/**
 * What a kernel is given: `out` is `width` x `height` pixels; `in` points at the same pixel of the input and has
 * `halo` readable pixels on every side (the picture's own, or made by the filter's border rule at its edges).
 * Whole vectors may be used to the end of a row: 64 bytes behind each row may be read and overwritten, and one more row
 * below the input may be read; what stands there is nobody's.
 */
export interface TileJob {
  readonly memory: KernelMemory;
  readonly in: TileView;
  readonly out: TileView;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  readonly halo: number;
  readonly depth: Depth;
  /** Where pixel (0, 0) of `out` stands in the picture; px. */
  readonly left: number;
  readonly top: number;
  /** The whole picture; px. */
  readonly picture: { readonly width: number; readonly height: number };
  /** Scratch bytes in kernel memory this filter asked for (`scratchBytes`); 16-aligned. */
  readonly scratch: number;
}

/** What the kernel must be told of the picture before memory for a tile is laid out. */
export interface TileShape {
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
  readonly depth: Depth;
  readonly halo: number;
  readonly picture: PictureShape;
}

/** What counting found out of the whole picture: numbers and tables by name. */
export type Known = Readonly<Record<string, number | Uint8Array | Uint16Array | Int32Array | Float64Array>>;

/** A job that only reads: what stands in `out` is nobody's. */
export type CountJob = TileJob;

/** The picture as a stage gets it. */
export interface PictureShape {
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
  readonly depth: Depth;
}

/**
 * What a filter must know of its whole input before the first tile of output (a histogram, the light of the air).
 * Counted over tiles in any order and joined exactly: whole numbers below 2^53, or maxima; never float sums.
 */
export interface Statistics<P extends ParamValues> {
  /** Whether these params ask for it at all; left out where all do. */
  needed?(params: P): boolean;
  /** px around a pixel that counting it reads. */
  halo(params: P, depth: Depth): number;
  scratchBytes?(shape: TileShape, params: P): number;
  /** Numbers of a count; all zero before the first tile. */
  length(picture: PictureShape, params: P): number;
  scalar(job: CountJob, params: P, count: Float64Array): void;
  simd(job: CountJob, params: P, count: Float64Array, kernels: KernelExports): void;
  /** Joins the count of other tiles into one; left out where counts add up. */
  merge?(into: Float64Array, from: Float64Array): void;
  know(count: Float64Array, params: P, picture: PictureShape): Known;
}

export interface FilterDefinition<P extends ParamValues = ParamValues> extends Omit<FilterInfo, 'params'> {
  readonly params: readonly ParamInfo[];
  readonly border: Border;
  /** px on every side that an output pixel reads; exact, so that tiled equals whole bit for bit. May follow the picture's size. */
  halo(params: P, depth: Depth, picture: PictureShape): number;
  /** Channels of the output for those of the input; left out where they stay. */
  channels?(channels: Channels, params: P): Channels;
  /** What no range says of params that are each allowed. Throws Fault E_PARAM. */
  check?(params: P): void;
  /** Bytes of scratch for a tile of this shape; left out where none is needed. */
  scratchBytes?(shape: TileShape, params: P): number;
  /**
   * Work a sample of the input, halo included, takes: in taps of a blur of 0.03 ns (pipeline/shape.ts). Null or left out
   * where it is that of a blur in two directions of 2 * halo + 1 taps.
   */
  taps?(params: P, depth: Depth, picture: PictureShape): number | null;
  readonly statistics?: Statistics<P>;
  /** The plain truth. `known` is what `statistics` found, empty without. */
  scalar(job: TileJob, params: P, known: Known): void;
  /** The fast twin. */
  simd(job: TileJob, params: P, kernels: KernelExports, known: Known): void;
  /** What is not local by nature (joining edges across the picture): changes the assembled output in place. */
  complete?(raster: Raster, params: P): void;
}

/**
 * The other kind of definition: what changes the picture's size or place and so is no matter of tiles. Only decides; the
 * pixels are codecs/geometry.ts'.
 */
export interface GeometryDefinition extends Omit<FilterInfo, 'params'> {
  readonly params: readonly ParamInfo[];
  /** Pure, so that the size of the result is known before anything is decoded. */
  readonly plan: PlanOperation;
}

/** What a step of a chain may name. */
export type Definition =
  | { readonly kind: 'filter'; readonly filter: FilterDefinition }
  | { readonly kind: 'geometry'; readonly geometry: GeometryDefinition };

/** A view's samples for scalar code: sample (x, y, c) is `data[start + y * stride + x * channels + c]`. */
export interface Samples {
  readonly data: Uint8Array | Uint16Array;
  readonly start: number;
  /** samples */
  readonly stride: number;
}

export function samplesOf(job: TileJob, view: TileView): Samples {
  if (job.depth === 8) return { data: new Uint8Array(job.memory.buffer), start: view.offset, stride: view.stride };
  return { data: new Uint16Array(job.memory.buffer), start: view.offset / 2, stride: view.stride / 2 };
}

/**
 * Calls `<name>U8` or `<name>U16`: (in, in stride, out, out stride, width, height, channels of the input, ...rest).
 * Every kernel begins with these seven, so a definition names only what is its own.
 */
export function callKernel(kernels: KernelExports, name: string, job: TileJob, ...rest: number[]): void {
  const kernel = kernels[`${name}U${job.depth}`];
  if (kernel === undefined) throw new Error(`kernels.wasm has no ${name}U${job.depth}`);
  const { in: input, out } = job;
  kernel(input.offset, input.stride, out.offset, out.stride, job.width, job.height, input.channels, ...rest);
}

/** Params are read by the names the filter declared; chain.ts has checked them before they come here. */
export function defineFilter<const P extends ParamValues>(definition: FilterDefinition<P>): FilterDefinition {
  return definition as unknown as FilterDefinition;
}

/** What conformance tests try a filter with (cases.ts beside it): complete params. */
export interface FilterCases {
  readonly id: string;
  /** Tried with every depth, channel count, picture and tile size. */
  readonly params: readonly ParamValues[];
  /** Tried on one small picture a depth, because their scalar twin takes too long on more. */
  readonly slow?: readonly ParamValues[];
  /** Alpha is what the filter is for: there is none to hand through. */
  readonly makesAlpha?: true;
}

export function infoOf(filter: FilterDefinition | GeometryDefinition): FilterInfo {
  const { id, group, label, help, params, depth } = filter;
  return { id, group, label, help, params: [...params], depth };
}
