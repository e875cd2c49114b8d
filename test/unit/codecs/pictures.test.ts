/** Pictures for a screen: upright, in sRGB, of the right size. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pictureSchema } from '../../../preload/contract.ts';
import { encodePicture, shrinkToFit, thumbnail } from '../../../workers/codecs/pictures.ts';
import { sharp } from '../../../workers/codecs/sharp.ts';
import type { Raster } from '../../../workers/raster.ts';
import {
  CORPUS,
  encoded,
  expectSamePixels,
  fixture,
  fixtureBytes,
  hasCorpus,
  never,
  outcome,
  PIXEL_LIMIT,
  temporaryFolder,
} from './bench.ts';
import { gradient, greyProfile, noise } from './blocks.ts';

const folder = temporaryFolder();
const P3 = fixtureBytes('p3.icc');

/** One colour all over. */
function flat(colour: readonly number[], depth: 8 | 16): Raster {
  const samples = Array.from({ length: 64 }, () => colour).flat();
  const data = depth === 8 ? Uint8Array.from(samples) : Uint16Array.from(samples, (value) => value * 257);
  return { data, width: 8, height: 8, channels: colour.length as Raster['channels'], depth };
}

async function firstPixel(bytes: Uint8Array): Promise<readonly number[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray(0, info.channels)];
}

function expectNear(found: readonly number[], expected: readonly number[], levels: number): void {
  expect(found.length).toBe(expected.length);
  for (const [index, value] of expected.entries())
    expect(Math.abs((found[index] ?? -99) - value)).toBeLessThanOrEqual(levels);
}

// Display P3's (200, 100, 100) is a stronger red in sRGB (computed from both profiles' matrices and sRGB's curve).
const P3_COLOUR = [200, 100, 100];
const IN_SRGB = [215, 93, 97];

describe('thumbnail', () => {
  it('is upright, in the box, never enlarged', async () => {
    const picture = await thumbnail(never, fixture('camera.jpg'), 48, PIXEL_LIMIT);
    expect(picture).toMatchObject({ width: 32, height: 48, sourceWidth: 64, sourceHeight: 96, mime: 'image/jpeg' });
    expect(pictureSchema.parse(picture)).toBeTruthy();
    expect(await thumbnail(never, fixture('camera.jpg'), 1024, PIXEL_LIMIT)).toMatchObject({ width: 64, height: 96 });
  });

  it('keeps alpha in WebP', async () => {
    const { bytes, mime } = await thumbnail(never, fixture('grey-alpha.png'), 64, PIXEL_LIMIT);
    expect(mime).toBe('image/webp');
    expect((await sharp(bytes).metadata()).hasAlpha).toBe(true);
  });

  it.each([8, 16] as const)('shows Display P3 of %i bits in sRGB', async (depth) => {
    const { path } = await encoded(folder, flat(P3_COLOUR, depth), 'png', { metadata: { icc: P3 } });
    const { bytes } = await thumbnail(never, path, 64, PIXEL_LIMIT);
    expectNear(await firstPixel(bytes), IN_SRGB, 3);
    expect((await sharp(bytes).metadata()).icc).toBeUndefined();
  });

  it.each([8, 16] as const)('shows %i bits without a profile as they are', async (depth) => {
    const { path } = await encoded(folder, flat(P3_COLOUR, depth), 'png');
    expectNear(await firstPixel((await thumbnail(never, path, 64, PIXEL_LIMIT)).bytes), P3_COLOUR, 2);
  });

  it('shows what there is of a cut photo, and refuses what is none', async () => {
    const cut = join(folder, 'cut.jpg');
    writeFileSync(cut, fixtureBytes('plain.jpg').subarray(0, 900));
    expect(await outcome(thumbnail(never, cut, 64, PIXEL_LIMIT))).toBe('done');
    const text = join(folder, 'text.jpg');
    writeFileSync(text, 'text');
    expect(await outcome(thumbnail(never, text, 64, PIXEL_LIMIT))).toBe('E_NOT_IMAGE');
    expect(await outcome(thumbnail(never, fixture('bomb.png'), 64, PIXEL_LIMIT))).toBe('E_BOMB');
  });

  it.runIf(hasCorpus('thumbnail'))(
    'takes no second decode for 20 megapixels: 60 ms alone here, never 2 s',
    async () => {
      const startedAt = performance.now();
      await thumbnail(never, join(CORPUS, 'photos/Kleiber_by_Lukas_Baubkus.jpg'), 256, PIXEL_LIMIT);
      expect(performance.now() - startedAt).toBeLessThan(2000);
    },
  );
});

describe('encodePicture', () => {
  it.each([8, 16] as const)('converts %i bits through the profile', async (depth) => {
    const { bytes, mime } = await encodePicture(flat(P3_COLOUR, depth), P3, { width: 80, height: 80 });
    expect(mime).toBe('image/jpeg');
    expectNear(await firstPixel(bytes), IN_SRGB, 3);
  });

  it.each([8, 16] as const)('shows %i bits without a profile as they are, with alpha as PNG', async (depth) => {
    const picture = await encodePicture(flat([200, 100, 100, 64], depth), null, { width: 80, height: 90 });
    expect(picture).toMatchObject({ mime: 'image/png', width: 8, height: 8, sourceWidth: 80, sourceHeight: 90 });
    expect(await firstPixel(picture.bytes)).toEqual([200, 100, 100, 64]);
  });

  it.each([8, 16] as const)('shows grey of %i bits through its profile', async (depth) => {
    const { bytes } = await encodePicture(flat([128], depth), greyProfile(1), { width: 8, height: 8 });
    const [value] = await firstPixel(bytes);
    expectNear([value ?? 0], [188], 2);
  });
});

describe('shrinkToFit', () => {
  it.each([
    [1, 8],
    [2, 8],
    [3, 8],
    [4, 8],
    [1, 16],
    [2, 16],
    [3, 16],
    [4, 16],
  ] as const)('keeps %i channels of %i bits', async (channels, depth) => {
    const small = await shrinkToFit(noise(60, 30, channels, depth), 20, 20);
    expect(small).toMatchObject({ width: 20, height: 10, channels, depth });
    expect(small.data.length).toBe(200 * channels);
  });

  it('keeps a flat colour flat at both depths', async () => {
    const wide = (depth: 8 | 16): Raster => ({ ...flat([10, 200, 90, 128], depth) });
    for (const depth of [8, 16] as const) {
      const small = await shrinkToFit(wide(depth), 3, 3);
      expectNear([...small.data.subarray(0, 4)], [...wide(depth).data.subarray(0, 4)], depth === 8 ? 1 : 260);
    }
  });

  it('never enlarges', async () => {
    const raster = gradient(20, 10, 3);
    expectSamePixels(await shrinkToFit(raster, 100, 100), raster);
  });
});
