/** F96: looking around in folders stays below the roots, however a place is named. */
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFolders, defaultRoots, type Folders } from '../../main/serve/folders.ts';
import { appContract } from '../../preload/contract.ts';

let base: string;
let photos: string;
let folders: Folders;

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'photomill-folders-')));
  photos = join(base, 'photos');
  await mkdir(join(photos, 'Trip 10', 'raw'), { recursive: true });
  await mkdir(join(photos, 'Trip 9'));
  await mkdir(join(photos, '.hidden'));
  await mkdir(join(base, 'photos-private'));
  for (const name of [
    'b.JPG',
    'a.png',
    'IMG_10.jpeg',
    'IMG_9.jpeg',
    '.c.jpg',
    '._d.jpg',
    'notes.txt',
    'Thumbs.db',
    'é照片.tif',
  ])
    await writeFile(join(photos, name), '');
  await writeFile(join(base, 'secret.jpg'), '');
  await symlink(join(base, 'photos-private'), join(photos, 'link out'));
  await symlink('/', join(photos, 'link to everything'));
  await symlink(join(photos, 'Trip 9'), join(photos, 'link in'));
  await symlink(join(photos, 'nowhere'), join(photos, 'link to nothing'));
  await symlink(photos, join(photos, 'ring'));
  await symlink(photos, join(base, 'root link'));
  folders = createFolders([photos]);
});
afterAll(() => rm(base, { recursive: true }));

describe('a listing', () => {
  it('has folders first, then pictures, in natural order, nothing hidden', async () => {
    const listing = await folders.list(photos);
    expect(listing.path).toBe(photos);
    expect(listing.entries.map(({ name, isFolder }) => `${name}${isFolder ? '/' : ''}`)).toEqual([
      ...['link in/', 'ring/', 'Trip 9/', 'Trip 10/'],
      ...['a.png', 'b.JPG', 'é照片.tif', 'IMG_9.jpeg', 'IMG_10.jpeg'],
    ]);
    expect(appContract.requests['folder.list'].result.parse(listing)).toEqual(listing);
  });

  it('knows the way up, and where it ends', async () => {
    expect((await folders.list(join(photos, 'Trip 10', 'raw'))).parent).toBe(join(photos, 'Trip 10'));
    expect((await folders.list(join(photos, 'Trip 10'))).parent).toBe(photos);
    expect((await folders.list(photos)).parent).toBeNull();
    const nested = createFolders([base, photos]);
    expect((await nested.list(photos)).parent).toBeNull();
    expect((await nested.list(join(photos, 'Trip 9'))).parent).toBe(photos);
  });

  it('shows a link where it leads, so that no ring is endless', async () => {
    expect((await folders.list(join(photos, 'link in'))).path).toBe(join(photos, 'Trip 9'));
    expect((await folders.list(join(photos, 'ring', 'ring', 'ring'))).path).toBe(photos);
  });

  it('starts at the roots that are there', async () => {
    const listing = await createFolders([photos, join(base, 'gone'), join(base, 'secret.jpg'), photos]).list(null);
    expect(listing).toEqual({ path: null, parent: null, entries: [{ name: photos, path: photos, isFolder: true }] });
  });

  it('takes a root that is a link, by its own name as well', async () => {
    const linked = createFolders([join(base, 'root link')]);
    for (const path of [join(base, 'root link'), join(base, 'root link', 'Trip 9'), photos])
      expect((await linked.list(path)).path).toMatch(new RegExp(`^${photos}`));
    await expect(linked.list(base)).rejects.toMatchObject({ code: 'E_NOT_GRANTED' });
  });
});

describe('a place outside the roots', () => {
  const outside = () => [
    base,
    '/',
    '/etc',
    '/etc/shadow',
    '/proc/self/root',
    '/no/such/place',
    '',
    '.',
    '..',
    'photos',
    './photos',
    '~',
    '~/photos',
    `${photos}/..`,
    `${photos}/../photos-private`,
    `${photos}-private`,
    `${photos}/Trip 9/../../..`,
    `${photos}/ring/../../secret.jpg`,
    `${photos}/../../../../../../../../etc`,
    `${photos}/link out`,
    `${photos}/link to everything`,
    `${photos}/link to everything/etc`,
    `${photos}\0`,
    `${photos}\0/../..`,
    `\0${photos}`,
    `file://${photos}`,
    `\\\\server\\share`,
    `//server/share`,
    `C:\\Windows`,
    `${photos}/${'x/'.repeat(3000)}`,
    '/etc/passwd%00.jpg',
    `/proc/self/cwd`,
  ];

  it('is refused, there or not', async () => {
    for (const path of outside()) {
      const outcome = await folders.list(path).catch((error: unknown) => error);
      expect([path, outcome]).toEqual([path, expect.objectContaining({ code: 'E_NOT_GRANTED' })]);
    }
  });
});

describe('a place inside that cannot be listed', () => {
  it('is told by its own fault', async () => {
    for (const name of ['none', 'a.png', 'a.png/x', 'link to nothing'])
      await expect(folders.list(join(photos, name))).rejects.toMatchObject({ code: 'E_NO_SOURCE' });
  });

  it.skipIf(process.getuid?.() === 0)('may be one that nobody may read', async () => {
    const closed = join(photos, 'Trip 10', 'closed');
    await mkdir(closed);
    await chmod(closed, 0);
    await expect(folders.list(closed)).rejects.toMatchObject({ code: 'E_ACCES' });
    await rm(closed, { recursive: true });
  });
});

describe('the roots by themselves', () => {
  it('are places of this user, never a whole disk', async () => {
    const roots = await defaultRoots();
    expect(roots).toContain(await realpath(tmpdir()));
    const cwd = await realpath(process.cwd());
    const home = await realpath(homedir());
    for (const root of [cwd, dirname(cwd), home]) if (root !== parse(root).root) expect(roots).toContain(root);
    expect(roots).not.toContain('/');
    expect(new Set(roots).size).toBe(roots.length);
  });
});
