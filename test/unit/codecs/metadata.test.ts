/** Metadata: EXIF, GPS, XMP, IPTC and profiles go from every kind of source to every output, changed only where said. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FORMATS } from '../../../preload/contract.ts';
import { exifForOutput } from '../../../workers/codecs/exif.ts';
import { closeExiftool } from '../../../workers/codecs/exiftool.ts';
import { isSrgb, profileName, profileSpace } from '../../../workers/codecs/icc.ts';
import { asRecords, asResources } from '../../../workers/codecs/iptc.ts';
import { probe } from '../../../workers/codecs/probe.ts';
import { sharp } from '../../../workers/codecs/sharp.ts';
import { xmpForOutput } from '../../../workers/codecs/xmp.ts';
import {
  CORPUS,
  decodeFile,
  encoded,
  expectSamePixels,
  filesBelow,
  fixture,
  fixtureBytes,
  hasCorpus,
  never,
  PIXEL_LIMIT,
  temporaryFolder,
} from './bench.ts';
import {
  cameraExif,
  gradient,
  greyProfile,
  IPTC_RECORDS,
  MAKER_NOTE,
  noise,
  photoshopResources,
  segment,
  THUMBNAIL,
  xmpPacket,
} from './blocks.ts';

const folder = temporaryFolder();
afterAll(() => closeExiftool());
const P3 = fixtureBytes('p3.icc');
const look = (path: string) => probe(never, path, { pixelLimit: PIXEL_LIMIT, tags: true });
const noPrefix = (exif: Buffer | undefined) =>
  exif?.subarray(0, 4).toString('latin1') === 'Exif' ? exif.subarray(6) : exif;

/** What must be in every output of camera.jpg, whichever way it went. */
async function expectCamera(path: string): Promise<void> {
  const { probe: found } = await look(path);
  expect(found).toMatchObject({ orientation: 1, width: 64, height: 96, hasExif: true, hasGps: true, hasXmp: true });
  const { xmp, icc } = await sharp(path).metadata();
  expect(Buffer.compare(icc ?? Buffer.alloc(0), P3)).toBe(0);
  expect(xmp?.toString()).toContain('tiff:Orientation="1"');
  expect(xmp?.toString()).toContain('山の写真');
  expect(readFileSync(path).includes(THUMBNAIL)).toBe(false);
}

describe('from a JPEG', () => {
  it('is read with its tags', async () => {
    const { probe: found, notices } = await look(fixture('camera.jpg'));
    expect(found).toMatchObject({
      kind: 'jpeg',
      width: 64,
      height: 96,
      orientation: 6,
      hasGps: true,
      tags: { capturedAt: '2021-05-04T13:20:11', camera: 'Photomill One', lens: 'Fifty 1.8', iso: 400 },
    });
    expect(notices).toEqual([]);
  });

  it.each(FORMATS)('to %s', async (format) => {
    const source = fixture('camera.jpg');
    const { raster, metadata } = await decodeFile(source);
    const { path, codes } = await encoded(folder, raster, format, { metadata, source });
    await expectCamera(path);
    expect(codes).toEqual(format === 'jpeg' || format === 'tiff' ? [] : ['N_METADATA_LOST']);
    expect((await look(path)).probe.tags).toEqual({
      capturedAt: '2021-05-04T13:20:11',
      camera: 'Photomill One',
      lens: 'Fifty 1.8',
      iso: 400,
    });
  });

  it.each(['jpeg', 'png', 'webp'] as const)('to %s: EXIF byte for byte but for the patches', async (format) => {
    const source = fixture('camera.jpg');
    const { raster, metadata } = await decodeFile(source);
    const { path } = await encoded(folder, raster, format, { metadata, source });
    const exif = noPrefix((await sharp(path).metadata()).exif) ?? Buffer.alloc(0);
    expect(Buffer.compare(exif, exifForOutput(cameraExif(6, 96, 64), 64, 96) ?? Buffer.alloc(0))).toBe(0);
    expect(exif.includes(MAKER_NOTE)).toBe(true);
  });

  it.each(['jpeg', 'tiff'] as const)('to %s: IPTC, without its thumbnail', async (format) => {
    const source = fixture('camera.jpg');
    const { raster, metadata } = await decodeFile(source);
    const { path } = await encoded(folder, raster, format, { metadata, source });
    const { iptc } = await sharp(path).metadata();
    expect(asRecords(iptc ?? Buffer.alloc(0))).toEqual(IPTC_RECORDS);
  });

  it('does not change a pixel by carrying metadata', async () => {
    const raster = noise(31, 17, 3, 8);
    const source = fixture('camera.jpg');
    const { metadata } = await decodeFile(source);
    for (const format of ['png', 'tiff'] as const) {
      const { path } = await encoded(folder, raster, format, { metadata, source });
      expectSamePixels((await decodeFile(path)).raster, raster);
    }
  });
});

describe('from a TIFF, whose EXIF only exiftool reads', () => {
  it.each(FORMATS)('to %s', async (format) => {
    const camera = await decodeFile(fixture('camera.jpg'));
    const made = await encoded(folder, camera.raster, 'tiff', {
      metadata: camera.metadata,
      source: fixture('camera.jpg'),
    });
    const { raster, metadata } = await decodeFile(made.path);
    expect(metadata.exif).toBeNull();
    const { path, codes } = await encoded(folder, raster, format, { metadata, source: made.path });
    await expectCamera(path);
    expect(codes.filter((code) => code !== 'N_METADATA_LOST')).toEqual([]);
  });
});

describe('extended XMP', () => {
  const extension = Buffer.concat([
    Buffer.from('http://ns.adobe.com/xmp/extension/\0', 'latin1'),
    Buffer.from(`${'A1'.repeat(16)}\0\0\0\x0c\0\0\0\0<more than 64 KB/>`, 'latin1'),
  ]);
  const source = join(folder, 'extended.jpg');
  const plain = fixtureBytes('plain.jpg');
  writeFileSync(source, Buffer.concat([plain.subarray(0, 20), segment(0xe1, extension), plain.subarray(20)]));

  it('goes from JPEG to JPEG as it is', async () => {
    const { raster, metadata, notices } = await decodeFile(source);
    expect(notices).toEqual([]);
    const { path, codes } = await encoded(folder, raster, 'jpeg', { metadata, source });
    expect(codes).toEqual([]);
    expect(readFileSync(path).includes(segment(0xe1, extension))).toBe(true);
    expectSamePixels(
      (await decodeFile(path)).raster,
      (await decodeFile((await encoded(folder, raster, 'jpeg')).path)).raster,
    );
  });

  it('is said where it cannot go', async () => {
    const { raster, metadata } = await decodeFile(source);
    expect((await encoded(folder, raster, 'png', { metadata, source })).codes).toEqual(['N_METADATA_LOST']);
  });
});

describe('what cannot be carried', () => {
  it('is said: EXIF beyond a JPEG segment', async () => {
    const exif = Buffer.concat([cameraExif(1, 8, 8), Buffer.alloc(70_000)]);
    const { path, codes } = await encoded(folder, gradient(8, 8, 3), 'jpeg', { metadata: { exif } });
    expect(codes).toEqual(['N_METADATA_LOST']);
    expect((await decodeFile(path)).metadata.exif).toBeNull();
  });

  it('is said: EXIF that is none', async () => {
    const { codes } = await encoded(folder, gradient(8, 8, 3), 'jpeg', {
      metadata: { exif: Buffer.from('not EXIF at all') },
    });
    expect(codes).toEqual(['N_METADATA_LOST']);
  });

  it('is said: EXIF for exiftool, of a source that is gone', async () => {
    const metadata = { exif: cameraExif(1, 8, 8) };
    const raster = noise(8, 8, 3, 8);
    const { path, codes, bytes } = await encoded(folder, raster, 'tiff', {
      metadata,
      source: join(folder, 'gone.jpg'),
    });
    expect(codes).toEqual(['N_METADATA_LOST']);
    expectSamePixels((await decodeFile(path)).raster, raster);
    expect(readFileSync(path).length).toBe(bytes);
  });

  it('reaches exiftool with any file name', async () => {
    for (const name of ['-weird\nname "q" é.jpg', "$(x) 'p[1]' \\ ;.jpg"]) {
      const source = join(folder, name);
      writeFileSync(source, fixtureBytes('camera.jpg'));
      const { raster, metadata } = await decodeFile(source);
      const { path, codes } = await encoded(folder, raster, 'tiff', { metadata, source });
      expect(codes).toEqual([]);
      await expectCamera(path);
    }
  });
});

describe('profiles', () => {
  it.each([
    ['p3.icc', 'RGB', false],
    ['srgb.icc', 'RGB', true],
  ] as const)('%s is %s; sRGB: %s', (name, space, srgb) => {
    const icc = fixtureBytes(name);
    expect([profileSpace(icc), isSrgb(icc)]).toEqual([space, srgb]);
  });

  it('reads names in both of their forms', () => {
    expect(profileName(greyProfile(2.2))).toBe('Test grey');
    expect(profileName(P3)).toMatch(/P3/);
  });

  it('leaves a damaged or foreign profile out and says so', async () => {
    const cut = P3.subarray(0, 300);
    for (const icc of [cut, greyProfile(2.2), Buffer.alloc(500)]) {
      const { path } = await encoded(folder, noise(5, 5, 3, 8), 'tiff');
      const { addTiffBlocks } = await import('../../../workers/codecs/containers/tiff-blocks.ts');
      const file = readFileSync(path);
      const added = addTiffBlocks(file, { icc, xmp: null, iptc: null });
      expect(added).not.toBeNull();
      if (added === null) continue;
      writeFileSync(path, Buffer.concat([added.header, file.subarray(added.header.length), added.tail]));
      const { metadata, notices } = await decodeFile(path);
      expect(metadata.icc).toBeNull();
      expect(notices.map((one) => one.code)).toEqual(['N_PROFILE_IGNORED']);
    }
  });

  it.runIf(hasCorpus('profiles'))('knows every published sRGB from every other profile', () => {
    const profiles = filesBelow(join(CORPUS, 'icc/profiles'));
    expect(profiles.length).toBeGreaterThan(40);
    for (const path of profiles) {
      const icc = readFileSync(path);
      expect(profileSpace(icc), path).not.toBeNull();
      expect(isSrgb(icc), path).toBe(/\/sRGB-/.test(path));
    }
  });
});

describe('patches', () => {
  it('EXIF: orientation, size, no thumbnail, nothing else', () => {
    const before = cameraExif(6, 96, 64);
    const after = Buffer.from(exifForOutput(before, 64, 96) ?? []);
    expect(after.length).toBe(before.length);
    expect(after.includes(THUMBNAIL)).toBe(false);
    const changed = [...before.keys()].filter((at) => before[at] !== after[at]).length;
    // The thumbnail, its directory's offset, orientation, two sizes.
    expect(changed).toBeLessThanOrEqual(THUMBNAIL.length + 4 + 1 + 2);
  });

  it("EXIF: leaves the source's own bytes alone", () => {
    const before = cameraExif(6, 96, 64);
    exifForOutput(before, 64, 96);
    expect(before.equals(cameraExif(6, 96, 64))).toBe(true);
  });

  it('EXIF: a side beyond 65,535 px becomes a LONG', () => {
    const after = Buffer.from(exifForOutput(cameraExif(1, 96, 64), 70_000, 10) ?? []);
    const at = after.indexOf(Buffer.from([0x02, 0xa0, 4, 0, 1, 0, 0, 0]));
    expect(after.readUInt32LE(at + 8)).toBe(70_000);
  });

  it('EXIF: never throws, whatever the bytes', () => {
    const whole = cameraExif(6, 96, 64);
    for (let seed = 1; seed < 400; seed += 1) {
      const bytes = Buffer.from(whole.subarray(0, seed % 3 === 0 ? seed % whole.length : whole.length));
      for (const [index, value] of noise(6, 1, 1, 16, seed).data.entries())
        bytes[value % Math.max(1, bytes.length)] = index * 51;
      expect(() => exifForOutput(bytes, 10, 10)).not.toThrow();
    }
  });

  it('XMP: as attribute and as element', () => {
    expect(Buffer.from(xmpForOutput(xmpPacket(8))).toString()).toBe(xmpPacket(1).toString());
    const element = Buffer.from('<tiff:Orientation>6</tiff:Orientation> 写真');
    expect(Buffer.from(xmpForOutput(element)).toString()).toBe('<tiff:Orientation>1</tiff:Orientation> 写真');
  });

  it('IPTC: from either wrapping to either', () => {
    const resources = asResources(photoshopResources());
    expect(Buffer.from(resources ?? []).includes(THUMBNAIL)).toBe(false);
    expect(asRecords(resources ?? new Uint8Array())).toEqual(IPTC_RECORDS);
    expect(asRecords(asResources(IPTC_RECORDS) ?? new Uint8Array())).toEqual(IPTC_RECORDS);
  });
});
