/** Owns what the commands share: the settings, an engine for as long as it is needed, and where the build lies. */
import path from 'node:path';
import { tellNotice } from '../../../preload/faults.ts';
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

/** What happened to the settings file is told on stderr, once. */
export function readSettings(terminal: Pick<Terminal, 'err'>): SettingsBook {
  const settings = openSettings(dataFolder(), openNodeStore);
  for (const notice of settings.notices) terminal.err(`${tellNotice(notice, 'en')}\n`);
  return settings;
}
