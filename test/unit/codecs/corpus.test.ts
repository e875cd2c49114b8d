/** The whole corpus through probe and decode: every file ends done or with its code, in time, and none uncaught. */
import { relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { closeExiftool } from '../../../workers/codecs/exiftool.ts';
import { probe } from '../../../workers/codecs/probe.ts';
import { CORPUS, decodeFile, filesBelow, hasCorpus, never, outcome, PIXEL_LIMIT } from './bench.ts';

/** Folder by folder; a difference is to be looked at, file by file, and then written here. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'SOURCES.md': { E_NOT_IMAGE: 1 },
  'exif-samples': { done: 95, E_CORRUPT: 1, E_NOT_IMAGE: 10, E_UNSUPPORTED_CODEC: 5 },
  icc: { E_NOT_IMAGE: 46 },
  'libjpeg-turbo': { done: 6, E_NOT_IMAGE: 4, E_UNSUPPORTED_CODEC: 5, E_UNSUPPORTED_LAYOUT: 1 },
  libvips: { done: 45, E_BOMB: 1, E_NOT_IMAGE: 6, E_TRUNCATED: 2, E_UNSUPPORTED_CODEC: 19, E_UNSUPPORTED_LAYOUT: 3 },
  naughty: { E_NOT_IMAGE: 5 },
  orientation: { done: 18, E_NOT_IMAGE: 4 },
  photos: { done: 5 },
  pngsuite: { done: 161, E_CORRUPT: 8, E_NOT_IMAGE: 9 },
  sharp: { done: 491, E_BOMB: 1, E_NOT_IMAGE: 4, E_TRUNCATED: 3, E_UNSUPPORTED_CODEC: 5 },
  'wide-color': { done: 4, E_NOT_IMAGE: 1 },
};
/** The slowest, 24 megapixels, takes 0.3 s here; a hang is minutes. */
const FILE_LIMIT_MS = 10_000;

afterAll(() => closeExiftool());

describe.runIf(hasCorpus('corpus'))('corpus', () => {
  it('ends for every file with a known code', { timeout: 120_000 }, async () => {
    const table: Record<string, Record<string, number>> = {};
    for (const path of filesBelow(CORPUS)) {
      const [folder = ''] = relative(CORPUS, path).split('/');
      const startedAt = performance.now();
      const decoded = await outcome(decodeFile(path));
      const probed = await outcome(probe(never, path, { pixelLimit: PIXEL_LIMIT, tags: true }));
      expect(performance.now() - startedAt, path).toBeLessThan(FILE_LIMIT_MS);
      // A header may be sound where the pixels are not; never the other way round.
      if (decoded === 'done') expect(probed, path).toBe('done');
      const counts = table[folder] ?? {};
      table[folder] = { ...counts, [decoded]: (counts[decoded] ?? 0) + 1 };
    }
    expect(table).toEqual(EXPECTED);
  });
});
