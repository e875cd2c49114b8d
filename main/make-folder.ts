/** Owns making a folder with all that leads to it. Knows nothing of what it is for. */
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Not `mkdir({ recursive: true })`: on Node 24 that never returns, at full load, where the system answers ENOENT for a
 * child of a folder that exists (/proc, some network shares): it makes the parent again and again.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = path.dirname(folder);
    if (code === 'ENOENT' && parent !== folder && !(await isFolder(parent))) {
      await makeFolder(parent);
      await mkdir(folder).catch((again: NodeJS.ErrnoException) => acceptExisting(folder, again));
    } else {
      await acceptExisting(folder, error);
    }
  }
}

/** Another process may have made it a moment ago; a read-only disk says EROFS of a folder that is there. */
async function acceptExisting(folder: string, error: unknown): Promise<void> {
  if (!(await isFolder(folder))) throw error;
}

async function isFolder(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => null))?.isDirectory() === true;
}
