/** The serve host's web server against what a hostile page or program can send it, over real sockets. */
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { startServer, type WebServer } from '../../main/node/serve.ts';
import { createClient } from '../../preload/client.ts';
import type { Fault } from '../../preload/faults.ts';
import type { Port } from '../../preload/port.ts';
import { connectWebSocket, type Page, PROTOCOL, tokenProtocol, webSocketPort } from '../../preload/websocket.ts';
import { sampleContract, serveSample } from './fixtures/sample-contract.ts';
import { openSocket } from './lines.ts';

const INDEX = '<!doctype html><title>Photomill</title>';
const SECRET = 'nobody may read this';
const lines: string[] = [];
let folder: string;
let rendererFolder: string;
let server: WebServer;
let token: string;
let connections = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photomill-serve-'));
  rendererFolder = join(folder, 'renderer');
  await mkdir(join(rendererFolder, 'assets'), { recursive: true });
  await writeFile(join(rendererFolder, 'index.html'), INDEX);
  await writeFile(join(rendererFolder, 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(join(rendererFolder, '.secret'), SECRET);
  await writeFile(join(folder, 'secret'), SECRET);
  await mkdir(join(folder, 'renderer-other'));
  await writeFile(join(folder, 'renderer-other', 'secret'), SECRET);
  server = await start();
  token = new URL(server.url).hash.slice('#token='.length);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function start(options: Partial<Parameters<typeof startServer>[0]> = {}): Promise<WebServer> {
  const serve = (port: Port) => {
    connections++;
    serveSample(port);
  };
  return startServer({ connect: serve, rendererFolder, port: 0, log: (line) => lines.push(line), ...options });
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function get(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  // `request` sends the path as it stands: no client tidies the dots away.
  const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers, setHost: !headers.host });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks).toString() };
}

/** What the server says to raw bytes until it hangs up, and after how many ms. */
async function raw(bytes: string | readonly string[], pauseMs = 0): Promise<{ text: string; ms: number }> {
  const started = performance.now();
  const socket = connect(server.port, '127.0.0.1');
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

describe('files', () => {
  it('serves the page and its parts', async () => {
    const page = await get('/');
    expect([page.status, page.body, page.headers['content-type']]).toEqual([200, INDEX, 'text/html; charset=utf-8']);
    const script = await get('/assets/app-1a2b.js?v=1');
    expect([script.status, script.body]).toEqual([200, 'export {};']);
    expect(script.headers['content-type']).toMatch(/javascript/);
    const head = await get('/index.html', {}, 'HEAD');
    expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', String(INDEX.length)]);
  });

  it('sends the security headers with every answer', async () => {
    for (const answer of [await get('/'), await get('/none'), await get('/', {}, 'POST'), await get('/%zz')]) {
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port};`);
      expect(policy).toContain("base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-eval|(?:script|style)-src [^;]*unsafe|\*/);
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it.each([
    '/../secret',
    '/../../../../../../../../etc/passwd',
    '/..%2fsecret',
    '/..%2Fsecret',
    '/%2e%2e/secret',
    '/%2E%2E/secret',
    '/%2e%2e%2fsecret',
    '/.%2e/secret',
    '/%252e%252e%252fsecret',
    '/..%252fsecret',
    '/%c0%ae%c0%ae/secret',
    '/%c0%ae%c0%ae%c0%afsecret',
    '/%e0%80%ae%e0%80%ae/secret',
    '/..\\secret',
    '/..%5csecret',
    '/%2e%2e%5csecret',
    '/....//secret',
    '/..;/secret',
    '/./../secret',
    '//../secret',
    '//secret',
    '/assets/../../secret',
    '/assets/..%2f..%2fsecret',
    '/assets/%2e%2e/%2e%2e/secret',
    '/assets/app-1a2b.js/../../../secret',
    '/../renderer-other/secret',
    '/../renderer/index.html',
    '/.secret',
    '/%2esecret',
    '/index.html%00.js',
    '/..%00/secret',
    '/index.html/',
    '/assets',
    '/assets/',
    '/%zz',
    '/%',
    '/etc/passwd',
    '/C:/Windows/win.ini',
    '/file:///etc/passwd',
    '/%u002e%u002e/secret',
    'http://evil.test/../secret',
  ])('gives nothing for %s', async (path) => {
    const { status, body } = await get(path);
    expect([400, 403, 404]).toContain(status);
    expect(body).not.toContain(SECRET);
    expect(body).not.toContain('root:');
    expect(body).toMatch(/^(Not found|Bad request)\n$/);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH'])('has no %s', async (method) => {
    for (const path of ['/', '/contract', '/index.html', '/none'])
      expect((await get(path, {}, method)).status).toBe(405);
  });
});

describe('F93: another site', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json'])(
    'changes nothing with a form of %s',
    async (type) => {
      const before = connections;
      const headers = { origin: 'http://evil.test', 'content-type': type };
      const body = '{"v":1,"kind":"request","id":0,"method":"crash","params":{}}';
      const answer = await get('/contract', headers, 'POST', body);
      expect([answer.status, connections - before]).toEqual([405, 0]);
    },
  );
});

describe('F94: DNS rebinding', () => {
  const ours = () => ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'].map((name) => `${name}:${server.port}`);
  const foreign = () => [
    `evil.test:${server.port}`,
    `127.0.0.1.evil.test:${server.port}`,
    `localhost.:${server.port}`,
    `127.0.0.1:${server.port + 1}`,
    `127.1:${server.port}`,
    `2130706433:${server.port}`,
    `0.0.0.0:${server.port}`,
    `evil@127.0.0.1:${server.port}`,
    `127.0.0.1:${server.port},evil.test`,
    '127.0.0.1',
    'localhost',
  ];

  it('answers to its own names', async () => {
    for (const host of ours()) expect([host, (await get('/', { host })).status]).toEqual([host, 200]);
  });

  it('refuses every other name, whatever is asked for', async () => {
    for (const host of foreign())
      for (const path of ['/', '/none', '/contract', '/%zz'])
        expect([host, path, (await get(path, { host })).status]).toEqual([host, path, 403]);
  });

  it('refuses a request without a name', async () => {
    expect((await raw('GET / HTTP/1.0\r\n\r\n')).text).toMatch(/^HTTP\/1.1 403/);
    expect((await raw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).text).toMatch(/^HTTP\/1.1 400/);
  });

  it('refuses an upgrade under another name, even with the token', async () => {
    for (const host of foreign()) {
      const headers = { host, origin: `http://${host}` };
      expect(await knock({ headers }, [PROTOCOL, tokenProtocol(token)])).toBe(403);
    }
  });

  it('listens on this machine alone', async () => {
    const { networkInterfaces } = await import('node:os');
    const outer = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outer) {
      const socket = connect(server.port, address);
      const [error] = await once(socket, 'error');
      expect(error.code).toBe('ECONNREFUSED');
    }
  });
});

/** The status an upgrade is refused with; 101 when it was let in. */
async function knock(options: ClientOptions, protocols: string[], path = '/contract'): Promise<number> {
  const before = connections;
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, protocols, options);
  socket.on('error', () => {});
  const status = await new Promise<number>((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
    socket.once('close', () => resolve(0));
  });
  socket.terminate();
  if (status !== 101) expect(connections).toBe(before);
  return status;
}

describe('F95: who may open the contract', () => {
  const own = () => ({ origin: new URL(server.url).origin });

  it('lets in its own page with the token, and picks the protocol that is no secret', async () => {
    expect(await knock(own(), [PROTOCOL, tokenProtocol(token)])).toBe(101);
    const host = `localhost:${server.port}`;
    const options = { origin: `http://${host}`, headers: { host } };
    expect(await knock(options, [PROTOCOL, tokenProtocol(token)])).toBe(101);
    const socket = openSocket(server.url);
    await once(socket, 'open');
    expect(socket.protocol).toBe(PROTOCOL);
    socket.terminate();
  });

  it.each([
    'http://evil.test',
    'null',
    'https://127.0.0.1:{port}',
    'http://127.0.0.1',
    'http://127.0.0.1:{port}/',
    'http://127.0.0.1:{port}.evil.test',
    'http://localhost:{port}',
    'file://',
    '',
  ])('refuses the origin %j with the right token', async (origin) => {
    const options = { origin: origin.replace('{port}', String(server.port)) };
    expect(await knock(options, [PROTOCOL, tokenProtocol(token)])).toBe(403);
  });

  it('refuses a missing origin', async () => {
    expect(await knock({}, [PROTOCOL, tokenProtocol(token)])).toBe(403);
  });

  it('refuses a missing or wrong token', async () => {
    const wrong = [
      token.slice(1),
      `${token}A`,
      token.toUpperCase(),
      token.split('').reverse().join(''),
      'A'.repeat(43),
    ];
    for (const protocols of [[], [PROTOCOL], [token], ...wrong.map((other) => [PROTOCOL, tokenProtocol(other)])])
      expect([protocols, await knock(own(), protocols)]).toEqual([protocols, 403]);
    // The one place for it is the protocol: an address would end up in logs and histories.
    expect(await knock(own(), [PROTOCOL], `/contract?token=${token}`)).toBe(404);
  });

  it('upgrades nowhere else', async () => {
    for (const path of ['/', '/none', '/contract/', '/contract/x', '/CONTRACT', '/%63ontract'])
      expect([path, await knock(own(), [PROTOCOL, tokenProtocol(token)], path)]).toEqual([path, 404]);
  });

  it('hangs up on whom it refuses', async () => {
    const host = `127.0.0.1:${server.port}`;
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
    const ask = (method: string, path: string, rest = '') =>
      raw(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${upgrade}\r\n${rest}\r\n`);
    const welcome = `Origin: http://${host}\r\nSec-WebSocket-Protocol: ${tokenProtocol(token)}\r\n`;
    expect((await ask('GET', '/contract', 'Origin: http://evil.test\r\n')).text).toMatch(/^HTTP\/1.1 403/);
    expect((await ask('GET', '/', welcome)).text).toMatch(/^HTTP\/1.1 404/);
    expect((await ask('GET', '/%zz', welcome)).text).toMatch(/^HTTP\/1.1 404/);
    expect((await ask('POST', '/contract', welcome)).text).toMatch(/^HTTP\/1.1 405/);
    expect((await ask('HEAD', '/contract', welcome)).text).toMatch(/^HTTP\/1.1 404/);
  });

  it('has a token of 256 bits, a new one each time, told to nobody but in the address', async () => {
    const other = await start();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(new URL(other.url).hash).not.toBe(new URL(server.url).hash);
    await other.close();
    expect(lines.join('\n')).not.toContain(token);
    expect(lines).toEqual([...new Set(lines)]);
    expect(lines).toContain('Refused a request (403): The token is missing or wrong');
  });
});

describe('F97: too much, too slow', () => {
  it('refuses a huge head', async () => {
    const { text } = await raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1.1 431/);
  });

  it('reads no body', async () => {
    const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Length: 10000000000\r\n\r\n`;
    const megabyte = 'x'.repeat(2 ** 20);
    const before = process.memoryUsage().rss;
    const { text, ms } = await raw([head, ...Array<string>(64).fill(megabyte)], 1);
    // The hanging up may overtake the answer.
    expect(text).toMatch(/^(HTTP\/1.1 405|$)/);
    expect(ms).toBeLessThan(5_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20);
  });

  it('does not wait for ever for a slow request, and serves others meanwhile', async () => {
    const patient = server;
    server = await start({ timeouts: { headersMs: 300, requestMs: 600 } });
    try {
      const head = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`;
      const drip = [head, ...Array.from({ length: 40 }, (_, index) => `X-${index}: 1\r\n`)];
      const slow = Promise.all([raw(drip, 50), raw('GET'), raw(''), raw(`${head}Content-Length: 5\r\n\r\n`)]);
      expect((await get('/')).status).toBe(200);
      for (const { ms } of await slow) expect(ms).toBeLessThan(6_000);
    } finally {
      await server.close();
      server = patient;
    }
  });

  it('cuts off a page that says too much at once, and only that one', async () => {
    const socket = openSocket(server.url);
    await once(socket, 'open');
    const other = openSocket(server.url);
    await once(other, 'open');
    socket.send(Buffer.alloc(16 * 2 ** 20 + 1));
    socket.on('error', () => {});
    await once(socket, 'close');
    const client = createClient(sampleContract, webSocketPort(other));
    expect(await client.request('add', { a: 1, b: 1 })).toBe(2);
    client.close();
  });

  it('drops frames that are none and answers the next request', async () => {
    const socket = openSocket(server.url);
    await once(socket, 'open');
    for (const junk of ['', '{', 'null', Buffer.alloc(0), Buffer.from([255, 255, 255, 255]), Buffer.alloc(1000, 1)])
      socket.send(junk);
    const client = createClient(sampleContract, webSocketPort(socket));
    expect(await client.request('dropped', {})).toBe(6);
    client.close();
  });
});

describe('F99: where it listens', () => {
  it('says when the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    await expect(start({ port })).rejects.toMatchObject({ code: 'E_PORT', detail: { port } });
    taken.close();
  });

  it('says when there is nothing to serve or nowhere to listen', async () => {
    await expect(start({ rendererFolder: join(folder, 'none') })).rejects.toMatchObject({ code: 'E_NO_SOURCE' });
    await expect(start({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'E_USAGE' });
  });

  it('warns when other machines can reach it, and still knows its names', async () => {
    expect(server.notices).toEqual([]);
    const open = await start({ host: '0.0.0.0' });
    expect(open.notices).toEqual([{ code: 'N_OPEN_TO_NETWORK', detail: { host: `0.0.0.0:${open.port}` } }]);
    expect(open.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    const closed = server;
    server = open;
    expect((await get('/')).status).toBe(200);
    expect((await get('/', { host: `evil.test:${open.port}` })).status).toBe(403);
    server = closed;
    await open.close();
  });

  it('ends soon, also with a tab that does not answer', async () => {
    const open = await start();
    const socket = openSocket(open.url);
    await once(socket, 'open');
    socket.pause();
    const idle = connect(open.port, '127.0.0.1');
    await once(idle, 'connect');
    const started = performance.now();
    await Promise.all([open.close(), open.close()]);
    await open.close();
    expect(performance.now() - started).toBeLessThan(1_000);
    socket.terminate();
    idle.destroy();
  });
});

describe("the browser's end", () => {
  function page(hash: string, kept: Map<string, string> = new Map()): Page & { address: string } {
    const { origin } = new URL(server.url);
    return {
      address: `/${hash}`,
      location: { origin, hash, pathname: '/', search: '' },
      history: {
        replaceState(this: unknown, _data: unknown, _title: string, url?: string | URL | null) {
          shown.address = String(url);
        },
      },
      sessionStorage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
    };
  }
  let shown: { address: string } = { address: '' };

  // As a browser does it, the socket tells the page's origin; Node's own WebSocket tells none.
  class PageSocket extends WebSocket {
    constructor(url: URL, protocols: string[]) {
      super(url, protocols, { origin: new URL(server.url).origin });
      this.on('error', () => {});
    }
  }
  beforeAll(() => void vi.stubGlobal('WebSocket', PageSocket));
  afterEach(() => {
    shown = { address: '' };
  });
  afterAll(() => void vi.unstubAllGlobals());

  it('takes the token out of the address, and finds it again after a reload', async () => {
    const kept = new Map<string, string>();
    for (const hash of [`#token=${token}`, '']) {
      const client = createClient(sampleContract, await connectWebSocket(page(hash, kept)));
      expect(await client.request('add', { a: 1, b: 1 })).toBe(2);
      client.close();
    }
    expect(shown.address).toBe('/');
  });

  it('tells a refused token from a host that is gone', async () => {
    const faultOf = (hash: string) => connectWebSocket(page(hash)).catch((error: Fault) => error);
    for (const hash of ['', '#token=', '#token=not a token', `#token=${'A'.repeat(43)}`])
      expect(await faultOf(hash)).toMatchObject({ code: 'E_TOKEN' });
    const gone = await start();
    await gone.close();
    const there = server;
    server = gone;
    const fault = await faultOf(`#token=${token}`);
    server = there;
    expect(fault).toMatchObject({ code: 'E_CLOSED' });
  });
});
