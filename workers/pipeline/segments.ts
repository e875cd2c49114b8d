/**
 * Owns chains with geometry in them: cut at its steps into stretches of filters, run one after the other. A stretch knows
 * one size of picture and runs tile by tile (tiles.ts); between two the whole picture is turned, cut or resized.
 */
import type { Step } from '../../preload/contract.ts';
import { Fault } from '../../preload/faults.ts';
import { type Operation, type PictureSize, sizeOf } from '../../preload/geometry.ts';
import { applyOperation, operationBytes } from '../codecs/geometry.ts';
import { definitionById } from '../filters/catalogue.ts';
import type { Channels, Depth, Raster } from '../raster.ts';
import { checkedParams, type PreparedStep, prepareStep, stagesOf } from './chain.ts';
import { type ChainOptions, channelsAfter } from './run-tile.ts';
import { estimateBytes, runChain } from './tiles.ts';

export type Segment =
  | { readonly kind: 'filters'; readonly chain: readonly PreparedStep[] }
  | { readonly kind: 'geometry'; readonly plan: (picture: PictureSize) => Operation };

/** Steps switched off are left out, and may say anything. Throws Fault E_NO_FILTER, E_PARAM. */
export function cutChain(steps: readonly Step[]): Segment[] {
  const segments: Segment[] = [];
  let stretch: PreparedStep[] = [];
  for (const step of steps.filter(({ enabled }) => enabled)) {
    const definition = definitionById(step.filter);
    switch (definition.kind) {
      case 'filter':
        if (stretch.length === 0) segments.push({ kind: 'filters', chain: stretch });
        stretch.push(prepareStep(step));
        break;
      case 'geometry': {
        const params = checkedParams(step);
        segments.push({ kind: 'geometry', plan: (picture) => definition.geometry.plan(picture, params) });
        stretch = [];
        break;
      }
      default:
        definition satisfies never;
    }
  }
  return segments;
}

export interface Made {
  readonly raster: Raster;
  /** Made by the last stretch of filters, so that nobody else holds its samples and they may be used again. */
  readonly ours: boolean;
}

/** The raster itself where nothing is to be done. Throws Fault E_BOMB where a step would enlarge it beyond `pixelLimit`. */
export async function runSegments(
  signal: AbortSignal,
  raster: Raster,
  segments: readonly Segment[],
  pixelLimit: number,
  options: ChainOptions,
): Promise<Made> {
  refuseGiants(segments, raster, pixelLimit);
  let made: Made = { raster, ours: false };
  for (const segment of segments) {
    options.checkCancelled();
    const next = await runSegment(signal, made.raster, segment, options);
    if (made.ours && next !== made.raster) options.spare?.give(made.raster.data);
    made = { raster: next, ours: next === made.raster ? made.ours : segment.kind === 'filters' };
  }
  return made;
}

async function runSegment(signal: AbortSignal, raster: Raster, segment: Segment, options: ChainOptions) {
  if (segment.kind === 'filters') return runChain(raster, segment.chain, options);
  return applyOperation(signal, raster, segment.plan(raster));
}

/** Before the first of them is run: a chain that can't end well is not begun. */
function refuseGiants(segments: readonly Segment[], picture: PictureSize, limit: number): void {
  let size = picture;
  for (const segment of segments) {
    if (segment.kind === 'filters') continue;
    const next = sizeOf(segment.plan(size), size);
    const grows = next.width * next.height > size.width * size.height;
    if (grows && next.width * next.height > limit) throw new Fault('E_BOMB', { ...next, limit });
    size = next;
  }
}

export interface SegmentsCost {
  /** At the peak, besides the picture that comes in. */
  readonly bytes: number;
  /** Of the picture that comes out. */
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
}

/** What `runSegments` will take, told from the header alone. */
export function estimateSegments(
  segments: readonly Segment[],
  { width, height }: PictureSize,
  channelsIn: Channels,
  depth: Depth,
  tileSize: ChainOptions['tileSize'],
): SegmentsCost {
  let size: PictureSize = { width, height };
  let channels = channelsIn;
  let bytes = 0;
  // What the stretch before left behind is held while the next one runs; the first one's input is the caller's.
  let held = 0;
  for (const segment of segments) {
    if (segment.kind === 'filters') {
      bytes = Math.max(bytes, held + estimateBytes(size.width, size.height, channels, depth, segment.chain, tileSize));
      channels = channelsAfter(stagesOf(segment.chain, channels, depth, size), channels);
    } else {
      size = sizeOf(segment.plan(size), size);
      bytes = Math.max(bytes, held + operationBytes({ ...size, channels, depth }));
    }
    held = size.width * size.height * channels * (depth / 8);
  }
  return { bytes, ...size, channels };
}
