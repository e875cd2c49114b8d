/**
 * Owns how a finished temporary file gets its final name: all at once, never over a file that must stay.
 * Knows nothing of pictures. Order on disk: the temp file is synced before it comes here, then renamed, then the folder synced.
 */
import { link, open, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImageJob, Target } from '../../preload/contract.ts';
import { Fault } from '../../preload/faults.ts';
import { numbered } from '../../preload/numbered.ts';
import { temporaryName } from '../../preload/temporary.ts';

/** Where a job writes before it publishes: beside the target, so that a rename never crosses disks. */
export function temporaryPath(job: Pick<ImageJob, 'batchId' | 'jobId'>, target: Pick<Target, 'path'>): string {
  return join(dirname(target.path), temporaryName(job.batchId, job.jobId));
}

/**
 * Gives `temporary` the name `target`, or by the conflict rule another one, and returns it;
 * null when the rule is `skip` and something stands there already (the temp file is removed).
 */
export async function publish(
  temporary: string,
  target: string,
  onConflict: Target['onConflict'],
): Promise<string | null> {
  const published = await giveName(temporary, target, onConflict);
  if (published === null) await rm(temporary, { force: true });
  else await syncFolder(dirname(published));
  return published;
}

async function giveName(temporary: string, target: string, onConflict: Target['onConflict']) {
  if (onConflict === 'overwrite') {
    // Replaces a link itself, never what it points to; that the target is no source was checked by the plan.
    await withRetry(() => rename(temporary, target));
    return target;
  }
  if (await nameExclusively(temporary, target)) return target;
  if (onConflict === 'skip') return null;
  for (let n = 2; n < 10_000; n++) {
    const candidate = join(dirname(target), numbered(basename(target), n));
    if (await nameExclusively(temporary, candidate)) return candidate;
  }
  throw new Fault('E_WRITE', { why: 'no free name' });
}

/** False when `target` exists. A hard link fails on an existing name, which a rename does not. */
async function nameExclusively(temporary: string, target: string): Promise<boolean> {
  try {
    await link(temporary, target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT' || code === 'ENOSPC') throw error;
    // exFAT cards, network shares and some sandboxes know no hard links: claim the name with an empty file instead.
    return claimThenRename(temporary, target);
  }
  await unlink(temporary);
  return true;
}

async function claimThenRename(temporary: string, target: string): Promise<boolean> {
  try {
    await (await open(target, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await withRetry(() => rename(temporary, target));
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
  return true;
}

/** Virus scanners and indexers hold fresh files for a moment, above all on Windows. */
async function withRetry(act: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (attempt >= 6 || !['EBUSY', 'EPERM', 'EACCES'].includes(code)) throw error;
      await sleep(20 * 2 ** attempt);
    }
  }
}

/** Without this a power cut can undo the rename. Windows has no such call on folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
