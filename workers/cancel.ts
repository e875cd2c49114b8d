/**
 * Owns how a cancel reaches a worker thread in the middle of its work. Knows nothing of jobs.
 * Piscina's own abort ends the thread and would leave a temporary file behind, and a message is not read while
 * kernels run; so the wish is a shared word that kernels look at between tiles and awaited work hears of by waitAsync.
 */
import { Fault } from '../preload/faults.ts';

const RUNNING = 0;
const CANCELLED = 1;
const FINISHED = 2;

/** The engine's end: shared with the thread inside the task. */
export function createCancelWord(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4));
}

export function cancel(word: Int32Array): void {
  if (Atomics.compareExchange(word, 0, RUNNING, CANCELLED) === RUNNING) Atomics.notify(word, 0);
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
  const controller = new AbortController();
  const waiting = Atomics.waitAsync(word, 0, RUNNING);
  const heard = () => {
    if (Atomics.load(word, 0) === CANCELLED) controller.abort(new Fault('E_CANCELLED'));
  };
  if (waiting.async) waiting.value.then(heard);
  else heard();
  return {
    signal: controller.signal,
    check() {
      if (Atomics.load(word, 0) === CANCELLED) throw new Fault('E_CANCELLED');
    },
    dispose() {
      if (Atomics.compareExchange(word, 0, RUNNING, FINISHED) === RUNNING) Atomics.notify(word, 0);
    },
  };
}
