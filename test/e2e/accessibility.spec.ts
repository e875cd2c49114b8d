/** Every state of the window against axe's rules of WCAG 2.2 A and AA. */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { makePhotos, truncateHalf } from '../helpers/photos.ts';
import { addFilter, processAll, test } from '../helpers/window.ts';

async function violations(page: Page): Promise<string[]> {
  // Legacy mode: the other opens a second page, which Electron's driver does not do.
  const { violations: found } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    // Experimental in axe: it wants a row's size in its name; a row is called by file name and state, size is beside it.
    .disableRules(['label-content-name-mismatch'])
    .analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

test('empty, working, failed and settings states hold', async ({ folder, openApp }) => {
  const source = join(folder, 'in');
  await makePhotos(source, 3);
  await truncateHalf(join(source, 'photo-02.jpg'));
  const app = await openApp();
  expect(await violations(app.page)).toEqual([]);
  await app.answerDialogs([source]);
  await app.page.getByRole('button', { name: 'Open folder…' }).click();
  await addFilter(app.page, 'Gaussian blur');
  await expect(app.page.getByRole('article', { name: '1. Gaussian blur' })).toBeVisible();
  expect(await violations(app.page)).toEqual([]);
  await app.page.getByRole('button', { name: 'Recipes', exact: true }).click();
  await expect(app.page.getByRole('checkbox', { name: 'Make Crisp of every photo' })).toBeVisible();
  expect(await violations(app.page)).toEqual([]);
  await processAll(app.page);
  await app.page.getByRole('button', { name: 'Show the failed one' }).click();
  expect(await violations(app.page)).toEqual([]);
  await app.page.getByRole('button', { name: 'Settings' }).click();
  await expect(app.page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  expect(await violations(app.page)).toEqual([]);
});
