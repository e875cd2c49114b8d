/**
 * Owns which places a window may name. A page that was taken over can ask for any path; only what the photographer
 * chose through a dialog, a drop or an earlier session is served (F88). Paths are compared where they really are.
 */
import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Fault } from '../preload/faults.ts';

export interface Grants {
  /** From now on this path, and all below it, may be used. */
  grant(path: string): Promise<void>;
  /** Throws E_NOT_GRANTED unless the path is a granted one or lies below one. */
  check(path: string): Promise<void>;
}

export function createGrants(): Grants {
  const granted = new Set<string>();
  return {
    async grant(path) {
      granted.add(await whereItIs(path));
    },
    async check(path) {
      const real = await whereItIs(path);
      for (const root of granted) if (isWithin(root, real)) return;
      throw new Fault('E_NOT_GRANTED', { path });
    },
  };
}

export function isWithin(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The real path; of something that is not there yet (an output folder), that of its nearest folder plus the rest. */
async function whereItIs(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await realpath(absolute);
  } catch (error) {
    const parent = dirname(absolute);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === absolute)
      throw new Fault('E_NOT_GRANTED', { path }, error);
    // A link that leads nowhere yet: what is made through it would land where it points, not where it stands.
    const led = await readlink(absolute).catch(() => null);
    return led === null ? join(await whereItIs(parent), basename(absolute)) : whereItIs(resolve(parent, led));
  }
}
