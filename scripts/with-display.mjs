/** `node scripts/with-display.mjs <program> …`: runs a program on a display without a screen, for trying things by hand. */
import { withDisplay } from './setup/display.mjs';
import { runInstead } from './setup/run.mjs';

const [program, ...args] = process.argv.slice(2);
process.exitCode = await withDisplay((env) => runInstead(program, args, env));
