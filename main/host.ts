/**
 * Owns the app's half of the contract: what a window or a browser tab may ask, answered with sources, settings, the
 * engine and batches. Knows no Electron and no web server: those hand in dialogs, folders and ports.
 */

import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  type AppContract,
  appContract,
  type EventName,
  type FileResult,
  type Notice,
  type Params,
  type Payload,
  type Progress,
  type Settings,
} from '../preload/contract.ts';
import { asFault, Fault, fromRecord, notice, toRecord } from '../preload/faults.ts';
import { sizeAfter } from '../preload/geometry.ts';
import type { Port } from '../preload/port.ts';
import { type Handlers, type Server, serveContract } from '../preload/server.ts';
import type { Language } from '../preload/text.ts';
import type { BatchVariant } from './batch-plan.ts';
import { runBatch } from './batches.ts';
import type { Engine } from './engine.ts';
import { parseTemplate } from './naming.ts';
import { exampleName, UNNAMED_RECIPE } from './outputs.ts';
import { recipeHandlers } from './recipe-requests.ts';
import { openRecipes, variantsOf } from './recipes.ts';
import type { ScannedFile } from './scan.ts';
import { type Limits, resolveSettings, type SettingsBook } from './settings.ts';
import { createSources, type OpenSource } from './sources.ts';

/** Which paths a window may name, and where a host without dialogs lets one look. */
export interface Access {
  check(path: string): Promise<void>;
  /** The photographer chose this path: it and all below it may be used. */
  grant(path: string): Promise<void>;
}

export interface Dialogs {
  source(kind: 'folder' | 'files'): Promise<readonly string[] | null>;
  output(): Promise<string | null>;
}

export interface FolderListing {
  readonly path: string | null;
  readonly parent: string | null;
  readonly entries: { name: string; path: string; isFolder: boolean }[];
}

export interface HostParts {
  readonly kind: 'electron' | 'serve';
  readonly version: string;
  readonly locale: Language;
  readonly engine: Engine;
  readonly settings: SettingsBook;
  /** The photographer's own recipes, a file each. */
  readonly recipesFolder: string;
  readonly access: Access;
  readonly dialogs: Dialogs | null;
  readonly reveal: ((path: string) => void) | null;
  readonly listFolder: ((path: string | null) => Promise<FolderListing>) | null;
}

export interface Host {
  /** Serves one window or tab over its port, until the port closes. */
  connect(port: Port): void;
  /** For the title and the dock: what the running batch says, null when it ended. */
  onProgress(listener: (progress: Progress | null) => void): void;
  readonly busy: boolean;
  /** Cancels what runs and waits until no partial file is left. */
  close(): Promise<void>;
}

const GAUGE_EVERY_MS = 500;
/** Results are told together: 10,000 thumbnails would else be 10,000 messages and as many renders. */
const RESULTS_EVERY_MS = 100;

interface RunningBatch {
  readonly batchId: string;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

export function createHost(parts: HostParts): Host {
  const { engine, settings, access } = parts;
  const servers = new Set<Server<AppContract>>();
  const progressListeners = new Set<(progress: Progress | null) => void>();
  const notices: Notice[] = [...settings.notices];
  let running: RunningBatch | null = null;

  const broadcast = <E extends EventName<AppContract>>(event: E, payload: Payload<AppContract, E>) => {
    for (const server of servers) server.emit(event, payload);
  };
  const sources = createSources({
    files: (sourceId, files) => broadcast('source.files', { sourceId, files }),
    listed: (sourceId, files) => broadcast('source.listed', { sourceId, files }),
    failed: (sourceId, fault) => broadcast('source.failed', { sourceId, fault }),
  });
  const limits = (): Limits => resolveSettings(settings.read());
  const configureEngine = () => {
    const { workers, memoryBytes } = limits();
    engine.configure({ workers, memoryBytes });
  };
  configureEngine();
  settings.onNotice((told) => broadcast('notice', told));
  engine.onRestart((why) => broadcast('notice', notice('N_ENGINE_RESTARTED', { why })));

  const gauges = setInterval(() => {
    const { workers, memoryBytes } = limits();
    broadcast('gauge', {
      engineBytes: engine.memory.privateBytes,
      budgetBytes: memoryBytes,
      machineFreeBytes: freemem(),
      machineTotalBytes: totalmem(),
      workers,
    });
  }, GAUGE_EVERY_MS);

  const recipes = openRecipes(parts.recipesFolder, async () => (await engine.request('engine.filters', {})).filters);
  const handlers: Handlers<AppContract> = {
    ...recipeHandlers(recipes, access.check, (list) => broadcast('recipes.changed', list)),
    async 'app.hello'() {
      const { filters } = await engine.request('engine.filters', {});
      const { kind: host, version, locale } = parts;
      const capabilities = { dialogs: parts.dialogs !== null, reveal: parts.reveal !== null };
      return { host, version, locale, capabilities, filters, notices: notices.splice(0), settings: settings.read() };
    },
    async 'settings.set'(patch) {
      // What comes back at the next start is granted then: a place that was never chosen may not slip in here.
      if (patch.last?.source) await access.check(patch.last.source);
      if (patch.last?.output.folder) await access.check(patch.last.output.folder);
      const changed = settings.change(onlyGiven(patch));
      if (running === null) configureEngine();
      broadcast('settings.changed', changed);
      return changed;
    },
    async 'dialog.source'({ kind }) {
      if (parts.dialogs === null) throw new Fault('E_NO_DIALOG');
      const paths = await parts.dialogs.source(kind);
      if (paths === null) return null;
      await Promise.all(paths.map(access.grant));
      return { paths: [...paths] };
    },
    async 'dialog.output'() {
      if (parts.dialogs === null) throw new Fault('E_NO_DIALOG');
      const path = await parts.dialogs.output();
      if (path === null) return null;
      await access.grant(path);
      return { path };
    },
    async 'folder.list'({ path }) {
      if (parts.listFolder === null) throw new Fault('E_NO_DIALOG');
      return parts.listFolder(path);
    },
    async 'source.open'({ paths, recursive }) {
      await Promise.all(paths.map(access.check));
      const [first] = paths;
      const kind = await stat(first ?? '').catch((error) => {
        throw new Fault('E_NO_SOURCE', { path: first ?? '' }, error);
      });
      const { sourceId, name, root } = sources.open(paths, recursive, kind.isDirectory());
      return { sourceId, name, root };
    },
    'source.close'({ sourceId }) {
      sources.close(sourceId);
      return {};
    },
    async 'file.thumbnail'({ sourceId, index, size }, { signal }) {
      const { path } = readable(sources.file(sourceId, index));
      return engine.request('image.thumbnail', { path, size, pixelLimit: limits().pixelLimit }, { signal });
    },
    'file.probe': ({ sourceId, index }, { signal }) => probe(signal, sources.file(sourceId, index), false),
    async 'preview.render'({ sourceId, index, chain, view }, { signal }) {
      const { path } = readable(sources.file(sourceId, index));
      const { tileSize, pixelLimit } = limits();
      return engine.request('image.preview', { path, chain, view, tileSize, pixelLimit }, { signal });
    },
    async 'output.example'({ sourceId, index, output, chain }, { signal }) {
      const file = sources.file(sourceId, index);
      // The template first: its fault is the one the photographer can mend while a broken photo is selected.
      parseTemplate(output.name);
      const probed = await probe(signal, file, true);
      if (!probed.ok) throw fromRecord(probed.fault);
      const { filters } = await engine.request('engine.filters', {});
      const size = sizeAfter(filters, chain, probed.probe);
      return { name: exampleName(file, { ...probed.probe, ...size }, index + 1, output) };
    },
    async 'output.suggest'({ sourceId }) {
      const source = sources.get(sourceId);
      const path = suggestFolder(source);
      await access.grant(path);
      return { path };
    },
    async 'batch.start'({ sourceId, chain, output, recipes: ids = [] }) {
      await access.check(output.folder);
      const source = sources.get(sourceId);
      // Copies: a recipe that is changed meanwhile changes nothing of a batch that runs.
      const chosen = await Promise.all(ids.map((id) => recipes.find(id)));
      const variants = ids.length > 0 ? variantsOf(chosen, output) : [{ recipe: UNNAMED_RECIPE, chain, output }];
      if (running !== null) throw new Fault('E_BUSY');
      const batchId = randomUUID().slice(0, 8);
      const controller = new AbortController();
      running = { batchId, controller, ended: run(controller.signal, batchId, source, output.folder, variants) };
      return { batchId };
    },
    'batch.cancel'({ batchId }) {
      if (running?.batchId === batchId) running.controller.abort(new Fault('E_CANCELLED'));
      return {};
    },
    async 'shell.reveal'({ path }) {
      if (parts.reveal === null) throw new Fault('E_NO_DIALOG');
      await access.check(path);
      parts.reveal(path);
      return {};
    },
  };

  async function probe(signal: AbortSignal, file: ScannedFile, tags: boolean) {
    const { path } = readable(file);
    const { pixelLimit } = limits();
    const { probes } = await engine.request('image.probe', { paths: [path], pixelLimit, tags }, { signal });
    const [probed] = probes;
    if (probed === undefined) throw new Fault('E_INTERNAL', { why: 'no answer for the file' });
    return probed;
  }

  async function run(
    signal: AbortSignal,
    batchId: string,
    source: OpenSource,
    folder: string,
    variants: readonly BatchVariant[],
  ): Promise<void> {
    // A turn later: the window must know the batch's id before the first event names it.
    await new Promise((resolve) => setImmediate(resolve));
    let results: FileResult[] = [];
    const flush = () => {
      if (results.length > 0) broadcast('batch.files', { batchId, results });
      results = [];
    };
    const flusher = setInterval(flush, RESULTS_EVERY_MS);
    try {
      await source.listed;
      const request = { batchId, files: source.files, roots: source.paths, folder, variants, ...limits() };
      const summary = await runBatch(signal, engine, request, {
        planned: (planned) => broadcast('batch.planned', planned),
        file: (result) => void results.push(result),
        progress(progress) {
          broadcast('batch.progress', progress);
          for (const listener of progressListeners) listener(progress);
        },
      });
      flush();
      broadcast('batch.summary', summary);
    } catch (error) {
      flush();
      broadcast('batch.failed', { batchId, fault: toRecord(asFault(error)) });
    } finally {
      clearInterval(flusher);
      running = null;
      configureEngine();
      for (const listener of progressListeners) listener(null);
    }
  }

  return {
    connect(port) {
      const server = serveContract(appContract, port, handlers);
      servers.add(server);
      port.onClose(() => servers.delete(server));
    },
    onProgress: (listener) => void progressListeners.add(listener),
    get busy() {
      return running !== null;
    },
    async close() {
      clearInterval(gauges);
      running?.controller.abort(new Fault('E_CANCELLED'));
      await running?.ended;
      sources.closeAll();
      await engine.close();
    },
  };
}

/** The patch as its type says: a key that was sent as undefined was not given. */
function onlyGiven(patch: Params<AppContract, 'settings.set'>): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

function readable(file: ScannedFile): ScannedFile {
  if (file.skip !== null) throw fromRecord(file.skip);
  return file;
}

/** Beside a chosen folder and not in it, so that the next run does not find its own results; below loose files. */
function suggestFolder(source: OpenSource): string {
  const [first] = source.paths;
  const isFolder = first === source.root;
  return isFolder ? join(dirname(source.root), `${basename(source.root)} Photomill`) : join(source.root, 'Photomill');
}
