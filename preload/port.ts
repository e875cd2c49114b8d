/** Owns what a transport must do, and the one that needs no process (tests, conformance). Knows no contract. */

/**
 * A two-way, ordered, message-keeping line to another process. Messages are structured-cloneable values;
 * `Uint8Array`s arrive as `Uint8Array`s over every transport.
 */
export interface Port {
  /** Throws for what cannot cross (functions, frames too large); does nothing once the port is closed. */
  post(message: unknown): void;
  /** One listener, set before the first message is awaited: a message belongs to one end of a contract. */
  onMessage(listener: (message: unknown) => void): void;
  /** Any number of listeners, each called once, whichever end closed; also when the port is closed already. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Both ends of a line inside one process. Like a real one it copies what is posted and delivers it later. */
export function createPortPair(): readonly [Port, Port] {
  const left = createEnd();
  const right = createEnd();
  left.joinTo(right);
  right.joinTo(left);
  return [left, right];
}

interface End extends Port {
  joinTo(other: End): void;
  deliver(message: unknown): void;
  end(): void;
}

function createEnd(): End {
  const closing = createClosing();
  let peer: End | null = null;
  let listener: ((message: unknown) => void) | null = null;
  const early: unknown[] = [];
  return {
    joinTo(other) {
      peer = other;
    },
    deliver(message) {
      if (closing.closed) return;
      if (listener === null) early.push(message);
      else listener(message);
    },
    end: closing.close,
    post(message) {
      if (closing.closed) return;
      const copy = structuredClone(message);
      queueMicrotask(() => peer?.deliver(copy));
    },
    onMessage(next) {
      listener = next;
      for (const message of early.splice(0)) queueMicrotask(() => this.deliver(message));
    },
    onClose: closing.onClose,
    close() {
      if (closing.closed) return;
      // Behind the messages already on their way, as on a real line.
      queueMicrotask(() => peer?.end());
      closing.close();
    },
  };
}

export interface Closing {
  readonly closed: boolean;
  close(): void;
  onClose(listener: () => void): void;
}

/** The closing of a port: once, told to its listeners, and remembered. Every transport needs just this. */
export function createClosing(): Closing {
  let closed = false;
  const listeners: (() => void)[] = [];
  return {
    get closed() {
      return closed;
    },
    close() {
      if (closed) return;
      closed = true;
      for (const listener of listeners.splice(0)) listener();
    },
    onClose(listener) {
      if (closed) queueMicrotask(listener);
      else listeners.push(listener);
    },
  };
}
