/** Owns the name of files that are not finished yet, so that whoever writes, sweeps or scans agrees on it. */

const PATTERN = /^\.photomill-.+\.tmp/;

/** Carries the batch, so that a sweep removes what is its own; starts with a dot, so that file managers hide it. */
export function temporaryName(batchId: string, jobId: string): string {
  return `.photomill-${batchId}-${jobId}.tmp`;
}

/** True for a temporary file of any batch, and for what a tool made beside it (exiftool adds a suffix). */
export function isTemporaryName(fileName: string): boolean {
  return PATTERN.test(fileName);
}

/** What exiftool leaves beside a file when it is killed at work. */
export function exiftoolLeftover(path: string): string {
  return `${path}_exiftool_tmp`;
}
