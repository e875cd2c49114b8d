/** Owns photomill://app, the page's own origin: its built files with a strict policy, and nothing else of the disk. */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { pageHeaders } from '../page-policy.ts';
import { pageFile, SCHEME } from './page-file.ts';

/** Before the app is ready. */
export function declareProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** @param folder with the built page */
export function servePage(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const file = request.method === 'GET' ? pageFile(folder, request.url) : null;
    const headers = pageHeaders();
    if (file === null) return new Response(null, { status: 404, headers });
    try {
      return new Response(new Uint8Array(await readFile(file.path)), {
        headers: { ...headers, 'Content-Type': file.mime },
      });
    } catch {
      return new Response(null, { status: 404, headers });
    }
  });
}
