/**
 * Owns reading a source file whole, and saying so when it is no ordinary file, gone, or changed meanwhile.
 * Knows nothing of what is inside.
 */
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Fault } from '../../preload/faults.ts';
import { stopIfCancelled } from './cancel.ts';

export interface SourceBytes {
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * All bytes of an ordinary file. Faults: E_GONE, E_ACCES, E_READ, E_NOT_FILE, E_EMPTY, E_CHANGED.
 * One Buffer and then sharp, not sharp(path): libvips would open by itself, and a file that changes while it is
 * decoded would give two halves of two pictures.
 */
export async function readSource(signal: AbortSignal, path: string): Promise<SourceBytes> {
  stopIfCancelled(signal);
  return withOrdinaryFile(path, async (file) => {
    const before = await file.stat({ bigint: true });
    if (before.size === 0n) throw new Fault('E_EMPTY');
    const bytes = await readWhole(file, Number(before.size), signal);
    const after = await file.stat({ bigint: true });
    const same = before.size === after.size && before.mtimeNs === after.mtimeNs && before.ino === after.ino;
    if (!same || bytes.length !== Number(after.size)) throw new Fault('E_CHANGED');
    return { path, bytes };
  });
}

/**
 * Opens, checks that it is an ordinary file, hands it on, closes. Faults as in readSource.
 * O_NONBLOCK: a FIFO named .jpg would otherwise hang the thread for ever (measured); on ordinary files it does nothing.
 */
export async function withOrdinaryFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw faultOfRead(error);
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new Fault('E_NOT_FILE', { kind: kindOf(stat) });
    return await use(file);
  } catch (error) {
    throw error instanceof Fault ? error : faultOfRead(error);
  } finally {
    await file.close();
  }
}

/** Reads up to `length` bytes from `position`; fewer at the end of the file. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

// A slow disk or network share is cancelled between pieces; 64 MiB keeps the cost of the pieces out of sight.
const PIECE_BYTES = 64 * 2 ** 20;

async function readWhole(file: FileHandle, size: number, signal: AbortSignal): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(size);
  let filled = 0;
  while (filled < size) {
    stopIfCancelled(signal);
    const { bytesRead } = await file.read(bytes, filled, Math.min(PIECE_BYTES, size - filled), filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function kindOf(stat: Stats): string {
  if (stat.isDirectory()) return 'folder';
  if (stat.isFIFO()) return 'FIFO';
  if (stat.isSocket()) return 'socket';
  return 'device';
}

function faultOfRead(error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Fault('E_GONE', {}, error);
    case 'EACCES':
    case 'EPERM':
      return new Fault('E_ACCES', {}, error);
    // A socket can't be opened at all.
    case 'ENXIO':
      return new Fault('E_NOT_FILE', { kind: 'socket' }, error);
    default:
      return new Fault('E_READ', { why: code || String(error) }, error);
  }
}
