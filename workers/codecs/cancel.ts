/** Owns how a codec notices a cancel. A native call can't be stopped, so this is asked between calls. */
import { Fault } from '../../preload/faults.ts';

/** Throws E_CANCELLED when the signal was aborted. */
export function stopIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Fault('E_CANCELLED', {}, signal.reason);
}
