/**
 * Owns the way from what the photographer pointed at to a stream of files, each with the reason where it will not be read.
 * Knows names and the disk's own records; refuses to open a file, so no FIFO or device can hold it up.
 */
import type { BigIntStats, Stats } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { FaultRecord } from '../preload/contract.ts';
import type { FaultCode } from '../preload/faults.ts';
import { isTemporaryName } from '../preload/temporary.ts';
import { compareNames, decodeName, escapeName, isHidden } from './entries.ts';
import { errnoOf } from './errno.ts';
import { isWithin } from './grants.ts';
import { type Root, realOrAbsolute, resolveRoots } from './roots.ts';

/** Which file it is, whatever it is called: two names with the same identity are one file. */
export interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

export interface ScannedFile {
  /** Absolute, as it was reached (a link keeps its own name). */
  readonly path: string;
  /** The source it came from: the folder, or the folder of a file given by name. */
  readonly root: string;
  /** `/` between folders on every system; what the output tree mirrors. */
  readonly relativePath: string;
  readonly bytes: number;
  /** Of what a link leads to, where it is a link. */
  readonly identity: Identity;
  /** Given by name, not found in a folder. */
  readonly named: boolean;
  /** Set when it will not be read at all. */
  readonly skip: FaultRecord | null;
}

export interface ScanOptions {
  readonly recursive: boolean;
  /** Folders never listed (the output folder); compared by where they really are. */
  readonly exclude: readonly string[];
}

interface Entry {
  /** Percent-escaped where `raw` is set. */
  readonly name: string;
  /** The bytes of a name that is no UTF-8. */
  readonly raw: Buffer | null;
  readonly isFolder: boolean;
}

/**
 * Files asked for at once. 100,000 files in one folder, two busy cores: one at a time 18 s, 16 3.1–4.8 s,
 * 64 1.7–4.6 s, 256 2.0–2.4 s, 1024 2.1–2.7 s; past 64 the rest is noise and memory.
 */
const LSTAT_BATCH = 64;

export function identityKey(identity: Identity): string {
  return `${identity.dev}:${identity.ino}`;
}

/**
 * Lists every file of the sources: naturally sorted within a folder, a folder's files before its folders, and each
 * once however many sources lead to it. Holds one folder's names at a time.
 * @throws Fault E_NO_SOURCE or E_ACCES before the first file, for a source that cannot be found or reached.
 */
export async function* scan(
  signal: AbortSignal,
  sources: readonly string[],
  options: ScanOptions,
): AsyncGenerator<ScannedFile> {
  const roots = await resolveRoots(sources);
  const exclude = new Set(await Promise.all(options.exclude.map(realOrAbsolute)));
  // Only several sources can lead to the same place: one folder's walk never comes twice to a file.
  const seen = roots.length > 1 ? new Set<string>() : null;
  for (const root of roots) {
    const files = root.isFolder ? walk(signal, root, { ...options, exclude }) : namedFile(root);
    for await (const { real, file } of files) {
      signal.throwIfAborted();
      if (seen?.has(real)) continue;
      seen?.add(real);
      yield file;
    }
  }
}

/** `real`: the entry's own true place (links in its folder's path resolved, its own name kept). */
interface Found {
  readonly real: string;
  readonly file: ScannedFile;
}

async function* walk(
  signal: AbortSignal,
  root: Root,
  options: { readonly recursive: boolean; readonly exclude: ReadonlySet<string> },
): AsyncGenerator<Found> {
  // A stack and not recursion: nested generators cost every file one step for each level above it.
  const pending = [''];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    signal.throwIfAborted();
    let entries: readonly Entry[];
    try {
      entries = await readFolder(path.join(root.given, folder));
    } catch (error) {
      yield unlisted(root, folder, error);
      continue;
    }
    const inner: string[] = [];
    const files: Entry[] = [];
    for (const entry of entries) {
      if (!entry.isFolder || entry.raw !== null || isHidden(entry.name)) files.push(entry);
      else if (options.recursive && !options.exclude.has(path.join(root.real, folder, entry.name)))
        inner.push(join(folder, entry.name));
    }
    for (let at = 0; at < files.length; at += LSTAT_BATCH) {
      signal.throwIfAborted();
      const batch = files.slice(at, at + LSTAT_BATCH);
      yield* await Promise.all(batch.map((entry) => examine(root, folder, entry, options.exclude)));
    }
    pending.push(...inner.reverse());
  }
}

/** Names are read as bytes: decoded by readdir, a name that is no UTF-8 could neither be opened nor told apart. */
async function readFolder(folder: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const dirent of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const name = decodeName(dirent.name);
    if (name !== null && isTemporaryName(name)) continue;
    const isFolder = dirent.isDirectory();
    entries.push(
      name === null ? { name: escapeName(dirent.name), raw: dirent.name, isFolder } : { name, raw: null, isFolder },
    );
  }
  return entries.sort((a, b) => compareNames(a.name, b.name));
}

async function examine(root: Root, folder: string, entry: Entry, exclude: ReadonlySet<string>): Promise<Found> {
  const { name } = entry;
  const absolute = path.join(root.given, folder, name);
  const real = path.join(root.real, folder, name);
  const found = (identity: Identity, bytes: number, skip: FaultRecord | null): Found => ({
    real,
    file: {
      path: absolute,
      root: root.given,
      relativePath: root.prefix + join(folder, name),
      bytes,
      identity,
      named: false,
      skip,
    },
  });
  try {
    const bytePath = entry.raw && Buffer.concat([Buffer.from(path.join(root.given, folder) + path.sep), entry.raw]);
    const own = await lstat(bytePath ?? absolute, { bigint: true });
    const bytes = Number(own.size);
    if (entry.raw !== null) return found(own, bytes, record('E_NAME'));
    if (isHidden(name)) return found(own, bytes, record('E_HIDDEN'));
    if (!own.isSymbolicLink()) return found(own, bytes, kindFault(own));
    return await followLink(root, real, exclude, own, found);
  } catch (error) {
    return found({ dev: 0n, ino: 0n }, 0, readFault(error));
  }
}

async function followLink(
  root: Root,
  link: string,
  exclude: ReadonlySet<string>,
  own: BigIntStats,
  found: (identity: Identity, bytes: number, skip: FaultRecord | null) => Found,
): Promise<Found> {
  let target: string;
  try {
    target = await realpath(link);
  } catch {
    return found(own, 0, record('E_LINK_BROKEN'));
  }
  if (!isWithin(root.real, target)) return found(own, 0, record('E_LINK_OUTSIDE'));
  if ([...exclude].some((folder) => isWithin(folder, target))) return found(own, 0, record('E_IN_OUTPUT'));
  const stats = await stat(target, { bigint: true });
  // A folder behind a link is listed where it really is; entering it here as well would do its photos twice, or for ever.
  return found(stats, Number(stats.size), kindFault(stats));
}

/** A file the photographer named is taken whatever its name, and through a link wherever it leads: it was chosen. */
async function* namedFile(root: Root): AsyncGenerator<Found> {
  const own = await lstat(root.given, { bigint: true });
  const target = own.isSymbolicLink() ? await stat(root.given, { bigint: true }).catch(() => null) : own;
  yield {
    real: root.real,
    file: {
      path: root.given,
      root: path.dirname(root.given),
      relativePath: path.basename(root.given),
      bytes: Number((target ?? own).size),
      identity: target ?? own,
      named: true,
      skip: target === null ? record('E_LINK_BROKEN') : kindFault(target),
    },
  };
}

function unlisted(root: Root, folder: string, error: unknown): Found {
  return {
    real: path.join(root.real, folder),
    file: {
      path: path.join(root.given, folder),
      root: root.given,
      relativePath: root.prefix + folder,
      bytes: 0,
      identity: { dev: 0n, ino: 0n },
      named: false,
      skip: readFault(error),
    },
  };
}

function kindFault(stats: Stats | BigIntStats): FaultRecord | null {
  if (stats.isFile()) return null;
  const kind = stats.isFIFO()
    ? 'pipe'
    : stats.isSocket()
      ? 'socket'
      : stats.isDirectory()
        ? 'folder'
        : stats.isBlockDevice() || stats.isCharacterDevice()
          ? 'device'
          : 'special file';
  return { code: 'E_NOT_FILE', detail: { kind } };
}

function record(code: FaultCode): FaultRecord {
  return { code, detail: {} };
}

function readFault(error: unknown): FaultRecord {
  const why = errnoOf(error);
  if (why === 'EACCES' || why === 'EPERM') return record('E_ACCES');
  if (why === 'ENOENT') return record('E_GONE');
  return { code: 'E_READ', detail: { why } };
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
