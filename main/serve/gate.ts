/**
 * Owns who may come in to the serve host: hosts, origins, methods, the token, and the headers every answer carries.
 * Refuses to know files and the contract.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { CONTRACT_PATH, tokenProtocol } from '../../preload/websocket.ts';
import { pageHeaders } from '../page-policy.ts';

export interface Refusal {
  readonly status: 403 | 404 | 405 | 503;
  readonly why: string;
}

export interface Visitor {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Gate {
  /** `http://127.0.0.1:8765` */
  readonly origin: string;
  /** null lets the request in. */
  refuse(visitor: Visitor): Refusal | null;
}

interface GateOptions {
  readonly host: string;
  readonly port: number;
  readonly token: string;
  readonly log: (line: string) => void;
}

export function createGate({ host, port, token, log }: GateOptions): Gate {
  const hosts = allowedHosts(host, port);
  const told = new Set<string>();
  const wanted = digest(tokenProtocol(token));

  function refuse({ method, url, headers }: Visitor): Refusal | null {
    const visited = headers.host?.toString().toLowerCase() ?? '';
    if (!hosts.has(visited)) return { status: 403, why: 'This host name is not served here' };
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, why: 'Only GET and HEAD' };
    if (headers.upgrade === undefined) return null;
    if (url !== CONTRACT_PATH) return { status: 404, why: 'Not found' };
    if (headers.origin !== `http://${visited}`) return { status: 403, why: 'Another page may not connect' };
    if (!offersToken(headers['sec-websocket-protocol'])) return { status: 403, why: 'The token is missing or wrong' };
    return null;
  }

  /** Digests have one length, and comparing them in constant time tells nothing of how much of a guess was right. */
  function offersToken(protocols: string | string[] | undefined): boolean {
    const offered = String(protocols ?? '').split(',', 4);
    return offered.some((protocol) => timingSafeEqual(digest(protocol.trim()), wanted));
  }

  return {
    origin: `http://${printable(isWildcard(host) ? '127.0.0.1' : host)}:${port}`,
    refuse(visitor) {
      const refusal = refuse(visitor);
      // Once for each reason: a page that tries all day must not fill the terminal.
      if (refusal !== null && refusal.status !== 404 && !told.has(refusal.why)) {
        told.add(refusal.why);
        log(`Refused a request (${refusal.status}): ${refusal.why}`);
      }
      return refusal;
    },
  };
}

/** 256 bits: nothing to guess, whatever the rate. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * The names this server answers to. A rebinding page has its own name in the Host header, so addresses of this machine
 * are safe to list, and a name nobody listed is refused.
 */
function allowedHosts(host: string, port: number): ReadonlySet<string> {
  const here = isWildcard(host)
    ? Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ address }) => address))
    : [];
  const names = ['127.0.0.1', 'localhost', '::1', host, ...here].map((name) => printable(name).toLowerCase());
  // Browsers leave out the port that goes without saying.
  return new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function printable(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** `host` stands in connect-src, because 'self' does not cover ws: in every browser; it was checked, or nothing loads. */
export function securityHeaders(host: string): Record<string, string> {
  return {
    ...pageHeaders(/^[\w.:[\]-]+$/.test(host) ? [`ws://${host}`] : []),
    // Names in the build carry hashes, but index.html does not, and a server on this machine costs nothing to ask.
    'cache-control': 'no-cache',
  };
}
