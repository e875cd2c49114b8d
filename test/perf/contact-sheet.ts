/**
 * Every filter of the catalogue at its defaults on three real photos, on one sheet to look at: what looks wrong is wrong.
 * `node test/perf/contact-sheet.ts [filter…]` writes .cache/contact-sheet.png. Needs the corpus beside the project.
 */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import sharp, { type OverlayOptions } from 'sharp';
import { FILTERS } from '../../workers/filters/catalogue.ts';
import { buildKernels } from '../../workers/kernels/build.ts';
import { loadKernels } from '../../workers/kernels/load.ts';
import { prepareChain } from '../../workers/pipeline/chain.ts';
import { runChain } from '../../workers/pipeline/tiles.ts';
import type { Channels, Raster } from '../../workers/raster.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CORPUS = resolve(ROOT, '../shared/corpus/photos');
const SHEET = join(ROOT, '.cache', 'contact-sheet.png');
/** px: what the filters get, and the middle of it that stands on the sheet, pixel for pixel. */
const WORK_WIDTH = 1200;
const CELL = { width: 480, height: 320, label: 20 };
const PHOTOS = 3;

const kernels = loadKernels(await readFile((await buildKernels()).file));
const names = existsSync(CORPUS) ? readdirSync(CORPUS).sort().slice(-PHOTOS) : [];
if (names.length < PHOTOS) {
  process.stdout.write('SKIP: no corpus here.\n');
} else {
  const photos = await Promise.all(names.map((name) => rasterOf(join(CORPUS, name))));
  const asked = process.argv.slice(2);
  const filters = FILTERS.filter(({ id, group }) => group !== 'geometry' && (asked.length === 0 || asked.includes(id)));
  const cells: OverlayOptions[] = [];
  const columns = 2;
  for (const [place, filter] of filters.entries()) {
    const left = (place % columns) * CELL.width * PHOTOS;
    const top = Math.floor(place / columns) * (CELL.height + CELL.label);
    cells.push({ input: label(filter.id), left, top });
    for (const [column, photo] of photos.entries()) {
      const chain = prepareChain([{ filter: filter.id, params: {}, enabled: true }]);
      const result = runChain(photo, chain, { tileSize: 'auto', kernels, mode: 'simd', checkCancelled: () => {} });
      cells.push({ input: await cellOf(result), left: left + column * CELL.width, top: top + CELL.label });
    }
  }
  const width = columns * CELL.width * PHOTOS;
  const height = Math.ceil(filters.length / columns) * (CELL.height + CELL.label);
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  await sharp({ create: { width, height, channels: 3, background: '#505050' } })
    .composite(cells)
    .png()
    .toFile(SHEET);
  process.stdout.write(`${SHEET}: ${filters.length} filters, ${names.join(', ')}\n`);
}

async function rasterOf(path: string): Promise<Raster> {
  const image = sharp(path).resize(WORK_WIDTH).removeAlpha().toColourspace('srgb').raw();
  const { data, info } = await image.toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels as Channels, depth: 8 };
}

function cellOf({ data, width, height, channels }: Raster): Promise<Buffer> {
  const left = Math.max(0, (width - CELL.width) >> 1);
  const top = Math.max(0, (height - CELL.height) >> 1);
  return sharp(data, { raw: { width, height, channels } })
    .toColourspace('srgb')
    .extract({ left, top, width: Math.min(CELL.width, width), height: Math.min(CELL.height, height) })
    .png()
    .toBuffer();
}

function label(text: string): Buffer {
  return Buffer.from(
    `<svg width="${CELL.width}" height="${CELL.label}"><text x="4" y="15" font-size="13" font-family="sans-serif" fill="#fff">${text}</text></svg>`,
  );
}
