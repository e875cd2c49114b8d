/** Owns how a test runs a whole batch: the real engine as a child process, photos made on the spot, trees compared. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { runBatch } from '../../main/batches.ts';
import { createEngine, type Engine } from '../../main/engine.ts';
import { spawnChildEngine } from '../../main/node/engine-process.ts';
import { scan } from '../../main/scan.ts';
import { parseStep } from '../../preload/chain.ts';
import type { FileResult, OutputSpec, Progress, Summary } from '../../preload/contract.ts';

export interface RunOptions {
  readonly paths: readonly string[];
  readonly out: string;
  /** As on the command line; default grayscale. */
  readonly chain?: readonly string[];
  /** Instead of one chain: several by their recipes' names, each with a folder of that name in `out`. */
  readonly recipes?: Readonly<Record<string, readonly string[]>>;
  /** A recipe's own format, where it has one. */
  readonly recipeFormats?: Readonly<Record<string, OutputSpec['format']>>;
  readonly format?: OutputSpec['format'];
  readonly onConflict?: OutputSpec['onConflict'];
  readonly name?: string;
  readonly tileSize?: number;
  readonly workers?: number;
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Run {
  readonly summary: Summary;
  readonly planned: { files: number; pixels: number };
  readonly files: readonly FileResult[];
  readonly mostAtOnce: number;
}

export interface BatchRig {
  readonly engine: Engine;
  run(options: RunOptions): Promise<Run>;
  close(): Promise<void>;
}

export function createBatchRig(): BatchRig {
  const entry = fileURLToPath(new URL('../../.build/workers/entry-child.js', import.meta.url));
  const engine = createEngine(spawnChildEngine(entry));
  let batches = 0;
  return {
    engine,
    async run(options) {
      const { filters } = await engine.request('engine.filters', {});
      const signal = options.signal ?? new AbortController().signal;
      const files: FileResult[] = [];
      let planned = { files: -1, pixels: -1 };
      let mostAtOnce = 0;
      const summary = await runBatch(
        signal,
        engine,
        {
          batchId: `test${++batches}`,
          files: scan(signal, options.paths, { recursive: true, exclude: [options.out] }),
          roots: options.paths,
          folder: options.out,
          variants: variantsOf(options).map(({ recipe, folder, chain }) => ({
            recipe,
            chain: chain.map((text) => parseStep(text, filters)),
            output: {
              folder,
              format: options.recipeFormats?.[recipe] ?? options.format ?? 'keep',
              quality: 90,
              depth: 'keep',
              name: options.name ?? '{name}',
              onConflict: options.onConflict ?? 'rename',
            },
          })),
          tileSize: options.tileSize ?? 512,
          workers: options.workers ?? 2,
          memoryBytes: options.memoryBytes ?? 2 ** 31,
          pixelLimit: 268_402_689,
        },
        {
          planned: (told) => {
            planned = told;
          },
          file: (result) => void files.push(result),
          progress(progress) {
            mostAtOnce = Math.max(mostAtOnce, progress.working.length);
            options.onProgress?.(progress);
          },
        },
      );
      assertConserved(summary, planned.files, files);
      return { summary, planned, files, mostAtOnce };
    },
    close: () => engine.close(),
  };
}

function variantsOf({ out, chain = ['grayscale'], recipes }: RunOptions) {
  if (recipes === undefined) return [{ recipe: 'filtered', folder: out, chain }];
  return Object.entries(recipes).map(([recipe, steps]) => ({ recipe, folder: join(out, recipe), chain: steps }));
}

/** I2: discovered = done + failed + skipped + cancelled, one terminal record a file. */
function assertConserved(summary: Summary, found: number, files: readonly FileResult[]): void {
  const { done, failed, skipped, cancelled } = summary;
  const sum = done + failed + skipped + cancelled;
  const distinct = new Set(files.map(({ index }) => index)).size;
  if (sum !== found || files.length !== found || distinct !== found) {
    throw new Error(`${found} found, ${sum} in the summary, ${files.length} records of ${distinct} files`);
  }
}

/** A picture with edges, gradients and grain: flat colour would hide a seam. The same for the same size. */
export function photo(width: number, height: number, channels: 1 | 3 | 4 = 3): Sharp {
  const samples = Buffer.alloc(width * height * channels);
  let random = 12_345;
  for (let at = 0; at < samples.length; at++) {
    random = (random * 1_103_515_245 + 12_345) & 0x7fffffff;
    const x = Math.floor(at / channels) % width;
    const y = Math.floor(at / channels / width);
    const edge = (x >> 5) % 2 === (y >> 4) % 2 ? 70 : 0;
    samples[at] = ((x * 120) / width + (y * 60) / height + edge + (random >> 27)) % 256;
  }
  return sharp(samples, { raw: { width, height, channels } });
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'photomill-test-'));
}

/** Every file below, hidden ones too: litter would show. */
export async function treeOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

/** Path → sha256 of every regular file below. */
export async function manifestOf(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found[relative(folder, path)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return found;
}
