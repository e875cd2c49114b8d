/** Contents decide: every signature, and TIFFs that are RAW against TIFFs that are not. */
import { describe, expect, it } from 'vitest';
import { SOURCE_KINDS } from '../../../preload/contract.ts';
import { extensionFits, sniff, sourceKindOf } from '../../../workers/codecs/formats.ts';
import { sharp } from '../../../workers/codecs/sharp.ts';
import { fixture, fixtureBytes } from './bench.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const refused = (head: Buffer, extension = '.tif') => {
  try {
    return sourceKindOf(head, extension);
  } catch (error) {
    return (error as { readonly code: string; readonly detail: { readonly kind?: string } }).detail.kind;
  }
};

describe('sniff', () => {
  it.each([
    ['plain.jpg', 'jpeg'],
    ['plain.png', 'png'],
    ['plain.webp', 'webp'],
    ['plain.avif', 'avif'],
    ['plain.tif', 'tiff'],
    ['plain.gif', 'gif'],
  ])('%s is %s', (name, kind) => {
    expect(sniff(fixtureBytes(name))).toEqual({ is: 'source', kind });
  });

  it.each([
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'codec', 'HEIC'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'codec', 'HEIC'],
    ['\0\0\0\x14ftypmif1\0\0\0\0mif1', 'codec', 'HEIF'],
    ['\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'raw', 'CR3'],
    ['II*\0\x10\0\0\0CR\x02\0', 'raw', 'CR2'],
    ['FUJIFILMCCD-RAW 0201', 'raw', 'RAF'],
    ['IIRO\x08\0\0\0', 'raw', 'ORF'],
    ['IIU\0\x18\0\0\0', 'raw', 'RW2'],
    ['\xff\x0a\xfa\x7f', 'codec', 'JPEG XL'],
    ['\0\0\0\x0cJXL \r\n\x87\n', 'codec', 'JPEG XL'],
    ['\0\0\0\x0cjP  \r\n\x87\n', 'codec', 'JPEG 2000'],
    ['8BPS\0\x01', 'codec', 'Photoshop'],
    ['BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0', 'codec', 'BMP'],
    ['%PDF-1.7', 'codec', 'PDF'],
    ['<?xml version="1.0"?>\n<!-- made -->\n<svg xmlns="x">', 'codec', 'SVG'],
    ['\xef\xbb\xbf  <svg width="1">', 'codec', 'SVG'],
  ])('%j is no source: %s %s', (head, is, kind) => {
    expect(sniff(bytes(head))).toEqual({ is, kind });
  });

  it('takes an AVIF whose first brand is the general one', () => {
    expect(sniff(bytes('\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf'))).toEqual({ is: 'source', kind: 'avif' });
  });

  it.each([
    '',
    'B',
    'BMW is a car maker',
    'GIF',
    '<html><svg></svg></html>',
    '\0\0\0\x18ftypmp42\0\0\0\0mp42isom',
    'PK\x03\x04',
  ])('%j is unknown', (head) => {
    expect(sniff(bytes(head))).toEqual({ is: 'unknown' });
  });
});

describe('TIFF or RAW', () => {
  /** A TIFF of these entries: tag, type, count, value. */
  function tiff(...entries: readonly (readonly [number, number, number, number])[]): Buffer {
    const out = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
    out.write('II*\0', 0, 'latin1');
    out.writeUInt32LE(8, 4);
    out.writeUInt16LE(entries.length, 8);
    for (const [index, [tag, type, count, value]] of entries.entries()) {
      const at = 10 + index * 12;
      out.writeUInt16LE(tag, at);
      out.writeUInt16LE(type, at + 2);
      out.writeUInt32LE(count, at + 4);
      out.writeUInt32LE(value, at + 8);
    }
    return out;
  }
  const reduced = [0x00fe, 4, 1, 1] as const;
  const whole = [0x00fe, 4, 1, 0] as const;
  const make = [0x010f, 2, 4, 0x004b4944] as const;
  const subDirectories = [0x014a, 4, 1, 300] as const;
  const rgb = [0x0106, 3, 1, 2] as const;

  it('refuses what is RAW by its tags, whatever its name', () => {
    expect(refused(tiff([0xc612, 1, 4, 0x00000401]))).toBe('DNG');
    expect(refused(tiff(reduced, make, subDirectories), '.nef')).toBe('NEF');
    expect(refused(tiff(reduced, make, subDirectories), '.tif')).toBe('TIFF-based RAW');
    expect(refused(tiff([0x0106, 3, 1, 32_803]), '.arw')).toBe('ARW');
  });

  it('does not refuse scans and exports: a make, a thumbnail behind, layers in sub-directories', () => {
    expect(refused(tiff(rgb, make))).toBe('tiff');
    expect(refused(tiff(whole, rgb, make, subDirectories))).toBe('tiff');
    expect(refused(tiff(reduced, rgb))).toBe('tiff');
    expect(refused(tiff(rgb), '.dng')).toBe('tiff');
    expect(refused(fixtureBytes('plain.tif'))).toBe('tiff');
  });
});

describe('extensions', () => {
  it('fit in any case, and none claims nothing', () => {
    expect(extensionFits('jpeg', '.JPG')).toBe(true);
    expect(extensionFits('tiff', '.tif')).toBe(true);
    expect(extensionFits('png', '')).toBe(true);
    expect(extensionFits('png', '.jpg')).toBe(false);
    for (const kind of SOURCE_KINDS) expect(extensionFits(kind, `.${kind}`)).toBe(true);
  });
});

describe('the loaders', () => {
  it('are blocked for all but the six kinds, even where a file gets past', async () => {
    const svg = bytes('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    await expect(sharp(svg).metadata()).rejects.toThrow(/unsupported/);
    await expect(sharp(bytes('P6 1 1 255 abc')).metadata()).rejects.toThrow(/unsupported/);
    await expect(sharp(fixture('plain.gif')).metadata()).resolves.toMatchObject({ format: 'gif' });
  });
});
