/**
 * Owns what the photographer pointed at: whether it is there, where it really is, and how several sources keep apart.
 * Refuses to look into folders; scan.ts does.
 */
import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../preload/faults.ts';
import { errnoOf } from './errno.ts';

export interface Root {
  readonly given: string;
  readonly real: string;
  readonly isFolder: boolean;
  /** In front of every relative path, so that several folders mirror side by side. */
  readonly prefix: string;
}

/** @throws Fault E_NO_SOURCE or E_ACCES for the first one that cannot be found or reached. */
export async function resolveRoots(sources: readonly string[]): Promise<readonly Root[]> {
  const found: { given: string; real: string; isFolder: boolean }[] = [];
  const known = new Set<string>();
  for (const source of sources) {
    // An empty name would mean the working folder: a script's unset variable must not process that.
    if (source === '') throw new Fault('E_NO_SOURCE', { path: '""' });
    const given = path.resolve(source);
    const own = await lstat(given).catch((error: unknown) => Promise.reject(sourceFault(given, error)));
    const target = own.isSymbolicLink() ? await stat(given).catch(() => null) : own;
    const isFolder = target?.isDirectory() === true;
    // A file given through a link keeps the link's name, so only the way to it is resolved.
    const real = isFolder
      ? await realpath(given)
      : path.join(await realpath(path.dirname(given)), path.basename(given));
    if (!known.has(real)) found.push({ given, real, isFolder });
    known.add(real);
  }
  const prefixes = new Set<string>();
  const folders = found.filter((root) => root.isFolder).length;
  return found.map((root) => ({
    ...root,
    prefix: root.isFolder && folders > 1 ? freePrefix(prefixes, path.basename(root.real)) : '',
  }));
}

/** Two sources called `photos` become `photos` and `photos-2`. The root of a disk has no name of its own. */
function freePrefix(taken: Set<string>, basename: string): string {
  const wanted = basename === '' ? 'disk' : basename;
  let prefix = wanted;
  for (let n = 2; taken.has(prefix.toLowerCase()); n++) prefix = `${wanted}-${n}`;
  taken.add(prefix.toLowerCase());
  return `${prefix}/`;
}

function sourceFault(given: string, error: unknown): Fault {
  const why = errnoOf(error);
  if (why === 'EACCES' || why === 'EPERM') return new Fault('E_ACCES', { path: given }, error);
  return new Fault('E_NO_SOURCE', { path: given }, error);
}

/** Where a folder really is, even when its last parts are still to be made. */
export async function realOrAbsolute(folder: string): Promise<string> {
  const absolute = path.resolve(folder);
  try {
    return await realpath(absolute);
  } catch {
    const parent = path.dirname(absolute);
    return parent === absolute ? absolute : path.join(await realOrAbsolute(parent), path.basename(absolute));
  }
}
