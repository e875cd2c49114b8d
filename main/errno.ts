/** Owns what a failed system call is called: its code where it has one, its own words otherwise. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
