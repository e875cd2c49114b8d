/**
 * Owns how sources become .build: the kernels (AssemblyScript), and one vite bundle a room. A part whose sources have
 * not changed since it was last built is left alone. Knows nothing of what the rooms do.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './setup/lock.mjs';
import { at, BUILD } from './setup/paths.mjs';
import { say } from './setup/run.mjs';
import { setUp } from './setup.mjs';

const STAMPS = path.join(BUILD, 'stamps.json');
/** Native, or started as files of their own by path: they stay packages beside the bundles. */
const EXTERNAL = ['electron', 'sharp', 'piscina', 'exiftool-vendored'];
/** What every part depends on besides its own room. */
const COMMON = ['package-lock.json', 'scripts/build.mjs'];

/** In order: the workers' bundle stands beside the kernels. `sources` are files and folders, `makes` a file that tells it is there. */
const PARTS = [
  {
    name: 'kernels',
    sources: ['workers'],
    only: /\.as\.ts$|[\\/]kernels[\\/]/,
    makes: 'workers/kernels.wasm',
    build: buildKernels,
  },
  { name: 'workers', sources: ['workers', 'preload'], makes: 'workers/entry-thread.js', build: bundleWorkers },
  {
    name: 'main',
    sources: ['main', 'preload', 'package.json', 'assets/icon.png'],
    makes: 'main/cli.js',
    build: bundleMain,
  },
  { name: 'preload', sources: ['preload'], makes: 'preload/electron.cjs', build: bundlePreload },
  { name: 'renderer', sources: ['renderer', 'preload'], makes: 'renderer/index.html', build: bundleRenderer },
];

/**
 * @param {readonly string[]} names of parts; none: all of them
 * @returns {Promise<string[]>} the parts that were built
 */
export function build(names = []) {
  return withLock('build', async () => {
    const stamps = existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, 'utf8')) : {};
    const built = [];
    for (const part of PARTS.filter(({ name }) => names.length === 0 || names.includes(name))) {
      const stamp = stampOf(part);
      if (stamps[part.name] === stamp && existsSync(path.join(BUILD, part.makes))) continue;
      delete stamps[part.name];
      saveStamps(stamps);
      await part.build();
      stamps[part.name] = stamp;
      saveStamps(stamps);
      built.push(part.name);
    }
    return built;
  });
}

/** What the last build was made from, as one line. */
export function stampOfBuild() {
  return readFileSync(STAMPS, 'utf8').replace(/\s+/g, '');
}

function saveStamps(stamps) {
  mkdirSync(BUILD, { recursive: true });
  writeFileSync(`${STAMPS}.new`, JSON.stringify(stamps, null, 2));
  renameSync(`${STAMPS}.new`, STAMPS);
}

/** One hash over names and contents: times say nothing after a clone or a checkout. */
function stampOf({ sources, only }) {
  const hash = createHash('sha256');
  for (const file of [...COMMON, ...sources].flatMap((source) => filesBelow(source))) {
    if (only && !only.test(file) && !COMMON.includes(file)) continue;
    hash
      .update(`${file}\0`)
      .update(readFileSync(at(file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(source) {
  if (path.extname(source)) return [source];
  return readdirSync(at(source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(at(), path.join(entry.parentPath, entry.name)))
    .sort();
}

async function buildKernels() {
  const kernels = await import(pathToFileURL(at('workers/kernels/build.ts')).href);
  await kernels.buildKernels();
}

async function bundleWorkers() {
  const out = path.join(BUILD, 'workers');
  mkdirSync(out, { recursive: true });
  for (const name of readdirSync(out)) if (/\.js(\.map)?$/.test(name)) rmSync(path.join(out, name));
  await bundleForNode('workers', {
    'entry-utility': at('workers/entry-utility.ts'),
    'entry-child': at('workers/entry-child.ts'),
    'entry-thread': at('workers/entry-thread.ts'),
  });
}

async function bundleMain() {
  rmSync(path.join(BUILD, 'main'), { recursive: true, force: true });
  copyFileSync(at('assets/icon.png'), path.join(BUILD, 'icon.png'));
  await bundleForNode('main', { electron: at('main/electron/app.ts'), cli: at('main/node/cli.ts') });
}

/** Shared pieces go beside the entries and not into a folder: import.meta.dirname must mean the same everywhere. */
async function bundleForNode(room, input) {
  const { build: viteBuild } = await import('vite');
  await viteBuild({
    configFile: false,
    root: at(),
    logLevel: 'warn',
    publicDir: false,
    ssr: { target: 'node', noExternal: true, external: EXTERNAL },
    build: {
      ssr: true,
      target: 'node24',
      outDir: path.join(BUILD, room),
      emptyOutDir: false,
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
async function bundlePreload() {
  const { build: viteBuild } = await import('vite');
  await viteBuild({
    configFile: false,
    root: at(),
    logLevel: 'warn',
    publicDir: false,
    build: {
      target: 'chrome146',
      outDir: path.join(BUILD, 'preload'),
      emptyOutDir: true,
      minify: false,
      lib: { entry: at('preload/electron.ts'), formats: ['cjs'], fileName: () => 'electron.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  });
}

async function bundleRenderer() {
  const { build: viteBuild } = await import('vite');
  await viteBuild({ configFile: at('renderer', 'vite.config.ts'), logLevel: 'warn' });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp(import.meta.url);
  const built = await build(process.argv.slice(2));
  say(built.length > 0 ? `Built: ${built.join(', ')}.` : 'Nothing has changed since the last build.');
}
