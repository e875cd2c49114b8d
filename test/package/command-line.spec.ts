/**
 * The packaged app as a command line (cli.md: `photomill <command>`): the same program as under plain Node, from a
 * binary that is no Node (F92) and on a machine without a display.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';
import { isGrey, makePhotos } from '../helpers/photos.ts';
import { ROOT_FLAGS, test } from '../helpers/window.ts';

const PROGRAM = resolve(import.meta.dirname, '..', '..', '.dist', 'linux-unpacked', 'photomill');

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * As on a server: no display of either kind.
 * @param onStdout is given all that came so far, and a Ctrl-C as terminals do it: for the whole group
 */
async function run(
  data: string,
  args: readonly string[],
  onStdout?: (stdout: string, interrupt: () => void) => void,
): Promise<Ended> {
  const child = spawn(PROGRAM, [...ROOT_FLAGS, ...args], {
    env: { ...process.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined, PHOTOMILL_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const group = child.pid ?? Number.NaN;
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    onStdout?.(stdout, () => process.kill(-group, 'SIGINT'));
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const [status] = await once(child, 'close');
  return { status, stdout, stderr };
}

const lines = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('it processes a folder, and no GLib line is on stderr', async ({ folder, data }) => {
  const source = join(folder, 'in');
  const out = join(folder, 'out');
  const names = await makePhotos(source, 6, 400);
  const args = ['process', source, '--out', out, '--filter', 'grayscale', '--filter', 'gaussian-blur:sigma=1.4'];
  const { status, stdout, stderr } = await run(data, [...args, '--json']);
  expect(status, stderr).toBe(0);
  const told = lines(stdout);
  expect(told[0]).toMatchObject({ type: 'planned', files: 6 });
  expect(told.at(-1)).toMatchObject({ type: 'summary', done: 6, failed: 0, skipped: 0, cancelled: 0 });
  const outputs = told.flatMap(({ type, outputs }) => (type === 'file' ? outputs : []));
  expect(outputs.sort()).toEqual(names.map((name) => join(out, name)));
  expect((await readdir(out)).sort()).toEqual(names);
  for (const name of names) expect(await isGrey(join(out, name))).toBe(true);
  expect(stderr).not.toMatch(/GLib|GObject/i);
});

test('it keeps the exit statuses, and stdout to the results', async ({ folder, data }) => {
  const filters = await run(data, ['filters', '--json']);
  expect(filters.status, filters.stderr).toBe(0);
  const ids = JSON.parse(filters.stdout).map(({ id }: { id: string }) => id);
  expect(ids).toEqual(expect.arrayContaining(['grayscale', 'gaussian-blur', 'unsharp-mask']));

  expect(await run(data, ['--version'])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  const wrong = await run(data, ['process', folder, '--out', join(folder, 'out'), '--filter', 'sepia']);
  expect(wrong).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('[E_NO_FILTER]') });
  const unknown = await run(data, ['proces', folder]);
  expect(unknown).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('[E_USAGE]') });
});

test('Ctrl-C cancels within 2 s, with a summary, 130, and no partial file', async ({ folder, data }) => {
  const source = join(folder, 'in');
  const out = join(folder, 'out');
  await makePhotos(source, 8, 2500);
  let interruptedAt = 0;
  const args = ['process', source, '--out', out, '--filter', 'gaussian-blur:sigma=60', '--json'];
  const { status, stdout, stderr } = await run(data, args, (_, interrupt) => {
    if (interruptedAt > 0) return;
    interruptedAt = performance.now();
    interrupt();
  });
  expect(performance.now() - interruptedAt).toBeLessThan(2_000);
  expect(status, stderr).toBe(130);
  const { done, failed, cancelled } = lines(stdout).at(-1);
  expect([failed, done + cancelled]).toEqual([0, 8]);
  expect(cancelled).toBeGreaterThan(0);
  expect((await readdir(out).catch(() => [])).length).toBe(done);
});

test('it serves the page from the archive until Ctrl-C', async ({ data }) => {
  let page: Promise<{ readonly status: number; readonly text: string }> | null = null;
  const { status, stderr } = await run(data, ['serve'], (stdout, interrupt) => {
    const address = /http:\/\/[^#]+/.exec(stdout)?.[0];
    if (address === undefined || page !== null) return;
    page = fetch(address)
      .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
      .finally(interrupt);
  });
  expect(status, stderr).toBe(0);
  expect(await page).toMatchObject({ status: 200, text: expect.stringContaining('<title>Photomill</title>') });
});
