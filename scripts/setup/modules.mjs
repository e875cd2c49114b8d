/** Owns that node_modules holds what package-lock.json says; knows nothing of which packages those are. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { at, MODULES, ROOT } from './paths.mjs';
import { npm, say } from './run.mjs';

const STAMP = path.join(MODULES, '.photomill-stamp');

/**
 * The `photomill` script of package.json begins with `exec`, so that a signal to npm reaches the program and not a shell
 * that keeps it to itself. Windows has no `exec`; npm looks for commands in node_modules/.bin first.
 */
export async function ensureModules() {
  const lock = readFileSync(at('package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lock).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  if (!matches(JSON.parse(lock))) {
    say('Installing packages (npm ci)…');
    const done = await npm(['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
      cwd: ROOT,
      show: true,
      timeoutMs: 1_800_000,
    });
    if (done.code !== 0) throw new Error('npm ci failed; its own words are above.');
  }
  if (process.platform === 'win32') writeFileSync(path.join(MODULES, '.bin', 'exec.cmd'), '@%*\r\n');
  writeFileSync(STAMP, hash);
}

/** Whether an `npm ci` or `npm install` of the user's own already put every package of the lock in place. */
function matches(lock) {
  const own = path.join(MODULES, '.package-lock.json');
  if (!existsSync(own)) return false;
  const present = JSON.parse(readFileSync(own, 'utf8')).packages;
  return Object.entries(lock.packages).every(
    ([place, entry]) =>
      place === '' || (present[place] ? present[place].version === entry.version : Boolean(entry.optional)),
  );
}
