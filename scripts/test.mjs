/**
 * `npm test`: owns the order of the tests and their one sum. `npm test -- unit e2e` runs only those parts.
 * Knows nothing of single tests: vitest and Playwright have them.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { withDisplay } from './setup/display.mjs';
import { at, CACHE, MODULES, ROOT } from './setup/paths.mjs';
import { run, say } from './setup/run.mjs';
import { setUp, setUpTests } from './setup.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const RESULTS = path.join(CACHE, 'test-results');
const PARTS = { check: checks, unit, e2e: () => windowed('e2e'), package: packaged };

await setUp(import.meta.url);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  say(`Unknown part: ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const counts = await part().catch((error) => {
    say(`${name}: ${error.stack ?? error}`);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  for (const key of Object.keys(sum)) sum[key] += counts[key];
}
process.stdout.write(
  `${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}\n`,
);
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;

/** @returns {Promise<Counts>} each check counted as a test */
async function checks() {
  const results = await check();
  const passed = results.filter(({ ok }) => ok).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

/** @returns {Promise<Counts>} */
async function unit() {
  await build();
  const file = path.join(RESULTS, 'vitest.json');
  const vitest = path.join(MODULES, 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run(process.execPath, args, { cwd: ROOT, show: true });
  if (!existsSync(file)) throw new Error(`vitest left no results (exit ${code})`);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readJson(file);
  // A file that fails to load has no tests to count, and an error between tests belongs to none.
  const failed = Math.max(numFailedTests, code === 0 ? 0 : 1);
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
}

/** @returns {Promise<Counts>} the Playwright project of that name, on a display of its own where there are such */
async function windowed(project) {
  const electron = await setUpTests();
  if (!electron) {
    say(`SKIP ${project}: see above for what it needs.`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  await build();
  if (project === 'package') await pack();
  const file = path.join(RESULTS, `${project}.json`);
  const playwright = path.join(MODULES, '@playwright', 'test', 'cli.js');
  const args = [playwright, 'test', `--project=${project}`, '--reporter=list,json'];
  const { code } = await withDisplay((display) => {
    const env = { ...display, PLAYWRIGHT_JSON_OUTPUT_NAME: file, ELECTRON_OVERRIDE_DIST_PATH: electron.dist };
    return run(process.execPath, args, { cwd: ROOT, env, show: true });
  });
  if (!existsSync(file)) throw new Error(`Playwright left no results (exit ${code})`);
  const { expected, unexpected, flaky, skipped } = readJson(file).stats;
  return { passed: expected + flaky, failed: Math.max(unexpected, code === 0 ? 0 : 1), skipped };
}

/** @returns {Promise<Counts>} the tests know where the unpacked app lies on Linux */
async function packaged() {
  if (process.platform === 'linux') return windowed('package');
  say('SKIP package: its tests are for Linux.');
  return { passed: 0, failed: 0, skipped: 1 };
}

/**
 * In a process of its own: electron-builder leaves an exit hook behind that ends its process with 0, whatever failed.
 * Seen as a red run whose status was green.
 */
async function pack() {
  const { code } = await run(process.execPath, [at('scripts', 'dist.mjs'), '--dir'], { cwd: ROOT, show: true });
  if (code !== 0) throw new Error(`nothing was packed (exit ${code})`);
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
