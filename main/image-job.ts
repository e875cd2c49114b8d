/**
 * Owns one photo's job as the host sees it: asked of the engine, cancelled, timed, and cleaned up after a kill.
 * A native call can't be interrupted: the only stop for one that hangs is the end of the engine's process.
 */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImageJob, ImageOutcome } from '../preload/contract.ts';
import { Fault } from '../preload/faults.ts';
import { exiftoolLeftover, temporaryName } from '../preload/temporary.ts';
import type { Engine } from './engine.ts';

/** Cancel is promised within 2 s: after this the engine is killed and its temporary file is swept from here. */
const CANCEL_PATIENCE_MS = 1_200;
/** A photo that takes longer hangs: the slowest ones seen take a tenth of it. */
const TIMEOUT_BASE_MS = 60_000;
const TIMEOUT_MS_PER_MEGAPIXEL = 2_000;

export interface JobListeners {
  /** It left the queue: its time counts from here. */
  started(): void;
  /** One of its results has its name; said also of a job that is killed later. */
  published(planned: string, output: string): void;
}

/**
 * Settles when the job is over and no temporary file of it is left.
 * Rejects with E_CANCELLED, E_TIMEOUT, E_CRASH (the engine died; whose fault it was is not known) or the photo's own fault.
 */
export async function processImage(
  signal: AbortSignal,
  engine: Engine,
  job: ImageJob,
  pixels: number,
  on: JobListeners,
): Promise<ImageOutcome> {
  const over = new AbortController();
  const timeoutMs = TIMEOUT_BASE_MS + (pixels / 1e6) * TIMEOUT_MS_PER_MEGAPIXEL;
  let timedOut = false;

  const after = (ms: number, act: () => void) => {
    // Rejects only when the job is over first, which is the good case.
    sleep(ms, undefined, { signal: over.signal }).then(act, () => {});
  };
  // Counted from the start of the work: a job may wait long for memory behind a large one without hanging.
  const stopListening = engine.onStarted(({ batchId, jobId }) => {
    if (batchId !== job.batchId || jobId !== job.jobId) return;
    on.started();
    after(timeoutMs, () => {
      timedOut = true;
      engine.kill(`${job.source} took too long`);
    });
  });
  const stopHearing = engine.onPublished(({ batchId, jobId, planned, output }) => {
    if (batchId === job.batchId && jobId === job.jobId) on.published(planned, output);
  });
  const onCancel = () => {
    engine.request('image.cancel', { jobIds: [job.jobId] }).catch(() => {});
    after(CANCEL_PATIENCE_MS, () => engine.kill('a cancel was not answered'));
  };
  signal.addEventListener('abort', onCancel, { once: true });

  try {
    return await engine.request('image.process', job);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'E_CRASH') throw error;
    await sweep(job);
    if (signal.aborted) throw new Fault('E_CANCELLED', {}, error);
    if (timedOut) throw new Fault('E_TIMEOUT', { seconds: Math.round(timeoutMs / 1000) }, error);
    throw error;
  } finally {
    signal.removeEventListener('abort', onCancel);
    stopListening();
    stopHearing();
    over.abort();
  }
}

/** What a killed engine left of it, beside whichever target it was at work on. */
async function sweep({ batchId, jobId, variants }: ImageJob): Promise<void> {
  const folders = new Set(variants.map(({ target }) => dirname(target.path)));
  for (const folder of folders) {
    const temporary = join(folder, temporaryName(batchId, jobId));
    await Promise.all([temporary, exiftoolLeftover(temporary)].map((path) => rm(path, { force: true })));
  }
}
