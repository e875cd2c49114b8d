/** Owns temporary folders of tests: made on demand, all gone at the end of the file's tests. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A fresh folder by its real path (macOS keeps its own behind a link). */
export function freshFolder(): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'photomill-test-')));
  made.push(folder);
  return folder;
}

/** Writes files by their relative paths; folders come by themselves. Contents are the path, so that none are equal. */
export function fill(folder: string, ...relativePaths: readonly string[]): void {
  for (const relative of relativePaths) {
    const file = path.join(folder, relative);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, relative);
  }
}

export function makePipe(file: string): void {
  execFileSync('mkfifo', [file]);
}
