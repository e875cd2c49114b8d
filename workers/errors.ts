/** Owns how errors of the file system become faults for a photographer. Knows nothing of who called. */
import { Fault } from '../preload/faults.ts';

/** For whatever went wrong while a result was written; a Fault passes through. */
export function asWriteFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Fault('E_NOSPC', {}, error);
  if (code === 'EFBIG') return new Fault('E_FBIG', {}, error);
  if (code === 'ENAMETOOLONG') return new Fault('E_NAME_TOO_LONG', {}, error);
  if (code === '') throw error;
  return new Fault('E_WRITE', { why: code }, error);
}
