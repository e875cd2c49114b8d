/** Owns what codec tests share: temporary folders, the corpus, and calls with a signal that nobody aborts. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import type { Format } from '../../../preload/contract.ts';
import { Fault } from '../../../preload/faults.ts';
import { decode } from '../../../workers/codecs/decode.ts';
import { encodeToFile } from '../../../workers/codecs/encode.ts';
import { readSource } from '../../../workers/codecs/source.ts';
import type { Decoded, EncodeOptions, Metadata } from '../../../workers/codecs/types.ts';
import type { Raster } from '../../../workers/raster.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/codecs');
export const CORPUS = join(import.meta.dirname, '../../../../shared/corpus');
export const PIXEL_LIMIT = 500_000_000;
export const NO_METADATA: Metadata = { exif: null, xmp: null, iptc: null, icc: null, density: null };

export const never = new AbortController().signal;

export function fixture(name: string): string {
  return join(FIXTURES, name);
}

export function fixtureBytes(name: string): Buffer {
  return readFileSync(fixture(name));
}

/** True where the corpus is; says SKIP where it is not. */
export function hasCorpus(what: string): boolean {
  if (existsSync(CORPUS)) return true;
  process.stdout.write(`SKIP ${what}: no ../shared/corpus here\n`);
  return false;
}

export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A folder that goes when the test file ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'photomill-codecs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function decodeFile(path: string): Promise<Decoded> {
  return decode(never, await readSource(never, path), { pixelLimit: PIXEL_LIMIT });
}

export function decodeBytes(bytes: Buffer, path: string): Promise<Decoded> {
  return decode(never, { path, bytes }, { pixelLimit: PIXEL_LIMIT });
}

let files = 0;

/** Encodes to a new file; answers its path and the notices' codes. */
export async function encoded(
  folder: string,
  raster: Raster,
  format: Format,
  more: Partial<EncodeOptions> & { readonly metadata?: Partial<Metadata>; readonly source?: string } = {},
) {
  files += 1;
  const path = join(folder, `out-${files}.${format}`);
  const { metadata, source, ...options } = more;
  const result = await encodeToFile(
    never,
    raster,
    { ...NO_METADATA, ...metadata },
    source ?? join(folder, 'no-such-source'),
    { format, quality: 90, depth: 'keep', ...options },
    path,
  );
  return { path, bytes: result.bytes, codes: result.notices.map((one) => one.code) };
}

/** The fault's code, or `done`; anything that is no Fault fails the test. */
export async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return error.code;
  }
}

export function bytesOf({ data }: Raster): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

export function expectSamePixels(found: Raster, expected: Raster): void {
  const shape = ({ width, height, channels, depth }: Raster) => ({ width, height, channels, depth });
  expect(shape(found)).toEqual(shape(expected));
  expect(bytesOf(found).equals(bytesOf(expected))).toBe(true);
}

/** Mean absolute difference in levels. */
export function meanDifference(a: Raster, b: Raster): number {
  expect([a.width, a.height, a.channels]).toEqual([b.width, b.height, b.channels]);
  let sum = 0;
  for (let index = 0; index < a.data.length; index += 1) {
    sum += Math.abs((a.data[index] as number) - (b.data[index] as number));
  }
  return sum / a.data.length;
}
