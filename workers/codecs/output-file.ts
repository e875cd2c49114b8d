/** Owns writing a result to disk: one complete, flushed file or none. Knows nothing of formats. */
import { open, rm } from 'node:fs/promises';
import { asWriteFault } from '../errors.ts';

/**
 * Creates the file (never over another one), writes the pieces in order, flushes them to the disk.
 * Returns its length. Faults: E_NOSPC, E_FBIG, E_WRITE; then nothing is left behind.
 */
export async function writeNewFile(path: string, pieces: readonly Uint8Array[]): Promise<number> {
  const file = await open(path, 'wx').catch((error: unknown) => {
    throw asWriteFault(error);
  });
  try {
    let bytes = 0;
    for (const piece of pieces) {
      for (let at = 0; at < piece.length; ) {
        // write() may take less than it was given: on a disk that is nearly full, it does.
        const { bytesWritten } = await file.write(piece, at, piece.length - at, null);
        at += bytesWritten;
      }
      bytes += piece.length;
    }
    await file.sync();
    await file.close();
    return bytes;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(path, { force: true });
    throw asWriteFault(error);
  }
}

/** Flushes a file that another program wrote; returns its length. */
export async function syncFile(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
