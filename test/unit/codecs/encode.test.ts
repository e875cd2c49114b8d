/** Writing: what each format must give back, what is converted and said, and that a failure leaves nothing behind. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeToFile } from '../../../workers/codecs/encode.ts';
import { toEightBits } from '../../../workers/codecs/samples.ts';
import { sharp } from '../../../workers/codecs/sharp.ts';
import type { Raster } from '../../../workers/raster.ts';
import {
  decodeFile,
  encoded,
  expectSamePixels,
  fixtureBytes,
  meanDifference,
  NO_METADATA,
  never,
  outcome,
  temporaryFolder,
} from './bench.ts';
import { gradient, greyProfile, noise } from './blocks.ts';

const folder = temporaryFolder();
const P3 = fixtureBytes('p3.icc');
const SRGB = fixtureBytes('srgb.icc');

/** Whether a small disk can be made for a test; without user namespaces it can't. */
function canMount(): boolean {
  const isPossible = spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;
  if (!isPossible) process.stdout.write('SKIP full disk: no user namespaces here\n');
  return isPossible;
}

async function again(path: string): Promise<Raster> {
  return (await decodeFile(path)).raster;
}

describe('exact round trips', () => {
  it.each(['png', 'tiff'] as const)('%s holds every channel count at 8 and 16 bits', async (format) => {
    for (const channels of [1, 2, 3, 4] as const) {
      for (const depth of [8, 16] as const) {
        const raster = noise(19, 11, channels, depth, channels * depth);
        const { path, codes } = await encoded(folder, raster, format);
        expectSamePixels(await again(path), raster);
        expect(codes).toEqual([]);
      }
    }
  });

  it.each(['png', 'tiff'] as const)('%s holds them with a profile too', async (format) => {
    const raster = noise(19, 11, 4, 16);
    const { path } = await encoded(folder, raster, format, { metadata: { icc: P3 } });
    const { raster: found, metadata } = await decodeFile(path);
    expectSamePixels(found, raster);
    expect(Buffer.compare(metadata.icc ?? Buffer.alloc(0), P3)).toBe(0);
  });

  it('webp at quality 100 is lossless, colour under clear pixels with it', async () => {
    const raster = noise(19, 11, 4, 8);
    const { path } = await encoded(folder, raster, 'webp', { quality: 100 });
    expectSamePixels(await again(path), raster);
  });

  it('a profile and XMP do not change a pixel of an AVIF', async () => {
    const raster = gradient(48, 32, 3);
    const bare = await encoded(folder, raster, 'avif');
    const dressed = await encoded(folder, raster, 'avif', { metadata: { icc: P3 } });
    expectSamePixels(await again(dressed.path), await again(bare.path));
  });
});

describe('lossy formats', () => {
  it.each(['jpeg', 'webp', 'avif'] as const)('%s stays near', async (format) => {
    const raster = gradient(96, 64, 3);
    const { path } = await encoded(folder, raster, format);
    expect(meanDifference(await again(path), raster)).toBeLessThan(2);
  });

  it.each(['webp', 'avif'] as const)('%s keeps alpha to the level', async (format) => {
    const raster = gradient(32, 32, 4);
    for (let pixel = 0; pixel < 1024; pixel += 1) raster.data[pixel * 4 + 3] = pixel & 255;
    const { path } = await encoded(folder, raster, format, { quality: 90 });
    const found = await again(path);
    for (let pixel = 0; pixel < 1024; pixel += 1) {
      expect(Math.abs((found.data[pixel * 4 + 3] as number) - (pixel & 255))).toBeLessThanOrEqual(
        format === 'webp' ? 0 : 8,
      );
    }
  });

  it('jpeg keeps grey as one channel', async () => {
    const { path } = await encoded(folder, gradient(32, 32, 1), 'jpeg');
    expect((await again(path)).channels).toBe(1);
  });
});

describe('depth and alpha', () => {
  it('rounds 16 bits to 8 to the nearest, for every value', () => {
    const data = Uint16Array.from({ length: 65_536 }, (_, value) => value);
    const { data: found } = toEightBits({ data, width: 65_536, height: 1, channels: 1, depth: 16 });
    for (let value = 0; value < 65_536; value += 1) expect(found[value]).toBe(Math.round(value / 257));
  });

  it('says so where the format has no 16 bits, and not where 8 were asked for', async () => {
    expect((await encoded(folder, noise(4, 4, 3, 16), 'jpeg')).codes).toEqual(['N_DEPTH_REDUCED']);
    expect((await encoded(folder, noise(4, 4, 3, 16), 'png', { depth: 8 })).codes).toEqual([]);
  });

  it('widens 8 bits to 16 where asked', async () => {
    const raster = noise(5, 5, 3, 8);
    const { path } = await encoded(folder, raster, 'tiff', { depth: 16 });
    const data = Uint16Array.from(raster.data, (value) => value * 257);
    expectSamePixels(await again(path), { ...raster, data, depth: 16 });
  });

  it('lays straight alpha on white, without a dark fringe', async () => {
    const { flattenOnWhite } = await import('../../../workers/codecs/samples.ts');
    const data = Uint8Array.of(200, 0, 0, 128, 10, 20, 30, 0, 10, 20, 30, 255);
    const flat = flattenOnWhite({ data, width: 3, height: 1, channels: 4, depth: 8 });
    // 200 * 128/255 + 255 * 127/255 = 227.4; 255 * 127/255 = 127.
    expect([...flat.data]).toEqual([227, 127, 127, 255, 255, 255, 10, 20, 30]);
    const { codes } = await encoded(folder, noise(8, 8, 4, 8), 'jpeg');
    expect(codes).toEqual(['N_ALPHA_FLATTENED']);
  });
});

describe('grey and profiles', () => {
  it('spreads grey over three channels where its profile is RGB and not sRGB', async () => {
    const raster = noise(9, 9, 1, 8);
    const { path } = await encoded(folder, raster, 'png', { metadata: { icc: P3 } });
    const { raster: found, metadata } = await decodeFile(path);
    expect(found.channels).toBe(3);
    expect([found.data[0], found.data[1], found.data[2]]).toEqual([raster.data[0], raster.data[0], raster.data[0]]);
    expect(metadata.icc).not.toBeNull();
  });

  it('leaves sRGB away from grey', async () => {
    const { path, codes } = await encoded(folder, noise(9, 9, 1, 8), 'png', { metadata: { icc: SRGB } });
    const { raster, metadata } = await decodeFile(path);
    expect([raster.channels, metadata.icc, codes]).toEqual([1, null, []]);
  });

  it('keeps a grey profile with grey', async () => {
    const icc = greyProfile(1.8);
    const raster = noise(9, 9, 1, 8);
    for (const format of ['jpeg', 'png', 'tiff'] as const) {
      const { path } = await encoded(folder, raster, format, { metadata: { icc } });
      expect(Buffer.compare((await decodeFile(path)).metadata.icc ?? Buffer.alloc(0), icc)).toBe(0);
    }
  });

  it('converts grey through its profile where the format has RGB only, and says so', async () => {
    const raster: Raster = { data: new Uint8Array(64).fill(128), width: 8, height: 8, channels: 1, depth: 8 };
    const { path, codes } = await encoded(folder, raster, 'webp', { quality: 100, metadata: { icc: greyProfile(1) } });
    expect(codes).toEqual(['N_COLOUR_CONVERTED']);
    // Half of the light is 188 in sRGB.
    expect(Math.abs(((await again(path)).data[0] as number) - 188)).toBeLessThanOrEqual(1);
  });
});

describe('limits and failures', () => {
  it.each([
    ['jpeg', 65_501],
    ['webp', 16_384],
    ['avif', 16_385],
  ] as const)('%s refuses a side of %i px and names what holds it', async (format, side) => {
    const raster: Raster = { data: new Uint8Array(side), width: side, height: 1, channels: 1, depth: 8 };
    await expect(encoded(folder, raster, format)).rejects.toMatchObject({
      code: 'E_FORMAT_LIMIT',
      detail: { width: side, limit: side - 1, formats: expect.stringContaining('PNG') },
    });
  });

  it.each([
    ['jpeg', 65_500],
    ['webp', 16_383],
    ['avif', 16_384],
    ['png', 70_000],
    ['tiff', 70_000],
  ] as const)('%s takes %i px', async (format, side) => {
    const raster: Raster = { data: new Uint8Array(side * 2).fill(90), width: side, height: 2, channels: 1, depth: 8 };
    const { path } = await encoded(folder, raster, format);
    const { width, height } = await sharp(path).metadata();
    expect([width, height]).toEqual([side, 2]);
  });

  it('never writes over a file that is there', async () => {
    const path = join(folder, 'taken.jpeg');
    writeFileSync(path, 'mine');
    const options = { format: 'jpeg', quality: 90, depth: 'keep' } as const;
    expect(await outcome(encodeToFile(never, gradient(8, 8, 3), NO_METADATA, '/nowhere', options, path))).toBe(
      'E_WRITE',
    );
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('says where it could not write', async () => {
    const options = { format: 'png', quality: 90, depth: 'keep' } as const;
    const path = join(folder, 'missing', 'a.png');
    expect(await outcome(encodeToFile(never, gradient(8, 8, 3), NO_METADATA, '/nowhere', options, path))).toBe(
      'E_WRITE',
    );
    expect(existsSync(path)).toBe(false);
  });

  it.skipIf(!canMount())('says that the disk is full, and leaves nothing on it', () => {
    const module = JSON.stringify(join(import.meta.dirname, '../../../workers/codecs/encode.ts'));
    const full = join(folder, 'full');
    mkdirSync(full);
    const script = `
      import { readdirSync } from 'node:fs';
      import { encodeToFile } from ${module};
      const raster = { data: new Uint8Array(300_000).map((_, at) => (at * at) >> 3), width: 100, height: 1000, channels: 3, depth: 8 };
      const none = { exif: null, xmp: null, iptc: null, icc: null, density: null };
      const options = { format: 'tiff', quality: 90, depth: 'keep' };
      const path = ${JSON.stringify(join(full, 'a.tif'))};
      const code = await encodeToFile(new AbortController().signal, raster, none, '/x', options, path).catch((error) => error.code);
      console.log(JSON.stringify({ code, left: readdirSync(${JSON.stringify(full)}) }));`;
    const mounted = 'mount -t tmpfs -o size=100k none "$0" && exec "$1" --input-type=module -e "$2"';
    const out = execFileSync('unshare', ['-Urm', 'sh', '-c', mounted, full, process.execPath, script], {
      encoding: 'utf8',
    });
    expect(JSON.parse(out)).toEqual({ code: 'E_NOSPC', left: [] });
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const before = readdirSync(folder);
    const options = { format: 'png', quality: 90, depth: 'keep' } as const;
    const path = join(folder, 'cancelled.png');
    const controller = new AbortController();
    const work = encodeToFile(controller.signal, noise(600, 600, 4, 16), NO_METADATA, '/nowhere', options, path);
    controller.abort();
    expect(await outcome(work)).toBe('E_CANCELLED');
    expect(readdirSync(folder)).toEqual(before);
  });
});
