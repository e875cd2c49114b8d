/**
 * Owns what the window sees of a photo before it is processed: the same decoder, the same chain, the same pixels.
 * Keeps the last decoded picture, so that a moved slider costs the filter and not the decoder.
 */
import { stat } from 'node:fs/promises';
import type { EngineContract, Params, Picture, View } from '../../preload/contract.ts';
import type { Cancellation } from '../cancel.ts';
import { decode } from '../codecs/decode.ts';
import { encodePicture, shrinkToFit } from '../codecs/pictures.ts';
import { readSource } from '../codecs/source.ts';
import type { Decoded } from '../codecs/types.ts';
import type { Kernels } from '../kernels/load.ts';
import type { Raster } from '../raster.ts';
import { type PreparedStep, prepareChain } from './chain.ts';
import type { ChainOptions } from './run-tile.ts';
import { runChain, runRegion } from './tiles.ts';

interface Held {
  readonly key: string;
  readonly decoded: Decoded;
}

let held: Held | null = null;

export async function runPreview(
  cancellation: Cancellation,
  kernels: Kernels,
  request: Params<EngineContract, 'image.preview'>,
): Promise<Picture> {
  const chain = prepareChain(request.chain);
  const { raster, metadata } = await decodeOnce(cancellation.signal, request.path, request.pixelLimit);
  cancellation.check();
  const options: ChainOptions = {
    tileSize: request.tileSize,
    kernels,
    mode: 'simd',
    checkCancelled: cancellation.check,
  };
  const seen = await look(raster, chain, request.view, options);
  return encodePicture(seen, metadata.icc, { width: raster.width, height: raster.height });
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

async function decodeOnce(signal: AbortSignal, path: string, pixelLimit: number): Promise<Decoded> {
  const key = await keyOf(path, pixelLimit);
  if (held?.key === key) return held.decoded;
  // The old picture goes before the new one comes: two at once would double the memory of the largest.
  held = null;
  const decoded = await decode(signal, await readSource(signal, path), { pixelLimit });
  held = { key, decoded };
  return decoded;
}

async function keyOf(path: string, pixelLimit: number): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path).catch(() => ({ size: 0, mtimeMs: 0, ino: 0 }));
  return [path, size, mtimeMs, ino, pixelLimit].join('\n');
}
