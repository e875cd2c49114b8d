/**
 * Owns what is decided before the first decode: for every file whether it is read, how large it is and where each of
 * its results goes. Knows nothing of running jobs.
 */
import { realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type {
  FaultRecord,
  ImageJob,
  Notice,
  OutputSpec,
  Probe,
  Probed,
  Step,
  TileSize,
  Variant,
} from '../preload/contract.ts';
import { Fault, notice, toRecord } from '../preload/faults.ts';
import { sizeAfter } from '../preload/geometry.ts';
import type { Engine } from './engine.ts';
import { looksLikePhoto } from './entries.ts';
import { isWithin } from './grants.ts';
import { needsTags, parseTemplate } from './naming.ts';
import { createOutputPlan, type OutputPlan, type Place } from './outputs.ts';
import type { ScannedFile } from './scan.ts';

/** Headers in one request: large enough that the message costs nothing, small enough that a cancel is heard. */
const PROBES_A_REQUEST = 48;

/** One result of every photo. */
export interface BatchVariant {
  /** What `{recipe}` becomes. */
  readonly recipe: string;
  readonly chain: readonly Step[];
  /** Its folder is the batch's or lies in it; no two variants share one. */
  readonly output: OutputSpec;
}

export interface BatchRequest {
  readonly batchId: string;
  readonly files: AsyncIterable<ScannedFile> | Iterable<ScannedFile>;
  /** The folders and files that were chosen: results may not land on top of them. */
  readonly roots: readonly string[];
  /** Where all results go. */
  readonly folder: string;
  /** At least one. */
  readonly variants: readonly BatchVariant[];
  readonly tileSize: TileSize;
  readonly workers: number;
  readonly memoryBytes: number;
  readonly pixelLimit: number;
}

export type PlannedFile = {
  readonly index: number;
  readonly source: string;
} & (
  | {
      readonly kind: 'write';
      /** Of all its results. */
      readonly pixels: number;
      readonly job: ImageJob;
      readonly notices: readonly Notice[];
      /** Why a result will not be made though others are; null where none is amiss. */
      readonly fault: FaultRecord | null;
    }
  | { readonly kind: 'skip' | 'fail'; readonly fault: FaultRecord }
);

export async function planBatch(signal: AbortSignal, engine: Engine, request: BatchRequest): Promise<PlannedFile[]> {
  const files: ScannedFile[] = [];
  for await (const file of request.files) {
    signal.throwIfAborted();
    files.push(file);
  }
  const { filters } = await engine.request('engine.filters', {}, { signal });
  const probes = await probeAll(signal, engine, request, files);
  const plans: { readonly variant: BatchVariant; readonly plan: OutputPlan }[] = [];
  for (const variant of request.variants) {
    const template = parseTemplate(variant.output.name);
    plans.push({ variant, plan: await createOutputPlan(variant.output, template, files, variant.recipe) });
  }
  const results = await placesOfResults(request.roots, request.folder);

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
    return planResults(index, file, probed.probe, probed.notices);
  }

  async function planResults(
    index: number,
    file: ScannedFile,
    probe: Probe,
    notices: readonly Notice[],
  ): Promise<PlannedFile> {
    const source = file.path;
    const variants: Variant[] = [];
    const refused: Extract<Place, { kind: 'skip' | 'fail' }>[] = [];
    for (const { variant, plan } of plans) {
      // Names tell the size of the result; what it is made of stays the photo's.
      const place = await plan.plan(file, { ...probe, ...sizeAfter(filters, variant.chain, probe) }, index + 1);
      if (place.kind === 'write') variants.push(variantOf(variant, place));
      else refused.push(place);
    }
    const failed = refused.find(({ kind }) => kind === 'fail');
    const [first] = refused;
    if (variants.length === 0 && first !== undefined) {
      const { kind, fault } = failed ?? first;
      return { index, source, kind, fault: toRecord(fault) };
    }
    const standing = refused.filter(({ kind }) => kind === 'skip');
    return {
      index,
      source,
      kind: 'write',
      pixels: probe.width * probe.height * variants.length,
      job: jobOf(index, source, probe, variants),
      notices: [...notices, ...standing.map(({ fault }) => notice('N_STANDS', { path: fault.detail.path ?? '' }))],
      fault: failed === undefined ? null : toRecord(failed.fault),
    };
  }

  function jobOf(index: number, source: string, probe: Probe, variants: Variant[]): ImageJob {
    const { kind, width, height, channels, depth } = probe;
    return {
      jobId: String(index),
      batchId: request.batchId,
      source,
      variants,
      tileSize: request.tileSize,
      pixelLimit: request.pixelLimit,
      size: { kind, width, height, channels, depth },
    };
  }
}

function variantOf({ chain, output }: BatchVariant, place: Extract<Place, { kind: 'write' }>): Variant {
  const { quality, depth, onConflict } = output;
  return { chain: [...chain], target: { path: place.path, format: place.format, quality, depth, onConflict } };
}

async function probeAll(
  signal: AbortSignal,
  engine: Engine,
  { variants, pixelLimit, workers }: BatchRequest,
  files: readonly ScannedFile[],
): Promise<ReadonlyMap<number, Probed>> {
  const wanted = [...files.entries()].filter(([, file]) => file.skip === null);
  const tags = variants.some(({ output }) => needsTags(parseTemplate(output.name)));
  const found = new Map<number, Probed>();
  const chunks: (typeof wanted)[] = [];
  for (let at = 0; at < wanted.length; at += PROBES_A_REQUEST) chunks.push(wanted.slice(at, at + PROBES_A_REQUEST));
  const takeNext = async () => {
    for (let chunk = chunks.shift(); chunk !== undefined; chunk = chunks.shift()) {
      const paths = chunk.map(([, file]) => file.path);
      const answer = await engine.request('image.probe', { paths, pixelLimit, tags }, { signal });
      for (const [place, [index]] of chunk.entries()) {
        const probed = answer.probes[place];
        if (probed !== undefined) found.set(index, probed);
      }
    }
  };
  await Promise.all(Array.from({ length: workers }, takeNext));
  return found;
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
