/** The command line's entry: owns the process's streams and its exit status, and nothing else. */
import { openTerminal } from './cli/output.ts';
import { runProgram } from './cli/program.ts';

const terminal = openTerminal(process.stdout, process.stderr);
const status = await runProgram(terminal, process.argv.slice(2));
await terminal.flush();
// Not left to the event loop: a handle a dependency forgot must not keep a script waiting.
process.exit(status);
