/** The command line under plain Node: owns the process's streams, its exit status, and what Node gives the commands. */
import path from 'node:path';
import { openTerminal } from '../cli/output.ts';
import { runProgram } from '../cli/program.ts';
import { spawnChildEngine } from './engine-process.ts';
import { openNodeStore } from './settings-store.ts';

/** `.build`: this file is bundled into .build/main. */
const BUILT = path.join(import.meta.dirname, '..');

const terminal = openTerminal(process.stdout, process.stderr);
const platform = {
  spawnEngine: spawnChildEngine(path.join(BUILT, 'workers', 'entry-child.js')),
  openStore: openNodeStore,
  builtFolder: BUILT,
};
const status = await runProgram(platform, terminal, process.argv.slice(2));
await terminal.flush();
// Not left to the event loop: a handle a dependency forgot must not keep a script waiting.
process.exit(status);
