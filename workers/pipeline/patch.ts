/** Owns a rectangle of a picture that stands in kernel memory: filling it, mirroring at the picture's edges, reading it out. */
import type { Border } from '../filters/define.ts';
import type { KernelMemory } from '../kernels/load.ts';
import type { Channels, Depth, Raster } from '../raster.ts';
import { borderSource, type Rect, type Size } from './regions.ts';

export interface Patch {
  readonly memory: KernelMemory;
  /** Bytes from the start of kernel memory to the region's first sample. */
  readonly address: number;
  /** Bytes from row to row. */
  readonly stride: number;
  readonly region: Rect;
  readonly channels: Channels;
  readonly depth: Depth;
}

/** Bytes from the start of kernel memory to pixel (left, top) of the picture; also for pixels around the region. */
export function addressIn(patch: Patch, left: number, top: number): number {
  const { address, stride, region, channels, depth } = patch;
  return address + (top - region.top) * stride + (left - region.left) * channels * (depth / 8);
}

/** The raster's own pixels of the region; the raster holds `area` of the picture. */
export function fillPatch(patch: Patch, raster: Raster, area: Rect): void {
  const { region, stride, channels } = patch;
  const { samples, start, rowStep } = samplesOf(patch, stride);
  const rowSamples = region.width * channels;
  for (let y = 0; y < region.height; y++) {
    const from = ((region.top + y - area.top) * area.width + region.left - area.left) * channels;
    samples.set(raster.data.subarray(from, from + rowSamples), start + y * rowStep);
  }
}

/** The region into a raster that holds `area` of the picture. */
export function emptyPatch(patch: Patch, raster: Raster, area: Rect): void {
  const { region, stride, channels } = patch;
  const { samples, start, rowStep } = samplesOf(patch, stride);
  const rowSamples = region.width * channels;
  for (let y = 0; y < region.height; y++) {
    const at = start + y * rowStep;
    const to = ((region.top + y - area.top) * area.width + region.left - area.left) * channels;
    raster.data.set(samples.subarray(at, at + rowSamples), to);
  }
}

/** Makes what `wanted` reaches beyond the picture, from pixels of the region: columns first, then whole rows. */
export function padPatch(patch: Patch, wanted: Rect, picture: Size, border: Border): void {
  const { region, stride, channels } = patch;
  const { samples, start, rowStep } = samplesOf(patch, stride);
  const at = (x: number, y: number) => start + (y - region.top) * rowStep + (x - region.left) * channels;
  const right = wanted.left + wanted.width;
  const bottom = wanted.top + wanted.height;

  const targets: number[] = [];
  const sources: number[] = [];
  for (const x of outside(wanted.left, right, picture.width)) {
    for (let c = 0; c < channels; c++) {
      targets.push(at(x, region.top) + c);
      sources.push(at(borderSource(x, picture.width, border), region.top) + c);
    }
  }
  for (let y = 0; targets.length > 0 && y < region.height; y++) {
    const row = y * rowStep;
    for (let i = 0; i < targets.length; i++) {
      samples[(targets[i] as number) + row] = samples[(sources[i] as number) + row] as number;
    }
  }
  for (const y of outside(wanted.top, bottom, picture.height)) {
    const from = at(wanted.left, borderSource(y, picture.height, border));
    samples.copyWithin(at(wanted.left, y), from, from + wanted.width * channels);
  }
}

/** The positions from..to-1 that lie outside 0..length-1. */
function* outside(from: number, to: number, length: number): Generator<number> {
  for (let position = from; position < 0; position++) yield position;
  for (let position = length; position < to; position++) yield position;
}

function samplesOf({ memory, address, depth }: Patch, stride: number) {
  if (depth === 8) return { samples: new Uint8Array(memory.buffer), start: address, rowStep: stride };
  return { samples: new Uint16Array(memory.buffer), start: address / 2, rowStep: stride / 2 };
}
