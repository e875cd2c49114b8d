/** Owns what a transport must do, and the one that needs no process (tests, conformance). Knows no contract. */

/**
 * A two-way, ordered, message-keeping line to another process. Messages are structured-cloneable values;
 * `Uint8Array`s arrive as `Uint8Array`s over every transport.
 */
export interface Port {
  post(message: unknown): void;
  /** One listener each; set before the first message is awaited. */
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
