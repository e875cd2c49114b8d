/** The way of a photographer through the real window: folder, filters, output, Process, finished photos. */
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import sharp from 'sharp';
import { hashes, isGrey, makePhotos, truncateHalf } from '../helpers/photos.ts';
import { type App, addFilter, processAll, test } from '../helpers/window.ts';

const fileList = ({ page }: App) => page.getByRole('listbox', { name: 'Files' });

async function openFolder({ page, answerDialogs }: App, folder: string): Promise<void> {
  await answerDialogs([folder]);
  await page.getByRole('button', { name: 'Open folder…' }).first().click();
  await expect(page.getByRole('listbox', { name: 'Files' })).toBeVisible();
}

test('a folder becomes finished photos, the originals unchanged', async ({ folder, openApp }) => {
  const source = join(folder, 'in');
  const out = join(folder, 'out');
  const names = await makePhotos(source, 5);
  const before = await hashes(source);
  const app = await openApp();
  await openFolder(app, source);
  await addFilter(app.page, 'Grayscale');
  await app.answerDialogs([out]);
  await app.page.getByRole('button', { name: /^Choose output folder/ }).click();
  await expect(app.page.getByRole('button', { name: `Output folder: ${out}` })).toBeVisible();
  await processAll(app.page);

  await expect(app.page.getByRole('status', { name: 'Summary' })).toContainText('5 done');
  expect((await readdir(out)).sort()).toEqual(names);
  for (const name of names) {
    const { width, height, format, exif } = await sharp(join(out, name)).metadata();
    expect({ width, height, format }).toEqual({ width: 160, height: 160, format: 'jpeg' });
    expect(exif?.toString('latin1')).toContain('Camera');
    expect(await isGrey(join(out, name))).toBe(true);
  }
  expect(await hashes(source)).toEqual(before);
  expect(app.complaints).toEqual([]);
  expect(app.stderr()).not.toMatch(/GLib/);
});

test('a dropped folder opens', async ({ folder, openApp }) => {
  const source = join(folder, 'dropped');
  await makePhotos(source, 3);
  const { page } = await openApp();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [source], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
  await expect(page.getByRole('button', { name: 'Process 3' })).toBeVisible();
});

test('a truncated file fails with its reason, all others are done', async ({ folder, openApp }) => {
  const source = join(folder, 'in');
  await makePhotos(source, 4);
  await truncateHalf(join(source, 'photo-02.jpg'));
  const app = await openApp();
  await openFolder(app, source);
  await processAll(app.page);

  const summary = app.page.getByRole('status', { name: 'Summary' });
  await expect(summary).toContainText('3 done');
  await expect(summary).toContainText('1 failed');
  await app.page.getByRole('button', { name: 'Show the failed one' }).click();
  const failed = fileList(app).getByRole('option', { name: 'photo-02.jpg, failed' });
  await expect(failed).toBeVisible();
  await expect(failed.locator('[data-code=E_TRUNCATED]')).toContainText('The file ends too early');
  const out = join(folder, 'in Photomill');
  expect((await readdir(out)).sort()).toEqual(['photo-01.jpg', 'photo-03.jpg', 'photo-04.jpg']);
});

test('cancel answers within 2 s, leaves no partial file, and keeps what is done', async ({ folder, openApp }) => {
  const source = join(folder, 'in');
  const out = join(folder, 'in Photomill');
  const names = await makePhotos(source, 40, 1500);
  const app = await openApp();
  await openFolder(app, source);
  await addFilter(app.page, 'Gaussian blur');
  await app.page.getByRole('button', { name: /^Process / }).click();
  await expect
    .poll(async () => (existsSync(out) ? (await readdir(out)).length : 0), { timeout: 30_000 })
    .toBeGreaterThan(2);
  await app.page.waitForTimeout(300);
  const start = performance.now();
  await app.page.getByRole('button', { name: 'Cancel' }).click();
  const summary = app.page.getByRole('status', { name: 'Summary' });
  await expect(summary).toBeVisible({ timeout: 2_000 });
  expect(performance.now() - start).toBeLessThan(2_000);

  await expect(summary).toContainText('not processed');
  const left = await readdir(out);
  expect(left.length).toBeLessThan(names.length);
  for (const name of left) {
    expect(names).toContain(name);
    await expect(sharp(join(out, name), { failOn: 'truncated' }).stats()).resolves.toBeTruthy();
  }
});

test('the last folder, filters and settings come back after a restart', async ({ folder, data, openApp }) => {
  const source = join(folder, 'in');
  await makePhotos(source, 2);
  const first = await openApp();
  await openFolder(first, source);
  await addFilter(first.page, 'Grayscale');
  await first.page.getByRole('button', { name: 'Settings' }).click();
  await first.page.getByLabel('Tile size').fill('256');
  await first.page.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(async () => JSON.parse(await readFile(join(data, 'settings.json'), 'utf8')), { timeout: 10_000 })
    .toMatchObject({ tileSize: 256, last: { source, chain: [{ filter: 'grayscale' }] } });
  await first.close();

  const second = await openApp();
  await expect(fileList(second).getByRole('option', { name: /photo-01\.jpg/ })).toBeVisible();
  await expect(second.page.getByRole('article', { name: '1. Grayscale' })).toBeVisible();
  await second.page.getByRole('button', { name: 'Settings' }).click();
  await expect(second.page.getByLabel('Tile size')).toHaveValue('256');
});

test('a corrupt settings file is kept aside and told, defaults serve', async ({ data, openApp }) => {
  await writeFile(join(data, 'settings.json'), '{"tileSize": 25');
  const { page } = await openApp();
  await expect(page.getByRole('status')).toContainText('could not be read; it was kept as');
  const kept = (await readdir(data)).filter((name) => name.startsWith('settings.json.corrupt-'));
  expect(kept).toHaveLength(1);
  expect(await readFile(join(data, kept[0] ?? ''), 'utf8')).toBe('{"tileSize": 25');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByLabel('Tile size')).toHaveValue('');
});

test('the language changes at once and stays', async ({ openApp }) => {
  const first = await openApp();
  await first.page.getByRole('button', { name: 'Settings' }).click();
  await first.page.getByLabel('Language').selectOption('zh-CN');
  await first.page.getByRole('button', { name: 'Save' }).click();
  await expect(first.page.getByRole('button', { name: '设置' })).toBeVisible();
  await expect(first.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await first.close();
  const second = await openApp();
  await expect(second.page.getByRole('button', { name: '设置' })).toBeVisible();
});

test('a page that crashes comes back while the batch goes on', async ({ folder, openApp }) => {
  const source = join(folder, 'in');
  const out = join(folder, 'in Photomill');
  const names = await makePhotos(source, 30, 1200);
  const app = await openApp();
  await openFolder(app, source);
  await app.page.getByRole('button', { name: /^Process / }).click();
  await expect.poll(async () => (existsSync(out) ? (await readdir(out)).length : 0)).toBeGreaterThan(0);
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expect
    .poll(async () => (await readdir(out)).filter((name) => names.includes(name)).length, { timeout: 40_000 })
    .toBe(30);
  await expect
    .poll(() =>
      app.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("document.querySelector('main') !== null"),
      ),
    )
    .toBe(true);
});
