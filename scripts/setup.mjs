/**
 * Owns what has to be on this machine before anything of the project runs, in one place; every script asks here.
 * Knows nothing of building or starting. Run by itself, it sets up all of it.
 */
import { pathToFileURL } from 'node:url';
import { ELECTRON_PACKAGES, ensureDebianPackages, TEST_PACKAGES } from './setup/debian.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { withLock } from './setup/lock.mjs';
import { ensureModules } from './setup/modules.mjs';
import { underNode24 } from './setup/node-runtime.mjs';
import { say } from './setup/run.mjs';

/** Node 24 and node_modules: enough for the CLI, serve and the unit tests. */
export async function setUp(scriptUrl) {
  await underNode24(scriptUrl);
  await withLock('setup', ensureModules);
}

/** An Electron and the libraries it links; null where it can't be had. */
export async function setUpElectron() {
  const electron = await ensureElectron();
  if (!electron) return null;
  return (await ensureDebianPackages(ELECTRON_PACKAGES, 'the window')) ? electron : null;
}

/** Electron as above, a virtual display and a browser. */
export async function setUpTests() {
  const ready = await ensureDebianPackages(TEST_PACKAGES, 'the tests of the window');
  return ready ? await ensureElectron() : null;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp(import.meta.url);
  await setUpTests();
  say('All is set up.');
}
