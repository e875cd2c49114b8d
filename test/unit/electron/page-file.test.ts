/** F91: whatever spelling of a way out of the page's folder is tried, it means no file. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageFile } from '../../../main/electron/page-file.ts';

const FOLDER = join('/app', 'renderer');

describe('pageFile', () => {
  it.each([
    ['photomill://app/', 'index.html', 'text/html; charset=utf-8'],
    ['photomill://app/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['photomill://app/assets/index-1a2b.js', 'assets/index-1a2b.js', 'text/javascript; charset=utf-8'],
    ['photomill://app/assets/index.css?v=1#x', 'assets/index.css', 'text/css; charset=utf-8'],
  ])('%s is %s', (address, file, mime) => {
    expect(pageFile(FOLDER, address)).toEqual({ path: join(FOLDER, file), mime });
  });

  it.each([
    'photomill://app/../main/electron.js',
    'photomill://app/..%2fmain/electron.js',
    'photomill://app/%2e%2e/main/electron.js',
    'photomill://app/%2e%2e%2fmain%2felectron.js',
    'photomill://app/%252e%252e/main/electron.js',
    'photomill://app/assets/..%2f..%2fmain/electron.js',
    'photomill://app/..\\main\\electron.js',
    'photomill://app/..%5cmain%5celectron.js',
    'photomill://app//etc/passwd.js',
    'photomill://app/./index.html',
    'photomill://app/C:/windows/win.json',
    'photomill://app/index.html%00.js',
    'photomill://app/%E0%A4%A.js',
    'photomill://app/assets',
    'photomill://app/secret.sqlite',
    'photomill://evil/index.html',
    'photomill://app.evil/index.html',
    'file:///etc/passwd',
  ])('%s is no file', (address) => {
    expect(pageFile(FOLDER, address)).toBeNull();
  });

  it('never leaves the folder, whatever is asked', () => {
    let answered = 0;
    const piece = fc.constantFrom('..', '.', '/', '%2e', '%2f', '%5c', '\\', '%00', 'a', '.js', '%25', ':', '?', '#');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const found = pageFile(FOLDER, `photomill://app/${pieces.join('')}.js`);
        if (found === null) return;
        answered++;
        expect(found.path.startsWith(join(FOLDER, '/'))).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(answered).toBeGreaterThan(0);
  });
});
