/** Owns the exit statuses and the signals that lead to one. Knows nothing of commands. */
import { Fault, type FaultCode } from '../../preload/faults.ts';

/** As cli.md promises them; scripts rely on these. */
export const EXIT = { done: 0, someFailed: 1, wrongUse: 2, cancelled: 130 } as const;

/** Faults that say the command was put wrongly, so that nothing was done. */
const WRONG_USE: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'E_USAGE',
  'E_NO_SOURCE',
  'E_ACCES',
  'E_NO_FILTER',
  'E_PARAM',
  'E_EXPRESSION',
  'E_RECIPE',
  'E_NO_RECIPE',
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

/** A cancel by another signal than Ctrl-C's ends as shells expect it: 128 and the signal's number. */
const CANCELLED_BY = { SIGINT: EXIT.cancelled, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * A terminal gives one Ctrl-C to us and to npm and the script that started us, which pass theirs on as well: what comes
 * this soon after the first is the same key. Nobody presses it twice within 300 ms and means it.
 */
const SAME_KEY_MS = 300;

/**
 * The first Ctrl-C (or SIGTERM, SIGHUP, a reader that went away) asks to stop, the second leaves at once: the engine
 * ends by itself when its line breaks. `run` is over when what was in work is dropped; it returns the exit status.
 */
export async function interruptible(
  hungUp: AbortSignal,
  run: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const controller = new AbortController();
  let cancelledStatus: number = EXIT.cancelled;
  let stoppedAt = 0;
  const stop = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      if (performance.now() - stoppedAt < SAME_KEY_MS) return;
      process.exit(cancelledStatus);
    }
    stoppedAt = performance.now();
    if (name === 'SIGTERM' || name === 'SIGHUP') cancelledStatus = CANCELLED_BY[name];
    controller.abort(new Fault('E_CANCELLED'));
  };
  const hangUp = () => controller.abort(new Fault('E_CANCELLED'));
  for (const name of Object.keys(CANCELLED_BY) as (keyof typeof CANCELLED_BY)[]) {
    // Ours alone: when-exit (below conf) answers a signal by sending it again, which would count as the second one.
    process.removeAllListeners(name);
    process.on(name, stop);
  }
  hungUp.addEventListener('abort', hangUp, { once: true });
  try {
    const status = await run(controller.signal);
    return status === EXIT.cancelled ? cancelledStatus : status;
  } finally {
    for (const name of Object.keys(CANCELLED_BY)) process.off(name, stop);
    hungUp.removeEventListener('abort', hangUp);
  }
}
