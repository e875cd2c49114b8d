/**
 * Owns the worker threads. The only user of Piscina. Knows tasks, not what they mean.
 * Photos and thumbnails share one set of threads; the preview has a thread of its own, because it keeps a decoded
 * picture and must answer a slider while a batch has every other thread at work.
 */
import { Piscina } from 'piscina';
import { asFault, Fault, fromRecord } from '../preload/faults.ts';
import { cancel, createCancelWord, whenTaken } from './cancel.ts';
import type { Answers, Published, Task, TaskAnswer, Work } from './task.ts';

export interface Pool {
  /** Rejects with a Fault; after an abort it settles only when the thread has dropped its work. */
  run<K extends Work['kind']>(
    signal: AbortSignal,
    work: Extract<Work, { kind: K }>,
    onTaken?: () => void,
  ): Promise<Answers[K]>;
  /** Takes effect for the next task; tasks that run are let to their end. */
  resize(workers: number): void;
}

export function createPool(
  threadFile: string,
  initialWorkers: number,
  onPublished: (published: Published) => void,
): Pool {
  let workers = initialWorkers;
  // Made at the first task: a command line never previews, and a thread that is retired while it still boots says so
  // on stderr ("script execution has been terminated").
  let batch: Piscina | null = null;
  let preview: Piscina | null = null;

  function poolFor(work: Work): Piscina {
    if (work.kind === 'preview') {
      preview ??= threads(threadFile, 1);
      return preview;
    }
    if (batch === null) {
      batch = threads(threadFile, workers);
      batch.on('message', onPublished);
    }
    return batch;
  }

  return {
    async run(signal, work, onTaken) {
      signal.throwIfAborted();
      const cancelWord = createCancelWord();
      if (onTaken !== undefined) whenTaken(cancelWord).then(onTaken);
      const stop = () => cancel(cancelWord);
      signal.addEventListener('abort', stop, { once: true });
      try {
        const task: Task = { work, cancelWord };
        const answer = await poolFor(work).run(task, {
          name: 'runTask' satisfies keyof typeof import('./entry-thread.ts'),
        });
        return unwrap(answer as TaskAnswer) as never;
      } catch (error) {
        throw asThreadFault(error);
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    resize(next) {
      if (next === workers) return;
      workers = next;
      void batch?.close();
      batch = null;
    },
  };
}

function threads(filename: string, count: number): Piscina {
  return new Piscina({
    filename,
    minThreads: count,
    maxThreads: count,
    // One image a thread at a time: a second one would double the memory the thread holds.
    concurrentTasksPerWorker: 1,
    maxQueue: Number.POSITIVE_INFINITY,
    recordTiming: false,
  });
}

function unwrap(answer: TaskAnswer): Answers[keyof Answers] {
  if (!answer.ok) throw fromRecord(answer.fault);
  return answer.value;
}

/** A thread that died took one job with it; Piscina has put another in its place by now. */
function asThreadFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const code = (error as { code?: string }).code;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return new Fault('E_CRASH', { why: 'out of memory' }, error);
  return asFault(error);
}
