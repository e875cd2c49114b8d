/** Who may come in to the serve host: other sites, other names, other pages, no token. Over real sockets. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { PROTOCOL, tokenProtocol } from '../../preload/websocket.ts';
import { openSocket } from './lines.ts';
import { type Answer, ask, openSite, raw, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.dispose());

function get(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return ask(site.server.port, path, headers, method, body);
}

describe('F93: another site', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json'])(
    'changes nothing with a form of %s',
    async (type) => {
      const before = site.connections;
      const headers = { origin: 'http://evil.test', 'content-type': type };
      const body = '{"v":1,"kind":"request","id":0,"method":"crash","params":{}}';
      const answer = await get('/contract', headers, 'POST', body);
      expect([answer.status, site.connections - before]).toEqual([405, 0]);
    },
  );
});

describe('F94: DNS rebinding', () => {
  const ours = () => ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'].map((name) => `${name}:${site.server.port}`);
  const foreign = () => [
    `evil.test:${site.server.port}`,
    `127.0.0.1.evil.test:${site.server.port}`,
    `localhost.:${site.server.port}`,
    `127.0.0.1:${site.server.port + 1}`,
    `127.1:${site.server.port}`,
    `2130706433:${site.server.port}`,
    `0.0.0.0:${site.server.port}`,
    `evil@127.0.0.1:${site.server.port}`,
    `127.0.0.1:${site.server.port},evil.test`,
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
    expect((await raw(site.server.port, 'GET / HTTP/1.0\r\n\r\n')).text).toMatch(/^HTTP\/1.1 403/);
    expect((await raw(site.server.port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).text).toMatch(/^HTTP\/1.1 400/);
  });

  it('refuses an upgrade under another name, even with the token', async () => {
    for (const host of foreign()) {
      const headers = { host, origin: `http://${host}` };
      expect(await knock({ headers }, [PROTOCOL, tokenProtocol(site.token)])).toBe(403);
    }
  });

  it('listens on this machine alone', async () => {
    const outer = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outer) {
      const socket = connect(site.server.port, address);
      const [error] = await once(socket, 'error');
      expect(error.code).toBe('ECONNREFUSED');
    }
  });
});

/** The status an upgrade is refused with; 101 when it was let in. */
async function knock(options: ClientOptions, protocols: string[], path = '/contract'): Promise<number> {
  const before = site.connections;
  const socket = new WebSocket(`ws://127.0.0.1:${site.server.port}${path}`, protocols, options);
  socket.on('error', () => {});
  const status = await new Promise<number>((resolve) => {
    socket.once('open', () => resolve(101));
    socket.once('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
    socket.once('close', () => resolve(0));
  });
  socket.terminate();
  if (status !== 101) expect(site.connections).toBe(before);
  return status;
}

describe('F95: who may open the contract', () => {
  const own = () => ({ origin: new URL(site.server.url).origin });

  it('lets in its own page with the site.token, and picks the protocol that is no secret', async () => {
    expect(await knock(own(), [PROTOCOL, tokenProtocol(site.token)])).toBe(101);
    const host = `localhost:${site.server.port}`;
    const options = { origin: `http://${host}`, headers: { host } };
    expect(await knock(options, [PROTOCOL, tokenProtocol(site.token)])).toBe(101);
    const socket = openSocket(site.server.url);
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
    const options = { origin: origin.replace('{port}', String(site.server.port)) };
    expect(await knock(options, [PROTOCOL, tokenProtocol(site.token)])).toBe(403);
  });

  it('refuses a missing origin', async () => {
    expect(await knock({}, [PROTOCOL, tokenProtocol(site.token)])).toBe(403);
  });

  it('refuses a missing or wrong token', async () => {
    const wrong = [
      site.token.slice(1),
      `${site.token}A`,
      site.token.toUpperCase(),
      site.token.split('').reverse().join(''),
      'A'.repeat(43),
    ];
    for (const protocols of [[], [PROTOCOL], [site.token], ...wrong.map((other) => [PROTOCOL, tokenProtocol(other)])])
      expect([protocols, await knock(own(), protocols)]).toEqual([protocols, 403]);
    // The one place for it is the protocol: an address would end up in logs and histories.
    expect(await knock(own(), [PROTOCOL], `/contract?token=${site.token}`)).toBe(404);
  });

  it('upgrades nowhere else', async () => {
    for (const path of ['/', '/none', '/contract/', '/contract/x', '/CONTRACT', '/%63ontract'])
      expect([path, await knock(own(), [PROTOCOL, tokenProtocol(site.token)], path)]).toEqual([path, 404]);
  });

  it('hangs up on whom it refuses', async () => {
    const host = `127.0.0.1:${site.server.port}`;
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
    const ask = (method: string, path: string, rest = '') =>
      raw(site.server.port, `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${upgrade}\r\n${rest}\r\n`);
    const welcome = `Origin: http://${host}\r\nSec-WebSocket-Protocol: ${tokenProtocol(site.token)}\r\n`;
    expect((await ask('GET', '/contract', 'Origin: http://evil.test\r\n')).text).toMatch(/^HTTP\/1.1 403/);
    expect((await ask('GET', '/', welcome)).text).toMatch(/^HTTP\/1.1 404/);
    expect((await ask('GET', '/%zz', welcome)).text).toMatch(/^HTTP\/1.1 404/);
    expect((await ask('POST', '/contract', welcome)).text).toMatch(/^HTTP\/1.1 405/);
    expect((await ask('HEAD', '/contract', welcome)).text).toMatch(/^HTTP\/1.1 404/);
  });

  it('has a token of 256 bits, a new one each time, told to nobody but in the address', async () => {
    const other = await site.start();
    expect(Buffer.from(site.token, 'base64url')).toHaveLength(32);
    expect(new URL(other.url).hash).not.toBe(new URL(site.server.url).hash);
    await other.close();
    for (let times = 0; times < 3; times++) await knock(own(), [PROTOCOL]);
    // One line for each kind of refusal, however often, and the token in none.
    expect(site.log.join('\n')).not.toContain(site.token);
    expect(site.log).toEqual([...new Set(site.log)]);
    expect(site.log).toContain('Refused a request (403): The token is missing or wrong');
  });
});
