/**
 * Owns what the product needs of a machine and whether it is there. Only looks: it makes nothing but one empty file
 * in each folder it asks about, and takes that away again. Refuses to know how the answer is shown.
 */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { access, open, readdir, rm } from 'node:fs/promises';
import { cpus, freemem, release, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { asFault } from '../preload/faults.ts';
import { temporaryName } from '../preload/temporary.ts';
import type { Engine } from './engine.ts';
import { errnoOf } from './errno.ts';
import { type Limits, thisMachine } from './settings.ts';

const run = promisify(execFile);

export interface Finding {
  readonly name: string;
  /** `missing`: the product works without it, with less. `wrong`: it does not. */
  readonly state: 'ok' | 'missing' | 'wrong';
  readonly value: string;
}

export interface Diagnosis {
  readonly version: string;
  readonly findings: readonly Finding[];
  readonly codecs: Readonly<Record<string, string>>;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly limits: Limits;
}

export interface DoctorParts {
  readonly version: string;
  readonly engine: Engine;
  readonly limits: Limits;
  readonly dataFolder: string;
  /** The folder with package.json: Electron is looked for below it. */
  readonly projectFolder: string;
}

/** conf and the engine use what came with Node 20.19; the whole is tested on 24, Electron's own major. */
const MIN_NODE_MAJOR = 20;
const ASK_MS = 5_000;

export async function diagnose(parts: DoctorParts): Promise<Diagnosis> {
  const { cores, memoryBytes } = thisMachine();
  const [codecs, electron, perl, data, temp] = await Promise.all([
    askCodecs(parts.engine),
    findElectron(parts.projectFolder),
    findPerl(),
    checkFolder('settings folder', parts.dataFolder),
    checkFolder('temporary folder', tmpdir()),
  ]);
  const major = Number(process.versions.node.split('.')[0]);
  return {
    version: parts.version,
    findings: [
      finding('runtime', major >= MIN_NODE_MAJOR ? 'ok' : 'wrong', `Node ${process.versions.node}`),
      finding('system', 'ok', `${process.platform} ${process.arch}, ${release()}`),
      finding('processor', 'ok', `${cores} of ${cpus().length} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}`),
      finding('memory', 'ok', `${megabytes(memoryBytes)} MB, ${megabytes(freemem())} MB free`),
      codecs.finding,
      finding('SIMD kernels', codecs.simd ? 'ok' : 'missing', codecs.simd ? 'in use' : 'the slower kernels are used'),
      electron,
      perl,
      data,
      temp,
    ],
    codecs: codecs.versions,
    reads: codecs.reads,
    writes: codecs.writes,
    limits: parts.limits,
  };
}

function finding(name: string, state: Finding['state'], value: string): Finding {
  return { name, state, value };
}

async function askCodecs(engine: Engine) {
  try {
    const codecs = await engine.request('engine.codecs', {}, { signal: AbortSignal.timeout(ASK_MS * 4) });
    return { ...codecs, finding: finding('engine', 'ok', 'starts and answers') };
  } catch (error) {
    const { code, detail, message } = asFault(error);
    // Died of the first question: the sentence of E_CRASH would blame a photo.
    const why = code === 'E_CRASH' ? `ends at once (${detail.why})` : message;
    return { versions: {}, reads: [], writes: [], simd: false, finding: finding('engine', 'wrong', why) };
  }
}

/** The window's runtime. Without it the same app runs in a browser: `photomill serve`. */
async function findElectron(projectFolder: string): Promise<Finding> {
  // Inside the package it is what runs this.
  if (process.versions.electron) return finding('Electron', 'ok', process.versions.electron);
  const program = process.platform === 'win32' ? 'electron.exe' : 'electron';
  const cached = await readdir(path.join(projectFolder, '.cache')).catch(() => []);
  const places = [
    process.env.ELECTRON_OVERRIDE_DIST_PATH,
    path.join(projectFolder, 'node_modules', 'electron', 'dist'),
    ...cached
      .filter((name) => name.startsWith('electron'))
      .map((name) => path.join(projectFolder, '.cache', name, 'bin')),
  ];
  for (const place of places) {
    if (!place) continue;
    const found = path.join(place, program);
    const exists = await access(found).then(
      () => true,
      () => false,
    );
    if (exists) return finding('Electron', 'ok', found);
  }
  return finding('Electron', 'missing', 'not found; "photomill serve" shows the same app in a browser');
}

/** exiftool is a Perl program: it carries EXIF into TIFF, which libvips can't. On Windows it brings its own Perl. */
async function findPerl(): Promise<Finding> {
  if (process.platform === 'win32') return finding('Perl', 'ok', 'comes with exiftool');
  try {
    const { stdout } = await run('perl', ['-e', 'print $^V'], { timeout: ASK_MS });
    return finding('Perl', 'ok', stdout.trim());
  } catch {
    return finding('Perl', 'missing', 'not found; EXIF and XMP cannot be written to TIFF');
  }
}

async function checkFolder(name: string, folder: string): Promise<Finding> {
  const nearest = await existing(folder);
  const probe = path.join(nearest, temporaryName('doctor', randomUUID()));
  try {
    await (await open(probe, 'wx')).close();
    return finding(name, 'ok', folder);
  } catch (error) {
    return finding(name, 'wrong', `${folder} cannot be written to (${errnoOf(error)})`);
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}

/** A folder that is still to be made is as good as the one it will be made in. */
async function existing(folder: string): Promise<string> {
  try {
    await access(folder);
    return folder;
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : existing(parent);
  }
}

function megabytes(bytes: number): string {
  return Math.round(bytes / 1e6).toLocaleString('en');
}
