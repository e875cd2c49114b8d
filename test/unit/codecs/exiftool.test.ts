/** The exiftool process: one, ended when told, and gone when its parent is killed. */
import { spawn } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixture, temporaryFolder } from './bench.ts';

const folder = temporaryFolder();
const MODULE = join(import.meta.dirname, '../../../workers/codecs/exiftool.ts');

/** A Node process that copied EXIF once, and its exiftool's process id. */
async function startUser(after: string) {
  const target = join(folder, `t-${Math.random()}.tif`);
  copyFileSync(fixture('plain.tif'), target);
  const script = `
    import { readdirSync, readFileSync } from 'node:fs';
    import { closeExiftool, copyExif } from ${JSON.stringify(MODULE)};
    await copyExif(${JSON.stringify(fixture('camera.jpg'))}, ${JSON.stringify(target)}, 96, 64);
    await copyExif(${JSON.stringify(fixture('camera.jpg'))}, ${JSON.stringify(target)}, 96, 64);
    // From /proc: a small Debian has no ps. The parent is the fourth field, behind the name in parentheses.
    const mine = readdirSync('/proc').filter((pid) => {
      try {
        const [, parent] = readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ')[1].split(' ');
        return Number(parent) === process.pid && readFileSync('/proc/' + pid + '/cmdline', 'utf8').includes('exiftool');
      } catch {
        return false;
      }
    });
    console.log(mine.join(','));
    ${after}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pids = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data).trim()));
    child.once('exit', (code) => reject(new Error(`the user of exiftool ended at once (${code})`)));
  });
  return { child, pid: Number(pids), pids };
}

function isAlive(pid: number): boolean {
  try {
    // A zombie answers to signal 0 but runs no more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (!isAlive(pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

describe.skipIf(process.platform !== 'linux')('exiftool', () => {
  it('dies with a parent that is killed', async () => {
    const { child, pid, pids } = await startUser('setInterval(() => {}, 1000);');
    expect(pids).toMatch(/^\d+$/);
    expect(isAlive(pid)).toBe(true);
    child.kill('SIGKILL');
    expect(await gone(pid)).toBe(true);
  });

  it('ends when told, and lets its parent end', async () => {
    const { child, pid } = await startUser('await closeExiftool();');
    const code = child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)));
    expect(code).toBe(0);
    expect(await gone(pid)).toBe(true);
  });
});
