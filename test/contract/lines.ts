/** Owns how each kind of line is opened for a test, with the sample contract served at its other end. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { startServer } from '../../main/serve/server.ts';
import { childProcessPort } from '../../preload/child-process.ts';
import { type MessagePortLike, messagePort } from '../../preload/message-port.ts';
import { createPortPair, type Port } from '../../preload/port.ts';
import { PROTOCOL, tokenProtocol, webSocketPort } from '../../preload/websocket.ts';
import { serveSample } from './fixtures/sample-contract.ts';

export interface Line {
  readonly port: Port;
  dispose(): Promise<void>;
}

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));

export const LINES: Readonly<Record<string, () => Promise<Line>>> = {
  async 'in memory'() {
    const [port, other] = createPortPair();
    serveSample(other);
    return { port, dispose: async () => port.close() };
  },
  async MessagePort() {
    const { port1, port2 } = new MessageChannel();
    serveSample(messagePort(port2));
    return { port: messagePort(port1), dispose: async () => port1.close() };
  },
  async 'MessagePort as Electron has it'() {
    const { port1, port2 } = new MessageChannel();
    serveSample(messagePort(asEmitter(port2)));
    return { port: messagePort(asEmitter(port1)), dispose: async () => port1.close() };
  },
  async 'MessagePort to a worker thread'() {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(fixture('worker.ts'), { workerData: { port: port2 }, transferList: [port2 as never] });
    return {
      port: messagePort(port1),
      async dispose() {
        port1.close();
        await worker.terminate();
      },
    };
  },
  async 'child process'() {
    const child = fork(fixture('child.ts'), [], { serialization: 'advanced', execArgv: [] });
    const ended = once(child, 'exit');
    return {
      port: childProcessPort(child),
      async dispose() {
        child.kill();
        await ended;
      },
    };
  },
  async 'WebSocket through serve'() {
    const rendererFolder = await mkdtemp(join(tmpdir(), 'photomill-lines-'));
    await writeFile(join(rendererFolder, 'index.html'), '<!doctype html>');
    const server = await startServer({ connect: serveSample, rendererFolder, port: 0, log() {} });
    const socket = openSocket(server.url);
    await once(socket, 'open');
    return {
      port: webSocketPort(socket),
      async dispose() {
        socket.terminate();
        await server.close();
        await rm(rendererFolder, { recursive: true });
      },
    };
  },
};

/** As a page of the served origin would connect. */
export function openSocket(url: string): WebSocket {
  const { origin, host, hash } = new URL(url);
  return new WebSocket(`ws://${host}/contract`, [PROTOCOL, tokenProtocol(hash.slice('#token='.length))], { origin });
}

/** MessagePortMain and parentPort have `on` instead of `addEventListener`. */
function asEmitter(port: MessagePort): MessagePortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    on(type: string, listener: (event: { readonly data: unknown }) => void) {
      port.addEventListener(type, listener as unknown as EventListener);
    },
    start: () => port.start(),
    close: () => port.close(),
  };
}
