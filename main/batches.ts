/**
 * Owns a batch from the list of its files to its summary: every file gets exactly one terminal record.
 * Knows the engine by its contract alone; where files come from and who listens is the caller's.
 */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FileResult, FileStatus, ImageOutcome, OutputSpec, Progress, Step, Summary } from '../preload/contract.ts';
import { asFault, Fault, toRecord } from '../preload/faults.ts';
import { temporaryName } from '../preload/temporary.ts';
import { type PlannedFile, planBatch } from './batch-plan.ts';
import type { Engine } from './engine.ts';
import { prepareOutputFolder, refuseInPlace } from './outputs.ts';
import { createProgressMeter } from './progress.ts';
import type { ScannedFile } from './scan.ts';

export interface BatchRequest {
  readonly batchId: string;
  readonly files: AsyncIterable<ScannedFile> | Iterable<ScannedFile>;
  /** The folders and files that were chosen: results may not land on top of them. */
  readonly roots: readonly string[];
  readonly chain: readonly Step[];
  readonly output: OutputSpec;
  readonly tileSize: number;
  readonly workers: number;
  readonly memoryBytes: number;
  readonly pixelLimit: number;
}

export interface BatchEvents {
  planned(planned: { batchId: string; files: number; pixels: number }): void;
  file(result: FileResult): void;
  progress(progress: Progress): void;
}

const PROGRESS_EVERY_MS = 250;
/** One job more than workers, so that a worker finds the next one waiting when it ends its own. */
const AHEAD = 1;
/** Cancel is promised within 2 s: after this the engine is killed and its temporary files are swept from here. */
const CANCEL_PATIENCE_MS = 1_200;
/** A photo that takes longer hangs: the slowest of the corpus took a hundredth of it. */
const FILE_TIMEOUT_BASE_MS = 60_000;
const FILE_TIMEOUT_MS_PER_MEGAPIXEL = 2_000;

type WriteFile = Extract<PlannedFile, { kind: 'write' }>;

/** Resolves when every file has its record, also after a cancel; rejects only where nothing was begun. */
export async function runBatch(
  signal: AbortSignal,
  engine: Engine,
  request: BatchRequest,
  events: BatchEvents,
): Promise<Summary> {
  const { batchId } = request;
  const startedAt = performance.now();
  const counts: Record<FileStatus, number> = { done: 0, failed: 0, skipped: 0, cancelled: 0 };
  let peakMemoryBytes = 0;

  engine.configure({ workers: request.workers, memoryBytes: request.memoryBytes });
  await refuseInPlace(request.output, request.roots);
  await prepareOutputFolder(request.output.folder);
  const planned = await planBatch(signal, engine, request);
  const toWrite = planned.filter((file): file is WriteFile => file.kind === 'write');
  const totalPixels = toWrite.reduce((sum, file) => sum + file.pixels, 0);
  events.planned({ batchId, files: planned.length, pixels: totalPixels });

  const meter = createProgressMeter(planned.length, totalPixels, performance.now());
  const working = new Map<number, WriteFile>();
  const suspects: WriteFile[] = [];

  const record = (file: PlannedFile, status: FileStatus, rest: Partial<FileResult> = {}) => {
    counts[status]++;
    meter.fileEnded(file.kind === 'write' ? file.pixels : 0, performance.now());
    const { index, source } = file;
    events.file({ batchId, index, source, status, outputs: [], fault: null, notices: [], ms: 0, ...rest });
  };
  const tellProgress = () => {
    const memoryBytes = engine.memory.privateBytes;
    peakMemoryBytes = Math.max(peakMemoryBytes, memoryBytes);
    events.progress({
      batchId,
      ...meter.read(performance.now()),
      memoryBytes,
      budgetBytes: request.memoryBytes,
      working: [...working.keys()],
    });
  };

  for (const file of planned) {
    if (file.kind === 'skip') record(file, 'skipped', { fault: file.fault });
    if (file.kind === 'fail') record(file, 'failed', { fault: file.fault });
  }

  const ticker = setInterval(tellProgress, PROGRESS_EVERY_MS);
  try {
    const queue = toWrite[Symbol.iterator]();
    const lane = async () => {
      for (const file of queue) await runFile(file, false);
    };
    await Promise.all(Array.from({ length: request.workers + AHEAD }, lane));
    // Whoever was in work when the engine died is tried once more, alone, so that only the culprit fails.
    for (const file of suspects) await runFile(file, true);
  } finally {
    clearInterval(ticker);
    tellProgress();
  }
  return { batchId, ...counts, wallMs: performance.now() - startedAt, peakMemoryBytes };

  async function runFile(file: WriteFile, alone: boolean): Promise<void> {
    if (signal.aborted) return record(file, 'cancelled', { fault: toRecord(new Fault('E_CANCELLED')) });
    const begunAt = performance.now();
    working.set(file.index, file);
    try {
      const outcome = await processFile(file);
      const status = outcome.status === 'done' ? 'done' : 'skipped';
      record(file, status, {
        outputs: outcome.output === null ? [] : [outcome.output],
        fault: outcome.status === 'skipped' ? toRecord(new Fault('E_EXISTS', { path: file.job.target.path })) : null,
        notices: [...file.notices, ...outcome.notices],
        ms: outcome.ms,
      });
    } catch (error) {
      const fault = asFault(error);
      if (fault.code === 'E_CRASH') await sweep(file);
      if (signal.aborted && (fault.code === 'E_CANCELLED' || fault.code === 'E_CRASH')) {
        record(file, 'cancelled', { fault: toRecord(new Fault('E_CANCELLED')) });
      } else if (fault.code === 'E_CRASH' && !alone) {
        suspects.push(file);
      } else {
        record(file, 'failed', { fault: toRecord(fault), ms: performance.now() - begunAt });
      }
    } finally {
      working.delete(file.index);
    }
  }

  /** One job, with the two ways a native call that does not return is ended: the file's time limit and a cancel. */
  async function processFile(file: WriteFile): Promise<ImageOutcome> {
    const settled = new AbortController();
    const timeoutMs = FILE_TIMEOUT_BASE_MS + (file.pixels / 1e6) * FILE_TIMEOUT_MS_PER_MEGAPIXEL;
    let timedOut = false;
    const watchdog = async () => {
      await sleep(timeoutMs, undefined, { signal: settled.signal });
      timedOut = true;
      engine.kill(`${file.source} took too long`);
    };
    const onCancel = async () => {
      void engine.request('image.cancel', { jobIds: [file.job.jobId] }).catch(() => {});
      await sleep(CANCEL_PATIENCE_MS, undefined, { signal: settled.signal });
      engine.kill('a cancel was not answered');
    };
    const cancelNow = () => void onCancel().catch(() => {});
    watchdog().catch(() => {});
    signal.addEventListener('abort', cancelNow, { once: true });
    try {
      return await engine.request('image.process', file.job);
    } catch (error) {
      if (timedOut) {
        await sweep(file);
        throw new Fault('E_TIMEOUT', { seconds: Math.round(timeoutMs / 1000) }, error);
      }
      throw error;
    } finally {
      signal.removeEventListener('abort', cancelNow);
      settled.abort();
    }
  }

  /** A killed engine leaves its temporary file; its name is known, so nothing else is touched. */
  async function sweep(file: WriteFile): Promise<void> {
    await rm(join(dirname(file.job.target.path), temporaryName(batchId, file.job.jobId)), { force: true });
  }
}
