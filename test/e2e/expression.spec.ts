/** A formula in the window: where it stops making sense is told as one types, and what is right makes the photos. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { makePhotos } from '../helpers/photos.ts';
import { openChromium, serve } from '../helpers/serve.ts';
import { addFilter, processAll, test } from '../helpers/window.ts';

test('a formula is checked as it is typed, then used', async ({ folder, data }) => {
  const source = join(folder, 'in');
  const names = await makePhotos(source, 1);
  const serving = await serve(data, folder);
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    await page.goto(serving.url);
    await page.getByRole('button', { name: 'Open folder…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a folder of photos' });
    await dialog.getByRole('button', { name: folder, exact: true }).click();
    await dialog.getByRole('button', { name: 'in', exact: true }).click();
    await dialog.getByRole('button', { name: 'Open this folder' }).click();
    await addFilter(page, 'Expression');

    const red = page.getByRole('textbox', { name: 'Expression: Red' });
    await expect(red).toHaveValue('r');
    await red.fill('max(r, g) * (1 - ');
    const told = page.getByRole('alert').filter({ hasText: 'Formula r, column 18' });
    await expect(told).toBeVisible();
    await expect(red).toHaveAttribute('aria-invalid', 'true');
    await red.fill('max(r, g) * (1 - b)');
    await expect(told).toHaveCount(0);
    await expect(red).toHaveAttribute('aria-invalid', 'false');

    await processAll(page);
    await expect(page.getByRole('status', { name: 'Summary' })).toContainText('1 done');
    expect(await readdir(join(folder, 'in Photomill'))).toEqual(names);
  } finally {
    await browser.close();
    await serving.stop();
  }
});
