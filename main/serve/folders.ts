/**
 * Owns looking around in folders for hosts without a folder dialog: below the roots it was given and nowhere else
 * (F96). Refuses to know who asks, and what is done with what was found.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, isAbsolute, join, parse, resolve } from 'node:path';
import { Fault } from '../../preload/faults.ts';
import { compareNames, decodeName, isHidden, looksLikePhoto } from '../entries.ts';
import { isWithin } from '../grants.ts';
import type { FolderListing } from '../host.ts';

type Entry = FolderListing['entries'][number];

export interface Folders {
  /**
   * Folders first, then files whose names say picture, each in natural order; null lists the roots. E_NOT_GRANTED
   * for every place outside the roots, there or not; E_NO_SOURCE, E_ACCES and E_READ for places inside.
   */
  list(path: string | null): Promise<FolderListing>;
}

const MAX_PATH = 4096;
/** Where desktop systems show cards, sticks and disks. */
const MOUNTS = ['/media', '/mnt', '/run/media', '/Volumes'];

/** Roots may come and go (a card in /media), so where they really are is found anew for every question. */
export function createFolders(roots: readonly string[]): Folders {
  return {
    async list(path) {
      const places = await realRoots(roots);
      if (path === null) return { path: null, parent: null, entries: places.map((root) => entry(root, root, true)) };
      const real = await confine(places, roots, path);
      const above = dirname(real);
      return {
        path: real,
        parent: places.includes(real) || !isInside(places, above) ? null : above,
        entries: await entriesOf(places, real),
      };
    },
  };
}

/**
 * Home, the temporary folder, mounted disks, and the working folder with the one around it (photos beside a
 * checkout). Never a whole disk: in `/work`, "the one around it" would be everything there is.
 */
export async function defaultRoots(): Promise<string[]> {
  const cwd = process.cwd();
  const found = await realRoots([homedir(), cwd, dirname(cwd), tmpdir(), ...MOUNTS]);
  return found.filter((root) => root !== parse(root).root);
}

async function realRoots(roots: readonly string[]): Promise<string[]> {
  const found = await Promise.all(roots.map((root) => whenFolder(resolve(root))));
  return [...new Set(found.filter((root) => root !== null))];
}

/** The real place of a folder; null for what is none, is gone or may not be seen. */
async function whenFolder(path: string): Promise<string | null> {
  try {
    const real = await realpath(path);
    return (await stat(real)).isDirectory() ? real : null;
  } catch {
    return null;
  }
}

/**
 * Looked at as text before the disk is touched, so that nobody learns from the answer what exists outside, and no
 * \\server\share is called up on Windows; then once more where the path really leads.
 */
async function confine(places: readonly string[], roots: readonly string[], path: string): Promise<string> {
  const absolute = resolve(path);
  const spelt = roots.map((root) => resolve(root));
  const plausible = isAbsolute(path) && !path.includes('\0') && path.length <= MAX_PATH;
  if (!plausible || !isInside([...places, ...spelt], absolute)) throw new Fault('E_NOT_GRANTED', { path });
  const real = await realpath(absolute).catch((error: unknown) => {
    throw placeFault(error, path);
  });
  if (!isInside(places, real)) throw new Fault('E_NOT_GRANTED', { path });
  return real;
}

function isInside(places: readonly string[], path: string): boolean {
  return places.some((root) => isWithin(root, path));
}

async function entriesOf(places: readonly string[], folder: string): Promise<Entry[]> {
  const found = await readdir(folder, { withFileTypes: true, encoding: 'buffer' }).catch((error: unknown) => {
    throw placeFault(error, folder);
  });
  const entries: Entry[] = [];
  for (const item of found) {
    const name = decodeName(item.name);
    // A name that is no text could be shown but not asked for.
    if (name === null || isHidden(name)) continue;
    const path = join(folder, name);
    if (path.length > MAX_PATH) continue;
    const isFolder = item.isDirectory() || (item.isSymbolicLink() && (await leadsToFolder(places, path)));
    // Files behind links are left to the scan of the opened folder, which tells why it takes one or not.
    if (isFolder || (item.isFile() && looksLikePhoto(name))) entries.push(entry(name, path, isFolder));
  }
  return entries.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || compareNames(a.name, b.name));
}

/** A link out of the roots is not shown: it would only be refused when opened. */
async function leadsToFolder(places: readonly string[], path: string): Promise<boolean> {
  const real = await whenFolder(path);
  return real !== null && isInside(places, real);
}

function entry(name: string, path: string, isFolder: boolean): Entry {
  return { name, path, isFolder };
}

function placeFault(error: unknown, path: string): Fault {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Fault('E_NO_SOURCE', { path }, error);
    case 'EACCES':
    case 'EPERM':
      return new Fault('E_ACCES', {}, error);
    default:
      return new Fault('E_READ', { why: code }, error);
  }
}
