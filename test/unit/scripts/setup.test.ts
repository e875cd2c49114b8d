/** Set-up: two at once wait for each other, a dead one's lock is taken over, and what was not pinned never runs. */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const CACHE = path.join(ROOT, '.cache');
const SETUP = path.join(ROOT, 'scripts', 'setup');
const folder = mkdtempSync(path.join(tmpdir(), 'photomill-setup-'));
const lockName = `test-${process.pid}`;
const lockFile = path.join(CACHE, `${lockName}.lock`);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(lockFile, { force: true });
});

const urlOf = (file: string) => pathToFileURL(path.join(SETUP, file)).href;

describe('withLock', () => {
  it('lets only one in at a time', async () => {
    const log = path.join(folder, 'log');
    const script = `
      import { appendFileSync } from 'node:fs';
      import { withLock } from ${JSON.stringify(urlOf('lock.mjs'))};
      await withLock(${JSON.stringify(lockName)}, async () => {
        appendFileSync(${JSON.stringify(log)}, 'in ');
        await new Promise((resolve) => setTimeout(resolve, 150));
        appendFileSync(${JSON.stringify(log)}, 'out ');
      });`;
    const runs = [1, 2, 3].map(() =>
      spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' }),
    );
    const codes = await Promise.all(runs.map(async (child) => (await once(child, 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0]);
    expect(readFileSync(log, 'utf8')).toBe('in out in out in out ');
    expect(existsSync(lockFile)).toBe(false);
  });

  it('takes over the lock of a process that died', async () => {
    const dead = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    await once(dead, 'exit');
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(lockFile, String(dead.pid));
    const { withLock } = await import(urlOf('lock.mjs'));
    await expect(withLock(lockName, async () => 'got in')).resolves.toBe('got in');
  });
});

describe('fetchPinned', () => {
  const source = path.join(folder, 'source');
  mkdirSync(path.join(source, 'bin'), { recursive: true });
  writeFileSync(path.join(source, 'package.json'), JSON.stringify({ name: 'pinned-thing', version: '1.0.0' }));
  writeFileSync(path.join(source, 'bin', 'thing'), '#!/bin/sh\necho ran\n');
  const place = `test-thing-${process.pid}`;

  function integrityOf(): string {
    const out = path.join(folder, 'packed');
    mkdirSync(out, { recursive: true });
    const npm = process.env.npm_execpath;
    const [program, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
    const args = [...first, 'pack', source, '--silent', '--pack-destination', out];
    execFileSync(program ?? 'npm', args, { stdio: 'ignore' });
    const tarball = readFileSync(path.join(out, readdirSync(out)[0] ?? ''));
    return `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  }

  it('refuses a package with another hash, and leaves nothing of it', async () => {
    const { fetchPinned } = await import(urlOf('pinned-package.mjs'));
    const before = readdirSync(CACHE).filter((name) => name.startsWith('fetch-'));
    const pin = { name: 'pinned-thing', version: `file:${source}`, bin: 'bin/thing', integrity: 'sha512-another' };
    await expect(fetchPinned(pin, place)).rejects.toThrow(/is not what was pinned/);
    expect(existsSync(path.join(CACHE, place))).toBe(false);
    expect(readdirSync(CACHE).filter((name) => name.startsWith('fetch-'))).toEqual(before);
  });

  it('unpacks the right one and makes it runnable; the second time there is nothing to fetch', async () => {
    const { fetchPinned } = await import(urlOf('pinned-package.mjs'));
    const pin = { name: 'pinned-thing', version: `file:${source}`, bin: 'bin/thing', integrity: integrityOf() };
    try {
      const program: string = await fetchPinned(pin, place);
      expect(program).toBe(path.join(CACHE, place, 'bin', 'thing'));
      expect(statSync(program).mode & 0o111).not.toBe(0);
      await expect(fetchPinned({ ...pin, integrity: 'never looked at' }, place)).resolves.toBe(program);
    } finally {
      rmSync(path.join(CACHE, place), { recursive: true, force: true });
    }
  });
});
