/** Owns that two scripts at once wait for each other; knows nothing of what they do meanwhile. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CACHE } from './paths.mjs';
import { say } from './run.mjs';

/** Runs `work` while holding .cache/<name>.lock. A lock whose holder has died is taken over. */
export async function withLock(name, work) {
  mkdirSync(CACHE, { recursive: true });
  const file = path.join(CACHE, `${name}.lock`);
  await take(file, name);
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

async function take(file, name) {
  let told = false;
  while (!taken(file)) {
    const holder = holderOf(file);
    if (holder === 'dead') {
      rmSync(file, { force: true });
    } else {
      if (!told) say(`Waiting for another ${name} to end (process ${holder})…`);
      told = true;
      await sleep(200);
    }
  }
}

/** A link and not a write: the lock appears with its holder's id in it, never empty. */
function taken(file) {
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

function holderOf(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return error.code === 'EPERM' ? 'of another user' : 'dead';
  }
}
