/** One behaviour of a contract, over every line it runs on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../../preload/client.ts';
import { Fault } from '../../preload/faults.ts';
import { createPortPair } from '../../preload/port.ts';
import { serveContract } from '../../preload/server.ts';
import { envelope } from '../../preload/wire.ts';
import { type SampleContract, sampleContract } from './fixtures/sample-contract.ts';
import { LINES, type Line } from './lines.ts';

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const outcome = await promise.then(
    (value) => value,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Fault)) throw new Error(`expected a Fault, received ${String(outcome)}`);
  return outcome;
}

interface Asker extends Line {
  readonly client: Client<SampleContract>;
  /** Why the client's end dropped messages. */
  readonly malformed: string[];
}

async function openAsker(open: () => Promise<Line>): Promise<Asker> {
  const line = await open();
  const malformed: string[] = [];
  return { ...line, malformed, client: createClient(sampleContract, line.port, (why) => malformed.push(why)) };
}

describe.each(Object.entries(LINES))('%s', (_name, open) => {
  // One line for all tests but those that end it: starting a process for each took 20 of 30 s.
  let line: Asker;
  let client: Client<SampleContract>;
  beforeAll(async () => {
    line = await openAsker(open);
    client = line.client;
  });
  beforeEach(() => void line.malformed.splice(0));
  afterAll(async () => {
    client.close();
    await line.dispose();
  });

  it('answers a request', async () => {
    expect(await client.request('add', { a: 1.5, b: 2 })).toBe(3.5);
    const value = { text: 'é 照片 \u{1f4f7}\u0000"\\', list: [null, true, -1e300], nested: { deep: [[{}]] } };
    expect(await client.request('echo', { value })).toEqual({ value });
  });

  it('brings bytes back as Uint8Arrays, also of views, in any number', async () => {
    const around = new Uint8Array([9, 9, 1, 2, 3, 9]);
    const parts = [around.subarray(2, 5), new Uint8Array(0), Buffer.from([7, 8])];
    const { parts: reversed } = await client.request('reverse', { parts });
    expect(reversed.map((part) => [...part])).toEqual([[3, 2, 1], [], [8, 7]]);
    for (const part of reversed) expect(part).toBeInstanceOf(Uint8Array);
  });

  it('carries 5 MB each way', async () => {
    const bytes = Uint8Array.from({ length: 5_000_000 }, (_, index) => (index * 31) % 251);
    const { parts } = await client.request('reverse', { parts: [bytes] });
    expect(Buffer.compare(parts[0] ?? new Uint8Array(), bytes.toReversed())).toBe(0);
  });

  it('keeps 1000 requests at once apart', async () => {
    const values = Array.from({ length: 1000 }, (_, index) => index);
    const answers = values.map((value) => client.request('late', { ms: (value * 7) % 20, value }));
    expect(await Promise.all(answers)).toEqual(values);
  });

  it('tells events in order, before the answer they precede, and drops one that breaks the contract', async () => {
    const heard: number[] = [];
    const pictures: Uint8Array[] = [];
    client.on('tick', ({ n }) => heard.push(n));
    client.on('picture', ({ bytes }) => pictures.push(bytes));
    client.on('bad', () => heard.push(-1));
    await client.request('count', { to: 500 });
    expect(heard).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
    expect(pictures).toEqual([new Uint8Array([244])]);
    expect(line.malformed).toEqual([expect.stringContaining('event bad: n:')]);
  });

  it('no longer tells events to a listener that was taken away', async () => {
    const heard: string[] = [];
    const listener = () => heard.push('once');
    const off = client.on('tick', listener);
    client.on('tick', listener);
    off();
    await client.request('count', { to: 1 });
    expect(heard).toEqual(['once']);
  });

  it('passes a fault on with its code and detail', async () => {
    const fault = await faultOf(client.request('fault', {}));
    expect([fault.code, fault.detail]).toEqual(['E_BOMB', { width: 1, height: 2, limit: 'none' }]);
    const odd = await faultOf(client.request('faultNaN', {}));
    expect([odd.code, odd.detail]).toEqual(['E_BOMB', { width: 'NaN', height: 'Infinity', limit: 3 }]);
  });

  it('turns an unexpected error into E_INTERNAL with its words and without its stack', async () => {
    const fault = await faultOf(client.request('crash', {}));
    expect([fault.code, fault.detail]).toEqual(['E_INTERNAL', { why: 'a bug at /home/somebody' }]);
    expect(JSON.stringify(fault.detail)).not.toContain('sample-contract');
  });

  it('refuses params that break the schema, naming the place', async () => {
    const wrong = { a: 1, b: 'two' } as unknown as { a: number; b: number };
    const fault = await faultOf(client.request('add', wrong));
    expect(fault.code).toBe('E_REQUEST');
    expect(fault.detail.why).toMatch(/^add: b: .*number/);
  });

  it.each(['nothing', 'toString', '__proto__', 'constructor'])('refuses the unknown method %s', async (method) => {
    const fault = await faultOf(client.request(method as 'add', { a: 1, b: 2 }));
    expect(fault).toMatchObject({ code: 'E_REQUEST', detail: { why: `there is no ${method}` } });
  });

  it('does not pass on an answer that breaks the contract', async () => {
    const fault = await faultOf(client.request('wrong', {}));
    expect(fault.code).toBe('E_INTERNAL');
    expect(fault.detail.why).toMatch(/^the answer to wrong was not understood: total: /);
  });

  it('answers, and lives on, when a result cannot cross', async () => {
    // Some lines clone rings and none clones functions; what counts is an answer.
    expect(['E_INTERNAL', 'E_REQUEST']).toContain((await faultOf(client.request('uncrossable', {}))).code);
    expect(await client.request('add', { a: 1, b: 1 })).toBe(2);
  });

  it('rejects at once, and loses nothing, when a param cannot cross', async () => {
    const ring: { self?: unknown; call: () => void } = { call: () => {} };
    ring.self = ring;
    expect((await faultOf(client.request('echo', { value: ring }))).code).toBe('E_REQUEST');
    expect(await client.request('add', { a: 1, b: 1 })).toBe(2);
  });

  it('cancels: the asker is free at once, the handler hears of it', async () => {
    const controller = new AbortController();
    const waiting = faultOf(client.request('wait', {}, { signal: controller.signal }));
    expect(await client.request('waits', {})).toEqual({ running: 1, aborted: 0 });
    controller.abort();
    expect((await waiting).code).toBe('E_CANCELLED');
    await client.request('late', { ms: 5, value: 0 });
    expect(await client.request('waits', {})).toEqual({ running: 0, aborted: 1 });
    // An abort that comes after the answer tells nobody anything.
    const late = new AbortController();
    await client.request('add', { a: 1, b: 1 }, { signal: late.signal });
    late.abort();
    expect(await client.request('waits', {})).toEqual({ running: 0, aborted: 1 });
  });

  it('does not even ask when cancelled beforehand', async () => {
    const before = await client.request('waits', {});
    const fault = await faultOf(client.request('wait', {}, { signal: AbortSignal.abort() }));
    expect(fault.code).toBe('E_CANCELLED');
    expect(await client.request('waits', {})).toEqual(before);
  });

  it('drops messages that are none and answers the next request', async () => {
    const junk = [
      null,
      undefined,
      0,
      'request',
      [],
      {},
      { v: 1 },
      { v: 2, kind: 'request', id: 0, method: 'add', params: { a: 1, b: 1 } },
      { v: 1, kind: 'request', id: -1, method: 'add', params: { a: 1, b: 1 } },
      { v: 1, kind: 'request', id: 1, method: 7 },
      { v: 1, kind: 'cancel', id: 'all' },
      { v: 1, kind: '__proto__', id: 1 },
      // Well formed, but from the wrong end.
      envelope({ kind: 'event', event: 'tick', payload: { n: 1 } }),
      envelope({ kind: 'result', id: 0, result: 2 }),
    ].filter((message) => message !== undefined);
    for (const message of junk) line.port.post(message);
    // Well formed and about nothing: no request 999 is running.
    line.port.post(envelope({ kind: 'cancel', id: 999 }));
    expect(await client.request('dropped', {})).toBe(junk.length);
    expect(line.malformed).toEqual([]);
  });

  describe('ended', () => {
    it('runs no second request under a number in use, and lets go of the first', async () => {
      const { client, port, dispose } = await openAsker(open);
      const waiting = faultOf(client.request('wait', {}));
      for (const id of [0, 0]) port.post(envelope({ kind: 'request', id, method: 'wait', params: {} }));
      expect(await client.request('waits', {})).toEqual({ running: 1, aborted: 0 });
      expect(await client.request('dropped', {})).toBe(2);
      client.close();
      expect((await waiting).code).toBe('E_CLOSED');
      port.post(envelope({ kind: 'cancel', id: 0 }));
      await dispose();
    });

    it('by the other end: what is pending rejects with E_CLOSED, told once', async () => {
      const { client, port, dispose } = await openAsker(open);
      let told = 0;
      client.onClose(() => told++);
      port.onClose(() => told++);
      const waiting = [faultOf(client.request('wait', {})), faultOf(client.request('late', { ms: 60_000, value: 1 }))];
      const last = faultOf(client.request('hangUp', {}));
      for (const fault of await Promise.all([...waiting, last])) expect(fault.code).toBe('E_CLOSED');
      expect((await faultOf(client.request('add', { a: 1, b: 1 }))).code).toBe('E_CLOSED');
      client.close();
      await sleep(5);
      expect(told).toBe(2);
      port.onClose(() => told++);
      await sleep(5);
      expect(told).toBe(3);
      await dispose();
    });
  });
});

describe('the answering end', () => {
  it.each(['by itself', 'by the asker'])('stops its handlers when it is closed %s, and tells so once', async (how) => {
    const [near, far] = createPortPair();
    const signals: AbortSignal[] = [];
    let told = 0;
    const contract = { requests: { wait: sampleContract.requests.wait }, events: { tick: sampleContract.events.tick } };
    const server = serveContract(contract, far, {
      wait(_params, { signal }) {
        signals.push(signal);
        return new Promise(() => {});
      },
    });
    server.onClose(() => told++);
    server.onClose(() => told++)();
    const client = createClient(contract, near);
    const waiting = [faultOf(client.request('wait', {})), faultOf(client.request('wait', {}))];
    await sleep(5);
    if (how === 'by itself') server.close();
    else client.close();
    for (const fault of await Promise.all(waiting)) expect(fault.code).toBe('E_CLOSED');
    await sleep(5);
    expect([signals.map(({ aborted }) => aborted), told]).toEqual([[true, true], 1]);
    server.emit('tick', { n: 1 });
    server.close();
    expect(told).toBe(1);
  });
});
