import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  expand,
  fitName,
  keepsNames,
  type NameValues,
  needsTags,
  parseTemplate,
  safeName,
} from '../../../main/naming.ts';
import { Fault } from '../../../preload/faults.ts';

const values: NameValues = {
  name: 'IMG_7',
  ext: 'JPG',
  folder: 'Iceland',
  recipe: 'aerial',
  capturedAt: '2024-05-31T23:59:08+09:00',
  seq: 12,
  width: 6000,
  height: 4000,
  camera: 'Canon EOS R5',
  lens: 'RF 24-70mm F2.8',
  iso: 400,
};

const name = (template: string, more: Partial<NameValues> = {}) =>
  expand(parseTemplate(template), { ...values, ...more }, 'posix').join('/');

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  }
  return 'nothing thrown';
};

describe('tokens', () => {
  it.each([
    ['{name}', 'IMG_7'],
    ['{folder}-{name}_{recipe}', 'Iceland-IMG_7_aerial'],
    ['{seq}', '0012'],
    ['{seq:2}', '12'],
    ['{seq:1}x', '12x'],
    ['{width}x{height}', '6000x4000'],
    ['{camera} {lens} ISO{iso}', 'Canon EOS R5 RF 24-70mm F2.8 ISO400'],
    ['{date}', '2024-05-31'],
    ['{date:YYYYMMDD_HHmmss}', '20240531_235908'],
    ['{date:YY.MM}', '24.05'],
    ['{ext}', 'JPG'],
    ['{date:YYYY}/{date:MM}/{name}', '2024/05/IMG_7'],
    ['{name}-edited', 'IMG_7-edited'],
  ])('%s is %s', (template, expected) => expect(name(template)).toBe(expected));

  it('reads the date as the camera wrote it, in EXIF form too', () => {
    expect(name('{date:YYYY-MM-DD HH}', { capturedAt: '2024:05:31 23:59:08' })).toBe('2024-05-31 23');
    expect(name('{date:HH}', { capturedAt: '2024-05-31' })).toBe('00');
  });

  it('says unknown for what the file does not tell', () => {
    const silent = { capturedAt: null, camera: null, lens: '   ', iso: null };
    expect(name('{date}_{camera}_{lens}_{iso}', silent)).toBe('unknown_unknown_unknown_unknown');
    expect(name('{date}', { capturedAt: 'last summer' })).toBe('unknown');
  });

  it('leaves the extension to the format', () => {
    for (const template of ['{name}.{ext}', '{name}.jpg', '{name}.TIFF']) expect(name(template)).toBe('IMG_7');
    expect(name('{name}.old')).toBe('IMG_7.old');
  });

  it.each([
    '{nam}',
    '{name',
    'name}',
    '{}',
    '{date:YYYY/MM}',
    '{date:week}',
    '{seq:0}',
    '{seq:12}',
    '{name:3}',
    '{{name}}',
  ])('refuses %s', (template) => expect(codeOf(() => parseTemplate(template))).toBe('E_TEMPLATE'));

  it.each(['/abs', '\\\\server\\x', 'C:x', 'a//b', 'a/', '../{name}', '{name}/../x', '{name}/./x', '.. /x', ''])(
    'lets no template out: %s',
    (template) => expect(codeOf(() => parseTemplate(template))).toBe('E_PATH'),
  );

  it('knows when tags must be read', () => {
    expect(
      ['{name}-{seq}-{width}', '{date}', '{camera}', '{lens}/{name}', '{iso}'].map((text) =>
        needsTags(parseTemplate(text)),
      ),
    ).toEqual([false, true, true, true, true]);
  });

  it('knows the templates that name a result like its source', () => {
    expect(
      ['{name}', '{name}.{ext}', '{name}-1', 'x/{name}', '{folder}'].map((text) => keepsNames(parseTemplate(text))),
    ).toEqual([true, true, false, false, false]);
  });
});

describe('safety (F31, F33)', () => {
  it('keeps a hostile tag in its place', () => {
    expect(name('{camera}', { camera: '../../evil' })).toBe('_.._evil');
    expect(name('{camera}', { camera: '/etc/passwd\0' })).toBe('_etc_passwd_');
    expect(name('{camera}/{name}', { camera: '..' })).toBe('unknown/IMG_7');
    expect(name('{lens}', { lens: 'C:\\x' })).toBe('C__x');
  });

  it('gives up what Windows reserves or strips, on every system', () => {
    expect(['CON', 'nul.tar', 'COM1', 'com10', 'a. .', '...', ' ', ''].map((text) => safeName(text, 'posix'))).toEqual([
      '_CON',
      '_nul.tar',
      '_COM1',
      'com10',
      'a___',
      '___',
      '_',
      '_',
    ]);
  });

  it('keeps what stands before the extension, where nothing is stripped', () => {
    expect(['tail ', 'a.', 'CON', 'con .x', '..', ' '].map((own) => name('{name}', { name: own }))).toEqual([
      'tail ',
      'a.',
      '_CON',
      '_con .x',
      '__',
      '_',
    ]);
  });

  it('keeps a source called a:b where the disk can hold it, and not where it cannot', () => {
    expect(safeName('12:30 "what?"', 'posix')).toBe('12:30 "what?"');
    expect(safeName('12:30 "what?"', 'windows')).toBe('12_30 _what__');
  });

  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('..', '.', '../..', 'a/../..', '\0', 'CON', '\ud800'),
  );

  it('makes of any values names that stay below the folder', () => {
    const template = parseTemplate('{camera}/{folder}{lens}/{name}');
    fc.assert(
      fc.property(anything, anything, anything, anything, (camera, folder, lens, own) => {
        for (const disk of ['posix', 'windows'] as const) {
          const parts = expand(template, { ...values, camera, folder, lens, name: own }, disk);
          expect(parts).toHaveLength(3);
          for (const folder of parts.slice(0, 2)) expect(folder).not.toMatch(/[. ]$/);
          expect(parts[2]).not.toMatch(/^[. ]*$/);
          for (const part of parts) {
            expect(part).not.toMatch(/[/\\\0\n\r]/);
            expect(part.length).toBeGreaterThan(0);
            // Written and read back as UTF-8 it is still itself.
            expect(Buffer.from(part).toString()).toBe(part);
            if (disk === 'windows') expect(part).not.toMatch(/[<>:"|?*]/);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('length (F30)', () => {
  it('fits every stem, keeps the ending, and is the same each time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 400 }),
        fc.constantFrom('.jpg', '-12.tiff', ''),
        (stem, ending) => {
          const fitted = fitName(stem, ending);
          expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(255);
          expect(fitted.endsWith(ending)).toBe(true);
          expect(fitName(stem, ending)).toBe(fitted);
          if (Buffer.byteLength(stem + ending) <= 255) expect(fitted).toBe(stem + ending);
        },
      ),
    );
  });

  it('keeps two long names apart that differ only at their ends', () => {
    const long = 'é'.repeat(127);
    const fitted = [`${long}a`, `${long}b`].map((stem) => fitName(stem, '.jpg'));
    expect(new Set(fitted).size).toBe(2);
    expect(fitted[0]).toMatch(/^é+~[0-9a-f]{8}\.jpg$/);
  });
});
