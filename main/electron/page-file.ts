/** Owns which file an address of the page means, and that it lies in the page's folder (F91). Knows no Electron. */
import { extname, join, sep } from 'node:path';

export const SCHEME = 'photomill';
export const PAGE_ORIGIN = `${SCHEME}://app`;

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly path: string;
  readonly mime: string;
}

/** Null for whatever is not a plain file name below the folder: another host, `..` in any spelling, NUL, backslashes. */
export function pageFile(folder: string, address: string): PageFile | null {
  // The URL's own parser would fold `..` away before it could be seen; so the text is looked at as it came.
  if (!address.startsWith(`${PAGE_ORIGIN}/`)) return null;
  const [encoded = ''] = address.slice(PAGE_ORIGIN.length).split(/[?#]/);
  const decoded = decodedOnce(encoded);
  if (decoded === null || /[\\\0%:]/.test(decoded)) return null;
  const parts = decoded === '/' ? ['index.html'] : decoded.slice(1).split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return null;
  const path = join(folder, ...parts);
  const mime = MIME[extname(path)];
  return path.startsWith(folder + sep) && mime !== undefined ? { path, mime } : null;
}

/** Null for broken escapes. What is still escaped after one round is refused above: no file here has a `%`. */
function decodedOnce(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
