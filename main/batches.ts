/**
 * Owns a batch from the list of its files to its summary: every file gets exactly one terminal record.
 * Knows the engine by its contract alone; where files come from and who listens is the caller's.
 */
import type { FileResult, FileStatus, Progress, Summary } from '../preload/contract.ts';
import { asFault, Fault, toRecord } from '../preload/faults.ts';
import { type BatchRequest, type PlannedFile, planBatch } from './batch-plan.ts';
import type { Engine } from './engine.ts';
import { processImage } from './image-job.ts';
import { prepareOutputFolder, refuseInPlace } from './outputs.ts';
import { createProgressMeter } from './progress.ts';

export interface BatchEvents {
  planned(planned: { batchId: string; files: number; pixels: number }): void;
  file(result: FileResult): void;
  progress(progress: Progress): void;
}

const PROGRESS_EVERY_MS = 250;
/** One job more than workers, so that a worker finds the next one waiting when it ends its own. */
const AHEAD = 1;
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
  const working = new Set<number>();
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
      working: [...working],
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
    if (signal.aborted) return endedBy(file, new Fault('E_CANCELLED'), 0);
    const begunAt = performance.now();
    try {
      const outcome = await processImage(signal, engine, file.job, file.pixels, () => working.add(file.index));
      const notices = [...file.notices, ...outcome.notices];
      const { status, output, ms } = outcome;
      if (output === null) record(file, status, { fault: existing(file), notices, ms });
      else record(file, status, { outputs: [output], notices, ms });
    } catch (error) {
      const fault = asFault(error);
      if (fault.code === 'E_CRASH' && !alone) suspects.push(file);
      else endedBy(file, fault, performance.now() - begunAt);
    } finally {
      working.delete(file.index);
    }
  }

  function endedBy(file: WriteFile, fault: Fault, ms: number): void {
    record(file, fault.code === 'E_CANCELLED' ? 'cancelled' : 'failed', { fault: toRecord(fault), ms });
  }
}

function existing(file: WriteFile) {
  return toRecord(new Fault('E_EXISTS', { path: file.job.target.path }));
}
