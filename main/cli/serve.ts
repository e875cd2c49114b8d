/** Owns `photomill serve`: host and web server put together, an address printed, ended by a signal. */
import path from 'node:path';
import { tellNotice } from '../../preload/faults.ts';
import { createEngine } from '../engine.ts';
import { createGrants } from '../grants.ts';
import { createHost } from '../host.ts';
import { languageOf } from '../language.ts';
import { dataFolder } from '../paths.ts';
import { createFolders, defaultRoots } from '../serve/folders.ts';
import { startServer } from '../serve/server.ts';
import { readSettings } from './context.ts';
import { EXIT, interruptible } from './exit.ts';
import type { Terminal } from './output.ts';
import type { CliPlatform } from './platform.ts';
import { VERSION } from './version.ts';

export interface ServeCommandOptions {
  readonly port: number;
  readonly host: string;
  readonly root: readonly string[];
}

export async function serveCommand(
  platform: CliPlatform,
  terminal: Terminal,
  options: ServeCommandOptions,
): Promise<number> {
  const settings = readSettings(platform, terminal);
  const roots = [...(await defaultRoots()), ...options.root.map((root) => path.resolve(root))];
  // A browser has no folder dialog that could grant a place: what may be listed may be opened.
  const grants = createGrants();
  for (const root of roots) await grants.grant(root);
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const host = createHost({
    kind: 'serve',
    version: VERSION,
    locale: languageOf([LC_ALL, LC_MESSAGES, LANG].flatMap((tag) => (tag ? [tag] : []))),
    engine: createEngine(platform.spawnEngine),
    settings,
    recipesFolder: path.join(dataFolder(), 'recipes'),
    access: grants,
    dialogs: null,
    reveal: null,
    listFolder: (folder) => createFolders(roots).list(folder),
  });
  try {
    const server = await startServer({
      connect: host.connect,
      rendererFolder: path.join(platform.builtFolder, 'renderer'),
      port: options.port,
      host: options.host,
      log: (line) => terminal.err(`${line}\n`),
    });
    for (const notice of server.notices) terminal.err(`${tellNotice(notice, 'en')}\n`);
    const status = await interruptible(terminal.hungUp, (signal) => {
      // Said only once signals are heard: a script that ends it as soon as it has the address would not be.
      terminal.out(`Photomill is at ${server.url}\nCtrl-C ends it.\n`);
      return untilAborted(signal);
    });
    await server.close();
    return status;
  } finally {
    await host.close();
  }
}

/** Ending it is how one leaves it, so that is no failure. */
function untilAborted(signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(EXIT.done), { once: true }));
}
