/**
 * Owns what the window sees of a photo before it is processed: the same decoder, the same chain, the same pixels.
 * Keeps the last decoded picture, so that a moved slider costs the filter and not the decoder.
 */
import { stat } from 'node:fs/promises';
import type { EngineContract, Params, Picture, Step, View } from '../../preload/contract.ts';
import { isGeometry } from '../../preload/geometry.ts';
import type { Cancellation } from '../cancel.ts';
import { decode } from '../codecs/decode.ts';
import { encodePicture, shrinkToFit } from '../codecs/pictures.ts';
import { readSource } from '../codecs/source.ts';
import type { Decoded } from '../codecs/types.ts';
import type { Kernels } from '../kernels/load.ts';
import type { Raster } from '../raster.ts';
import { type PreparedStep, prepareChain } from './chain.ts';
import type { ChainOptions } from './run-tile.ts';
import { cutChain, runSegments } from './segments.ts';
import { runChain, runRegion } from './tiles.ts';

interface Held {
  readonly key: string;
  readonly decoded: Decoded;
}

interface Shaped {
  readonly source: Raster;
  readonly key: string;
  readonly raster: Raster;
}

let held: Held | null = null;
let shaped: Shaped | null = null;

export async function runPreview(
  cancellation: Cancellation,
  kernels: Kernels,
  request: Params<EngineContract, 'image.preview'>,
): Promise<Picture> {
  // All before the last step of geometry is done at once, for the whole picture: what is in sight is a part of its result.
  const cut = request.chain.findLastIndex(({ enabled, filter }) => enabled && isGeometry(filter)) + 1;
  const chain = prepareChain(request.chain.slice(cut));
  const decoded = await decodeOnce(cancellation.signal, request.path, request.pixelLimit);
  cancellation.check();
  const options: ChainOptions = {
    tileSize: request.tileSize,
    kernels,
    mode: 'simd',
    checkCancelled: cancellation.check,
  };
  const raster = await shapeOnce(
    cancellation.signal,
    decoded,
    request.chain.slice(0, cut),
    request.pixelLimit,
    options,
  );
  const seen = await look(raster, chain, request.view, options);
  return encodePicture(seen, decoded.metadata.icc, { width: raster.width, height: raster.height });
}

/** Filtered at full size and shrunk afterwards, as an export looked at from afar would be: preview equals export. */
async function look(
  raster: Raster,
  chain: readonly PreparedStep[],
  view: View,
  options: ChainOptions,
): Promise<Raster> {
  if (view.kind === 'fit') return shrinkToFit(runChain(raster, chain, options), view.width, view.height);
  const left = Math.min(view.left, raster.width - 1);
  const top = Math.min(view.top, raster.height - 1);
  const width = Math.min(view.width, raster.width - left);
  const height = Math.min(view.height, raster.height - top);
  return runRegion(raster, chain, { left, top, width, height }, options);
}

/** Kept like the decoded picture: panning and the sliders behind a resize cost neither it nor what stands before it. */
async function shapeOnce(
  signal: AbortSignal,
  { raster }: Decoded,
  steps: readonly Step[],
  pixelLimit: number,
  options: ChainOptions,
): Promise<Raster> {
  const segments = cutChain(steps);
  if (segments.length === 0) return raster;
  const key = JSON.stringify(steps.filter(({ enabled }) => enabled));
  if (shaped?.source === raster && shaped.key === key) return shaped.raster;
  shaped = null;
  const made = await runSegments(signal, raster, segments, pixelLimit, options);
  shaped = { source: raster, key, raster: made.raster };
  return made.raster;
}

async function decodeOnce(signal: AbortSignal, path: string, pixelLimit: number): Promise<Decoded> {
  const key = await keyOf(path, pixelLimit);
  if (held?.key === key) return held.decoded;
  // The old picture goes before the new one comes: two at once would double the memory of the largest.
  held = null;
  shaped = null;
  const decoded = await decode(signal, await readSource(signal, path), { pixelLimit });
  held = { key, decoded };
  return decoded;
}

async function keyOf(path: string, pixelLimit: number): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path).catch(() => ({ size: 0, mtimeMs: 0, ino: 0 }));
  return [path, size, mtimeMs, ino, pixelLimit].join('\n');
}
