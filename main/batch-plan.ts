/**
 * Owns what is decided before the first decode: for every file whether it is read, how large it is and where its
 * result goes. Knows nothing of running jobs.
 */
import { realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { FaultRecord, ImageJob, Notice, OutputSpec, Probe, Probed, Step, TileSize } from '../preload/contract.ts';
import { Fault, toRecord } from '../preload/faults.ts';
import type { Engine } from './engine.ts';
import { looksLikePhoto } from './entries.ts';
import { isWithin } from './grants.ts';
import { needsTags, parseTemplate } from './naming.ts';
import { createOutputPlan, UNNAMED_RECIPE } from './outputs.ts';
import type { ScannedFile } from './scan.ts';

/** Headers in one request: large enough that the message costs nothing, small enough that a cancel is heard. */
const PROBES_A_REQUEST = 48;

export interface BatchRequest {
  readonly batchId: string;
  readonly files: AsyncIterable<ScannedFile> | Iterable<ScannedFile>;
  /** The folders and files that were chosen: results may not land on top of them. */
  readonly roots: readonly string[];
  readonly chain: readonly Step[];
  readonly output: OutputSpec;
  readonly tileSize: TileSize;
  readonly workers: number;
  readonly memoryBytes: number;
  readonly pixelLimit: number;
}

export type PlannedFile = {
  readonly index: number;
  readonly source: string;
} & (
  | { readonly kind: 'write'; readonly pixels: number; readonly job: ImageJob; readonly notices: readonly Notice[] }
  | { readonly kind: 'skip' | 'fail'; readonly fault: FaultRecord }
);

export async function planBatch(signal: AbortSignal, engine: Engine, request: BatchRequest): Promise<PlannedFile[]> {
  const files: ScannedFile[] = [];
  for await (const file of request.files) {
    signal.throwIfAborted();
    files.push(file);
  }
  const probes = await probeAll(signal, engine, request, files);
  const template = parseTemplate(request.output.name);
  const outputs = await createOutputPlan(request.output, template, files, UNNAMED_RECIPE);
  const results = await placesOfResults(request.roots, request.output.folder);

  const planned: PlannedFile[] = [];
  for (const [index, file] of files.entries()) {
    if (index % 256 === 0) signal.throwIfAborted();
    planned.push(await planFile(index, file));
  }
  return planned;

  async function planFile(index: number, file: ScannedFile): Promise<PlannedFile> {
    const source = file.path;
    if (results.some((folder) => isWithin(folder, source))) {
      return { index, source, kind: 'skip', fault: toRecord(new Fault('E_IN_OUTPUT')) };
    }
    if (file.skip !== null) return { index, source, kind: 'skip', fault: file.skip };
    const probed = probes.get(index);
    if (probed === undefined) throw new Error(`no probe for ${source}`);
    if (!probed.ok)
      return { index, source, kind: isBystander(file, probed.fault) ? 'skip' : 'fail', fault: probed.fault };
    const place = await outputs.plan(file, probed.probe, index + 1);
    if (place.kind !== 'write') return { index, source, kind: place.kind, fault: toRecord(place.fault) };
    const job = jobOf(index, source, probed.probe, place);
    return {
      index,
      source,
      kind: 'write',
      pixels: probed.probe.width * probed.probe.height,
      job,
      notices: probed.notices,
    };
  }

  function jobOf(
    index: number,
    source: string,
    probe: Probe,
    place: { path: string; format: ImageJob['target']['format'] },
  ): ImageJob {
    const { quality, depth, onConflict } = request.output;
    const { kind, width, height, channels, depth: sourceDepth } = probe;
    return {
      jobId: String(index),
      batchId: request.batchId,
      source,
      chain: [...request.chain],
      target: { path: place.path, format: place.format, quality, depth, onConflict },
      tileSize: request.tileSize,
      pixelLimit: request.pixelLimit,
      size: { kind, width, height, channels, depth: sourceDepth },
    };
  }

  async function probeAll(signal: AbortSignal, engine: Engine, request: BatchRequest, files: readonly ScannedFile[]) {
    const wanted = [...files.entries()].filter(([, file]) => file.skip === null);
    const tags = needsTags(parseTemplate(request.output.name));
    const found = new Map<number, Probed>();
    const chunks: (typeof wanted)[] = [];
    for (let at = 0; at < wanted.length; at += PROBES_A_REQUEST) chunks.push(wanted.slice(at, at + PROBES_A_REQUEST));
    const takeNext = async () => {
      for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
        const paths = chunk.map(([, file]) => file.path);
        const answer = await engine.request('image.probe', { paths, pixelLimit: request.pixelLimit, tags }, { signal });
        for (const [place, [index]] of chunk.entries()) {
          const probed = answer.probes[place];
          if (probed !== undefined) found.set(index, probed);
        }
      }
    };
    await Promise.all(Array.from({ length: request.workers }, takeNext));
    return found;
  }
}

/**
 * The output folder as the list of a source would name it, where it lies inside one: what is there are results of
 * earlier runs. A scan that knows the output folder leaves it out; a window lists before one was chosen.
 */
async function placesOfResults(roots: readonly string[], outputFolder: string): Promise<string[]> {
  const output = await realpath(outputFolder);
  const places: string[] = [];
  for (const root of roots) {
    // A link that leads nowhere can be chosen too: it is skipped with its own reason.
    const real = await realpath(root).catch(() => root);
    if (real !== output && isWithin(real, output)) places.push(join(root, relative(real, output)));
  }
  return places;
}

/** A text or a sidecar lying among photos is passed by; what calls itself a photo, or was named, failed. */
function isBystander(file: ScannedFile, fault: FaultRecord): boolean {
  const strange = fault.code === 'E_NOT_IMAGE' || fault.code === 'E_EMPTY';
  return strange && !file.named && !looksLikePhoto(file.relativePath);
}
