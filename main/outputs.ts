/**
 * Owns where every result of a batch goes: decided before the first decode, never twice the same place, never a source.
 * Knows names and the output folder; refuses to know pictures beyond their header.
 */
import { randomUUID } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { access, lstat, open, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Format, OutputSpec, Probe, SourceKind } from '../preload/contract.ts';
import { Fault } from '../preload/faults.ts';
import { temporaryName } from '../preload/temporary.ts';
import { extensionOf, stemOf } from './entries.ts';
import { errnoOf } from './errno.ts';
import { isWithin } from './grants.ts';
import { makeFolder } from './make-folder.ts';
import { type Disk, expand, fitName, keepsNames, parseTemplate, safeName, type Template } from './naming.ts';
import { realOrAbsolute } from './roots.ts';
import { identityKey, type ScannedFile } from './scan.ts';

export type Place =
  | { readonly kind: 'write'; readonly path: string; readonly format: Format }
  | { readonly kind: 'skip' | 'fail'; readonly fault: Fault };

export interface OutputPlan {
  /** `seq` counts from 1. Makes the result's folder where a result will be written. */
  plan(file: PlanSource, probe: Probe, seq: number): Promise<Place>;
}

export type PlanSource = Pick<ScannedFile, 'path' | 'relativePath'>;

const EXTENSIONS: Readonly<Record<Format, readonly [string, ...string[]]>> = {
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
  png: ['png'],
  webp: ['webp'],
  avif: ['avif'],
  tiff: ['tif', 'tiff'],
};

/** Linux allows 4096 with the ending NUL; the contract holds paths to the same. */
const PATH_BYTES = 4095;

/** A GIF is read only; PNG is what keeps all of its first frame. */
const KEPT_AS: Readonly<Record<SourceKind, Format>> = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  tiff: 'tiff',
  gif: 'png',
};

/** What `{recipe}` becomes for a chain that has no name of its own. */
export const UNNAMED_RECIPE = 'filtered';

interface Proposal {
  /** Below the output folder, `/` between its parts; empty for the output folder itself. */
  readonly folder: string;
  readonly stem: string;
  /** With its dot. */
  readonly ending: string;
  readonly format: Format;
}

/** Where a result goes if nothing is taken. */
function proposeTarget(
  file: PlanSource,
  probe: Probe,
  seq: number,
  output: Pick<OutputSpec, 'format'>,
  template: Template,
  recipe: string,
  disk: Disk,
): Proposal {
  const folders = file.relativePath.split('/');
  const basename = folders.pop() ?? '';
  const values = {
    name: stemOf(basename),
    ext: extensionOf(basename),
    folder: path.basename(path.dirname(file.path)),
    recipe,
    seq,
    width: probe.width,
    height: probe.height,
    ...probe.tags,
  };
  const parts = [...expand(template, values, disk)];
  const stem = parts.pop() ?? '_';
  const format = output.format === 'keep' ? KEPT_AS[probe.kind] : output.format;
  const mirrored = [...folders.map((folder) => safeName(folder, disk)), ...parts].map((part) => fitName(part, ''));
  return { folder: mirrored.join('/'), stem, ending: `.${extensionFor(format, output.format, basename)}`, format };
}

/** `keep` also keeps how the source spells its extension, where that tells its contents: `.JPG`, `.jpeg`. */
function extensionFor(format: Format, wanted: OutputSpec['format'], basename: string): string {
  const own = extensionOf(basename);
  return wanted === 'keep' && EXTENSIONS[format].includes(own.toLowerCase()) ? own : EXTENSIONS[format][0];
}

/**
 * The live example beside the template: the way below the output folder, if nothing is taken.
 * @param seq counts from 1.
 * @throws Fault E_TEMPLATE or E_PATH
 */
export function exampleName(
  file: PlanSource,
  probe: Probe,
  seq: number,
  output: Pick<OutputSpec, 'format' | 'name'>,
): string {
  const disk = process.platform === 'win32' ? 'windows' : 'posix';
  const template = parseTemplate(output.name);
  const { folder, stem, ending } = proposeTarget(file, probe, seq, output, template, UNNAMED_RECIPE, disk);
  return (folder === '' ? '' : `${folder}/`) + fitName(stem, ending);
}

/**
 * @param sources every file of the batch: no result takes the place of one, by whatever name or link it is reached.
 * @param recipe what `{recipe}` becomes.
 */
export async function createOutputPlan(
  output: OutputSpec,
  template: Template,
  sources: Iterable<Pick<ScannedFile, 'identity'>>,
  recipe: string,
): Promise<OutputPlan> {
  const root = await realpath(output.folder);
  const { foldsCase, disk } = await askDisk(root);
  const sourceKeys = new Set<string>();
  for (const { identity } of sources) if (identity.ino !== 0n) sourceKeys.add(identityKey(identity));
  const reserved = new Set<string>();
  // Where the next free number is looked for: without it a thousand equal names would be tried a million times.
  const nextNumber = new Map<string, number>();
  const folders = new Map<string, Promise<Fault | null>>();

  return {
    async plan(file, probe, seq) {
      const { folder, stem, ending, format } = proposeTarget(file, probe, seq, output, template, recipe, disk);
      const name = (n: number) => path.join(root, folder, fitName(stem, n === 1 ? ending : `-${n}${ending}`));
      const target = await firstFree(name);
      if (Buffer.byteLength(target) > PATH_BYTES) return { kind: 'fail', fault: new Fault('E_NAME_TOO_LONG') };
      const refused = (await standingFault(target)) ?? (await folderReady(path.dirname(target)));
      if (refused === null) return { kind: 'write', path: target, format };
      return { kind: refused.code === 'E_EXISTS' ? 'skip' : 'fail', fault: refused };
    },
  };

  /**
   * The first name no other source has, and under the rule `rename` nothing on the disk. It is reserved whatever comes
   * of it: so the second of two equal names is the second in every run, also where the first is there already.
   */
  async function firstFree(name: (n: number) => string): Promise<string> {
    const wanted = keyOf(name(1));
    for (let n = nextNumber.get(wanted) ?? 1; ; n++) {
      const key = keyOf(name(n));
      if (reserved.has(key)) continue;
      if (output.onConflict === 'rename' && (await whatStands(name(n))) !== 'nothing') continue;
      reserved.add(key);
      if (n > 1) nextNumber.set(wanted, n + 1);
      return name(n);
    }
  }

  async function standingFault(target: string): Promise<Fault | null> {
    const standing = await whatStands(target);
    if (standing === 'nothing') return null;
    if (output.onConflict === 'skip') return new Fault('E_EXISTS', { path: target });
    if (standing === 'source') return new Fault('E_OUTPUT_IS_SOURCE', { path: target });
    return standing === 'folder' ? new Fault('E_WRITE', { why: 'EISDIR' }) : null;
  }

  function keyOf(target: string): string {
    return foldsCase ? target.normalize('NFC').toUpperCase().toLowerCase() : target;
  }

  async function whatStands(target: string): Promise<'nothing' | 'source' | 'folder' | 'file'> {
    let own: BigIntStats;
    try {
      own = await lstat(target, { bigint: true });
    } catch {
      return 'nothing';
    }
    // Through the link: a result beside it would be safe, but who overwrites a link to a photo means something else.
    const led = own.isSymbolicLink() ? await stat(target, { bigint: true }).catch(() => own) : own;
    if (sourceKeys.has(identityKey(own)) || sourceKeys.has(identityKey(led))) return 'source';
    return own.isDirectory() ? 'folder' : 'file';
  }

  /** Made, and really below the output folder: one of its parts may be a link that leads away. */
  function folderReady(folder: string): Promise<Fault | null> {
    let ready = folders.get(folder);
    if (ready === undefined) {
      ready = openFolder(folder);
      folders.set(folder, ready);
    }
    return ready;
  }

  async function openFolder(folder: string): Promise<Fault | null> {
    try {
      // Looked at before anything is made: mkdir would follow a link and make folders in a stranger's place.
      if (!isWithin(root, await realOrAbsolute(folder))) return new Fault('E_PATH', { path: folder });
      await makeFolder(folder);
      return null;
    } catch (error) {
      const why = errnoOf(error);
      if (why === 'ENAMETOOLONG') return new Fault('E_NAME_TOO_LONG', {}, error);
      return new Fault('E_WRITE', { why }, error);
    }
  }
}

/**
 * Refuses a batch whose every result would land on its source, whatever the conflict rule: renaming would fill the
 * photographer's folder with twins, and a second run would take those for photos.
 * @param roots the folders and files that were chosen.
 * @throws Fault E_OUTPUT_IS_SOURCE; E_TEMPLATE or E_PATH for a template that cannot be used.
 */
export async function refuseInPlace(output: OutputSpec, roots: readonly string[]): Promise<void> {
  if (!keepsNames(parseTemplate(output.name))) return;
  const folder = await realOrAbsolute(output.folder);
  const folders = await Promise.all(roots.map(folderOf));
  const several = folders.filter(({ isFolder }) => isFolder).length > 1;
  for (const root of folders) {
    const lands = root.isFolder && several ? path.join(folder, path.basename(root.path)) : folder;
    if (lands === root.path) throw new Fault('E_OUTPUT_IS_SOURCE', { path: output.folder });
  }
}

async function folderOf(source: string): Promise<{ path: string; isFolder: boolean }> {
  const isFolder = (await stat(source).catch(() => null))?.isDirectory() === true;
  return { path: await realOrAbsolute(isFolder ? source : path.dirname(path.resolve(source))), isFolder };
}

/**
 * Makes the folder and proves that it can be written to, before any work is done for nothing.
 * @throws Fault E_OUTPUT_FOLDER
 */
export async function prepareOutputFolder(folder: string): Promise<void> {
  const absolute = path.resolve(folder);
  const probe = path.join(absolute, temporaryName('check', randomUUID()));
  try {
    await makeFolder(absolute);
    await (await open(probe, 'wx')).close();
  } catch (error) {
    throw new Fault('E_OUTPUT_FOLDER', { path: absolute, why: errnoOf(error) }, error);
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}

/** Asked of the disk itself, since one machine has several kinds: a card, a share, the user's own. */
async function askDisk(folder: string): Promise<{ readonly foldsCase: boolean; readonly disk: Disk }> {
  const plain = path.join(folder, temporaryName('case', randomUUID()));
  const strange = path.join(folder, temporaryName('names', `a:b?${randomUUID()}`));
  const claim = async (name: string) => (await open(name, 'wx')).close();
  const exists = (name: string) =>
    access(name).then(
      () => true,
      () => false,
    );
  try {
    await claim(plain);
    const foldsCase = await exists(path.join(folder, path.basename(plain).toUpperCase()));
    // Not tried on Windows: there a colon makes a hidden stream of another file instead of failing.
    const takesAll =
      process.platform !== 'win32' &&
      (await claim(strange).then(
        () => true,
        () => false,
      ));
    return { foldsCase, disk: takesAll ? 'posix' : 'windows' };
  } finally {
    await rm(plain, { force: true }).catch(() => {});
    await rm(strange, { force: true }).catch(() => {});
  }
}
