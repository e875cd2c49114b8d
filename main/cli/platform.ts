/** Owns what the command line must be given: all that is different between plain Node and the package's Electron. */
import type { SpawnEngine } from '../engine.ts';
import type { OpenStore } from '../settings.ts';

export interface CliPlatform {
  readonly spawnEngine: SpawnEngine;
  readonly openStore: OpenStore;
  /** `.build`: the page for serve lies in it. */
  readonly builtFolder: string;
}
