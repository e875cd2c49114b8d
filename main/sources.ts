/** Owns the sources that are open: their files in a fixed order, found once and told as they are found. Knows no window. */
import { basename, dirname } from 'node:path';
import type { FaultRecord, FileEntry } from '../preload/contract.ts';
import { asFault, Fault, toRecord } from '../preload/faults.ts';
import { type ScannedFile, scan } from './scan.ts';

export interface OpenSource {
  readonly sourceId: string;
  readonly name: string;
  /** The folder that was chosen, or the one of the first file that was. */
  readonly root: string;
  readonly paths: readonly string[];
  readonly files: readonly ScannedFile[];
  /** Settles when every file is listed, also when listing failed or the source was closed. */
  readonly listed: Promise<void>;
}

export interface SourceEvents {
  files(sourceId: string, files: FileEntry[]): void;
  listed(sourceId: string, files: number): void;
  failed(sourceId: string, fault: FaultRecord): void;
}

export interface Sources {
  open(paths: readonly string[], recursive: boolean, isFolder: boolean): OpenSource;
  get(sourceId: string): OpenSource;
  /** The file at its place; E_GONE when it is not listed, its own fault when it will not be read. */
  file(sourceId: string, index: number): ScannedFile;
  close(sourceId: string): void;
  closeAll(): void;
}

/** Entries an event carries: a few hundred keep 50,000 files to a hundred messages and each one short. */
const FILES_AN_EVENT = 512;

export function createSources(events: SourceEvents): Sources {
  const open = new Map<string, { source: OpenSource; controller: AbortController }>();
  let opened = 0;

  async function list(
    source: OpenSource,
    files: ScannedFile[],
    recursive: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { sourceId } = source;
    let told = 0;
    const tell = () => {
      if (told === files.length) return;
      events.files(
        sourceId,
        files.slice(told).map((file, at) => entryOf(file, told + at)),
      );
      told = files.length;
    };
    try {
      for await (const file of scan(signal, source.paths, { recursive, exclude: [] })) {
        files.push(file);
        if (files.length - told >= FILES_AN_EVENT) tell();
      }
      tell();
      events.listed(sourceId, files.length);
    } catch (error) {
      if (signal.aborted) return;
      tell();
      events.failed(sourceId, toRecord(asFault(error)));
    }
  }

  const sources: Sources = {
    open(paths, recursive, isFolder) {
      const [first] = paths;
      if (first === undefined) throw new Fault('E_NO_SOURCE', { path: '' });
      const root = isFolder ? first : dirname(first);
      const files: ScannedFile[] = [];
      const controller = new AbortController();
      const source = {
        sourceId: `s${++opened}`,
        name: basename(root) || root,
        root,
        paths,
        files,
        listed: Promise.resolve(),
      };
      // Begun a turn later, so that whoever opened it knows its id before the first event names it.
      source.listed = new Promise((resolve) => setImmediate(resolve)).then(() =>
        list(source, files, recursive, controller.signal),
      );
      open.set(source.sourceId, { source, controller });
      return source;
    },
    get(sourceId) {
      const found = open.get(sourceId);
      if (found === undefined) throw new Fault('E_REQUEST', { why: `no open source ${sourceId}` });
      return found.source;
    },
    file(sourceId, index) {
      const file = sources.get(sourceId).files[index];
      if (file === undefined) throw new Fault('E_GONE');
      return file;
    },
    close(sourceId) {
      open.get(sourceId)?.controller.abort(new Fault('E_CANCELLED'));
      open.delete(sourceId);
    },
    closeAll() {
      for (const sourceId of [...open.keys()]) sources.close(sourceId);
    },
  };
  return sources;
}

function entryOf(file: ScannedFile, index: number): FileEntry {
  return { index, relativePath: file.relativePath, bytes: file.bytes, skip: file.skip };
}
