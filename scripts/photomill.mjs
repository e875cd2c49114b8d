/**
 * `npm run --silent photomill -- …`: owns that the command line is set up and built before it runs. What that needs to
 * say goes to stderr; stdout is the command's own.
 */
import { build } from './build.mjs';
import { runCli } from './setup/run-cli.mjs';
import { setUp } from './setup.mjs';

await setUp(import.meta.url);
await build(['kernels', 'workers', 'main', ...(process.argv[2] === 'serve' ? ['renderer'] : [])]);
await runCli(process.argv.slice(2));
