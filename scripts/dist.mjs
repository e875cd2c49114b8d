/**
 * `npm run dist:dir` and `npm run dist`: owns which Electron is packed and for which targets; electron-builder.yml has
 * the rest. The unpacked folder is built offline from whichever Electron is at hand; installers only from the official
 * one, because what is fetched from npm for tests is not ours to ship.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, stampOfBuild } from './build.mjs';
import { at, ROOT } from './setup/paths.mjs';
import { say } from './setup/run.mjs';
import { setUp, setUpElectron } from './setup.mjs';

const DIST = at('.dist');
const STAMP = path.join(DIST, 'unpacked-from');

/** @param {{ unpacked: boolean }} options `unpacked`: the app as a folder, without installers */
async function dist({ unpacked }) {
  await build();
  const electron = await setUpElectron();
  if (!electron) throw new Error('Nothing to pack: no Electron can be had here.');
  if (!unpacked && electron.kind !== 'official') {
    throw new Error(
      `Installers are made from the official Electron only; here is ${electron.kind} ${electron.version}.`,
    );
  }
  const from = `${stampOfBuild()} ${readFileSync(at('electron-builder.yml'), 'utf8')} ${electron.program}`;
  if (unpacked && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === from) return;
  rmSync(DIST, { recursive: true, force: true });
  const { build: pack } = await import('electron-builder');
  await pack({
    projectDir: ROOT,
    ...(unpacked ? { dir: true } : {}),
    config: {
      extends: 'electron-builder.yml',
      electronVersion: electron.version,
      electronDist: electron.dist,
      // Electron's own welcome app: never run (onlyLoadAppFromAsar), so not shipped.
      afterPack: ({ appOutDir }) => rmSync(path.join(appOutDir, 'resources', 'default_app.asar'), { force: true }),
    },
  });
  if (unpacked) writeFileSync(STAMP, from);
}

await setUp(import.meta.url);
await dist({ unpacked: process.argv.includes('--dir') });
say(`Packed into ${DIST}.`);
