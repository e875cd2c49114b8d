/** Probing: the header's truth, and quickly enough for a folder of thousands. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { probeSchema } from '../../../preload/contract.ts';
import { closeExiftool } from '../../../workers/codecs/exiftool.ts';
import { probe } from '../../../workers/codecs/probe.ts';
import { codecVersions } from '../../../workers/codecs/versions.ts';
import {
  CORPUS,
  decodeFile,
  filesBelow,
  fixture,
  fixtureBytes,
  hasCorpus,
  never,
  outcome,
  PIXEL_LIMIT,
  temporaryFolder,
} from './bench.ts';

const folder = temporaryFolder();
afterAll(() => closeExiftool());
const look = (path: string, tags = false) => probe(never, path, { pixelLimit: PIXEL_LIMIT, tags });

describe('probe', () => {
  it.each([
    ['plain.jpg', { kind: 'jpeg', width: 96, height: 64, channels: 3, depth: 8, hasAlpha: false, frames: 1 }],
    ['deep-alpha.png', { kind: 'png', width: 17, height: 9, channels: 4, depth: 16, hasAlpha: true }],
    ['deep-grey.tif', { kind: 'tiff', channels: 1, depth: 16, colourSpace: 'grey16' }],
    ['animated.gif', { kind: 'gif', frames: 3 }],
    ['animated.webp', { kind: 'webp', frames: 3 }],
    ['cmyk.tif', { kind: 'tiff', channels: 4, depth: 8, colourSpace: 'cmyk' }],
    ['plain.avif', { kind: 'avif', width: 96, height: 64, depth: 8 }],
  ])('%s', async (name, expected) => {
    const { probe: found } = await look(fixture(name));
    expect(found).toMatchObject(expected);
    expect(probeSchema.parse(found)).toEqual(found);
  });

  it('says when the name claims another kind', async () => {
    const path = join(folder, 'really-a-png.jpg');
    copyFileSync(fixture('plain.png'), path);
    const { probe: found, notices } = await look(path);
    expect(found.kind).toBe('png');
    expect(notices).toEqual([{ code: 'N_EXTENSION', detail: { kind: 'PNG' } }]);
  });

  it('gives tags only where they are asked for', async () => {
    const none = { capturedAt: null, camera: null, lens: null, iso: null };
    expect((await look(fixture('camera.jpg'))).probe.tags).toEqual(none);
    expect((await look(fixture('camera.jpg'), true)).probe.tags.camera).toBe('Photomill One');
    expect((await look(fixture('plain.jpg'), true)).probe.tags).toEqual(none);
  });

  it.each([
    ['bomb.png', 'E_BOMB'],
    ['float.tif', 'E_UNSUPPORTED_LAYOUT'],
  ])('%s is %s before it is decoded', async (name, code) => {
    expect(await outcome(look(fixture(name)))).toBe(code);
  });

  it('caps AVIF by itself: 3.7 KB of it once took 4.5 GB', async () => {
    const bytes = fixtureBytes('plain.avif');
    const at = bytes.indexOf('ispe') + 8;
    bytes.writeUInt32BE(20_000, at);
    bytes.writeUInt32BE(6_000, at + 4);
    const path = join(folder, 'large.avif');
    writeFileSync(path, bytes);
    await expect(look(path)).rejects.toMatchObject({ code: 'E_BOMB', detail: { limit: 100_000_000 } });
  });

  it.runIf(hasCorpus('probe'))('agrees with the decoder about size and channels, in milliseconds a file', async () => {
    const files = filesBelow(join(CORPUS, 'pngsuite')).concat(filesBelow(join(CORPUS, 'orientation')));
    const startedAt = performance.now();
    const found = await Promise.all(files.map((path) => look(path).catch(() => null)));
    expect((performance.now() - startedAt) / files.length).toBeLessThan(20);
    for (const [index, path] of files.entries()) {
      const one = found[index]?.probe;
      if (one === undefined || path.includes('/x')) continue;
      const { raster } = await decodeFile(path);
      expect([one.width, one.height, one.channels, one.depth], path).toEqual([
        raster.width,
        raster.height,
        raster.channels,
        raster.depth,
      ]);
    }
  });
});

describe('versions', () => {
  it('name libvips and what is read and written', () => {
    const { versions, reads, writes } = codecVersions();
    expect(versions.vips).toMatch(/^8\./);
    expect(reads).toContain('gif');
    expect(writes).toEqual(['jpeg', 'png', 'webp', 'avif', 'tiff']);
  });
});
