/**
 * Owns how a cancel reaches a worker thread in the middle of its work. Knows nothing of jobs.
 * Piscina's own abort ends the thread and would leave a temporary file behind, and a message is not read while
 * kernels run; so the wish is a shared word that kernels look at between tiles and awaited work hears of by waitAsync.
 */
import { Fault } from '../preload/faults.ts';

/** Places in the shared words. */
const STATE = 0;
const TAKEN = 1;

const RUNNING = 0;
const CANCELLED = 1;
const FINISHED = 2;

/** The engine's end: shared with the thread inside the task. */
export function createCancelWord(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** Settles when a thread has taken the task out of the queue; what waits there is not in work. */
export async function whenTaken(word: Int32Array): Promise<void> {
  const waiting = Atomics.waitAsync(word, TAKEN, 0);
  if (waiting.async) await waiting.value;
}

export function cancel(word: Int32Array): void {
  if (Atomics.compareExchange(word, STATE, RUNNING, CANCELLED) === RUNNING) Atomics.notify(word, STATE);
}

/** The thread's end: `signal` for what awaits, `check` for what computes. */
export interface Cancellation {
  readonly signal: AbortSignal;
  /** Throws E_CANCELLED once the cancel was asked for. */
  check(): void;
  /** Lets the waiter go when the task ends. */
  dispose(): void;
}

export function watchCancelWord(word: Int32Array): Cancellation {
  Atomics.store(word, TAKEN, 1);
  Atomics.notify(word, TAKEN);
  const controller = new AbortController();
  const waiting = Atomics.waitAsync(word, STATE, RUNNING);
  const heard = () => {
    if (Atomics.load(word, STATE) === CANCELLED) controller.abort(new Fault('E_CANCELLED'));
  };
  if (waiting.async) waiting.value.then(heard);
  else heard();
  return {
    signal: controller.signal,
    check() {
      if (Atomics.load(word, STATE) === CANCELLED) throw new Fault('E_CANCELLED');
    },
    dispose() {
      if (Atomics.compareExchange(word, STATE, RUNNING, FINISHED) === RUNNING) Atomics.notify(word, STATE);
    },
  };
}
