/**
 * Owns that everything runs under Node 24 (Electron's own major: node:sqlite, TypeScript files as they are) whatever
 * Node the machine has. Knows nothing of what is run.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { CACHE } from './paths.mjs';
import { fetchPinned } from './pinned-package.mjs';
import { run, runInstead, say } from './run.mjs';

const WANTED_MAJOR = 24;
const pins = JSON.parse(readFileSync(new URL('../pins.json', import.meta.url), 'utf8'));

/** The script's first call: returns under Node 24 or newer; otherwise runs the script again under one and ends. */
export async function underNode24(scriptUrl) {
  if (Number(process.versions.node.split('.')[0]) >= WANTED_MAJOR) return;
  const node = await nodeProgram();
  process.exit(await runInstead(node, [fileURLToPath(scriptUrl), ...process.argv.slice(2)]));
}

async function nodeProgram() {
  const pin = pins.node[`${process.platform}-${process.arch}`];
  if (!pin) {
    say(`This machine has Node ${process.versions.node}; Photomill needs Node ${WANTED_MAJOR}: https://nodejs.org`);
    process.exit(1);
  }
  const place = path.join(CACHE, `node-${pin.version}`);
  const program = path.join(place, pin.bin);
  if (existsSync(program)) return program;
  return withLock('setup', async () => {
    await fetchPinned(pin, `node-${pin.version}`);
    const answer = await run(program, ['-v'], { timeoutMs: 30_000 });
    if (answer.stdout.trim() === `v${pin.version}`) return program;
    rmSync(place, { recursive: true, force: true });
    throw new Error(`${pin.name}@${pin.version} does not run here: ${answer.stderr.trim() || answer.stdout.trim()}`);
  });
}
