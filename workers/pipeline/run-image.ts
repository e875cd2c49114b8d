/**
 * Owns the way of one photo through one worker (route 2): read, decode, filter tile by tile, encode, verify, publish.
 * Reads top to bottom. Knows neither which filters there are nor how formats are stored.
 */
import { rm } from 'node:fs/promises';
import type { ImageJob, ImageOutcome } from '../../preload/contract.ts';
import { notice } from '../../preload/faults.ts';
import type { Cancellation } from '../cancel.ts';
import { decode } from '../codecs/decode.ts';
import { encodeToFile } from '../codecs/encode.ts';
import { readSource } from '../codecs/source.ts';
import { verify } from '../codecs/verify.ts';
import { asWriteFault } from '../errors.ts';
import type { Kernels } from '../kernels/load.ts';
import { prepareChain } from './chain.ts';
import { publish, temporaryPath } from './publish.ts';
import { createSpare } from './spare.ts';
import { runChain } from './tiles.ts';

/** One photo at a time in a thread (pool.ts), so one is enough. */
const spare = createSpare();

export async function runImage(cancellation: Cancellation, kernels: Kernels, job: ImageJob): Promise<ImageOutcome> {
  const startedAt = performance.now();
  const { signal } = cancellation;
  const { target, tileSize, pixelLimit } = job;

  const chain = prepareChain(job.chain);
  const source = await readSource(signal, job.source);
  const decoded = await decode(signal, source, { pixelLimit });
  cancellation.check();

  const raster = runChain(decoded.raster, chain, {
    tileSize,
    kernels,
    mode: 'simd',
    checkCancelled: cancellation.check,
    spare,
  });

  const temporary = temporaryPath(job);
  try {
    const encoded = await encodeToFile(signal, raster, decoded.metadata, job.source, target, temporary);
    // Only now: an encoder that failed or was given up may still read it.
    if (raster !== decoded.raster) spare.give(raster.data);
    const { width, height } = raster;
    await verify(signal, temporary, { format: target.format, width, height, bytes: encoded.bytes });
    // The last moment to turn back: from here on the photo counts as done.
    cancellation.check();
    const output = await publish(temporary, target.path, target.onConflict);

    const renamed = output !== null && output !== target.path ? [notice('N_RENAMED', { name: output })] : [];
    return {
      output,
      status: output === null ? 'skipped' : 'done',
      bytes: encoded.bytes,
      pixels: decoded.raster.width * decoded.raster.height,
      notices: [...decoded.notices, ...encoded.notices, ...renamed],
      ms: performance.now() - startedAt,
    };
  } catch (error) {
    await rm(temporary, { force: true });
    throw asWriteFault(error);
  }
}
