/**
 * Owns the line over a MessagePort: a browser's, node:worker_threads', Electron's MessagePortMain and parentPort.
 * Knows them by their shape only, so that neither Electron nor Node is imported here.
 */
import { createClosing, type Port } from './port.ts';

type Listener = (event: { readonly data: unknown }) => void;

/** DOM and worker_threads ports listen with `addEventListener`, Electron's with `on`; both hand over `{data}`. */
interface EventTargetPort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: Listener): void;
  addEventListener(type: 'close', listener: () => void): void;
  start?(): void;
  close?(): void;
}
interface EmitterPort {
  postMessage(message: unknown): void;
  on(type: 'message', listener: Listener): unknown;
  on(type: 'close', listener: () => void): unknown;
  /** parentPort has neither: it starts by itself and lives as long as its process. */
  start?(): void;
  close?(): void;
}
export type MessagePortLike = EventTargetPort | EmitterPort;

export function messagePort(port: MessagePortLike): Port {
  const closing = createClosing();
  if ('addEventListener' in port) port.addEventListener('close', closing.close);
  else port.on('close', closing.close);
  return {
    post(message) {
      if (!closing.closed) port.postMessage(message);
    },
    onMessage(listener) {
      const take: Listener = (event) => {
        if (!closing.closed) listener(event.data);
      };
      if ('addEventListener' in port) port.addEventListener('message', take);
      else port.on('message', take);
      // Messages wait in the port until now.
      port.start?.();
    },
    onClose: closing.onClose,
    close() {
      port.close?.();
      closing.close();
    },
  };
}
