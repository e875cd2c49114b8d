/**
 * Owns how kernels.wasm comes to be: every filters/<id>/kernel.as.ts compiled into one module by AssemblyScript.
 * A build step only; nothing that ships imports it. `node workers/kernels/build.ts` writes .build/workers/kernels.wasm.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const WORKERS = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const KERNELS_FILE = resolve(WORKERS, '../.build/workers/kernels.wasm');

/** No runtime and no memory of its own: load.ts hands in a memory whose first page is for static data. */
const OPTIONS = [
  ...['--enable', 'simd', '-O3', '--noAssert', '--runtime', 'stub'],
  ...['--importMemory', '--noExportMemory', '--initialMemory', '1'],
  // lanes.as.ts reads zeros at address 0: no data may ever lie there.
  ...['--memoryBase', '1024'],
];

export interface KernelBuild {
  readonly file: string;
  /** False when the sources were those of the last build. */
  readonly compiled: boolean;
}

/**
 * Compiles unless `outFile` was made from these very sources (a hash beside it tells; 3 ms).
 * Throws with the compiler's own words. Safe side by side: each writes its own file and renames it into place.
 */
export async function buildKernels(outFile: string = KERNELS_FILE): Promise<KernelBuild> {
  const hash = hashOfSources();
  const hashFile = `${outFile}.hash`;
  if (existsSync(outFile) && existsSync(hashFile) && readFileSync(hashFile, 'utf8') === hash) {
    return { file: outFile, compiled: false };
  }
  // Loaded only here: the compiler takes 0.4 s to load, the no-op must not pay it.
  const { main } = await import('assemblyscript/asc');
  const temporary = `${outFile}.${process.pid}.tmp`;
  mkdirSync(dirname(outFile), { recursive: true });
  const { error, stderr } = await main(
    [...sourcesNamed('filters/*/kernel.as.ts'), ...OPTIONS, '--outFile', temporary],
    { readFile, writeFile: writeBytes, listFiles: () => null },
  );
  if (error !== null) {
    rmSync(temporary, { force: true });
    throw new Error(`AssemblyScript: ${error.message}\n${stderr.toString()}`);
  }
  renameSync(temporary, outFile);
  writeFileSync(hashFile, hash);
  return { file: outFile, compiled: true };
}

function sourcesNamed(pattern: string): string[] {
  return globSync(pattern, { cwd: WORKERS }).map(posix).sort();
}

function hashOfSources(): string {
  const { version } = createRequire(import.meta.url)('assemblyscript/package.json') as { version: string };
  const hash = createHash('sha256').update(JSON.stringify([version, OPTIONS]));
  for (const source of sourcesNamed('{filters,kernels}/**/*.as.ts')) {
    hash.update(`\0${source}\0`).update(readFileSync(join(WORKERS, source)));
  }
  return hash.digest('hex');
}

/** asc asks for many paths that don't exist while it resolves imports: null is its "not here". */
function readFile(name: string): string | null {
  const path = resolve(WORKERS, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function writeBytes(name: string, contents: string | Uint8Array): void {
  writeFileSync(resolve(WORKERS, name), contents);
}

function posix(path: string): string {
  return path.replaceAll('\\', '/');
}

if (import.meta.main) {
  const startedAt = performance.now();
  const { file, compiled } = await buildKernels(
    process.argv[2] === undefined ? KERNELS_FILE : resolve(process.argv[2]),
  );
  const ms = Math.round(performance.now() - startedAt);
  process.stdout.write(compiled ? `${file} built in ${ms} ms\n` : `${file} is up to date (${ms} ms)\n`);
}
