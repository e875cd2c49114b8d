/**
 * Whole batches through the real engine process: what a folder becomes, whatever lies in it and whatever happens meanwhile.
 * After every one the invariants hold: sources untouched, one record a file, no half files, no litter.
 */
import { execFileSync } from 'node:child_process';
import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BatchRig, createBatchRig, manifestOf, photo, temporaryFolder, treeOf } from '../helpers/batches.ts';

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
  await mkdir(source);
});

test('a tree of photos becomes the same tree of results, and the originals stay as they were', async () => {
  await mkdir(join(source, 'day 1', 'noon'), { recursive: true });
  await writeFile(join(source, 'a.jpg'), await photo(320, 200).jpeg().toBuffer());
  await writeFile(join(source, 'day 1', 'b.png'), await photo(100, 150).png().toBuffer());
  await writeFile(join(source, 'day 1', 'noon', 'c.webp'), await photo(64, 64).webp().toBuffer());
  await writeFile(join(source, 'd.tif'), await photo(90, 70).tiff().toBuffer());
  await writeFile(join(source, 'e.avif'), await photo(128, 96).avif().toBuffer());
  const before = await manifestOf(source);

  const run = await rig.run({ paths: [source], out, chain: ['grayscale', 'gaussian-blur:sigma=1.4'] });

  expect(run.summary).toMatchObject({ done: 5, failed: 0, skipped: 0, cancelled: 0 });
  expect(run.planned).toMatchObject({ files: 5, pixels: 320 * 200 + 100 * 150 + 64 * 64 + 90 * 70 + 128 * 96 });
  expect(await treeOf(out)).toEqual(['a.jpg', 'd.tif', 'day 1/b.png', 'day 1/noon/c.webp', 'e.avif']);
  for (const [name, size] of [
    ['a.jpg', [320, 200]],
    ['d.tif', [90, 70]],
    ['e.avif', [128, 96]],
  ] as const) {
    const { width, height } = await sharp(join(out, name), { failOn: 'warning' }).metadata();
    expect([width, height]).toEqual(size);
  }
  expect(await manifestOf(source)).toEqual(before);
});

test('what is no photo gets a code each, and all others go on', async () => {
  const good = await photo(400, 300).jpeg().toBuffer();
  await writeFile(join(source, 'good.jpg'), good);
  await writeFile(join(source, 'cut.jpg'), good.subarray(0, good.length / 2));
  await writeFile(join(source, 'empty.jpg'), '');
  await writeFile(join(source, 'page.jpg'), '<html>no photo</html>');
  await writeFile(join(source, 'notes.txt'), 'a text among photos');
  await writeFile(join(source, '.hidden.jpg'), good);
  await writeFile(join(source, 'huge.png'), await bombHeader());
  execFileSync('mkfifo', [join(source, 'pipe.jpg')]);
  await symlink('/etc/hostname', join(source, 'away.jpg'));

  const run = await rig.run({ paths: [source], out });
  const codes = Object.fromEntries(
    run.files.map((file) => [file.source.slice(source.length + 1), [file.status, file.fault?.code]]),
  );
  expect(codes).toEqual({
    'good.jpg': ['done', undefined],
    'cut.jpg': ['failed', 'E_TRUNCATED'],
    'empty.jpg': ['failed', 'E_EMPTY'],
    'page.jpg': ['failed', 'E_NOT_IMAGE'],
    'notes.txt': ['skipped', 'E_NOT_IMAGE'],
    '.hidden.jpg': ['skipped', 'E_HIDDEN'],
    'huge.png': ['failed', 'E_BOMB'],
    'pipe.jpg': ['skipped', 'E_NOT_FILE'],
    'away.jpg': ['skipped', 'E_LINK_OUTSIDE'],
  });
  expect(await treeOf(out)).toEqual(['good.jpg']);
});

test('tile size and workers never change a pixel', async () => {
  for (const [n, size] of [
    [1, 700],
    [2, 333],
  ] as const) {
    await writeFile(
      join(source, `${n}.png`),
      await photo(size, size + 11)
        .png()
        .toBuffer(),
    );
  }
  const chain = ['gaussian-blur:sigma=3', 'unsharp-mask:sigma=1.2,amount=0.8', 'grayscale'];
  const results: Record<string, string>[] = [];
  for (const [tileSize, workers] of [
    [64, 1],
    [100, 2],
    [512, 5],
    [4096, 2],
  ] as const) {
    const place = join(out, `${tileSize}-${workers}`);
    const { summary } = await rig.run({ paths: [source], out: place, chain, tileSize, workers });
    expect(summary.done).toBe(2);
    results.push(await manifestOf(place));
  }
  for (const result of results) expect(result).toEqual(results[0]);
});

test('two sources of one name in one format get two results', async () => {
  await writeFile(join(source, 'a.jpg'), await photo(30, 20).jpeg().toBuffer());
  await writeFile(join(source, 'a.png'), await photo(30, 20).png().toBuffer());
  await rig.run({ paths: [source], out, format: 'webp' });
  expect(await treeOf(out)).toEqual(['a-2.webp', 'a.webp']);
});

test('an output folder inside the source is never a source', async () => {
  await writeFile(join(source, 'a.jpg'), await photo(30, 20).jpeg().toBuffer());
  const inside = join(source, 'results');
  for (const round of [1, 2]) {
    const { summary, files } = await rig.run({ paths: [source], out: inside });
    expect(summary.done).toBe(1);
    expect(files.filter(({ status }) => status === 'failed')).toEqual([]);
    expect((await readdir(inside)).length).toBe(round);
  }
});

describe('no source is ever written over', () => {
  test.each(['symlink', 'hardlink'])('when the target is a %s to one', async (kind) => {
    const original = join(source, 'a.jpg');
    await writeFile(original, await photo(60, 40).jpeg().toBuffer());
    await mkdir(out);
    await (kind === 'symlink' ? symlink : link)(original, join(out, 'a.jpg'));
    const before = await manifestOf(source);
    const { files } = await rig.run({ paths: [source], out, onConflict: 'overwrite' });
    expect(files[0]).toMatchObject({ status: 'failed', fault: { code: 'E_OUTPUT_IS_SOURCE' } });
    expect(await manifestOf(source)).toEqual(before);
  });

  test('when the output folder is a link to the source', async () => {
    await writeFile(join(source, 'a.jpg'), await photo(60, 40).jpeg().toBuffer());
    await symlink(source, out);
    const before = await manifestOf(source);
    await expect(rig.run({ paths: [source], out, onConflict: 'overwrite' })).rejects.toMatchObject({
      code: 'E_OUTPUT_IS_SOURCE',
    });
    expect(await manifestOf(source)).toEqual(before);
  });
});

describe('what stands at a target already', () => {
  beforeEach(async () => {
    await writeFile(join(source, 'a.jpg'), await photo(60, 40).jpeg().toBuffer());
    await mkdir(out);
    await writeFile(join(out, 'a.jpg'), 'someone else wrote this');
  });

  test('stays with rename', async () => {
    await rig.run({ paths: [source], out, onConflict: 'rename' });
    expect(await treeOf(out)).toEqual(['a-2.jpg', 'a.jpg']);
    expect(await readFile(join(out, 'a.jpg'), 'utf8')).toBe('someone else wrote this');
  });
  test('stays with skip, and the file says why', async () => {
    const { files } = await rig.run({ paths: [source], out, onConflict: 'skip' });
    expect(files[0]).toMatchObject({ status: 'skipped', fault: { code: 'E_EXISTS' } });
  });
  test('goes with overwrite', async () => {
    await rig.run({ paths: [source], out, onConflict: 'overwrite' });
    expect((await sharp(join(out, 'a.jpg')).metadata()).width).toBe(60);
  });
});

test('cancel answers within 2 s, leaves no partial file and a record for every photo', async () => {
  const big = await photo(3000, 2000).jpeg().toBuffer();
  for (let n = 0; n < 12; n++) await writeFile(join(source, `${n}.jpg`), big);
  const controller = new AbortController();
  let cancelledAt = 0;
  const run = await rig.run({
    paths: [source],
    out,
    chain: ['gaussian-blur:sigma=8'],
    format: 'avif',
    signal: controller.signal,
    onProgress: ({ working }) => {
      if (working.length === 0 || cancelledAt > 0) return;
      cancelledAt = performance.now();
      controller.abort();
    },
  });
  expect(performance.now() - cancelledAt).toBeLessThan(2000);
  const { done, cancelled, failed } = run.summary;
  expect({ total: done + cancelled, failed }).toEqual({ total: 12, failed: 0 });
  expect(cancelled).toBeGreaterThan(0);
  expect((await treeOf(out)).length).toBe(done);
});

test('when the engine dies in the middle, it is started again and every photo is done once', async () => {
  const big = await photo(1500, 1000).jpeg().toBuffer();
  for (let n = 0; n < 6; n++) await writeFile(join(source, `${n}.jpg`), big);
  let killed = false;
  const run = await rig.run({
    paths: [source],
    out,
    chain: ['gaussian-blur:sigma=8'],
    // Half a second a photo, so that one is always in work when progress is told.
    format: 'avif',
    onProgress: ({ working }) => {
      if (killed || working.length === 0) return;
      killed = true;
      rig.engine.kill('the test pulled the plug');
    },
  });
  expect(killed).toBe(true);
  expect(run.summary).toMatchObject({ done: 6, failed: 0 });
  expect((await treeOf(out)).length).toBe(6);
  for (const name of await treeOf(out)) await sharp(join(out, name), { failOn: 'warning' }).stats();
});

test('a memory budget smaller than one photo runs them one by one', async () => {
  const big = await photo(1200, 900).jpeg().toBuffer();
  for (let n = 0; n < 4; n++) await writeFile(join(source, `${n}.jpg`), big);
  const { summary, mostAtOnce } = await rig.run({
    paths: [source],
    out,
    workers: 2,
    memoryBytes: 2 ** 20,
    chain: ['gaussian-blur:sigma=20'],
  });
  expect(summary.done).toBe(4);
  expect(mostAtOnce).toBeLessThanOrEqual(1);
});

test('a folder with nothing in it is done at once', async () => {
  const { summary } = await rig.run({ paths: [source], out });
  expect(summary).toMatchObject({ done: 0, failed: 0, skipped: 0, cancelled: 0 });
});

/** A PNG whose header claims more pixels than any limit, in a few bytes. */
async function bombHeader(): Promise<Buffer> {
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const { crc32 } = await import('node:zlib');
  png.writeUInt32BE(200_000, 16);
  png.writeUInt32BE(200_000, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}
