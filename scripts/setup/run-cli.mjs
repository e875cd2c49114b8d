/** Owns how the built command line is run from a checkout: in this very process, so that signals and exit codes are its own. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { BUILD } from './paths.mjs';
import { endWithParent } from './run.mjs';

export async function runCli(args) {
  const program = path.join(BUILD, 'main', 'cli.js');
  endWithParent(() => process.kill(process.pid, 'SIGINT'));
  process.argv = [process.argv[0], program, ...args];
  await import(pathToFileURL(program).href);
}
