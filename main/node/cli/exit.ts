/** Owns the exit statuses and the signals that lead to one. Knows nothing of commands. */
import { Fault, type FaultCode } from '../../../preload/faults.ts';

/** As cli.md promises them; scripts rely on these. */
export const EXIT = { done: 0, someFailed: 1, wrongUse: 2, cancelled: 130 } as const;

/** Faults that say the command was put wrongly, so that nothing was done. */
const WRONG_USE: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'E_USAGE',
  'E_NO_SOURCE',
  'E_ACCES',
  'E_NO_FILTER',
  'E_PARAM',
  'E_TEMPLATE',
  'E_PATH',
  'E_OUTPUT_FOLDER',
  'E_OUTPUT_IS_SOURCE',
  'E_PORT',
]);

export function exitCodeOf(fault: Fault): number {
  if (fault.code === 'E_CANCELLED') return EXIT.cancelled;
  return WRONG_USE.has(fault.code) ? EXIT.wrongUse : EXIT.someFailed;
}

/**
 * The first Ctrl-C (or SIGTERM, SIGHUP, a reader that went away) asks to stop, the second leaves at once: the engine
 * ends by itself when its line breaks. `run` is over when what was in work is dropped.
 */
export async function interruptible<T>(hungUp: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(EXIT.cancelled);
    controller.abort(new Fault('E_CANCELLED'));
  };
  const hangUp = () => controller.abort(new Fault('E_CANCELLED'));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, stop);
  hungUp.addEventListener('abort', hangUp, { once: true });
  try {
    return await run(controller.signal);
  } finally {
    for (const name of signals) process.off(name, stop);
    hungUp.removeEventListener('abort', hangUp);
  }
}
