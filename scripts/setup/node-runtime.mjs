/**
 * Owns that everything runs under Node 24 (Electron's own major: node:sqlite, TypeScript files as they are) whatever
 * Node the machine has. Knows nothing of what is run.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { CACHE } from './paths.mjs';
import { fetchPinned } from './pinned-package.mjs';
import { run, say } from './run.mjs';

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

/**
 * Runs a program in our place: same streams, signals passed on, its exit code returned.
 * A terminal gives Ctrl-C to every process of the group, and npm passes its own on besides: at a terminal the program
 * has it already, so we don't hand it on; elsewhere it goes on once however often it comes within a second.
 */
export function runInstead(program, args) {
  const child = spawn(program, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${path.dirname(program)}${path.delimiter}${process.env.PATH ?? ''}` },
  });
  const atTerminal = Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
  const passedAt = new Map();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal === 'SIGINT' && atTerminal) return;
      const now = performance.now();
      if (now - (passedAt.get(signal) ?? Number.NEGATIVE_INFINITY) < 1000) return;
      passedAt.set(signal, now);
      child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (os.constants.signals[signal] ?? 0)));
  });
}
