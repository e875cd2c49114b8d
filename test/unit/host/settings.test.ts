import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openNodeStore } from '../../../main/node/settings-store.ts';
import { dataFolder } from '../../../main/paths.ts';
import { DEFAULT_SETTINGS, openSettings, resolveSettings, type SettingsStore } from '../../../main/settings.ts';
import type { Notice } from '../../../preload/contract.ts';
import { freshFolder } from '../../helpers/folders.ts';

const open = (folder: string) => openSettings(folder, openNodeStore);
const written = (folder: string): unknown => JSON.parse(readFileSync(path.join(folder, 'settings.json'), 'utf8'));

it('starts with defaults and remembers what was changed', () => {
  const folder = path.join(freshFolder(), 'new');
  const book = open(folder);
  expect(book.read()).toEqual(DEFAULT_SETTINGS);
  expect(book.notices).toEqual([]);
  const last = {
    source: '/photos',
    chain: [{ filter: 'grayscale', params: {}, enabled: true }],
    output: { quality: 80 },
  };
  expect(book.change({ workers: 3, tileSize: undefined, last })).toEqual({ ...DEFAULT_SETTINGS, workers: 3, last });
  expect(open(folder).read()).toEqual({ ...DEFAULT_SETTINGS, workers: 3, last });
});

describe('a broken file (F80)', () => {
  it.each([
    ['cut off', '{"workers": 3, "tileS'],
    ['empty', ''],
    ['NUL bytes', '\0'.repeat(512)],
    ['a byte order mark', '\ufeff{"workers": 3}'],
    ['an array', '[{"workers": 3}]'],
    ['null', 'null'],
    ['a number', '3'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('%s is set aside whole and told, and defaults serve', (_, contents) => {
    const folder = freshFolder();
    writeFileSync(path.join(folder, 'settings.json'), contents);
    const book = open(folder);
    expect(book.read()).toEqual(DEFAULT_SETTINGS);
    expect(book.notices.map(({ code }) => code)).toEqual(['N_SETTINGS_SET_ASIDE']);
    const aside = String(book.notices[0]?.detail.path);
    expect(path.basename(aside)).toMatch(/^settings\.json\.corrupt-\d{4}-/);
    expect(readFileSync(aside)).toEqual(Buffer.from(contents));
    book.change({ workers: 5 });
    const next = open(folder);
    expect([next.read().workers, next.notices]).toEqual([5, []]);
  });

  it('one bad value costs only itself, is kept in a copy and is told once', () => {
    const folder = freshFolder();
    const contents = JSON.stringify({ workers: -1, tileSize: 256, language: 'zh-CN', later: { kept: true } });
    writeFileSync(path.join(folder, 'settings.json'), contents);
    const book = open(folder);
    expect(book.read()).toEqual({ ...DEFAULT_SETTINGS, tileSize: 256, language: 'zh-CN' });
    expect(book.notices.map(({ code }) => code)).toEqual(['N_SETTINGS_SET_ASIDE']);
    expect(readFileSync(String(book.notices[0]?.detail.path), 'utf8')).toBe(contents);
    expect(written(folder)).toMatchObject({ later: { kept: true } });
    expect(open(folder).notices).toEqual([]);
  });

  it('never reaches the prototype', () => {
    const folder = freshFolder();
    writeFileSync(path.join(folder, 'settings.json'), '{"__proto__": {"workers": 9}, "tileSize": 128}');
    expect(open(folder).read()).toEqual({ ...DEFAULT_SETTINGS, tileSize: 128 });
    expect(({} as Record<string, unknown>).workers).toBeUndefined();
  });
});

it('keeps the keys of a newer version (F81)', () => {
  const folder = freshFolder();
  const newer = { workers: 2, theme: 'light', __internal__: { migrations: { version: '9.0.0' } } };
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(newer));
  open(folder).change({ workers: 4 });
  expect(written(folder)).toEqual({ ...newer, workers: 4 });
});

describe('a folder that cannot be written to (F82)', () => {
  it('costs only the saving', () => {
    const folder = freshFolder();
    writeFileSync(path.join(folder, 'file'), '');
    const book = open(path.join(folder, 'file', 'data'));
    expect(book.notices.map(({ code }) => code)).toEqual(['N_SETTINGS_NOT_SAVED']);
    expect(book.change({ workers: 7 }).workers).toBe(7);
    expect(book.read().workers).toBe(7);
  });

  it('is met when a folder stands in the file’s place', () => {
    const folder = freshFolder();
    mkdirSync(path.join(folder, 'settings.json'));
    const book = open(folder);
    expect(book.notices.map(({ code }) => code)).toEqual(['N_SETTINGS_NOT_SAVED']);
    expect(book.change({ workers: 7 }).workers).toBe(7);
  });

  it('is told when it comes later, and the change still counts', () => {
    const folder = freshFolder();
    const full: SettingsStore = {
      read: () => ({ workers: 2 }),
      write() {
        throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      },
    };
    const book = openSettings(folder, () => full);
    const told: Notice[] = [];
    book.onNotice((notice) => told.push(notice));
    expect(book.change({ tileSize: 128 })).toMatchObject({ tileSize: 128, workers: 2 });
    expect(book.read()).toMatchObject({ tileSize: 128, workers: 2 });
    expect(told).toEqual([{ code: 'N_SETTINGS_NOT_SAVED', detail: { why: 'ENOSPC' } }]);
    expect(readdirSync(folder)).toEqual([]);
  });
});

it('loses no change of two processes that write at once (F83)', async () => {
  const folder = freshFolder();
  const script = `
    import { openSettings } from ${JSON.stringify(path.resolve('main/settings.ts'))};
    import { openNodeStore } from ${JSON.stringify(path.resolve('main/node/settings-store.ts'))};
    const [key, first] = process.argv.slice(1);
    const book = openSettings(${JSON.stringify(folder)}, openNodeStore);
    for (let n = 0; n < 150; n++) {
      const value = Number(first) + n;
      const other = book.change({ [key]: value });
      if (book.read()[key] !== value) throw new Error('lost ' + value);
    }`;
  const run = (key: string, first: number) =>
    promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script, key, String(first)]);
  await Promise.all([run('tileSize', 100), run('pixelLimit', 2_000_000)]);
  expect(written(folder)).toEqual({ tileSize: 249, pixelLimit: 2_000_149 });
  expect(readdirSync(folder)).toEqual(['settings.json']);
});

it('turns settings into numbers for this machine', () => {
  const machine = { cores: 6, memoryBytes: 16e9 };
  expect(resolveSettings(DEFAULT_SETTINGS, machine)).toEqual({
    tileSize: 'auto',
    workers: 6,
    memoryBytes: 4e9,
    pixelLimit: 268_402_689,
  });
  expect(
    resolveSettings({ ...DEFAULT_SETTINGS, tileSize: 64, workers: 1, memoryBytes: 2 ** 28, pixelLimit: 1e6 }, machine),
  ).toEqual({
    tileSize: 64,
    workers: 1,
    memoryBytes: 2 ** 28,
    pixelLimit: 1e6,
  });
  expect(resolveSettings(DEFAULT_SETTINGS, { cores: 1, memoryBytes: 1e9 }).memoryBytes).toBe(512 * 2 ** 20);
});

it('finds the data folder by PHOTOMILL_DATA, then by the habit of the system', () => {
  expect(dataFolder({ PHOTOMILL_DATA: '/x/../y' }, 'linux', '/home/a')).toBe('/y');
  expect(dataFolder({}, 'linux', '/home/a')).toBe('/home/a/.config/photomill');
  expect(dataFolder({ XDG_CONFIG_HOME: '/cfg' }, 'linux', '/home/a')).toBe('/cfg/photomill');
  expect(dataFolder({ XDG_CONFIG_HOME: 'relative' }, 'linux', '/home/a')).toBe('/home/a/.config/photomill');
  expect(dataFolder({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Application Support/Photomill');
});
