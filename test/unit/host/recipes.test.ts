/** The book of recipes on a real disk: what is saved comes back, nothing is written over, and no stranger's file breaks it. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openRecipes, type RecipeBook, readRecipeFile, variantsOf } from '../../../main/recipes.ts';
import type { OutputSpec } from '../../../preload/contract.ts';
import { FILTERS } from '../../../workers/filters/catalogue.ts';
import { infoOf } from '../../../workers/filters/define.ts';
import { freshFolder, makePipe } from '../../helpers/folders.ts';

const filters = FILTERS.map(infoOf);
const steps = [{ filter: 'grayscale', params: {}, enabled: true }];
let folder: string;
let book: RecipeBook;
const ids = async () => (await book.list()).recipes.filter(({ builtIn }) => !builtIn).map(({ recipe }) => recipe.id);

beforeEach(() => {
  folder = path.join(freshFolder(), 'recipes');
  book = openRecipes(folder, async () => filters);
});

test('built-in ones are there without a folder, each with filters and values this version takes', async () => {
  const { recipes, broken } = await book.list();
  expect(broken).toEqual([]);
  expect(recipes.map(({ recipe }) => recipe.id)).toEqual(expect.arrayContaining(['black-and-white', 'crisp']));
  for (const { recipe, label } of recipes) {
    expect(label['zh-CN']).toMatch(/\p{Script=Han}/u);
    await expect(book.import(JSON.stringify(recipe))).resolves.toMatchObject({ recipe: { steps: recipe.steps } });
  }
});

test('what is saved comes back, under a name of its own', async () => {
  await book.save({ name: 'Rough Sketch!', steps, output: { quality: 70 } });
  await book.save({ name: 'Rough sketch', steps, output: {} });
  await book.save({ name: '草图', steps, output: {} });
  await book.save({ name: 'Crisp', steps, output: {} });
  expect(await ids()).toEqual(['crisp-2', 'recipe', 'rough-sketch-2', 'rough-sketch']);
  expect(await book.find('rough-sketch')).toMatchObject({ name: 'Rough Sketch!', steps, output: { quality: 70 } });
  await book.save({ id: 'rough-sketch', name: 'Finer', steps, output: {} });
  expect(await book.find('rough-sketch')).toMatchObject({ name: 'Finer' });
  await book.delete('rough-sketch');
  await expect(book.find('rough-sketch')).rejects.toMatchObject({ code: 'E_NO_RECIPE' });
  await expect(book.delete('crisp')).rejects.toMatchObject({ code: 'E_NO_RECIPE' });
  expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
});

test('one of your own stands for the built-in one of its id until it is deleted', async () => {
  await book.save({ id: 'crisp', name: 'Mine', steps, output: {} });
  expect(await book.find('crisp')).toMatchObject({ name: 'Mine' });
  await book.delete('crisp');
  expect(await book.find('crisp')).toMatchObject({ name: 'Crisp' });
});

test('an import never replaces one', async () => {
  const text = JSON.stringify({ version: 1, id: 'mine', name: 'Mine', steps: [{ filter: 'grayscale' }] });
  await book.import(text);
  await book.import(text);
  expect(await ids()).toEqual(['mine-2', 'mine']);
  for (const name of ['/etc/{name}', '../{name}', '\\\\server\\share\\{name}', 'C:{name}', '{title}']) {
    const evil = JSON.stringify({ ...JSON.parse(text), output: { name } });
    await expect(book.import(evil)).rejects.toMatchObject({ code: 'E_RECIPE', detail: { place: 'output.name' } });
  }
  expect(await ids()).toEqual(['mine-2', 'mine']);
});

test('an export writes beside what is there', async () => {
  const place = freshFolder();
  await expect(book.export('crisp', place)).resolves.toBe(path.join(place, 'crisp.json'));
  await expect(book.export('crisp', place)).resolves.toBe(path.join(place, 'crisp-2.json'));
  expect(await readRecipeFile(path.join(place, 'crisp-2.json'), filters)).toEqual(await book.find('crisp'));
  await expect(book.export('crisp', '/nowhere/at/all')).rejects.toMatchObject({ code: 'E_WRITE' });
});

test('files that are no recipes are named and stay as they are', async () => {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'a.json'), '{');
  makePipe(path.join(folder, 'pipe.json'));
  mkdirSync(path.join(folder, 'folder.json'));
  symlinkSync('/dev/zero', path.join(folder, 'zero.json'));
  writeFileSync(path.join(folder, 'huge.json'), '');
  truncateSync(path.join(folder, 'huge.json'), 100 * 2 ** 20);
  writeFileSync(path.join(folder, 'good.json'), JSON.stringify({ version: 1, id: 'good', name: 'Good', steps }));
  writeFileSync(path.join(folder, 'twin.json'), JSON.stringify({ version: 1, id: 'good', name: 'Twin', steps }));
  const { broken } = await book.list();
  expect(await ids()).toEqual(['good']);
  expect(broken.map(({ file, fault }) => [path.basename(file), fault.code])).toEqual(
    ['a.json', 'folder.json', 'huge.json', 'pipe.json', 'twin.json', 'zero.json'].map((name) => [name, 'E_RECIPE']),
  );
  await book.save({ name: 'a', steps, output: {} });
  expect(readFileSync(path.join(folder, 'a.json'), 'utf8')).toBe('{');
  await expect(readRecipeFile('/nowhere.json', filters)).rejects.toMatchObject({ code: 'E_NO_SOURCE' });
});

test("a recipe's own output settings come before the defaults, what is given before both", () => {
  const defaults: OutputSpec = {
    ...{ folder: '/out', format: 'keep', quality: 90, depth: 'keep', name: '{name}', onConflict: 'rename' },
  };
  const recipe = { version: 1, id: 'web', name: 'Web', steps, output: { format: 'webp', quality: 70 } } as const;
  const variants = variantsOf([recipe, { ...recipe, output: {} }], defaults, { quality: 50, format: undefined });
  expect(variants.map(({ recipe: name, output }) => [name, output])).toEqual([
    ['web', { ...defaults, folder: path.join('/out', 'web'), format: 'webp', quality: 50 }],
    ['web.2', { ...defaults, folder: path.join('/out', 'web.2'), quality: 50 }],
  ]);
});
