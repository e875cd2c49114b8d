/** Owns a served site for tests, with secrets beside what it serves, and raw ways to talk to it. */
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServeOptions, startServer, type WebServer } from '../../main/serve/server.ts';
import { serveSample } from './fixtures/sample-contract.ts';

export const INDEX = '<!doctype html><title>Photomill</title>';
export const SECRET = 'nobody may read this';

export interface Site {
  readonly server: WebServer;
  readonly token: string;
  /** What the server logged. */
  readonly log: readonly string[];
  /** How many times the contract was opened. */
  readonly connections: number;
  /** Another server of the same files. */
  start(options?: Partial<ServeOptions>): Promise<WebServer>;
  dispose(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'photomill-site-'));
  const rendererFolder = join(folder, 'renderer');
  await mkdir(join(rendererFolder, 'assets'), { recursive: true });
  await writeFile(join(rendererFolder, 'index.html'), INDEX);
  await writeFile(join(rendererFolder, 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(join(rendererFolder, '.secret'), SECRET);
  await writeFile(join(folder, 'secret'), SECRET);
  await mkdir(join(folder, 'renderer-other'));
  await writeFile(join(folder, 'renderer-other', 'secret'), SECRET);

  const log: string[] = [];
  let connections = 0;
  const start: Site['start'] = (options = {}) =>
    startServer({
      connect(port) {
        connections++;
        serveSample(port);
      },
      ...{ rendererFolder, port: 0, log: (line) => log.push(line) },
      ...options,
    });
  const server = await start();
  return {
    ...{ server, log, start },
    token: new URL(server.url).hash.slice('#token='.length),
    get connections() {
      return connections;
    },
    async dispose() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export async function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body = '',
): Promise<Answer> {
  // `request` sends the path as it stands: no client tidies the dots away.
  const asked = request({ host: '127.0.0.1', port, path, method, headers, setHost: !headers.host });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() };
}

/** What the server says to raw bytes until it hangs up, and after how many ms. */
export async function raw(
  port: number,
  bytes: string | readonly string[],
  pauseMs = 0,
): Promise<{ text: string; ms: number }> {
  const started = performance.now();
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // Cut off in the middle of our writing is one of the good ends.
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (const part of typeof bytes === 'string' ? [bytes] : bytes) {
    if (socket.destroyed) break;
    socket.write(part);
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  await closed;
  return { text: Buffer.concat(chunks).toString(), ms: performance.now() - started };
}
