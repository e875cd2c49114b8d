/**
 * Owns "one process at a time" for a moment's work on a small file. Blocks the thread, so only for work of milliseconds.
 * Knows nothing of what the work is.
 */
import { closeSync, openSync, rmSync, statSync } from 'node:fs';

/** Holders need a few milliseconds; one that is this old died. */
const STALE_MS = 5_000;
/** Then the work is done without the lock: a lost setting is better than a window that stands still. */
const PATIENCE_MS = 1_000;
const RETRY_MS = 2;

/** Without it two processes lose each other's changes: conf reads, merges and writes without holding the file. */
export function withFileLock<T>(lockFile: string, work: () => T): T {
  const locked = acquire(lockFile);
  try {
    return work();
  } finally {
    if (locked) rmSync(lockFile, { force: true });
  }
}

function acquire(lockFile: string): boolean {
  const deadline = performance.now() + PATIENCE_MS;
  const clock = new Int32Array(new SharedArrayBuffer(4));
  while (performance.now() < deadline) {
    try {
      closeSync(openSync(lockFile, 'wx'));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const age = Date.now() - (statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > STALE_MS) rmSync(lockFile, { force: true });
    else Atomics.wait(clock, 0, 0, RETRY_MS);
  }
  return false;
}
