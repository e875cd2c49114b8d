/** The browser's end of the line to the serve host: where its token comes from and what it tells when it is refused. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createClient } from '../../preload/client.ts';
import type { Fault } from '../../preload/faults.ts';
import { connectWebSocket, type Page } from '../../preload/websocket.ts';
import { sampleContract } from './fixtures/sample-contract.ts';
import { openSite, type Site } from './site.ts';

/** As a browser does it, the socket tells the page's origin; Node's own WebSocket tells none. */
class PageSocket extends WebSocket {
  constructor(url: URL, protocols: string[]) {
    super(url, protocols, { origin: url.origin.replace('ws:', 'http:') });
    this.on('error', () => {});
  }
}

interface Tab extends Page {
  /** What the address bar shows. */
  readonly shown: () => string;
}

/** A tab at `address`; `kept` is its session storage. */
function openTab(address: string, kept = new Map<string, string>()): Tab {
  const { origin, hash, pathname, search } = new URL(address);
  let shown = address;
  return {
    shown: () => shown,
    location: { origin, hash, pathname, search },
    history: {
      replaceState(_data, _title, url) {
        shown = String(url);
      },
    },
    sessionStorage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
  };
}

describe("the browser's end", () => {
  let site: Site;
  beforeAll(async () => {
    vi.stubGlobal('WebSocket', PageSocket);
    site = await openSite();
  });
  afterAll(async () => {
    vi.unstubAllGlobals();
    await site.dispose();
  });

  it('takes the token out of the address, and finds it again after a reload', async () => {
    const kept = new Map<string, string>();
    const { origin } = new URL(site.server.url);
    for (const address of [`${origin}/?lang=zh#token=${site.token}`, `${origin}/?lang=zh`]) {
      const tab = openTab(address, kept);
      const client = createClient(sampleContract, await connectWebSocket(tab));
      expect(await client.request('add', { a: 1, b: 1 })).toBe(2);
      expect(tab.shown()).not.toContain('token');
      expect(tab.shown()).toContain('/?lang=zh');
      client.close();
    }
  });

  it('tells a refused token from a host that is gone', async () => {
    const faultAt = (address: string) => connectWebSocket(openTab(address)).catch((error: Fault) => error);
    const { origin } = new URL(site.server.url);
    for (const hash of ['', '#token=', '#token=not a token', `#token=${'A'.repeat(43)}`])
      expect(await faultAt(`${origin}/${hash}`)).toMatchObject({ code: 'E_TOKEN' });
    const gone = await site.start();
    await gone.close();
    expect(await faultAt(gone.url)).toMatchObject({ code: 'E_CLOSED' });
  });
});
