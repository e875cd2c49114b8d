/** Owns the photos that batches are measured on: 4K cuts of the corpus with sensor noise, made once into .cache/bench. */
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';

const ROOT = resolve(import.meta.dirname, '../..');
const CORPUS = resolve(ROOT, '../shared/corpus/photos');
export const BENCH = join(ROOT, '.cache', 'bench');

const WIDTH = 3840;
const HEIGHT = 2160;

/** A folder of `count` JPEGs of 3840x2160, quality 92; null where there is no corpus. */
export async function fourK(count: number): Promise<string | null> {
  if (!existsSync(CORPUS)) return null;
  const folder = join(BENCH, `4k-${count}`);
  if (existsSync(folder) && readdirSync(folder).length === count) return folder;
  const sources = await largeEnough();
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < count; n++) {
    const { path, width, height } = sources[n % sources.length] as Source;
    // Every photo another cut, so that no cache and no branch predictor sees the same one twice.
    const left = Math.floor(((width - WIDTH) * ((n * 37) % 100)) / 100);
    const top = Math.floor(((height - HEIGHT) * ((n * 61) % 100)) / 100);
    const { data } = await sharp(path)
      .extract({ left, top, width: WIDTH, height: HEIGHT })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    addNoise(data, n + 1);
    const part = join(folder, `.${n}`);
    await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
      .jpeg({ quality: 92 })
      .toFile(part);
    renameSync(part, join(folder, `${String(n).padStart(3, '0')}.jpg`));
  }
  return folder;
}

/** One JPEG of 3000x2000 (6 MP), cut the same way; null where there is no corpus. */
export async function sixMegapixels(): Promise<string | null> {
  if (!existsSync(CORPUS)) return null;
  const file = join(BENCH, '6mp.jpg');
  if (existsSync(file)) return file;
  mkdirSync(BENCH, { recursive: true });
  const [source] = await largeEnough();
  const data = await sharp(source?.path).resize(3000, 2000, { fit: 'cover' }).removeAlpha().raw().toBuffer();
  addNoise(data, 99);
  await sharp(data, { raw: { width: 3000, height: 2000, channels: 3 } })
    .jpeg({ quality: 92 })
    .toFile(file);
  return file;
}

interface Source {
  readonly path: string;
  readonly width: number;
  readonly height: number;
}

async function largeEnough(): Promise<Source[]> {
  const found: Source[] = [];
  for (const name of readdirSync(CORPUS).sort()) {
    const path = join(CORPUS, name);
    const { width, height } = await sharp(path).metadata();
    if (width >= WIDTH && height >= HEIGHT) found.push({ path, width, height });
  }
  return found;
}

/** Shot and read noise of a small sensor, about ISO 400: a standard deviation of 2 in the shadows and 4 in the lights. */
function addNoise(samples: Uint8Array, seed: number): void {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] as number;
    // The sum of four uniform numbers is near enough to a Gaussian; its deviation is 0.577.
    const gauss = (random() + random() + random() + random() - 2) / 0.577;
    samples[i] = Math.max(0, Math.min(255, Math.round(value + gauss * (2 + value / 128))));
  }
}
