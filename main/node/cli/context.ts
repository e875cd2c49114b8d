/** Owns what the commands share: the settings, an engine for as long as it is needed, and where the build lies. */
import path from 'node:path';
import type { FilterInfo } from '../../../preload/contract.ts';
import { Fault, tellNotice } from '../../../preload/faults.ts';
import { createEngine, type Engine } from '../../engine.ts';
import { dataFolder } from '../../paths.ts';
import { openSettings, type SettingsBook } from '../../settings.ts';
import { spawnChildEngine } from '../engine-process.ts';
import { openNodeStore } from '../settings-store.ts';
import type { Terminal } from './output.ts';

/** `.build`: this file is bundled into .build/main. */
export const BUILT = path.join(import.meta.dirname, '..');
const ENGINE_ENTRY = path.join(BUILT, 'workers', 'entry-child.js');

export function newEngine(): Engine {
  return createEngine(spawnChildEngine(ENGINE_ENTRY));
}

/** The engine ends with the work, however the work ends. */
export async function withEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = newEngine();
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** The first thing asked of an engine: one that dies of it could not start, and no file is to blame. */
export async function catalogueOf(engine: Engine, signal?: AbortSignal): Promise<readonly FilterInfo[]> {
  try {
    return (await engine.request('engine.filters', {}, signal === undefined ? {} : { signal })).filters;
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'E_CRASH') throw error;
    throw new Fault('E_ENGINE', { why: error.detail.why ?? 'no reason given' }, error);
  }
}

/** What happened to the settings file is told on stderr, once. */
export function readSettings(terminal: Pick<Terminal, 'err'>): SettingsBook {
  const settings = openSettings(dataFolder(), openNodeStore);
  for (const notice of settings.notices) terminal.err(`${tellNotice(notice, 'en')}\n`);
  return settings;
}
