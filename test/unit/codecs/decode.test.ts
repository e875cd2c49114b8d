/** Reading: what comes out of each kind of file, and what is refused instead of guessed. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { decode } from '../../../workers/codecs/decode.ts';
import { sharp } from '../../../workers/codecs/sharp.ts';
import {
  bytesOf,
  CORPUS,
  decodeBytes,
  decodeFile,
  expectSamePixels,
  filesBelow,
  fixture,
  fixtureBytes,
  hasCorpus,
  meanDifference,
  never,
  outcome,
} from './bench.ts';
import { cameraExif, gradient, noise } from './blocks.ts';
import { decodePng } from './png-reference.ts';

const codes = (notices: readonly { readonly code: string }[]) => notices.map((one) => one.code);

describe('pixels', () => {
  it('keeps 16 bits and alpha of a PNG exactly', async () => {
    const { raster } = await decodeFile(fixture('deep-alpha.png'));
    expectSamePixels(raster, noise(17, 9, 4, 16));
  });

  it('keeps one 16-bit channel of a TIFF exactly', async () => {
    const { raster } = await decodeFile(fixture('deep-grey.tif'));
    expectSamePixels(raster, noise(17, 9, 1, 16));
  });

  it('keeps grey with alpha as two channels', async () => {
    const { raster } = await decodeFile(fixture('grey-alpha.png'));
    expectSamePixels(raster, noise(17, 9, 2, 8));
  });

  it('makes associated alpha of a TIFF straight', async () => {
    const half = Buffer.from([100, 50, 0, 128, 255, 255, 255, 255]);
    const tiff = await sharp(half, { raw: { width: 2, height: 1, channels: 4 } })
      .tiff({ compression: 'none' })
      .toBuffer();
    // ExtraSamples: 2 is straight, 1 is associated. The entry: tag 338, SHORT, one value.
    const entry = tiff.indexOf(Buffer.from([0x52, 0x01, 3, 0, 1, 0, 0, 0, 2, 0]));
    expect(entry).toBeGreaterThan(0);
    tiff[entry + 8] = 1;
    const { raster } = await decodeBytes(tiff, 'associated.tif');
    expect([...raster.data]).toEqual([199, 99, 0, 128, 255, 255, 255, 255]);
  });

  it.each(['cmyk.jpg', 'cmyk.tif'])('converts %s to sRGB, near what it was made from, and says so', async (name) => {
    const { raster, metadata, notices } = await decodeFile(fixture(name));
    expect(codes(notices)).toEqual(['N_CMYK_CONVERTED']);
    expect(metadata.icc).toBeNull();
    // CMYK's gamut is smaller: 20 levels on the whole is near, inverted ink would be over 100.
    expect(meanDifference(raster, gradient(32, 24, 3))).toBeLessThan(20);
  });

  it('converts Lab to sRGB and says so', async () => {
    const { raster, notices } = await decodeFile(fixture('lab.tif'));
    expect(codes(notices)).toEqual(['N_COLOUR_CONVERTED']);
    expect(meanDifference(raster, gradient(32, 24, 3))).toBeLessThan(2);
  });

  it('refuses floats instead of clipping them', async () => {
    expect(await outcome(decodeFile(fixture('float.tif')))).toBe('E_UNSUPPORTED_LAYOUT');
  });

  it.each(['animated.gif', 'animated.webp'])('takes the first frame of %s and says so', async (name) => {
    const { raster, notices } = await decodeFile(fixture(name));
    expect([raster.width, raster.height]).toEqual([8, 8]);
    expect(notices).toEqual([{ code: 'N_FIRST_FRAME', detail: { frames: 3 } }]);
  });
});

describe('orientation', () => {
  /** The transform that puts each orientation upright, written out (EXIF 2.32, 4.6.4). */
  const upright: Readonly<Record<number, (x: number, y: number, w: number, h: number) => readonly [number, number]>> = {
    1: (x, y) => [x, y],
    2: (x, y, w) => [w - 1 - x, y],
    3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
    4: (x, y, _w, h) => [x, h - 1 - y],
    5: (x, y) => [y, x],
    6: (x, y, _w, h) => [h - 1 - y, x],
    7: (x, y, w, h) => [h - 1 - y, w - 1 - x],
    8: (x, y, w) => [y, w - 1 - x],
  };

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('bakes in %i to the sample', async (orientation) => {
    const stored = noise(7, 5, 3, 8);
    const bytes = await pngWithExif(stored, orientation);
    const { raster } = await decodeBytes(bytes, 'turned.png');
    expect([raster.width, raster.height]).toEqual(orientation > 4 ? [5, 7] : [7, 5]);
    for (let y = 0; y < 5; y += 1) {
      for (let x = 0; x < 7; x += 1) {
        const [toX, toY] = upright[orientation]?.(x, y, 7, 5) ?? [0, 0];
        const at = (toY * raster.width + toX) * 3;
        expect([...raster.data.subarray(at, at + 3)]).toEqual([
          ...stored.data.subarray((y * 7 + x) * 3, (y * 7 + x) * 3 + 3),
        ]);
      }
    }
  });

  it.each([0, 9, 400])('takes the invalid %i for upright', async (orientation) => {
    const stored = noise(7, 5, 3, 8);
    const { raster } = await decodeBytes(await pngWithExif(stored, orientation), 'turned.png');
    expectSamePixels(raster, stored);
  });

  async function pngWithExif(raster: ReturnType<typeof noise>, orientation: number): Promise<Buffer> {
    const { addPngBlocks } = await import('../../../workers/codecs/containers/png.ts');
    const png = await sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 3 } })
      .png()
      .toBuffer();
    const exif = cameraExif(orientation, raster.width, raster.height);
    return Buffer.concat(addPngBlocks(png, { exif, xmp: null, icc: null, density: null }));
  }
});

describe('refusals', () => {
  it('refuses a bomb from its header, fast and without memory', async () => {
    const before = process.memoryUsage().rss;
    const startedAt = performance.now();
    await expect(decodeFile(fixture('bomb.png'))).rejects.toMatchObject({
      code: 'E_BOMB',
      detail: { width: 50_000, height: 50_000, limit: 500_000_000 },
    });
    expect(performance.now() - startedAt).toBeLessThan(1000);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 2 ** 20);
  });

  it('counts one frame of an animation against the limit, for one is taken', async () => {
    const source = { path: 'a.gif', bytes: fixtureBytes('animated.gif') };
    expect(await outcome(decode(never, source, { pixelLimit: 64 }))).toBe('done');
    expect(await outcome(decode(never, source, { pixelLimit: 63 }))).toBe('E_BOMB');
  });

  it.each([
    ['', 'E_NOT_IMAGE'],
    ['<!DOCTYPE html><html><body>Not found</body></html>', 'E_NOT_IMAGE'],
    ['<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>', 'E_UNSUPPORTED_CODEC'],
    ['\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'E_UNSUPPORTED_CODEC'],
  ])('gives %j no decoder', async (text, code) => {
    expect(await outcome(decodeBytes(Buffer.from(text, 'latin1'), 'a.jpg'))).toBe(code);
  });

  it('stops when it is cancelled', async () => {
    const source = { path: 'a.jpg', bytes: fixtureBytes('plain.jpg') };
    expect(await outcome(decode(AbortSignal.abort(), source, { pixelLimit: 1e6 }))).toBe('E_CANCELLED');
  });
});

describe('quirks and damage', () => {
  it.each([
    ['padded.jpg', 'progressive.jpg'],
    ['stray.jpg', 'plain.jpg'],
    ['new-jfif.jpg', 'plain.jpg'],
  ])('reads %s whole and says what was odd', async (name, sound) => {
    const { raster, notices } = await decodeFile(fixture(name));
    expect(codes(notices)).toEqual(['N_DECODE_WARNING']);
    expectSamePixels(raster, (await decodeFile(fixture(sound))).raster);
  });

  it('does not take a lost decoder for a quirk', async () => {
    expect(await outcome(decodeFile(fixture('lost.jpg')))).toBe('E_CORRUPT');
  });

  it('finds damage behind a quirk', async () => {
    const bytes = fixtureBytes('stray.jpg');
    expect(await outcome(decodeBytes(bytes.subarray(0, bytes.length - 40), 'stray.jpg'))).toBe('E_TRUNCATED');
  });

  // Seeded: 40 cuts a kind, the last bytes among them. A cut file fails, or what was cut is not of the picture.
  it.each([
    'plain.jpg',
    'plain.png',
    'plain.webp',
    'plain.avif',
    'plain.tif',
    'plain.gif',
    'deep-alpha.png',
    'camera.jpg',
  ])('never makes pixels up for a cut %s', async (name) => {
    const bytes = fixtureBytes(name);
    const whole = (await decodeBytes(bytes, name)).raster;
    const offsets = [1, 2, 3, 12, ...seeded(36, bytes.length)].map((back) => bytes.length - back);
    for (const offset of offsets) {
      const cut = Buffer.from(bytes.subarray(0, Math.max(0, offset)));
      const found = await decodeBytes(cut, name).then(
        ({ raster }) => (bytesOf(raster).equals(bytesOf(whole)) ? 'done' : 'other pixels'),
        (error: { readonly code?: string }) => error.code ?? String(error),
      );
      expect(['done', 'E_TRUNCATED', 'E_NOT_IMAGE'], `${name} cut at ${offset}`).toContain(found);
    }
  });

  it.each(['plain.jpg', 'plain.png', 'plain.webp', 'plain.avif', 'plain.tif', 'plain.gif'])(
    'ends with a code, whatever bits of %s are flipped',
    async (name) => {
      const bytes = fixtureBytes(name);
      for (let seed = 1; seed <= 25; seed += 1) {
        const flipped = Buffer.from(bytes);
        for (const at of seeded(1 + (seed % 16), bytes.length, seed))
          flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
        expect(await outcome(decodeBytes(flipped, name))).toMatch(
          /^(done|E_CORRUPT|E_TRUNCATED|E_NOT_IMAGE|E_UNSUPPORTED_\w+|E_BOMB)$/,
        );
      }
    },
  );

  function seeded(count: number, below: number, seed = 7): readonly number[] {
    return [...noise(count, 1, 1, 16, seed * 7919).data].map((value) => 1 + Math.floor((value / 65_536) * (below - 1)));
  }
});

describe('metadata bombs', () => {
  it('leaves a profile behind that unpacks to half a gigabyte, and says so', async () => {
    const { crc32, deflateSync } = await import('node:zlib');
    const body = Buffer.concat([Buffer.from('iCCPx\0\0', 'latin1'), deflateSync(Buffer.alloc(2 ** 29))]);
    const chunk = Buffer.alloc(body.length + 8);
    chunk.writeUInt32BE(body.length - 4, 0);
    body.copy(chunk, 4);
    chunk.writeUInt32BE(crc32(body), body.length + 4);
    const png = fixtureBytes('plain.png');
    const { notices, metadata } = await decodeBytes(
      Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]),
      'a.png',
    );
    expect(codes(notices)).toEqual(['N_PROFILE_IGNORED']);
    expect(metadata.icc).toBeNull();
  });
});

describe.runIf(hasCorpus('decode'))('corpus', () => {
  test('PngSuite: the x files fail, all others equal the reference', async () => {
    const files = filesBelow(join(CORPUS, 'pngsuite/png')).filter((path) => path.endsWith('.png'));
    expect(files.length).toBe(175);
    for (const path of files) {
      if (basename(path).startsWith('x')) {
        expect(await outcome(decodeFile(path)), path).toMatch(/^E_(NOT_IMAGE|CORRUPT|TRUNCATED)$/);
      } else {
        const { raster } = await decodeFile(path);
        expect(bytesOf(raster).equals(bytesOf(decodePng(readFileSync(path)))), path).toBe(true);
      }
    }
  });

  test('all orientations of a photo are the same upright picture', async () => {
    for (const shape of ['Landscape', 'Portrait']) {
      const first = await decodeFile(join(CORPUS, 'orientation', `${shape}_1.jpg`));
      for (let orientation = 2; orientation <= 8; orientation += 1) {
        const { raster } = await decodeFile(join(CORPUS, 'orientation', `${shape}_${orientation}.jpg`));
        // Each file was compressed by itself: a few levels apart, where a wrong turn makes dozens.
        expect(meanDifference(raster, first.raster), `${shape} ${orientation}`).toBeLessThan(6);
      }
    }
  });

  test.each([
    ['sharp/test/fixtures/Channel_digital_image_CMYK_color.jpg', ['N_CMYK_CONVERTED']],
    ['sharp/test/fixtures/gain-map.jpg', ['N_EXTRA_LOST']],
    ['libvips/test/test-suite/images/ultra-hdr.jpg', ['N_EXTRA_LOST']],
    ['sharp/test/fixtures/bonne.geo.tif', ['N_DECODE_WARNING']],
    ['sharp/test/fixtures/G31D_MULTI.TIF', ['N_FIRST_FRAME']],
  ])('%s tells %j', async (name, expected) => {
    expect(codes((await decodeFile(join(CORPUS, name))).notices)).toEqual(expected);
  });

  test.each([
    ['libjpeg-turbo/testimages/monkey12.jpg', 'E_UNSUPPORTED_LAYOUT'],
    ['libvips/test/test-suite/images/ojpeg-tile.tif', 'E_UNSUPPORTED_LAYOUT'],
    ['libvips/test/test-suite/images/multi-channel-z-series.ome.tif', 'E_UNSUPPORTED_LAYOUT'],
    ['libvips/test/test-suite/images/17000x17000.avif', 'E_BOMB'],
    ['sharp/test/fixtures/65536-uint32-limit.png', 'E_BOMB'],
    ['exif-samples/jpg/corrupted.jpg', 'E_CORRUPT'],
    ['exif-samples/heic/IMG_5195.HEIC', 'E_UNSUPPORTED_CODEC'],
  ])('%s is %s', async (name, expected) => {
    expect(await outcome(decodeFile(join(CORPUS, name)))).toBe(expected);
  });
});
