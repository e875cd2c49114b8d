/** Owns the two streams of the terminal and their ends: a reader that went away, and all written before the exit. */
import { type Fault, tellFault, toRecord } from '../../preload/faults.ts';
import { printable } from './text.ts';

/** What a command may do with the terminal. */
export interface Terminal {
  /** Results. With --json this is NDJSON or JSON and nothing else. */
  readonly out: (text: string) => void;
  /** What is said to a person beside the results. */
  readonly err: (text: string) => void;
  readonly isTty: boolean;
  readonly columns: () => number;
  /** Fires when nobody reads any more (`photomill … | head`). */
  readonly hungUp: AbortSignal;
  /** Resolves when all that was written has left the process. */
  flush(): Promise<void>;
}

export function openTerminal(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Terminal {
  const gone = new AbortController();
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // Not an error of ours, and there is nobody left to tell it to.
      if (error.code !== 'EPIPE') throw error;
      if (stream === stdout) gone.abort();
    });
  }
  return {
    out: (text) => {
      if (!gone.signal.aborted) stdout.write(text);
    },
    err: (text) => void stderr.write(text),
    isTty: stdout.isTTY === true,
    columns: () => stdout.columns ?? 80,
    hungUp: gone.signal,
    flush: () => Promise.all([drain(stdout), drain(stderr)]).then(() => {}),
  };
}

/** A file behind the redirect or a slow reader: `process.exit` would cut off what still waits in the stream. */
function drain(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writableLength === 0 || stream.destroyed) return resolve();
    stream.write('', () => resolve());
  });
}

/** What went wrong, then what to do about it. */
export function faultText(fault: Fault): string {
  const { reason, remedy } = tellFault(toRecord(fault), 'en');
  return `${printable(reason)} [${fault.code}]\n${printable(remedy)}\n`;
}
