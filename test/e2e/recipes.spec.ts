/** Recipes in the real window: taken over, saved, exported, imported, deleted, and several of them in one batch. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { isGrey, makePhotos } from '../helpers/photos.ts';
import { processAll, test } from '../helpers/window.ts';

const list = (page: Page) => page.getByRole('region', { name: 'Recipes' });
const steps = (page: Page) => page.getByRole('region', { name: 'Filters' }).locator('.step-title');

test('several recipes are made of one photo, and a chain is kept as one', async ({ folder, data, openApp }) => {
  const source = join(folder, 'in');
  const out = join(folder, 'in Photomill');
  const names = await makePhotos(source, 2, 400);
  const app = await openApp();
  const { page } = app;
  await app.answerDialogs([source]);
  await page.getByRole('button', { name: 'Open folder…' }).first().click();
  const recipes = list(page);
  await recipes.getByRole('button', { name: 'Recipes', exact: true }).click();

  await recipes.getByRole('button', { name: 'Use the filters of Black and white' }).click();
  await expect(steps(page).first()).toHaveText('Grayscale');
  await recipes.getByRole('button', { name: 'Use the filters of Web size' }).click();
  await expect(steps(page).first()).toHaveText('Resize');
  await recipes.getByRole('button', { name: 'Undo' }).click();
  await expect(steps(page).first()).toHaveText('Grayscale');

  await recipes.getByRole('button', { name: 'Save filters as a recipe' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('My look');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const mine = recipes.getByRole('checkbox', { name: 'Make My look of every photo' });
  await expect(mine).toBeVisible();
  const saved = join(data, 'recipes', 'my-look.json');
  expect(JSON.parse(await readFile(saved, 'utf8'))).toMatchObject({ version: 1, id: 'my-look', name: 'My look' });

  await mine.check();
  await recipes.getByRole('checkbox', { name: 'Make Crisp of every photo' }).check();
  await expect(recipes).toContainText('2 results of each photo');
  await processAll(page);
  expect((await readdir(out)).sort()).toEqual(['crisp', 'my-look']);
  for (const recipe of ['crisp', 'my-look']) expect((await readdir(join(out, recipe))).sort()).toEqual(names);
  expect(await isGrey(join(out, 'my-look', names[0] ?? ''))).toBe(true);
  expect((await sharp(join(out, 'crisp', names[0] ?? '')).metadata()).width).toBe(400);

  await app.answerDialogs([folder]);
  await mine.hover();
  await recipes.getByRole('button', { name: 'Export My look' }).click();
  await expect(recipes).toContainText('my-look.json');
  await recipes.getByRole('button', { name: 'Delete My look' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(mine).toHaveCount(0);

  await recipes.locator('input[type=file]').setInputFiles(join(folder, 'my-look.json'));
  await expect(mine).toBeVisible();
  await writeFile(join(folder, 'evil.json'), '{"version": 1, "__proto__": {"polluted": true}}');
  await recipes.locator('input[type=file]').setInputFiles(join(folder, 'evil.json'));
  await expect(page.getByText('The recipe is wrong at __proto__')).toBeVisible();
  expect(app.complaints).toEqual([]);
});
