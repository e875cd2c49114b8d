/**
 * Owns what a filter is. One folder a filter: filter.ts (this definition), scalar.ts (the plain TypeScript truth),
 * kernel.as.ts (its AssemblyScript SIMD twin, equal bit for bit), cases.ts (what conformance tests try it with).
 * A filter knows its own pixels and nothing of files, tiles' places or other filters.
 */
import type { FilterInfo, ParamInfo } from '../../preload/contract.ts';
import type { Channels, Depth } from '../raster.ts';

export type ParamValues = Readonly<Record<string, number | string | boolean>>;

/** How pixels beyond the picture's edge are made. OpenCV's names: `gfedcb|abcdefgh|gfedcba` and `aaaaaa|abcdefgh|hhhhhhh`. */
export type Border = 'reflect-101' | 'replicate';

/**
 * A rectangle of samples inside the worker's kernel memory.
 * Sample (x, y, c) stands at `offset + y * stride + (x * channels + c) * depth / 8` bytes.
 */
export interface TileView {
  /** Bytes from the start of kernel memory to sample (0, 0, 0). Multiple of 16. */
  readonly offset: number;
  /** Bytes from a row to the next. Multiple of 16. */
  readonly stride: number;
  readonly channels: Channels;
}

/**
 * What a kernel is given: `out` is `width` x `height` pixels; `in` points at the same pixel of the input and has
 * `halo` readable pixels on every side (the picture's own, or made by the filter's border rule at its edges).
 */
export interface TileJob {
  readonly memory: WebAssembly.Memory;
  readonly in: TileView;
  readonly out: TileView;
  /** px */
  readonly width: number;
  /** px */
  readonly height: number;
  readonly halo: number;
  readonly depth: Depth;
  /** Scratch bytes in kernel memory this filter asked for (`scratchBytes`); 16-aligned. */
  readonly scratch: number;
}

/** The exports of kernels.wasm: numbers in, numbers out. */
export type KernelExports = Readonly<Record<string, (...args: number[]) => number>>;

/** What the kernel must be told of the picture before memory for a tile is laid out. */
export interface TileShape {
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
  readonly depth: Depth;
  readonly halo: number;
}

export interface FilterDefinition<P extends ParamValues = ParamValues> extends Omit<FilterInfo, 'params'> {
  readonly params: readonly ParamInfo[];
  readonly border: Border;
  /** px on every side that an output pixel reads; exact, so that tiled equals whole bit for bit. */
  halo(params: P, depth: Depth): number;
  /** Channels of the output for those of the input; left out where they stay. */
  channels?(channels: Channels): Channels;
  /** Bytes of scratch for a tile of this shape; left out where none is needed. */
  scratchBytes?(shape: TileShape, params: P): number;
  /** The plain truth. */
  scalar(job: TileJob, params: P): void;
  /** The fast twin. */
  simd(job: TileJob, params: P, kernels: KernelExports): void;
}

/** Params are read by the names the filter declared; chain.ts has checked them before they come here. */
export function defineFilter<const P extends ParamValues>(definition: FilterDefinition<P>): FilterDefinition {
  return definition as unknown as FilterDefinition;
}

export function infoOf(filter: FilterDefinition): FilterInfo {
  const { id, group, label, help, params, depth } = filter;
  return { id, group, label, help, params: [...params], depth };
}
