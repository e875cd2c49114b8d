/**
 * Owns the way of one photo through one worker (route 2): read and decode once, then for each of its variants filter
 * tile by tile, encode, verify, publish. Reads top to bottom. Knows neither which filters there are nor how formats are stored.
 */
import { rm } from 'node:fs/promises';
import type { ImageJob, ImageOutcome, Notice, Target, VariantOutcome } from '../../preload/contract.ts';
import { notice, toRecord } from '../../preload/faults.ts';
import type { Cancellation } from '../cancel.ts';
import { decode } from '../codecs/decode.ts';
import { encodeToFile } from '../codecs/encode.ts';
import { readSource } from '../codecs/source.ts';
import type { Decoded } from '../codecs/types.ts';
import { verify } from '../codecs/verify.ts';
import { asWriteFault } from '../errors.ts';
import type { Kernels } from '../kernels/load.ts';
import type { Published } from '../task.ts';
import { publish, temporaryPath } from './publish.ts';
import { cutChain, runSegments, type Segment } from './segments.ts';
import { createSpare } from './spare.ts';

/** One photo at a time in a thread (pool.ts), so one is enough. */
const spare = createSpare();

/**
 * A variant that fails does not undo the others, nor stop those behind it; only a cancel does.
 * Throws Fault where there is nothing to make any of them of.
 */
export async function runImage(
  cancellation: Cancellation,
  kernels: Kernels,
  job: ImageJob,
  onPublished: (published: Published) => void,
): Promise<ImageOutcome> {
  const startedAt = performance.now();
  const { signal } = cancellation;
  const prepared = job.variants.map(({ chain, target }) => ({ chain: cutChain(chain), target }));
  const source = await readSource(signal, job.source);
  const decoded = await decode(signal, source, { pixelLimit: job.pixelLimit });

  const variants: VariantOutcome[] = [];
  const notices: Notice[] = [...decoded.notices];
  for (const { chain, target } of prepared) {
    try {
      const made = await runVariant(cancellation, kernels, job, decoded, chain, target);
      if (made.output !== null) {
        onPublished({ batchId: job.batchId, jobId: job.jobId, planned: target.path, output: made.output });
      }
      variants.push(made.output === null ? { kind: 'skipped' } : { kind: 'done', output: made.output });
      notices.push(...made.notices);
    } catch (error) {
      variants.push({ kind: 'failed', fault: toRecord(asWriteFault(error)) });
    }
  }
  return { variants, notices: distinct(notices), ms: performance.now() - startedAt };
}

interface Made {
  /** Null where the rule is `skip` and something stands there. */
  readonly output: string | null;
  readonly notices: readonly Notice[];
}

async function runVariant(
  cancellation: Cancellation,
  kernels: Kernels,
  job: ImageJob,
  decoded: Decoded,
  chain: readonly Segment[],
  target: Target,
): Promise<Made> {
  const { signal } = cancellation;
  cancellation.check();
  const { raster, ours } = await runSegments(signal, decoded.raster, chain, job.pixelLimit, {
    tileSize: job.tileSize,
    kernels,
    mode: 'simd',
    checkCancelled: cancellation.check,
    spare,
  });

  const temporary = temporaryPath(job, target);
  try {
    const encoded = await encodeToFile(signal, raster, decoded.metadata, job.source, target, temporary);
    // Only now: an encoder that failed or was given up may still read it.
    if (ours) spare.give(raster.data);
    const { width, height } = raster;
    await verify(signal, temporary, { format: target.format, width, height, bytes: encoded.bytes });
    // The last moment to turn back: from here on the result counts as done.
    cancellation.check();
    const output = await publish(temporary, target.path, target.onConflict);
    const renamed = output !== null && output !== target.path ? [notice('N_RENAMED', { name: output })] : [];
    return { output, notices: [...encoded.notices, ...renamed] };
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Four JPEGs of one photo with transparency lost it once, as far as its owner cares. */
function distinct(notices: readonly Notice[]): Notice[] {
  return [...new Map(notices.map((one) => [JSON.stringify(one), one])).values()];
}
