/** `npm run bench`: owns that everything is set up and built before it is measured. */
import { build } from './build.mjs';
import { at } from './setup/paths.mjs';
import { runInstead } from './setup/run.mjs';
import { setUp } from './setup.mjs';

await setUp(import.meta.url);
await build(['kernels', 'workers', 'main']);
process.exitCode = await runInstead(process.execPath, [at('test', 'perf', 'bench.ts'), ...process.argv.slice(2)]);
