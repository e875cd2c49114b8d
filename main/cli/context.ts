/** Owns what the commands share: the settings, and an engine for as long as it is needed. */
import type { FilterInfo } from '../../preload/contract.ts';
import { Fault, tellNotice } from '../../preload/faults.ts';
import { createEngine, type Engine } from '../engine.ts';
import { dataFolder } from '../paths.ts';
import { openSettings, type SettingsBook } from '../settings.ts';
import type { Terminal } from './output.ts';
import type { CliPlatform } from './platform.ts';

/** The engine ends with the work, however the work ends. */
export async function withEngine<T>({ spawnEngine }: CliPlatform, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = createEngine(spawnEngine);
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
export function readSettings({ openStore }: CliPlatform, terminal: Pick<Terminal, 'err'>): SettingsBook {
  const settings = openSettings(dataFolder(), openStore);
  for (const notice of settings.notices) terminal.err(`${tellNotice(notice, 'en')}\n`);
  return settings;
}
