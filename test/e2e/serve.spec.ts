/** The same app in a browser: `photomill serve`, a folder chosen in the page's own list, finished photos on disk. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { hashes, isGrey, makePhotos } from '../helpers/photos.ts';
import { openChromium, serve } from '../helpers/serve.ts';
import { addFilter, processAll, test } from '../helpers/window.ts';

test('a folder is chosen, processed and finished in Chromium', async ({ folder, data }) => {
  const source = join(folder, 'in');
  const names = await makePhotos(source, 4);
  const before = await hashes(source);
  const serving = await serve(data, folder);
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(serving.url);
    await page.getByRole('button', { name: 'Open folder…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a folder of photos' });
    await dialog.getByRole('button', { name: folder, exact: true }).click();
    await dialog.getByRole('button', { name: 'in', exact: true }).click();
    await expect(dialog.getByRole('list', { name: 'Folder contents' })).toContainText('photo-01.jpg');
    await dialog.getByRole('button', { name: 'Open this folder' }).click();
    await expect(page.getByRole('listbox', { name: 'Files' })).toBeVisible();
    await addFilter(page, 'Grayscale');
    await processAll(page);
    await expect(page.getByRole('status', { name: 'Summary' })).toContainText('4 done');

    const out = join(folder, 'in Photomill');
    expect((await readdir(out)).sort()).toEqual(names);
    for (const name of names) expect(await isGrey(join(out, name))).toBe(true);
    expect(await hashes(source)).toEqual(before);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    await serving.stop();
  }
});

test('without its token the page says that it is not connected', async ({ folder, data }) => {
  const serving = await serve(data, folder);
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    await page.goto(serving.url.replace(/#.*/, ''));
    await expect(page.getByRole('alertdialog', { name: 'Connection lost' })).toBeVisible();
  } finally {
    await browser.close();
    await serving.stop();
  }
});

test('Ctrl-C ends it', async ({ folder, data }) => {
  const serving = await serve(data, folder);
  expect(await serving.stop()).toBe(0);
});
