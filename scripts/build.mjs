/**
 * Owns what of .build has to be made anew: a part whose sources have not changed since it was last built is left alone.
 * How each part is made is in bundles.mjs.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleMain, bundlePreload, bundleRenderer, bundleWorkers, compileKernels } from './bundles.mjs';
import { withLock } from './setup/lock.mjs';
import { at, BUILD } from './setup/paths.mjs';
import { say } from './setup/run.mjs';
import { setUp } from './setup.mjs';

const STAMPS = path.join(BUILD, 'stamps.json');
/** What every part depends on besides its own room. */
const COMMON = ['package-lock.json', 'scripts/build.mjs', 'scripts/bundles.mjs'];

/** In order: the workers' bundle stands beside the kernels. `sources` are files and folders, `makes` a file that tells it is there. */
const PARTS = [
  {
    name: 'kernels',
    sources: ['workers'],
    only: /\.as\.ts$|[\\/]kernels[\\/]/,
    makes: 'workers/kernels.wasm',
    build: compileKernels,
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

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp(import.meta.url);
  const built = await build(process.argv.slice(2));
  say(built.length > 0 ? `Built: ${built.join(', ')}.` : 'Nothing has changed since the last build.');
}
