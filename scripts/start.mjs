/**
 * `npm start`: owns the choice between the window and the browser. With a display and an Electron that starts, the
 * app opens; otherwise it says why and serves the same app at a local address.
 */
import { build } from './build.mjs';
import { ROOT } from './setup/paths.mjs';
import { run, runInstead, say } from './setup/run.mjs';
import { runCli } from './setup/run-cli.mjs';
import { setUp, setUpElectron } from './setup.mjs';

/** An Electron that gives up this soon never showed a window: no reachable display, no sandbox, a missing library. */
const NEVER_OPENED_MS = 10_000;

await setUp(import.meta.url);
await build();

const reason = hasDisplay() ? await openWindow() : 'There is no display here';
if (reason !== null) {
  say(`${reason}: serving Photomill to a browser instead. Ctrl-C ends it.`);
  await runCli(['serve', ...process.argv.slice(2)]);
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Runs the app until it is closed. @returns {Promise<string | null>} why no window came, null when one did */
async function openWindow() {
  const electron = await setUpElectron();
  if (!electron) return 'No Electron can be had here';
  // Chromium refuses its sandbox to root.
  const root = process.platform === 'linux' && process.getuid() === 0 ? ['--no-sandbox'] : [];
  const version = await run(electron.program, [...root, '--version'], { timeoutMs: 20_000 });
  if (version.code !== 0) return `Electron does not start (${version.stderr.trim().split('\n')[0]})`;
  const startedAt = performance.now();
  const code = await runInstead(electron.program, [...root, ROOT, ...process.argv.slice(2)]);
  if (code !== 0 && performance.now() - startedAt < NEVER_OPENED_MS) return `Electron ended at once (code ${code})`;
  process.exitCode = code;
  return null;
}
