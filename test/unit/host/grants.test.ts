import { mkdir, mkdtemp, realpath, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { createGrants, type Grants } from '../../../main/grants.ts';

let base: string;
let grants: Grants;
beforeEach(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'photomill-grants-')));
  await mkdir(join(base, 'photos', 'day 1'), { recursive: true });
  await mkdir(join(base, 'private'));
  await writeFile(join(base, 'private', 'key'), 'secret');
  grants = createGrants();
  await grants.grant(join(base, 'photos'));
});

const refused = { code: 'E_NOT_GRANTED' };

test('a granted folder, what is below it, and what is not there yet', async () => {
  await grants.check(join(base, 'photos'));
  await grants.check(join(base, 'photos', 'day 1'));
  await grants.check(join(base, 'photos', 'results', 'new'));
});

test.each([
  ['beside it', 'private/key'],
  ['up and over', 'photos/../private/key'],
  ['a longer name', 'photos-of-others'],
  ['its parent', '.'],
])('refuses %s', async (_, path) => {
  await expect(grants.check(join(base, path))).rejects.toMatchObject(refused);
});

test('refuses what a link leads out to', async () => {
  await symlink(join(base, 'private'), join(base, 'photos', 'door'));
  await expect(grants.check(join(base, 'photos', 'door', 'key'))).rejects.toMatchObject(refused);
});

test('refuses a link that leads out to what is not there yet', async () => {
  await symlink(join(base, 'private', 'later'), join(base, 'photos', 'door'));
  await expect(grants.check(join(base, 'photos', 'door'))).rejects.toMatchObject(refused);
  await expect(grants.check(join(base, 'photos', 'door', 'deep'))).rejects.toMatchObject(refused);
});

test('a link may be granted, and means where it leads', async () => {
  await symlink(join(base, 'private'), join(base, 'way'));
  await grants.grant(join(base, 'way'));
  await grants.check(join(base, 'private', 'key'));
});

test('links in a ring are refused and end', async () => {
  await symlink(join(base, 'photos', 'b'), join(base, 'photos', 'a'));
  await symlink(join(base, 'photos', 'a'), join(base, 'photos', 'b'));
  await expect(grants.check(join(base, 'photos', 'a'))).rejects.toMatchObject(refused);
});
