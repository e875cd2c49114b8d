/** Owns who may knock at the IPC channels (F88). Knows frames by their shape only, so that it can be tried without Electron. */
import { PAGE_ORIGIN } from './page-file.ts';

interface Frame {
  /** null for a window's main frame. */
  readonly parent: unknown;
  readonly origin: string;
}

/** The frame when it is a window's own page; null for subframes, other origins and frames already gone. */
export function trusted<F extends Frame>(frame: F | null): F | null {
  return frame !== null && frame.parent === null && frame.origin === PAGE_ORIGIN ? frame : null;
}
