/**
 * The packaged app as it ships: it opens, processes a folder, says nothing of GLib, and is closed to other uses (F92).
 * Driven over Chromium's own debugging port, because the package is closed to Node's inspector, which Playwright's
 * Electron driver needs.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { chromium, expect, type Page } from '@playwright/test';
import { hashes, isGrey, makePhotos } from '../helpers/photos.ts';
import { processAll, ROOT_FLAGS, test } from '../helpers/window.ts';

const UNPACKED = resolve(import.meta.dirname, '..', '..', '.dist', 'linux-unpacked');
const PROGRAM = join(UNPACKED, 'photomill');
const RESOURCES = join(UNPACKED, 'resources');

interface Packaged {
  readonly page: Page;
  stderr(): string;
  close(): Promise<void>;
}

async function openPackaged(data: string): Promise<Packaged> {
  const child = spawn(PROGRAM, [...ROOT_FLAGS, '--lang=en', '--remote-debugging-port=0'], {
    env: { ...process.env, PHOTOMILL_DATA: data, LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const address = await new Promise<string>((found, failed) => {
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      const listening = /DevTools listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (listening !== undefined) found(listening);
    });
    child.once('exit', (code) => failed(new Error(`The packaged app ended with ${code}: ${said}`)));
  });
  await pageIsThere(new URL(address).port);
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error('The packaged app has no page.');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  return {
    page,
    stderr: () => said,
    async close() {
      await browser.close();
      await end(child);
    },
  };
}

/** Connecting while the page is still being made hung for good, one time in two on a busy machine. */
async function pageIsThere(port: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { title: string }[];
        return targets.map(({ title }) => title).join();
      },
      { timeout: 30_000 },
    )
    .toContain('Photomill');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 6_000);
  await once(child, 'exit');
  clearTimeout(late);
}

interface ArchiveNode {
  readonly files?: Readonly<Record<string, ArchiveNode>>;
}

/** An asar begins with four 32-bit numbers, of which the last is the length of the JSON tree behind them. */
async function filesInArchive(archive: string): Promise<string[]> {
  const raw = await readFile(archive);
  const tree: ArchiveNode = JSON.parse(raw.toString('utf8', 16, 16 + raw.readUInt32LE(12)));
  const walk = (node: ArchiveNode, at: string): string[] =>
    Object.entries(node.files ?? {}).flatMap(([name, child]) =>
      child.files === undefined ? [`${at}/${name}`] : walk(child, `${at}/${name}`),
    );
  return walk(tree, '');
}

test('it processes a folder, and no GLib line is on stderr', async ({ folder, data }) => {
  const source = join(folder, 'in');
  const out = join(folder, 'out');
  const names = await makePhotos(source, 24, 400);
  const before = await hashes(source);
  const last = {
    source,
    chain: [
      { filter: 'grayscale', params: {}, enabled: true },
      { filter: 'gaussian-blur', params: { sigma: 1.4 }, enabled: true },
    ],
    output: { folder: out },
  };
  await writeFile(join(data, 'settings.json'), JSON.stringify({ last }));
  const app = await openPackaged(data);
  try {
    await expect(app.page.getByRole('button', { name: 'Process 24' })).toBeEnabled({ timeout: 30_000 });
    await processAll(app.page);
    await expect(app.page.getByRole('status', { name: 'Summary' })).toContainText('24 done');
  } finally {
    await app.close();
  }
  expect((await readdir(out)).sort()).toEqual(names);
  for (const name of names) expect(await isGrey(join(out, name))).toBe(true);
  expect(await hashes(source)).toEqual(before);
  expect(app.stderr()).not.toMatch(/GLib|GObject/i);
});

test('its fuses are closed', async () => {
  const wire = await getCurrentFuseWire(PROGRAM);
  const closed = [
    FuseV1Options.RunAsNode,
    FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    FuseV1Options.EnableNodeCliInspectArguments,
    FuseV1Options.GrantFileProtocolExtraPrivileges,
  ];
  const open = [
    FuseV1Options.EnableCookieEncryption,
    FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    FuseV1Options.OnlyLoadAppFromAsar,
  ];
  for (const fuse of closed) expect(wire[fuse], FuseV1Options[fuse]).toBe(FuseState.DISABLE);
  for (const fuse of open) expect(wire[fuse], FuseV1Options[fuse]).toBe(FuseState.ENABLE);
});

test('it is no Node to run scripts with', async ({ folder, data }) => {
  const script = join(folder, 'script.cjs');
  const proof = join(folder, 'proof');
  await writeFile(script, `require('node:fs').writeFileSync(${JSON.stringify(proof)}, 'ran')`);
  const env = { ...process.env, PHOTOMILL_DATA: data, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script}` };
  const child = spawn(PROGRAM, [...ROOT_FLAGS, '--inspect=0', script], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  // It opens as the app it is: its data folder comes to life, the script does not.
  await expect.poll(() => existsSync(join(data, 'chromium')), { timeout: 20_000 }).toBe(true);
  await end(child);
  expect(existsSync(proof)).toBe(false);
  expect(said).not.toContain('Debugger listening');
});

test('it holds what it needs and no more', async () => {
  const packed = await filesInArchive(join(RESOURCES, 'app.asar'));
  const packages = new Set(packed.flatMap((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  expect(packages).toContain('sharp');
  for (const left of ['electron', 'vite', 'assemblyscript', 'typescript', 'react', 'fastify', 'sharp-upstream']) {
    expect(packages).not.toContain(left);
  }
  expect(packed.filter((file) => /^\/(test|scripts|renderer|main|workers|\.cache)\b/.test(file))).toEqual([]);
  expect(packed.filter((file) => /\.(map|ts)$/.test(file))).toEqual([]);
  const megabytes = Number(execFileSync('du', ['-sm', UNPACKED], { encoding: 'utf8' }).split('\t')[0]);
  // Electron itself is about 300 MB; ExifTool and sharp are 22 MB and 20 MB.
  expect(megabytes).toBeLessThan(380);
  expect(
    JSON.parse(await readFile(join(RESOURCES, 'app.asar.unpacked/node_modules/sharp/package.json'), 'utf8')),
  ).toMatchObject({ name: '@janhapke/sharp-electron' });
});
