/** Owns the small photos that tests of the window are fed with: made on the spot, different from each other. */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

/** A folder of `count` JPEG photos with EXIF, `photo-01.jpg` on. @param side of the square, px */
export async function makePhotos(folder: string, count: number, side = 160): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const names = Array.from({ length: count }, (_, i) => `photo-${String(i + 1).padStart(2, '0')}.jpg`);
  await Promise.all(names.map((name, i) => makePhoto(join(folder, name), side, i)));
  return names;
}

async function makePhoto(file: string, side: number, seed: number): Promise<void> {
  const pixels = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = (y * side + x) * 3;
      pixels[at] = (x * 255) / side;
      pixels[at + 1] = (y * 255) / side;
      pixels[at + 2] = (seed * 37 + ((x ^ y) & 31) * 4) % 256;
    }
  }
  await sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .withExif({ IFD0: { Make: 'Test', Model: 'Camera' } })
    .jpeg({ quality: 90 })
    .toFile(file);
}

/** Leaves the first half of a file, as an interrupted copy does. */
export async function truncateHalf(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.truncate(Math.floor((await stat(file)).size / 2));
  } finally {
    await handle.close();
  }
}

/** Every file's hash by its name: equal before and after means untouched. */
export async function hashes(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  const entries = names.map(async (name) => {
    const hash = createHash('sha256').update(await readFile(join(folder, name)));
    return [name, hash.digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Whether every pixel has R = G = B. */
export async function isGrey(file: string): Promise<boolean> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  if (info.channels < 3) return true;
  for (let at = 0; at < data.length; at += info.channels) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  }
  return true;
}
