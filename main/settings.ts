/**
 * Owns the settings: defaults, what a broken file costs, and what `auto` means on this machine. Never loses a setting
 * silently and never refuses to start. Knows no store; electron-store and conf come in as `OpenStore`.
 */
import { constants, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import path from 'node:path';
import type { z } from 'zod';
import {
  type Notice,
  type Settings,
  type settingsPatchSchema,
  settingsSchema,
  type TileSize,
} from '../preload/contract.ts';
import { notice } from '../preload/faults.ts';
import { errnoOf } from './errno.ts';
import { withFileLock } from './file-lock.ts';

/** Both adapters write `settings.json` in the folder, whole or not at all, and keep keys they do not know. */
export interface SettingsStore {
  read(): Readonly<Record<string, unknown>>;
  /** Merges into what the file holds now, which another process may have changed. */
  write(values: Readonly<Record<string, unknown>>): void;
}
export type OpenStore = (folder: string) => SettingsStore;

/** As the contract's `settings.set` brings it: a key left out, or undefined, changes nothing. */
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

export interface SettingsBook {
  read(): Settings;
  /** Each key given replaces its setting; returns all of them. Lasts until the end of the process if it can't be saved. */
  change(patch: SettingsPatch): Settings;
  /** What happened when the file was opened. */
  readonly notices: readonly Notice[];
  /** What happened later: a disk that filled up. */
  onNotice(listener: (notice: Notice) => void): void;
}

export const DEFAULT_SETTINGS: Settings = {
  tileSize: 'auto',
  workers: 'auto',
  memoryBytes: 'auto',
  // sharp's own limit (0x3FFF squared): what fits a signed 32-bit count of RGBA bytes and a half.
  pixelLimit: 0x3fff ** 2,
  language: 'auto',
  last: { source: null, chain: [], output: {} },
};

const SETTINGS_FILE = 'settings.json';

/** @param folder made if it is missing; a folder that cannot be written to costs only the saving. */
export function openSettings(folder: string, openStore: OpenStore): SettingsBook {
  const file = path.join(folder, SETTINGS_FILE);
  const notices: Notice[] = [];
  const listeners = new Set<(notice: Notice) => void>();
  const setAside = setAsideBroken(file);
  if (setAside !== null) notices.push(setAside);

  let store: SettingsStore | null = null;
  let memory: Readonly<Record<string, unknown>> = {};
  try {
    proveWritable(folder);
    store = openStore(folder);
    memory = store.read();
  } catch (error) {
    store = null;
    // A file that can be read serves, also from a folder that may not be written to.
    memory = readJsonObject(file) ?? {};
    notices.push(notice('N_SETTINGS_NOT_SAVED', { why: errnoOf(error) }));
  }

  const current = () => parseSettings(memory).settings;
  return {
    notices,
    read() {
      // Another window's or terminal's changes count from the next read on.
      if (store !== null) memory = readOr(store, memory);
      return current();
    },
    change(patch) {
      const values = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      memory = { ...memory, ...values };
      if (store !== null) {
        const open = store;
        try {
          withFileLock(`${file}.lock`, () => open.write(values));
          memory = open.read();
        } catch (error) {
          store = null;
          const told = notice('N_SETTINGS_NOT_SAVED', { why: errnoOf(error) });
          for (const listener of listeners) listener(told);
        }
      }
      return current();
    },
    onNotice: (listener) => void listeners.add(listener),
  };
}

function readOr(store: SettingsStore, fallback: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  try {
    return store.read();
  } catch {
    return fallback;
  }
}

/** Field by field: one value that went bad costs itself and not the others. Keys of a newer version are left alone. */
function parseSettings(found: Readonly<Record<string, unknown>>): { settings: Settings; broken: boolean } {
  let broken = false;
  const take = <K extends keyof Settings>(key: K): Settings[K] => {
    if (found[key] === undefined) return DEFAULT_SETTINGS[key];
    const parsed = settingsSchema.shape[key].safeParse(found[key]);
    if (parsed.success) return parsed.data as Settings[K];
    broken = true;
    return DEFAULT_SETTINGS[key];
  };
  const settings: Settings = {
    tileSize: take('tileSize'),
    workers: take('workers'),
    memoryBytes: take('memoryBytes'),
    pixelLimit: take('pixelLimit'),
    language: take('language'),
    last: take('last'),
  };
  return { settings, broken };
}

/**
 * Before the store sees the file: conf 15 met a truncated one with a SyntaxError at start, or overwrote it with
 * defaults, and took an array's items for settings. What is no object is moved away; of an object with a bad value a
 * copy is kept and the value replaced, so that it is told once and not at every start.
 */
function setAsideBroken(file: string): Notice | null {
  let raw: Buffer;
  try {
    raw = readFileSync(file);
  } catch {
    return null;
  }
  const found = parseObject(raw);
  const aside = `${file}.corrupt-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  try {
    if (found === null) {
      renameSync(file, aside);
      return notice('N_SETTINGS_SET_ASIDE', { path: aside });
    }
    const { settings, broken } = parseSettings(found);
    if (!broken) return null;
    copyFileSync(file, aside, constants.COPYFILE_EXCL);
    writeFileSync(`${file}.new`, JSON.stringify({ ...found, ...settings }, null, '\t'));
    renameSync(`${file}.new`, file);
    return notice('N_SETTINGS_SET_ASIDE', { path: aside });
  } catch (error) {
    return notice('N_SETTINGS_NOT_SAVED', { why: errnoOf(error) });
  }
}

function readJsonObject(file: string): Record<string, unknown> | null {
  try {
    return parseObject(readFileSync(file));
  } catch {
    return null;
  }
}

/** Null for whatever is no JSON object: half a file, NUL bytes after a power cut, a byte order mark, an array. */
function parseObject(raw: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw));
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function proveWritable(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const probe = path.join(folder, `.photomill-${process.pid}-settings.tmp`);
  writeFileSync(probe, 'x');
  rmSync(probe);
  if (statSync(path.join(folder, SETTINGS_FILE), { throwIfNoEntry: false })?.isDirectory()) {
    throw Object.assign(new Error(`${SETTINGS_FILE} is a folder`), { code: 'EISDIR' });
  }
}

/** Settings as numbers: what a batch runs with. */
export interface Limits {
  readonly tileSize: TileSize;
  readonly workers: number;
  readonly memoryBytes: number;
  readonly pixelLimit: number;
}

export interface Machine {
  readonly cores: number;
  readonly memoryBytes: number;
}

/** A container's limit counts, not the machine around it. */
export function thisMachine(): Machine {
  const constrained = process.constrainedMemory();
  return {
    cores: availableParallelism(),
    memoryBytes: constrained > 0 ? Math.min(constrained, totalmem()) : totalmem(),
  };
}

/** A quarter leaves the machine to its owner; below 512 MB two 24 MP photos (image-job.ts reserves 212 MB each) would wait for one another. */
const AUTO_MEMORY_SHARE = 0.25;
const AUTO_MEMORY_MIN_BYTES = 512 * 2 ** 20;

export function resolveSettings(settings: Settings, machine: Machine = thisMachine()): Limits {
  const quarter = Math.floor(machine.memoryBytes * AUTO_MEMORY_SHARE);
  return {
    tileSize: settings.tileSize,
    workers: settings.workers === 'auto' ? machine.cores : settings.workers,
    memoryBytes: settings.memoryBytes === 'auto' ? Math.max(quarter, AUTO_MEMORY_MIN_BYTES) : settings.memoryBytes,
    pixelLimit: settings.pixelLimit,
  };
}
