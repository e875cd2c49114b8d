/**
 * Owns the web server of the serve host: the built renderer as files, the contract as a WebSocket, and who may come in.
 * Refuses to know what is said on the contract: every connection is handed on as a Port.
 *
 * Whoever holds the token may read and write the photographer's photos, and any web page may send requests to this
 * machine. So each request must name this machine as its host (F94, DNS rebinding), nothing over plain HTTP changes
 * anything (F93), and the one way in asks for the page's own origin and the token before it opens (F95).
 */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Notice } from '../../preload/contract.ts';
import { Fault, notice } from '../../preload/faults.ts';
import type { Port } from '../../preload/port.ts';
import { CONTRACT_PATH, PROTOCOL, webSocketPort } from '../../preload/websocket.ts';
import { createGate, type Gate, isLoopback, makeToken, securityHeaders } from './gate.ts';

export interface ServeOptions {
  /** Serves the contract on a port, until it closes. */
  readonly connect: (port: Port) => void;
  /** The built renderer. Its files are listed once, at the start. */
  readonly rendererFolder: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Left out: 127.0.0.1. Anything but this machine itself is told as a notice. */
  readonly host?: string;
  /** Hears of refused requests, once for each reason. Never hears the token. */
  readonly log: (line: string) => void;
  readonly timeouts?: Timeouts;
}

export interface Timeouts {
  readonly headersMs: number;
  readonly requestMs: number;
}

export interface WebServer {
  /** The address to open, with the token as its fragment: a fragment is sent to no server and stands in no Referer. */
  readonly url: string;
  readonly port: number;
  readonly notices: readonly Notice[];
  close(): Promise<void>;
}

/** A request here is a few hundred bytes of head and no body; a second is already generous on one's own machine. */
const TIMEOUTS: Timeouts = { headersMs: 5_000, requestMs: 10_000 };
const MAX_HEADER_BYTES = 16 * 2 ** 10;
/** A tab takes one socket for the contract and up to six for files. */
const MAX_CONNECTIONS = 128;
/** The largest thing a page says is `source.open` with 10,000 paths: 16 MiB are 1,600 bytes for each. */
const MAX_MESSAGE_BYTES = 16 * 2 ** 20;
/** For a tab to answer the closing of its socket; one that hangs must not hold up Ctrl-C. */
const GOODBYE_MS = 200;

/** Throws E_PORT where the port is taken, E_NO_SOURCE where there is no renderer, E_USAGE where `host` is not ours. */
export async function startServer(options: ServeOptions): Promise<WebServer> {
  const { rendererFolder, connect, log } = options;
  // By name, `localhost` may be two addresses and so two servers.
  const host = options.host === undefined || options.host === 'localhost' ? '127.0.0.1' : options.host;
  await access(join(rendererFolder, 'index.html')).catch((error: unknown) => {
    throw new Fault('E_NO_SOURCE', { path: rendererFolder }, error);
  });

  const token = makeToken();
  // Which names are ours depends on the port, known only once we listen; until then nobody is let in.
  let gate: Gate | null = null;
  const server = createServer(options.timeouts ?? TIMEOUTS, (request, reply) => {
    reply.headers(securityHeaders(request.headers.host ?? ''));
    const refusal = gate === null ? { status: 503, why: 'not ready' } : gate.refuse(request);
    if (refusal === null) return true;
    // What is left of a refused request is not read: the connection goes with it. That of an upgrade is no longer
    // Node's to close; left open, it held up the end of the server for as long as the other side liked.
    if (request.headers.upgrade !== undefined) reply.raw.once('finish', () => request.raw.socket.destroySoon());
    reply.code(refusal.status).header('connection', 'close').type('text/plain').send(`${refusal.why}\n`);
    return false;
  });
  await server.register(fastifyWebsocket, {
    options: {
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      handleProtocols: (offered) => (offered.has(PROTOCOL) ? PROTOCOL : false),
    },
    errorHandler: (_error, socket) => socket.terminate(),
    preClose(done) {
      const clients = [...this.websocketServer.clients];
      for (const client of clients) client.close(1001, 'Photomill ended');
      setTimeout(() => {
        for (const client of clients) client.terminate();
      }, GOODBYE_MS).unref();
      this.websocketServer.close();
      done();
    },
  });
  // `wildcard: false` gives each file of the build its own route: what is not in that list cannot be asked for,
  // however its path is written (F91's encodings), and no request is turned into a path on the disk.
  await server.register(fastifyStatic, { root: rendererFolder, wildcard: false, cacheControl: false });
  await server.register(async (scope) => {
    scope.get(CONTRACT_PATH, { websocket: true }, (socket) => connect(webSocketPort(socket)));
  });

  const port = await listen(server, host, options.port);
  gate = createGate({ host, port, token, log });
  const notices = isLoopback(host) ? [] : [notice('N_OPEN_TO_NETWORK', { host: `${host}:${port}` })];
  return { url: `${gate.origin}/#token=${token}`, port, notices, close: () => server.close() };
}

/** Answers a request it refuses; one it lets in already has its headers. */
type Admit = (request: FastifyRequest, reply: FastifyReply) => boolean;

function createServer({ headersMs, requestMs }: Timeouts, admit: Admit): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: 1024,
    requestTimeout: requestMs,
    keepAliveTimeout: 5_000,
    forceCloseConnections: true,
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: headersMs,
      // Node looks at its time-outs only so often: every 30 s by itself.
      connectionsCheckingInterval: Math.min(1_000, headersMs),
    },
    // Addresses that are no addresses come here instead of through the hook.
    frameworkErrors(_error, request, reply: FastifyReply) {
      if (admit(request, reply)) reply.code(400).type('text/plain').send('Bad request\n');
    },
  });
  server.server.maxConnections = MAX_CONNECTIONS;
  server.addHook('onRequest', (request, reply, next) => {
    if (admit(request, reply)) next();
  });
  // By itself fastify answers with the address it was asked for, or with an error's own words.
  server.setNotFoundHandler((_request, reply) => {
    reply.code(404).type('text/plain').send('Not found\n');
  });
  server.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    reply
      .code(status)
      .type('text/plain')
      .send(status < 500 ? 'Bad request\n' : 'Internal error\n');
  });
  return server;
}

async function listen(server: FastifyInstance, host: string, port: number): Promise<number> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    await server.close();
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === 'EADDRINUSE') throw new Fault('E_PORT', { port }, error);
    throw new Fault('E_USAGE', { why: `${host}:${port}: ${code}` }, error);
  }
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Fault('E_INTERNAL', { why: 'no port' });
  return address.port;
}
