/**
 * Owns the line over a child process's IPC channel, from either end: a `ChildProcess` in the parent, `process` in the
 * child. Wants `serialization: 'advanced'`; with Node's default JSON no bytes would pass. Knows Node by shape only.
 */
import { createClosing, type Port } from './port.ts';

export interface IpcEnd {
  readonly connected: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: Node's own types differ between the two ends in just this place.
  send?(message: any, callback: (error: Error | null) => void): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  disconnect?(): void;
}

export function childProcessPort(end: IpcEnd): Port {
  const closing = createClosing();
  end.on('disconnect', closing.close);
  return {
    post(message) {
      // Without a callback, a channel that broke meanwhile is thrown as an 'error' event; 'disconnect' tells it anyway.
      if (!closing.closed && end.connected) end.send?.(message, () => {});
    },
    onMessage(listener) {
      end.on('message', (message) => {
        if (!closing.closed) listener(message);
      });
    },
    onClose: closing.onClose,
    close() {
      closing.close();
      if (end.connected) end.disconnect?.();
    },
  };
}
