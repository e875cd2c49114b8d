/** Owns how files become lines of the list: a heading wherever the folder changes. Pure. */
import type { FileEntry } from '../../preload/contract.ts';
import { folderName } from '../format.ts';

export type Row =
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'file'; readonly index: number /** Place among the files, from 0. */; readonly position: number };

export function toRows(files: readonly FileEntry[], visible: readonly number[]): readonly Row[] {
  const rows: Row[] = [];
  let folder = '';
  visible.forEach((index, position) => {
    const own = folderName(files[index]?.relativePath ?? '');
    if (own !== folder) rows.push({ kind: 'folder', name: own });
    folder = own;
    rows.push({ kind: 'file', index, position });
  });
  return rows;
}

/** Where a key leads in a list of files; null for a key that leads nowhere. */
export function moveBy(key: string, position: number, count: number, page: number): number | null {
  const step = stepOf(key, position, count, page);
  return step === null || count === 0 ? null : Math.max(0, Math.min(count - 1, step));
}

function stepOf(key: string, position: number, count: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return position + 1;
    case 'ArrowUp':
    case 'ArrowLeft':
      return position - 1;
    case 'PageDown':
      return position + page;
    case 'PageUp':
      return position - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
