/** The serve host's files, its limits and where it listens, over real sockets. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../preload/client.ts';
import { webSocketPort } from '../../preload/websocket.ts';
import { sampleContract } from './fixtures/sample-contract.ts';
import { openSocket } from './lines.ts';
import { type Answer, ask, INDEX, openSite, raw, SECRET, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.dispose());

function get(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return ask(site.server.port, path, headers, method, body);
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
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${site.server.port};`);
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

describe('F97: too much, too slow', () => {
  it('refuses a huge head', async () => {
    const { text } = await raw(
      site.server.port,
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${site.server.port}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    );
    expect(text).toMatch(/^HTTP\/1.1 431/);
  });

  it('reads no body', async () => {
    const head = `POST / HTTP/1.1\r\nHost: 127.0.0.1:${site.server.port}\r\nContent-Length: 10000000000\r\n\r\n`;
    const megabyte = 'x'.repeat(2 ** 20);
    const before = process.memoryUsage().rss;
    const { text, ms } = await raw(site.server.port, [head, ...Array<string>(64).fill(megabyte)], 1);
    // The hanging up may overtake the answer.
    expect(text).toMatch(/^(HTTP\/1.1 405|$)/);
    expect(ms).toBeLessThan(5_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20);
  });

  it('does not wait for ever for a slow request, and serves others meanwhile', async () => {
    const { port, close } = await site.start({ timeouts: { headersMs: 300, requestMs: 600 } });
    const head = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`;
    const drip = [head, ...Array.from({ length: 40 }, (_, index) => `X-${index}: 1\r\n`)];
    const withBody = `${head}Content-Length: 5\r\nConnection: close\r\n\r\n`;
    const slow = [raw(port, drip, 50), raw(port, 'GET'), raw(port, ''), raw(port, withBody)];
    expect((await ask(port, '/')).status).toBe(200);
    for (const { ms } of await Promise.all(slow)) expect(ms).toBeLessThan(6_000);
    await close();
  });

  it('cuts off a page that says too much at once, and only that one', async () => {
    const socket = openSocket(site.server.url);
    await once(socket, 'open');
    const other = openSocket(site.server.url);
    await once(other, 'open');
    socket.send(Buffer.alloc(16 * 2 ** 20 + 1));
    socket.on('error', () => {});
    await once(socket, 'close');
    const client = createClient(sampleContract, webSocketPort(other));
    expect(await client.request('add', { a: 1, b: 1 })).toBe(2);
    client.close();
  });

  it('drops frames that are none and answers the next request', async () => {
    const socket = openSocket(site.server.url);
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
    await expect(site.start({ port })).rejects.toMatchObject({ code: 'E_PORT', detail: { port } });
    taken.close();
  });

  it('says when there is nothing to serve or nowhere to listen', async () => {
    await expect(site.start({ rendererFolder: '/no/such/folder' })).rejects.toMatchObject({ code: 'E_NO_SOURCE' });
    await expect(site.start({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'E_USAGE' });
  });

  it('warns when other machines can reach it, and still knows its names', async () => {
    expect(site.server.notices).toEqual([]);
    const open = await site.start({ host: '0.0.0.0' });
    expect(open.notices).toEqual([{ code: 'N_OPEN_TO_NETWORK', detail: { host: `0.0.0.0:${open.port}` } }]);
    expect(open.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect((await ask(open.port, '/')).status).toBe(200);
    expect((await ask(open.port, '/', { host: `evil.test:${open.port}` })).status).toBe(403);
    await open.close();
  });

  it('ends soon, also with a tab that does not answer', async () => {
    const open = await site.start();
    const socket = openSocket(open.url);
    await once(socket, 'open');
    socket.pause();
    const idle = connect(open.port, '127.0.0.1');
    await once(idle, 'connect');
    const started = performance.now();
    await Promise.all([open.close(), open.close()]);
    await open.close();
    expect(performance.now() - started).toBeLessThan(3_000);
    socket.terminate();
    idle.destroy();
  });
});
