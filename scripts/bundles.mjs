/**
 * Owns how each room's sources become its folder in .build: the kernels by AssemblyScript, everything else by vite.
 * A bundle is made beside its place and moved in whole, so that an app that runs meanwhile finds either the old or the
 * new. Knows nothing of what the rooms do.
 */
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { at, BUILD } from './setup/paths.mjs';

/** Native, or started as files of their own by path: they stay packages beside the bundles. */
const EXTERNAL = ['electron', 'sharp', 'piscina', 'exiftool-vendored'];

export async function compileKernels() {
  const kernels = await import(pathToFileURL(at('workers/kernels/build.ts')).href);
  await kernels.buildKernels();
}

export async function bundleWorkers() {
  await bundleForNode('workers', {
    'entry-utility': at('workers/entry-utility.ts'),
    'entry-child': at('workers/entry-child.ts'),
    'entry-thread': at('workers/entry-thread.ts'),
  });
}

export async function bundleMain() {
  mkdirSync(BUILD, { recursive: true });
  copyFileSync(at('assets/icon.png'), path.join(BUILD, 'icon.png'));
  await bundleForNode('main', { electron: at('main/electron/entry.ts'), cli: at('main/node/cli.ts') });
}

/** Shared pieces go beside the entries and not into a folder: import.meta.dirname must mean the same everywhere. */
function bundleForNode(room, input) {
  return bundle(room, {
    configFile: false,
    root: at(),
    publicDir: false,
    ssr: { target: 'node', noExternal: true, external: EXTERNAL },
    build: {
      ssr: true,
      target: 'node24',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  });
}

/** One CommonJS file: a sandboxed preload can load nothing else. */
export function bundlePreload() {
  return bundle('preload', {
    configFile: false,
    root: at(),
    publicDir: false,
    build: {
      target: 'chrome146',
      minify: false,
      lib: { entry: at('preload/electron.ts'), formats: ['cjs'], fileName: () => 'electron.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  });
}

export function bundleRenderer() {
  // The page is read from this machine's disk: one file of 600 kB costs nothing to load.
  return bundle('renderer', { configFile: at('renderer', 'vite.config.ts'), build: { chunkSizeWarningLimit: 1500 } });
}

async function bundle(room, config) {
  const { build } = await import('vite');
  const fresh = path.join(BUILD, `${room}.new`);
  await build({ ...config, logLevel: 'warn', build: { ...config.build, outDir: fresh, emptyOutDir: true } });
  moveInto(fresh, path.join(BUILD, room));
}

function moveInto(fresh, place) {
  const files = filesIn(fresh);
  // What others name comes before what names it: chunks and assets first, entries and index.html last.
  const isEntry = (file) => !file.includes('chunk-') && path.dirname(file) === '.';
  for (const file of files.toSorted((a, b) => Number(isEntry(a)) - Number(isEntry(b)))) {
    mkdirSync(path.dirname(path.join(place, file)), { recursive: true });
    renameSync(path.join(fresh, file), path.join(place, file));
  }
  for (const old of filesIn(place)) {
    // The kernels stand beside the workers' bundle, but are not of it.
    if (!files.includes(old) && !old.startsWith('kernels.wasm')) rmSync(path.join(place, old));
  }
  rmSync(fresh, { recursive: true });
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
