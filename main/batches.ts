/**
 * Owns a batch from the list of its files to its summary: every file gets exactly one terminal record.
 * Knows the engine by its contract alone; where files come from and who listens is the caller's.
 */
import type {
  FaultRecord,
  FileResult,
  FileStatus,
  ImageOutcome,
  Progress,
  Summary,
  Variant,
} from '../preload/contract.ts';
import { asFault, Fault, notice, toRecord } from '../preload/faults.ts';
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
  for (const { output } of request.variants) await refuseInPlace(output, request.roots);
  for (const folder of new Set([request.folder, ...request.variants.map(({ output }) => output.folder)])) {
    await prepareOutputFolder(folder);
  }
  const planned = await planBatch(signal, engine, request);
  const toWrite = planned.filter((file): file is WriteFile => file.kind === 'write');
  const totalPixels = toWrite.reduce((sum, file) => sum + file.pixels, 0);
  events.planned({ batchId, files: planned.length, pixels: totalPixels });

  const meter = createProgressMeter(planned.length, totalPixels, performance.now());
  const working = new Set<number>();
  const suspects: WriteFile[] = [];
  /** By a file's index: planned path to published one. */
  const landed = new Map<number, Map<string, string>>();
  /** Pixels of results that the meter has had before their file ended. */
  const told = new Map<number, number>();

  const record = (file: PlannedFile, status: FileStatus, rest: Partial<FileResult> = {}) => {
    counts[status]++;
    meter.fileEnded(file.kind === 'write' ? file.pixels - (told.get(file.index) ?? 0) : 0, performance.now());
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
    const outputs = landed.get(file.index) ?? new Map<string, string>();
    landed.set(file.index, outputs);
    const listed = () => file.job.variants.flatMap(({ target }) => outputs.get(target.path) ?? []);
    if (signal.aborted) return endedBy(file, new Fault('E_CANCELLED'), listed(), 0);
    const begunAt = performance.now();
    // What was published before the engine died is not made again.
    const variants = file.job.variants.filter(({ target }) => !outputs.has(target.path));
    try {
      const outcome = await runVariants(file, variants, outputs);
      const standing = variants.filter((_, at) => outcome.variants[at]?.kind === 'skipped');
      const kept = outputs.size > 0 ? standing.map(({ target }) => notice('N_STANDS', { path: target.path })) : [];
      const notices = [...file.notices, ...outcome.notices, ...kept];
      const { status, fault } = verdictOf(file, outcome, outputs.size);
      record(file, status, { outputs: listed(), fault, notices, ms: outcome.ms });
    } catch (error) {
      const fault = asFault(error);
      if (fault.code === 'E_CRASH' && !alone) suspects.push(file);
      else endedBy(file, fault, listed(), performance.now() - begunAt);
    } finally {
      working.delete(file.index);
    }
  }

  /** Fills `outputs`: planned path to published one. */
  async function runVariants(
    file: WriteFile,
    variants: Variant[],
    outputs: Map<string, string>,
  ): Promise<ImageOutcome> {
    if (variants.length === 0) return NOTHING_LEFT;
    const outcome = await processImage(signal, engine, { ...file.job, variants }, file.pixels, {
      started: () => void working.add(file.index),
      published(planned, output) {
        outputs.set(planned, output);
        const pixels = file.pixels / file.job.variants.length;
        told.set(file.index, (told.get(file.index) ?? 0) + pixels);
        meter.resultEnded(pixels, performance.now());
      },
    });
    for (const [at, { target }] of variants.entries()) {
      const made = outcome.variants[at];
      if (made?.kind === 'done') outputs.set(target.path, made.output);
    }
    return outcome;
  }

  function endedBy(file: WriteFile, fault: Fault, outputs: string[], ms: number): void {
    record(file, statusOf(toRecord(fault)), { outputs, fault: toRecord(fault), ms });
  }
}

/** The engine died between the last result's name and the answer. */
const NOTHING_LEFT: ImageOutcome = { variants: [], notices: [], ms: 0 };

/** A file is done when all of its results are there; what is there of a failed one stays and is listed. */
function verdictOf(
  file: WriteFile,
  outcome: ImageOutcome,
  outputs: number,
): { readonly status: FileStatus; readonly fault: FaultRecord | null } {
  const faults = outcome.variants.flatMap((made) => (made.kind === 'failed' ? [made.fault] : []));
  if (file.fault !== null) faults.push(file.fault);
  // A failure tells more than the cancel that came after it.
  const fault = faults.find((one) => statusOf(one) === 'failed') ?? faults[0];
  if (fault !== undefined) return { status: statusOf(fault), fault };
  if (outputs > 0) return { status: 'done', fault: null };
  const path = file.job.variants[0]?.target.path ?? '';
  return { status: 'skipped', fault: toRecord(new Fault('E_EXISTS', { path })) };
}

function statusOf({ code }: FaultRecord): FileStatus {
  return code === 'E_CANCELLED' ? 'cancelled' : 'failed';
}
