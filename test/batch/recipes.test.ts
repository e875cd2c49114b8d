/** Several results of one decode through the real engine: each in its own folder, none undone by another's failure. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type BatchRig, createBatchRig, manifestOf, photo, temporaryFolder, treeOf } from '../helpers/batches.ts';

const RECIPES = { grey: ['grayscale'], soft: ['gaussian-blur:sigma=3'], plain: [] };

let rig: BatchRig;
let source: string;
let out: string;

beforeAll(() => {
  rig = createBatchRig();
});
afterAll(() => rig.close());
beforeEach(async () => {
  const folder = await temporaryFolder();
  source = join(folder, 'photos');
  out = join(folder, 'out');
  await mkdir(join(source, 'day 1'), { recursive: true });
});

test('every recipe gets its tree, pixel for pixel what it would be alone, and a photo has one record', async () => {
  await writeFile(join(source, 'a.png'), await photo(200, 120).png().toBuffer());
  await writeFile(join(source, 'day 1', 'b.png'), await photo(90, 70, 4).png().toBuffer());
  const before = await manifestOf(source);

  const run = await rig.run({ paths: [source], out, recipes: RECIPES, name: '{name}-{recipe}' });

  expect(run.summary).toMatchObject({ done: 2, failed: 0, skipped: 0 });
  expect(run.planned).toMatchObject({ files: 2, pixels: 3 * (200 * 120 + 90 * 70) });
  expect(run.files.find(({ index }) => index === 0)?.outputs).toEqual(
    ['grey', 'soft', 'plain'].map((recipe) => join(out, recipe, `a-${recipe}.png`)),
  );
  for (const [recipe, chain] of Object.entries(RECIPES)) {
    const alone = join(out, '..', `alone-${recipe}`);
    await rig.run({ paths: [source], out: alone, chain, name: `{name}-${recipe}` });
    expect(await manifestOf(join(out, recipe))).toEqual(await manifestOf(alone));
  }
  expect(await manifestOf(source)).toEqual(before);
});

test('a result that fails takes none of the others with it, and all that are there are listed', async () => {
  // WebP ends at 16,383 px a side.
  await writeFile(join(source, 'long.png'), await photo(16_400, 3).png().toBuffer());
  const run = await rig.run({ paths: [source], out, recipes: RECIPES, recipeFormats: { soft: 'webp' } });
  expect(run.summary).toMatchObject({ done: 0, failed: 1 });
  expect(run.files[0]).toMatchObject({
    status: 'failed',
    fault: { code: 'E_FORMAT_LIMIT' },
    outputs: [join(out, 'grey', 'long.png'), join(out, 'plain', 'long.png')],
  });
  expect(await treeOf(out)).toEqual(['grey/long.png', 'plain/long.png']);
});

test('with the rule skip, what stands stays and only what is missing is made', async () => {
  await writeFile(join(source, 'a.png'), await photo(60, 40).png().toBuffer());
  await mkdir(join(out, 'grey'), { recursive: true });
  await writeFile(join(out, 'grey', 'a.png'), 'someone else wrote this');
  const options = { paths: [source], out, recipes: RECIPES, onConflict: 'skip' } as const;
  const first = await rig.run(options);
  expect(first.files[0]).toMatchObject({
    status: 'done',
    outputs: [join(out, 'soft', 'a.png'), join(out, 'plain', 'a.png')],
    notices: [{ code: 'N_STANDS', detail: { path: join(out, 'grey', 'a.png') } }],
  });
  expect(await readFile(join(out, 'grey', 'a.png'), 'utf8')).toBe('someone else wrote this');
  const second = await rig.run(options);
  expect(second.files[0]).toMatchObject({ status: 'skipped', fault: { code: 'E_EXISTS' }, outputs: [] });
});

test('an engine that dies between two results makes none of them twice', async () => {
  await writeFile(join(source, 'a.jpg'), await photo(1500, 1000).jpeg().toBuffer());
  const recipes = { first: [], second: ['gaussian-blur:sigma=80'], third: ['gaussian-blur:sigma=60'] };
  const stop = rig.engine.onPublished(({ planned }) => {
    if (planned === join(out, 'first', 'a.jpg')) rig.engine.kill('the test pulled the plug');
  });
  const run = await rig.run({ paths: [source], out, recipes });
  stop();
  expect(run.files[0]).toMatchObject({ status: 'done', fault: null });
  expect(await treeOf(out)).toEqual(['first/a.jpg', 'second/a.jpg', 'third/a.jpg']);
  for (const name of await treeOf(out)) await sharp(join(out, name), { failOn: 'warning' }).stats();
});

test('geometry makes the result and its name, and each variant its own', async () => {
  await writeFile(join(source, 'a.png'), await photo(300, 200).png().toBuffer());
  const recipes = {
    web: ['resize:by=longest,size=150', 'unsharp-mask:sigma=0.6'],
    square: ['grayscale', 'crop:ratio=1:1', 'rotate:angle=90'],
    whole: [],
  };
  const run = await rig.run({ paths: [source], out, recipes, name: '{name}-{width}x{height}' });
  expect(run.summary).toMatchObject({ done: 1, failed: 0 });
  const tree = await treeOf(out);
  expect(tree).toEqual(['square/a-200x200.png', 'web/a-150x100.png', 'whole/a-300x200.png']);
  for (const name of tree) {
    const { width, height } = await sharp(join(out, name)).metadata();
    expect(name).toContain(`${width}x${height}`);
  }
});
