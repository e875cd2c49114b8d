/** Owns where the built files lie, whether beside the sources or inside the package's archive. */
import { join } from 'node:path';

/** `.build`: this file is bundled into .build/main. */
export const BUILT = join(import.meta.dirname, '..');
/** Processes and threads are started from real files: the package keeps the workers outside its archive. */
export const ENGINE_ENTRY = join(
  BUILT.replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked'),
  'workers',
  'entry-utility.js',
);
