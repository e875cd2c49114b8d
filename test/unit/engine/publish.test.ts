import { link, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { publish, temporaryPath } from '../../../workers/pipeline/publish.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photomill-publish-'));
});

async function temporaryWith(text: string): Promise<string> {
  const path = join(folder, '.photomill-b-1.tmp');
  await writeFile(path, text);
  return path;
}

test('a free name is taken and the temporary file is gone', async () => {
  const target = join(folder, 'a.jpg');
  expect(await publish(await temporaryWith('new'), target, 'rename')).toBe(target);
  expect(await readdir(folder)).toEqual(['a.jpg']);
  expect(await readFile(target, 'utf8')).toBe('new');
  expect((await stat(target)).nlink).toBe(1);
});

test('rename takes the next free number and leaves what is there', async () => {
  await writeFile(join(folder, 'a.jpg'), 'old');
  await writeFile(join(folder, 'a-2.jpg'), 'old too');
  expect(await publish(await temporaryWith('new'), join(folder, 'a.jpg'), 'rename')).toBe(join(folder, 'a-3.jpg'));
  expect(await readFile(join(folder, 'a.jpg'), 'utf8')).toBe('old');
});

test('skip leaves what is there and no temporary file', async () => {
  await writeFile(join(folder, 'a.jpg'), 'old');
  expect(await publish(await temporaryWith('new'), join(folder, 'a.jpg'), 'skip')).toBeNull();
  expect(await readdir(folder)).toEqual(['a.jpg']);
});

test('overwrite replaces a link and never what it leads to', async () => {
  await writeFile(join(folder, 'original.jpg'), 'precious');
  await symlink(join(folder, 'original.jpg'), join(folder, 'a.jpg'));
  await publish(await temporaryWith('new'), join(folder, 'a.jpg'), 'overwrite');
  expect(await readFile(join(folder, 'original.jpg'), 'utf8')).toBe('precious');

  await link(join(folder, 'original.jpg'), join(folder, 'b.jpg'));
  await publish(await temporaryWith('newer'), join(folder, 'b.jpg'), 'overwrite');
  expect(await readFile(join(folder, 'original.jpg'), 'utf8')).toBe('precious');
});

test('many at once never share a name', async () => {
  const names = await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const temporary = join(folder, `.photomill-b-${n}.tmp`);
      await writeFile(temporary, String(n));
      return publish(temporary, join(folder, 'a.jpg'), 'rename');
    }),
  );
  expect(new Set(names).size).toBe(20);
  expect((await readdir(folder)).length).toBe(20);
});

test('the temporary file stands beside its target', () => {
  const target = { path: join(folder, 'x', 'a.jpg') };
  expect(temporaryPath({ batchId: 'b', jobId: '7' }, target)).toBe(join(folder, 'x', '.photomill-b-7.tmp'));
});
