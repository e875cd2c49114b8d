/** `npm run photomill` as scripts use it: stdout is the command's own, its exit status too, and a signal reaches it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makePhotos } from '../../helpers/photos.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'photomill-script-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(args: readonly string[]) {
  const child = spawn('npm', ['run', '--silent', 'photomill', '--', ...args], {
    cwd: ROOT,
    env: { ...process.env, PHOTOMILL_DATA: path.join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout }));
  return { child, ended, said: () => stdout };
}

it('passes on words and status', async () => {
  const filters = await start(['filters', '--json']).ended;
  expect(filters.code).toBe(0);
  expect(JSON.parse(filters.stdout).map(({ id }: { id: string }) => id)).toContain('grayscale');
  const wrong = await start(['process', path.join(folder, 'nowhere'), '--out', path.join(folder, 'out')]).ended;
  expect(wrong.code).toBe(2);
});

it.skipIf(process.platform === 'win32')(
  'a SIGINT to npm cancels the batch: 130, a summary, no partial file',
  async () => {
    const source = path.join(folder, 'in');
    const out = path.join(folder, 'out');
    await makePhotos(source, 60, 1500);
    const run = start(['process', source, '--out', out, '--filter', 'gaussian-blur:sigma=20', '--json']);
    await expect.poll(run.said, { timeout: 20_000 }).toContain('"type":"file"');
    run.child.kill('SIGINT');
    const { code, stdout } = await run.ended;
    const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(code).toBe(130);
    expect(summary).toMatchObject({ type: 'summary' });
    expect(summary.cancelled).toBeGreaterThan(0);
    expect(readdirSync(out).filter((name) => !name.endsWith('.jpg'))).toEqual([]);
  },
);
