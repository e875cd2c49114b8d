import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignColumns, formatBytes, formatDuration, formatRange, plural, printable } from '../../../main/cli/text.ts';

describe('names (F28, F29)', () => {
  it('cannot move the cursor, colour the line or turn its direction', () => {
    expect(printable('a\nb\r\u001b[31mred\u0007.jpg')).toBe('a\\u{a}b\\u{d}\\u{1b}[31mred\\u{7}.jpg');
    expect(printable('photo\u202egpj.exe')).toBe('photo\\u{202e}gpj.exe');
    expect(printable('zero\u200bwidth\u2028')).toBe('zero\\u{200b}width\\u{2028}');
  });

  it('keep every script people write in', () => {
    for (const name of ['Größe é.jpg', '照片.jpg', 'صورة.jpg', '👩‍🚀.jpg', 'می‌خواهم.jpg'])
      expect(printable(name)).toBe(name);
  });

  it('never hold a control character, whatever comes', () => {
    const isControl = (character: string) => character < ' ' || (character >= '\u007f' && character <= '\u009f');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => ![...printable(name)].some(isControl)));
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [999_600, '1 MB'],
  [412_345_678, '412 MB'],
  [2_050_000_000, '2.0 GB'],
  [3e12, '3.0 TB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  [40, '0.0 s'],
  [1_440, '1.4 s'],
  [61_000, '61 s'],
  [150_000, '3 min'],
  [5_400_000, '1 h 30 min'],
])('%d ms are %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

it.each([
  [3.2, 5.1, '3–5 s'],
  [0, 0, '0 s'],
  [41, 58, '45–60 s'],
  [70, 170, '1–3 min'],
  [5, 130, 'up to 2 min'],
  [115, 125, '2 min'],
  [5000, 9000, '1–3 h'],
])('%d to %d s are %s', (low, high, text) => expect(formatRange({ low, high })).toBe(text));

it('counts', () => {
  expect([plural(1, 'file', 'files'), plural(0, 'file', 'files'), plural(12_345, 'file', 'files')]).toEqual([
    '1 file',
    '0 files',
    '12,345 files',
  ]);
});

it('lines up', () => {
  expect(
    alignColumns([
      ['a', 'bb', 'c'],
      ['aaa', 'b', ''],
    ]),
  ).toEqual(['a    bb  c', 'aaa  b']);
});
